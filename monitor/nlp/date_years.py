"""Years as written: 2024, 2026/27, the 1990s, fiscal 2025, full-year; and the year of a part of one."""

from monitor.domain.period import Period
from monitor.nlp.date_reading import Calendar, Found, numeral_at, year_number
from monitor.nlp.date_relative import relative
from monitor.nlp.stretches import around, months_of, moved, season_of

_MODERN = range(1900, 2101)


def year_of(calendar: Calendar, index: int) -> tuple[Period, int] | None:
    """A year after a part of it: "of 2026", "2026", "of last year", "this year", "of the fiscal year 2027"."""
    at = index + 1 if calendar.word(index, "of") or calendar.lexed.low(index) == "," else index
    if calendar.lexed.low(index) == "," and year_number(calendar, at) is None:
        return None
    if calendar.low(at) == "the":
        at += 1
    if calendar.word(at, "fiscal"):
        at += 1
        if calendar.low(at) == "year":
            at += 1
    year = year_number(calendar, at)
    if year is not None:
        return months_of(year, 1, 12), at + 1
    pieces = calendar.lexed.pieces
    if (
        at + 1 < len(pieces)
        and pieces[at].text in "'’"
        and pieces[at + 1].glued
        and len(numeral_at(calendar, at + 1)) == 2
    ):
        return months_of(2000 + int(pieces[at + 1].text), 1, 12), at + 2
    told = relative(calendar, at)
    if told is not None and told.unit == "year":
        return told.period, told.last
    if calendar.low(at) == "year" and at > index:
        return around(calendar.today, "year"), at + 1
    return None


def year_at(calendar: Calendar, index: int) -> Found | None:
    """2024; 2026/27; the 1990s; fiscal 2025; FY25; full-year."""
    fiscal = calendar.word(index, "fiscal")
    at = index + 1 if fiscal else index
    if fiscal and calendar.low(at) == "year":
        at += 1
    if calendar.word(index, "full") and calendar.low(calendar.hyphen(index + 1)) == "year":
        return _full_year(calendar, index)
    year = year_number(calendar, at)
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
    if before is not None and before.text == "-" and before.glued and pieces[at].glued and pieces[at - 2].text.isupper():
        return True  # "CVE-2026-31337"
    return at + 1 < len(pieces) and pieces[at + 1].text in "%°"


def _full_year(calendar: Calendar, index: int) -> Found:
    at = calendar.hyphen(index + 1) + 1
    of_year = year_of(calendar, at)
    if of_year is not None:
        return Found(index, of_year[1], of_year[0], unit="year")
    # In the first quarter, the full year that is reported is the last one.
    whole = around(calendar.today, "year")
    past = calendar.today.month <= 3 and not calendar.ahead(index)
    return Found(index, at, moved(whole, "year", -1) if past else whole, unit="year")


def _short_fiscal(calendar: Calendar, index: int, at: int) -> Found | None:
    numeral = numeral_at(calendar, at)
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
