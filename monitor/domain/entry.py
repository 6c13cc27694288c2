"""What a feed says of an article."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """`guid` as the feed gave it, or None. `content`: the full HTML where the feed carries it, else empty.

    Dates keep the feed's offset (aware), None where it gives none. `date_note`: what is odd about them ("zone assumed",
    "no date", "in the future"), or empty. `pdf`: the address of the first PDF it encloses, or empty. `article_id`: the
    article version last read for it.
    """

    id: str
    feed_id: str
    feed_url: str
    guid: str | None
    url: str
    title: str
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    summary: str = ""
    content: str = ""
    enclosures: tuple[str, ...] = ()
    date_note: str = ""
    pdf: str = ""
    article_id: str | None = None


@dataclass(frozen=True)
class ParsedFeed:
    """What the bytes of a feed say. `ttl_minutes` and `update_period_minutes` are the feed's own hints, or None.

    A sitemap is read as a feed too; `children`: the addresses of further ones that it names, those changed last first.
    """

    format: str
    title: str
    link: str
    entries: tuple[Entry, ...]
    language: str | None = None
    ttl_minutes: int | None = None
    update_period_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
