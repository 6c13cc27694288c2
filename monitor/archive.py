"""What a reader typed → Query. One grammar for the pages, the command line, the API and watches.

Pieces stand side by side and all of them must hold: words, "phrases", -left-out or NOT left-out words, and fields:
entity: metric: source: asserter: unit: kind: state: value: published: as-of:. A field's value with a space in it is
quoted; `=` before a name means all of it (source:="Morning Paper"). `value:` takes a bound (>=30%), a range (20..30%,
5..), or a figure (40 percent, $5.6m, "2 million tonnes"); `published:` and `as-of:` take a day, month, quarter or year,
a bound or a range of them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from monitor.domain.claim import ClaimStatus, Modality
from monitor.domain.period import Period
from monitor.domain.search import Query
from monitor.domain.unit import Units
from monitor.errors import QueryWrong

FIELDS = ("entity", "metric", "source", "asserter", "unit", "kind", "state", "value", "published", "as-of")
End = TypeVar("End")
LONGEST = 2000  # characters; what is longer is no question that a person typed

_PIECE = re.compile(
    r'(?P<minus>-)?(?:(?P<field>[A-Za-z][A-Za-z_-]*):)?(?:(?P<whole>(?<=:)=)?"(?P<quoted>(?:[^"\\]|\\.)*)"?|(?P<bare>[^\s"]*))'
)
_ESCAPED = re.compile(r"\\([\"\\])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_EDGES = ".,;!?()[]{}'`"
_OPERATOR = re.compile(r"(>=|<=|>|<|=|≥|≤)\s*")
_NUMBER = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<number>-?\d[\d,]{0,40}(?:\.\d{1,20})?)(?P<suffix>[A-Za-z%°µμ][A-Za-z%µμ²³_/:]*)?"
)
_WORD = re.compile(r"\s([A-Za-z%°µμ][A-Za-z%µμ²³_/]*)(?=\s|$|\"|\.\.)")
_SOLID = re.compile(r"\S*")
_DATE = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|[Qq][1-4]))?(?![\w-])")
_QUARTER = re.compile(r"(\d{4})-[Qq]([1-4])\Z")
_MAGNITUDES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    **dict.fromkeys(("tn", "trillion"), 10**12),
}


@dataclass(frozen=True)
class Term:
    """One piece of what was typed, `text[start:end]`. `field` is empty for words and phrases; `without` leaves out."""

    start: int
    end: int
    value: str
    field: str = ""
    phrase: bool = False
    without: bool = False


def parse_query(text: str, units: Units, *, strict: bool = False) -> Query:
    """What was typed as a Query that can always be run; `warnings` say what was not understood, where, and what was
    run instead. With `strict` the first of them is raised as QueryWrong."""
    cleaned = _CONTROL.sub(" ", text)[:LONGEST]
    reading = _Reading(Query(text=cleaned.strip()), units)
    if len(text) > LONGEST:
        reading.warn(LONGEST, f"the query is longer than {LONGEST} characters", "the rest was left out")
    for term in terms(cleaned, units):
        reading.take(term)
    if strict and reading.troubles:
        position, why, instead = reading.troubles[0]
        raise QueryWrong(
            f"Cannot understand the query at character {position + 1}",
            why=why,
            mend=f"Without strictness {instead}; /help/query lists what can be asked.",
            position=position,
        )
    warnings = tuple(f"At character {at + 1}: {why}; {instead}." for at, why, instead in reading.troubles)
    return replace(reading.query, warnings=warnings)


def terms(text: str, units: Units) -> tuple[Term, ...]:
    """The pieces in order, without AND and bare brackets. `value:2 million tonnes` is one piece."""
    found: list[Term] = []
    at, negated = 0, None
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None or match.end() == at:
            at += 1
            continue
        at = match.end()
        if match["bare"] == "NOT" and not match["field"]:
            negated = match.start()
            continue
        term = _term(text, match, units)
        at = term.end
        if negated is not None:
            term = replace(term, start=negated, without=True)
            negated = None
        if term.value or term.field:
            found.append(term)
    return tuple(found)


def left_out(text: str, term: Term) -> str:
    """The query without one of its terms: the address behind a chip's cross."""
    return " ".join((text[: term.start] + " " + text[term.end :]).split())


def narrowed(text: str, field: str, value: str, units: Units) -> str:
    """The query with this value of a field and no other: the address behind a facet's value."""
    for term in reversed(terms(text, units)):
        if term.field == field:
            text = left_out(text, term)
    return f"{text.strip()} {written(field, value)}".strip()


def written(field: str, value: str) -> str:
    """A field and its value as one types them: quoted where there is a space or a quote in it."""
    plain = " ".join(_CONTROL.sub(" ", value).split())
    equals, name = ("=", plain[1:].strip()) if plain.startswith("=") else ("", plain)
    if name and not re.search(r'[\s"]', name):
        return f"{field}:{equals}{name}"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:{equals}"{quoted}"'


def _term(text: str, match: re.Match[str], units: Units) -> Term:
    field = (match["field"] or "").lower().replace("_", "-")
    without = match["minus"] is not None
    end = match.end()
    if match["quoted"] is not None:
        value = (match["whole"] or "") + _ESCAPED.sub(r"\1", match["quoted"]).strip()
        return Term(match.start(), end, value, field, phrase=not field, without=without)
    value = match["bare"]
    if field == "value":
        end = _figure_end(text, match.start("bare"), units)
        value = text[match.start("bare") : end]
    elif not field:
        value = value.strip(_EDGES)
        if value in ("AND", "&&"):
            value = ""
    return Term(match.start(), end, value, field, without=without)


def _figure_end(text: str, start: int, units: Units) -> int:
    """Where a figure that may hold spaces ends: after `>= 2 million tonnes` the next word is no part of it."""
    operator = _OPERATOR.match(text, start)
    end = at = operator.end() if operator else start
    number = _NUMBER.match(text, at)
    while number:
        end = _measure_end(text, number.end(), units)
        number = _NUMBER.match(text, end + 2) if text.startswith("..", end) else None
    return _SOLID.match(text, end).end()  # type: ignore[union-attr]  # matches always, if nothing


def _measure_end(text: str, at: int, units: Units) -> int:
    """Where the words after a number stop being its magnitude and unit ("million barrels per day": four words)."""
    ends: list[int] = []
    end = at
    while len(ends) < 4 and (word := _WORD.match(text, end)):
        end = word.end()
        ends.append(end)
    for end in reversed(ends):
        head, _, tail = text[at:end].strip().partition(" ")
        unit = tail if head.lower() in _MAGNITUDES else f"{head} {tail}"
        if not unit.strip() or unit_named(unit, units):
            return end
    return at


class _Reading:
    """A query while its terms are taken one after another."""

    def __init__(self, query: Query, units: Units) -> None:
        self.query, self.units = query, units
        self.troubles: list[tuple[int, str, str]] = []
        self.states_named = False

    def warn(self, position: int, why: str, instead: str) -> None:
        if (position, why, instead) not in self.troubles:
            self.troubles.append((position, why, instead))

    def take(self, term: Term) -> None:
        if not term.field:
            self._take_words(term)
        elif term.field not in FIELDS:
            self._take_unknown_field(term)
        elif not term.value:
            self.warn(term.start, f"{term.field}: has no value", "it was left out")
        elif term.without:
            self.warn(term.start, "a field cannot be left out with a minus", f"-{term.field}: was not used")
        else:
            _TAKERS[term.field](self, term)

    def _take_words(self, term: Term) -> None:
        if term.without:
            self.query = replace(self.query, without=(*self.query.without, term.value))
        elif term.phrase:
            self.query = replace(self.query, phrases=(*self.query.phrases, term.value))
        elif term.value in ("OR", "||"):
            self.warn(term.start, "OR is not known", "all words were asked for")
        elif any(sign.isalnum() for sign in term.value):
            self.query = replace(self.query, words=(*self.query.words, term.value))

    def _take_unknown_field(self, term: Term) -> None:
        near = get_close_matches(term.field, FIELDS, n=1, cutoff=0.5)
        hint = f" (did you mean {near[0]}:?)" if near else ""
        words = tuple(word for word in re.split(r"\W+", f"{term.field} {term.value}") if word)
        self.warn(term.start, f"{term.field}: is no field{hint}", "its words were searched for")
        self.query = replace(self.query, words=(*self.query.words, *words))

    def _add(self, term: Term) -> None:
        held: tuple[str, ...] = getattr(self.query, term.field)
        changed: dict[str, Any] = {term.field: (*held, term.value)}
        self.query = replace(self.query, **changed)

    def _take_unit(self, term: Term) -> None:
        unit = unit_named(term.value, self.units)
        if unit is None:
            self.warn(
                term.start, f"no unit is called {term.value!r}{_near(term.value, self.units.table)}", "any was taken"
            )
        else:
            self.query = replace(self.query, unit=unit[0])

    def _take_kind(self, term: Term) -> None:
        kind = self._one_of(term, [kind.value for kind in Modality])
        if kind:
            self.query = replace(self.query, modality=(*self.query.modality, kind))

    def _take_state(self, term: Term) -> None:
        every = [status.value for status in ClaimStatus]
        if term.value.lower() == "any":
            self.query, self.states_named = replace(self.query, status=tuple(every)), True
            return
        state = self._one_of(term, every)
        if state:
            held = self.query.status if self.states_named else ()
            self.query, self.states_named = replace(self.query, status=(*held, state)), True

    def _one_of(self, term: Term, known: Sequence[str]) -> str | None:
        value = term.value.lower()
        if value in known:
            return value
        why = f"{term.field}: knows no {term.value!r}{_near(value, known)}"
        self.warn(term.start, why, f"it was left out ({', '.join(known)} can be asked for)")
        return None

    def _take_value(self, term: Term) -> None:
        bounds = _bounds(term.value, lambda text: _amount(text, self.units))
        if bounds is None:
            self.warn(
                term.start, f"{term.value!r} is no figure", "any value was taken; write value:>=30% or value:20..30%"
            )
            return
        low, high, low_open, high_open = bounds
        unit = next((end[1] for end in (high, low) if end and end[1]), None)
        for amount in (low, high):
            if amount and amount[2]:
                self.warn(
                    term.start, f"no unit is called {amount[2]!r}{_near(amount[2], self.units.table)}", "any was taken"
                )
        query = self.query
        if low:
            query = replace(query, low=low[0], low_open=low_open)
        if high:
            query = replace(query, high=high[0], high_open=high_open)
        self.query = replace(query, unit=unit or query.unit)

    def _take_published(self, term: Term) -> None:
        since, until = self._days(term)
        self.query = replace(self.query, since=since or self.query.since, until=until or self.query.until)

    def _take_as_of(self, term: Term) -> None:
        since, until = self._days(term)
        query = self.query
        self.query = replace(query, as_of_since=since or query.as_of_since, as_of_until=until or query.as_of_until)

    def _days(self, term: Term) -> tuple[date | None, date | None]:
        bounds = _bounds(term.value, _period)
        if bounds is None:
            self.warn(
                term.start, f"{term.value!r} is no date", "any was taken; write 2026-03-05, 2026-03, 2026-Q1 or 2026"
            )
            return None, None
        low, high, low_open, high_open = bounds
        since = (_next_day(low.end) if low_open else low.start) if low else None
        until = (_day_before(high.start) if high_open else high.end) if high else None
        return since, until


_TAKERS: dict[str, Callable[[_Reading, Term], None]] = {
    **dict.fromkeys(("entity", "metric", "source", "asserter"), _Reading._add),
    "unit": _Reading._take_unit,
    "kind": _Reading._take_kind,
    "state": _Reading._take_state,
    "value": _Reading._take_value,
    "published": _Reading._take_published,
    "as-of": _Reading._take_as_of,
}


def _bounds(text: str, read: Callable[[str], End | None]) -> tuple[End | None, End | None, bool, bool] | None:
    """Low end, high end, and whether each is open; None where the text is no bound, range or value."""
    operator = _OPERATOR.match(text)
    if operator:
        end = read(text[operator.end() :])
        if end is None:
            return None
        sign = operator[1]
        return (
            end if sign in (">=", ">", "≥", "=") else None,
            end if sign in ("<=", "<", "≤", "=") else None,
            sign == ">",
            sign == "<",
        )
    first, dots, second = text.partition("..")
    if not dots:
        whole = read(text)
        return None if whole is None else (whole, whole, False, False)
    low, high = (read(part) if part.strip() else None for part in (first, second))
    wrong = (first.strip() and low is None) or (second.strip() and high is None) or (low is None and high is None)
    return None if wrong else (low, high, False, False)


def _amount(text: str, units: Units) -> tuple[Decimal, str | None, str | None] | None:
    """A figure as (number, unit or None, words that are no unit or None)."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    rest = " ".join(part for part in (match["suffix"], text.strip()[match.end() :].strip()) if part)
    head, _, tail = rest.partition(" ")
    if head.lower() in _MAGNITUDES:
        number, rest = number * _MAGNITUDES[head.lower()], tail.strip()
    unit = unit_named(rest or match["sign"] or "", units)
    if unit is None:
        return number, None, rest or None
    return number * unit[1], unit[0], None


def unit_named(text: str, units: Units) -> tuple[str, Decimal] | None:
    """The canonical unit that a reader means by `%`, `tonnes`, `GW`, `usd` or `barrels per day`, and what a figure in
    his unit is to be multiplied by. None where there is none."""
    name = re.sub(r"\s+per\s+|\s*/\s*", "/", " ".join(text.split()))
    if name.lower().startswith("count:"):
        return name.lower(), Decimal(1)
    whole = _simple_unit(name, units)
    if whole or "/" not in name:
        return whole
    above, _, below = name.partition("/")
    top, bottom = unit_named(above, units), unit_named(below, units)
    if bottom and not top and above.isalpha():  # what is counted has no table: wafers per month
        top = above.lower(), Decimal(1)
    return (f"{top[0]}/{bottom[0]}", top[1] / bottom[1]) if top and bottom else None


def _simple_unit(name: str, units: Units) -> tuple[str, Decimal] | None:
    for guess in ("_".join(name.split()), name.upper(), "_".join(name.lower().split())):
        if guess in units.table or guess == "date":
            return guess, Decimal(1)
    exact = [surface for surface in units.surfaces if surface.form == name]
    loose = [surface for surface in units.surfaces if not surface.exact_case and surface.form.lower() == name.lower()]
    return next(((surface.unit, surface.factor) for surface in (*exact, *loose)), None)


def _near(text: str, known: Iterable[str]) -> str:
    near = get_close_matches(text.lower(), list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""


@dataclass(frozen=True)
class _Days:
    start: date
    end: date


def _period(text: str) -> _Days | None:
    text = text.strip()
    if not _DATE.fullmatch(text):
        return None
    quarter = _QUARTER.match(text)
    try:
        if quarter:
            first = (int(quarter[2]) - 1) * 3 + 1
            start, end = Period.parse(f"{quarter[1]}-{first:02}").start, Period.parse(f"{quarter[1]}-{first + 2:02}").end
        else:
            period = Period.parse(text)
            start, end = period.start, period.end
    except ValueError:
        return None
    return _Days(start, end) if start and end else None


def _next_day(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _day_before(day: date) -> date:
    return day if day == date.min else day - timedelta(days=1)
