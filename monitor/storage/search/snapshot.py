"""A copy of what claims are filtered and ranked by, in memory, brought up to date before every search."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, select, text

from monitor.storage.among import among
from monitor.storage.rows import chunks
from monitor.storage.search.grown import grown
from monitor.storage.search.names import Names
from monitor.storage.search.shape import NAMES, NUMBERS, SHAPE
from monitor.storage.search.signs import Signs, cosines_of
from monitor.storage.tables import claim_vector

Mask = NDArray[np.bool_]
Slots = NDArray[np.int64]

_TOGETHER = 20_000  # rows that are read at a time
_STATE = text("SELECT generation, (SELECT max(changed) FROM search_claim) FROM search_version")
_CHANGES = text(
    "SELECT number, claim_id, changed, shape, signs FROM search_claim WHERE changed > :changed"
    " ORDER BY changed LIMIT :count"
)
_SOME_NAMES = text("SELECT key, value FROM search_name WHERE key IN :keys").bindparams(bindparam("keys", expanding=True))
_VECTORS = select(claim_vector.c.claim_id, claim_vector.c.vector).where(among(claim_vector.c.claim_id, "ids"))


class Snapshot:
    """One slot a claim, in the order in which they were first seen; a removed claim keeps its slot, not `live`.

    `generation`: of the search structures; `seen`: the number of the newest change. Not safe for several threads at
    a time.
    """

    def __init__(self) -> None:
        self.generation = self.seen = 0
        self._begin()

    def _begin(self) -> None:
        self.ids: list[str] = []
        self.names = {name: Names() for name in NAMES}
        self._signs = Signs()
        self._by_key: dict[str, dict[int, int]] = {name: {} for name in NAMES}  # key → number of the value
        self._slots = np.full(0, -1, np.int64)  # by number
        kinds = {name: np.dtype(kind) for name, kind in NUMBERS} | dict.fromkeys(NAMES, np.dtype(np.int32))
        self._arrays: dict[str, NDArray[Any]] = {name: np.zeros(0, kind) for name, kind in kinds.items()}
        self._arrays["number"] = np.zeros(0, np.int64)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One value a slot. `number`: grows with the time at which a claim was first stored."""
        return self._arrays[name][: len(self.ids)]

    def slots(self, numbers: NDArray[np.int64]) -> Slots:
        """The slot of each number of the full-text index, -1 where we do not know it."""
        if not len(self._slots):
            return np.full(len(numbers), -1, np.int64)
        return np.where(numbers < len(self._slots), self._slots[np.minimum(numbers, len(self._slots) - 1)], -1)

    def refresh(self, connection: Connection) -> None:
        """Take over what changed since the last time."""
        generation, newest = connection.execute(_STATE).one()
        if generation != self.generation:  # made anew, with other numbers
            self.generation, self.seen = generation, 0
            self._begin()
        while self.seen < (newest or 0):
            rows = connection.execute(_CHANGES, {"changed": self.seen, "count": _TOGETHER}).all()
            self._take(connection, rows)
            self.seen = rows[-1].changed

    def similar(self, connection: Connection, vector: bytes, allowed: Mask, k: int, least: float) -> list[int]:
        """The k allowed slots whose vectors are nearest, nearest first; none with a cosine below `least`."""
        likely = {self.ids[slot]: int(slot) for slot in self._signs.likely(vector, allowed)}
        rows = connection.execute(_VECTORS, {"ids": sorted(likely)}).all() if likely else ()
        told = {likely[row.claim_id]: bytes(row.vector) for row in rows if len(row.vector) == len(vector)}
        if not told:
            return []
        slots, cosines = np.fromiter(told, np.int64, len(told)), cosines_of(vector, list(told.values()))
        near = np.flatnonzero(cosines >= least)
        order = near[np.lexsort((self["tie"][slots[near]], -cosines[near]))][:k]
        return [int(slot) for slot in slots[order]]

    def _take(self, connection: Connection, rows: Any) -> None:
        numbers = np.array([row.number for row in rows])
        told = np.frombuffer(b"".join(bytes(row.shape) for row in rows), SHAPE)
        self._slots = grown(self._slots, int(numbers.max()) + 1, -1)
        new = np.flatnonzero(self._slots[numbers] < 0)
        self._slots[numbers[new]] = len(self.ids) + np.arange(len(new))
        self.ids += [rows[place].claim_id for place in new]
        self._arrays = {name: grown(values, len(self.ids)) for name, values in self._arrays.items()}
        slots = self._slots[numbers]
        self._arrays["number"][slots] = numbers
        for name, _ in NUMBERS:
            self._arrays[name][slots] = told[name]
        self._signs.put(slots, [None if row.signs is None else bytes(row.signs) for row in rows])
        for name, values in self._numbered(connection, told[told["live"]]).items():
            self._arrays[name][slots[told["live"]]] = values

    def _numbered(self, connection: Connection, told: NDArray[Any]) -> dict[str, NDArray[np.int64]]:
        """For each field the numbers of the values whose keys stand there."""
        keys = {name: np.unique(told[name], return_inverse=True) for name in NAMES}
        unknown = {int(key) for name, (found, _) in keys.items() for key in found if int(key) not in self._by_key[name]}
        values: dict[int, str] = {}
        for some in chunks(sorted(unknown)):
            values.update((row.key, row.value) for row in connection.execute(_SOME_NAMES, {"keys": some}))
        numbered = {}
        for name, (found, places) in keys.items():
            known, names = self._by_key[name], self.names[name]
            for key in map(int, found):
                if key not in known:
                    known[key] = names.number(values[key])
            numbered[name] = np.array([known[int(key)] for key in found], np.int64)[places]
        return numbered
