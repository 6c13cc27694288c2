"""What the service does by itself, and when."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from monitor.app.polling import FeedTold, Polled, Polling
from monitor.domain.feed import Feed, FetchLine

if TYPE_CHECKING:
    from monitor.app.service import App
    from monitor.tasks.polling import Poller
    from monitor.tasks.timetable import Timetable


def timetable(app: "App", *, told: FeedTold, first: Callable[[Polled], None], stopping: threading.Event) -> "Timetable":
    """All that the service does by itself. `first` hears of the first round of feeds; `stopping` ends long work."""
    from monitor.tasks.timetable import Tick, Timetable

    schedule = app.settings.schedule
    rounds = _Rounds(app.polling, told, first, stopping)
    ticks = [
        Tick("poll", timedelta(seconds=schedule.poll_tick_seconds), rounds.poll),
        Tick("walk", timedelta(seconds=schedule.walk_tick_seconds), lambda: app.reading.drain(stopped=stopping.is_set)),
        Tick("digest", timedelta(seconds=schedule.digest_tick_seconds), app.digests.plan),
        Tick("mail", timedelta(seconds=schedule.mail_tick_seconds), app.digests.send_mail),
        Tick("watch", timedelta(seconds=schedule.watch_tick_seconds), app.watching.tell),
    ]
    threading.Thread(target=app.searching.prepare, daemon=True, name="search").start()
    return Timetable(ticks)


class _Rounds:
    """Polls of the running service. Of the feeds that are due at the start it tells each, then how it went with them."""

    def __init__(
        self, polling: Polling, told: FeedTold, first: Callable[[Polled], None], stopping: threading.Event
    ) -> None:
        self._polling, self._told, self._first, self._stopping = polling, told, first, stopping
        self._polled, self._awaited = Polled(), set[str]()
        self._is_first = True

    @cached_property
    def _poller(self) -> "Poller":
        return self._polling.poller(self._hear)

    def poll(self) -> None:
        """Ask what is due until nothing is."""
        if self._is_first:
            self._awaited = self._polling.due()
        self._poller.ask_due(self._stopping.is_set)
        self._end_first()

    def _hear(self, feed: Feed, line: FetchLine) -> None:
        if not self._is_first:
            return
        self._polled.count(feed, line)
        self._told(feed, line)
        self._awaited.discard(feed.id)
        if not self._awaited:
            self._end_first()

    def _end_first(self) -> None:
        if self._is_first:
            self._is_first = False
            self._first(self._polled)
