"""Rules of a site → may this address be fetched, and how fast? RFC 9309."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from monitor.domain.page import Page
from monitor.domain.robots import RobotsRules
from monitor.errors import FetchFailed, FetchRefused
from monitor.fetch.connections import Proxy
from monitor.fetch.target import Target

_MOST_SITES = 500
_RATE_LIMITED = 429

Ask = Callable[[str, Proxy | None], Page]
"""Fetches an address, straight or through a proxy."""


class RobotsMemory(Protocol):
    """Keeps the rules of sites over restarts."""

    def get(self, site: str) -> RobotsRules | None: ...

    def put(self, rules: RobotsRules) -> None: ...


@dataclass(frozen=True)
class Manners:
    """How robots.txt is kept to. `product`: the name by which the rules call us.

    `keep`: how long rules hold; `again`: the pause before a site that could not say its rules is asked for them again;
    `longest_delay_seconds`: the most of a Crawl-delay that is kept; `most_bytes`: read of a robots.txt.
    """

    product: str
    keep: timedelta = timedelta(hours=24)
    again: timedelta = timedelta(minutes=10)
    longest_delay_seconds: float = 30.0
    most_bytes: int = 512_000  # RFC 9309, section 2.5: at least 500 KiB are to be read


class Robots:
    """The robots.txt of sites, each asked for once until it is out of date. One thread asks, the others wait for it."""

    def __init__(
        self, ask: Ask, manners: Manners, now: Callable[[], datetime], memory: RobotsMemory | None = None
    ) -> None:
        self._ask, self._manners, self._now, self._memory = ask, manners, now, memory
        self._known: dict[str, tuple[RobotsRules, Protego]] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, target: Target, proxy: Proxy | None = None) -> float:
        """The pause in seconds that the site wants between two pages, 0 if it wants none.

        Raises FetchRefused where the rules forbid this address or may not be asked for, FetchFailed (try again) where the
        site cannot say now.
        """
        rules, parsed = self._of(target.site, proxy)
        if rules.trouble:
            raise FetchFailed(
                f"Waiting for {rules.site}/robots.txt",
                why=rules.trouble,
                mend="Pages of this site are asked for again when its rules can be read.",
                status=rules.status,
                retry_after_seconds=max(1.0, (rules.until - self._now()).total_seconds()),
            )
        product = self._manners.product
        if not parsed.can_fetch(target.url, product):
            raise FetchRefused(
                f"Did not ask {target.url}",
                why=f"robots.txt of {target.host} forbids it to {product}",
                mend="The entry stays with what the feed says of it; ask the publisher for leave if you need the text.",
            )
        return max(0.0, min(float(parsed.crawl_delay(product) or 0.0), self._manners.longest_delay_seconds))

    def _of(self, site: str, proxy: Proxy | None) -> tuple[RobotsRules, Protego]:
        with self._lock:
            asking = self._asking.setdefault(site, threading.Lock())
        with asking:
            known = self._known.get(site) or self._remembered(site)
            if known is None or known[0].until <= self._now():
                rules = self._asked(site, proxy)
                if self._memory is not None:
                    self._memory.put(rules)
                known = _parsed(rules)
            self._keep(site, known)
            return known

    def _remembered(self, site: str) -> tuple[RobotsRules, Protego] | None:
        rules = self._memory.get(site) if self._memory is not None else None
        return None if rules is None else _parsed(rules)

    def _keep(self, site: str, known: tuple[RobotsRules, Protego]) -> None:
        with self._lock:
            self._known[site] = known
            if len(self._known) > _MOST_SITES:
                oldest = next(iter(self._known))
                del self._known[oldest]
                self._asking.pop(oldest, None)

    def _asked(self, site: str, proxy: Proxy | None) -> RobotsRules:
        manners, address = self._manners, f"{site}/robots.txt"
        try:
            body = self._ask(address, proxy).body
        except FetchFailed as error:
            if error.status is not None and 300 <= error.status < 500 and error.status != _RATE_LIMITED:
                return RobotsRules(site, None, self._now() + manners.keep)  # no rules: all is allowed
            asked = timedelta(seconds=min(error.retry_after_seconds or 0.0, manners.keep.total_seconds()))
            until = self._now() + max(manners.again, asked)
            return RobotsRules(site, None, until, error.why, error.status)
        if len(body) >= manners.most_bytes:
            body = body[: body.rfind(b"\n") + 1]  # the line that was cut is another one than was meant
        return RobotsRules(site, body.decode("utf-8-sig", "replace"), self._now() + manners.keep)


def _parsed(rules: RobotsRules) -> tuple[RobotsRules, Protego]:
    return rules, Protego.parse(rules.body or "")
