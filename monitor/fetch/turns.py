"""Whose turn it is: how many requests a host gets at once, and how long it has rest between two starts."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_HOSTS_KEPT = 2_000


class Closed(Exception):
    """The client was closed while a request waited for its turn."""


class _Host:
    """What one host has going on. `next_start`: monotonic seconds. `users`: requests that wait or run."""

    def __init__(self, at_once: Mapping[str, int]) -> None:
        self.lock = threading.Lock()
        self.free = dict(at_once)
        self.waiting = {kind: threading.Condition(self.lock) for kind in at_once}
        self.next_start = 0.0
        self.users = 0


class Turns:
    """Hands out turns, host by host. Who waits sleeps until it is his turn: many may wait at no cost.

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
        """Waits for a turn at the host and holds it. `pause_seconds`: a longer pause that the host asks for.

        Raises Closed when it will not come any more.
        """
        state = self._joined(host)
        try:
            start = self._taken(state, kind, max(self._pause, pause_seconds))
            try:
                if self._closed.wait(max(0.0, start - time.monotonic())):
                    raise Closed
                yield
            finally:
                with state.lock:
                    state.free[kind] += 1
                    state.waiting[kind].notify()
        finally:
            with self._lock:
                state.users -= 1

    def rest(self, host: str) -> float:
        """Seconds until the pause after the last start at this host is over."""
        with self._lock:
            state = self._hosts.get(host)
        return 0.0 if state is None else max(0.0, state.next_start - time.monotonic())

    def close(self) -> None:
        """Nobody waits any longer."""
        self._closed.set()
        with self._lock:
            hosts = list(self._hosts.values())
        for host in hosts:
            with host.lock:
                for waiting in host.waiting.values():
                    waiting.notify_all()

    def _joined(self, host: str) -> _Host:
        with self._lock:
            if len(self._hosts) >= _HOSTS_KEPT and host not in self._hosts:
                self._forget_idle()
            state = self._hosts.setdefault(host, _Host(self._at_once))
            state.users += 1
            return state

    def _forget_idle(self) -> None:
        now = time.monotonic()
        for name in [name for name, host in self._hosts.items() if not host.users and host.next_start <= now]:
            del self._hosts[name]

    def _taken(self, state: _Host, kind: str, pause: float) -> float:
        """When the turn that is now ours begins, in monotonic seconds."""
        with state.lock:
            while not state.free[kind] and not self._closed.is_set():
                state.waiting[kind].wait()
            if self._closed.is_set():
                raise Closed
            state.free[kind] -= 1
            start = max(time.monotonic(), state.next_start)
            state.next_start = start + pause
            return start
