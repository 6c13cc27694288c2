"""Feeds that wait to be asked, by host: whose turn it is, so that no thread has to wait for one."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

PROMPT_SECONDS = 2.0
"""A request that takes longer hangs: it takes no place from others any more, up to so many times the usual number."""

MOST_HANGING = 8


@dataclass
class _Host:
    """What one host has going on. `waiting`: ids of feeds. `asked`: id → when, oldest first. `ready`: its entry there."""

    waiting: deque[str] = field(default_factory=deque)
    asked: dict[str, float] = field(default_factory=dict)
    next_start: float = 0.0
    ready: "_Ready | None" = None


_Ready = tuple[float, int, str]
"""From when on a host may be asked, a number that makes the order definite, and its name."""


class Hosts:
    """`at_once`: feeds asked at a time; `per_host`: at one host; `pause`: between two starts at a host, in seconds.

    `rest`: host → seconds until it may be asked again, as the client knows that asks it for other things as well. All
    instants are monotonic seconds.
    """

    def __init__(self, *, at_once: int, per_host: int, pause: float, rest: Callable[[str], float]) -> None:
        self._at_once, self._per_host, self._pause, self._rest = at_once, per_host, pause, rest
        self._hosts: dict[str, _Host] = {}
        self._home: dict[str, str] = {}
        self._asked: dict[str, float] = {}
        self._ready: list[_Ready] = []
        self._number = 0

    def __contains__(self, feed_id: str) -> bool:
        return feed_id in self._home

    @property
    def waiting(self) -> bool:
        """Whether feeds wait that are not asked yet."""
        return len(self._home) > len(self._asked)

    @property
    def asked(self) -> int:
        """How many feeds are being asked."""
        return len(self._asked)

    def add(self, feed_id: str, name: str, now: float) -> None:
        """Let a feed of this host wait for its turn, unless it does already."""
        if feed_id in self._home:
            return
        self._home[feed_id] = name
        self._hosts.setdefault(name, _Host()).waiting.append(feed_id)
        self._note(name, now)

    def take(self, now: float) -> list[str]:
        """The feeds to ask now: each has a place of its own and one at its host. They count as asked from now on."""
        return list(self._taken(now))

    def _taken(self, now: float) -> Iterator[str]:
        free = self._free(now)
        while free and self._ready and self._ready[0][0] <= now:
            entry = heappop(self._ready)
            name = entry[2]
            host = self._hosts.get(name)
            if host is None or host.ready != entry:
                continue  # it was noted anew since
            host.ready = None
            host.next_start = max(host.next_start, now + self._rest(name))
            if host.next_start <= now:
                feed_id = host.waiting.popleft()
                host.asked[feed_id] = self._asked[feed_id] = now
                host.next_start = now + self._pause
                free -= 1
                yield feed_id
            self._note(name, now)

    def ended(self, feed_id: str, now: float) -> None:
        """A feed was asked, or turned out to need no asking: its place is free."""
        name = self._home.pop(feed_id)
        del self._asked[feed_id]
        del self._hosts[name].asked[feed_id]
        self._note(name, now)

    def forget_waiting(self) -> None:
        """Nobody waits any more."""
        for name, host in list(self._hosts.items()):
            for feed_id in host.waiting:
                del self._home[feed_id]
            host.waiting.clear()
            self._note(name, 0.0)

    def until_next(self, now: float) -> float | None:
        """Seconds until another feed may be asked if no answer comes, None where one has to come first."""
        if not self._ready:
            return None
        place = 0.0 if self._free(now) else self._until_free(now)
        return None if place is None else max(place, self._ready[0][0] - now)

    def _free(self, now: float) -> int:
        hanging = sum(1 for started in self._asked.values() if started + PROMPT_SECONDS <= now)
        prompt = len(self._asked) - hanging
        return max(0, min(self._at_once - prompt, self._at_once * MOST_HANGING - len(self._asked)))

    def _until_free(self, now: float) -> float | None:
        """Seconds until the next feed hangs and gives up its place, None where all of those are taken too."""
        if len(self._asked) >= self._at_once * MOST_HANGING:
            return None
        left = (started + PROMPT_SECONDS - now for started in self._asked.values())
        return min((seconds for seconds in left if seconds > 0), default=None)

    def _note(self, name: str, now: float) -> None:
        """Note when this host may be asked next. One that has nothing going on is forgotten."""
        host = self._hosts[name]
        if not host.waiting:
            host.ready = None
            if not host.asked:
                del self._hosts[name]
            return
        if len(host.asked) >= self._per_host:
            return
        when = max(host.next_start, now)
        if host.ready is None or when < host.ready[0]:
            self._number += 1
            host.ready = (when, self._number, name)
            heappush(self._ready, host.ready)
