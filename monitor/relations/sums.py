"""Sums and products that a sentence states itself: "12 in the north and 30 in the south, 42 in all".

What is added up there is a part and no rival of another paper's total; a total that adds up says so in the reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import prod

from monitor.domain.cues import has_cue, words_of
from monitor.domain.evidence import Evidence
from monitor.domain.figure import SCALES, YEAR
from monitor.domain.ontology import Ontology
from monitor.domain.stems import stem

_NUMBER = re.compile(
    r"(?<![\w.,-])(?P<sign>[$€£¥])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w-])(?!\.\d)"
    rf"(?:\s(?P<scale>{'|'.join(SCALES)})\b)?(?P<percent>\s?(?:%|percent\b|per cent\b))?"
)
_DIGITS = re.compile(r"\d+")
# The words right beside a number, with nothing but a blank between.
_BEHIND, _AHEAD = re.compile(r"\s([^\W\d_]+)"), re.compile(r"([^\W\d_]+)\s\Z")
# So many noughts make a count a round figure.
_ROUND = 3
# A figure and what makes it a total stand so many words apart at most.
_NEAR = 3
_LEAST_PARTS = 2


@dataclass(frozen=True)
class Number:
    """A number of a sentence. `start`, `end`: its place there; `kind`: its sign, `%`, or empty for what is counted.

    `slack`: how far off it may be as it is rounded; 0 for a plain count. `noun`: the word behind it, as a stem.
    """

    text: str
    start: int
    end: int
    value: Decimal
    slack: Decimal
    kind: str
    noun: str


@dataclass(frozen=True)
class Sum:
    """What a sentence adds up, or multiplies. `holds`: it comes out. `is_whole`: all that it adds up stands there."""

    parts: tuple[Number, ...]
    total: Number
    holds: bool
    is_whole: bool
    is_product: bool = False

    def note(self) -> str:
        """The arithmetic in words; empty where nothing can be said of it, as parts may be missing."""
        if not self.holds and not self.is_whole:
            return ""
        said = [part.text for part in self.parts]
        made = " times ".join(said) if self.is_product else f"{', '.join(said[:-1])} and {said[-1]}"
        return f"{made} {'make' if self.holds else 'do not make'} {self.total.text} in its sentence"

    @property
    def equation(self) -> str:
        """The arithmetic in signs, with the numbers as printed; `≈` where only their rounding lets it come out."""
        made = (" × " if self.is_product else " + ").join(part.text for part in self.parts)
        values = [part.value for part in self.parts]
        exact = (prod(values) if self.is_product else sum(values)) == self.total.value
        return f"{made} {'=' if exact else '≈' if self.holds else '≠'} {self.total.text}"


def bears_out(evidence: Evidence, ontology: Ontology) -> Sum | None:
    """The arithmetic by which a sentence itself comes to a claim's figure, or fails to; None where it does none."""
    found = sum_of(evidence.quote, ontology)
    return found if found is not None and is_total(evidence, found) and (found.holds or found.is_whole) else None


def is_total(evidence: Evidence, found: Sum | None) -> bool:
    """Whether a claim's figure is what the sentence comes to."""
    return found is not None and _is_at(evidence, found.total)


def is_part(evidence: Evidence, found: Sum | None) -> bool:
    """Whether a claim's figure is one of those that are added up."""
    return found is not None and not found.is_product and any(_is_at(evidence, part) for part in found.parts)


def opens(evidence: Evidence, found: Sum) -> bool:
    """Whether a claim's figure is the first of the parts."""
    return _is_at(evidence, found.parts[0])


def _is_at(evidence: Evidence, number: Number) -> bool:
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    return start < number.end and number.start < end


@lru_cache(maxsize=4096)
def sum_of(sentence: str, ontology: Ontology) -> Sum | None:
    """What a sentence adds up or multiplies; None where it does neither, or where two readings are possible."""
    if len(_DIGITS.findall(sentence)) <= _LEAST_PARTS:
        return None
    numbers = _numbers(sentence, ontology)
    for kind in sorted({number.kind for number in numbers}):
        found = _added(sentence, [number for number in numbers if number.kind == kind], ontology)
        if found is not None:
            return found
    return _multiplied(sentence, numbers, ontology)


def _numbers(sentence: str, ontology: Ontology) -> list[Number]:
    found = []
    for match in _NUMBER.finditer(sentence):
        behind, ahead = _BEHIND.match(sentence, match.end()), _AHEAD.search(sentence[: match.start()])
        beside = {word[1].lower() for word in (behind, ahead) if word}
        is_bare = not (match["sign"] or match["scale"] or match["percent"])
        if is_bare and (YEAR.match(match["digits"]) or beside & ontology.words.calendar):
            continue  # a date
        plain = match["digits"].replace(",", "")
        scale = SCALES.get(match["scale"] or "", Decimal(1))
        kind = match["sign"] or ("%" if match["percent"] else "")
        value, slack = Decimal(plain) * scale, _slack(plain, kind, scale, ontology)
        noun = stem(behind[1]) if behind and behind[1].lower() not in ontology.words.weak else ""
        found.append(Number(match[0].strip(), match.start(), match.end(), value, slack, kind, noun))
    return found


def _slack(plain: str, kind: str, scale: Decimal, ontology: Ontology) -> Decimal:
    """Half of the last digit, of a round figure its tolerance at most; who adds up counts has them exactly."""
    whole, _, decimals = plain.partition(".")
    noughts = 0 if decimals else len(whole) - len(whole.rstrip("0"))
    if not decimals and scale == 1 and kind != "%" and noughts < _ROUND:
        return Decimal(0)
    step = Decimal(1).scaleb(-len(decimals) if decimals else noughts) * scale
    return min(step / 2, Decimal(plain) * scale * ontology.tolerances.round) if step > 1 else step / 2


def _added(sentence: str, numbers: Sequence[Number], ontology: Ontology) -> Sum | None:
    """Numbers of one kind, the last or the first of which is said to be the sum of the others, or plainly is."""
    if len(numbers) <= _LEAST_PARTS:
        return None
    if has_cue(words_of(sentence), ontology.words.incomplete):
        return None
    for total, parts in ((numbers[-1], numbers[:-1]), (numbers[0], numbers[1:])):
        said = _is_said_total(sentence, total, ontology)
        value, slack = sum(part.value for part in parts), sum(part.slack for part in parts)
        holds = abs(value - total.value) <= slack + total.slack
        if not holds and not said:
            continue
        nouns = {part.noun for part in (*parts, total)} - {""}
        announced = ":" in sentence[total.end : parts[0].start]  # "42 homes in all: 12 in the north"
        return Sum(tuple(parts), total, holds, len(nouns) == 1 and (announced or value > total.value))
    return None


def _is_said_total(sentence: str, total: Number, ontology: Ontology) -> bool:
    """Whether words beside a figure say that it is the whole: "42 in all", "a total of 42"."""
    behind, ahead = words_of(sentence[total.end :])[: _NEAR + 1], words_of(sentence[: total.start])[-_NEAR:]
    return has_cue(behind, ontology.words.in_all) or has_cue(ahead, ontology.words.total_of)


def _multiplied(sentence: str, numbers: Sequence[Number], ontology: Ontology) -> Sum | None:
    """So many at so much each, and what that comes to."""
    counts = [number for number in numbers if not number.kind]
    sums = [number for number in numbers if number.kind not in {"", "%"}]
    if len(counts) != 1 or len(sums) != _LEAST_PARTS or sums[0].kind != sums[1].kind:
        return None
    for each, total in ((sums[0], sums[1]), (sums[1], sums[0])):
        if has_cue(words_of(sentence[each.end :])[:2], ontology.words.each):
            parts = (counts[0], each)
            value = prod(part.value for part in parts)
            slack = prod(part.value + part.slack for part in parts) - value
            return Sum(parts, total, abs(value - total.value) <= slack + total.slack, True, is_product=True)
    return None
