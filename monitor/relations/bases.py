"""A share against a count: where the sentence of one of the two says of how many, the count is turned into a share."""

from dataclasses import replace
from decimal import Decimal

from monitor.domain.base import Base, base_of
from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told
from monitor.domain.unit import is_count_unit
from monitor.relations.accepted import Accepted, printed

_HUNDRED = Decimal(100)


def base_between(a: Told, b: Told, ontology: Ontology) -> Base | None:
    """Of how many the share of the one and the count of the other are; None for other figures, or where neither says."""
    units = a.claim.quantity.unit, b.claim.quantity.unit
    if units[0] == units[1] or "percent" not in units:
        return None
    counts = [is_count_unit(unit) for unit in units]
    if sum(counts) != 1:
        return None
    counted, share = (a, b) if counts[0] else (b, a)
    found = base_of(counted.claim, ontology) or base_of(share.claim, ontology)
    number = printed(counted.claim.quantity)
    return found if found and number is not None and number < found.value else None


def as_share(numbers: Accepted, base: Base, ontology: Ontology) -> Accepted:
    """The accepted numbers of a count as percent of its base, which may itself be off by its rounding."""
    half = min(base.step / 2, base.value * ontology.tolerances.round)
    low = None if numbers.low is None else numbers.low / (base.value + half) * _HUNDRED
    high = None if numbers.high is None else numbers.high / (base.value - half) * _HUNDRED
    return replace(numbers, low=low, high=high)


def note_of(counted: Told, base: Base) -> str:
    """The division in words: "38 of 120 is 31.7 percent"."""
    number = printed(counted.claim.quantity) or Decimal(0)
    share = f"{number / base.value * _HUNDRED:.1f}".removesuffix(".0")
    return f"{number.normalize():,f} of {base.text} is {share} percent"
