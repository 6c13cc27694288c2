"""Bytes of a page → a tree of bounded size: what reads it takes time by the element, some of it by the square.

News pages have a few thousand elements at most. What stands behind the first of them in a larger one is cut away:
articles come before comments, archives and lists.
"""

import re

import trafilatura
from lxml import html
from lxml.etree import _Element as Element

from monitor.articles.markup import drop
from monitor.errors import ArticleUnreadable

_MOST_ELEMENTS = 15_000
_BREAKS_IN_A_ROW = 2
_TAG = re.compile(
    r"(?P<tag><(?:(?P<code>script|style)\b|[a-z])(?:[^<>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)"
    r"(?(code)(?:>[\s\S]*?(?:</(?:script|style)|\Z))?)",
    re.IGNORECASE,
)
"""A tag up to its end; what stands in a script is passed over, since it may look like tags."""

_QUOTED = re.compile(r"\"[^\"]*+\"?|'[^']*+'?")
_MOST_ATTRIBUTES = 1000
_SHORTEST_CROWD = 5 * _MOST_ATTRIBUTES


def page_tree(page: str, url: str) -> Element:
    """The tree of a page, its comments left out. ArticleUnreadable for what is no HTML."""
    tree = trafilatura.load_html(_uncrowded(page)) if page else None
    if tree is None:
        raise unreadable(url, "the page is empty or no HTML")
    return _bounded(tree)


def fragment_tree(fragment: str) -> Element:
    """The tree of a piece of HTML, in a block of its own."""
    return _bounded(html.fragment_fromstring(_uncrowded(fragment), create_parent="div"))


def unreadable(url: str, why: str) -> ArticleUnreadable:
    """The error for an address that gave no article."""
    return ArticleUnreadable(
        f"Cannot read an article from {url}",
        why=why,
        mend="Open the address in a browser; if there is an article, save it and give the file to `monitor ingest`.",
    )


def _bounded(tree: Element) -> Element:
    _thin_breaks(tree)
    _cut(tree)
    return tree


def _uncrowded(page: str) -> str:
    """The page without the attributes of tags that have thousands: the parser compares each with all others."""

    def one(match: re.Match[str]) -> str:
        tag, rest = match["tag"], match[0][len(match["tag"]) :]
        is_crowd = len(tag) > _SHORTEST_CROWD and len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES
        return tag.split(None, 1)[0] + rest if is_crowd else match[0]

    return _TAG.sub(one, page)


def _thin_breaks(tree: Element) -> None:
    """Line breaks beyond the second in a row part nothing more."""
    row = 0
    before: Element | None = None
    for element in list(tree.iter("br")):
        follows = before is not None and element.getprevious() is before and not (before.tail or "").strip()
        row = row + 1 if follows else 1
        if row > _BREAKS_IN_A_ROW:
            drop(element)
        else:
            before = element


def _cut(tree: Element) -> None:
    """Leave the first elements in the order of the text."""
    for number, element in enumerate(tree.iter()):
        if number == _MOST_ELEMENTS:
            last: Element | None = element
            while last is not None and last is not tree:
                for later in list(last.itersiblings()):
                    later.getparent().remove(later)
                last = last.getparent()
            drop(element)
            return
