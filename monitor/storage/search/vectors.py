"""Which claims are nearest in meaning: by the signs of their vectors first, then by the vectors themselves.

Signs are one bit a dimension, in columns of 64, which are compared a word at a time. The nearest are nearly
always among the few thousand whose signs differ least; `./run bench search` measures how nearly.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.storage.search.grown import grown

_CANDIDATES = 3000  # those with the fewest different signs, which are then compared exactly
_EXACT = 4000  # up to so many are compared exactly at once
_CHUNK = 1 << 15  # claims whose signs are compared at a time: they stay in the processor's cache
_WORD = 64

Slots = NDArray[np.int64]


class Vectors:
    """A unit vector of half precision for each slot that has one. All are of one width: that of the first."""

    def __init__(self) -> None:
        self._whole = np.zeros((0, 0), np.float16)
        self._signs = np.zeros((0, 0), np.uint64)  # a row for each 64 dimensions
        self._known = np.zeros(0, np.bool_)

    def put(self, slots: Slots, vectors: list[bytes]) -> None:
        """Take over vectors of slots. Those left from another encoder are passed over: they are encoded again one day."""
        if not len(slots):
            return
        if not len(self._known):
            self._begin(len(vectors[0]) // 2)
        width = self._whole.shape[1]
        fits = np.fromiter((len(one) == 2 * width for one in vectors), np.bool_, len(vectors))
        some = np.frombuffer(b"".join(one for one in vectors if len(one) == 2 * width), "<f2").reshape(-1, width)
        slots = slots[fits]
        if not len(slots):
            return
        size = int(slots.max()) + 1
        self._whole, self._known = grown(self._whole, size), grown(self._known, size)
        if self._signs.shape[1] < len(self._known):
            self._signs = np.ascontiguousarray(grown(self._signs.T, len(self._known)).T)
        self._whole[slots] = some
        self._signs[:, slots] = _signs(some).T
        self._known[slots] = True

    def near(self, asked: bytes, allowed: NDArray[np.bool_], least: float) -> tuple[Slots, NDArray[np.float64]]:
        """Allowed slots near a vector with their cosine, none below `least`, in no order; empty for another width."""
        vector = np.frombuffer(asked, "<f2").astype(np.float32)
        if self._whole.shape[1] != len(vector) or not len(vector):
            return np.zeros(0, np.int64), np.zeros(0)
        count = min(len(allowed), len(self._known))
        slots: Slots = np.flatnonzero(allowed[:count] & self._known[:count])
        if len(slots) > _EXACT:
            slots = self._likely(vector, slots, count)
        # Rounded: the last digits depend on the processor, and order must not.
        # Not with @: for so few rows its threads wait for each other longer than they count.
        exact = np.einsum("ij,j->i", self._whole[slots].astype(np.float32), vector).astype(np.float64)
        cosines = np.round(exact, 4)
        near = cosines >= least
        return slots[near], cosines[near]

    def _begin(self, width: int) -> None:
        self._whole = np.zeros((0, width), np.float16)
        self._signs = np.zeros((-(-width // _WORD), 0), np.uint64)

    def _likely(self, vector: NDArray[np.float32], slots: Slots, count: int) -> Slots:
        """Those of the slots whose signs differ least."""
        asked = _signs(vector[None])[0]
        if len(slots) * 4 > count:  # then reading all of them in a row is quicker than picking
            differing = _differing(self._signs[:, :count], asked)[slots]
        else:
            differing = _differing(self._signs[:, slots], asked)
        upto = np.cumsum(np.bincount(differing))
        return slots[differing <= np.searchsorted(upto, _CANDIDATES)]


def _signs(vectors: NDArray[Any]) -> NDArray[np.uint64]:
    """A row of words of 64 signs for each vector."""
    packed = np.packbits(vectors > 0, axis=1)
    packed = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(packed).view(np.uint64)


def _differing(signs: NDArray[np.uint64], asked: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """How many signs differ, for each column."""
    found = np.zeros(signs.shape[1], np.uint16)
    for begin in range(0, signs.shape[1], _CHUNK):
        part = found[begin : begin + _CHUNK]
        for row, word in zip(signs, asked, strict=True):
            part += np.bitwise_count(row[begin : begin + _CHUNK] ^ word)
    return found
