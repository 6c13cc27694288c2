"""OPML 1 and 2, or one address a line ↔ lists of feeds.

OPML comes from other programs and sometimes from strangers: entities are not expanded, nothing is loaded, and size and
depth are bounded. What can be read of a broken file is read, and what cannot is told with its line.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree

from monitor.domain.feed import Feed
from monitor.domain.feed_list import FeedList, ListedFeed, Skipped
from monitor.domain.url import page_key, without_login
from monitor.errors import RecordWrong
from monitor.feeds.announced import plain_address

LIMIT_BYTES = 20_000_000
_MOST_OUTLINES = 100_000
_SHOWN = 200
_NOT_IN_ADDRESSES = re.compile(r'[\s<>"]')
_BARE = re.compile(rb"&(?=\w+=)")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_FEED = {"link": "a link to a page", "include": "another list, which is not followed"}


def read_feed_list(body: bytes, name: str) -> FeedList:
    """What a file lists. RecordWrong for one that is no list at all. `name` says which file, in errors."""
    if len(body) > LIMIT_BYTES:
        raise _wrong(name, f"it has more than {LIMIT_BYTES:,} bytes", "No list of feeds is that long: check the name.")
    text = _decoded(body)
    if text is not None and not text.lstrip().startswith("<"):
        return _once(_of_lines(text))
    return _once(_of_outlines(body, name))


def written_opml(feeds: Iterable[Feed], title: str, now: datetime) -> bytes:
    """Feeds as OPML 2.0, without the passwords of any. http://opml.org/spec2.opml"""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _xml(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = _xml(feed.name)
        etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=_xml(feed.shown_url))
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document


def _of_lines(text: str) -> Iterator[ListedFeed | Skipped]:
    """One address a line, and its title after a tab. Lines that begin with # are remarks."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            address, _, title = line.strip().partition("\t")
            yield ListedFeed(address, title.strip(), number)


def _of_outlines(body: bytes, name: str) -> Iterator[ListedFeed | Skipped]:
    root = _tree(body, name)
    outlines = [one for one in root.iter() if isinstance(one.tag, str) and _local(one.tag) == "outline"]
    if not outlines and _local(root.tag) != "opml":
        raise _wrong(name, f"it is <{_local(root.tag)}>, not OPML", "Export it again, or give one address a line.")
    if len(outlines) > _MOST_OUTLINES:
        mend = "Split it: no reader has that many feeds."
        raise _wrong(name, f"it has more than {_MOST_OUTLINES:,} outlines", mend)
    for one in outlines:
        said = {_local(str(key)).lower(): str(value) for key, value in one.attrib.items()}
        title = " ".join((said.get("title") or said.get("text") or "").split())
        address = said.get("xmlurl") or (said.get("url", "") if said.get("type", "").lower() == "rss" else "")
        if address:
            yield ListedFeed(address, title, one.sourceline or 0, _folder(one))
        elif not len(one):
            kind = _NO_FEED.get(said.get("type", "").lower(), "an outline without xmlUrl")
            yield Skipped(one.sourceline or 0, title, kind)


def _tree(body: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body if _is_utf16(body) else _mended(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _wrong(name, f"it is no XML ({error})", "Export it again.") from error
    if root is None:
        raise _wrong(name, "it is no XML", "Export it again, or give one address a line.")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _wrong(name, "it declares entities", "OPML needs none: remove them.")
    return root


def _mended(body: bytes) -> bytes:
    """The document with the commonest slip set right: addresses with a bare `&` between their parameters."""
    return _BARE.sub(b"&amp;", body.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _once(listed: Iterable[ListedFeed | Skipped]) -> FeedList:
    """Addresses of the web, each once, whatever its spelling."""
    feeds: dict[str, ListedFeed] = {}
    skipped: list[Skipped] = []
    for one in listed:
        if isinstance(one, Skipped):
            skipped.append(one)
            continue
        address = plain_address(one.url)
        why = "no http address" if not is_web_address(address) else ""
        first = feeds.get(page_key(address))
        if first is not None:
            why = f"the same as line {first.line}"
        if why:
            skipped.append(Skipped(one.line, without_login(address)[:_SHOWN] or one.title, why, is_wrong=first is None))
        else:
            feeds[page_key(address)] = ListedFeed(address, one.title, one.line, one.folder)
    return FeedList(tuple(feeds.values()), tuple(skipped))


def is_web_address(address: str) -> bool:
    """Whether this is the whole address of something on the web."""
    try:
        parts = urlsplit(address)
        is_of_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return is_of_web and not _NOT_IN_ADDRESSES.search(address)


def _folder(one: etree._Element) -> tuple[str, ...]:
    around = [above for above in one.iterancestors() if _local(above.tag) == "outline"]
    return tuple(title for above in reversed(around) if (title := above.get("title") or above.get("text") or ""))


def _decoded(body: bytes) -> str | None:
    """The text of a list that is no XML; None for what only an XML parser can decode."""
    if _is_utf16(body):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if body.lstrip().startswith(b"<") else body.decode("cp1252", "replace")


def _is_utf16(body: bytes) -> bool:
    return body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _xml(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return _NOT_IN_XML.sub("", text)


def _wrong(name: str, why: str, mend: str) -> RecordWrong:
    return RecordWrong(f"Cannot read {name}", why=why, mend=mend)
