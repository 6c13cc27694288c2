"""Periods told from the day of publication: this year, last Friday, next summer."""

from datetime import date, timedelta

from monitor.domain.period import Period
from monitor.nlp.date_reading import Calendar, Found, past_part_of_day
from monitor.nlp.stretches import around, day_of, months_of, moved, weekday_near


def relative(calendar: Calendar, index: int) -> Found | None:
    """This year, last month, next Friday, last October, this summer, the current quarter."""
    for name, step in (("this", 0), ("last", -1), ("next", 1)):
        if calendar.word(index, name):
            return _relative_to(calendar, index, index + 1, step)
    return None


def _relative_to(calendar: Calendar, index: int, at: int, step: int) -> Found | None:
    if calendar.word(at, "fiscal"):
        at += 1
    low, today = calendar.low(at), calendar.today
    unit = calendar.cues.units.get(low)
    if unit is not None and not low.endswith("s") and unit not in ("hour", "half", "day"):
        return Found(index, at + 1, moved(around(today, unit), "week" if unit == "weekend" else unit, step), unit=unit)
    if low in calendar.cues.weekdays and calendar.lexed.pieces[at].text[0].isupper():
        return Found(index, past_part_of_day(calendar, at + 1), day_of(_weekday_from(calendar, at, low, step)))
    if low in calendar.cues.months and calendar.lexed.pieces[at].text[0].isupper():
        month = calendar.cues.months[low]
        return Found(index, at + 1, _month_from(calendar, at, month, step), unit="month")
    if low in calendar.cues.seasons:
        return Found(index, at + 1, _season_from(calendar, at, low, step), unit="season")
    if step <= 0 and calendar.word(at, "parts_of_day"):
        return Found(index, at + 1, day_of(today + timedelta(days=step)))
    return None


def _weekday_from(calendar: Calendar, at: int, low: str, step: int) -> date:
    today, weekday = calendar.today, calendar.cues.weekdays[low]
    if step > 0:
        return weekday_near(today + timedelta(1), weekday, future=True)
    if step < 0:
        return weekday_near(today - timedelta(1), weekday, future=False)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday)


def _month_from(calendar: Calendar, at: int, month: int, step: int) -> Period:
    today = calendar.today
    if step < 0:
        return months_of(today.year if month < today.month else today.year - 1, month, month)
    if step > 0:
        return months_of(today.year if month > today.month else today.year + 1, month, month)
    return months_of(today.year, month, month)


def season_in(calendar: Calendar, year: int, low: str) -> Period:
    """The season of a year; winter begins in the year before."""
    first, last = calendar.cues.seasons[low]
    return months_of(year, first - 12 if first > last else first, last)


def _season_from(calendar: Calendar, at: int, low: str, step: int) -> Period:
    today = calendar.today
    seasons = [season_in(calendar, year, low) for year in range(today.year - 2, today.year + 3)]
    past = [s for s in seasons if s.end is not None and s.end < today]
    running = [s for s in seasons if s.start is not None and s.end is not None and s.start <= today <= s.end]
    ahead = [s for s in seasons if s.start is not None and s.start > today]
    if step < 0:
        return past[-1]
    if step > 0:
        return ahead[0]
    if running:
        return running[0]
    of_year = season_in(calendar, today.year, low)
    return ahead[0] if calendar.ahead(at) and of_year in past else of_year
