"""Where bodies grow while they are read: large ones a few at a time, and in memory that is given back at once."""

import mmap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import httpcore

_LARGE_BYTES = 1_000_000


class Place:
    """Where one body grows. Once it is large it needs one of the places for large ones. `take`: waits for one so long.

    A large one grows in a mapping of its own: what is allocated and given back by many threads otherwise stays with the
    process in pieces.
    """

    def __init__(self, most_bytes: int, take: Callable[[float], bool], seconds: Callable[[], float]) -> None:
        self._most_bytes, self._take, self._seconds = most_bytes, take, seconds
        self._small = BytesIO()
        self._large: mmap.mmap | None = None
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Adds to the body. Raises httpcore.ReadTimeout where it has to wait for a place until the time is up."""
        self.size += len(piece)
        if self._large is None and self.size > _LARGE_BYTES:
            if not self._take(self._seconds()):
                raise httpcore.ReadTimeout("other large bodies took all the room")
            self._large = mmap.mmap(-1, self._most_bytes)
            self._large.write(self._small.getvalue())
        (self._small if self._large is None else self._large).write(piece)

    def whole(self) -> bytes:
        """The body."""
        return self._small.getvalue() if self._large is None else self._large[: self.size]

    def leave(self) -> None:
        """Gives the memory back."""
        if self._large is not None:
            self._large.close()


class _Mine(threading.local):
    """What a thread has: a place, and whether it keeps that for a while."""

    has_place = False
    keeps = False


class Room:
    """`places`: for how many large bodies there is room at a time. A thread has one of them, however much it asks for."""

    def __init__(self, places: int = 4) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._mine = _Mine()

    @contextmanager
    def place(self, most_bytes: int, seconds: Callable[[], float]) -> Iterator[Place]:
        """A place for one body, free again at the end. `seconds`: how long it may wait for it, asked when it does."""
        place = Place(most_bytes, self._take, seconds)
        try:
            yield place
        finally:
            place.leave()
            if not self._mine.keeps:
                self._give()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A large body that comes inside, in this thread, keeps its place until the end: it is still worked on."""
        self._mine.keeps = True
        try:
            yield
        finally:
            self._mine.keeps = False
            self._give()

    def _take(self, seconds: float) -> bool:
        if not self._mine.has_place:
            self._mine.has_place = self._places.acquire(timeout=seconds)
        return self._mine.has_place

    def _give(self) -> None:
        if self._mine.has_place:
            self._mine.has_place = False
            self._places.release()
