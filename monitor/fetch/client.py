"""Polite HTTP: conditional requests, limits of time and size, a pause for each host, no way into private networks."""

import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from monitor.domain.page import Page
from monitor.errors import FetchFailed, FetchRefused
from monitor.fetch.addresses import CheckedNetwork, Resolver, allowed_networks
from monitor.fetch.bodies import ACCEPTED, Garbled, TooLarge, read_body
from monitor.fetch.deadline import Deadline
from monitor.fetch.failures import failed, refused_by_server, shown, too_large, translated
from monitor.fetch.robots import Robots
from monitor.fetch.transport import Transport, trust
from monitor.fetch.turns import Closed, Turns

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5: at least 500 KiB are to be read


@dataclass(frozen=True)
class Limits:
    """Bytes of a body on the wire and after expansion."""

    wire_bytes: int
    body_bytes: int


class Client:
    """Gets feeds and pages. One client serves all threads; settings come as values.

    `pause_per_host_seconds`: between the starts of two requests to a host. `exchange_seconds`: for a whole request with
    its redirects, whatever the server drips; waiting for a turn does not count. `allow_networks`: private networks that
    may be asked. `contact`: an address of a person or page, in the User-Agent. `resolve`: for tests of name servers.
    """

    def __init__(
        self,
        *,
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
        robots_cache_seconds: float = 86_400.0,
        obey_robots: bool = True,
        ca_file: Path | None = None,
        resolve: Resolver | None = None,
    ) -> None:
        self._agent = f"{product}/{version}" + (f" (+{contact})" if contact else "")
        self._limits = {
            "feed": Limits(feed_wire_bytes, feed_body_bytes),
            "page": Limits(page_wire_bytes, page_body_bytes),
            "robots": Limits(_ROBOTS_BYTES, _ROBOTS_BYTES),
        }
        self._connect_seconds = connect_seconds
        self._exchange_seconds = exchange_seconds
        self._redirects = redirects
        self._deadline = Deadline()
        at_once = {"feed": feeds_at_once_per_host, "page": pages_at_once_per_host, "robots": 1}
        self._turns = Turns(pause_per_host_seconds, at_once)
        self._robots = Robots(self._ask_robots, product, robots_cache_seconds) if obey_robots else None
        network = CheckedNetwork(self._deadline, allowed_networks(allow_networks), resolve)
        self._transport = Transport(network, trust(ca_file))

    def get(self, url: str, *, kind: str = "feed", etag: str | None = None, last_modified: str | None = None) -> Page:
        """The answer at the end of the redirects: a body, or a 304 where validators were given and still hold.

        `kind`: feed or page; robots.txt governs pages. Raises FetchRefused where we do not ask, FetchFailed for
        everything that went wrong on the way; its `retry` says whether the same call could succeed later.
        """
        conditions = {"if-none-match": etag, "if-modified-since": last_modified}
        return self._follow(url, kind, {name: value for name, value in conditions.items() if value})

    def close(self) -> None:
        """Ends all waiting and closes all connections."""
        self._turns.close()
        self._transport.close()

    def _ask_robots(self, url: str) -> Page:
        return self._follow(url, "robots", {})

    def _follow(self, url: str, kind: str, conditions: Mapping[str, str]) -> Page:
        hops: list[tuple[int, str]] = []
        current, seconds = url, self._exchange_seconds
        while True:
            host = _checked_host(current)
            pause = self._robots.check(current) if self._robots is not None and kind == "page" else 0.0
            started = 0.0
            try:
                with self._turns.turn(host, kind, pause):
                    started = time.monotonic()
                    with self._deadline.within(seconds), translated(current, self._exchange_seconds):
                        answer = self._exchange(current, kind, conditions)
            except Closed:
                raise FetchFailed(
                    f"Did not ask {shown(current)}", why="the program is being stopped", mend="Start it again."
                ) from None
            seconds = max(0.05, seconds - (time.monotonic() - started))
            if isinstance(answer, Page):
                return Page(answer.url, answer.status, answer.headers, answer.body, tuple(hops))
            hops.append(answer)
            current = answer[1]
            self._check_hops(url, hops)

    def _check_hops(self, url: str, hops: Sequence[tuple[int, str]]) -> None:
        targets = [target for _, target in hops]
        if len(targets) > self._redirects or len({url, *targets}) <= len(targets):
            is_circle = len({url, *targets}) <= len(targets)
            why = "the redirects go round in a circle" if is_circle else f"more than {self._redirects} redirects"
            raise failed(url, why, "Open the address in a browser, and use the address where it ends.")

    def _exchange(self, url: str, kind: str, conditions: Mapping[str, str]) -> Page | tuple[int, str]:
        """One request: the page, or the status and target of a redirect."""
        headers = {
            "user-agent": self._agent,
            "accept": _ACCEPT[kind],
            "accept-encoding": ACCEPTED,
            **_credentials(url),
            **conditions,
        }
        timeout = httpx.Timeout(self._exchange_seconds, connect=self._connect_seconds)
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout.as_dict()})
        response = self._transport.handle_request(request)
        try:
            status = response.status_code
            answered = {name.lower(): value for name, value in response.headers.items()}
            if status in REDIRECTS and answered.get("location"):
                return status, _target(url, answered["location"])
            if status == HTTPStatus.NOT_MODIFIED and conditions:
                return Page(url, status, answered, b"")
            if not 200 <= status < 300:
                raise refused_by_server(url, status, answered)
            return Page(url, status, answered, self._body(response, url, kind))
        finally:
            response.close()

    def _body(self, response: httpx.Response, url: str, kind: str) -> bytes:
        limits = self._limits[kind]
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > limits.wire_bytes:
            raise too_large(url, limits.wire_bytes, expanded=False)
        encoding = response.headers.get("content-encoding", "")
        try:
            return read_body(
                response.iter_raw(65_536), encoding, wire_limit=limits.wire_bytes, body_limit=limits.body_bytes
            )
        except TooLarge as error:
            raise too_large(url, error.limit_bytes, expanded=error.expanded) from error
        except Garbled as error:
            raise FetchFailed(
                f"Cannot fetch {shown(url)}",
                why=str(error),
                mend="It is tried again; if it stays so, tell the publisher.",
            ) from error


def _checked_host(url: str) -> str:
    """The host of an address that may be asked at all. Raises FetchRefused for anything but http and https."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchRefused(f"Did not ask {url}", why=f"this is no address ({error})", mend="Correct it.") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise FetchRefused(
            f"Did not ask {shown(url)}",
            why="only addresses that begin with http:// or https:// are read",
            mend="Correct the address.",
        )
    return host.lower()


def _target(url: str, location: str) -> str:
    """Where a redirect leads. The fragment of the old address is not carried along: no page of ours needs it."""
    return urljoin(url, location.strip())


def _credentials(url: str) -> dict[str, str]:
    """The header for a user name and password that stand in this very address; those of another never come along."""
    parts = urlsplit(url)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}
