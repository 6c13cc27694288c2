"""Vector → its neighbours with their similarity, exactly."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def nearest(vector: bytes, ids: Sequence[str], matrix: bytes, k: int = 10) -> list[tuple[str, float]]:
    """The `k` ids whose vectors (float16 rows of `matrix`, one an id) are most similar, best first, ties by id."""
    if not ids or k <= 0:
        return []
    wanted = _floats(vector)
    scores = _floats(matrix).reshape(len(ids), wanted.size) @ wanted
    # Rounded, so that the order of ids and not the last bit settles a tie.
    found = [(ids[at], round(float(scores[at]), 4)) for at in _best(scores, k)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


def similarity(a: bytes, b: bytes) -> float:
    """Cosine of two stored vectors, from -1 to 1."""
    return round(float(_floats(a) @ _floats(b)), 4)


def _best(scores: Any, k: int) -> list[int]:
    """Places of all scores that reach the k-th best, give or take a rounding."""
    if len(scores) <= k:
        return list(range(len(scores)))
    bar = np.partition(scores, len(scores) - k)[len(scores) - k]
    return [int(at) for at in np.flatnonzero(scores >= bar - 5e-4)]


def _floats(vector: bytes) -> Any:
    return np.frombuffer(vector, dtype="<f2").astype(np.float32)
