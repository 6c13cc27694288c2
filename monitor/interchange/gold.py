"""A gold set as JSON Lines: interchange claims with question and position, pairs, numbers that are none."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from monitor.domain.evidence import Where
from monitor.domain.gold import Gold, GoldClaim, GoldPair, Negative
from monitor.domain.relation import Told
from monitor.domain.source import Source
from monitor.interchange.fields import Fields
from monitor.interchange.read import chain_from, claim_from_line


def gold_from_lines(claims: Iterable[str], pairs: Iterable[str] = (), negatives: Iterable[str] = ()) -> Gold:
    """The gold set of these lines. RecordWrong, with the line's number, where one breaks the format."""
    return Gold(
        claims=tuple(_claim(line, number) for number, line in enumerate(claims, 1) if line.strip()),
        pairs=tuple(_pair(Fields(line, number)) for number, line in enumerate(pairs, 1) if line.strip()),
        negatives=tuple(_negative(Fields(line, number)) for number, line in enumerate(negatives, 1) if line.strip()),
    )


def _claim(line: str, number: int) -> GoldClaim:
    claim, article = claim_from_line(line, number)
    fields = Fields(line, number)
    also = fields.below("also")
    return GoldClaim(
        told=Told(replace(claim, question_id=fields.optional("question")), article),
        position=fields.text("position"),
        worth=fields.flag("worth", True),
        also={key: _texts(also, key) for key in ("subject", "metric", "modality", "time", "approximation")},
        also_chains=tuple(_chain(also, links, article) for links in also.listed("source_chain")),
    )


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(str(one) for one in fields.listed(key))


def _chain(fields: Fields, links: Any, article: Any) -> tuple[Source, ...]:
    return chain_from(Fields({"source_chain": links}, fields.line_number), article)


def _pair(fields: Fields) -> GoldPair:
    also_ok = frozenset(str(one) for one in fields.listed("also_ok"))
    a, b, relation = (fields.text(key, required=True) for key in ("a", "b", "relation"))
    return GoldPair(a, b, relation, also_ok)


def _negative(fields: Fields) -> Negative:
    return Negative(
        article_id=fields.text("article", required=True),
        where=fields.one_of("where", Where, Where.BODY),
        start=fields.whole("start", 0),
        end=fields.whole("end", 0),
        text=fields.text("text"),
        reason=fields.text("reason"),
    )
