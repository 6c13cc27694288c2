"""Sitemaps, with Google's words for news, and indexes of sitemaps → what they say. https://www.sitemaps.org/protocol.html"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.instant import read_date
from monitor.feeds.addresses import absolute
from monitor.feeds.charset import as_utf8, without_declaration
from monitor.feeds.dates import note_on
from monitor.feeds.elements import Names, Said, first_text
from monitor.feeds.plain import folded, mended
from monitor.feeds.slips import set_right
from monitor.feeds.tree import DEEPEST, declares_entities, hostile

MOST_PAGES = 50_000
"""Pages of a sitemap, as the protocol has it; further ones are left out."""

_MOST_ELEMENTS = 20 * MOST_PAGES
_MOST_QUOTES = 500_000
"""Quotation marks of a document: attributes have two, and one tag can have any number of them."""

_CHUNK_BYTES = 1_000_000
_ROOT = re.compile(rb"<(?:[A-Za-z]\w{0,20}:)?(?:urlset|sitemapindex)\b", re.I)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass
class _Sitemap:
    """What was read of a sitemap so far. `children`: the sitemaps of an index, with the date of their last change."""

    root: str = ""
    title: str = ""
    language: str = ""
    entries: list[Entry] = field(default_factory=list)
    children: list[tuple[datetime, str]] = field(default_factory=list)
    is_whole: bool = False


def is_sitemap(body: bytes) -> bool:
    """Whether the body begins like a sitemap or an index of them."""
    return _ROOT.search(as_utf8(body[:4000])) is not None


def read_sitemap(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed | None:
    """The pages of a sitemap as entries, ids left empty; of an index the addresses of its sitemaps, the newest first.

    What breaks off is read up to the break. None where the root is another.
    Raises FeedUnreadable for a document that is made to be costly.
    """
    document = without_declaration(as_utf8(body, content_type).lstrip()).lstrip()
    if declares_entities(document):
        document = set_right(document)
        if declares_entities(document):
            return None
    if document.count(b'"') + document.count(b"'") > _MOST_QUOTES:
        raise hostile(url)
    sitemap = _read(document, url, feed_id)
    if not sitemap.is_whole:
        sitemap = _read(set_right(document), url, feed_id)
    if sitemap.root not in ("urlset", "sitemapindex"):
        return None
    newest_first = sorted(sitemap.children, key=lambda child: child[0], reverse=True)
    return ParsedFeed(
        format="sitemap" if sitemap.root == "urlset" else "sitemap-index",
        title=sitemap.title,
        link="",
        entries=tuple(sitemap.entries),
        language=sitemap.language or None,
        children=tuple(dict.fromkeys(address for _, address in newest_first)),
    )


def _read(document: bytes, url: str, feed_id: str) -> _Sitemap:
    """The document part by part, each forgotten once it is read: a sitemap may be larger than we would keep."""
    sitemap = _Sitemap()
    try:
        for names, part in islice(_parts(document, sitemap), MOST_PAGES):
            _take(sitemap, names, names.inside(part), url, feed_id)
        sitemap.is_whole = True
    except ElementTree.ParseError:
        pass
    return sitemap


def _parts(document: bytes, sitemap: _Sitemap) -> Iterator[tuple[Names, Element]]:
    """The elements right inside of the root. Ends early where there are too many, or they stand too deep."""
    trail: list[Element] = []
    elements = 0
    for event, element in _events(document):
        if event == "start":
            if not trail:
                names = Names(element)
                sitemap.root = names[element.tag]
            trail.append(element)
            elements += 1
            if elements > _MOST_ELEMENTS or len(trail) > DEEPEST:
                return
        else:
            trail.pop()
            if len(trail) == 1:
                yield names, element
                trail[0].clear()


def _events(document: bytes) -> Iterator[tuple[str, Element]]:
    parser: Any = ElementTree.XMLPullParser(("start", "end"))  # its events are typed for all that it could give
    for at in range(0, len(document), _CHUNK_BYTES):
        parser.feed(document[at : at + _CHUNK_BYTES])
        yield from parser.read_events()
    parser.close()
    yield from parser.read_events()


def _take(sitemap: _Sitemap, names: Names, part: Said, url: str, feed_id: str) -> None:
    address = absolute(url, first_text(part, "loc"))
    if not address:
        return
    updated = read_date(first_text(part, "lastmod"))
    if sitemap.root == "sitemapindex":
        sitemap.children.append((updated.when if updated else _LONG_AGO, address))
        return
    news = names.inside(part["news:news"][0]) if "news:news" in part else {}
    publication = names.inside(news["news:publication"][0]) if "news:publication" in news else {}
    sitemap.title = sitemap.title or folded(first_text(publication, "news:name"))
    sitemap.language = sitemap.language or first_text(publication, "news:language")
    published = read_date(first_text(news, "news:publication_date"))
    sitemap.entries.append(
        Entry(
            id="",
            feed_id=feed_id,
            feed_url=url,
            guid=None,
            url=address,
            title=folded(mended(first_text(news, "news:title"))),
            published=published.when if published else None,
            updated=updated.when if updated else None,
            date_note=note_on(published, updated),
        )
    )
