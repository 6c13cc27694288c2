"""Periods told from the one said before: the week before, that month, the same quarter last year."""

from dataclasses import replace
from datetime import date

from monitor.domain.period import Period
from monitor.nlp.date_parts import closes
from monitor.nlp.date_reading import Calendar, Found
from monitor.nlp.date_years import year_of
from monitor.nlp.stretches import around, day_of, moved

_SIZES = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def anchored(calendar: Calendar, index: int) -> Found | None:
    """The week before; that month, the same day; the same quarter last year; the year-earlier quarter."""
    for rule in (_the_one_before, _same_of_year, _year_earlier, _that):
        found = rule(calendar, index)
        if found is not None:
            return found
    return None


def _the_one_before(calendar: Calendar, index: int) -> Found | None:
    """The week before, the day after: "up from 40 the week before"."""
    unit = calendar.cues.units.get(calendar.low(index))
    if unit not in _SIZES or calendar.low(index) != unit or calendar.low(index - 1) != "the":
        return None
    sign = -1 if calendar.low(index + 1) == "before" else 1 if calendar.low(index + 1) == "after" else 0
    if sign == 0 or not closes(calendar, index + 2):
        return None
    anchor = calendar.anchor(index) or around(calendar.today, unit)
    if _days(anchor) < _SIZES[unit]:
        # The week before that of a day, the month before that of a week.
        anchor = around(anchor.start or calendar.today, unit)
    return Found(index, index + 2, moved(anchor, unit, sign), unit="ago")


def _that(calendar: Calendar, index: int) -> Found | None:
    """That date, that month, the same day: the period said before, or what holds it."""
    low, lead = calendar.lexed.low(index), calendar.low(index - 1)
    unit = calendar.cues.units.get(low)
    is_same = lead == "same" and calendar.low(index - 2) == "the"
    if not (lead == "that" or is_same) or not ((unit in _SIZES and low == unit) or low in ("date", "period")):
        return None
    anchor = calendar.anchor(index)
    if anchor is None or anchor.start is None:
        return None
    period = anchor if unit is None else around(anchor.start, unit)
    if unit is not None and _days(anchor) > _SIZES[unit]:
        return None
    return Found(index - 1, index + 1, period, unit=unit or "stretch")


def _same_of_year(calendar: Calendar, index: int) -> Found | None:
    """The same quarter of 2025, the same period last year, the same month a year earlier."""
    low = calendar.lexed.low(index)
    if calendar.low(index - 1) != "same" or not (low in _SIZES or low in ("period", "time", "half", "date")):
        return None
    anchor = calendar.anchor(index)
    if anchor is None or anchor.start is None:
        return None
    at = index + 1
    of_year = year_of(calendar, at)
    if of_year is not None and of_year[0].start is not None:
        return Found(index - 1, of_year[1], _in_year(anchor, of_year[0].start.year), unit="stretch")
    at = at + 1 if calendar.lexed.low(at) in ("of", "in") else at
    earlier = calendar.low(at + 2) in ("earlier", "ago", "before") and calendar.lexed.low(at) in ("a", "one")
    previous = calendar.lexed.low(at) == "the" and calendar.low(at + 1) in ("previous", "prior", "preceding")
    if (earlier and calendar.low(at + 1) == "year") or (previous and calendar.low(at + 2) == "year"):
        return Found(index - 1, at + 3, _in_year(anchor, anchor.start.year - 1), unit="stretch")
    return None


def _year_earlier(calendar: Calendar, index: int) -> Found | None:
    """The year-earlier quarter, the year-ago period: the period said before, a year back."""
    if calendar.lexed.low(index) != "year":
        return None
    at = calendar.hyphen(index + 1)
    if at == index + 1 or calendar.low(at) not in ("earlier", "ago"):
        return None
    last = at + 2 if calendar.lexed.low(at + 1) in ("quarter", "period", "month", "half") else at + 1
    anchor = calendar.anchor(index)
    whole = anchor if anchor is not None and anchor.start is not None else day_of(calendar.today)
    return Found(index, last, moved(whole, "year", -1), unit="ago")


def _in_year(period: Period, year: int) -> Period:
    start = period.start or date(year, 1, 1)
    return moved(period, "year", year - start.year)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0


def told_before(calendar: Calendar, index: int, found: Found) -> Found:
    """ "The previous quarter" is that before the quarter spoken of; where none is, before the one of today."""
    step = (
        -1
        if calendar.low(index) in ("previous", "prior", "preceding")
        else 1
        if calendar.low(index) == "following"
        else 0
    )
    anchor = calendar.anchor(index) if step else None
    if anchor is None or anchor.start is None or found.unit not in _SIZES or anchor != around(anchor.start, found.unit):
        return found
    return replace(found, period=moved(anchor, found.unit, step))
