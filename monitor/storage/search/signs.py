"""Which claims are likely nearest in meaning, by the signs of their vectors: one bit a dimension, all in memory.

Whole vectors take sixteen times as much and stay in the database, which is asked for those of the likely ones alone.
The nearest are nearly always among them; `./run bench search` measures how nearly. All that is counted here is whole
numbers: which claims are likely depends neither on the processor nor on the order in which they were read.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.storage.search.grown import grown

_CANDIDATES = 4000  # those with the fewest different signs, which are then weighed
_LIKELY = 500  # those that weigh most, whose vectors are then compared
_FINE = 2000  # steps from 0 to the greatest weight of a dimension: sums of a thousand stay exact in single precision
_CHUNK = 1 << 15  # claims whose signs are compared at a time: they stay in the processor's cache
_WORD = 8  # bytes

Slots = NDArray[np.int64]
Mask = NDArray[np.bool_]


def signs_of(vector: bytes) -> bytes:
    """A bit for each dimension of a vector of half precision, set where it is above zero."""
    return np.packbits(np.frombuffer(vector, "<f2") > 0).tobytes()


def cosines_of(asked: bytes, vectors: Sequence[bytes]) -> NDArray[np.float64]:
    """The cosine of each unit vector with the one asked; all are of its width."""
    vector = np.frombuffer(asked, "<f2").astype(np.float32)
    whole = np.frombuffer(b"".join(vectors), "<f2").reshape(-1, len(vector)).astype(np.float32)
    # Rounded: the last digits depend on the processor, and order must not.
    # Not with @: for so few rows its threads wait for each other longer than they count.
    cosines: NDArray[np.float64] = np.einsum("ij,j->i", whole, vector).astype(np.float64)
    return np.round(cosines, 4)


class Signs:
    """The signs of each slot that has a vector. All are of one width: that of the first."""

    def __init__(self) -> None:
        self._bytes = 0
        self._words = np.zeros((0, 0), np.uint64)  # a row for each 64 dimensions
        self._known = np.zeros(0, np.bool_)

    def put(self, slots: Slots, signs: Sequence[bytes | None]) -> None:
        """Take over the signs of slots, None where there is no vector.

        Those left from another encoder are passed over: they are encoded again one day.
        """
        self._bytes = self._bytes or next((len(one) for one in signs if one), 0)
        if not self._bytes:
            return
        size = int(slots.max()) + 1
        self._known = grown(self._known, size)
        if self._words.shape[1] < len(self._known):
            words = self._words.T if len(self._words) else np.zeros((0, -(-self._bytes // _WORD)), np.uint64)
            self._words = np.ascontiguousarray(grown(words, len(self._known)).T)
        fits = np.fromiter((one is not None and len(one) == self._bytes for one in signs), np.bool_, len(signs))
        self._known[slots] = fits
        told = b"".join(one for one in signs if one is not None and len(one) == self._bytes)
        self._words[:, slots[fits]] = _words(np.frombuffer(told, np.uint8).reshape(-1, self._bytes)).T

    def likely(self, asked: bytes, allowed: Mask) -> Slots:
        """About five hundred of the allowed slots that are likely nearest to a vector; empty for one of another width."""
        signs = signs_of(asked)
        if not self._bytes or len(signs) != self._bytes:
            return np.zeros(0, np.int64)
        count = min(len(allowed), len(self._known))
        asked_of = allowed[:count] & self._known[:count]
        if np.count_nonzero(asked_of) > _CANDIDATES:
            slots = self._alike(_words(np.frombuffer(signs, np.uint8)[None])[0], asked_of)
        else:
            slots = np.flatnonzero(asked_of)
        if len(slots) > _LIKELY:
            weights = self._weights(np.frombuffer(asked, "<f2"), slots)
            slots = slots[weights >= np.partition(weights, len(slots) - _LIKELY)[len(slots) - _LIKELY]]
        return slots

    def _alike(self, asked: NDArray[np.uint64], asked_of: Mask) -> Slots:
        """Those of the slots asked of whose signs differ least."""
        if np.count_nonzero(asked_of) * 4 > len(asked_of):  # then reading all of them in a row is quicker than picking
            differing = _differing(self._words[:, : len(asked_of)], asked)
            differing |= (~asked_of).astype(np.uint16) << 15  # the others stand beyond all
            return np.flatnonzero(differing <= self._bound(differing))
        slots: Slots = np.flatnonzero(asked_of)
        differing = _differing(self._words[:, slots], asked)
        return slots[differing <= self._bound(differing)]

    def _bound(self, differing: NDArray[np.uint16]) -> int:
        """How much the candidates differ at most."""
        most = 8 * self._bytes
        counts = np.zeros(most + 2, np.int64)
        for begin in range(0, len(differing), _CHUNK):
            counts += np.bincount(np.minimum(differing[begin : begin + _CHUNK], most + 1), minlength=len(counts))
        return int(np.searchsorted(np.cumsum(counts), _CANDIDATES))

    def _weights(self, asked: NDArray[np.float16], slots: Slots) -> NDArray[np.float32]:
        """The sum of what the vector asked has where the signs of each slot are set: their cosines grow with it."""
        bits = np.unpackbits(np.ascontiguousarray(self._words[:, slots].T).view(np.uint8), axis=1, count=len(asked))
        vector = asked.astype(np.float32)
        steps = np.round(vector * (_FINE / max(np.abs(vector).max(), np.finfo(np.float32).tiny)))
        weights: NDArray[np.float32] = np.einsum("ij,j->i", bits.astype(np.float32), steps)
        return weights


def _words(signs: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """A row of words of 64 signs for each row of bytes."""
    padded = np.pad(signs, ((0, 0), (0, -signs.shape[1] % _WORD)))
    return np.ascontiguousarray(padded).view(np.uint64)


def _differing(words: NDArray[Any], asked: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """How many signs differ, for each column."""
    found = np.zeros(words.shape[1], np.uint16)
    for begin in range(0, words.shape[1], _CHUNK):
        part = found[begin : begin + _CHUNK]
        for row, word in zip(words, asked, strict=True):
            part += np.bitwise_count(row[begin : begin + _CHUNK] ^ word)
    return found
