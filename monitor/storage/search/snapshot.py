"""A copy of what claims are filtered and compared by, in memory, brought up to date before every search."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, bindparam, column, func, select, table

from monitor.domain.period import Period
from monitor.domain.source import is_first_hand
from monitor.storage.claims import sources_from
from monitor.storage.columns import Plain
from monitor.storage.rows import UNWEIGHED, as_told
from monitor.storage.tables import Number, article, claim, claim_vector

Mask = NDArray[np.bool_]
Slots = NDArray[np.int64]

search_claim = table("search_claim", column("number", Number), column("claim_id", Plain), column("changed", Number))

_CLAIM = (
    "id",
    "moment",
    "worth",
    "time",
    "value",
    "low",
    "high",
    "subject",
    "metric",
    "qualifiers",
    "unit",
    "modality",
    "status",
    "sources",
)
_NEWEST = select(func.max(search_claim.c.changed))
_CHANGES = (
    select(
        search_claim.c.number,
        search_claim.c.claim_id,
        search_claim.c.changed,
        *(claim.c[name] for name in _CLAIM),
        article.c.publisher,
        article.c.published,
        article.c.published_offset,
    )
    .select_from(search_claim)
    .outerjoin(claim, claim.c.id == search_claim.c.claim_id)
    .outerjoin(article, article.c.id == claim.c.article_id)
    .where(search_claim.c.changed > bindparam("changed"))
    .order_by(search_claim.c.changed)
)
_VECTORS = (
    select(search_claim.c.number, claim_vector.c.vector)
    .select_from(search_claim)
    .join(claim_vector, claim_vector.c.claim_id == search_claim.c.claim_id)
    .where(search_claim.c.changed > bindparam("first"), search_claim.c.changed <= bindparam("last"))
)
_FIELDS = ("subject", "metric", "topic", "unit", "modality", "status", "publisher", "asserter")


@dataclass
class Names:
    """The distinct values of a field, each with a number."""

    numbers: dict[str, int] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)

    def number(self, value: str) -> int:
        """The number of a value, a new one where it has none."""
        if value not in self.numbers:
            self.numbers[value] = len(self.values)
            self.values.append(value)
        return self.numbers[value]

    def which(self, holds: Callable[[str], bool]) -> Mask:
        """For each value whether it holds."""
        return np.fromiter((holds(value) for value in self.values), np.bool_, len(self.values))


class Snapshot:
    """One slot a claim, in the order in which they were first seen; a removed claim keeps its slot, not `live`.

    Not safe for several threads at a time.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.names = {name: Names() for name in _FIELDS}
        self._slots = np.full(0, -1, np.int64)  # by number, which a reindexing changes
        self._slots_by_id: dict[str, int] = {}
        self._changed = self._vectors_changed = 0
        self._arrays: dict[str, NDArray[Any]] = {
            "live": np.zeros(0, np.bool_),
            "first_hand": np.zeros(0, np.bool_),
            "tie": np.zeros(0, np.int64),  # from the id: an order that every process and database shares
            "moment": np.zeros(0, np.float64),
            "worth": np.zeros(0, np.float64),  # -1 where nobody weighed it
            "published": np.zeros(0, np.int32),  # day, 0 where unknown
            "first": np.zeros(0, np.int32),  # of the days the figure is of, 0 and 0 where unknown
            "last": np.zeros(0, np.int32),
            "low": np.zeros(0, np.float64),  # ends of the figure, NaN where it has none
            "high": np.zeros(0, np.float64),
            **{name: np.zeros(0, np.int32) for name in _FIELDS},
        }
        self._vectors = np.zeros((0, 0), np.float32)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One value a slot."""
        return self._arrays[name][: len(self.ids)]

    def slots(self, numbers: NDArray[np.float64]) -> Slots:
        """The slot of each number of the full-text index, -1 where we do not know it."""
        if not len(numbers) or not len(self._slots):
            return np.full(len(numbers), -1, np.int64)
        whole = numbers.astype(np.int64)
        return np.where(whole < len(self._slots), self._slots[np.minimum(whole, len(self._slots) - 1)], -1)

    def refresh(self, connection: Connection) -> None:
        """Take over what changed since the last time."""
        if (connection.execute(_NEWEST).scalar() or 0) <= self._changed:
            return
        for row in connection.execute(_CHANGES, {"changed": self._changed}):
            self._take(row)
            self._changed = row.changed

    def refresh_vectors(self, connection: Connection) -> None:
        """Take over the vectors that changed since the last time. Call after `refresh`."""
        if self._vectors_changed == self._changed:
            return
        for row in connection.execute(_VECTORS, {"first": self._vectors_changed, "last": self._changed}):
            vector = np.frombuffer(bytes(row.vector), "<f2")
            if self._vectors.shape[1] != len(vector):
                if len(self._vectors):
                    continue  # left from another encoder: it is encoded again one day
                self._vectors = np.zeros((0, len(vector)), np.float32)
            self._vectors = _grown(self._vectors, len(self.ids))
            self._vectors[self._slots[row.number]] = vector
        self._vectors_changed = self._changed

    def similar(self, vector: bytes, allowed: Mask, k: int, least: float) -> list[tuple[int, float]]:
        """The k allowed slots whose vectors are nearest, with their cosine, nearest first; none below `least`."""
        asked = np.frombuffer(vector, "<f2").astype(np.float32)
        if self._vectors.shape[1] != len(asked):
            return []
        count = min(len(self.ids), len(self._vectors))
        slots = np.flatnonzero(allowed[:count])
        is_wide = len(slots) * 4 > count  # then copying the rows out costs more than multiplying them all
        cosines = (self._vectors[:count] @ asked)[slots] if is_wide else self._vectors[slots] @ asked
        # Rounded: the last digits depend on the processor, and order must not.
        cosines = np.round(cosines.astype(np.float64), 4)
        near = np.flatnonzero(cosines >= least)
        best = near[np.lexsort((self["tie"][slots[near]], -cosines[near]))[:k]]
        return [(int(slots[place]), float(cosines[place])) for place in best]

    def _take(self, row: Any) -> None:
        slot = self._slots_by_id.get(row.claim_id)
        if slot is None:
            slot = self._slots_by_id[row.claim_id] = len(self.ids)
            self.ids.append(row.claim_id)
            if slot >= len(self._arrays["tie"]):
                self._arrays = {name: _grown(values, slot + 1) for name, values in self._arrays.items()}
            self._arrays["tie"][slot] = tie(row.claim_id)
        self._slots = _grown(self._slots, row.number + 1, -1)
        self._slots[row.number] = slot
        if row.id is None:
            self._arrays["live"][slot] = False
            return
        for name, value in _values(row).items():
            self._arrays[name][slot] = value
        for name, text in _texts(row).items():
            self._arrays[name][slot] = self.names[name].number(text)


def _values(row: Row[Any]) -> dict[str, float]:
    ends = [float(end) for end in (row.value, row.low, row.high) if isinstance(end, Decimal)]
    published = as_told(row, "published")
    period = Period(None, None) if row.time is None else Period.parse(row.time)
    return {
        "live": True,
        "first_hand": is_first_hand(sources_from(row.sources)),
        "moment": row.moment.timestamp(),
        "worth": UNWEIGHED if row.worth is None else row.worth,
        "published": published.date().toordinal() if published else 0,
        "first": 0 if row.time is None else (period.start or date.min).toordinal(),
        "last": 0 if row.time is None else (period.end or date.max).toordinal(),
        "low": min(ends, default=np.nan),
        "high": max(ends, default=np.nan),
    }


def _texts(row: Row[Any]) -> dict[str, str]:
    nearest = row.sources[0] if row.sources else {}
    return {
        "subject": row.subject,
        "metric": row.metric,
        "topic": " ".join((row.metric, *row.qualifiers.values())),
        "unit": row.unit,
        "modality": row.modality,
        "status": row.status,
        "publisher": row.publisher,
        "asserter": f"{nearest.get('name') or ''}\n{nearest.get('label') or ''}",
    }


def tie(claim_id: str) -> int:
    """A number from an id, by which equals are put in order."""
    return int.from_bytes(hashlib.blake2b(claim_id.encode(), digest_size=8).digest(), "big", signed=True)


def _grown(values: NDArray[Any], size: int, empty: int = 0) -> NDArray[Any]:
    """The array with room for so many rows, twice as much as it had at least."""
    if len(values) >= size:
        return values
    room = np.full((max(size, 2 * len(values), 1024), *values.shape[1:]), empty, values.dtype)
    room[: len(values)] = values
    return room
