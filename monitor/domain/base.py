"""The number that a share or a part is of, where its own sentence says it: "38 of its 120 turbines"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.figure import SCALES, YEAR
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.unit import is_count_unit

_NUMBER = re.compile(
    r"\s*(\d{1,3}(?:,\d{3})+|\d+)"
    rf"(?:\s({'|'.join(SCALES)})\b)?(?![\w%-]|[.,]\d)(?!\sper\s?cent\b)"
)
_PERCENT = re.compile(r"\A\s?(?:%|percent\b|per\s?cent\b)", re.IGNORECASE)
# Between "of the 120 turbines" and ", 38" stand a few words at most, and no other number.
_BETWEEN = re.compile(r"(?:\s[^\W\d]+){0,6},\s*\Z")


@dataclass(frozen=True)
class Base:
    """`text`: as printed. `step`: worth of its last digit that is no nought."""

    text: str
    value: Decimal
    step: Decimal


@kept
def base_of(claim: Claim, ontology: Ontology) -> Base | None:
    """What a claim's figure is a share or a part of; None where its sentence does not say it in a number.

    Only for percentages and for counts that are smaller than it.
    """
    quantity, evidence = claim.quantity, claim.evidence
    is_count = is_count_unit(quantity.unit)
    if claim.is_denial or quantity.is_empty or quantity.direction or not (is_count or quantity.unit == "percent"):
        return None
    behind = _PERCENT.sub("", evidence.quote[evidence.span_end - evidence.start :])
    ahead = evidence.quote[: evidence.span_start - evidence.start]
    found = _read(behind, 0, ontology) or _ahead(ahead, ontology)
    largest = max((n for n in (quantity.value, quantity.low, quantity.high) if n is not None), default=None)
    if found is None or largest is None or (is_count and largest >= found.value):
        return None
    return found


@kept
def is_whole(claim: Claim, ontology: Ontology) -> bool:
    """Whether its sentence gives a share or part of a claim's figure right ahead: 120 of "38 of its 120 turbines"."""
    evidence = claim.evidence
    ahead = f" {' '.join(evidence.quote[: evidence.span_start - evidence.start].lower().split())}"
    words = ontology.words
    for cue in words.base:
        before = ahead.removesuffix(f" {cue}")
        last = before.split()[-1:] if before != ahead else []
        if last and (last[0][-1] in "0123456789%" or last[0] in words.fractions or last[0] in words.numbers):
            return True
    return False


def _ahead(text: str, ontology: Ontology) -> Base | None:
    """ "Of its 120 turbines, 38": the sentence begins with it."""
    words = text.lstrip("\"'“‘")
    found = _read(f" {words}", 0, ontology)
    return found if found and _BETWEEN.fullmatch(words[words.index(found.text) + len(found.text) :]) else None


def _read(text: str, start: int, ontology: Ontology) -> Base | None:
    """The number behind "of the" and the like."""
    low = text[start:].lower()
    for cue in ontology.words.base:
        if not low.startswith(f" {cue} "):
            continue
        found = _NUMBER.match(text, start + len(cue) + 1)
        if found and not YEAR.match(found[1]):
            digits, scale = found[1].replace(",", ""), SCALES.get(found[2] or "", Decimal(1))
            noughts = len(digits) - len(digits.rstrip("0"))
            return Base(found[0].strip(), Decimal(digits) * scale, Decimal(10) ** noughts * scale)
    return None
