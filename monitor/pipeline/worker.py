"""Another process that works on one thing at a time, and can be stopped."""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

from monitor.errors import MonitorError

Job = TypeVar("Job")
Result = TypeVar("Result")

_SPAWN = multiprocessing.get_context("spawn")
_START_SECONDS = 180.0


class Died(Exception):
    """The process ended without a word: it was killed for its memory, or what it ran broke it."""


class Overran(Exception):
    """The work took longer than it may; the process was killed."""


class Unstartable(Exception):
    """The process could not be started, or not in time."""


class Worker(Generic[Job, Result]):
    """`build` makes, in the other process, what does the work; it and the jobs must be picklable.

    A worker gets no job before it `is_ready`, as a full pipe would block. An answer is a result or the error that came
    instead. After Died and Overran it is gone.
    """

    def __init__(self, build: Callable[[], Callable[[Job], Result]], seconds: float) -> None:
        self._seconds = seconds
        self.is_ready = False
        self.job: Job | None = None
        self.pipe, theirs = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(target=_serve, args=(theirs, build), daemon=True)
        try:
            self._process.start()
        except (OSError, RuntimeError) as error:
            raise Unstartable(f"another process could not be started ({error})") from error
        theirs.close()
        self.deadline = time.monotonic() + _START_SECONDS

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.is_alive()

    def give(self, job: Job) -> None:
        """Hand over a job. Its time begins."""
        self.job, self.deadline = job, time.monotonic() + self._seconds
        with suppress(OSError):  # it died: the next take says so
            self.pipe.send(job)

    def take(self) -> Result | Exception | None:
        """What the process sends, None for word that it is loaded. Call it when the pipe has something to read.

        Raises the error of a process that cannot be loaded.
        """
        try:
            answer: Result | Exception | None = self.pipe.recv()
        except (EOFError, OSError):
            answer = self._lost(Died())
        if self.is_ready:
            self.job = None
            return answer
        if answer is not None:
            self.end()
            raise answer if isinstance(answer, MonitorError) else Unstartable("another process died while it loaded")
        self.is_ready = True
        return None

    def overrun(self) -> Exception | None:
        """The error for a job that takes too long, None while it does not. Raises Unstartable for a process that does."""
        if time.monotonic() < self.deadline:
            return None
        if not self.is_ready:
            self.end()
            raise Unstartable("another process could not be loaded in time")
        self.job = None
        return self._lost(Overran())

    def end(self) -> None:
        """Kill the process, if it still runs."""
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _lost(self, error: Exception) -> Exception:
        self.end()
        return error


def _serve(pipe: Connection, build: Callable[[], Callable[[Job], Result]]) -> None:
    """The life of a working process: load, say so, then one job after the other until the pipe closes."""
    try:
        work = build()
    except MonitorError as error:
        pipe.send(error)
        return
    pipe.send(None)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            pipe.send(work(job))
        except Exception as error:
            pipe.send(_plain(error))


def _plain(error: Exception) -> Exception:
    """An error that survives the way to the other process: a foreign one may hold what cannot be pickled."""
    return error if isinstance(error, MonitorError | MemoryError) else RuntimeError(f"{type(error).__name__}: {error}")
