"""Feeds that are broken or strange → what they say, slowly, as far as they go.

feedparser's cleaning and its resolving of links inside of texts are switched off: what we show is plain text anyway.
"""

import io
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import feedparser

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.instant import Stamp, read_date
from monitor.feeds.addresses import absolute, first_page, is_pdf, is_web
from monitor.feeds.charset import as_utf8, without_declaration
from monitor.feeds.dates import note_on
from monitor.feeds.hints import days_to_skip, hours_to_skip, positive_number, update_period
from monitor.feeds.plain import (
    LONG_SUMMARY,
    LONGEST_TEXT,
    beginning,
    folded,
    full_text,
    looks_like_markup,
    mended,
    person_of,
    plain,
)
from monitor.feeds.slips import set_right, tamed
from monitor.feeds.tree import DEEPEST, MOST_ELEMENTS, hostile, recovered_tree
from monitor.feeds.unreadable import unreadable
from monitor.feeds.xml_feed import read_root

_MOST_DECLARED = 300
"""Prefixes that a document declares."""

_AUTHOR_NAME = re.compile(
    rb"(<(?:\w{1,15}:)?author\b[^<>]*>\s{0,99})<(?:\w{1,15}:)?name\s{0,9}>([^<]{0,500})</(?:\w{1,15}:)?name\s{0,9}>", re.I
)
_PERSON = re.compile(rb"(</?)(?:\w{1,15}:)?(?:author|creator)\b", re.I)
_UNREAD = re.compile(
    rb"(</?)(?:(?:georss|gml|geo|psc|cc|admin):\w{1,30}|(?:\w{1,15}:)?(?:category|subject|keywords|tags|contributor|owner"
    rb"|publisher|width|height|player|rating|credit|restriction|license|thumbnail))\b",
    re.I,
)
_PREFIX = re.compile(rb"xmlns:([\w.-]+)")
_CDF = re.compile(rb"\s*<channel\b", re.I)
_SKIPPED_HOURS = re.compile(rb"<skipHours\b(.{0,4000}?)</skipHours", re.I | re.S)
_SKIPPED_DAYS = re.compile(rb"<skipDays\b(.{0,2000}?)</skipDays", re.I | re.S)


class _Hostile(Exception):
    """Raised inside of expat's callbacks to leave a document that is not worth its cost."""


def read_broken(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed:
    """What a broken or strange feed says, entry ids left empty, as far as it can be read.

    Two read it, each good at other accidents: libxml2 sets wrong and missing end tags right, feedparser lives with HTML
    that nobody escaped. The one that understands more wins. Raises FeedUnreadable where neither finds a feed, saying
    what it is instead.
    """
    whole = without_declaration(as_utf8(body, content_type))
    document = _quick(tamed(set_right(whole)))
    _check(document, url)
    root = recovered_tree(document.lstrip())
    recovered = None if root is None else read_root(root, url, feed_id)
    parsed = _parsed(document, url)
    found = _feed(parsed, document, url, feed_id)
    if recovered is not None and _understood(recovered) > _understood(found):
        return recovered
    trouble = folded(str(parsed.get("bozo_exception") or ""))[:200]
    if not found.entries and (found.format == "xml" or (trouble and not _is_closed(whole))):
        raise unreadable(body, url=url, content_type=content_type, trouble=trouble)
    return found


def _understood(feed: ParsedFeed) -> int:
    """How much of its entries a reading made out: titles and addresses."""
    return sum(bool(entry.title) + bool(entry.url) for entry in feed.entries)


def _parsed(document: bytes, url: str) -> Mapping[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    stream = io.BytesIO(document)  # given bytes, feedparser tries them as the name of a file first
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:  # it stumbles over some garbage
        return {"bozo_exception": error, "entries": (), "feed": {}}
    return parsed


def _feed(parsed: Mapping[str, Any], document: bytes, url: str, feed_id: str) -> ParsedFeed:
    version = parsed.get("version") or ("cdf" if _CDF.match(document) else "")
    items = [raw for raw in parsed["entries"] if raw or not parsed.get("bozo")]  # broken XML leaves empty ones behind
    feed = parsed["feed"]
    return ParsedFeed(
        format=version or "xml",
        title=_text(feed, "title"),
        link=feed.get("link") or _own_link(feed),
        entries=tuple(_entry(raw, version, url, feed_id) for raw in items),
        language=feed.get("language") or None,
        ttl_minutes=positive_number(str(feed.get("ttl") or "")),
        update_period_minutes=update_period(
            str(feed.get("sy_updateperiod") or ""), str(feed.get("sy_updatefrequency") or "")
        ),
        skip_hours=hours_to_skip(_inside(_SKIPPED_HOURS, rb"<hour>(.{0,9}?)</hour>", document)),
        skip_days=days_to_skip(_inside(_SKIPPED_DAYS, rb"<day>(.{0,20}?)</day>", document)),
    )


def _entry(raw: Mapping[str, Any], version: str, feed_url: str, feed_id: str) -> Entry:
    guid = raw.get("id") or None
    published, updated = _dates(raw, version)
    summary = _summary(raw)
    enclosed = [(absolute(feed_url, one.get("href")), one.get("type") or "") for one in raw.get("enclosures") or ()]
    files = [address for address, _ in enclosed if address]
    media = [absolute(feed_url, one.get("url")) for one in raw.get("media_content") or ()]
    return Entry(
        id="",
        feed_id=feed_id,
        feed_url=feed_url,
        guid=guid,
        url=_url(raw, guid, files, feed_url),
        title=_text(raw, "title"),
        published=published.when if published else None,
        updated=updated.when if updated else None,
        author=_author(raw),
        summary=summary,
        content=_content(raw, summary),
        enclosures=tuple(dict.fromkeys(address for address in files + media if address)),
        date_note=note_on(published, updated),
        pdf=next((address for address, kind in enclosed if is_pdf(address, kind)), ""),
    )


def _dates(raw: Mapping[str, Any], version: str) -> tuple[Stamp | None, Stamp | None]:
    """Published and updated. RSS has no word for updated but dc:date and the like, which name the publication."""
    present = set(raw.keys())  # feedparser's own lookup answers `updated` by the date of publication
    published, updated = (read_date(raw[name] or "") if name in present else None for name in ("published", "updated"))
    if published is None and not version.startswith("atom"):
        return updated, None
    return published, updated


def _url(raw: Mapping[str, Any], guid: str | None, files: list[str], base: str) -> str:
    """The entry's address: its link, a guid that is a permalink, else the first thing enclosed. Empty if nothing is."""
    link = raw.get("link") or ""
    if raw.get("guidislink") and link == guid and not is_web(link):
        link = ""
    permalink = guid if guid and raw.get("guidislink") and is_web(guid) else ""
    return first_page((absolute(base, link), absolute(base, permalink), *files))


def _text(raw: Mapping[str, Any], name: str) -> str:
    """A text construct as one plain line. What is declared plain text keeps its angle brackets."""
    detail = raw.get(f"{name}_detail") or {}
    value = mended((detail.get("value") or raw.get(name) or "")[:LONGEST_TEXT])
    is_text = detail.get("type") == "text/plain" and not looks_like_markup(value)
    return folded(value) if is_text else plain(value)


def _summary(raw: Mapping[str, Any]) -> str:
    text = _text(raw, "summary")
    if text or not raw.get("content"):
        return text
    return plain(beginning(raw["content"][0].get("value") or ""))


def _content(raw: Mapping[str, Any], summary: str) -> str:
    """The longest full text that the entry carries, as markup. A long description with paragraphs is one as well."""
    texts = [part.get("value") or "" for part in raw.get("content") or ()]
    if texts:
        return max(texts, key=len)
    is_long = len(summary) > LONG_SUMMARY
    return full_text((raw.get("summary_detail") or {}).get("value") or "") if is_long else ""


def _author(raw: Mapping[str, Any]) -> str:
    return next((person_of(raw[name]) for name in ("byname", "byline") if isinstance(raw.get(name), str)), "")


def _own_link(feed: Mapping[str, Any]) -> str:
    return next((link.get("href") or "" for link in feed.get("links") or () if link.get("rel") == "self"), "")


def _inside(outer: re.Pattern[bytes], inner: bytes, document: bytes) -> list[str]:
    match = outer.search(document)
    return [text.decode("utf-8", "replace") for text in re.findall(inner, match[1], re.I | re.S)] if match else []


def _is_closed(document: bytes) -> bool:
    """Whether the document is closed: trouble with a closed one leaves it a feed without entries."""
    tail = document[-2000:].lower()
    return any(end in tail for end in (b"</rss", b"</feed", b"rdf>", b"</channel"))


def _quick(document: bytes) -> bytes:
    """The document with other names for what costs feedparser quadratic time, or makes it stumble, and nobody reads."""
    document = _AUTHOR_NAME.sub(rb"\1<byname>\2</byname>", document)
    return _UNREAD.sub(rb"\1unread", _PERSON.sub(rb"\1byline", document))


def _check(document: bytes, url: str) -> None:
    """Raise FeedUnreadable for a document that nests deeper or declares more than feeds do, as far as it is sound."""
    if len(set(_PREFIX.findall(document))) > _MOST_DECLARED:
        raise hostile(url)
    state: Counter[str] = Counter()

    def start(name: str, attributes: list[str]) -> None:
        state["depth"] += 1
        state["elements"] += 1 + len(attributes) ** 2 // 4000  # feedparser looks each attribute up by a search
        if state["depth"] > DEEPEST or state["elements"] > MOST_ELEMENTS:
            raise _Hostile

    def end(name: str) -> None:
        state["depth"] -= 1

    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(document, True)
    except _Hostile:
        raise hostile(url) from None
    except (expat.ExpatError, ValueError):
        return
