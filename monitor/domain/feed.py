"""A place where we read: its address and what we remember of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.domain.url import without_login


@dataclass(frozen=True)
class FeedMove:
    """A step in the history of a feed's address: it was asked at `old`, from then on at `new`, and why."""

    at: datetime
    old: str
    new: str
    why: str


@dataclass(frozen=True)
class Feed:
    """`url` as given; `fetch_url` where we now ask (after a learnt redirect). Times are aware UTC.

    `failures`: polls failed in a row. `status`: waiting (never asked), ok, not_modified, failed, gone, paused.
    `next_poll_reason`: which rule or hint set the next poll.
    `interval_seconds`: the pause that the last good answer led to, the base of back-off. `failing_since`: first of the
    failures in a row. `moved_to`, `moved_since`: target of a permanent redirect that is not learnt yet, and when it was
    first seen. `skip_hours` (UTC), `skip_days` (Monday …): when the publisher asks not to be asked.
    `login`: "user:password" for the feed's own host, or empty. `proxy`: through which it is asked, or empty.
    `body_bytes`: size of its last full answer on the wire; `bytes_saved`: what all 304s together saved of it.
    `moves`: its addresses so far, oldest first.
    `cause`: why the last poll failed, in a word of Condition; empty while it is well. `newest`: the date of its newest
    entry. `silence_seconds`: how long it may bring nothing new before that is unlike it, None where its pace is unknown.
    """

    id: str
    url: str
    fetch_url: str
    title: str = ""
    publisher: str = ""
    added: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    status: str = "waiting"
    failures: int = 0
    last_poll: datetime | None = None
    last_ok: datetime | None = None
    last_new: datetime | None = None
    last_error: str = ""
    next_poll: datetime | None = None
    next_poll_reason: str = ""
    paused: bool = False
    removed: bool = False
    interval_seconds: int | None = None
    failing_since: datetime | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    login: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)
    body_bytes: int = 0
    bytes_saved: int = 0
    moves: tuple[FeedMove, ...] = ()
    cause: str = ""
    newest: datetime | None = None
    silence_seconds: int | None = None

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.title or self.publisher or self.shown_url

    @property
    def shown_url(self) -> str:
        """The address as it may be shown to anybody: without a password."""
        return without_login(self.url)

    @property
    def shown_fetch_url(self) -> str:
        """Where it is asked, without a password."""
        return without_login(self.fetch_url)

    @property
    def shown_moves(self) -> tuple[FeedMove, ...]:
        """Its addresses so far, without a password in any."""
        return tuple(replace(one, old=without_login(one.old), new=without_login(one.new)) for one in self.moves)

    @property
    def shown_proxy(self) -> str:
        """Through which proxy it is asked, without a password."""
        return without_login(self.proxy)


@dataclass(frozen=True)
class FetchLine:
    """One line of a feed's history: when asked, what came back. `cause`: as in Feed."""

    feed_id: str
    at: datetime
    status: str
    http_status: int | None = None
    new_entries: int = 0
    bytes_read: int = 0
    error: str = ""
    cause: str = ""
