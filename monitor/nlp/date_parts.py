"""Parts and runs: the third quarter, H1, first nine months, three months to September, the past two years."""

from datetime import date, timedelta

from monitor.domain.period import Period
from monitor.nlp.date_days import day_month, month_day
from monitor.nlp.date_reading import Calendar, Found, nearest, numeral_at
from monitor.nlp.date_years import year_of
from monitor.nlp.stretches import around, half_of, months_of, quarter_of, shifted

_FAR_AHEAD = 270  # days


def _numbered(calendar: Calendar, index: int) -> tuple[int, int, str] | None:
    """Third quarter, Q3, first half, H1: the number, the piece after it, and which."""
    ordinal = calendar.cues.ordinals.get(calendar.low(index))
    at = calendar.hyphen(index + 1)
    numeral = numeral_at(calendar, index)
    if ordinal is None and numeral in ("1", "2", "3", "4") and calendar.word(index + 1, "ordinal_endings"):
        ordinal, at = int(numeral), calendar.hyphen(index + 2)
    if ordinal is not None:
        fiscal = at + 1 if calendar.word(at, "fiscal") else at
        for name, most in (("quarter", 4), ("half", 2)):
            if calendar.word(fiscal, name) and ordinal <= most:
                return ordinal, fiscal + 1, name
        return None
    return _lettered(calendar, index)


def _lettered(calendar: Calendar, index: int) -> tuple[int, int, str] | None:
    """Q3 and 3Q; H1 and 1H."""
    pieces = calendar.lexed.pieces
    if index + 1 >= len(pieces) or not pieces[index + 1].glued:
        return None
    for letter, name, most in (("q", "quarter", 4), ("h", "half", 2)):
        for one, other in ((index, index + 1), (index + 1, index)):
            numeral = numeral_at(calendar, other)
            upper = pieces[one].text in (letter.upper(), letter) if one == index else pieces[one].text == letter.upper()
            if upper and len(numeral) == 1 and numeral.isdecimal() and 1 <= int(numeral) <= most:
                if index + 2 < len(pieces) and pieces[index + 2].glued and pieces[index + 2].kind == "w":
                    return None
                return int(numeral), index + 2, name
    return None


def part_of_year(calendar: Calendar, index: int) -> Found | None:
    """The third quarter of 2026, Q3, first half of next year, first half of November."""
    numbered = _numbered(calendar, index)
    if numbered is None:
        return None
    number, at, name = numbered
    if calendar.low(_over_which(calendar, at)) in ("ended", "ending", "ends"):
        ended = _ended(calendar, index, at, "month", 3 if name == "quarter" else 6)
        if ended is not None:
            return ended
    make = quarter_of if name == "quarter" else half_of
    of_year = year_of(calendar, at)
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], make(of_year[0].start.year, number), unit=name)
    if name == "quarter" and calendar.lexed.low(at) == "of" and calendar.word(index - 1, "owners"):
        return None  # "its second quarter of production"
    if calendar.word(at, "of") and name == "half":
        whole = month_day(calendar, at + 1)
        if whole is not None and whole.unit == "month" and whole.period.start and whole.period.end:
            middle = whole.period.start.replace(day=15)
            half = Period(whole.period.start, middle) if number == 1 else Period(middle + timedelta(1), whole.period.end)
            return Found(index, whole.last, half, unit="stretch")
        if calendar.low(at + 1) not in ("the", "this", "last", "next"):
            # "The second half of the match", "first half of dice".
            return None
    near = nearest(calendar, index, lambda year: make(year, number))
    return None if near is None else Found(index, at, near, unit=name)


def run_at(calendar: Calendar, index: int) -> Found | None:
    """First nine months; the three months to September; the past two years; nine months ended 30 September."""
    placed = _last_months(calendar, index) or _unit_of_day(calendar, index) or _up_to_now(calendar, index)
    if placed is not None:
        return placed
    ordinal = calendar.cues.ordinals.get(calendar.low(index))
    start = index + 1 if ordinal == 1 else index
    past, ahead = calendar.word(start, "past_run"), calendar.word(start, "next_run")
    if past or ahead:
        start += 1
    count, at = count_at(calendar, start)
    at = calendar.hyphen(at)
    unit = calendar.cues.units.get(calendar.low(at))
    if ordinal is not None and ordinal != 1:
        return None
    if unit in ("week", "month", "day", "quarter", "year") and not past and not ahead:
        ended = _ended(calendar, index, at + 1, unit, count or 1)
        if ended is not None:
            return ended
    if count is None or unit is None or count > 400 or unit in ("half", "weekend"):
        return None
    if ordinal == 1 and unit in ("month", "quarter"):
        return _first_months(calendar, index, at + 1, count if unit == "month" else 3 * count)
    if past and calendar.low(start - 1) != "next":
        return Found(index, at + 1, Period(shifted(calendar.today, unit, -count), calendar.today), unit="run")
    if ahead:
        return Found(index, at + 1, Period(calendar.today, shifted(calendar.today, unit, count)), unit="run")
    return None


def _up_to_now(calendar: Calendar, index: int) -> Found | None:
    """The past year, which ends today; "rose 3 percent in a year"; the year to date."""
    low, today = calendar.lexed.low(index), calendar.today
    unit = calendar.cues.units.get(calendar.low(index + 1))
    if unit in ("week", "month", "quarter", "year", "decade") and calendar.low(index + 1) == unit:
        passed = low in ("a", "one") and calendar.lexed.low(index - 1) == "in" and calendar.ahead(index) is not True
        if (low == "past" and calendar.lexed.low(index - 1) == "the") or (passed and closes(calendar, index + 2)):
            return Found(index, index + 2, Period(shifted(today, unit, -1), today), unit="run")
    unit = calendar.cues.units.get(low)
    at = calendar.hyphen(index + 1)
    if unit in ("year", "month", "quarter") and low == unit and calendar.lexed.low(at) == "to":
        at = calendar.hyphen(at + 1)
        if calendar.lexed.low(at) == "date":
            return Found(index, at + 1, Period(around(today, unit).start, today), unit="run")
    return None


def closes(calendar: Calendar, index: int) -> bool:
    """Whether the phrase ends here: "a year before." but not "a year before the crash"."""
    pieces = calendar.lexed.pieces
    return index >= len(pieces) or pieces[index].kind == "s" or pieces[index].low in ("to", "and", "but")


def _unit_of_day(calendar: Calendar, index: int) -> Found | None:
    """The week of 14 June; the week beginning 14 June; the marketing year that began on June 1."""
    unit = calendar.cues.units.get(calendar.low(index))
    if unit not in ("week", "year", "season") or calendar.low(index) != unit:
        return None
    at = index + 1
    at = at + 1 if calendar.low(at) in ("that", "which") else at
    begins = calendar.word(at, "beginning_on")
    if not begins and not (unit == "week" and calendar.lexed.low(at) == "of"):
        return None
    at = at + 2 if calendar.lexed.low(at + 1) in ("on", "in") else at + 1
    day = day_month(calendar, at) or month_day(calendar, at)
    if day is None or day.period.start is None:
        return None
    first = day.period.start
    if not begins:
        return Found(index, day.last, around(first, "week"), unit="run")
    return Found(index, day.last, Period(first, shifted(first, unit, 1) - timedelta(1)), unit="run")


def count_at(calendar: Calendar, index: int) -> tuple[int | None, int]:
    """A small number in digits or words, and the piece after it."""
    numeral = numeral_at(calendar, index)
    if numeral.isdecimal() and len(numeral) <= 3:
        return int(numeral), index + 1
    count = calendar.cues.numbers.get(calendar.low(index))
    if count is None:
        return None, index
    after = calendar.hyphen(index + 1)
    extra = calendar.cues.numbers.get(calendar.low(after), 99) if count >= 20 and after != index + 1 else 99
    return (count + extra, after + 1) if extra < 10 else (count, index + 1)


def _first_months(calendar: Calendar, index: int, at: int, months: int) -> Found | None:
    of_year = year_of(calendar, at)
    if months > 12:
        return None
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], months_of(of_year[0].start.year, 1, months), unit="run")
    near = nearest(calendar, index, lambda year: months_of(year, 1, months))
    return None if near is None else Found(index, at, near, unit="run")


def _last_months(calendar: Calendar, index: int) -> Found | None:
    """The final three months of the year."""
    if not calendar.word(index, "closing"):
        return None
    count, at = count_at(calendar, index + 1)
    of_year = year_of(calendar, at + 1) if calendar.lexed.low(at + 1) == "of" else None
    if count is None or count > 12 or calendar.cues.units.get(calendar.low(at)) != "month" or of_year is None:
        return None
    year = of_year[0].start
    return None if year is None else Found(index, of_year[1], months_of(year.year, 13 - count, 12), unit="run")


def _ended(calendar: Calendar, index: int, at: int, unit: str, count: int) -> Found | None:
    """The quarter ended June 30, the three months to September, the year to March."""
    at = _over_which(calendar, at)
    if not calendar.word(at, "ended"):
        return None
    at += 1
    if calendar.low(at) in ("the", "on", "in", "with"):
        at += 1
    if calendar.word(at, "end"):
        at = at + 2 if calendar.low(at + 1) == "of" else calendar.hyphen(at + 1)
    end = day_month(calendar, at) or month_day(calendar, at)
    if end is None or end.period.end is None:
        return None
    last = _not_a_year_off(calendar, at, end, end.period.end)
    if unit in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
        period = months_of(last.year, last.month - months + 1, last.month)
        return Found(index, end.last, Period(period.start, last if end.unit == "day" else period.end), unit="run")
    return Found(index, end.last, Period(shifted(last, unit, -count) + timedelta(1), last), unit="run")


def _over_which(calendar: Calendar, at: int) -> int:
    """The piece after "which" in "quarter, which ended in June"; the piece itself where that does not follow."""
    which = at + 1 if calendar.lexed.low(at) == "," else at
    relative = calendar.low(which) in ("which", "that") and calendar.low(which + 1) in ("ended", "ending", "ends")
    return which + 1 if relative else at


def _not_a_year_off(calendar: Calendar, at: int, end: Found, last: date) -> date:
    """The end of a stretch: "to end-April" looks ahead to taggers, yet nobody tells of three months in a year's time."""
    has_year = any(numeral_at(calendar, i) == str(last.year) for i in range(at, end.last))
    far_ahead = (last - calendar.today).days > _FAR_AHEAD and not has_year
    return shifted(last, "year", -1) if far_ahead else last
