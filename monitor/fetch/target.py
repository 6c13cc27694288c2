"""An address as it was written → where one request goes. Parsed once, so that what is checked is what is asked."""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import unquote, urljoin

import httpx

from monitor.domain.url import without_login
from monitor.errors import FetchRefused

Address = IPv4Address | IPv6Address
Login = tuple[str, str]

_PORTS = {"http": 80, "https": 443}
_LONGEST_HOST = 253
_ENDS_AS_NUMBER = re.compile(r"(?:\A|\.)(?:[0-9]+|0x[0-9a-f]*)\Z")


@dataclass(frozen=True)
class Target:
    """Where one request goes. `url`: without user name, password and fragment. `host`: lower case, ASCII.

    `literal`: the address that the host is, where it is no name. `path`: with the query. `login`: what the address holds.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: bytes
    literal: Address | None = None
    login: Login | None = None

    @property
    def site(self) -> str:
        """Scheme, host and port: what credentials and robots.txt belong to."""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}"

    @property
    def host_header(self) -> str:
        """Host and port as the server is told them."""
        return _netloc(self.host, self.scheme, self.port)


def target_of(url: str) -> Target:
    """Raises FetchRefused for what is no address, and for everything but http and https."""
    try:
        parsed = httpx.URL(url.strip())
        host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
        port = parsed.port or _PORTS.get(parsed.scheme, 0)
        literal = literal_address(host)
    except (ValueError, httpx.InvalidURL) as error:
        raise _refused(url, f"this is no address ({error})") from error
    if parsed.scheme not in _PORTS:
        raise _refused(url, "only addresses that begin with http:// or https:// are read")
    if not host or len(host) > _LONGEST_HOST or "%" in host or parsed.port == 0 or not 0 < port < 65_536:
        raise _refused(url, "its host or port is none")
    host = str(literal) if literal is not None else host
    path = parsed.raw_path
    shown = f"{parsed.scheme}://{_netloc(host, parsed.scheme, port)}{path.decode('ascii')}"
    return Target(shown, parsed.scheme, host, port, path, literal, _login(parsed.userinfo))


def redirected(target: Target, location: str) -> str:
    """The address that a Location header leads to. Its bytes are read as UTF-8, as browsers do, if they are any."""
    raw = location.strip().encode("latin-1", "replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    try:
        return urljoin(target.url, text)
    except ValueError as error:
        raise _refused(text, f"this is no address ({error})") from error


def literal_address(host: str) -> Address | None:
    """The network address that a host is, in every spelling that systems take for one; None for a name.

    A host that ends in a number is an IPv4 address or nothing (WHATWG URL, section 3.5): 127.1, 0x7f.1 and 2130706433
    are all 127.0.0.1. Raises ValueError for nothing.
    """
    if ":" in host:
        return ip_address(host)
    if not _ENDS_AS_NUMBER.search(host):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError as error:
        raise ValueError(f"{host} is no IPv4 address") from error


def _login(userinfo: bytes) -> Login | None:
    name, _, password = userinfo.decode("ascii").partition(":")
    return (unquote(name), unquote(password)) if userinfo else None


def _netloc(host: str, scheme: str, port: int) -> str:
    return _bracketed(host) + ("" if port == _PORTS[scheme] else f":{port}")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refused(url: str, why: str) -> FetchRefused:
    return FetchRefused(f"Did not ask {without_login(url)[:500]}", why=why, mend="Correct the address.")
