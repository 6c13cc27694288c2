"""Asking feeds, and what came of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.app.parts import Parts
from monitor.app.reading import Reading
from monitor.domain.feed import Feed, FetchLine

if TYPE_CHECKING:
    from monitor.pipeline.walk import Done
    from monitor.tasks.inline import Progress

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
        from monitor.tasks.inline import poll_now

        wanted = [feed.id for feed in self._parts.store.feeds.list() if not feed.paused] if feed_ids is None else feed_ids
        polled = Polled()
        poll_now(self._parts.edges, wanted, told=self._telling(polled, told))
        if walk:
            polled.walked = self._reading.drain(progress=progress)
        return polled

    def poll_due(self, seconds: float, *, told: FeedTold | None = None, only: Sequence[str] | None = None) -> Polled:
        """Ask what is due, and walk, until this time is up."""
        from monitor.tasks.inline import drain, poll_due, until_due

        edges, end, polled = self._parts.edges, self._parts.now() + timedelta(seconds=seconds), Polled()
        telling = self._telling(polled, told)
        while True:
            taken = poll_due(edges, told=telling) if only is None else self._poll_those_due(only, telling)
            _add(polled.walked, drain(edges))
            left = end - self._parts.now()
            if left <= timedelta():
                return polled
            if not taken.taken:
                time.sleep(max(0.05, until_due(edges, min(left, timedelta(seconds=5))).total_seconds()))

    def _poll_those_due(self, only: Sequence[str], told: Callable[[Sequence[str]], None]) -> "Done":
        from monitor.tasks.inline import poll_now

        due = self._parts.store.feeds.due(self._parts.now(), 1000)
        return poll_now(self._parts.edges, [one for one in due if one in only], told=told)

    def round(self, *, told: FeedTold | None = None) -> Polled:
        """Ask what is due now."""
        from monitor.tasks.inline import poll_due

        polled = Polled()
        while poll_due(self._parts.edges, told=self._telling(polled, told)).taken:
            pass
        return polled

    def _telling(self, polled: Polled, told: FeedTold | None) -> Callable[[Sequence[str]], None]:
        """A listener that counts what feeds answer, and hands each answer on."""

        def tell(ids: Sequence[str]) -> None:
            for one in ids:
                feed, lines = self._parts.store.feeds.get(one), self._parts.store.feeds.history(one, 1)
                line = lines[0] if lines else FetchLine(one, self._parts.now(), feed.status, error=feed.last_error)
                _count(polled, feed, line)
                if told is not None:
                    told(feed, line)

        return tell


def _count(polled: Polled, feed: Feed, line: FetchLine) -> None:
    polled.asked += 1
    polled.entries += line.new_entries
    if line.status == "ok":
        polled.ok += 1
    elif line.status == "not_modified":
        polled.unchanged += 1
    elif line.status == "held":
        polled.held += 1
    else:
        polled.failed.append(feed)


def _add(sums: "dict[str, Done]", more: "dict[str, Done]") -> None:
    for name, done in more.items():
        if name in sums:
            sums[name].add(done)
        else:
            sums[name] = done
