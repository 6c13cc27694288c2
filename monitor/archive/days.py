"""Days as one types them: a day, month, quarter or year, a bound or a range of them."""

import re
from datetime import date, timedelta

from monitor.archive.bounds import bounds
from monitor.domain.period import Period

_DATE = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|[Qq][1-4]))?(?![\w-])")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])\Z")


def days(text: str) -> tuple[date | None, date | None] | None:
    """First and last day that are asked for, None for an end that is not bounded; None where that is no date."""
    found = bounds(text, _period)
    if found is None:
        return None
    since = until = None
    if found.low:
        since = _next_day(found.low.last) if found.low_open else found.low.first
    if found.high:
        until = _day_before(found.high.first) if found.high_open else found.high.last
    return since, until


def _period(text: str) -> Period | None:
    text = text.strip()
    if not text.isascii() or not _DATE.fullmatch(text):
        return None
    quarter = _QUARTER.match(text)
    try:
        if quarter is None:
            return Period.parse(text)
        first = (int(quarter[2]) - 1) * 3 + 1
        begun, ended = Period.parse(f"{quarter[1]}-{first:02}"), Period.parse(f"{quarter[1]}-{first + 2:02}")
        return Period(begun.start, ended.end)
    except ValueError:
        return None


def _next_day(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _day_before(day: date) -> date:
    return day if day == date.min else day - timedelta(days=1)
