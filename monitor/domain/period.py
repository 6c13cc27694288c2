"""The instant or interval that a figure is of."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT_DAYS = 3
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


@dataclass(frozen=True, order=True)
class Period:
    """First and last day, both included. An open end is None."""

    start: date | None
    end: date | None

    @property
    def first(self) -> date:
        return self.start or date.min

    @property
    def last(self) -> date:
        return self.end or date.max

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_point(self) -> bool:
        """Whether it is a moment rather than a stretch of time: a day, a night, a weekend."""
        return self.days <= _POINT_DAYS

    @property
    def is_whole_months(self) -> bool:
        """Whether it runs from the first of a month to the last of one: a month, quarter or year."""
        if self.start is None or self.end is None:
            return False
        return self.start.day == 1 and self.end.day == calendar.monthrange(self.end.year, self.end.month)[1]

    def iso(self) -> str:
        """ISO 8601: a day, a month (`2024-12`), a year, or `start/end` with `..` for an open end."""
        if self.start is None or self.end is None:
            return f"{self.start or '..'}/{self.end or '..'}"
        if self.start == self.end:
            return self.start.isoformat()
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        if self.start.day == 1 and self.end.day == last and self.start.year == self.end.year:
            if self.start.month == self.end.month:
                return f"{self.start.year:04}-{self.start.month:02}"
            if (self.start.month, self.end.month) == (1, 12):
                return f"{self.start.year:04}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        latest = max(self.start or date.min, other.start or date.min)
        return latest <= min(self.end or date.max, other.end or date.max)

    def is_one_with(self, other: "Period", least: float, *, points: bool) -> bool:
        """Whether two stated periods are one: `least` of their days shared, 0 to 1; a night and the day that it ends in.

        `points`: so is a day at the end of the other, for a figure "at 30 June" is one of the quarter.
        """
        if self == other and self.days > 0:
            return True
        start, end = max(self.first, other.first), min(self.last, other.last)
        shared, whole = (end - start).days + 1, (max(self.last, other.last) - min(self.first, other.first)).days + 1
        shorter, longer = sorted((self.days, other.days))
        if shared > 0 and (shared >= least * whole or longer <= _POINT_DAYS):
            return True
        return points and shorter <= _POINT_DAYS < longer and abs((self.last - other.last).days) <= _POINT_DAYS

    @staticmethod
    def parse(text: str) -> "Period":
        """The inverse of `iso`. Raises ValueError for anything else."""
        first, slash, second = text.partition("/")
        if not slash:
            second = first
        start = None if first == ".." else _edge(first, last=False)
        end = None if second == ".." else _edge(second, last=True)
        return Period(start, end)


def _edge(text: str, *, last: bool) -> date:
    match = _ISO.match(text)
    if match is None:
        raise ValueError(f"not an ISO 8601 day, month or year: {text!r}")
    year = int(match[1])
    month = int(match[2]) if match[2] else (12 if last else 1)
    if match[3]:
        return date(year, month, int(match[3]))
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
