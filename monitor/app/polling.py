"""Asking feeds, and what came of it."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monitor.app.parts import Parts
from monitor.app.reading import Reading
from monitor.domain.feed import Feed, FetchLine

if TYPE_CHECKING:
    from monitor.pipeline.walk import Done
    from monitor.tasks.inline import Progress
    from monitor.tasks.polling import Poller

_MOST_DUE = 10_000

FeedTold = Callable[[Feed, FetchLine], None]
"""Hears of each feed as it answers."""


@dataclass
class Polled:
    """What came of asking feeds. `held`: not asked, as their servers want. `failed`: feeds as they are after it."""

    asked: int = 0
    ok: int = 0
    unchanged: int = 0
    held: int = 0
    failed: list[Feed] = field(default_factory=list)
    entries: int = 0
    walked: "dict[str, Done]" = field(default_factory=dict)

    def count(self, feed: Feed, line: FetchLine) -> None:
        """Count the answer of a feed in."""
        self.asked += 1
        self.entries += line.new_entries
        if line.status == "ok":
            self.ok += 1
        elif line.status == "not_modified":
            self.unchanged += 1
        elif line.status == "held":
            self.held += 1
        else:
            self.failed.append(feed)

    def add_walk(self, more: "dict[str, Done]") -> None:
        """Count another walk in."""
        for name, done in more.items():
            if name in self.walked:
                self.walked[name].add(done)
            else:
                self.walked[name] = done


class Polling:
    """Asks feeds, due or not, and has read what they bring."""

    def __init__(self, parts: Parts, reading: Reading) -> None:
        self._parts, self._reading = parts, reading

    def poll(
        self,
        feed_ids: Sequence[str] | None = None,
        *,
        told: FeedTold | None = None,
        progress: "Progress | None" = None,
        walk: bool = True,
    ) -> Polled:
        """Ask these feeds (None: all) now, due or not, then walk until all is done."""
        polled = Polled()
        live = {feed.id: feed.fetch_url for feed in self._parts.store.feeds.list() if not feed.paused}
        wanted = live if feed_ids is None else {one: live[one] for one in feed_ids if one in live}
        with self._polling(_counting(polled, told)) as poller:
            poller.ask(wanted)
        if walk:
            polled.walked = self._reading.drain(progress=progress)
        return polled

    def poll_due(
        self, seconds: float, *, told: FeedTold | None = None, only: Sequence[str] | None = None, walk: bool = True
    ) -> Polled:
        """Ask what is due and walk beside it until this time is up, then walk until all is done."""
        polled, over, end = Polled(), threading.Event(), time.monotonic() + seconds

        def is_over() -> bool:
            return over.is_set() or time.monotonic() >= end

        schedule = self._parts.settings.schedule
        with self._polling(_counting(polled, told), only) as poller, ThreadPoolExecutor(1, "polling") as beside:
            asking = beside.submit(_keep_asking, poller, is_over, schedule.poll_tick_seconds)
            try:
                while walk and not asking.done():
                    polled.add_walk(self._reading.drain())
                    wait([asking], schedule.walk_tick_seconds)
                wait([asking])
            finally:
                over.set()
            asking.result()
        if walk:
            polled.add_walk(self._reading.drain())
        return polled

    def due(self) -> set[str]:
        """Ids of the feeds that are due now."""
        return set(self._parts.store.polls.due(self._parts.now(), _MOST_DUE))

    def poller(self, told: FeedTold, only: Collection[str] | None = None) -> "Poller":
        """What asks feeds. Close it when done."""
        from monitor.tasks.polling import Poller

        return Poller(self._parts.edges, told=told, only=only)

    @contextmanager
    def _polling(self, told: FeedTold, only: Collection[str] | None = None) -> "Iterator[Poller]":
        poller = self.poller(told, only)
        try:
            yield poller
        finally:
            poller.close()


def _keep_asking(poller: "Poller", is_over: Callable[[], bool], tick_seconds: float) -> None:
    while not is_over():
        poller.ask_due(is_over)
        time.sleep(0.0 if is_over() else tick_seconds)


def _counting(polled: Polled, told: FeedTold | None) -> FeedTold:
    """A listener that counts what feeds answer, and hands each answer on."""

    def tell(feed: Feed, line: FetchLine) -> None:
        polled.count(feed, line)
        if told is not None:
            told(feed, line)

    return tell
