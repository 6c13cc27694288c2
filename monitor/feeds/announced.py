"""An HTML page → the feeds it announces, and which of them is the site's own."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

_TAG = re.compile(rb"<(?:link|base)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LOOKED_AT_BYTES = 1_000_000
_FORMATS = {
    "application/atom+xml": "Atom",
    "application/rss+xml": "RSS",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
    "text/xml": "RSS",
    "application/xml": "RSS",
}
_ELSE = frozenset({"/wp-json/", "oembed"})
"""What stands in addresses that sites announce in the same way and that are no feeds: descriptions of one page."""

_COMMENTS = re.compile(r"\bcomments?\b|\bkommentare?\b|\bcommentaires?\b|\bcomentarios?\b", re.I)
_FORMAT = r"(?:atom|rss2?|rdf|feed|json|xml)"
_FORMAT_IN_PATH = re.compile(rf"(?:[./_-]?{_FORMAT})+/?\Z", re.I)
_FORMAT_IN_QUERY = re.compile(rf"(?:\A|&)\w+={_FORMAT}(?=&|\Z)", re.I)
_FORMAT_IN_TITLE = re.compile(rf"\b{_FORMAT}\b|[0-9.()\s/]+", re.I)


@dataclass(frozen=True)
class FeedLink:
    """A feed as a page announces it. `url` is absolute."""

    url: str
    title: str
    format: str


def announced_feeds(page: bytes, url: str) -> list[FeedLink]:
    """The feeds that an HTML page announces by `link rel="alternate"` or `rel="feed"`, in its order, each once."""
    found: dict[str, FeedLink] = {}
    base = url
    for tag in _TAG.findall(page[:_LOOKED_AT_BYTES]):
        attributes = _attributes(tag.decode("utf-8", "replace"))
        address = "".join(attributes.get("href", "").split())
        if tag[:5].lower() == b"<base":
            base = _resolved(url, address) or base
            continue
        media_type = attributes.get("type", "").lower().split(";")[0].strip()
        relations = attributes.get("rel", "").lower().split()
        is_feed = "feed" in relations or ("alternate" in relations and media_type in _FORMATS)
        target = _resolved(base, address) if is_feed and address else ""
        if target and not any(mark in target for mark in _ELSE):
            found.setdefault(target, FeedLink(target, attributes.get("title", ""), _FORMATS.get(media_type, "")))
    return list(found.values())


def the_main_one(links: Sequence[FeedLink], page_url: str) -> FeedLink | None:
    """The one that is meant by whoever names the page, where there is no doubt; None else.

    Feeds of comments do not count, and one feed in several formats counts once, by the format that comes first. If
    several are left, it is the one of the whole site; but a feed of the very page may be meant as well, below the front.
    """
    kept = [link for link in links if not _is_of_comments(link)]
    firsts = {_without_format(link): link for link in reversed(kept)}.values()
    distinct = [link for link in kept if link in firsts]
    if len(distinct) == 1:
        return distinct[0]
    page = urlsplit(page_url).path.rstrip("/")
    if page and any(_front(link) == page for link in distinct):
        return None
    of_site = [one for one in distinct if all(_holds(one, other) for other in distinct if other is not one)]
    return of_site[0] if len(of_site) == 1 else None


def plain_address(address: str) -> str:
    """The address without white space around it and without `feed:`, which old pages write for `http:` or before it."""
    bare = address.strip()
    if bare[:5].lower() != "feed:":
        return bare
    rest = bare[5:]
    return f"http:{rest}" if rest.startswith("//") else rest


def _is_of_comments(link: FeedLink) -> bool:
    return bool(_COMMENTS.search(link.title) or _COMMENTS.search(urlsplit(link.url).path))


def _without_format(link: FeedLink) -> str:
    """What the same feed in another format has in common with it."""
    parts = urlsplit(link.url)
    title = _FORMAT_IN_TITLE.sub(" ", link.title).strip(" -–—:|»").lower()
    return f"{parts.hostname} {_front(link)} {_FORMAT_IN_QUERY.sub('', parts.query)} {title}"


def _front(link: FeedLink) -> str:
    """The path of what a feed is of: `/sport` for `/sport/feed.xml`."""
    return _FORMAT_IN_PATH.sub("", urlsplit(link.url).path).rstrip("/")


def _holds(one: FeedLink, other: FeedLink) -> bool:
    """Whether what one feed is of begins the path of the other: `/feed` and `/sport/feed`."""
    same_site = urlsplit(one.url).hostname == urlsplit(other.url).hostname
    return same_site and not urlsplit(one.url).query and _front(other).startswith(f"{_front(one)}/")


def _resolved(base: str, address: str) -> str:
    """The address in full, if it is one of the web; empty else."""
    try:
        full = urljoin(base, plain_address(address))
        return full if urlsplit(full).scheme in ("http", "https") and urlsplit(full).hostname else ""
    except ValueError:
        return ""


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
