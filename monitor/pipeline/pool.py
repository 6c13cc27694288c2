"""Reading articles, here or in other processes. A reader that overruns or dies is replaced; its article alone suffers."""

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol

from monitor.domain.article import Article, Reading
from monitor.errors import ArticleUnreadable, AssetsWrong, LeaseLost, MonitorError

_SPAWN = multiprocessing.get_context("spawn")
_START_SECONDS = 180.0
_GLANCE_SECONDS = 0.5


class Reader(Protocol):
    """The language part, loaded."""

    def read(self, articles: Sequence[Article]) -> list[Reading]: ...


class Readers:
    """Articles → readings or the errors that came instead, in the same order.

    The first `alone` articles of a process's life are read in it, since starting others takes longer than that; from
    then on `processes` others read, one article at a time each, and no article may take longer than `seconds`.
    `processes` 0: all are read here. `build` and what it builds with must be picklable. Safe to share between threads.
    """

    def __init__(self, build: Callable[[], Reader], *, processes: int, alone: int, seconds: float) -> None:
        self._build, self._processes, self._alone, self._seconds = build, processes, alone, seconds
        self._here: Reader | None = None
        self._workers: list[_Worker] = []
        self._read = 0
        self._lock = threading.Lock()
        self._stopped = False

    def __call__(self, articles: Sequence[Article]) -> list[Reading | Exception]:
        with self._lock:
            self._read += len(articles)
            if self._processes and self._read > self._alone:
                self._here = None  # its memory is worth more to the others
                return self._read_there(articles)
            return self._read_here(articles)

    def load(self) -> None:
        """Load the language part in this process. AssetsWrong where it cannot be."""
        with self._lock:
            self._here = self._here or _built(self._build)

    def stop(self) -> None:
        """Leave what is being read: whoever waits for it gets LeaseLost, and nothing of it is written."""
        self._stopped = True

    def close(self) -> None:
        """End the other processes."""
        with self._lock:
            for worker in self._workers:
                worker.end()
            self._workers = []

    def _read_here(self, articles: Sequence[Article]) -> list[Reading | Exception]:
        if self._here is None:
            self._here = _built(self._build)
        reader = self._here
        self._go_on()
        try:
            return list(reader.read(articles))
        except Exception as error:
            if len(articles) == 1:
                return [error]
        return [result for article in articles for result in self._read_here([article])]

    def _read_there(self, articles: Sequence[Article]) -> list[Reading | Exception]:
        results: dict[int, Reading | Exception] = {}
        waiting = deque(enumerate(articles))
        while len(results) < len(articles):
            self._go_on()
            self._hand_out(waiting)
            self._gather(results)
        return [results[place] for place in range(len(articles))]

    def _go_on(self) -> None:
        if self._stopped:
            mend = "Nothing was written; they are read at the next start."
            raise LeaseLost("Left some articles unread", why="the service is stopping", mend=mend)

    def _hand_out(self, waiting: deque[tuple[int, Article]]) -> None:
        self._workers = [worker for worker in self._workers if worker.is_alive]
        wanted = min(self._processes, len(waiting) + sum(worker.in_hand is not None for worker in self._workers))
        while len(self._workers) < wanted:
            self._workers.append(_Worker(self._build, self._seconds))
        for worker in self._workers:
            if waiting and worker.is_ready and worker.in_hand is None:
                worker.give(*waiting.popleft())

    def _gather(self, results: dict[int, Reading | Exception]) -> None:
        awaited = [worker for worker in self._workers if worker.in_hand is not None or not worker.is_ready]
        soonest = min(worker.deadline for worker in awaited) - time.monotonic()
        spoke = wait([worker.pipe for worker in awaited], timeout=max(0.0, min(soonest, _GLANCE_SECONDS)))
        for worker in awaited:
            answer = worker.take() if worker.pipe in spoke else worker.overrun()
            if answer is not None:
                results[answer[0]] = answer[1]


class _Worker:
    """One other process with the article it has in hand; it gets none before it is loaded, as a full pipe would block."""

    def __init__(self, build: Callable[[], Reader], seconds: float) -> None:
        self._seconds = seconds
        self.is_ready = False
        self.in_hand: tuple[int, Article] | None = None
        self.pipe, theirs = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(target=_serve, args=(theirs, build), daemon=True)
        try:
            self._process.start()
        except (OSError, RuntimeError) as error:  # the machine's trouble, not the article's
            raise _unloadable(f"another process could not be started ({error})") from error
        theirs.close()
        self.deadline = time.monotonic() + _START_SECONDS

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def give(self, place: int, article: Article) -> None:
        self.in_hand, self.deadline = (place, article), time.monotonic() + self._seconds
        with suppress(OSError):  # it died: the next take says so
            self.pipe.send(article)

    def take(self) -> tuple[int, Reading | Exception] | None:
        """The place and result that the process sends, None for word that it is loaded. AssetsWrong if it cannot be."""
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            return self._lost("the process that read it died")
        if result is None:
            self.is_ready = True
            return None
        if not self.is_ready:
            self.end()
            raise result
        return self._done(result)

    def overrun(self) -> tuple[int, Reading | Exception] | None:
        """The place and an error for an article that takes too long; the process is gone then."""
        if time.monotonic() < self.deadline:
            return None
        return self._lost(f"reading it took longer than {self._seconds:g} seconds")

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _lost(self, why: str) -> tuple[int, Reading | Exception]:
        self.end()
        if self.in_hand is None:
            raise _unloadable("another process could not load it in time, or died of it (is there enough memory?)")
        mend = "Leave it aside, or raise models.seconds_per_article."
        return self._done(ArticleUnreadable(f"Cannot read {self.in_hand[1].url}", why=why, mend=mend))

    def _done(self, result: Reading | Exception) -> tuple[int, Reading | Exception]:
        place = self.in_hand[0] if self.in_hand else 0
        self.in_hand = None
        return place, result


def _built(build: Callable[[], Reader]) -> Reader:
    try:
        return build()
    except MonitorError:
        raise
    except Exception as error:
        raise _unloadable(f"{type(error).__name__}: {error}") from error


def _unloadable(why: str) -> AssetsWrong:
    return AssetsWrong("Cannot load the language part", why=why, mend="Install the package again; see `monitor doctor`.")


def _serve(pipe: Connection, build: Callable[[], Reader]) -> None:
    """The life of a reading process: load, say so, then one article after the other until the pipe closes."""
    try:
        reader = _built(build)
    except MonitorError as error:
        pipe.send(error)
        return
    pipe.send(None)
    while True:
        try:
            article = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            pipe.send(reader.read([article])[0])
        except Exception as error:
            pipe.send(_plain(error))


def _plain(error: Exception) -> Exception:
    """An error that survives the way to the other process: a foreign one may hold what cannot be pickled."""
    return error if isinstance(error, MonitorError) else RuntimeError(f"{type(error).__name__}: {error}")
