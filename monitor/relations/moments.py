"""How the times of two figures lie to each other, to the day: as of one day and before the next is one time."""

from monitor.relations.mention import Mention, Stamp

_DAYS = (("a day between times", 1, 2), ("days between times", 2, 8), ("weeks between times", 8, 60))
_LONG = 60

_Span = tuple[int, int, int]


def moments(one: Mention, other: Mention) -> dict[str, float]:
    """What the two nearest times of the sentences say; empty where one of them names none."""
    if not one.times or not other.times:
        return {}
    gap, first, second = min((_gap(a, b), a, b) for a in map(_span, one.times) for b in map(_span, other.times))
    seen = {name: float(least <= gap < most) for name, least, most in _DAYS}
    seen |= {"times that meet": float(gap == 0), "months between times": float(gap >= _LONG)}
    seen["sided differently"] = float(first[2] != second[2])
    if gap and one.size and other.size:
        # What is counted up to a day only grows: fewer later on, or more before, does not go with it.
        grows = (first[0] > second[1]) == (abs(one.size) > abs(other.size))
        reach = "soon" if gap < _LONG else "later on"
        seen |= {f"more {reach}": float(grows), f"fewer {reach}": float(not grows)}
    return seen


def _span(stamp: Stamp) -> _Span:
    """Its first and last day and its side; before a day is up to the day ahead of it."""
    first, last = stamp.period.first.toordinal(), stamp.period.last.toordinal()
    if stamp.way < 0:
        return first - 1, first - 1, -1
    return (last, last + 1, 1) if stamp.way > 0 else (first, last, 0)


def _gap(one: _Span, other: _Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
