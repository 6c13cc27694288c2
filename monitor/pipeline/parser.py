"""Bodies of feeds → what they say: what is small and sound is read here, all else in a process that can be stopped."""

import resource
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import wait

from monitor.domain.entry import ParsedFeed
from monitor.errors import AssetsWrong, FeedUnreadable
from monitor.feeds.parse import parse_feed, parse_quickly
from monitor.pipeline.worker import Died, Overran, Unstartable, Worker

_SMALL_BYTES = 250_000
_SECONDS = 5.0
_MEMORY_BYTES = 300 * 2**20


@dataclass(frozen=True)
class _Body:
    """What there is to read, as `parse_feed` takes it."""

    content: bytes
    url: str
    feed_id: str
    content_type: str | None
    now: datetime | None


class Parser:
    """Reads feeds. One that takes longer than `seconds` or more than `memory_bytes` is unreadable, and says why.

    The other process is started when it is first needed, and again after it had to be stopped. Safe to share between
    threads, which then wait for each other.
    """

    def __init__(
        self, *, seconds: float = _SECONDS, memory_bytes: int = _MEMORY_BYTES, small_bytes: int = _SMALL_BYTES
    ) -> None:
        self._seconds, self._memory_bytes, self._small_bytes = seconds, memory_bytes, small_bytes
        self._worker: Worker[_Body, ParsedFeed] | None = None
        self._lock = threading.Lock()

    def __call__(
        self, body: bytes, *, url: str, feed_id: str, content_type: str | None = None, now: datetime | None = None
    ) -> ParsedFeed:
        """As `parse_feed`."""
        if len(body) <= self._small_bytes:
            feed = parse_quickly(body, url=url, feed_id=feed_id, content_type=content_type, now=now)
            if feed is not None:
                return feed
        with self._lock:
            answer = self._apart(_Body(body, url, feed_id, content_type, now))
        if isinstance(answer, ParsedFeed):
            return answer
        raise self._explained(answer, url)

    def close(self) -> None:
        """End the other process."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.end()
        self._worker = None

    def _apart(self, body: _Body) -> ParsedFeed | Exception:
        try:
            worker = self._ready()
            worker.give(body)
            answer = self._answer(worker)
        except Unstartable as error:
            self._worker = None
            mend = "Is there enough memory? The feed is asked again later."
            raise AssetsWrong(f"Cannot read feed {body.url}", why=str(error), mend=mend) from error
        if isinstance(answer, Died | Overran | MemoryError):
            self._stop()
        return answer

    def _ready(self) -> Worker[_Body, ParsedFeed]:
        if self._worker is not None and self._worker.is_alive:
            return self._worker
        self._stop()
        self._worker = worker = Worker(partial(_parsing, self._memory_bytes), self._seconds)
        while not worker.is_ready:
            self._await(worker)
        return worker

    def _answer(self, worker: Worker[_Body, ParsedFeed]) -> ParsedFeed | Exception:
        while True:
            answer = self._await(worker)
            if answer is not None:
                return answer

    def _await(self, worker: Worker[_Body, ParsedFeed]) -> ParsedFeed | Exception | None:
        if wait([worker.pipe], timeout=max(0.0, worker.deadline - time.monotonic())):
            return worker.take()
        return worker.overrun()

    def _explained(self, error: Exception, url: str) -> Exception:
        megabytes = self._memory_bytes // 2**20
        whys: dict[type[Exception], str] = {
            Overran: f"reading the document took longer than {self._seconds:g} seconds",
            MemoryError: f"reading the document took more than {megabytes} MiB of memory",
            Died: "the process that read the document died of it",
        }
        if type(error) not in whys:
            return error
        mend = "No feed is made like this: check the address; if it is right, tell the publisher, or remove the feed."
        return FeedUnreadable(f"Cannot read feed {url}", why=whys[type(error)], mend=mend)


def _parsing(memory_bytes: int) -> Callable[[_Body], ParsedFeed]:
    with suppress(OSError, ValueError):  # the machine itself may allow less
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    return _parsed


def _parsed(body: _Body) -> ParsedFeed:
    return parse_feed(body.content, url=body.url, feed_id=body.feed_id, content_type=body.content_type, now=body.now)
