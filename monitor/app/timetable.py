"""What the service does by itself, and when."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.app.polling import FeedTold, Polled, Polling

if TYPE_CHECKING:
    from monitor.app.service import App
    from monitor.tasks.timetable import Timetable


def timetable(app: "App", *, told: FeedTold, first: Callable[[Polled], None], stopping: threading.Event) -> "Timetable":
    """All that the service does by itself. `first` hears of the first round of feeds; `stopping` ends long work."""
    from monitor.tasks.timetable import Tick, Timetable

    schedule = app.settings.schedule
    rounds = _Rounds(app.polling, told, first)
    ticks = [
        Tick("poll", timedelta(seconds=schedule.poll_tick_seconds), rounds.poll),
        Tick("walk", timedelta(seconds=schedule.walk_tick_seconds), lambda: app.reading.drain(stopped=stopping.is_set)),
        Tick("digest", timedelta(seconds=schedule.digest_tick_seconds), app.digests.plan),
        Tick("mail", timedelta(seconds=schedule.mail_tick_seconds), app.digests.send_mail),
    ]
    if app.settings.web.meaning:
        threading.Thread(target=app.parts.encoder, daemon=True, name="encoder").start()
    return Timetable(ticks)


class _Rounds:
    """Polls of the running service. The first round tells of each feed as it answers, then how it went."""

    def __init__(self, polling: Polling, told: FeedTold, first: Callable[[Polled], None]) -> None:
        self._polling, self._told, self._first = polling, told, first
        self._is_first = True

    def poll(self) -> None:
        polled = self._polling.round(told=self._told if self._is_first else None)
        if self._is_first:
            self._is_first = False
            self._first(polled)
