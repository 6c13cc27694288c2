"""A saved query with a name: what it tells of, to whom, and what became of that."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from monitor.domain.quantity import Direction, Quantity
from monitor.domain.relation import Told
from monitor.domain.unit import Units
from monitor.domain.work import WorkState

HITS = "watch.hits"
TEST = "watch.test"
FAILING = "watch.failing"
"""Kinds of deliveries: claims and a trial go to the webhook, that it fails goes to its owner by mail."""


@dataclass(frozen=True)
class Watch:
    """`owner`: address of the subscriber, empty for one that serves everybody.

    `threshold`: as typed; a figure is told where it is so far from the one told before on its question. `digest`: whether
    the mail lists it. `webhook`: address that hears of it, `secret` what its messages are signed with, `ended`: why it
    hears no more. `cursor`: number of the last event that the webhook was told of.
    """

    id: str
    name: str
    query: str
    owner: str = ""
    removed: bool = False
    paused: bool = False
    threshold: str = ""
    digest: bool = True
    webhook: str = ""
    secret: str = ""
    ended: str = ""
    added: datetime | None = None
    cursor: int = 0

    @property
    def calls(self) -> bool:
        """Whether a webhook is to be called."""
        return bool(self.webhook) and not (self.removed or self.paused or self.ended)


@dataclass(frozen=True)
class Threshold:
    """How far a figure must be from the one told before: so much in the one of `units` that is of its dimension.

    Without units it is a share of the earlier figure: 0.05 for 5%.
    """

    amount: Decimal
    units: tuple[str, ...] = ()

    def is_reached(self, before: Quantity, after: Quantity, units: Units) -> bool:
        """Whether the two are that far apart. What cannot be measured so counts as apart, unless it is the same."""
        if before.is_empty or after.is_empty or before.date is not None or after.date is not None:
            return before != after
        old, new = units.get(before.unit), units.get(after.unit)
        fitting = [unit for unit in map(units.get, self.units) if unit.dimension == old.dimension]
        if old.dimension != new.dimension or (self.units and not fitting):
            return before != after
        first, second = _ends(before, old.factor), _ends(after, new.factor)
        gap = max(_over(first[0], second[1]), _over(second[0], first[1]), Decimal(0))
        if fitting:
            return gap >= self.amount * fitting[0].factor
        size = min(abs(end) for end in first if end is not None)
        return gap > 0 and gap >= self.amount * size


def _ends(quantity: Quantity, factor: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that it says, in the first unit of its dimension; a fall is below zero."""
    low, high = quantity.low, quantity.high
    if quantity.value is not None:
        low = high = quantity.value
    ends = (None if low is None else low * factor, None if high is None else high * factor)
    if quantity.direction is Direction.DOWN:
        return (None if ends[1] is None else -ends[1], None if ends[0] is None else -ends[0])
    return ends


def _over(low: Decimal | None, high: Decimal | None) -> Decimal:
    return Decimal(0) if low is None or high is None else low - high


@dataclass(frozen=True)
class News:
    """A claim that a watch tells of, and the one told before it on the same question, where it is measured by that."""

    told: Told
    before: Told | None = None


@dataclass(frozen=True)
class Answer:
    """What came of one try to deliver: an HTTP status, or None where there was no answer, and words on it."""

    at: datetime
    status: int | None
    said: str


@dataclass(frozen=True)
class Delivery:
    """A message to a webhook, or on it to its owner, frozen when it was planned. `id` is the same in every try.

    `hits`: claims in it.
    """

    id: str
    watch_id: str
    kind: str
    planned: datetime
    body: str
    hits: int
    state: WorkState = WorkState.WAITING
    next_try: datetime | None = None
    why: str = ""
    answers: tuple[Answer, ...] = ()
