"""Whose turn it is: how many requests a host gets at once, and how long it has rest between two starts."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Closed(Exception):
    """The client was closed while a request waited for its turn."""


class _Host:
    """What one host has going on. `next_start` is in monotonic seconds."""

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self.running: Counter[str] = Counter()
        self.next_start = 0.0


class Turns:
    """Hands out turns, host by host.

    `at_once`: how many requests of each kind; `pause_seconds`: between two starts of any kind.
    """

    def __init__(self, pause_seconds: float, at_once: Mapping[str, int]) -> None:
        self._pause = pause_seconds
        self._at_once = at_once
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    @contextmanager
    def turn(self, host: str, kind: str, pause_seconds: float = 0.0) -> Iterator[None]:
        """Waits for a turn at the host and holds it. `pause_seconds`: a longer pause that the host asks for."""
        with self._lock:
            state = self._hosts.setdefault(host, _Host())
        with state.condition:
            while state.running[kind] >= self._at_once[kind] and not self._closed.is_set():
                state.condition.wait(1.0)
            state.running[kind] += 1
            start = max(time.monotonic(), state.next_start)
            state.next_start = start + max(self._pause, pause_seconds)
        try:
            if self._closed.wait(max(0.0, start - time.monotonic())):
                raise Closed
            yield
        finally:
            with state.condition:
                state.running[kind] -= 1
                state.condition.notify_all()

    def close(self) -> None:
        """Nobody waits any longer."""
        self._closed.set()
