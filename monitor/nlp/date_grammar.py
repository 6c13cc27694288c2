"""Date words at a place in the text → the period that they mean."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.domain.period import Period
from monitor.nlp.date_anchored import anchored, told_before
from monitor.nlp.date_days import day_month, iso_day, month_day, named_day, weekday_at
from monitor.nlp.date_parts import closes, count_at, part_of_year, run_at
from monitor.nlp.date_reading import Calendar, Found, nearest
from monitor.nlp.date_relative import relative, season_in
from monitor.nlp.date_years import year_at, year_of
from monitor.nlp.stretches import around, covering, day_of, edge_of, months_of, moved, part_of, shifted

Rule = Callable[[Calendar, int], Found | None]


def date_at(calendar: Calendar, index: int) -> Found | None:
    """The longest date expression that starts at this piece, without a preposition before it."""
    best = _longest(calendar, index, _RULES)
    return None if best is None else _joined(calendar, best)


def _longest(calendar: Calendar, index: int, rules: Sequence[Rule]) -> Found | None:
    best: Found | None = None
    for rule in rules:
        found = rule(calendar, index)
        if found is not None and (best is None or found.last > best.last):
            best = found
    return best


def _inner(calendar: Calendar, index: int) -> Found | None:
    """A date within "the end of", "early": no edge or part of its own, so that nothing nests without end."""
    best = _longest(calendar, index, _WHOLES)
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


def _relative(calendar: Calendar, index: int) -> Found | None:
    found = relative(calendar, index)
    return None if found is None else told_before(calendar, index, found)


def _season_word(calendar: Calendar, index: int) -> Found | None:
    """Since the spring; in winter; autumn 2025."""
    low = calendar.low(index)
    if low not in calendar.cues.seasons:
        return None
    of_year = year_of(calendar, index + 1)
    if of_year is not None and of_year[0].start is not None:
        return Found(index, of_year[1], season_in(calendar, of_year[0].start.year, low), unit="season")
    lead = calendar.low(index - 1)
    if not calendar.word(index - 1, "season_leads") or (low in ("fall", "spring") and lead not in ("the", "since")):
        return None
    near = nearest(calendar, index, lambda year: season_in(calendar, year, low))
    return None if near is None else Found(index, index + 1, near, unit="season")


def _from_now(calendar: Calendar, index: int) -> Found | None:
    """Three weeks ago, a year earlier, two days later."""
    count, at = count_at(calendar, index)
    unit = calendar.cues.units.get(calendar.low(at))
    if count is None or unit is None or unit in ("half", "weekend", "season", "hour") or count > 999:
        return None
    if calendar.word(at + 1, "ago"):
        then = shifted(calendar.today, unit, -count)
        return Found(index, at + 2, around(then, unit if unit != "decade" else "year"), unit="ago")
    for name, sign in (("earlier", -1), ("later", 1)):
        if calendar.word(at + 1, name):
            if calendar.lexed.low(at + 1) in ("after", "before") and not closes(calendar, at + 2):
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
    if not calendar.word(index - 2, "unit_leads") or _goes_on(calendar, index + 1):
        return None
    anchor = calendar.anchor(index)
    if anchor is not None and anchor.start is not None and anchor == around(anchor.start, unit):
        return Found(index, index + 1, anchor, unit=unit)
    step = 0 if unit == "year" else -1
    return Found(index, index + 1, moved(around(calendar.today, unit), unit, step), unit=unit)


def _goes_on(calendar: Calendar, index: int) -> bool:
    """ "The year to March", "the year that"; but not "the year to 190,000 tonnes", "the year from 4 percent"."""
    if calendar.low(index) in ("to", "from"):
        return (day_month(calendar, index + 1) or month_day(calendar, index + 1)) is not None
    return calendar.word(index, "no_unit_follows")


def _edge(calendar: Calendar, index: int) -> Found | None:
    """The end of 2027, the middle of next year, year-end, end-September, mid-2027."""
    for name in ("end", "start", "middle"):
        if calendar.word(index, name) and calendar.low(index + 1) == "of":
            whole = _whole(calendar, index + 2)
            if whole is not None and whole.period.start != whole.period.end:
                return replace(whole, first=index, period=edge_of(whole.period, name), unit="edge")
    if calendar.word(index, "end") and calendar.hyphen(index + 1) != index + 1:
        whole = _inner(calendar, index + 2)
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
    found = _inner(calendar, at)
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


_PLAIN: tuple[Rule, ...] = (iso_day, day_month, month_day, part_of_year, year_at)
_WHOLES: tuple[Rule, ...] = (
    *_PLAIN,
    weekday_at,
    run_at,
    _relative,
    anchored,
    _season_word,
    _from_now,
    _the_unit,
    named_day,
)
_RULES: tuple[Rule, ...] = (*_WHOLES, _edge, _portion)
