"""Which of two figures replaces the other: by its sentence, its source or its misprinted digits."""

import re
from dataclasses import replace

from monitor.domain.cues import has_cue, words_of
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.source import SourceKind
from monitor.relations.accepted import printed
from monitor.relations.pair import Pair
from monitor.relations.reason import asserter
from monitor.relations.temper import Timing, has_moved, is_corrected, puts_own_right

# Words ahead of a figure among which is said that it was the figure before.
_BEFORE_WORDS = 4
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def update(pair: Pair, why: str, score: float = 0.9) -> Relation | str:
    swap = pair.times.newer > 0
    return pair.relation(RelationKind.UPDATES, f"{{a}} comes after {{b}}: {why}", swap=swap, score=score)


def takes_its_place(pair: Pair) -> bool:
    """Whether the newer sentence says that its figure was another before; one printed wrongly was not moved there.

    Who corrects his own figure does not correct that of another source; a paper that tells of it takes nobody's side.
    """
    older, newer = (pair.a, pair.b) if pair.times.newer > 0 else (pair.b, pair.a)
    if is_corrected(newer, pair.ontology):
        source = asserter(older)
        named = bool(source.name) or puts_own_right(newer, pair.ontology)
        of_another = named and SourceKind.PUBLISHER not in (source.kind, asserter(newer).kind)
        return pair.voices.same_asserter or pair.times.timing is Timing.LATER or not of_another
    return has_moved(newer, pair.ontology) and not looks_misprinted(pair)


def replaced_by(pair: Pair) -> int:
    """1 if the second claim's sentence says that its figure was changed from the first's, -1 the other way round.

    "Lifted its outlook to 7.4 million tonnes, from 6.9 million": whoever prints 6.9 tells the earlier one.
    """
    if _changed_from(pair.b, pair.a, pair.ontology):
        return 1 if _instant_order(pair.a, pair.b) >= 0 else 0
    if _changed_from(pair.a, pair.b, pair.ontology):
        return -1 if _instant_order(pair.a, pair.b) <= 0 else 0
    return 0


def _changed_from(newer: Told, older: Told, ontology: Ontology) -> bool:
    digits = _DIGITS.search(older.claim.evidence.span)
    evidence = newer.claim.evidence
    if digits is None or older.article.id == newer.article.id:
        return False
    behind = evidence.quote[evidence.span_end - evidence.start :].lower()
    if digits[0] not in behind:
        return False
    at = re.search(rf"(?<![\d.,]){re.escape(digits[0])}(?![\d]|[.,]\d)", behind)
    if at is None:
        return False
    near = words_of(behind[: at.start()])[-_BEFORE_WORDS:]
    return has_cue(near, ontology.words.before) and not has_cue(near, ontology.words.rejects)  # "rather than the 318"


def _instant_order(a: Told, b: Told) -> int:
    """1 if a was published first, -1 if b was, 0 if nobody knows."""
    one, other = a.article.published, b.article.published
    return 0 if one is None or other is None else (one < other) - (one > other)


@kept
def is_provisional(told: Told, ontology: Ontology) -> bool:
    """Whether a figure is told as a first estimate, by its sentence or its source's description."""
    source = asserter(told)
    return has_cue(words_of(f"{told.claim.evidence.quote} {source.label}"), ontology.words.provisional)


@kept
def was_put_otherwise(told: Told, ontology: Ontology) -> bool:
    """Whether the words behind a figure say that it was put otherwise: "twice as deep as they thought at first"."""
    evidence = told.claim.evidence
    return has_cue(words_of(evidence.quote[evidence.span_end - evidence.start :]), ontology.words.at_first)


def with_newer(pair: Pair, newer: int, why: str, score: float) -> Relation | str:
    return update(replace(pair, times=pair.times._replace(newer=newer)), why, score)


def looks_misprinted(pair: Pair) -> bool:
    """The same digits in another order (131 and 113; 48 and 84 of one day), or a power of ten off: wrong, not changed."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one is None or other is None or pair.voices.same_article:
        return False
    first, second = one.normalize().as_tuple().digits, other.normalize().as_tuple().digits
    if first == second:
        return one != other
    of_one_day = pair.a.claim.time is not None and pair.a.claim.time == pair.b.claim.time
    return sorted(first) == sorted(second) and (len(first) > 2 or of_one_day)
