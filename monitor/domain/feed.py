"""A place where we read: its address and what we remember of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Feed:
    """`url` as given; `fetch_url` where we now ask (after a learnt redirect). Times are aware UTC.

    `failures`: polls failed in a row. `status`: waiting (never asked), ok, not_modified, failed, gone, paused.
    `next_poll_reason`: which rule or hint set the next poll.
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


@dataclass(frozen=True)
class FetchLine:
    """One line of a feed's history: when asked, what came back."""

    feed_id: str
    at: datetime
    status: str
    http_status: int | None = None
    new_entries: int = 0
    bytes_read: int = 0
    error: str = ""
