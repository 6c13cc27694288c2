"""JSON Feed 1.0 and 1.1 → what the feed says. https://www.jsonfeed.org/version/1.1/"""

import json
from typing import Any

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.instant import read_date
from monitor.feeds.addresses import absolute, first_page, is_pdf, is_web
from monitor.feeds.charset import as_utf8
from monitor.feeds.dates import note_on
from monitor.feeds.plain import beginning, folded, plain
from monitor.feeds.tree import MOST_ELEMENTS, hostile

_MOST_ITEMS = 50_000


def is_json_feed(body: bytes) -> bool:
    """Whether the body looks like JSON Feed rather than any other JSON."""
    head = body[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    return head.startswith(b"{") and (b"jsonfeed.org" in body or b'"items"' in body or b"\x00" in body[:4])


def read_json_feed(body: bytes, url: str, feed_id: str, content_type: str | None) -> ParsedFeed | None:
    """What a JSON Feed says, entry ids left empty; None where the body is no JSON object with a list of items.

    Raises FeedUnreadable for a document that is made to be costly.
    """
    text = as_utf8(body, content_type)
    if text.count(b"{") + text.count(b"[") > MOST_ELEMENTS:
        raise hostile(url)
    try:
        document = json.loads(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    items = [item for item in document["items"][:_MOST_ITEMS] if isinstance(item, dict)]
    return ParsedFeed(
        format="json11" if "1.1" in _text(document.get("version")) else "json1",
        title=folded(_text(document.get("title"))),
        link=_address(document.get("home_page_url"), url),
        entries=tuple(_entry(item, document, url, feed_id) for item in items),
        language=_text(document.get("language")) or None,
    )


def _entry(item: dict[str, Any], document: dict[str, Any], url: str, feed_id: str) -> Entry:
    guid = _text(item.get("id")) or None
    content = _text(item.get("content_html"))
    text = _text(item.get("content_text"))
    attached = [
        (_address(file.get("url"), url), _text(file.get("mime_type"))) for file in _objects(item.get("attachments"))
    ]
    files = [address for address, _ in attached if address]
    pages = (item.get("url"), item.get("external_url"), guid if guid and is_web(guid) else "")
    published, updated = read_date(_text(item.get("date_published"))), read_date(_text(item.get("date_modified")))
    return Entry(
        id="",
        feed_id=feed_id,
        feed_url=url,
        guid=guid,
        url=first_page((*(_address(page, url) for page in pages), *files)),
        title=folded(_text(item.get("title"))),
        published=published.when if published else None,
        updated=updated.when if updated else None,
        author=_author(item) or _author(document),
        summary=folded(_text(item.get("summary"))) or folded(beginning(text)) or plain(beginning(content)),
        content=content or text,
        enclosures=tuple(dict.fromkeys(files)),
        date_note=note_on(published, updated),
        pdf=next((address for address, kind in attached if is_pdf(address, kind)), ""),
    )


def _author(item: dict[str, Any]) -> str:
    """Names of `authors` (1.1), else of `author` (1.0)."""
    people = _objects(item.get("authors")) or _objects([item.get("author")])
    names = [folded(_text(person.get("name"))) for person in people]
    return ", ".join(name for name in names if name)


def _objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list, none where there is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _address(value: object, base: str) -> str:
    return absolute(base, _text(value))


def _text(value: object) -> str:
    """A value as text: ids in the wild are numbers too."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
