"""Two sentences that are known to be of one thing: does one bear out the figures and dates of the other?

Nothing is filed. Each figure of the hypothesis is held against the nearest one of the premise in its unit, each date
against the nearest date. Conventions of such sets: what is no claim to us is asked for too (ages, years of a birth,
centuries, ranks); a date without a year is of the year that the other sentence names; "after 1998" is a bound, and so
is "more than 1,400", which a plain 1,400 does not bear out; a bare number is held against whatever is printed so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from spacy.tokens import Doc

from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.unit import Units
from monitor.relations.accepted import Accepted, accepted, printed

# The day on which the sentences are read: of dates without a year only day and month are used.
READ_ON = date(2020, 1, 1)
_ITEM = "count:item"
_STRICT = frozenset({Approximation.MORE_THAN, Approximation.LESS_THAN})
_BEYOND = {
    Approximation.MORE_THAN: 1,
    Approximation.AT_LEAST: 1,
    Approximation.LESS_THAN: -1,
    Approximation.AT_MOST: -1,
}
_AFTER, _SINCE = frozenset({"after"}), frozenset({"since", "from"})
_BEFORE, _UNTIL = frozenset({"before"}), frozenset({"until", "till", "by"})
_PLACED = "after|since|from|before|until|till|by|on|in|of|during"
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)(?=s?\b)")
_BARE_YEAR = re.compile(r"(?:1\d{3}|20\d\d)\Z")
_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b(?=[^.]{0,12}\bcentur)", re.IGNORECASE)
_DAY = re.compile(rf"\b({_PLACED}) the (\d{{1,2}})(?:st|nd|rd|th)\b(?! \w)", re.IGNORECASE)
_RANK = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b[- ](?!centur)([a-z]+)", re.IGNORECASE)
_INCLUDED = re.compile(r"\b(?:in|on|at) or\s*\Z")
_WORD = re.compile(r"[a-z]+")
_STEM, _BESIDE, _LONG, _CLOSE = 5, 4, 40, 0.02
_EDGE = re.compile(r"[\d,;:()]")


@dataclass(frozen=True)
class Figure:
    """A figure as printed, with the words beside it."""

    span: str
    quantity: Quantity
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Dated:
    """A date as its words set it. `days`: as numbers, with the bound that the words make. `at`: what it names.

    `has_year`: else only day and month count. `is_stretch`: both its ends are named.
    """

    at: Period
    days: Accepted
    has_year: bool = True
    is_stretch: bool = False


@dataclass(frozen=True)
class Said:
    """What a sentence gives. `monthdays`: days of a month that it does not name, each with its preposition."""

    figures: Sequence[Figure]
    dates: Sequence[Dated]
    ranks: frozenset[tuple[str, str]] = frozenset()
    monthdays: Sequence[tuple[str, int]] = ()


def said(doc: Doc) -> Said:
    """What a sentence gives, claims and others."""
    text = doc.text
    dates = [one for span in doc._.dates for one in _dates(text, span.start, span.end, span.period)]
    dated = {at for span in doc._.dates for at in range(span.start, span.end)}
    spans = [one for one in (*doc._.quantities, *doc._.passing) if dated.isdisjoint(range(one.start, one.end))]
    figures = []
    for one in spans:
        span = text[one.start : one.end]
        if _BARE_YEAR.match(span) and one.quantity.unit == _ITEM:
            dates.append(placed(text, one.start, Period.parse(span)))
        else:
            figures.append(Figure(span, one.quantity, _beside(text, one.start, one.end)))
    dates += [placed(text, found.start(), _century(int(found[1]))) for found in _CENTURY.finditer(text)]
    ranks = frozenset((found[1], found[2][:_STEM].lower()) for found in _RANK.finditer(text))
    return Said(figures, dates, ranks, [(found[1].lower(), int(found[2])) for found in _DAY.finditer(text)])


def _dates(text: str, start: int, end: int, period: Period) -> Iterator[Dated]:
    """A date, or the two of which a dash makes a life: "12 May 1910 - 3 June 1982"."""
    words = text[start:end]
    if period.start is None and period.end is None:
        return
    years = _YEAR.findall(words)
    if (
        len(years) > 1
        and period.start
        and period.end
        and re.search(r"\d \W* \w", words)
        and not re.search(r" (?:to|and|until) ", words)
    ):
        for day in (period.start, period.end):
            yield Dated(Period(day, day), _closed(day, day))
        return
    yield replace(placed(text, start, period, words.split()[0].lower()), has_year=bool(years), is_stretch=len(years) > 1)


def _century(number: int) -> Period:
    return Period(date(max((number - 1) * 100 + 1, 1), 1, 1), date(number * 100, 12, 31))


def placed(text: str, start: int, period: Period, first: str = "") -> Dated:
    """The days of a period, as the word ahead of it, or its own first one, has it."""
    ahead = text[:start].rstrip()
    found = re.search(rf"\b({_PLACED})\Z", ahead, re.IGNORECASE)
    word = first if first in _AFTER | _SINCE | _BEFORE | _UNTIL else found[1].lower() if found else ""
    included = bool(_INCLUDED.search(text[:start] if word == first else ahead[: -len(word)] if word else ahead))
    return Dated(period, _bounded(word, period, included=included))


def _bounded(word: str, period: Period, *, included: bool = False) -> Accepted:
    whole = _closed(period.start, period.end)
    if word in _AFTER:
        return Accepted(whole.low, None) if included else Accepted(whole.high, None, low_open=True)
    if word in _BEFORE:
        return Accepted(None, whole.high) if included else Accepted(None, whole.low, high_open=True)
    return Accepted(None if word in _UNTIL else whole.low, None if word in _SINCE else whole.high)


def _closed(start: date | None, end: date | None) -> Accepted:
    low, high = (None if day is None else Decimal(day.toordinal()) for day in (start, end))
    return Accepted(low, high)


def _beside(text: str, start: int, end: int) -> frozenset[str]:
    ahead, behind = _EDGE.split(text[:start].lower())[-1], _EDGE.split(text[end:].lower())[0]
    words = [*_WORD.findall(ahead)[-_BESIDE:], *_WORD.findall(f"{text[start:end].lower()} {behind}")[:_BESIDE]]
    return frozenset(word[:_STEM] for word in words if len(word) > 3)


@dataclass(frozen=True)
class Arithmetic:
    """Holds the figures of two sentences against each other."""

    units: Units
    ontology: Ontology

    def bears_out(self, premise: Said, hypothesis: Said) -> bool:
        """Whether nothing of the hypothesis is refuted by the premise."""
        return (
            all(self._holds(one, premise.figures) for one in hypothesis.figures if not _is_length(one, premise))
            and all(_length_holds(one, premise.dates) for one in hypothesis.figures if _is_length(one, premise))
            and all(date_holds(one, premise.dates) for one in hypothesis.dates)
            and all(_day_holds(*one, premise.dates) for one in hypothesis.monthdays)
            and _ranks_hold(premise, hypothesis)
        )

    def _holds(self, one: Figure, theirs: Sequence[Figure]) -> bool:
        near = [(self._distance(one.quantity, other.quantity), other) for other in theirs]
        known = [(distance, other) for distance, other in near if distance is not None]
        if not known:
            return True
        # A bound that is close to no figure is met by many: the one that its words stand beside is meant.
        far = one.quantity.approximation in _BEYOND and min(distance for distance, _ in known) > _CLOSE
        _, other = min(known, key=lambda at: (-len(one.beside & at[1].beside) if far else 0, at[0]))
        return self.meets(one, other)

    def _distance(self, one: Quantity, other: Quantity) -> float | None:
        """How far two figures are apart, 0 to 1; None where they are of two dimensions."""
        first, second = printed(one), printed(other)
        if first is None or second is None or not self._comparable(one, other):
            return None
        scales = self._scales(one, other)
        a, b = abs(first * scales[0]), abs(second * scales[1])
        return float(abs(a - b) / (a + b)) if a + b else 0.0

    def _comparable(self, one: Quantity, other: Quantity) -> bool:
        return self._dimension(one) == self._dimension(other) or _ITEM in (one.unit, other.unit)

    def _dimension(self, one: Quantity) -> str:
        """The dimension above the line; all that is counted is one."""
        above = one.unit.partition("/")[0]
        return "count" if above.startswith("count:") else self.units.get(above).dimension

    def _scales(self, one: Quantity, other: Quantity) -> tuple[Decimal, Decimal]:
        if self._dimension(one) != self._dimension(other):  # a bare number is as it is printed
            return Decimal(1), Decimal(1)
        return self._scale(one), self._scale(other)

    def _scale(self, one: Quantity) -> Decimal:
        above = one.unit.partition("/")[0]
        return Decimal(1) if above.startswith("count:") else self.units.get(above).factor

    def meets(self, one: Figure, other: Figure) -> bool:
        """Whether the figure of the premise (the other one) allows that of the hypothesis."""
        first, second = printed(one.quantity), printed(other.quantity)
        kind, known = one.quantity.approximation, other.quantity.approximation
        scales, way = self._scales(one.quantity, other.quantity), _BEYOND.get(kind)
        if way and first is not None and second is not None and _BEYOND.get(known, way) == way:
            further = (second * scales[1] - first * scales[0]) * way
            return further > 0 or (not further and (kind not in _STRICT or known in _STRICT))
        ours = accepted(one.quantity, one.span, self.ontology)
        theirs = accepted(other.quantity, other.span, self.ontology)
        return ours is None or theirs is None or ours.scaled(scales[0]).meets(theirs.scaled(scales[1]))


def _is_length(one: Figure, premise: Said) -> bool:
    """Whether a span of years is asked for, and the premise gives its two ends only."""
    lengths = any(other.quantity.unit == "year" for other in premise.figures)
    return one.quantity.unit == "year" and not lengths and any(date.is_stretch for date in premise.dates)


def _length_holds(one: Figure, dates: Sequence[Dated]) -> bool:
    years = printed(one.quantity)
    lengths = [date.at.last.year - date.at.first.year for date in dates if date.is_stretch]
    return years is None or any(abs(years - length) <= 1 for length in lengths)


def date_holds(one: Dated, theirs: Sequence[Dated]) -> bool:
    near = [_in_one_year(one, other) for other in theirs]
    known = [pair for pair in near if pair is not None]
    if not known:
        return True
    ours, other = min(known, key=lambda pair: _gap(pair[0].at, pair[1].at))
    if ours.is_stretch and other.is_stretch and ours.has_year and other.has_year:
        return (ours.at.first.year, ours.at.last.year) == (other.at.first.year, other.at.last.year)
    return ours.days.meets(other.days)


def _in_one_year(one: Dated, other: Dated) -> tuple[Dated, Dated] | None:
    """Two dates; one without a year in that of the other. None where only the year could tell."""
    if one.has_year and other.has_year:
        return one, other
    if one.at.days > _LONG or other.at.days > _LONG:
        return None
    year = (other if other.has_year else one).at.first.year
    return _moved(one, year), _moved(other, year)


def _moved(one: Dated, year: int) -> Dated:
    """A date in another year."""
    if one.has_year or one.at.start is None or one.at.end is None:
        return one
    shift = date(year, one.at.start.month, min(one.at.start.day, 28)).toordinal()
    shift -= date(one.at.start.year, one.at.start.month, min(one.at.start.day, 28)).toordinal()
    ends = [date.fromordinal(day.toordinal() + shift) for day in (one.at.start, one.at.end)]
    low, high = (None if end is None else end + shift for end in (one.days.low, one.days.high))
    return replace(one, at=Period(*ends), days=replace(one.days, low=low, high=high))


def _gap(one: Period, other: Period) -> tuple[int, int]:
    """The days between two periods, then how much else of them differs."""
    between = max((other.first - one.last).days, (one.first - other.last).days, 0)
    return between, abs((one.first - other.first).days) + abs((one.last - other.last).days)


def _day_holds(word: str, day: int, theirs: Sequence[Dated]) -> bool:
    """Whether some day of the premise can be "after the 15th"."""
    days = [other.at.first for other in theirs if other.at.days == 1]
    named = [(one.replace(day=min(day, 28)), one) for one in days]
    return not named or any(_bounded(word, Period(a, a)).meets(_closed(b, b)) for a, b in named)


def _ranks_hold(premise: Said, hypothesis: Said) -> bool:
    """Whether no rank of a thing is another there."""
    known = dict[str, set[str]]()
    for rank, thing in premise.ranks:
        known.setdefault(thing, set()).add(rank)
    return all(rank in known.get(thing, {rank}) for rank, thing in hypothesis.ranks)
