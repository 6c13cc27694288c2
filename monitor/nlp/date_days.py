"""Days and months as written: 5 November 2026, Nov. 5-7, October, Wednesday, yesterday, Christmas."""

from dataclasses import replace
from datetime import timedelta

from monitor.domain.period import Period
from monitor.nlp.date_reading import (
    Calendar,
    Found,
    day_number,
    month_name,
    nearest,
    past_part_of_day,
    safe_day,
    year_number,
)
from monitor.nlp.date_years import year_of
from monitor.nlp.stretches import around, day_of, months_of, moved, nth_weekday, weekday_near

_HYPHENS = "-‐‑–"


def iso_day(calendar: Calendar, index: int) -> Found | None:
    pieces = calendar.lexed.pieces[index : index + 5]
    if len(pieces) < 5 or [p.kind for p in pieces] != ["n", "s", "n", "s", "n"] or not all(p.glued for p in pieces[1:]):
        return None
    if {pieces[1].text, pieces[3].text} != {"-"} or len(pieces[0].text) != 4:
        return None
    numbers = [p.text for p in (pieces[0], pieces[2], pieces[4])]
    day = safe_day(*(int(n) for n in numbers)) if all(n.isdecimal() for n in numbers) else None
    return None if day is None else Found(index, index + 5, day_of(day))


def day_month(calendar: Calendar, index: int) -> Found | None:
    """5 November 2026; 5 to 7 November."""
    day = day_number(calendar, index)
    if day is None:
        return None
    number, at = day
    last_day = number
    if calendar.word(at, "to") and (other := day_number(calendar, at + 1)) is not None:
        last_day, at = other
    if calendar.low(at) == "of":
        at += 1
    month = month_name(calendar, at)
    if month is None:
        return None
    return _with_year(calendar, index, month[0], (number, last_day), month[1])


def month_day(calendar: Calendar, index: int) -> Found | None:
    """November 5, 2026; Nov. 5-7; or the month alone, with or without a year."""
    month = month_name(calendar, index)
    if month is None:
        return None
    number, at = month
    day = day_number(calendar, at)
    if day is not None and not calendar.lexed.pieces[at].glued and calendar.lexed.low(day[1]) not in ("percent", "%"):
        first, last = day
        last_day = first
        if calendar.lexed.low(last) in (*_HYPHENS, "to") and (other := day_number(calendar, last + 1)) is not None:
            last_day, last = other
        return _with_year(calendar, index, number, (first, last_day), last)
    return _month_alone(calendar, index, number, at)


def _with_year(calendar: Calendar, index: int, month: int, days: tuple[int, int], at: int) -> Found | None:
    year_at = at + 1 if calendar.lexed.low(at) == "," else at
    year = year_number(calendar, year_at)

    def make(of_year: int) -> Period | None:
        first, last = safe_day(of_year, month, days[0]), safe_day(of_year, month, days[1])
        return Period(first, last) if first and last and first <= last else None

    if year is not None:
        period = make(year)
        return None if period is None else Found(index, year_at + 1, period)
    year_said = year_of(calendar, at)
    if year_said is not None and year_said[0].start is not None and (period := make(year_said[0].start.year)):
        return Found(index, year_said[1], period)
    near = nearest(calendar, index, make)
    return None if near is None else Found(index, at, near)


def _month_alone(calendar: Calendar, index: int, month: int, at: int) -> Found | None:
    sure = calendar.low(index) not in ("may", "march", "mar", "sep", "sun", "jan")
    year_at = at + 1 if calendar.lexed.low(at) in (",", "of") else at
    year = year_number(calendar, year_at)
    if year is not None:
        return Found(index, year_at + 1, months_of(year, month, month), unit="month")
    if not sure and not calendar.word(index - 1, "may_needs"):
        return None
    year_said = year_of(calendar, at)
    if year_said is not None and year_said[0].start is not None:
        return Found(index, year_said[1], months_of(year_said[0].start.year, month, month), unit="month")
    near = nearest(calendar, index, lambda of_year: months_of(of_year, month, month))
    return None if near is None else Found(index, at, near, unit="month")


def weekday_at(calendar: Calendar, index: int) -> Found | None:
    """Wednesday; Wednesday, 5 November; Wednesday night."""
    low = calendar.low(index)
    weekday = calendar.cues.weekdays.get(low)
    if weekday is None or not calendar.lexed.pieces[index].text[0].isupper():
        return None
    at = index + 1
    if len(low) < 6 and calendar.lexed.low(at) == "." and calendar.lexed.pieces[at].glued:
        at += 1
    elif len(low) <= 3 and low in ("sun", "sat", "mon", "wed"):
        return None
    exact_at = at + 1 if calendar.lexed.low(at) == "," else at
    exact = day_month(calendar, exact_at) or month_day(calendar, exact_at)
    if exact is not None and exact.unit == "day":
        return replace(exact, first=index)
    day = weekday_near(calendar.today, weekday, future=bool(calendar.ahead(index)))
    return Found(index, past_part_of_day(calendar, at), day_of(day))


def named_day(calendar: Calendar, index: int) -> Found | None:
    """Yesterday, tomorrow evening, last night, Christmas."""
    low = calendar.low(index)
    if low in calendar.cues.days:
        day = calendar.today + timedelta(days=calendar.cues.days[low])
        return Found(index, past_part_of_day(calendar, index + 1), day_of(day))
    if low == "weekend" and calendar.low(index - 1) == "the":
        weekend = around(calendar.today, "weekend")
        if weekend.start is not None and weekend.start >= calendar.today and not calendar.ahead(index):
            weekend = moved(weekend, "week", -1)  # on a Saturday "at the weekend" is the last one
        return Found(index, index + 1, weekend, unit="weekend")
    for words, rule in calendar.cues.holidays.items():
        if all(calendar.lexed.low(index + i) == word for i, word in enumerate(words)):
            return _holiday(calendar, index, index + len(words), rule)
    return None


def _holiday(calendar: Calendar, index: int, at: int, rule: tuple[int, int] | tuple[int, int, int]) -> Found | None:
    def make(year: int) -> Period | None:
        if len(rule) == 2:
            day = safe_day(year, rule[0], rule[1])
            return None if day is None else day_of(day)
        return day_of(nth_weekday(year, rule[0], rule[1], rule[2]))

    near = nearest(calendar, index, make)
    return None if near is None else Found(index, at, near)
