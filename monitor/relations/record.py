"""Votes and results of two numbers: "5-2", "four to three". A count of one side is held against both."""

import re
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Approximation
from monitor.relations.accepted import Accepted

_RECORD = re.compile(r"\b(\w+)(?:[-–—]|\s+to\s+|\s*[-–—]\s*)(\w+)\b")


@kept
def record_of(claim: Claim, ontology: Ontology) -> tuple[Decimal, Decimal] | None:
    """The two numbers of a count that is told as a record, the larger first; None for any other figure."""
    quantity = claim.quantity
    if quantity.value is None or quantity.approximation is Approximation.RANGE or not quantity.unit.startswith("count:"):
        return None
    found = _RECORD.search(claim.evidence.span.lower())
    numbers = [_number(word, ontology) for word in found.groups()] if found else []
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None or quantity.value not in numbers:
        return None
    return max(numbers[0], numbers[1]), min(numbers[0], numbers[1])


def against_record(a: Claim, b: Claim, ontology: Ontology) -> tuple[Accepted, Accepted] | None:
    """The numbers by which two counts are compared where one is a record; None where none is.

    Two records differ in their first number or in their second; a plain count is of one of the two sides.
    """
    first, second = record_of(a, ontology), record_of(b, ontology)
    if first and second:
        at = 0 if first[0] != second[0] else 1
        return _just(first[at]), _just(second[at])
    for record, plain, is_first in ((first, b, True), (second, a, False)):
        value = plain.quantity.value
        if record and value is not None and plain.quantity.approximation is Approximation.EXACT:
            side = _just(min(record, key=lambda one: abs(one - value)))
            return (side, _just(value)) if is_first else (_just(value), side)
    return None


def _just(number: Decimal) -> Accepted:
    return Accepted(number, number)


def _number(word: str, ontology: Ontology) -> Decimal | None:
    if word.isdigit():
        return Decimal(word)
    words = ontology.words.numbers
    return Decimal(words.index(word)) if word in words else None
