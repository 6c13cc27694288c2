"""What was typed → Query, term by term."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from lark import Token, Tree

from monitor.archive.days import days
from monitor.archive.figures import figures, in_unit_of, unit_named
from monitor.archive.grammar import LONGEST, Trouble, cleaned, tree_of
from monitor.archive.table import FIELDS
from monitor.domain.claim import ClaimStatus, Modality
from monitor.domain.query import (
    DayField,
    Days,
    Figure,
    FirstHand,
    Kind,
    Named,
    NameField,
    Not,
    Part,
    Query,
    State,
    Words,
    Worth,
    all_of,
    either_of,
    standing,
    without,
)
from monitor.domain.unit import Units
from monitor.domain.words import words
from monitor.errors import QueryWrong

_TERM = re.compile(
    r'(?s)(?:(?P<field>[A-Za-z][A-Za-z_-]*):(?P<whole>=?))?(?:"(?P<quoted>(?:[^"\\]|\\.)*)(?P<closed>"?)|(?P<bare>.*))'
)
_ESCAPED = re.compile(r"\\([\"\\])")
_FIELDED = re.compile(r"[A-Za-z][A-Za-z_-]*:")
_EDGES = ".,;!?[]{}'`-"
_EITHER = frozenset({"entity", "metric", "source", "asserter", "unit", "kind", "state"})
_NO_UNITS = Units({})
_YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class Term:
    """One term as typed, `text[start:end]`. `field` is empty for words and phrases; `whole`: `=` before a name."""

    start: int
    end: int
    value: str
    field: str = ""
    whole: bool = False
    quoted: bool = False
    closed: bool = True


def parse_query(text: str, units: Units, *, strict: bool = False) -> Query:
    """What was typed as a Query that can always be run; `warnings` say what was not understood, where, and what was
    run instead. With `strict` the first of them is raised as QueryWrong."""
    plain = cleaned(text)
    tree, troubles = tree_of(plain, units)
    reading = _Reading(units, troubles)
    if len(text) > LONGEST:
        reading.warn(LONGEST, f"the query is longer than {LONGEST} characters", "the rest was left out")
    part = standing(reading.part(tree))
    found = sorted(dict.fromkeys(reading.troubles), key=lambda trouble: trouble.position)
    if strict and found:
        raise QueryWrong(
            f"Cannot understand the query at character {found[0].position + 1}",
            why=found[0].why,
            mend=f"Without strictness {found[0].instead}; /help/query lists what can be asked.",
            position=found[0].position,
        )
    warnings = tuple(f"At character {one.position + 1}: {one.why}; {one.instead}." for one in found)
    return Query(part, plain.strip(), warnings)


def term_of(token: Token) -> Term:
    """What a token says."""
    match = _TERM.fullmatch(token)
    assert match is not None, token  # the pattern takes whatever the grammar calls a term
    start, end = token.start_pos or 0, token.end_pos or 0
    field = (match["field"] or "").lower().replace("_", "-")
    whole = bool(match["whole"])
    if match["quoted"] is not None:
        value = " ".join(_ESCAPED.sub(r"\1", match["quoted"]).split())
        return Term(start, end, value, field, whole, quoted=True, closed=bool(match["closed"]))
    if field == "value":  # `=` is an operator here
        return Term(start, end, match["whole"] + match["bare"], field)
    value = match["bare"] if field else match["bare"].strip(_EDGES)
    return Term(start, end, value, field, whole)


class _Reading:
    """Terms → parts, with what was not understood on the way."""

    def __init__(self, units: Units, troubles: Iterable[Trouble] = ()) -> None:
        self.units = units
        self.troubles = list(troubles)

    def warn(self, position: int, why: str, instead: str) -> None:
        self.troubles.append(Trouble(position, why, instead))

    def part(self, node: Tree[Token] | Token) -> Part | None:
        """What a piece of the tree asks for; None where that is nothing."""
        if isinstance(node, Token):
            return self.leaf(term_of(node)) if node.type == "TERM" else None
        if node.data == "row":
            return self._row(node.children)
        if node.data == "turned":
            part = self.part(node.children[-1])
            return without(part) if part is not None and len(node.children) % 2 == 0 else part
        parts = [part for child in node.children if (part := self.part(child)) is not None]
        return either_of(parts) if node.data == "either" else all_of(parts)

    def _row(self, children: Sequence[Tree[Token] | Token]) -> Part | None:
        """Pieces side by side: all must hold, but one field twice means either."""
        groups: dict[str, list[Part]] = {}
        for place, child in enumerate(children):
            part = self.part(child)
            field = term_of(child).field if isinstance(child, Token) and child.type == "TERM" else ""
            if part is not None:
                groups.setdefault(field if field in _EITHER else str(place), []).append(part)
        return all_of(_with_unit([part for parts in groups.values() if (part := either_of(parts)) is not None]))

    def leaf(self, term: Term) -> Part | None:
        if not term.closed:
            self.warn(term.start, "the quote is not closed", "it was taken to reach the end")
        if not term.field:
            return _words(term.value, quoted=term.quoted)
        if term.field not in _TAKERS:
            return self._unknown_field(term)
        if not term.value and not term.whole:
            self.warn(term.start, f"{term.field}: has no value", "it was left out")
            return None
        return _TAKERS[term.field](self, term)

    def _unknown_field(self, term: Term) -> Part | None:
        near = get_close_matches(term.field, FIELDS, n=1, cutoff=0.5)
        hint = f" (did you mean {near[0]}:?)" if near else ""
        self.warn(term.start, f"{term.field}: is no field{hint}", "its words were searched for")
        return all_of(Words(word) for word in words(f"{term.field} {term.value}"))

    def name(self, term: Term) -> Part | None:
        if term.whole or words(term.value):
            return Named(NameField(term.field), term.value, term.whole)
        self.warn(term.start, f"{term.value!r} is no name", "any was taken")
        return None

    def unit(self, term: Term) -> Part | None:
        unit = unit_named(term.value, self.units)
        if unit is not None:
            return Figure(unit=unit[0])
        self._no_unit(term, term.value)
        return None

    def _no_unit(self, term: Term, name: str) -> None:
        self.warn(term.start, f"no unit is called {name!r}{_near(name, self.units.table)}", "any was taken")

    def kind(self, term: Term) -> Part | None:
        kind = self._one_of(term, [kind.value for kind in Modality])
        return Kind(Modality(kind)) if kind else None

    def state(self, term: Term) -> Part | None:
        state = self._one_of(term, [*(status.value for status in ClaimStatus), "any"])
        return State(None if state == "any" else ClaimStatus(state)) if state else None

    def first_hand(self, term: Term) -> Part | None:
        said = self._one_of(term, list(_YES))
        return (FirstHand() if _YES[said] else Not(FirstHand())) if said else None

    def _one_of(self, term: Term, known: Sequence[str]) -> str | None:
        value = term.value.lower()
        if value in known:
            return value
        why = f"{term.field}: knows no {term.value!r}{_near(value, known)}"
        self.warn(term.start, why, f"it was left out ({', '.join(known)} can be asked for)")
        return None

    def value(self, term: Term) -> Part | None:
        found = figures(term.value, self.units)
        if found is None:
            how = "any value was taken; write value:>=30% or value:20..30%"
            self.warn(term.start, f"{term.value!r} is no figure", how)
            return None
        for end in dict.fromkeys((found.low, found.high)):
            if end and end.unknown:
                self._no_unit(term, end.unknown)
        low = in_unit_of(found.low, found.high, self.units) if found.low else None
        unit = next((end.unit for end in (found.high, low) if end and end.unit), None)
        least, most = (end.number if end else None for end in (low, found.high))
        return Figure(least, most, found.low_open, found.high_open, unit)

    def worth(self, term: Term) -> Part | None:
        found = figures(term.value, _NO_UNITS)
        ends = [end for end in (found.low, found.high) if end] if found else []
        if found is None or any(end.unknown or not 0 <= end.number <= 1 for end in ends):
            how = "any was taken; write worth:>=0.5 or worth:0.2..0.6"
            self.warn(term.start, f"{term.value!r} is no worth from 0 to 1", how)
            return None
        least, most = (end.number if end else None for end in (found.low, found.high))
        return Worth(least, most, found.low_open, found.high_open)

    def day(self, term: Term) -> Part | None:
        found = days(term.value)
        if found is None:
            how = "any was taken; write 2026-03-05, 2026-03, 2026-Q1 or 2026"
            self.warn(term.start, f"{term.value!r} is no date", how)
            return None
        return Days(DayField(term.field), *found)


_TAKERS: dict[str, Callable[[_Reading, Term], Part | None]] = {
    **dict.fromkeys(("entity", "metric", "source", "asserter"), _Reading.name),
    "unit": _Reading.unit,
    "kind": _Reading.kind,
    "state": _Reading.state,
    "first-hand": _Reading.first_hand,
    "value": _Reading.value,
    "worth": _Reading.worth,
    "published": _Reading.day,
    "as-of": _Reading.day,
}


def _words(value: str, *, quoted: bool) -> Part | None:
    if not words(value):
        return None
    if quoted:
        return Words(value, phrase=True)
    # Printed, it must not be read as a field or an operator; nobody searches by a colon or by capitals.
    plain = value.replace(":", ".") if _FIELDED.match(value) else value
    return Words(plain.lower() if plain in ("AND", "OR", "NOT") else plain)


def _with_unit(parts: list[Part]) -> list[Part]:
    """A bare figure takes the one unit that stands beside it: `value:>=2 unit:tonne`."""
    units = {one.unit for one in parts if isinstance(one, Figure) and one.unit}
    if len(units) != 1 or not any(isinstance(one, Figure) and not one.unit for one in parts):
        return parts
    (unit,) = units
    kept = [one for one in parts if one != Figure(unit=unit)]
    return [replace(one, unit=unit) if isinstance(one, Figure) else one for one in kept]


def _near(text: str, known: Iterable[str]) -> str:
    near = get_close_matches(text.lower(), list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
