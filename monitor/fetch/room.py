"""Where bodies grow while they are read: large ones a few at a time, and in memory that is given back at once."""

import mmap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import httpcore

_LARGE_BYTES = 1_000_000


class Place:
    """Where one body grows. Once it is large it needs one of the places for large ones, and keeps it to the end.

    A large one grows in a mapping of its own: what is allocated and given back by many threads otherwise stays with the
    process in pieces.
    """

    def __init__(self, most_bytes: int, places: threading.Semaphore, seconds: Callable[[], float]) -> None:
        self._most_bytes, self._places, self._seconds = most_bytes, places, seconds
        self._small = BytesIO()
        self._large: mmap.mmap | None = None
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Adds to the body. Raises httpcore.ReadTimeout where it has to wait for a place until the time is up."""
        self.size += len(piece)
        if self._large is None and self.size > _LARGE_BYTES:
            if not self._places.acquire(timeout=self._seconds()):
                raise httpcore.ReadTimeout("other large bodies took all the room")
            self._large = mmap.mmap(-1, self._most_bytes)
            self._large.write(self._small.getvalue())
        (self._small if self._large is None else self._large).write(piece)

    def whole(self) -> bytes:
        """The body."""
        return self._small.getvalue() if self._large is None else self._large[: self.size]

    def leave(self) -> None:
        """Gives memory and place back."""
        if self._large is not None:
            self._large.close()
            self._places.release()


class Room:
    """`places`: for how many large bodies there is room at a time."""

    def __init__(self, places: int = 4) -> None:
        self._places = threading.BoundedSemaphore(places)

    @contextmanager
    def place(self, most_bytes: int, seconds: Callable[[], float]) -> Iterator[Place]:
        """A place for one body, free again at the end. `seconds`: how long it may wait for it, asked when it does."""
        place = Place(most_bytes, self._places, seconds)
        try:
            yield place
        finally:
            place.leave()
