"""JSON Feed 1.0 and 1.1 → what the feed says. https://www.jsonfeed.org/version/1.1/"""

import json
from typing import Any
from urllib.parse import urljoin

from monitor.domain.entry import Entry, ParsedFeed
from monitor.feeds.dates import read_date
from monitor.feeds.plain import folded, plain


def is_json_feed(body: bytes) -> bool:
    """Whether the body looks like JSON Feed rather than any other JSON."""
    head = body[:4096]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (b"jsonfeed.org" in body or b'"items"' in body)


def read_json_feed(body: bytes, *, url: str, feed_id: str) -> ParsedFeed | None:
    """What a JSON Feed says; None where the body is no JSON object with a list of items. Entry ids are left empty."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    language = _text(document.get("language"))
    return ParsedFeed(
        format="json11" if "1.1" in _text(document.get("version")) else "json1",
        title=folded(_text(document.get("title"))),
        link=_address(document.get("home_page_url"), url),
        entries=tuple(_entry(item, document, url, feed_id) for item in document["items"] if isinstance(item, dict)),
        language=language or None,
    )


def _entry(item: dict[str, Any], document: dict[str, Any], url: str, feed_id: str) -> Entry:
    guid = _text(item.get("id")) or None
    content = _text(item.get("content_html"))
    text = _text(item.get("content_text"))
    permalink = guid if guid and guid.startswith(("http://", "https://")) else ""
    return Entry(
        id="",
        feed_id=feed_id,
        feed_url=url,
        guid=guid,
        url=_address(item.get("url") or item.get("external_url") or permalink, url),
        title=folded(_text(item.get("title"))),
        published=read_date(_text(item.get("date_published"))),
        updated=read_date(_text(item.get("date_modified"))),
        author=_author(item) or _author(document),
        summary=folded(_text(item.get("summary"))) or folded(text) or plain(content),
        content=content or text,
        enclosures=tuple(
            _address(attachment.get("url"), url)
            for attachment in item.get("attachments") or ()
            if isinstance(attachment, dict) and attachment.get("url")
        ),
    )


def _author(item: dict[str, Any]) -> str:
    """Names of `authors` (1.1), else of `author` (1.0)."""
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [folded(_text(person.get("name"))) for person in people or () if isinstance(person, dict)]
    return ", ".join(name for name in names if name)


def _address(value: object, base: str) -> str:
    text = _text(value).strip()
    return urljoin(base, text) if text else ""


def _text(value: object) -> str:
    """A value as text: ids in the wild are numbers too."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
