"""Polite HTTP: conditional requests, limits of time and size, a pause for each host, no way into private networks."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from monitor.domain.page import Page
from monitor.errors import FetchFailed, FetchRefused, SettingsWrong
from monitor.fetch.addresses import networks, public_or, refused
from monitor.fetch.bodies import Limits
from monitor.fetch.connections import Connections, Proxy, proxy_of
from monitor.fetch.deadline import Allowance, Deadline
from monitor.fetch.exchange import HEAD_BYTES, Answer, Asked, Exchange, Unauthorized, sendable
from monitor.fetch.failures import Stopped, failed, translated
from monitor.fetch.logins import Logins
from monitor.fetch.network import CheckedNetwork, Resolver
from monitor.fetch.robots import Manners, Robots, RobotsMemory
from monitor.fetch.target import Login, Target, redirected, target_of
from monitor.fetch.turns import Closed, Turns

_HOOK_BYTES = 16_384
STRAIGHT = "direct"
"""Stands for no proxy, where one is usual."""


class Client:
    """Gets feeds and pages. One client serves all threads; settings come as values.

    `pause_per_host_seconds`: between the starts of two requests to a host. `exchange_seconds`: for a whole request with
    its redirects, whatever the server drips; waiting for a turn does not count. `allow_networks`: private networks that
    may be asked. `contact`: an address of a person or page, in the User-Agent. `proxy`: through which all is asked, or
    empty; its own address is not checked. `now`: the time, for rules that hold until then. `resolve`: for tests.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        product: str = "claim-monitor",
        version: str = "0",
        contact: str = "",
        allow_networks: Sequence[str] = (),
        pause_per_host_seconds: float = 1.0,
        feeds_at_once_per_host: int = 2,
        pages_at_once_per_host: int = 1,
        connect_seconds: float = 10.0,
        exchange_seconds: float = 30.0,
        feed_wire_bytes: int = 10_000_000,
        feed_body_bytes: int = 30_000_000,
        page_wire_bytes: int = 5_000_000,
        page_body_bytes: int = 15_000_000,
        redirects: int = 5,
        obey_robots: bool = True,
        robots_cache_seconds: float = 86_400.0,
        robots_retry_seconds: float = 600.0,
        robots_bytes: int = 512_000,
        longest_crawl_delay_seconds: float = 30.0,
        robots_memory: RobotsMemory | None = None,
        proxy: str = "",
        ca_file: Path | None = None,
        resolve: Resolver | None = None,
    ) -> None:
        self._exchange_seconds, self._redirects, self._proxy = exchange_seconds, redirects, _usual_proxy(proxy)
        self._may_connect = public_or(networks(allow_networks))
        self._deadline = Deadline()
        self._connections = Connections(
            CheckedNetwork(self._deadline, self._may_connect, resolve),
            CheckedNetwork(self._deadline, lambda address: True, resolve),
            ca_file,
        )
        limits = {
            "feed": Limits(feed_wire_bytes, feed_body_bytes),
            "page": Limits(page_wire_bytes, page_body_bytes),
            "robots": Limits(robots_bytes, robots_bytes, cut=True),
            "hook": Limits(_HOOK_BYTES, _HOOK_BYTES, cut=True),
        }
        agent = _agent(product, version, contact)
        self._exchange = Exchange(self._connections, self._deadline, agent=agent, limits=limits, seconds=connect_seconds)
        at_once = {"feed": feeds_at_once_per_host, "page": pages_at_once_per_host, "robots": 1, "hook": 1}
        self._turns = Turns(pause_per_host_seconds, at_once)
        self._logins = Logins()
        manners = Manners(
            product,
            timedelta(seconds=robots_cache_seconds),
            timedelta(seconds=robots_retry_seconds),
            longest_crawl_delay_seconds,
            robots_bytes,
        )
        self._robots = Robots(self._ask_robots, manners, now, robots_memory) if obey_robots else None
        self._is_closed = False

    def get(
        self,
        url: str,
        *,
        kind: str = "feed",
        etag: str | None = None,
        last_modified: str | None = None,
        login: Login | None = None,
        proxy: str | None = None,
    ) -> Page:
        """The answer at the end of the redirects: a body, or a 304 where validators were given and still hold.

        `kind`: feed or page; robots.txt governs pages. `login`: user name and password for the site of this address and
        no other. `proxy`: instead of the usual one; `direct` for none. Raises FetchRefused where we do not ask,
        FetchFailed for everything that went wrong on the way; its `retry` says whether the same call could succeed later;
        Stopped once the client is closed.
        """
        target = target_of(url)
        through = _through(proxy) if proxy else self._proxy
        conditions = sendable({"If-None-Match": etag, "If-Modified-Since": last_modified})
        return self._follow(Asked(target, kind, conditions, proxy=through), login or target.login)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
        """The answer to a body that is sent, if its status is 2xx; only the beginning of it is read.

        A redirect is not followed: what is sent is meant for this address alone. Raises FetchRefused, FetchFailed and
        Stopped as `get` does.
        """
        target = target_of(url)
        asked = Asked(target, "hook", {}, proxy=self._proxy, body=body, headers=headers)
        answer = self._answer(asked, Allowance(self._exchange_seconds))
        if isinstance(answer, Page):
            return answer
        if isinstance(answer, Unauthorized):
            raise answer.failure
        mend = "Give the address at which it ends."
        raise failed(target.url, "the server redirects, which is not followed", mend, status=answer.status)

    def check(self, url: str) -> None:
        """Raises FetchRefused for what is no address, and for one that shows that it leads nowhere public."""
        self._check_proxied(target_of(url))

    def keeping(self) -> AbstractContextManager[None]:
        """For work on what `get` brings inside: a large body takes up room to the end, and there is room for few."""
        return self._exchange.keeping()

    def rest(self, host: str) -> float:
        """Seconds until a host may be asked again, as its pause wants; 0 if it may be asked now."""
        return self._turns.rest(host)

    def close(self) -> None:
        """Ends all waiting and closes all connections."""
        self._is_closed = True
        self._turns.close()
        self._deadline.interrupt()
        self._connections.close()

    def _ask_robots(self, url: str, proxy: Proxy | None) -> Page:
        return self._follow(Asked(target_of(url), "robots", {}, proxy=proxy), None)

    def _follow(self, first: Asked, login: Login | None) -> Page:
        hops: list[tuple[int, str]] = []
        time = Allowance(self._exchange_seconds)
        asked, has_answered = self._authorized(first, first.target, login), False
        while True:
            answer = self._answer(asked, time)
            if isinstance(answer, Page):
                return replace(answer, hops=tuple(hops))
            if isinstance(answer, Unauthorized):
                header = self._logins.answer(asked.target, login, answer.headers) if login and not has_answered else None
                if header is None:
                    raise answer.failure
                asked, has_answered = replace(asked, authorization=header), True
                continue
            target = target_of(redirected(asked.target, answer.location))
            hops.append((answer.status, target.url))
            self._check_hops(first.target.url, hops)
            asked = self._authorized(replace(first, target=target), first.target, login)

    def _authorized(self, asked: Asked, home: Target, login: Login | None) -> Asked:
        """The request with the header for a password, where it goes to the site that the password is for."""
        if login is None or not _is_home(asked.target, home):
            return asked
        return replace(asked, authorization=self._logins.header(asked.target, login))

    def _answer(self, asked: Asked, time: Allowance) -> Answer:
        """The answer to one request, when it is its turn."""
        target, pause = asked.target, 0.0
        if asked.proxy is not None:
            self._check_proxied(target)
        if asked.kind == "page" and self._robots is not None:
            pause = self._robots.check(target, asked.proxy)
        try:
            with (
                self._turns.turn(target.host, asked.kind, pause),
                self._deadline.within(time, HEAD_BYTES),
                translated(target.url, self._exchange_seconds),
            ):
                return self._exchange(asked)
        except (Closed, FetchFailed) as error:
            if self._is_closed:
                raise Stopped(target.url) from error
            raise

    def _check_proxied(self, target: Target) -> None:
        """What is asked through a proxy is resolved there. What leads nowhere public is refused as far as it shows."""
        is_here = target.host == "localhost" or target.host.endswith(".localhost")
        literal = ip_address("127.0.0.1") if is_here else target.literal
        if literal is not None and not self._may_connect(literal):
            raise refused(target.host, literal)

    def _check_hops(self, url: str, hops: Sequence[tuple[int, str]]) -> None:
        places = [url, *(target for _, target in hops)]
        is_circle = len(set(places)) < len(places)
        if is_circle or len(hops) > self._redirects:
            why = "the redirects go round in a circle" if is_circle else f"more than {self._redirects} redirects"
            mend = "Open the address in a browser, and use the address where it ends."
            raise failed(url, why, mend, status=hops[-1][0])


def _is_home(target: Target, home: Target) -> bool:
    """Whether a password for one site may go to the other: the same one, or the same one encrypted."""
    if target.site == home.site:
        return True
    return target.host == home.host and (home.scheme, home.port, target.scheme, target.port) == ("http", 80, "https", 443)


def _through(proxy: str) -> Proxy | None:
    return None if proxy in ("", STRAIGHT) else proxy_of(proxy)


def _usual_proxy(proxy: str) -> Proxy | None:
    """The proxy of the settings. SettingsWrong where it is none."""
    try:
        return _through(proxy)
    except FetchRefused as error:
        raise SettingsWrong("The setting fetch.proxy is wrong", why=error.why, mend=error.mend) from error


def _agent(product: str, version: str, contact: str) -> str:
    """What we call ourselves. SettingsWrong where the contact cannot stand in a header."""
    if not re.fullmatch(r"[\x21-\x27\x2a-\x7e ]*", contact):
        mend = "Write an address of a page or a mail address, such as https://example.org/about (fetch.contact)."
        raise SettingsWrong(f"Cannot use {contact!r} as a contact", why="it has characters no header takes", mend=mend)
    return f"{product}/{version}" + (f" (+{contact.strip()})" if contact.strip() else "")
