"""Claims that come in behind later ones: what lies near them is filed anew, as if all had come in the order of the news.

Filing goes claim by claim, and which question is there first decides what the next one meets. So that the questions
are those of the set of claims and not of the order in which they came, claims are filed in one order (`filing_order`).
A claim that is the last in it is just added; any other has its neighbourhood filed anew: all claims that share a key
with it, or with one that does. Questions keep their addresses.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.domain.claim import Claim, ClaimStatus
from monitor.domain.ids import content_id
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.pipeline.decided import with_decided
from monitor.pipeline.edges import Edges
from monitor.questions import block_keys, figure_keys

OUT = frozenset({ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN})
# A neighbourhood of more claims than these is not filed anew: a matter so large has questions that stand by now.
MOST = 1000
_DENIED = "denied|"
_QUARTER = 92


def filing_order(one: Told) -> tuple[bool, bool, float, str, str, int, str]:
    """In order of publication; denials when all that they may deny is there."""
    published, evidence = one.article.published, one.claim.evidence
    stamp = published.timestamp() if published else 0.0
    return (
        one.claim.is_denial,
        published is None,
        stamp,
        one.article.id,
        evidence.where.value,
        evidence.span_start,
        one.claim.id,
    )


def waiting_keys(edges: Edges, one: Told) -> list[str]:
    """The keys under which a denial waits for the figure that it denies."""
    if not one.claim.is_denial:
        return []
    return [f"{_DENIED}{key}" for key in figure_keys(one.claim, one.article, edges.ontology)]


def neighbourhood(edges: Edges, told: Sequence[Told]) -> tuple[list[Told], dict[str, Question]] | None:
    """The claims to file anew together with new ones, and their questions; None where the new ones are the last."""
    near = _questions_near(edges, told)
    known = [one.claim.question_id for one in told if one.claim.question_id]
    since = min((one.article.published for one in told if one.article.published), default=None)
    if not known and not edges.store.claims.any_filed_behind(sorted(near), since):
        return None
    near.update((one.id, one) for one in edges.store.questions.get(sorted(set(known))))
    found, questions = {one.claim.id: one for one in told}, dict(near)
    while near:
        fresh = [one for one in _told_on(edges, sorted(near)) if one.claim.id not in found]
        found.update((one.claim.id, one) for one in fresh)
        if len(found) > len(told) + MOST:
            return None
        near = {key: one for key, one in _questions_near(edges, fresh).items() if key not in questions}
        questions.update(near)
    return sorted(found.values(), key=filing_order), questions


def _told_on(edges: Edges, question_ids: Sequence[str]) -> list[Told]:
    """The claims of these questions that count."""
    claims = [one for key in question_ids for one in edges.store.claims.of_question(key) if one.status not in OUT]
    articles = {one.id: one for one in edges.store.articles.get(sorted({one.article_id for one in claims}))}
    return [Told(one, articles[one.article_id]) for one in claims]


def _questions_near(edges: Edges, told: Sequence[Told]) -> dict[str, Question]:
    """The stored questions that share a key with one of these claims."""
    near: dict[str, Question] = {}
    for one in told:
        for keys in _searched(edges, one.claim, one):
            near.update((question.id, question) for question in edges.store.questions.candidates(keys))
    return with_decided(edges, near)


def _searched(edges: Edges, claim: Claim, one: Told) -> list[list[str]]:
    """The keys to look under, in groups: its own, those of its figure, and those under which a denial waits for it."""
    days = edges.ontology.tolerances.slow_days + _QUARTER  # keys have the quarter of a day
    by_figure = figure_keys(claim, one.article, edges.ontology)
    told_again = figure_keys(claim, one.article, edges.ontology, before=days, after=days)
    denied = [] if claim.is_denial else [f"{_DENIED}{key}" for key in by_figure]
    own = block_keys(claim, one.article, edges.ontology, edges.units)
    return [keys for keys in (own, told_again, denied) if keys]


def with_addresses(
    filed: Sequence[tuple[Told, str]], made: Mapping[str, Question], stored: Mapping[str, Question]
) -> dict[str, Question]:
    """Id of a question as it was filed anew → the question under the address that most of its claims had.

    `filed`: claims with the id of the question that each answers now.
    """
    shared = Counter((key, one.claim.question_id) for one, key in filed if one.claim.question_id in stored)
    kept: dict[str, str] = {}
    for (key, old), _ in sorted(shared.items(), key=lambda entry: (-entry[1], str(entry[0]))):
        if key not in kept and old is not None and old not in kept.values():
            kept[key] = old
    members: dict[str, list[str]] = defaultdict(list)
    for one, key in filed:
        members[key].append(one.claim.id)
    for key in sorted(members):
        if key not in kept:
            kept[key] = key if key not in kept.values() else content_id("q", key, min(members[key]))
    return {key: _under(made[key], kept[key], stored) for key in members}


def _under(question: Question, address: str, stored: Mapping[str, Question]) -> Question:
    old = stored.get(address)
    return replace(question, id=address, slug=old.slug if old else question.slug, claims=old.claims if old else 0)
