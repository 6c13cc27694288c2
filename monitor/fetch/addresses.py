"""Which network addresses may be connected to, and a connection that keeps to them."""

import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

from monitor.errors import FetchRefused, SettingsWrong
from monitor.fetch.deadline import Deadline, TimedStream

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

_EMBEDDING = tuple(ip_network(text) for text in ("::ffff:0:0/96", "::/96", "64:ff9b::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: mapped, compatible, translated by NAT64 (RFC 6052)."""

_REFUSED = tuple(
    ip_network(text) for text in ("64:ff9b:1::/48", "fec0::/10", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15")
)


def allowed_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks in CIDR notation or single addresses. Raises SettingsWrong for anything else."""
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text.strip(), strict=False))
        except ValueError as error:
            raise SettingsWrong(
                f"Cannot use {text!r} as an allowed network",
                why=str(error),
                mend="Write networks as 10.0.0.0/8 or fd00::/8, separated by commas (fetch.allow_networks).",
            ) from error
    return tuple(networks)


def is_private(address: Address) -> bool:
    """Whether an address leads anywhere but into the public internet, however it is wrapped."""
    inner = _embedded(address)
    if inner is not None:
        return is_private(inner)
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or any(address.version == network.version and address in network for network in _REFUSED)
    )


def _embedded(address: Address) -> IPv4Address | None:
    if not isinstance(address, IPv6Address):
        return None
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if int(address) > 1 and any(address in network for network in _EMBEDDING):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to the addresses of a name that may be connected to, and to nothing else.

    A name is resolved once for each connection, and the connection goes to the address that was checked: a name
    server that answers differently the second time is never asked a second time.
    """

    def __init__(self, deadline: Deadline, allowed: Sequence[Network], resolve: Resolver | None = None) -> None:
        self._deadline = deadline
        self._allowed = allowed
        self._resolve = resolve or _system_addresses
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a checked address of the host. Raises FetchRefused if none may be connected to."""
        failure: Exception | None = None
        for address in self._checked(host, port):
            try:
                stream = self._network.connect_tcp(
                    str(address),
                    port,
                    timeout=self._deadline.left(timeout),
                    local_address=local_address,
                    socket_options=socket_options,
                )
                return TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, port: int) -> list[Address]:
        addresses = [ip_address(text.partition("%")[0]) for text in self._addresses(host, port)]
        good = [address for address in addresses if self._may_connect(address)]
        if addresses and not good:
            raise FetchRefused(
                f"Did not ask {host}",
                why=f"{addresses[0]} is no address of the public internet",
                mend="If this server is meant to be read, add its network to fetch.allow_networks.",
            )
        return good

    def _may_connect(self, address: Address) -> bool:
        if not is_private(address):
            return True
        inner = _embedded(address) or address
        return any(inner.version == network.version and inner in network for network in self._allowed)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a name, waiting no longer than the deadline: the system's resolver knows no time-out."""
        try:
            return [str(ip_address(host.strip("[]")))]
        except ValueError:
            pass
        found: list[Sequence[str]] = []
        failures: list[Exception] = []

        def look_up() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=look_up, name=f"resolve {host}", daemon=True)
        thread.start()
        thread.join(self._deadline.left(None))
        if failures:
            raise NameUnknown(host) from failures[0]
        if not found:
            raise httpcore.ConnectTimeout(f"the name server did not answer for {host}")
        return found[0]


class NameUnknown(Exception):
    """No address is known for a host name."""


def _system_addresses(host: str, port: int) -> Sequence[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))
