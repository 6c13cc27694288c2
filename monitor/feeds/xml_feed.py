"""The tree of an XML feed → what the feed says. RSS of all versions, Atom and CDF.

This reading is quick and strict: it takes what is sound XML and known, and leaves the rest to the careful one.
"""

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from monitor.domain.entry import ParsedFeed
from monitor.feeds.charset import as_utf8
from monitor.feeds.elements import Names, Said, based, first_text, language_of, text_of
from monitor.feeds.hints import days_to_skip, hours_to_skip, positive_number, update_period
from monitor.feeds.tree import whole_tree
from monitor.feeds.xml_entry import Place, link_of, own_link, read_entry, title_of

MOST_ENTRIES = 50_000
"""Entries that are read of one document, the first ones: feeds put what is new in front."""

_ROOTS = frozenset({"rss", "rdf:rdf", "channel", "feed"})
_ITEMS = ("item", "entry")
_AROUND_ITEMS = ("channel", "items")
_DEEPEST_CHANNEL = 5
_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}


def read_xml_feed(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed | None:
    """What a feed in sound XML says, entry ids left empty; None for anything that this reading may get wrong.

    Raises FeedUnreadable for a document that is made to be costly.
    """
    root = whole_tree(as_utf8(body, content_type).lstrip(), url)
    return None if root is None else read_root(root, url, feed_id)


def read_root(root: Element, url: str, feed_id: str) -> ParsedFeed | None:
    """What the feed of this root says; None where it is the root of something else."""
    names = Names(root)
    kind = names[root.tag]
    return _feed(root, Place(feed_id, url, names, is_atom=kind == "feed")) if kind in _ROOTS else None


def _feed(root: Element, place: Place) -> ParsedFeed:
    names, base = place.names, based(place.url, root)
    said = names.inside(root)
    items = list(islice(_items(said, place, base), MOST_ENTRIES))
    top = said["channel"][0] if "channel" in said and names[root.tag] != "channel" else root
    if top is not root:
        base, said = based(base, top), said | names.inside(top)
    return ParsedFeed(
        format=_format(root, said, names),
        title=title_of(said),
        link=link_of(top, said, base) or own_link(said, base),
        entries=tuple(read_entry(item, place, around) for item, around in items),
        language=first_text(said, "language", "dc:language") or language_of(root) or None,
        ttl_minutes=positive_number(first_text(said, "ttl")),
        update_period_minutes=update_period(first_text(said, "sy:updateperiod"), first_text(said, "sy:updatefrequency")),
        skip_hours=hours_to_skip(_texts_in(said, "skiphours", "hour", names)),
        skip_days=days_to_skip(_texts_in(said, "skipdays", "day", names)),
    )


def _items(said: Said, place: Place, base: str, depth: int = 0) -> Iterator[tuple[Element, str]]:
    """The items with the base of what stands around them. Channels of CDF stand in one another."""
    for name in _ITEMS:
        for item in said.get(name, ()):
            yield item, base
    for name in _AROUND_ITEMS if depth < _DEEPEST_CHANNEL else ():
        for around in said.get(name, ()):
            yield from _items(place.names.inside(around), place, based(base, around), depth + 1)


def _texts_in(said: Said, around: str, name: str, names: Names) -> Iterator[str]:
    for element in said.get(around, ()):
        yield from (text_of(inside) for inside in names.inside(element).get(name, ()))


def _format(root: Element, said: Said, names: Names) -> str:
    """The short name of the format and its version, as feedparser has them."""
    kind, version = names[root.tag], (root.get("version") or "").strip()
    if kind == "rss":
        return "rss20" if version.startswith("2.") else _RSS.get(version, "rss")
    if kind == "feed":
        return "atom10" if "2005/atom" in root.tag.lower() else _ATOM.get(version, "atom")
    if kind == "rdf:rdf":
        tags = [element.tag for name in ("channel", "item") for element in said.get(name, ())[:1]]
        return "rss10" if any("rss/1.0" in tag for tag in tags) else "rss090"
    return "rss11" if "rss1.1" in root.tag else "cdf"
