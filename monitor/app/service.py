"""App: the service over one database. What can be done with it stands in a file for each noun."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.app.digests import Digests
from monitor.app.feeds import Feeds
from monitor.app.health import Health, health, kept
from monitor.app.judging import Judging
from monitor.app.parts import Parts
from monitor.app.polling import FeedTold, Polled, Polling
from monitor.app.quality import Quality
from monitor.app.reading import Reading
from monitor.app.search import Searching
from monitor.app.timetable import timetable
from monitor.app.watching import Watching
from monitor.domain.claim import Claim
from monitor.domain.kept import Kept
from monitor.domain.unit import Units

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.storage.store import Store
    from monitor.tasks.timetable import Timetable


class App:
    """The service over one database. Close it when done. Safe to share between threads."""

    def __init__(
        self, settings: "Settings", config: Path | None = None, *, now: Callable[[], datetime] | None = None
    ) -> None:
        self.parts = parts = Parts(settings, config, now=now)
        self.reading = Reading(parts)
        self.feeds = Feeds(parts)
        self.polling = Polling(parts, self.reading)
        self.quality = Quality(parts)
        self.digests = Digests(parts)
        self.searching = Searching(parts)
        self.judging = Judging(parts)
        self.watching = Watching(parts)

    @property
    def settings(self) -> "Settings":
        """What the operator set."""
        return self.parts.settings

    @property
    def store(self) -> "Store":
        """The database."""
        return self.parts.store

    @property
    def units(self) -> Units:
        """The table of units."""
        return self.parts.units

    def now(self) -> datetime:
        """The present instant, UTC; the moment that a replay has reached, where one was given."""
        return self.parts.now()

    def health(self) -> Health:
        """How the service is."""
        return health(self.parts)

    def permalink(self, claim: Claim) -> str:
        """The address of a claim's page for others."""
        return f"{self.parts.base_url}/claims/{claim.id}"

    def kept(self, feed_id: str | None = None) -> Kept:
        """How many articles there are (None: of all feeds), and which of them are not read or not whole."""
        return kept(self.parts, feed_id)

    def timetable(self, *, told: FeedTold, first: Callable[[Polled], None], stopping: threading.Event) -> "Timetable":
        """All that the service does by itself. `first` hears of the first round of feeds; `stopping` ends long work."""
        return timetable(self, told=told, first=first, stopping=stopping)

    def site(self) -> Any:
        """The archive as an ASGI application."""
        from monitor.web.site import create

        return create(self)

    def close(self) -> None:
        """Give back rows, connections and processes."""
        self.parts.close()


def open_app(config: Path | None = None) -> App:
    """The service as set by this file (None: the one in use) and the environment. SettingsWrong."""
    from monitor.settings import config_path, load

    path = config or config_path()
    return App(load(path), path)
