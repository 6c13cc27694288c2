"""The answer of a feed's server → all that the feed says: an index of sitemaps is followed to those changed last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.page import Page
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.pipeline.edges import Edges

_CHILDREN = 3
_NEWEST = 1000
"""Pages taken of sitemaps: they list whole archives, and what is new stands by its date."""

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def whole_feed(edges: Edges, page: Page, feed_id: str, get: Callable[[str], Page]) -> ParsedFeed:
    """What the page says as a feed. `get` fetches the sitemaps that an index names.

    Raises FeedUnreadable, and what `get` raises where none of the sitemaps of an index can be had.
    """
    parsed = _parsed(edges, page, feed_id)
    if parsed.children:
        parsed = _with_children(edges, parsed, feed_id, get)
    if not parsed.format.startswith("sitemap"):
        return parsed
    newest = sorted(parsed.entries, key=_dated, reverse=True)
    return replace(parsed, entries=tuple(newest[:_NEWEST]))


def _with_children(edges: Edges, index: ParsedFeed, feed_id: str, get: Callable[[str], Page]) -> ParsedFeed:
    entries: dict[str, Entry] = {}
    title, failure = index.title, None
    for address in index.children[:_CHILDREN]:
        try:
            child = _parsed(edges, get(address), feed_id)
        except (FetchFailed, FetchRefused, FeedUnreadable) as error:
            failure = error
            continue
        title = title or child.title
        entries.update((entry.id, entry) for entry in child.entries)
    if failure is not None and not entries:
        raise failure
    return replace(index, title=title, entries=tuple(entries.values()))


def _parsed(edges: Edges, page: Page, feed_id: str) -> ParsedFeed:
    media_type = page.headers.get("content-type")
    return edges.parse(page.body, url=page.url, feed_id=feed_id, content_type=media_type, now=edges.now())


def _dated(entry: Entry) -> datetime:
    return entry.published or entry.updated or _LONG_AGO
