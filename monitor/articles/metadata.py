"""What a page says of itself: title, publisher, dates, author, address."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from monitor.articles.offer import Offer, offer_of
from monitor.articles.paragraphs import folded
from monitor.domain.url import canonical_url

_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|Posting|Report|WebPage|Review|CreativeWork)\Z")
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
    "publish-date", "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "citation_publication_date",
)  # fmt: skip
_UPDATE_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "last-modified", "lastmod",
)  # fmt: skip
_PIECES = ("Article", "Posting", "Report", "Review")
_SEPARATOR = re.compile(r"\s+(?:[|·•»–—‹›/:-]|::)\s+|(?<=\S)\s*[|»]\s*(?=\S)")
_MOST_SITE_WORDS = 6
_MOST_LOGO_WORDS = 3
_MOST_SCRIPT = 2_000_000


@dataclass(frozen=True)
class Head:
    """The metadata of a page, as far as it gives them."""

    title: str
    publisher: str | None
    published: datetime | None
    updated: datetime | None
    author: str
    canonical_url: str | None
    language: str | None
    offer: Offer
    descriptions: tuple[str, ...]
    is_article: bool


def read_head(tree: Element, url: str) -> Head:
    """The metadata of a page. `url`: where it came from, to resolve and to judge the address it calls canonical."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    title, suffix = _title(tree, metas, linked)
    return Head(
        title=title,
        publisher=_publisher(metas, linked) or suffix,
        published=_date(tree, metas, linked, _DATE_METAS, "datePublished"),
        updated=_date(tree, metas, linked, _UPDATE_METAS, "dateModified"),
        author=_author(tree, metas, linked),
        canonical_url=_canonical(tree, metas, url),
        language=_language(tree, metas),
        offer=offer_of(tree, metas, linked),
        descriptions=_descriptions(metas, linked),
        is_article=_is_article(metas, linked),
    )


def read_instant(text: str) -> datetime | None:
    """An ISO 8601 or RFC 822 date with its offset; without one it is UTC, a day alone is its midnight in UTC."""
    value = text.strip()
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def _metas(tree: Element) -> dict[str, str]:
    """Meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = folded(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_data(tree: Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that describe the page or its article; articles come first."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < _MOST_SCRIPT:
            try:
                objects.extend(_objects(json.loads(script.text, strict=False)))
            except (ValueError, RecursionError):
                continue
    wanted = [item for item in objects if any(_ARTICLE_TYPES.search(kind) for kind in _types(item))]
    wanted.sort(key=lambda item: any(kind.endswith(("WebPage", "CreativeWork")) for kind in _types(item)))
    yield from wanted


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))


def _types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds or "")]


def _names(value: Any) -> list[str]:
    """The names of people or organisations in JSON-LD, whatever shape they have."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    return [folded(value)] if isinstance(value, str) and folded(value) else []


def _string(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return folded(value) if isinstance(value, str) else ""


def _title(tree: Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, str | None]:
    """The headline as printed on the page, without the site's name; and the site's name, if a title gave it away."""
    headline = next((text for item in linked if (text := _string(item, "headline"))), "")
    shared = metas.get("og:title", "") or metas.get("twitter:title", "")
    window = folded("".join(title.itertext())) if (title := tree.find(".//title")) is not None else ""
    heads = [text for h1 in islice(tree.iter("h1"), 10) if (text := folded(" ".join(h1.itertext())))]
    sites = {name.casefold() for name in _sites(metas, linked)}
    candidates = [text for text in (headline, shared, window) if text]
    for head in heads:  # what readers see, where the page's own data agree with it
        if any(_same(head, text) or _begins(text, head) for text in candidates):
            return head, _left_over(window, head)
    for text in candidates:
        bare, site = _without_site(text, sites)
        if text is not window or site:
            return bare, site or _left_over(window, bare)
    head = (heads or [""])[0]
    is_logo = len(head.split()) <= _MOST_LOGO_WORDS < len(window.split())
    return (window if is_logo else head or window), None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _begins(text: str, head: str) -> bool:
    rest = text[len(head) :]
    return len(head) > 3 and text.casefold().startswith(head.casefold()) and _SEPARATOR.match(rest) is not None


def _left_over(window: str, title: str) -> str | None:
    """The name of the site behind the title in the window's title."""
    if not _begins(window, title):
        return None
    name = _SEPARATOR.split(window[len(title) :])[-1].strip()
    return name if name and len(name.split()) <= _MOST_SITE_WORDS else None


def _without_site(text: str, sites: set[str]) -> tuple[str, str | None]:
    parts = list(_SEPARATOR.finditer(text))
    if parts:
        last = text[parts[-1].end() :]
        if last.casefold() in sites:
            return text[: parts[-1].start()].strip(), last
    return text, None


def _sites(metas: dict[str, str], linked: list[dict[str, Any]]) -> list[str]:
    named = [metas.get("og:site_name", ""), *(name for item in linked for name in _names(item.get("publisher")))]
    return [name for name in (*named, metas.get("application-name", "")) if name]


def _publisher(metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    return next(iter(_sites(metas, linked)), None)


def _date(
    tree: Element, metas: dict[str, str], linked: list[dict[str, Any]], names: tuple[str, ...], key: str
) -> datetime | None:
    """The first date that the page states, in the notation that tells most: a time before a day, a zone before UTC."""
    texts = [text for item in linked if (text := _string(item, key))]
    texts += [metas[name] for name in names if name in metas]
    texts += [
        value for value in tree.xpath(f"//*[@itemprop='{key}']/@datetime | //*[@itemprop='{key}']/@content") if value
    ]
    if key == "datePublished":
        texts += _times(tree)
    stated = [(text, when) for text in texts if (when := read_instant(text)) is not None]
    if not stated:
        return None
    timed = [(text, when) for text, when in stated if ":" in text]
    first = (timed or stated)[0][1]
    return next((when for _, when in timed if when == first and when.utcoffset()), first)


def _times(tree: Element) -> list[str]:
    """The first time element outside of lists and asides: the date line of the article."""
    found = tree.xpath(
        "(//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::li or ancestor::footer)])[1]"
    )
    return [time.get("datetime") for time in found]


def _author(tree: Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> str:
    names = next((found for item in linked if (found := _names(item.get("author")))), [])
    if not names:
        stated = [metas.get(name, "") for name in ("author", "article:author", "parsely-author", "byl", "dc.creator")]
        names = [name for name in stated if name and not name.startswith(("http://", "https://"))][:1]
    if not names:
        names = [folded(" ".join(item.itertext())) for item in tree.xpath("//*[@itemprop='author' or @rel='author']")][:3]
    return ", ".join(dict.fromkeys(name for name in names if 0 < len(name) < 100))


def _is_article(metas: dict[str, str], linked: list[dict[str, Any]]) -> bool:
    """Whether the page says for machines that it is an article."""
    if metas.get("og:type", "").lower() in ("article", "news.article", "newsarticle"):
        return True
    kinds = [kind for item in linked for kind in _types(item)]
    return "article:published_time" in metas or any(kind.endswith(_PIECES) for kind in kinds)


def _descriptions(metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, ...]:
    stated = [metas.get(name, "") for name in ("description", "og:description", "twitter:description")]
    return tuple(text for text in (*stated, *(_string(item, "description") for item in linked)) if text)


def _canonical(tree: Element, metas: dict[str, str], url: str) -> str | None:
    """The address that the page calls its own. One on another site counts only where the page's other data agree.

    Papers that print agency copy point search engines to the agency; that does not make the copy the agency's page.
    """
    links = tree.xpath("//link[contains(concat(' ', translate(@rel, 'C', 'c'), ' '), ' canonical ')]/@href")
    canonical = _absolute(links[0] if links else "", url)
    shared = _absolute(metas.get("og:url", ""), url)
    if canonical and shared and urlsplit(canonical).hostname != urlsplit(shared).hostname:
        canonical = shared if urlsplit(shared).hostname == urlsplit(url).hostname else canonical
    return canonical or shared


def _absolute(link: str, url: str) -> str | None:
    """The address resolved and made canonical; None for the front page of a site where the page is not that itself."""
    if not link.strip():
        return None
    try:
        address = canonical_url(urljoin(url, link.strip()))
    except ValueError:
        return None
    parts = urlsplit(address)
    is_front = parts.path in ("", "/") and not parts.query
    if parts.scheme not in ("http", "https") or (is_front and urlsplit(url).path not in ("", "/")):
        return None
    return address


def _language(tree: Element, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("og:locale") or ""
    code = re.split(r"[-_]", stated.strip().lower())[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() else None
