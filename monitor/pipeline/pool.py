"""Reading articles, here or in other processes. A reader that overruns or dies is replaced; its article alone suffers."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import wait
from typing import Protocol

from monitor.domain.article import Article, Reading
from monitor.errors import ArticleUnreadable, AssetsWrong, LeaseLost, MonitorError
from monitor.pipeline.worker import Died, Overran, Unstartable, Worker

_GLANCE_SECONDS = 0.5
_Job = tuple[int, Article]
"""An article and its place among those asked for."""


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
        self._workers: list[Worker[_Job, Reading]] = []
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

    def _hand_out(self, waiting: deque[_Job]) -> None:
        self._workers = [worker for worker in self._workers if worker.is_alive]
        wanted = min(self._processes, len(waiting) + sum(worker.job is not None for worker in self._workers))
        try:
            while len(self._workers) < wanted:
                self._workers.append(Worker(partial(_reading, self._build), self._seconds))
        except Unstartable as error:  # the machine's trouble, not the article's
            raise _unloadable(str(error)) from error
        for worker in self._workers:
            if waiting and worker.is_ready and worker.job is None:
                worker.give(waiting.popleft())

    def _gather(self, results: dict[int, Reading | Exception]) -> None:
        awaited = [worker for worker in self._workers if worker.job is not None or not worker.is_ready]
        soonest = min(worker.deadline for worker in awaited) - time.monotonic()
        spoke = wait([worker.pipe for worker in awaited], timeout=max(0.0, min(soonest, _GLANCE_SECONDS)))
        for worker in awaited:
            job = worker.job
            try:
                answer = worker.take() if worker.pipe in spoke else worker.overrun()
            except Unstartable as error:
                raise _unloadable(f"{error} (is there enough memory?)") from error
            if answer is not None and job is not None:
                results[job[0]] = self._said(answer, job[1])

    def _said(self, answer: Reading | Exception, article: Article) -> Reading | Exception:
        if isinstance(answer, Died):
            why = "the process that read it died"
        elif isinstance(answer, Overran):
            why = f"reading it took longer than {self._seconds:g} seconds"
        else:
            return answer
        mend = "Leave it aside, or raise models.seconds_per_article."
        return ArticleUnreadable(f"Cannot read {article.url}", why=why, mend=mend)


def _reading(build: Callable[[], Reader]) -> Callable[[_Job], Reading]:
    reader = _built(build)
    return lambda job: reader.read([job[1]])[0]


def _built(build: Callable[[], Reader]) -> Reader:
    try:
        return build()
    except MonitorError:
        raise
    except Exception as error:
        raise _unloadable(f"{type(error).__name__}: {error}") from error


def _unloadable(why: str) -> AssetsWrong:
    return AssetsWrong("Cannot load the language part", why=why, mend="Install the package again; see `monitor doctor`.")
