"""What a page says of itself: title, publisher, dates, author, address."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from lxml.etree import _Element as Element
from trafilatura import extract_metadata

from monitor.articles.canonical import own_address
from monitor.articles.linked import linked_data, names_in, string_in, types_of, unescaped
from monitor.articles.offer import Offer, offer_of
from monitor.articles.paragraphs import folded
from monitor.domain.instant import read_date

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
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|del|della|der|di|du|la|le|van|von|den|bin|al) ){0,2}[A-ZÀ-Þ][\w.'’-]*){1,3}"
)
_LONGEST_NAME = 100
_MOST_SITE_WORDS = 6
_MOST_LOGO_WORDS = 3


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
    linked = linked_data(tree)
    title, suffix = _title(tree, metas, linked)
    return Head(
        title=title,
        publisher=_publisher(metas, linked) or suffix,
        published=_date(tree, metas, linked, _DATE_METAS, "datePublished"),
        updated=_date(tree, metas, linked, _UPDATE_METAS, "dateModified"),
        author=_author(tree, metas, linked),
        canonical_url=own_address(tree, metas, linked, url),
        language=_language(tree, metas),
        offer=offer_of(tree, metas, linked),
        descriptions=_descriptions(metas, linked),
        is_article=_is_article(metas, linked),
    )


def _metas(tree: Element) -> dict[str, str]:
    """Meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = unescaped(meta.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _title(tree: Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, str | None]:
    """The headline as printed on the page, without the site's name; and the site's name, if a title gave it away."""
    headline = next((text for item in linked if (text := string_in(item, "headline"))), "")
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
    named = [metas.get("og:site_name", ""), *(name for item in linked for name in names_in(item.get("publisher")))]
    return [name for name in (*named, metas.get("application-name", "")) if name]


def _publisher(metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    return next(iter(_sites(metas, linked)), None)


def _date(
    tree: Element, metas: dict[str, str], linked: list[dict[str, Any]], names: tuple[str, ...], key: str
) -> datetime | None:
    """The first date that the page states, in the notation that tells most: a time before a day, a zone before UTC."""
    texts = [text for item in linked if (text := string_in(item, key))]
    texts += [metas[name] for name in names if name in metas]
    texts += [
        value for value in tree.xpath(f"//*[@itemprop='{key}']/@datetime | //*[@itemprop='{key}']/@content") if value
    ]
    if key == "datePublished":
        texts += _times(tree)
    stated = [(text, stamp.when) for text in texts if (stamp := read_date(text)) is not None]
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
    """The people who wrote it: as the page says for machines, else as its line of authors seems to say."""
    names = next((found for item in linked if (found := names_in(item.get("author")))), [])
    if not names:
        stated = [metas.get(name, "") for name in ("author", "article:author", "parsely-author", "byl", "dc.creator")]
        names = [name for name in stated if name and not name.startswith(("http://", "https://"))][:1]
    if not names:
        names = [folded(" ".join(item.itertext())) for item in tree.xpath("//*[@itemprop='author' or @rel='author']")][:3]
    names = [_BY.sub("", name) for name in names]
    return ", ".join(dict.fromkeys(name for name in names if 0 < len(name) < _LONGEST_NAME)) or _signed(tree)


def _signed(tree: Element) -> str:
    """The names that a line of authors seems to hold, those that look like names."""
    found = extract_metadata(tree, extensive=False)  # without a long search for its date
    names = (found.author or "").split("; ") if found is not None else []
    return ", ".join(name for name in names if _NAME.fullmatch(name))


def _is_article(metas: dict[str, str], linked: list[dict[str, Any]]) -> bool:
    """Whether the page says for machines that it is an article."""
    if metas.get("og:type", "").lower() in ("article", "news.article", "newsarticle"):
        return True
    kinds = [kind for item in linked for kind in types_of(item)]
    return "article:published_time" in metas or any(kind.endswith(_PIECES) for kind in kinds)


def _descriptions(metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, ...]:
    stated = [metas.get(name, "") for name in ("description", "og:description", "twitter:description")]
    return tuple(text for text in (*stated, *(string_in(item, "description") for item in linked)) if text)


def _language(tree: Element, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("og:locale") or ""
    code = re.split(r"[-_]", stated.strip().lower())[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() else None
