"""Claims found, with the scores that put them in an order, page by page."""

import base64
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.domain.search import Order
from monitor.errors import QueryWrong
from monitor.storage.search.snapshot import Mask, Slots, Snapshot

Place = tuple[float, float, int]
"""Where a page ended: score, moment and tie number of its last claim."""


@dataclass(frozen=True)
class Cursor:
    """Where a list goes on. `seen`: the newest change when it began, in a `generation` of the search structures.

    What came in since is not of this list: what is told on a page does not depend on when it is turned.
    """

    place: Place
    order: Order
    seen: int
    generation: int

    def holds(self, snapshot: Snapshot) -> Mask:
        """The slots of claims that were there when the list began; all, where that cannot be told any more."""
        if self.generation != snapshot.generation:
            return np.ones(len(snapshot), np.bool_)
        held: Mask = snapshot["number"] <= self.seen
        return held


@dataclass(frozen=True)
class Places:
    """Slots and their scores, in no order."""

    slots: Slots
    scores: NDArray[np.float64]

    def by(self, snapshot: Snapshot, order: Order) -> "Places":
        """The same slots with the scores of an order."""
        if order is Order.BEST:
            return self
        scores = snapshot["worth"][self.slots] if order is Order.WORTH else np.zeros(len(self.slots))
        return Places(self.slots, scores)

    def page(self, snapshot: Snapshot, after: Place | None, size: int) -> list[tuple[int, float]]:
        """The best after a place: highest score, then newest, then by id. Slot and score of each."""
        slots, scores = self.slots, self.scores
        if after is not None:
            left = _stands_after(snapshot, slots, scores, after)
            slots, scores = slots[left], scores[left]
        if len(slots) > 4 * size:
            # Only what can be on the page is sorted.
            worst = np.partition(scores, len(scores) - size)[len(scores) - size]
            near = scores >= worst
            slots, scores = slots[near], scores[near]
            if len(slots) > 4 * size:
                moments = np.where(scores > worst, np.inf, snapshot["moment"][slots])
                near = moments >= np.partition(moments, len(slots) - size)[len(slots) - size]
                slots, scores = slots[near], scores[near]
        order = np.lexsort((snapshot["tie"][slots], -snapshot["moment"][slots], -scores))[:size]
        return [(int(slots[place]), float(scores[place])) for place in order]


def _stands_after(snapshot: Snapshot, slots: Slots, scores: NDArray[np.float64], after: Place) -> Mask:
    score, moment, last = after
    moments, ties = snapshot["moment"][slots], snapshot["tie"][slots]
    later: Mask = scores < score
    later |= (scores == score) & ((moments < moment) | ((moments == moment) & (ties > last)))
    return later


def write_cursor(snapshot: Snapshot, last: tuple[int, float], order: Order, before: Cursor | None) -> str:
    """Where the next page begins, for an address: opaque. `before`: the cursor of this page."""
    slot, score = last
    place = [score, float(snapshot["moment"][slot]), int(snapshot["tie"][slot])]
    began = (snapshot.seen, snapshot.generation) if before is None else (before.seen, before.generation)
    return base64.urlsafe_b64encode(json.dumps([*place, order.value, *began]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: Order) -> Cursor:
    """The cursor of an address. QueryWrong where it is not one of ours, or of a list in another order."""
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        score, moment, tie, sorted_by, seen, generation = json.loads(base64.urlsafe_b64decode(padded))
        if sorted_by != order.value:
            raise ValueError
        return Cursor((float(score), float(moment), int(tie)), order, int(seen), int(generation))
    except (ValueError, TypeError, OverflowError) as error:
        raise QueryWrong(
            "Cannot go on from this place",
            why="the cursor is not of this list",
            mend="Start from the first page",
        ) from error
