"""What one exchange may take: time until an instant, and bytes. Every read and write of its connection keeps to it."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

import httpcore


class Flooded(Exception):
    """The server sent more than any well-formed answer of this length takes."""


@dataclass
class Allowance:
    """The time that a request may still take, with all its redirects."""

    seconds: float


class Deadline:
    """The time until which the exchange of the current thread must be done, and the bytes it may still read.

    The bytes are there for what no limit of a body counts: headers without end, interim answers, framing.
    """

    def __init__(self) -> None:
        self._local = threading.local()
        self._open: WeakSet[TimedStream] = WeakSet()
        self._lock = threading.Lock()

    @contextmanager
    def within(self, allowance: Allowance, most_bytes: int) -> Iterator[None]:
        """Everything inside that asks `left` has this long, altogether, and reads so much at most.

        What it took is gone from the allowance afterwards.
        """
        started = time.monotonic()
        self._local.until, self._local.bytes = started + allowance.seconds, most_bytes
        try:
            yield
        finally:
            allowance.seconds = max(0.05, allowance.seconds - (time.monotonic() - started))

    def allow(self, more_bytes: int) -> None:
        """So many more bytes may be read."""
        self._local.bytes += more_bytes

    def left(self, timeout: float | None) -> float:
        """The shorter of a time-out and the time that is left. Raises httpcore.ReadTimeout when none is."""
        left: float = self._local.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange took too long")
        return left if timeout is None else min(timeout, left)

    def count(self, data: bytes) -> bytes:
        """The bytes just read. Raises Flooded when they were too many."""
        self._local.bytes -= len(data)
        if self._local.bytes < 0:
            raise Flooded
        return data

    def watch(self, stream: "TimedStream") -> None:
        """Remember a connection as long as it is used."""
        with self._lock:
            self._open.add(stream)

    def interrupt(self) -> None:
        """Whoever waits for a server waits no longer: all connections are cut."""
        with self._lock:
            streams = list(self._open)
        for stream in streams:
            with suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class TimedStream(httpcore.NetworkStream):
    """A network stream whose every operation ends by the deadline of the thread that asks for it.

    `connected_by`: monotonic seconds by which its encryption must stand.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, connected_by: float) -> None:
        self._stream = stream
        self._deadline = deadline
        self._connected_by = connected_by
        deadline.watch(self)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._deadline.count(self._stream.read(max_bytes, self._deadline.left(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._connected_by - time.monotonic()
        if left <= 0:
            raise httpcore.ConnectTimeout("no time is left for the encryption")
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(left))
        return TimedStream(secure, self._deadline, self._connected_by)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
