"""Bytes → what the feed says and its entries.

A format is a function in READERS. feedparser reads everything that is XML, with its cleaning and its resolving of
links inside of texts switched off: both cost three quarters of the time, and what we show is plain text anyway.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

import feedparser

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.ids import content_id
from monitor.errors import FeedUnreadable
from monitor.feeds.dates import read_date
from monitor.feeds.json_feed import is_json_feed, read_json_feed
from monitor.feeds.plain import folded, plain
from monitor.feeds.unreadable import is_page, unreadable

_MOST_ELEMENTS = 250_000
"""feedparser needs about 12 µs an element: three seconds for the fullest document that we let pass."""

_MOST_BROKEN = 60_000
"""Tags and references after the place where the XML breaks: its slow reader's time can grow with their square."""

_DEEPEST = 200
"""No feed nests deeper, XHTML content included; its cost grows with the depth."""

_LONGEST_TEXT = 300_000
"""Characters of a title or summary that are looked at."""

_LONG_SUMMARY = 1000
_MARK = re.compile(rb"[<&]")
_CDF = re.compile(rb"\s*(?:<\?.{0,200}?\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<channel\b", re.I | re.S)
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_BLOCK = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.I)
_SKIPPED_HOURS = re.compile(rb"<skipHours\b(.{0,4000}?)</skipHours", re.I | re.S)
_SKIPPED_DAYS = re.compile(rb"<skipDays\b(.{0,2000}?)</skipDays", re.I | re.S)
_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_WEB = ("http://", "https://")


class _Hostile(Exception):
    """Raised inside of expat's callbacks to leave a document that is not worth its cost."""


def parse_feed(body: bytes, *, url: str, feed_id: str, content_type: str | None = None) -> ParsedFeed:
    """What the bytes of a feed say, its entries in the order of the feed, no entry twice.

    `url`: where the body came from; relative addresses are resolved against it (or xml:base). Broken XML is read as
    far as it goes. Raises FeedUnreadable for a body that is no feed, saying what it is instead.
    """
    for reads, read in READERS:
        if reads(body):
            feed = read(body, url, feed_id, content_type)
            if feed is not None:
                return replace(feed, entries=_identified(feed.entries, feed_id))
    raise unreadable(body, url=url, content_type=content_type)


def _read_json(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed | None:
    return read_json_feed(body, url=url, feed_id=feed_id)


def _read_xml(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed:
    body = _bounded(body, url)
    headers = {name: value for name, value in (("content-location", url), ("content-type", content_type)) if value}
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    trouble = _trouble(parsed)
    version = parsed.get("version") or ("cdf" if _CDF.match(body) else "")
    entries = tuple(entry for raw in parsed.entries if _says_something(entry := _entry(raw, version, url, feed_id)))
    if not entries and (not version or (trouble and not _is_whole(body))):
        raise unreadable(body, url=url, content_type=content_type, trouble=trouble)
    feed = parsed.feed
    return ParsedFeed(
        format=version or "xml",
        title=_text(feed, "title"),
        link=feed.get("link") or "",
        entries=entries,
        language=feed.get("language") or None,
        ttl_minutes=_number(feed.get("ttl")),
        update_period_minutes=_update_period(feed),
        skip_hours=_skip_hours(body),
        skip_days=_skip_days(body),
    )


def _is_feed_like(body: bytes) -> bool:
    return bool(body.strip()) and not is_page(body)


READERS: tuple[
    tuple[Callable[[bytes], bool], Callable[[bytes, str, str, str | None], ParsedFeed | None]],
    ...,
] = (
    (is_json_feed, _read_json),
    (_is_feed_like, _read_xml),
)
"""The formats: may the function read this body, and the function. The first that finds a feed wins."""


def _entry(raw: Mapping[str, Any], version: str, feed_url: str, feed_id: str) -> Entry:
    guid = raw.get("id") or None
    published, updated = _dates(raw, version)
    summary = _summary(raw)
    return Entry(
        id="",
        feed_id=feed_id,
        feed_url=feed_url,
        guid=guid,
        url=_url(raw, guid),
        title=_text(raw, "title"),
        published=published,
        updated=updated,
        author=_author(raw),
        summary=summary,
        content=_content(raw, summary),
        enclosures=tuple(urljoin(feed_url, address) for address in _enclosures(raw)),
    )


def _says_something(entry: Entry) -> bool:
    """Whether there is more to an entry than its tag: broken XML leaves empty ones behind."""
    return any((entry.guid, entry.url, entry.title, entry.summary, entry.content, entry.enclosures))


def _dates(raw: Mapping[str, Any], version: str) -> tuple[Any, Any]:
    """Published and updated. RSS has no word for updated but dc:date and the like, which name the publication."""
    present = set(raw.keys())  # feedparser's own lookup answers `updated` by the date of publication
    published, updated = (
        read_date(raw[name], raw[f"{name}_parsed"] if f"{name}_parsed" in present else None) if name in present else None
        for name in ("published", "updated")
    )
    if published is None and not version.startswith("atom"):
        return updated, None
    return published, updated


def _url(raw: Mapping[str, Any], guid: str | None) -> str:
    """The entry's address: its link, a guid that is a permalink, else the first thing enclosed. Empty if nothing is."""
    candidates = [raw.get("link"), guid if raw.get("guidislink") else None, *_enclosures(raw)]
    for candidate in candidates:
        address = "".join((candidate or "").split())
        scheme, colon, _ = address.partition(":")
        if address and (address.startswith(_WEB) or not colon or "/" in scheme):
            return address
    return ""


def _text(raw: Mapping[str, Any], name: str) -> str:
    """A text construct as one plain line. What is declared plain text keeps its angle brackets."""
    detail = raw.get(f"{name}_detail") or {}
    value = (detail.get("value") or raw.get(name) or "")[:_LONGEST_TEXT]
    is_text = detail.get("type") == "text/plain" and "</" not in value  # in RSS the type is a guess of the library
    return folded(value) if is_text else plain(value)


def _summary(raw: Mapping[str, Any]) -> str:
    text = _text(raw, "summary")
    if text or not raw.get("content"):
        return text
    return plain((raw["content"][0].get("value") or "")[:_LONGEST_TEXT])


def _content(raw: Mapping[str, Any], summary: str) -> str:
    """The longest full text that the entry carries, as markup. A long description with paragraphs is one as well."""
    texts = [part.get("value") or "" for part in raw.get("content") or ()]
    if texts:
        return max(texts, key=len)
    markup: str = (raw.get("summary_detail") or {}).get("value") or ""
    is_full = len(summary) > _LONG_SUMMARY and len(_BLOCK.findall(markup)) > 2
    return markup if is_full else ""


def _author(raw: Mapping[str, Any]) -> str:
    names = [folded(person.get("name") or "") for person in raw.get("authors") or ()]
    return ", ".join(dict.fromkeys(name for name in names if name)) or folded(raw.get("author") or "")


def _enclosures(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item["href"] for item in raw.get("enclosures") or () if item.get("href")))


def _identified(entries: tuple[Entry, ...], feed_id: str) -> tuple[Entry, ...]:
    """The entries with their ids, each once. A guid that several addresses share identifies nothing: the address does."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.guid:
            addresses[entry.guid].add(entry.url)
    named: dict[str, Entry] = {}
    for entry in entries:
        guid = entry.guid if entry.guid and len(addresses[entry.guid]) == 1 else None
        key = guid or entry.url or f"{entry.title}\n{entry.published}\n{entry.summary}"
        identity = content_id("entry", feed_id, key)
        named.setdefault(identity, replace(entry, id=identity))
    return tuple(named.values())


def _update_period(feed: Mapping[str, Any]) -> int | None:
    """Minutes between two changes, from the syndication module of RSS (a period, and how often within it)."""
    minutes = _PERIOD_MINUTES.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if minutes is None:
        return None
    return max(1, minutes // max(1, _number(feed.get("sy_updatefrequency")) or 1))


def _skip_hours(body: bytes) -> tuple[int, ...]:
    """Hours of the day (UTC, 0 to 23) in which the publisher asks not to be asked. 24 is an old way to write 0."""
    hours = (int(hour) % 24 for hour in _inside(_SKIPPED_HOURS, rb"<hour>\s*(\d{1,2})\s*</hour>", body))
    return tuple(sorted(set(hours)))


def _skip_days(body: bytes) -> tuple[str, ...]:
    days = _inside(_SKIPPED_DAYS, rb"<day>\s*([A-Za-z]{3,9})\s*</day>", body)
    return tuple(dict.fromkeys(day.decode().capitalize() for day in days))


def _inside(outer: re.Pattern[bytes], inner: bytes, body: bytes) -> Iterable[bytes]:
    match = outer.search(body)
    return re.findall(inner, match[1], re.I) if match else ()


def _number(value: object) -> int | None:
    """A positive whole number, None for anything else."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and 0 < len(text) < 9 and int(text) > 0 else None


def _trouble(parsed: Mapping[str, Any]) -> str:
    """What the XML parser complained of, empty for what it could set right without loss."""
    said = parsed.get("bozo_exception")
    return "" if said is None or isinstance(said, _HARMLESS) else folded(str(said))[:200]


def _is_whole(body: bytes) -> bool:
    """Whether the document is closed: trouble with a whole document (an odd charset) leaves it a feed without entries."""
    tail = body[-2000:].lower()
    return any(end in tail for end in (b"</rss>", b"</feed>", b"rdf>", b"</channel>"))


def _bounded(body: bytes, url: str) -> bytes:
    """The body, cut where its broken part grows too long for the slow reader of broken XML.

    Raises FeedUnreadable for a document that nests deeper or holds more elements than any feed does.
    """
    state: Counter[str] = Counter()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        state["depth"] += 1
        state["elements"] += 1 + len(attributes) ** 2 // 1000  # feedparser looks each attribute up by a search
        if state["depth"] > _DEEPEST or state["elements"] > _MOST_ELEMENTS:
            raise _Hostile

    def end(name: str) -> None:
        state["depth"] -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(body, True)
    except _Hostile:
        raise _hostile(url) from None
    except (expat.ExpatError, ValueError, LookupError):
        marks = islice(_MARK.finditer(body, max(0, parser.CurrentByteIndex)), _MOST_BROKEN, None)
        cut = next(marks, None)
        return body if cut is None else body[: cut.start()]
    return body


def _hostile(url: str) -> FeedUnreadable:
    return FeedUnreadable(
        f"Cannot read feed {url}",
        why=f"the document nests deeper than {_DEEPEST} or holds more than {_MOST_ELEMENTS:,} elements",
        mend="No feed is made like this: check the address; if it is right, tell the publisher, or remove the feed.",
    )
