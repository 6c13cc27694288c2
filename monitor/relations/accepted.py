"""Quantity as written → the numbers a fair reader would accept."""

from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity

_BOUNDS = frozenset({Approximation.AT_LEAST, Approximation.AT_MOST, Approximation.MORE_THAN, Approximation.LESS_THAN})

_HALF_A_PERCENT = Decimal("0.5")


@dataclass(frozen=True)
class Accepted:
    """An interval of numbers; a missing end is None. `is_loose`: the text gave a bound or a range, no point."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    is_loose: bool = False

    def meets(self, other: "Accepted") -> bool:
        """Whether some number is in both."""
        return not _below(self, other) and not _below(other, self)

    def widened(self, share: Decimal) -> "Accepted":
        """The same numbers and those that are off by a share of them, 0 to 1."""
        low = None if self.low is None else self.low - abs(self.low) * share
        high = None if self.high is None else self.high + abs(self.high) * share
        return replace(self, low=low, high=high)

    def scaled(self, factor: Decimal) -> "Accepted":
        """The same numbers in another unit. A negative factor mirrors."""
        if factor == 1:
            return self
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor < 0:
            return Accepted(high, low, self.high_open, self.low_open, self.is_loose)
        return Accepted(low, high, self.low_open, self.high_open, self.is_loose)


def accepted(quantity: Quantity, span: str, ontology: Ontology) -> Accepted | None:
    """The accepted numbers in the quantity's own unit, for dates as day numbers; None where no figure is given."""
    if quantity.is_empty:
        return None
    if quantity.date is not None:
        return _days(quantity)
    if quantity.vague or quantity.approximation is Approximation.RANGE:
        return Accepted(quantity.low, quantity.high, is_loose=True)
    if quantity.approximation in _BOUNDS or quantity.value is None:
        return _bound(quantity)
    return _point(quantity, quantity.value, span, ontology)


def printed(quantity: Quantity) -> Decimal | None:
    """The one number that stands in the text, be it a value or the named end of a bound."""
    for number in (quantity.value, quantity.low, quantity.high):
        if number is not None:
            return number
    return None


def is_near(one: Decimal, other: Decimal, reach: Decimal) -> bool:
    """Whether neither number is more than `reach` times the other."""
    small, large = sorted((abs(one), abs(other)))
    return large <= small * reach


def _point(quantity: Quantity, value: Decimal, span: str, ontology: Ontology) -> Accepted:
    tolerances, size, half = ontology.tolerances, abs(value), quantity.step / 2
    if _is_under(span, ontology):
        return Accepted(value - size * tolerances.under, value, low_open=True)
    if quantity.approximation is Approximation.ABOUT:
        wide = max(size * tolerances.about, half)
        return Accepted(value - wide, value + wide)
    if not half and _is_share_in_words(quantity):
        half = max(size * tolerances.round, _HALF_A_PERCENT)
        return Accepted(value - half, value + half, low_open=True, high_open=True)
    if not half:
        return Accepted(value, value)
    if quantity.step > 1:
        half = min(half, size * tolerances.round)
    return Accepted(value - half, value + half, low_open=True, high_open=True)


def _is_share_in_words(quantity: Quantity) -> bool:
    """Whether a share is given in words, which is as round as figures get: a third, one in five, four percent."""
    return quantity.unit == "percent" and not quantity.step


def _bound(quantity: Quantity) -> Accepted:
    is_open = quantity.approximation in {Approximation.MORE_THAN, Approximation.LESS_THAN}
    low, high, value = quantity.low, quantity.high, quantity.value
    if value is not None and low is None and high is None:
        upper = quantity.approximation in {Approximation.AT_MOST, Approximation.LESS_THAN}
        low, high = (None, value) if upper else (value, None)
    if low is None and high is not None and high >= 0:
        return Accepted(Decimal(0), high, high_open=is_open, is_loose=True)
    return Accepted(low, high, low_open=is_open, high_open=is_open, is_loose=True)


def _days(quantity: Quantity) -> Accepted | None:
    try:
        period = Period.parse(quantity.date or "")
    except ValueError:
        return None
    low = None if period.start is None else Decimal(period.start.toordinal())
    high = None if period.end is None else Decimal(period.end.toordinal())
    return Accepted(low, high)


def _is_under(span: str, ontology: Ontology) -> bool:
    low = span.lower()
    return any(low.startswith(cue) for cue in ontology.words.under)


def _below(one: Accepted, other: Accepted) -> bool:
    """Whether all of one lies under all of the other."""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))
