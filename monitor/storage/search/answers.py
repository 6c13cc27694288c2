"""Which claims answer a part of a query: leaves by the copy in memory, words by the full-text index."""

import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from monitor.domain.query import (
    All,
    DayField,
    Days,
    Either,
    Figure,
    FirstHand,
    Kind,
    Leaf,
    Named,
    NameField,
    Not,
    Part,
    State,
    Words,
    Worth,
    all_of,
    either_of,
)
from monitor.domain.unit import Units
from monitor.storage.search.names import Names, Numbers
from monitor.storage.search.snapshot import Mask, Snapshot
from monitor.storage.search.words import is_asked_of_text, matching, ranked

_CONTAINING = {
    NameField.ENTITY: "subject",
    NameField.METRIC: "topic",
    NameField.SOURCE: "publisher",
    NameField.ASSERTER: "asserter",
}
_WHOLE = _CONTAINING | {NameField.METRIC: "metric"}


class Answers:
    """The answers in one state of the claims. Each part is asked once, however often it stands in a query.

    `ranks` is how well the words asked for fit, for each slot: the greater, the better.
    """

    def __init__(self, connection: Connection, snapshot: Snapshot, units: Units | None) -> None:
        self._connection, self._snapshot, self._units = connection, snapshot, units
        self._known: dict[Part, Mask] = {}
        self.ranks: NDArray[np.float64] = np.zeros(len(snapshot))

    def exact(self, part: Part, *, is_ranked: bool = True) -> Mask:
        """The slots that answer. `is_ranked`: words found count for the order."""
        if part not in self._known:
            self._known[part] = self._exact(part, is_ranked=is_ranked)
        return self._known[part]

    def allowed(self, part: Part) -> Mask:
        """The slots that would answer if every word asked for stood in them: among these meaning may find more."""
        match part:
            case Words():
                return np.ones(len(self._snapshot), np.bool_)
            case All():
                return _folded(np.logical_and, map(self.allowed, part.parts))
            case Either():
                return _folded(np.logical_or, map(self.allowed, part.parts))
            case _:
                return self.exact(part, is_ranked=False)

    def _exact(self, part: Part, *, is_ranked: bool) -> Mask:
        if is_asked_of_text(part):
            return self._by_words(part, is_ranked=is_ranked)
        match part:
            case All() | Either():
                fold = np.logical_and if isinstance(part, All) else np.logical_or
                return _folded(fold, (self.exact(one, is_ranked=is_ranked) for one in _gathered(part)))
            case Not():
                return ~self.exact(part.part, is_ranked=False)
            case _:
                return self._leaf(part)

    def _by_words(self, part: Part, *, is_ranked: bool) -> Mask:
        numbers = matching(self._connection, part)
        slots = self._snapshot.slots(numbers)
        known = slots >= 0
        mask = np.zeros(len(self._snapshot), np.bool_)
        mask[slots[known]] = True
        if is_ranked:
            lengths = np.where(known, self._snapshot["length"][slots], 0) if len(slots) else np.zeros(0, np.uint16)
            self.ranks[slots[known]] += ranked(self._connection, part, numbers, lengths)[known]
        return mask

    def _leaf(self, leaf: Leaf) -> Mask:
        snapshot = self._snapshot
        match leaf:
            case Named():
                return _named(snapshot, leaf)
            case Kind():
                return _of(snapshot, "modality", leaf.modality.value)
            case State() if leaf.status is not None:
                return _of(snapshot, "status", leaf.status.value)
            case State() | Words():  # a word without a letter or digit is in every text
                return np.ones(len(snapshot), np.bool_)
            case FirstHand():
                return snapshot["first_hand"].astype(np.bool_)
            case Worth():
                worth = snapshot["worth"]
                return (worth >= 0) & _within(leaf, worth, worth)
            case Days(field=DayField.PUBLISHED):
                return _between(snapshot["published"], snapshot["published"], leaf.since, leaf.until)
            case Days():
                return _between(snapshot["first"], snapshot["last"], leaf.since, leaf.until)
            case Figure():
                return _with_figure(snapshot, leaf, self._units)


def _gathered(part: All | Either) -> list[Part]:
    """The parts below, with all that the full-text index can answer as one."""
    text = [one for one in part.parts if is_asked_of_text(one)]
    if isinstance(part, All) and text:
        text += [one for one in part.parts if isinstance(one, Not) and is_asked_of_text(one.part)]
    asked = all_of(text) if isinstance(part, All) else either_of(text)
    return [*([asked] if asked else []), *(one for one in part.parts if one not in text)]


def _folded(fold: Callable[[Mask, Mask], Mask], masks: Iterable[Mask]) -> Mask:
    first, *others = masks
    for other in others:
        first = fold(first, other)
    return first


def _named(snapshot: Snapshot, leaf: Named) -> Mask:
    if leaf.whole:
        # Of an asserter both lines are names: what he is called, and as what he is described.
        name = _WHOLE[leaf.field]
        return _with(snapshot, name, snapshot.names[name].being(leaf.name))
    name = _CONTAINING[leaf.field]
    return _with(snapshot, name, snapshot.names[name].holding(leaf.name))


def _of(snapshot: Snapshot, name: str, asked: str) -> Mask:
    number = snapshot.names[name].numbers.get(asked)
    same: Mask = snapshot[name] == (-1 if number is None else number)
    return same


def _with(snapshot: Snapshot, name: str, numbers: Numbers) -> Mask:
    """The slots whose value has one of these numbers."""
    if len(numbers) == 1:
        one: Mask = snapshot[name] == numbers[0]
        return one
    chosen = np.zeros(len(snapshot.names[name].values) + 1, np.bool_)
    chosen[numbers] = True
    some: Mask = chosen[snapshot[name]]
    return some


def _with_figure(snapshot: Snapshot, asked: Figure, units: Units | None) -> Mask:
    factors = _factors(snapshot.names["unit"], asked.unit, units)
    factor = factors[snapshot["unit"]] if len(factors) else np.zeros(len(snapshot))
    mask: Mask = ~np.isnan(factor)
    if asked.low is None and asked.high is None:
        return mask
    low, high = snapshot["low"] * factor, snapshot["high"] * factor
    with np.errstate(invalid="ignore"):
        return mask & ~np.isnan(low) & _within(asked, low, high)


def _within(asked: Figure | Worth, low: Any, high: Any) -> Mask:
    """Which of the ranges from low to high reach into what is asked for."""
    mask = np.ones(len(low), np.bool_)
    if asked.low is not None:
        bound = float(asked.low)
        mask &= (high > bound) & ~_same(high, bound) | (_same(high, bound) & (not asked.low_open))
    if asked.high is not None:
        bound = float(asked.high)
        mask &= (low < bound) & ~_same(low, bound) | (_same(low, bound) & (not asked.high_open))
    return mask


def _same(values: Any, bound: float) -> Mask:
    """Equal but for what converting units in binary fractions does to the last digits."""
    same: Mask = np.isclose(values, bound, rtol=1e-12, atol=0)
    return same


def _factors(names: Names, asked: str | None, units: Units | None) -> Any:
    """For each unit of the claims what turns its figures into the unit asked for; NaN where nothing does."""
    factors = np.full(len(names.values), 1.0 if asked is None else math.nan)
    for place, name in enumerate(names.values):
        if name == asked:
            factors[place] = 1.0
        elif asked is not None and units is not None and units.get(name).dimension == units.get(asked).dimension:
            factors[place] = float(units.get(name).factor / units.get(asked).factor)
    return factors


def _between(first: Any, last: Any, since: date | None, until: date | None) -> Mask:
    mask: Mask = last > 0
    if since is not None:
        mask &= last >= since.toordinal()
    if until is not None:
        mask &= first <= until.toordinal()
    return mask
