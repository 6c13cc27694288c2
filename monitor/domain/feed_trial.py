"""A feed asked once, to see what comes back. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.entry import Entry
from monitor.domain.feed_health import Condition

PERMANENT = frozenset({301, 308})


@dataclass(frozen=True)
class FeedTrial:
    """`hops`: (status, target) of each redirect, then `status` of what answered at `answered`. `hints`: what the feed and
    its server wish for the next poll, which would be at `next_poll`. `warnings`: what makes it hard to read or costly.

    Where it could not be read, `condition` and `error` say why.
    """

    url: str
    answered: str = ""
    hops: tuple[tuple[int, str], ...] = ()
    status: int | None = None
    media_type: str = ""
    wire_bytes: int = 0
    body_bytes: int = 0
    format: str = ""
    title: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    hints: tuple[str, ...] = ()
    next_poll: datetime | None = None
    next_poll_reason: str = ""
    warnings: tuple[str, ...] = ()
    condition: Condition = Condition.READING
    error: str = ""

    @property
    def has_moved(self) -> bool:
        """Whether its server says that it is elsewhere for good."""
        return bool(self.hops) and all(status in PERMANENT for status, _ in self.hops)
