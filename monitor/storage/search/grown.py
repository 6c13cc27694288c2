"""Arrays that grow."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def grown(values: NDArray[T], size: int, empty: int = 0) -> NDArray[T]:
    """The array with room for so many rows, half as much again as it had at least."""
    if len(values) >= size:
        return values
    room = np.zeros((max(size, len(values) * 3 // 2, 1024), *values.shape[1:]), values.dtype)  # costs nothing until used
    room[: len(values)] = values
    if empty:
        room[len(values) :] = empty
    return room
