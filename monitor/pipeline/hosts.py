"""Hosts of pages: which are to be left alone, and which have just shown that they do not answer."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from monitor.errors import FetchFailed
from monitor.feeds.decide import host_pause
from monitor.pipeline.articles import host_of
from monitor.pipeline.edges import Edges


class Hosts:
    """What is known of hosts while one batch of pages is asked. Safe to share between threads.

    One that does not answer keeps the pages of a batch waiting one after the other, and all that comes behind them: the
    others of its pages are left for later.
    """

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._holds = edges.store.feeds.holds(edges.now())
        self._silent: set[str] = set()
        self._asked: Counter[str] = Counter()

    def held_until(self, url: str) -> datetime | None:
        """Until when the host of a page asked to be left alone; None where it may be asked."""
        return self._holds.get(host_of(url))

    def count(self, url: str) -> int:
        """How many pages of this host have been counted in this batch, this one included."""
        self._asked[host_of(url)] += 1
        return self._asked[host_of(url)]

    @contextmanager
    def asked(self, url: str) -> Iterator[None]:
        """Around a request: FetchFailed where the host is not to be asked now."""
        host, until = host_of(url), self.held_until(url)
        if until is not None:
            wait = (until - self._edges.now()).total_seconds()
            raise _not_asked(url, f"the server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC", wait)
        if host in self._silent:
            raise _not_asked(url, "its server has just given no answer")
        try:
            yield
        except FetchFailed as error:
            if error.status is None and error.retry:
                self._silent.add(host)
            raise

    def rest(self, url: str, error: Exception) -> None:
        """Leave alone, for pages and feeds alike, the host that asked for fewer requests."""
        if not isinstance(error, FetchFailed):
            return
        asked = None if error.retry_after_seconds is None else timedelta(seconds=error.retry_after_seconds)
        pause = host_pause(error.status, asked, 0, rhythm=self._edges.limits.rhythm)
        if pause is not None:
            host = host_of(error.url or url)
            self._edges.store.feeds.hold_host(host, self._edges.now() + pause.length, pause.reason)


def _not_asked(url: str, why: str, seconds: float | None = None) -> FetchFailed:
    return FetchFailed(f"Did not ask {url}", why=why, mend="It is asked later.", retry_after_seconds=seconds)
