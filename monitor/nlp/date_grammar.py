"""Date words at a place in the text → the period that they mean."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.domain.period import Period
from monitor.nlp.date_cues import DateCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.stretches import (
    around,
    covering,
    day_of,
    edge_of,
    half_of,
    months_of,
    moved,
    nth_weekday,
    part_of,
    quarter_of,
    season_of,
    shifted,
    weekday_near,
)

_HYPHENS = "-‐‑–"
_MODERN = range(1900, 2101)
_YEARS = range(1500, 2201)


@dataclass(frozen=True)
class Found:
    """Pieces `first` to `last` (half-open) and their period. `sure`: it can be nothing but a date."""

    first: int
    last: int
    period: Period
    sure: bool = True
    unit: str = "day"


@dataclass(frozen=True)
class Calendar:
    """What date words are resolved against. `today`: the day of publication, where it was published.

    `ahead`: whether the sentence at this piece speaks of the future, None where it does not say.
    `counts`: whether the numeral at this piece
    counts things. `anchor`: the period said before this piece, which "a year earlier" goes back from.
    """

    lexed: Lexed
    cues: DateCues
    today: date
    ahead: Callable[[int], bool | None]
    counts: Callable[[int], bool]
    anchor: Callable[[int], Period | None]

    def low(self, index: int) -> str:
        """The piece in lower case, without a possessive ending."""
        return self.lexed.low(index).removesuffix("'s")

    def word(self, index: int, name: str) -> bool:
        """Whether the piece is of a list of words."""
        return self.low(index) in self.cues.words[name]

    def hyphen(self, index: int) -> int:
        """The piece after an optional glued hyphen."""
        pieces = self.lexed.pieces
        if index < len(pieces) and pieces[index].text in _HYPHENS and pieces[index].glued:
            return index + 1
        return index


def date_at(calendar: Calendar, index: int) -> Found | None:
    """The longest date expression that starts at this piece, without a preposition before it."""
    best: Found | None = None
    for rule in _RULES:
        found = rule(calendar, index)
        if found is not None and (best is None or found.last > best.last):
            best = found
    return None if best is None else _joined(calendar, best)


def _joined(calendar: Calendar, found: Found) -> Found:
    """July to September 2025; between 2012 and 2020: one stretch of both."""
    between = calendar.word(found.first - 1, "between") and calendar.word(found.last, "and")
    if not (between or calendar.word(found.last, "to")) or found.unit not in ("month", "year", "day", "quarter"):
        return found
    at = found.last + 1
    following = next((other for rule in _PLAIN if (other := rule(calendar, at)) is not None), None)
    if following is None or following.unit != found.unit or following.period.start is None or found.period.start is None:
        return found
    first = found.period
    if found.unit == "month" and first.start is not None:
        # The year said last holds for both: July-September 2025.
        first = months_of(following.period.start.year, first.start.month, first.start.month)
        if first.start is not None and first.start > following.period.start:
            first = moved(first, "year", -1)
    if first.start is None or following.period.end is None or first.start > following.period.end:
        return found
    return replace(found, last=following.last, period=covering(first, following.period), unit="stretch")


# Numbers and names


def _numeral(calendar: Calendar, index: int) -> str:
    pieces = calendar.lexed.pieces
    return pieces[index].text if 0 <= index < len(pieces) and pieces[index].kind == "n" else ""


def _day_number(calendar: Calendar, index: int) -> tuple[int, int] | None:
    """5, 5th: the number and the piece after it."""
    numeral = _numeral(calendar, index)
    if not (numeral.isdecimal() and len(numeral) <= 2 and 1 <= int(numeral) <= 31):
        return None
    pieces, last = calendar.lexed.pieces, index + 1
    if last < len(pieces) and pieces[last].glued and pieces[last].kind == "w":
        if not calendar.word(last, "ordinal_endings"):
            return None
        last += 1
    return int(numeral), last


def _year_number(calendar: Calendar, index: int) -> int | None:
    numeral = _numeral(calendar, index)
    if len(numeral) != 4 or not numeral.isdecimal() or int(numeral) not in _YEARS:
        return None
    pieces = calendar.lexed.pieces
    touches = index + 1 < len(pieces) and pieces[index + 1].glued and pieces[index + 1].kind != "s"
    return None if touches and calendar.lexed.low(index + 1) != "s" else int(numeral)


def _month_name(calendar: Calendar, index: int) -> tuple[int, int] | None:
    """The month and the piece after it, a full stop of an abbreviation included."""
    low = calendar.low(index)
    month = calendar.cues.months.get(low)
    if month is None:
        return None
    last = index + 1
    if _is_short(calendar, low) and calendar.lexed.low(last) == "." and calendar.lexed.pieces[last].glued:
        last += 1
    # In lower case only beside a day: "on 1 may", "sept. 30".
    days = (calendar.lexed.low(index - 1), calendar.lexed.low(last) if low not in ("may", "march", "mar") else "")
    if not calendar.lexed.pieces[index].text[0].isupper() and not any(d.isdecimal() and int(d) <= 31 for d in days):
        return None
    return month, last


def _is_short(calendar: Calendar, month: str) -> bool:
    """Whether a longer name of the same month starts so: an abbreviation, which may have a full stop."""
    names = calendar.cues.months
    return any(name.startswith(month) and len(name) > len(month) for name in names if names[name] == names[month])


def _safe_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(calendar: Calendar, index: int, make: Callable[[int], Period | None]) -> Period | None:
    """The year that makes a date without one nearest: past by default, ahead where the sentence speaks of the future."""
    today = calendar.today
    periods = [p for year in (today.year - 1, today.year, today.year + 1) if (p := make(year)) and p.start and p.end]
    if not periods:
        return None
    past = [p for p in periods if p.start is not None and p.start <= today]
    coming = next((p for p in periods if p.end is not None and p.end >= today), periods[-1])
    ahead = calendar.ahead(index)
    if ahead or not past or (ahead is None and _much_nearer(coming, past[-1], today)):
        return coming
    return past[-1]


def _much_nearer(coming: Period, past: Period, today: date) -> bool:
    """Whether one is within two months ahead and the other at least nine back."""
    if coming.start is None or past.end is None:
        return False
    return (coming.start - today).days <= 61 and (today - past.end).days >= 270


# Rules: each gives what it finds at a piece, or None.


def _iso(calendar: Calendar, index: int) -> Found | None:
    pieces = calendar.lexed.pieces[index : index + 5]
    if len(pieces) < 5 or [p.kind for p in pieces] != ["n", "s", "n", "s", "n"] or not all(p.glued for p in pieces[1:]):
        return None
    if {pieces[1].text, pieces[3].text} != {"-"} or len(pieces[0].text) != 4:
        return None
    numbers = [p.text for p in (pieces[0], pieces[2], pieces[4])]
    day = _safe_day(*(int(n) for n in numbers)) if all(n.isdecimal() for n in numbers) else None
    return None if day is None else Found(index, index + 5, day_of(day))


def _day_month(calendar: Calendar, index: int) -> Found | None:
    """5 November 2026; 5 to 7 November."""
    day = _day_number(calendar, index)
    if day is None:
        return None
    number, at = day
    last_day = number
    if calendar.word(at, "to") and (other := _day_number(calendar, at + 1)) is not None:
        last_day, at = other
    if calendar.low(at) == "of":
        at += 1
    month = _month_name(calendar, at)
    if month is None:
        return None
    return _with_year(calendar, index, month[0], (number, last_day), month[1])


def _month_day(calendar: Calendar, index: int) -> Found | None:
    """November 5, 2026; Nov. 5-7; or the month alone, with or without a year."""
    month = _month_name(calendar, index)
    if month is None:
        return None
    number, at = month
    day = _day_number(calendar, at)
    if day is not None and not calendar.lexed.pieces[at].glued and calendar.lexed.low(day[1]) not in ("percent", "%"):
        first, last = day
        last_day = first
        if calendar.lexed.low(last) in (*_HYPHENS, "to") and (other := _day_number(calendar, last + 1)) is not None:
            last_day, last = other
        return _with_year(calendar, index, number, (first, last_day), last)
    return _month_alone(calendar, index, number, at)


def _with_year(calendar: Calendar, index: int, month: int, days: tuple[int, int], at: int) -> Found | None:
    year_at = at + 1 if calendar.lexed.low(at) == "," else at
    year = _year_number(calendar, year_at)

    def make(of_year: int) -> Period | None:
        first, last = _safe_day(of_year, month, days[0]), _safe_day(of_year, month, days[1])
        return Period(first, last) if first and last and first <= last else None

    if year is not None:
        period = make(year)
        return None if period is None else Found(index, year_at + 1, period)
    relative = _year_of(calendar, at)
    if relative is not None and relative[0].start is not None and (period := make(relative[0].start.year)):
        return Found(index, relative[1], period)
    near = _near(calendar, index, make)
    return None if near is None else Found(index, at, near)


def _month_alone(calendar: Calendar, index: int, month: int, at: int) -> Found | None:
    sure = calendar.low(index) not in ("may", "march", "mar", "sep", "sun", "jan")
    year_at = at + 1 if calendar.lexed.low(at) in (",", "of") else at
    year = _year_number(calendar, year_at)
    if year is not None:
        return Found(index, year_at + 1, months_of(year, month, month), unit="month")
    if not sure and not calendar.word(index - 1, "may_needs"):
        return None
    relative = _year_of(calendar, at)
    if relative is not None and relative[0].start is not None:
        return Found(index, relative[1], months_of(relative[0].start.year, month, month), unit="month")
    near = _near(calendar, index, lambda of_year: months_of(of_year, month, month))
    return None if near is None else Found(index, at, near, unit="month")


def _weekday(calendar: Calendar, index: int) -> Found | None:
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
    exact = _day_month(calendar, exact_at) or _month_day(calendar, exact_at)
    if exact is not None and exact.unit == "day":
        return replace(exact, first=index)
    day = weekday_near(calendar.today, weekday, future=bool(calendar.ahead(index)))
    return Found(index, _past_part_of_day(calendar, at), day_of(day))


def _past_part_of_day(calendar: Calendar, at: int) -> int:
    return at + 1 if calendar.word(at, "parts_of_day") else at


def _numbered(calendar: Calendar, index: int) -> tuple[int, int, str] | None:
    """Third quarter, Q3, first half, H1: the number, the piece after it, and which."""
    ordinal = calendar.cues.ordinals.get(calendar.low(index))
    at = calendar.hyphen(index + 1)
    numeral = _numeral(calendar, index)
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
            numeral = _numeral(calendar, other)
            upper = pieces[one].text in (letter.upper(), letter) if one == index else pieces[one].text == letter.upper()
            if upper and len(numeral) == 1 and numeral.isdecimal() and 1 <= int(numeral) <= most:
                if index + 2 < len(pieces) and pieces[index + 2].glued and pieces[index + 2].kind == "w":
                    return None
                return int(numeral), index + 2, name
    return None


def _part_of_year(calendar: Calendar, index: int) -> Found | None:
    """The third quarter of 2026, Q3, first half of next year, first half of November."""
    numbered = _numbered(calendar, index)
    if numbered is None:
        return None
    number, at, name = numbered
    make = quarter_of if name == "quarter" else half_of
    of_year = _year_of(calendar, at)
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], make(of_year[0].start.year, number), unit=name)
    if calendar.word(at, "of") and name == "half":
        whole = _month_day(calendar, at + 1)
        if whole is not None and whole.unit == "month" and whole.period.start and whole.period.end:
            middle = whole.period.start.replace(day=15)
            half = Period(whole.period.start, middle) if number == 1 else Period(middle + timedelta(1), whole.period.end)
            return Found(index, whole.last, half, unit="stretch")
        if calendar.low(at + 1) not in ("the", "this", "last", "next"):
            # "The second half of the match", "first half of dice".
            return None
    near = _near(calendar, index, lambda year: make(year, number))
    return None if near is None else Found(index, at, near, unit=name)


def _year_of(calendar: Calendar, index: int) -> tuple[Period, int] | None:
    """A year after a part of it: "of 2026", "2026", "of last year", "this year", "of the fiscal year 2027"."""
    at = index + 1 if calendar.word(index, "of") or calendar.lexed.low(index) == "," else index
    if calendar.lexed.low(index) == "," and _year_number(calendar, at) is None:
        return None
    if calendar.low(at) == "the":
        at += 1
    if calendar.word(at, "fiscal"):
        at += 1
        if calendar.low(at) == "year":
            at += 1
    year = _year_number(calendar, at)
    if year is not None:
        return months_of(year, 1, 12), at + 1
    pieces = calendar.lexed.pieces
    if at + 1 < len(pieces) and pieces[at].text in "'’" and pieces[at + 1].glued and len(_numeral(calendar, at + 1)) == 2:
        return months_of(2000 + int(pieces[at + 1].text), 1, 12), at + 2
    relative = _relative(calendar, at)
    if relative is not None and relative.unit == "year":
        return relative.period, relative.last
    if calendar.low(at) == "year" and at > index:
        return around(calendar.today, "year"), at + 1
    return None


def _run(calendar: Calendar, index: int) -> Found | None:
    """First nine months; the three months to September; the past two years; nine months ended 30 September."""
    ordinal = calendar.cues.ordinals.get(calendar.low(index))
    start = index + 1 if ordinal == 1 else index
    past, ahead = calendar.word(start, "past_run"), calendar.word(start, "next_run")
    if past or ahead:
        start += 1
    count, at = _count(calendar, start)
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


def _count(calendar: Calendar, index: int) -> tuple[int | None, int]:
    numeral = _numeral(calendar, index)
    if numeral.isdecimal() and len(numeral) <= 3:
        return int(numeral), index + 1
    count = calendar.cues.numbers.get(calendar.low(index))
    if count is None:
        return None, index
    after = calendar.hyphen(index + 1)
    extra = calendar.cues.numbers.get(calendar.low(after), 99) if count >= 20 and after != index + 1 else 99
    return (count + extra, after + 1) if extra < 10 else (count, index + 1)


def _first_months(calendar: Calendar, index: int, at: int, months: int) -> Found | None:
    of_year = _year_of(calendar, at)
    if months > 12:
        return None
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], months_of(of_year[0].start.year, 1, months), unit="run")
    near = _near(calendar, index, lambda year: months_of(year, 1, months))
    return None if near is None else Found(index, at, near, unit="run")


def _ended(calendar: Calendar, index: int, at: int, unit: str, count: int) -> Found | None:
    """The quarter ended June 30, the three months to September, the year to March."""
    if not calendar.word(at, "ended"):
        return None
    at += 1
    if calendar.low(at) in ("the", "on", "in"):
        at += 1
    if calendar.word(at, "end") and calendar.low(at + 1) == "of":
        at += 2
    end = _day_month(calendar, at) or _month_day(calendar, at)
    if end is None or end.period.end is None:
        return None
    last = end.period.end
    if unit in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
        period = months_of(last.year, last.month - months + 1, last.month)
        return Found(index, end.last, Period(period.start, last if end.unit == "day" else period.end), unit="run")
    return Found(index, end.last, Period(shifted(last, unit, -count) + timedelta(1), last), unit="run")


def _relative(calendar: Calendar, index: int) -> Found | None:
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
        return Found(index, _past_part_of_day(calendar, at + 1), day_of(_weekday_from(calendar, at, low, step)))
    if low in calendar.cues.months and calendar.lexed.pieces[at].text[0].isupper():
        month = calendar.cues.months[low]
        return Found(index, at + 1, _month_from(calendar, at, month, step), unit="month")
    if low in calendar.cues.seasons:
        return Found(index, at + 1, _season_from(calendar, at, low, step), unit="season")
    if step <= 0 and calendar.word(at, "parts_of_day"):
        return Found(index, at + 1, day_of(today + timedelta(days=step)))
    numbered = _numbered(calendar, at)
    if numbered is not None and step != 0:
        return _part_of_year(calendar, at)
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


def _season(calendar: Calendar, year: int, low: str) -> Period:
    first, last = calendar.cues.seasons[low]
    return months_of(year, first - 12 if first > last else first, last)


def _season_from(calendar: Calendar, at: int, low: str, step: int) -> Period:
    today = calendar.today
    seasons = [_season(calendar, year, low) for year in range(today.year - 2, today.year + 3)]
    past = [s for s in seasons if s.end is not None and s.end < today]
    running = [s for s in seasons if s.start is not None and s.end is not None and s.start <= today <= s.end]
    ahead = [s for s in seasons if s.start is not None and s.start > today]
    if step < 0:
        return past[-1]
    if step > 0:
        return ahead[0]
    if running:
        return running[0]
    of_year = _season(calendar, today.year, low)
    return ahead[0] if calendar.ahead(at) and of_year in past else of_year


def _season_word(calendar: Calendar, index: int) -> Found | None:
    """Since the spring; in winter; autumn 2025."""
    low = calendar.low(index)
    if low not in calendar.cues.seasons:
        return None
    of_year = _year_of(calendar, index + 1)
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], _season(calendar, of_year[0].start.year, low), unit="season")
    lead = calendar.low(index - 1)
    if not calendar.word(index - 1, "season_leads") or (low in ("fall", "spring") and lead not in ("the", "since")):
        return None
    near = _near(calendar, index, lambda year: _season(calendar, year, low))
    return None if near is None else Found(index, index + 1, near, unit="season")


def _from_now(calendar: Calendar, index: int) -> Found | None:
    """Three weeks ago, a year earlier, two days later."""
    count, at = _count(calendar, index)
    unit = calendar.cues.units.get(calendar.low(at))
    if count is None or unit is None or unit in ("half", "weekend", "season", "hour") or count > 999:
        return None
    if calendar.word(at + 1, "ago"):
        then = shifted(calendar.today, unit, -count)
        return Found(index, at + 2, around(then, unit if unit != "decade" else "year"), unit="ago")
    for name, sign in (("earlier", -1), ("later", 1)):
        if calendar.word(at + 1, name):
            if calendar.lexed.low(at + 1) in ("after", "before") and not _closes(calendar, at + 2):
                return None
            anchor = _anchor(calendar, index, unit)
            return Found(index, at + 2, moved(anchor, unit, sign * count), unit="ago")
    return None


def _anchor(calendar: Calendar, index: int, unit: str) -> Period:
    """What "a day earlier" goes back from: the period said before, if it is of that size, else the day of publication."""
    anchor = calendar.anchor(index)
    if anchor is None or anchor.start is None or anchor.end is None:
        return day_of(calendar.today)
    days = (anchor.end - anchor.start).days + 1
    return day_of(calendar.today) if unit in ("day", "week", "fortnight") and days > 7 else anchor


def _the_unit(calendar: Calendar, index: int) -> Found | None:
    """ "For the year", "in the quarter": the one spoken of."""
    unit = calendar.cues.units.get(calendar.low(index))
    if unit not in ("year", "quarter", "month") or calendar.low(index) != unit or calendar.low(index - 1) != "the":
        return None
    if not calendar.word(index - 2, "unit_leads") or calendar.word(index + 1, "no_unit_follows"):
        return None
    anchor = calendar.anchor(index)
    if anchor is not None and anchor.start is not None and anchor == around(anchor.start, unit):
        return Found(index, index + 1, anchor, unit=unit)
    step = 0 if unit == "year" else -1
    return Found(index, index + 1, moved(around(calendar.today, unit), unit, step), unit=unit)


def _closes(calendar: Calendar, index: int) -> bool:
    """Whether the phrase ends here: "a year before." but not "a year before the crash"."""
    pieces = calendar.lexed.pieces
    return index >= len(pieces) or pieces[index].kind == "s"


def _named_day(calendar: Calendar, index: int) -> Found | None:
    """Yesterday, tomorrow evening, last night, Christmas."""
    low = calendar.low(index)
    if low in calendar.cues.days:
        day = calendar.today + timedelta(days=calendar.cues.days[low])
        return Found(index, _past_part_of_day(calendar, index + 1), day_of(day))
    if low == "weekend" and calendar.low(index - 1) == "the":
        weekend = around(calendar.today, "weekend")
        if weekend.start is not None and weekend.start > calendar.today and not calendar.ahead(index):
            weekend = moved(weekend, "week", -1)
        return Found(index, index + 1, weekend, unit="weekend")
    for words, rule in calendar.cues.holidays.items():
        if all(calendar.lexed.low(index + i) == word for i, word in enumerate(words)):
            return _holiday(calendar, index, index + len(words), rule)
    return None


def _holiday(calendar: Calendar, index: int, at: int, rule: tuple[int, int] | tuple[int, int, int]) -> Found | None:
    def make(year: int) -> Period | None:
        if len(rule) == 2:
            day = _safe_day(year, rule[0], rule[1])
            return None if day is None else day_of(day)
        return day_of(nth_weekday(year, rule[0], rule[1], rule[2]))

    near = _near(calendar, index, make)
    return None if near is None else Found(index, at, near)


def _edge(calendar: Calendar, index: int) -> Found | None:
    """The end of 2027, the middle of next year, year-end, end-September, mid-2027."""
    for name in ("end", "start", "middle"):
        if calendar.word(index, name) and calendar.word(index + 1, "of"):
            whole = _whole(calendar, index + 2)
            if whole is not None and whole.period.start != whole.period.end:
                return replace(whole, first=index, period=edge_of(whole.period, name), unit="edge")
    if calendar.word(index, "end") and calendar.hyphen(index + 1) != index + 1:
        whole = date_at(calendar, index + 2)
        if whole is not None and whole.unit in ("month", "year", "quarter"):
            return replace(whole, first=index, period=edge_of(whole.period, "end"), unit="edge")
    unit = calendar.cues.units.get(calendar.low(index))
    after = calendar.hyphen(index + 1)
    tied = after != index + 1 or calendar.lexed.low(index).endswith("'s")
    if unit in ("year", "month", "quarter") and calendar.low(after) == "end" and tied:
        return Found(index, after + 1, edge_of(around(calendar.today, unit), "end"), unit="edge")
    return None


def _whole(calendar: Calendar, index: int) -> Found | None:
    """A period after "of": with its article, or "the year", "the month"."""
    at = index + 1 if calendar.low(index) == "the" else index
    found = date_at(calendar, at)
    if found is not None:
        return found
    unit = calendar.cues.units.get(calendar.low(at))
    if at > index and unit in ("year", "month", "quarter", "week", "decade", "season"):
        return Found(index, at + 1, around(calendar.today, unit), unit=unit)
    return None


def _portion(calendar: Calendar, index: int) -> Found | None:
    """Early 2024, late last year, mid-November, earlier this month, later this year."""
    for name in ("early", "late", "mid"):
        if calendar.word(index, name):
            at = calendar.hyphen(index + 1)
            at = at + 1 if calendar.low(at) in ("in", "on") and name != "mid" else at
            whole = _whole(calendar, at) if calendar.low(index) != "beginning" else None
            if whole is not None and whole.unit != "stretch":
                if whole.unit == "day":
                    return (
                        replace(whole, first=index)
                        if calendar.low(index + 1) in ("on", *calendar.cues.weekdays)
                        else None
                    )
                return replace(whole, first=index, period=part_of(whole.period, name), unit="part")
    for name in ("earlier_in", "later_in"):
        if calendar.word(index, name):
            at = index + 2 if calendar.low(index + 1) in ("in", "on") else index + 1
            whole = _whole(calendar, at)
            if whole is not None:
                return replace(whole, first=index, period=_side(calendar, whole.period, name), unit="part")
    return None


def _side(calendar: Calendar, period: Period, name: str) -> Period:
    """Earlier this year: up to today; later this year: from today on."""
    today = calendar.today
    if period.start is None or period.end is None or not period.start <= today <= period.end:
        return period
    return Period(period.start, today) if name == "earlier_in" else Period(today, period.end)


def _year(calendar: Calendar, index: int) -> Found | None:
    """2024; 2026/27; the 1990s; fiscal 2025; FY25; full-year."""
    fiscal = calendar.word(index, "fiscal")
    at = index + 1 if fiscal else index
    if fiscal and calendar.low(at) == "year":
        at += 1
    if calendar.word(index, "full") and calendar.low(calendar.hyphen(index + 1)) == "year":
        return _full_year(calendar, index)
    year = _year_number(calendar, at)
    if year is None:
        return _short_fiscal(calendar, index, at) if fiscal else None
    pieces = calendar.lexed.pieces
    if at + 1 < len(pieces) and pieces[at + 1].glued and pieces[at + 1].low in ("s", "'s") and year % 10 == 0:
        return Found(index, at + 2, months_of(year, 1, 120), unit="decade")
    split = _split_season(calendar, index, at, year)
    if split is not None:
        return split
    led = calendar.word(index - 1, "old_year_needs")
    if not fiscal and (calendar.counts(at) or _in_number(calendar, at) or not (led or year in _MODERN)):
        return None
    return Found(index, at + 1, months_of(year, 1, 12), sure=fiscal, unit="year")


def _in_number(calendar: Calendar, at: int) -> bool:
    """Whether signs around the numeral say that it is no year: currencies, hyphens into names, decimals."""
    pieces = calendar.lexed.pieces
    before = pieces[at - 1] if at else None
    if before is not None and pieces[at].glued and before.text not in "(['\"“‘/-–—":
        return True
    return at + 1 < len(pieces) and pieces[at + 1].text in "%°"


def _full_year(calendar: Calendar, index: int) -> Found:
    at = calendar.hyphen(index + 1) + 1
    of_year = _year_of(calendar, at)
    if of_year is not None:
        return Found(index, of_year[1], of_year[0], unit="year")
    # In the first quarter, the full year that is reported is the last one.
    whole = around(calendar.today, "year")
    past = calendar.today.month <= 3 and not calendar.ahead(index)
    return Found(index, at, moved(whole, "year", -1) if past else whole, unit="year")


def _short_fiscal(calendar: Calendar, index: int, at: int) -> Found | None:
    numeral = _numeral(calendar, at)
    if calendar.low(index) == "fy" and len(numeral) == 2 and numeral.isdecimal():
        return Found(index, at + 1, months_of(2000 + int(numeral), 1, 12), unit="year")
    return None


def _split_season(calendar: Calendar, index: int, at: int, year: int) -> Found | None:
    """2026/27 and 2026-27."""
    pieces = calendar.lexed.pieces[at + 1 : at + 3]
    if len(pieces) < 2 or not (pieces[0].glued and pieces[1].glued) or pieces[1].kind != "n":
        return None
    numeral = pieces[1].text
    if pieces[0].text not in ("/", "-", "–") or not numeral.isdecimal():
        return None
    if numeral != str(year + 1) and (len(numeral) != 2 or int(numeral) != (year + 1) % 100):
        return None
    return Found(index, at + 3, season_of(year), unit="season")


_PLAIN: tuple[Callable[[Calendar, int], Found | None], ...] = (_iso, _day_month, _month_day, _part_of_year, _year)
_RULES: tuple[Callable[[Calendar, int], Found | None], ...] = (
    *_PLAIN,
    _weekday,
    _run,
    _relative,
    _season_word,
    _from_now,
    _the_unit,
    _named_day,
    _edge,
    _portion,
)
