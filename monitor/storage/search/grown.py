"""Arrays that grow."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


def grown(values: NDArray[T], size: int, empty: int = 0) -> NDArray[T]:
    """The array with room for so many rows, half as much again as it had at least."""
    if len(values) >= size:
        return values
    room = np.full((max(size, len(values) * 3 // 2, 1024), *values.shape[1:]), empty, values.dtype)
    room[: len(values)] = values
    return room
