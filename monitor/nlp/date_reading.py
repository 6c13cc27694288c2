"""What date words are resolved against, and what a found date is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from monitor.domain.period import Period
from monitor.nlp.date_cues import DateCues
from monitor.nlp.lexing import Lexed

_HYPHENS = "-‐‑–"
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


def numeral_at(calendar: Calendar, index: int) -> str:
    """The numeral at this piece; empty where there is none."""
    pieces = calendar.lexed.pieces
    return pieces[index].text if 0 <= index < len(pieces) and pieces[index].kind == "n" else ""


def day_number(calendar: Calendar, index: int) -> tuple[int, int] | None:
    """5, 5th: the number and the piece after it."""
    numeral = numeral_at(calendar, index)
    if not (numeral.isdecimal() and len(numeral) <= 2 and 1 <= int(numeral) <= 31):
        return None
    pieces, last = calendar.lexed.pieces, index + 1
    if last < len(pieces) and pieces[last].glued and pieces[last].kind == "w":
        if not calendar.word(last, "ordinal_endings"):
            return None
        last += 1
    return int(numeral), last


def year_number(calendar: Calendar, index: int) -> int | None:
    """The year that a numeral of four digits names."""
    numeral = numeral_at(calendar, index)
    if len(numeral) != 4 or not numeral.isdecimal() or int(numeral) not in _YEARS:
        return None
    pieces = calendar.lexed.pieces
    touches = index + 1 < len(pieces) and pieces[index + 1].glued and pieces[index + 1].kind != "s"
    return None if touches and calendar.lexed.low(index + 1) != "s" else int(numeral)


def month_name(calendar: Calendar, index: int) -> tuple[int, int] | None:
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


def safe_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(calendar: Calendar, index: int, make: Callable[[int], Period | None]) -> Period | None:
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


def past_part_of_day(calendar: Calendar, at: int) -> int:
    """The piece after "morning", "night" and the like."""
    return at + 1 if calendar.word(at, "parts_of_day") else at
