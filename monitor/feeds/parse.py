"""Bytes → what the feed says and its entries. A format is a function in READERS."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.domain.entry import ParsedFeed
from monitor.feeds.careful import read_broken
from monitor.feeds.identity import identified
from monitor.feeds.json_feed import is_json_feed, read_json_feed
from monitor.feeds.packing import unpacked
from monitor.feeds.sitemap import is_sitemap, read_sitemap
from monitor.feeds.unreadable import is_page, unreadable
from monitor.feeds.xml_feed import read_xml_feed

Reader = Callable[[bytes, str, str, str | None], ParsedFeed | None]
"""Body, address, feed id, Content-Type → what the feed says, entry ids left empty; None for what it cannot read."""


def parse_feed(
    body: bytes, *, url: str, feed_id: str, content_type: str | None = None, now: datetime | None = None
) -> ParsedFeed:
    """What the bytes of a feed say, its entries in the order of the feed, no entry twice.

    `url`: where the body came from; relative addresses are resolved against it (or xml:base). Broken XML is read as
    far as it goes. `now`: a date more than a day after it is left out, and `date_note` says so; without it no date is
    judged. Raises FeedUnreadable for a body that is no feed, saying what it is instead, or that is made to be costly.
    """
    body = unpacked(body, url)
    feed = _read(READERS, body, url=url, feed_id=feed_id, content_type=content_type, now=now)
    if feed is None:
        raise unreadable(body, url=url, content_type=content_type)
    return feed


def parse_quickly(
    body: bytes, *, url: str, feed_id: str, content_type: str | None = None, now: datetime | None = None
) -> ParsedFeed | None:
    """The same for what is sound and not packed, in time that grows with its length alone; None for all else."""
    return _read(READERS[:-1], body, url=url, feed_id=feed_id, content_type=content_type, now=now)


def _read(
    readers: Sequence[tuple[Callable[[bytes], bool], Reader]],
    body: bytes,
    *,
    url: str,
    feed_id: str,
    content_type: str | None,
    now: datetime | None,
) -> ParsedFeed | None:
    for reads, read in readers:
        if reads(body):
            feed = read(body, url, feed_id, content_type)
            if feed is not None:
                return replace(feed, entries=identified(feed.entries, feed_id, now))
    return None


def _is_feed_like(body: bytes) -> bool:
    return body != b"" and not body.isspace() and not is_page(body)


READERS: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (is_json_feed, read_json_feed),
    (is_sitemap, read_sitemap),
    (_is_feed_like, read_xml_feed),
    (_is_feed_like, read_broken),
)
"""The formats: may the function read this body, and the function. The first that finds a feed wins; the last is slow."""
