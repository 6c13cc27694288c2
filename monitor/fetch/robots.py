"""Rules of a host → may this address be fetched, and how fast? RFC 9309."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from monitor.domain.page import Page
from monitor.errors import FetchFailed, FetchRefused

_LONGEST_CRAWL_DELAY = 30.0
_MOST_HOSTS = 5_000
_UNREACHABLE_AGAIN_SECONDS = 600.0
_RATE_LIMITED = 429


@dataclass
class _Known:
    """The rules of a host, or the failure to get them. `until`: monotonic seconds."""

    rules: Protego | None
    failure: FetchFailed | None
    until: float


class Robots:
    """The robots.txt of hosts, each asked for once in `cache_seconds`.

    `ask` fetches an address; `product` is the name by which the rules call us.
    """

    def __init__(self, ask: Callable[[str], Page], product: str, cache_seconds: float) -> None:
        self._ask = ask
        self._product = product
        self._cache_seconds = cache_seconds
        self._known: dict[str, _Known] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> float:
        """The pause in seconds that the host wants between two pages, 0 if it wants none.

        Raises FetchRefused where the rules forbid this address, FetchFailed (try again) where the host cannot say now.
        """
        known = self._of(url)
        if known.failure is not None:
            raise known.failure
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(url, self._product):
            raise FetchRefused(
                f"Did not ask {url}",
                why=f"robots.txt of {urlsplit(url).hostname} forbids it to {self._product}",
                mend="The entry stays with what the feed says of it; ask the publisher for leave if you need the text.",
            )
        return min(float(known.rules.crawl_delay(self._product) or 0.0), _LONGEST_CRAWL_DELAY)

    def _of(self, url: str) -> _Known:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:  # one thread asks, the others of this site wait for the answer
            known = self._known.get(site)
            if known is None or known.until <= time.monotonic():
                known = self._fetched(site)
                with self._lock:
                    if len(self._known) >= _MOST_HOSTS:
                        self._known.clear()
                    self._known[site] = known
            return known

    def _fetched(self, site: str) -> _Known:
        try:
            page = self._ask(f"{site}/robots.txt")
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != _RATE_LIMITED:
                return _Known(None, None, time.monotonic() + self._cache_seconds)  # no rules: all is allowed
            waiting = FetchFailed(
                f"Waiting for {site}/robots.txt",
                why=error.why,
                mend="Pages of this host are asked for again when its rules can be read.",
                status=error.status,
                retry_after_seconds=error.retry_after_seconds or _UNREACHABLE_AGAIN_SECONDS,
            )
            return _Known(None, waiting, time.monotonic() + _UNREACHABLE_AGAIN_SECONDS)
        rules = Protego.parse(page.body.decode("utf-8", "replace"))
        return _Known(rules, None, time.monotonic() + self._cache_seconds)
