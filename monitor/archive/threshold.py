"""`5 points`, `10%`, `200 tonnes`: how far a figure must be from the one before it that is worth telling."""

from monitor.archive.figures import figures
from monitor.domain.unit import Units
from monitor.domain.watch import Threshold
from monitor.errors import QueryWrong

_POINTS = ("percentage_point", "point")  # of a share or of an index: whichever the figure is


def threshold_of(text: str, units: Units) -> Threshold | None:
    """The threshold as typed; None for an empty one. `%` is a share of the earlier figure. QueryWrong for other texts."""
    if not text.strip():
        return None
    found = figures(text.strip(), units)
    if found is None or found.low is None or found.low != found.high:
        raise _wrong(text, "it is no single amount")
    amount = found.low
    if amount.unknown or amount.unit is None:
        raise _wrong(text, f"no unit is called {amount.unknown!r}" if amount.unknown else "it has no unit")
    if amount.number <= 0:
        raise _wrong(text, "it is not above zero")
    if amount.unit == "percent":
        return Threshold(amount.number / 100)
    return Threshold(amount.number, _POINTS if amount.unit in _POINTS else (amount.unit,))


def _wrong(text: str, why: str) -> QueryWrong:
    mend = "Write 5 points, 10% (of the figure before), 200 tonnes or 2 million USD."
    return QueryWrong(f"Cannot use the threshold {text.strip()[:80]!r}", why=why, mend=mend)
