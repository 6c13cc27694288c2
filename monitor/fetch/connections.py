"""Connections to servers, straight or through a proxy, each used for one exchange at a time and kept for the next.

HTTP/1.1 alone: where several exchanges share a connection, none of them has a deadline of its own.
"""

import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import httpcore
import httpx

from monitor.domain.url import without_login
from monitor.errors import FetchRefused, SettingsWrong
from monitor.fetch.target import Login, Target

_KEPT_SECONDS = 15.0
_MOST_KEPT = 64
_PROXIES = ("http", "https", "socks5", "socks5h")
_HUNG_UP = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)


@dataclass(frozen=True)
class Proxy:
    """What stands between us and a server. `login`: for the proxy itself."""

    url: str
    login: Login | None

    @property
    def scheme(self) -> str:
        return self.url.partition(":")[0]


def proxy_of(text: str) -> Proxy:
    """Raises FetchRefused for what is no address of a proxy."""
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL as error:
        raise _no_proxy(text, str(error)) from error
    if url.scheme not in _PROXIES or not url.host:
        raise _no_proxy(text, f"it does not begin with one of {', '.join(f'{scheme}://' for scheme in _PROXIES)}")
    login = (url.username, url.password) if url.userinfo else None
    return Proxy(str(url.copy_with(userinfo=b"", path="/", query=None, fragment=None)), login)


def _no_proxy(text: str, why: str) -> FetchRefused:
    mend = "Write it as http://proxy.example:8080 or socks5://proxy.example:1080."
    return FetchRefused(f"Cannot use {without_login(text)!r} as a proxy", why=why, mend=mend)


class Connections:
    """`direct` reaches servers, `to_proxies` proxies: the two may not go to the same addresses."""

    def __init__(
        self, direct: httpcore.NetworkBackend, to_proxies: httpcore.NetworkBackend, ca_file: Path | None = None
    ) -> None:
        self._direct, self._to_proxies, self._ca_file = direct, to_proxies, ca_file
        self._kept: deque[tuple[float, str, Proxy | None, httpcore.ConnectionInterface]] = deque()
        self._lock = threading.Lock()
        self._is_closed = False
        if ca_file is not None:
            _ = self._trust  # so that a wrong setting shows at the start

    @contextmanager
    def answer(self, target: Target, proxy: Proxy | None, request: httpcore.Request) -> Iterator[httpcore.Response]:
        """The answer to a request. Its connection is kept if the body has been read to the end."""
        connection, response = self._sent(target, proxy, request)
        try:
            yield response
        finally:
            response.close()
            self._keep(target, proxy, connection)

    def close(self) -> None:
        """Closes what is kept, and keeps nothing more."""
        with self._lock:
            self._is_closed = True
            kept = [connection for *_, connection in self._kept]
            self._kept.clear()
        for connection in kept:
            connection.close()

    def _sent(
        self, target: Target, proxy: Proxy | None, request: httpcore.Request
    ) -> tuple[httpcore.ConnectionInterface, httpcore.Response]:
        kept = self._taken(target, proxy)
        if kept is not None:
            try:
                return kept, kept.handle_request(request)
            except _HUNG_UP:  # it had been closed while nobody used it: that says nothing of this request
                kept.close()
        fresh = self._maker(target.scheme, proxy).create_connection(request.url.origin)
        try:
            return fresh, fresh.handle_request(request)
        except BaseException:
            fresh.close()
            raise

    def _taken(self, target: Target, proxy: Proxy | None) -> httpcore.ConnectionInterface | None:
        with self._lock:
            kept = next((one for one in self._kept if one[1:3] == (target.site, proxy)), None)
            if kept is None:
                return None
            self._kept.remove(kept)
        connection = kept[-1]
        if not connection.has_expired():
            return connection
        connection.close()
        return None

    def _keep(self, target: Target, proxy: Proxy | None, connection: httpcore.ConnectionInterface) -> None:
        now = time.monotonic()
        dropped = []
        with self._lock:
            if connection.is_idle() and not self._is_closed:
                self._kept.append((now, target.site, proxy, connection))
            else:
                dropped.append(connection)
            while self._kept and (len(self._kept) > _MOST_KEPT or self._kept[0][0] < now - _KEPT_SECONDS):
                dropped.append(self._kept.popleft()[-1])
        for one in dropped:
            one.close()

    def _maker(self, scheme: str, proxy: Proxy | None) -> httpcore.ConnectionPool:
        """What makes connections. Certificates are loaded only where something is encrypted: that takes its time."""
        trust = self._trust if scheme == "https" else None
        if proxy is None:
            return httpcore.ConnectionPool(ssl_context=trust, network_backend=self._direct)
        login = (proxy.login[0].encode(), proxy.login[1].encode()) if proxy.login else None
        if proxy.scheme.startswith("socks"):
            return httpcore.SOCKSProxy(proxy.url, login, trust, network_backend=self._to_proxies)
        return httpcore.HTTPProxy(
            proxy.url,
            login,
            ssl_context=trust,
            proxy_ssl_context=self._trust if proxy.scheme == "https" else None,
            network_backend=self._to_proxies,
        )

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The certificates that servers must be vouched for by: those of certifi, and one's own."""
        context = httpx.create_ssl_context(trust_env=False)
        if self._ca_file is not None:
            try:
                context.load_verify_locations(cafile=self._ca_file)
            except (OSError, ssl.SSLError) as error:
                raise SettingsWrong(
                    f"Cannot use the certificates in {self._ca_file}",
                    why=str(error),
                    mend="Name a readable file of certificates in PEM form (fetch.ca_file), or leave it empty.",
                ) from error
        return context
