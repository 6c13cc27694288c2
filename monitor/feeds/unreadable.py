"""A body that is no feed → an error that says what came, and how to mend it."""

import re

from monitor.errors import FeedUnreadable
from monitor.feeds.announced import announced_feeds
from monitor.feeds.walls import wall

_HTML = re.compile(
    rb"\s*+(?>(?:<!--.*?-->|<\?xml[^>]{0,200}\?>)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FEED_ROOT = re.compile(rb"<(?:[a-zA-Z]\w{0,20}:)?(?:rss|feed|rdf|channel)\b", re.I)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b")


def is_page(body: bytes) -> bool:
    """Whether the body is an HTML page and holds no feed."""
    return _HTML.match(body[:5000]) is not None and _FEED_ROOT.search(body[:100_000]) is None


def unreadable(body: bytes, *, url: str, content_type: str | None, trouble: str = "") -> FeedUnreadable:
    """The error for a body without a feed in it. `trouble`: what the XML parser said, if it said something."""
    what = f"Cannot read feed {url}"
    sent = f" (Content-Type {content_type})" if content_type else ""
    if not body.strip():
        return FeedUnreadable(
            what,
            why="the server sent an empty body",
            mend="Ask again later; if it stays empty, the feed is broken or gone: pause or remove it.",
        )
    if _HTML.match(body[:5000]):
        return _page(what, body, url, sent)
    if _is_binary(body):
        return FeedUnreadable(
            what,
            why=f"the server sent binary data{sent}",
            mend="Check that the address is that of the feed and not of a picture, sound or archive.",
        )
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return FeedUnreadable(
            what,
            why=f"the server sent JSON that is no JSON Feed{sent}",
            mend="A JSON Feed is an object with a list `items`; look for the address of the feed itself.",
        )
    if trouble:
        return FeedUnreadable(
            what,
            why=f"the XML is broken or cut off and no entry can be read ({trouble})",
            mend="Ask again later; if it stays so, tell the publisher: a feed validator shows the place.",
        )
    return FeedUnreadable(
        what,
        why=f"the server sent something that is neither RSS nor Atom nor JSON Feed nor a sitemap{sent}",
        mend="Open the address in a browser; if the feed has moved, add its new address.",
    )


def _page(what: str, body: bytes, url: str, sent: str) -> FeedUnreadable:
    whose = wall(200, {}, body)
    if whose:
        mend = "Look on the site for another address of the feed, or ask the publisher to let readers of feeds in."
        return FeedUnreadable(what, why=f"a wall against robots ({whose}) sent its page", mend=mend, cause="wall")
    return FeedUnreadable(what, why=f"the server sent an HTML page{sent}", mend=_page_mend(body, url), cause="page")


def _page_mend(body: bytes, url: str) -> str:
    feeds = announced_feeds(body, url)
    if feeds:
        return f"The page announces its feed: use {' or '.join(feed.url for feed in feeds[:3])} instead."
    return "The page announces no feed; look on the site for one, or remove this feed."


def _is_binary(body: bytes) -> bool:
    head = body[:2000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 with its mark
        return False
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    return controls > len(head) / 50
