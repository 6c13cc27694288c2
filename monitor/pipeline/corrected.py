"""Readings as persons corrected them: how a person reads a figure wins over every later reading of its sentence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.correction import read_as
from monitor.domain.decision import Decision
from monitor.domain.evidence import Evidence
from monitor.pipeline.edges import Edges


@dataclass(frozen=True)
class Corrected:
    """Readings as they are to be stored. `carried`: decision id → the claims that it is on from now on."""

    readings: list[Reading | Exception]
    carried: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, claims: Iterable[Claim]) -> dict[str, list[str]]:
        """What is carried to these claims alone."""
        wanted = {claim.id for claim in claims}
        return {
            key: [one for one in ids if one in wanted] for key, ids in self.carried.items() if not wanted.isdisjoint(ids)
        }


def as_corrected(edges: Edges, articles: Sequence[Article], readings: Sequence[Reading | Exception]) -> Corrected:
    """The readings of these articles with what persons corrected in them, or in the same words of another version.

    A claim that was corrected stays where the reading no longer gives it.
    """
    result = Corrected([])
    held = edges.store.decisions.corrections(article.canonical_url for article in articles)
    for article, reading in zip(articles, readings, strict=True):
        decisions = held.get(article.canonical_url, [])
        if decisions and isinstance(reading, Reading):
            reading = _corrected(edges, article, reading, decisions, result.carried)
        result.readings.append(reading)
    return result


def _corrected(
    edges: Edges, article: Article, reading: Reading, decisions: Sequence[Decision], carried: dict[str, list[str]]
) -> Reading:
    known = {one.id: one for one in edges.store.claims.get(sorted({key for one in decisions for key in one.claim_ids}))}
    claims = {claim.id: claim for claim in reading.claims}
    claims |= {key: one for key, one in known.items() if one.article_id == article.id and key not in claims}
    for decision in decisions:
        places = {_place(known[key].evidence) for key in decision.claim_ids if key in known}
        for key, claim in claims.items():
            if _place(claim.evidence) in places:
                claims[key] = read_as(claim, decision.after)
                carried[decision.id].append(key)
    return replace(reading, claims=tuple(claims.values()))


def _place(evidence: Evidence) -> tuple[str, str, int, str]:
    """The figure in its sentence, wherever that stands in the text."""
    return evidence.where, evidence.quote, evidence.span_start - evidence.start, evidence.span
