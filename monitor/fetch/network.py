"""Connections that go to addresses that may be connected to, and to nothing else."""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address

import httpcore

from monitor.fetch.addresses import Address, Allowed, refused
from monitor.fetch.deadline import Deadline, TimedStream
from monitor.fetch.target import literal_address

Resolver = Callable[[str, int], Sequence[str]]


class NameUnknown(Exception):
    """No address is known for a host name."""


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to the addresses of a name that may be connected to.

    A name is resolved once for each connection, and the connection goes to the address that was checked: a name
    server that answers differently the second time is never asked a second time. The name server, all addresses of
    the name and the encryption share one time-out.
    """

    def __init__(self, deadline: Deadline, may_connect: Allowed, resolve: Resolver | None = None) -> None:
        self._deadline = deadline
        self._may_connect = may_connect
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
        until = time.monotonic() + self._deadline.left(timeout)
        failure: Exception | None = None
        addresses = self._checked(host, port, until)
        for place, address in enumerate(addresses):
            share = (until - time.monotonic()) / (len(addresses) - place)
            if share <= 0:
                break
            try:
                stream = self._network.connect_tcp(str(address), port, timeout=share, socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TimedStream(stream, self._deadline, until)
        raise failure or httpcore.ConnectTimeout(f"{host} was not reached in time")

    def _checked(self, host: str, port: int, until: float) -> list[Address]:
        literal = literal_address(host)
        texts = self._addresses(host, port, until) if literal is None else ()
        addresses = [literal] if literal is not None else [ip_address(text.partition("%")[0]) for text in texts]
        good = [address for address in addresses if self._may_connect(address)]
        if not addresses:
            raise NameUnknown(host)
        if not good:
            raise refused(host, addresses[0])
        return good

    def _addresses(self, host: str, port: int, until: float) -> Sequence[str]:
        """The addresses of a name, waiting no longer than the time-out: the system's resolver knows none."""
        found: list[Sequence[str]] = []
        failures: list[Exception] = []

        def look_up() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=look_up, name=f"resolve {host}", daemon=True)
        thread.start()
        thread.join(max(0.0, until - time.monotonic()))
        if failures:
            raise NameUnknown(host) from failures[0]
        if not found:
            raise httpcore.ConnectTimeout(f"the name server did not answer for {host}")
        return found[0]


def _system_addresses(host: str, port: int) -> Sequence[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))
