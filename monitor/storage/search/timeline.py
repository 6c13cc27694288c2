"""How many of the claims found are of each day, month or year."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from monitor.domain.period import Period
from monitor.domain.search import Bar, Timeline

_STEPS = (("day", 62), ("month", 3700), ("year", 44_000), ("decade", 440_000))
"""The finest step for a span of so many days: then there are about a hundred bars at most."""
_YEARS = {"year": 1, "decade": 10, "century": 100}

Days = NDArray[np.int32]


def timeline(name: str, first: Days, last: Days) -> Timeline:
    """The claims whose time meets each step, as asking for that step would find them; steps without any are left out.

    `first` and `last`: ordinals of the days of each claim, 0 where unknown, the first or last day there is for an open
    end. A claim of a quarter counts in each of its months.
    """
    known = last > 0
    first, last = first[known], last[known]
    ends = np.concatenate((first[first > date.min.toordinal()], last[last < date.max.toordinal()]))
    if not len(ends):
        return Timeline(name, "day", ())
    low, high = int(ends.min()), int(ends.max())
    begun, ended = (_counted(np.clip(one, low, high) - low, high - low + 1) for one in (first, last))
    step = next((step for step, most in _STEPS if high - low < most), "century")
    bars = []
    for start, end in _steps(step, date.fromordinal(low), date.fromordinal(high)):
        a, b = max(start.toordinal() - low, 0), min(end.toordinal() - low, high - low)
        count = int(begun[b] - (ended[a - 1] if a else 0))
        if count:
            bars.append(Bar(Period(start, end), count))
    return Timeline(name, step, tuple(bars))


def _counted(days: Days, size: int) -> NDArray[np.int64]:
    """How many stand at each day or before."""
    return np.cumsum(np.bincount(days, minlength=size))


def _steps(step: str, low: date, high: date) -> Iterator[tuple[date, date]]:
    """First and last day of each step that holds a day from low to high."""
    start = _start(step, low)
    while start <= high:
        end = _end(step, start)
        yield start, end
        if end == date.max:
            return
        start = end + timedelta(days=1)


def _start(step: str, day: date) -> date:
    if step == "day":
        return day
    if step == "month":
        return day.replace(day=1)
    return date(max(day.year - day.year % _YEARS[step], 1), 1, 1)


def _end(step: str, start: date) -> date:
    if step == "day":
        return start
    if step == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    year = start.year - start.year % _YEARS[step] + _YEARS[step] - 1
    return date(min(year, date.max.year), 12, 31)
