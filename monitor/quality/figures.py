"""Whether two figures are one: equal as written or after conversion, in units that can be compared."""

from decimal import Decimal

from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.unit import Units

_CLOSE = Decimal("0.001")
Ends = tuple[Decimal | None, Decimal | None]


def same_figure(found: Quantity, gold: Quantity, units: Units) -> bool:
    """Whether both ends agree within 0.1 %. That one overlooked a bound or a hedge is a fault of another field."""
    if found.date is not None or gold.date is not None:
        return found.date is not None and gold.date is not None and _same_date(found.date, gold.date)
    if not comparable(found.unit, gold.unit, units):
        return False
    both_per = "/" in found.unit and "/" in gold.unit
    ours, theirs = (_ends(figure, units, with_per=both_per) for figure in (found, gold))
    if all(_same(a, b) for a, b in zip(ours, theirs, strict=True)):
        return True
    points, others = ({end for end in ends if end is not None} for ends in (ours, theirs))
    return len(points) == len(others) == 1 and _same(points.pop(), others.pop())


def comparable(a: str, b: str, units: Units) -> bool:
    """Whether figures in these units can be the same: one dimension. A "per" that only one names is left out."""
    (top_a, per_a), (top_b, per_b) = _dimension(a, units), _dimension(b, units)
    return top_a == top_b and (not per_a or not per_b or per_a == per_b)


def same_unit(found: str, gold: str) -> bool:
    """Whether the names are the same; of counted things the last word, and no matter which of the two names the "per"."""
    (a, per_a), (b, per_b) = _parts(found), _parts(gold)
    return a == b and (not per_a or not per_b or per_a == per_b)


def counted(unit: str) -> str:
    """What a unit counts: wafer of count:wafer; empty where it measures."""
    return unit.removeprefix("count:") if unit.startswith("count:") else ""


def _dimension(unit: str, units: Units) -> tuple[str, str]:
    top, _, per = unit.partition("/")
    known = top in units.table
    above = units.get(top).dimension if known else "count"
    return above, units.get(per).dimension if per else ""


def _parts(unit: str) -> tuple[str, str]:
    top, _, per = unit.partition("/")
    return top.removeprefix("count:").rpartition(" ")[2], per


def _ends(figure: Quantity, units: Units, *, with_per: bool) -> Ends:
    top, _, per = figure.unit.partition("/")
    factor = units.get(top).factor / (units.get(per).factor if with_per else 1)
    low, high = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    return (None if low is None else abs(low) * factor, None if high is None else abs(high) * factor)


def _same(a: Decimal | None, b: Decimal | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _CLOSE * max(abs(a), abs(b))


def _same_date(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a) or Period.parse(a) == Period.parse(b)
