"""Bodies of pages → what they yield: small ones are read here, large ones and PDFs in a process that can be stopped."""

import resource
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable, AssetsWrong, LeaseLost
from monitor.pipeline.worker import Died, Overran, Unstartable, Worker

_SMALL_BYTES = 200_000
_MEMORY_BYTES = 1024 * 2**20
_GLANCE_SECONDS = 0.5
_PDF = b"%PDF-"
_SEARCHED = 1024

Job = tuple[bytes, str, str]
"""The body of a page, its address, and the Content-Type that came with it."""

Read = Callable[[Job], Extracted]


class Pages:
    """Reads pages. One that takes longer than `seconds` or more than `memory_bytes` is unreadable, and says why.

    `build` makes what reads a page; it must be picklable. The other process is started when it is first needed, and again
    after it had to be stopped. Safe to share between threads, which then wait for each other.
    """

    def __init__(
        self,
        build: Callable[[], Read],
        *,
        seconds: float,
        memory_bytes: int = _MEMORY_BYTES,
        small_bytes: int = _SMALL_BYTES,
    ) -> None:
        self._build, self._seconds = build, seconds
        self._memory_bytes, self._small_bytes = memory_bytes, small_bytes
        self._here: Read | None = None
        self._worker: Worker[Job, Extracted] | None = None
        self._building, self._lock = threading.Lock(), threading.Lock()
        self._stopped = False

    def __call__(self, body: bytes, url: str, media_type: str) -> Extracted:
        """What a body yields. `media_type`: the Content-Type header, empty if there is none. ArticleUnreadable."""
        job = (body, url, media_type)
        if len(body) <= self._small_bytes and _PDF not in body[:_SEARCHED]:
            return self._reader()(job)
        with self._lock:
            answer = self._apart(job)
        if isinstance(answer, Extracted):
            return answer
        raise self._explained(answer, url)

    def stop(self) -> None:
        """Leave what is being read: whoever waits for it gets LeaseLost, and nothing of it is written."""
        self._stopped = True

    def close(self) -> None:
        """End the other process."""
        self.stop()
        with self._lock:
            self._end()

    def _reader(self) -> Read:
        with self._building:
            self._here = self._here or self._build()
            return self._here

    def _apart(self, job: Job) -> Extracted | Exception:
        try:
            worker = self._ready()
            worker.give(job)
            answer = self._await(worker)
        except Unstartable as error:
            self._worker = None
            mend = "Is there enough memory? The page is asked again later."
            raise AssetsWrong(f"Cannot read {job[1]}", why=str(error), mend=mend) from error
        if isinstance(answer, Died | Overran | MemoryError):
            self._end()
        return answer or Died()

    def _ready(self) -> Worker[Job, Extracted]:
        if self._worker is None or not self._worker.is_alive:
            self._end()
            self._worker = Worker(partial(_within, self._memory_bytes, self._build), self._seconds)
            while not self._worker.is_ready:
                self._await(self._worker)
        return self._worker

    def _await(self, worker: Worker[Job, Extracted]) -> Extracted | Exception | None:
        """What the worker says next: None for word that it is loaded."""
        while not worker.pipe.poll(_GLANCE_SECONDS):
            if self._stopped:
                self._end()
                raise LeaseLost("Left a page unread", why="the service is stopping", mend="It is read at the next start.")
            late = worker.overrun()
            if late is not None:
                return late
        return worker.take()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
        self._worker = None

    def _explained(self, error: Exception, url: str) -> Exception:
        whys: dict[type[Exception], str] = {
            Overran: f"taking its text out took longer than {self._seconds:g} seconds",
            MemoryError: f"taking its text out took more than {self._memory_bytes // 2**20} MiB of memory",
            Died: "the process that read it died of it",
        }
        if type(error) not in whys:
            return error
        mend = "Leave it aside; if it is an article, save it as text and give the file to `monitor ingest`."
        return ArticleUnreadable(f"Cannot read {url}", why=whys[type(error)], mend=mend)


def _within(memory_bytes: int, build: Callable[[], Read]) -> Read:
    with suppress(OSError, ValueError):  # the machine itself may allow less
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    return build()
