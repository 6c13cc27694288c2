"""How plausible is it that two figures are disputed, and not just of two things? What their sizes and places say.

Reporters who differ rarely differ by a factor; who counts things without saying which, rarely counts the same ones.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import prod

from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told
from monitor.domain.stems import stems
from monitor.domain.topic import Topic
from monitor.relations.accepted import Accepted, is_near, printed
from monitor.relations.wording import takes_up

# What each doubt leaves of a score, and from which factor on figures are far apart.
_FAR, _VERY_FAR, _FEW_OF_MANY, _BARE, _BARE_FAR, _ONE_SENTENCE, _OF_SOME = 0.85, 0.6, 0.6, 0.85, 0.5, 0.7, 0.7
_FAR_FROM, _VERY_FAR_FROM, _BARE_FROM = Decimal(4), Decimal(10), Decimal(3)
# So few are rather some of the many than another count of them.
_FEW = Decimal(5)
_BEHIND_WORDS = 5
_WORD = re.compile(r"[\w'-]+")
_CLAUSE = re.compile(r"[.,;:()]|\b(?:but|while|whereas|and)\b")


@dataclass(frozen=True)
class Plausible:
    """`score`: 0 to 1, how far size and place of two figures bear out that they are disputed. `doubts`: what does not."""

    score: float = 1.0
    doubts: tuple[str, ...] = ()


def plausibility(a: Told, b: Told, first: Accepted | None, second: Accepted | None, topics: tuple[Topic, ...],
                 ontology: Ontology) -> Plausible:  # fmt: skip
    """How far two figures bear out by size and place that they are disputed. `first`, `second`: in one unit.

    A figure that takes another one up need not say again which things it counts: "the board says two".
    """
    spans = a.claim.evidence.span, b.claim.evidence.span
    doubts = [
        (_of_size(a, b, first, second), f"{spans[0]} and {spans[1]} are so far apart that they may count two things")
    ]
    bare = [told for told, topic in zip((a, b), topics, strict=False) if _counts_things_only(told, topic, ontology)]
    if bare and not takes_up(a, b, ontology):
        near = _within(first, second, _BARE_FROM)
        doubts.append(
            (_BARE if near else _BARE_FAR, f"{bare[0].claim.evidence.span} does not say which of them it counts")
        )
    if a.article.id == b.article.id:
        if _names_two_things(a, b, ontology):
            doubts.append((_ONE_SENTENCE, f"one sentence gives {spans[0]} and {spans[1]}, each with words of its own"))
        some = _is_of_some(a, ontology), _is_of_some(b, ontology)
        if some[0] != some[1]:
            doubts.append((_OF_SOME, f"{spans[0] if some[0] else spans[1]} is told of some of them only"))
    return Plausible(prod(factor for factor, _ in doubts), tuple(why for factor, why in doubts if factor < 1))


def _of_size(a: Told, b: Told, first: Accepted | None, second: Accepted | None) -> float:
    """What is left where the figures lie far apart: most such pairs are of different things."""
    if a.claim.quantity.date or b.claim.quantity.date or _within(first, second, _FAR_FROM):
        return 1.0
    counts = all(told.claim.quantity.unit.startswith("count:") for told in (a, b))
    least = min(
        (abs(one) for one in (printed(a.claim.quantity), printed(b.claim.quantity)) if one is not None), default=_FEW
    )
    few = _FEW_OF_MANY if counts and least < _FEW else 1.0
    return min(few, _FAR if _within(first, second, _VERY_FAR_FROM) else _VERY_FAR)


def _within(first: Accepted | None, second: Accepted | None, reach: Decimal) -> bool:
    """Whether the nearest numbers of both are no more than a factor apart; also where one of them has none."""
    ends = [_ends(first), _ends(second)]
    if not all(ends):
        return True
    return any(is_near(one, other, reach) for one in ends[0] for other in ends[1])


def _ends(numbers: Accepted | None) -> list[Decimal]:
    if numbers is None:
        return []
    return [end for end in (numbers.low, numbers.high) if end]


def _counts_things_only(told: Told, topic: Topic, ontology: Ontology) -> bool:
    """Whether the metric is nothing but the name of what is counted: which of them, and what they do, it leaves open."""
    unit = told.claim.quantity.unit
    if (topic.metric is not None and not topic.is_borrowed) or not unit.startswith("count:"):
        return False
    words = ontology.words
    nouns = frozenset(stems(unit.partition(":")[2].partition("/")[0], ontology))
    said = frozenset(stems(told.claim.metric, ontology)) - words.silent - words.future - nouns
    return not said


def _names_two_things(a: Told, b: Told, ontology: Ontology) -> bool:
    """Whether one sentence gives both figures, each with a metric worded by itself."""
    first, second = a.claim.evidence, b.claim.evidence
    if first.where is not second.where or first.start != second.start:
        return False
    return set(stems(a.claim.metric, ontology)) != set(stems(b.claim.metric, ontology))


def _is_of_some(told: Told, ontology: Ontology) -> bool:
    """Whether the words right behind a figure say that it is of some of them: "for the first fifty", "each"."""
    evidence = told.claim.evidence
    behind = _CLAUSE.split(evidence.quote[evidence.span_end - evidence.start :].lower())[0]
    said = [*_WORD.findall(behind)[:_BEHIND_WORDS], ""]
    words = ontology.words
    return any(word in words.some and after not in words.calendar for word, after in pairwise(said))
