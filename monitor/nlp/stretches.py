"""Calendar arithmetic: days, weeks, months, quarters, years and their parts as periods."""

import calendar
from datetime import date, timedelta

from monitor.domain.period import Period

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "season": 12, "decade": 120}
_DAYS = {"day": 1, "hour": 1, "week": 7, "weekend": 7, "fortnight": 14}


def day_of(day: date) -> Period:
    """One day."""
    return Period(day, day)


def months_of(year: int, first: int, last: int) -> Period:
    """From the first of a month to the end of another; months beyond 12 or below 1 run into other years."""
    start_year, start = _carry(year, first)
    end_year, end = _carry(year, last)
    return Period(date(start_year, start, 1), date(end_year, end, calendar.monthrange(end_year, end)[1]))


def _carry(year: int, month: int) -> tuple[int, int]:
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def quarter_of(year: int, number: int) -> Period:
    """A calendar quarter."""
    return months_of(year, 3 * number - 2, 3 * number)


def half_of(year: int, number: int) -> Period:
    """A half of a calendar year."""
    return months_of(year, 6 * number - 5, 6 * number)


def season_of(year: int) -> Period:
    """A season that runs over two years (2026/27), from July to June."""
    return months_of(year, 7, 18)


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def around(day: date, unit: str) -> Period:
    """The day, week, month, quarter, half, year, season or decade that holds a day."""
    if unit in ("day", "hour"):
        return day_of(day)
    if unit in ("week", "fortnight"):
        return week_of(day)
    if unit == "weekend":
        monday = day - timedelta(days=day.weekday())
        return Period(monday + timedelta(days=5), monday + timedelta(days=6))
    if unit == "season":
        return season_of(day.year if day.month >= 7 else day.year - 1)
    if unit == "decade":
        return months_of(day.year // 10 * 10, 1, 120)
    size = _MONTHS[unit]
    first = (day.month - 1) // size * size + 1
    return months_of(day.year, first, first + size - 1)


def shifted(day: date, unit: str, count: int) -> date:
    """The day so many units later; the last of the month where that month is shorter. Stays within years 1 to 9999."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        year, month = _carry(day.year, day.month + count * _MONTHS[unit])
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return day


def moved(period: Period, unit: str, count: int) -> Period:
    """A period so many units later; one that ends with a month goes on doing so."""
    start = None if period.start is None else shifted(period.start, unit, count)
    end = None if period.end is None else shifted(period.end, unit, count)
    if period.end is not None and end is not None and unit not in _DAYS and _ends_month(period.end):
        end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return Period(start, end)


def _ends_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def part_of(period: Period, part: str) -> Period:
    """The early, middle or late part: of a year a quarter, of a month ten days, else a third."""
    if period.start is None or period.end is None:
        return period
    days = (period.end - period.start).days + 1
    if 360 <= days <= 370:
        if part == "mid":
            return Period(date(period.start.year, 6, 16), date(period.start.year, 7, 15))
        first = {"early": 0, "late": 9}[part]
        return months_of(period.start.year, period.start.month + first, period.start.month + first + 2)
    third = days // 3
    starts = {"early": 0, "mid": third, "late": 2 * third}
    start = period.start + timedelta(days=starts[part])
    end = period.end if part == "late" else start + timedelta(days=third - 1)
    return Period(start, max(start, end))


def edge_of(period: Period, edge: str) -> Period:
    """The first, middle or last day, as a day."""
    if period.start is None or period.end is None:
        return period
    if edge == "middle":
        half = period.start + (period.end - period.start) / 2
        # The middle of a year is the end of June, as everybody says it.
        return day_of(date(half.year, half.month - 1, 30) if half.month == 7 and half.day <= 2 else half)
    return day_of(period.start if edge == "start" else period.end)


def weekday_near(today: date, weekday: int, *, future: bool) -> date:
    """The nearest such weekday, today included: back, or ahead."""
    if future:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th such weekday of a month; -1 is the last."""
    days = [day for week in calendar.monthcalendar(year, month) if (day := week[weekday])]
    return date(year, month, days[number - 1 if number > 0 else number])


def covering(first: Period, last: Period) -> Period:
    """From the start of one to the end of the other."""
    return Period(first.start, last.end)
