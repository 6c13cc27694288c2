"""What a reader would see of a page beside the article: titles, blocks of text, what its parts are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from monitor.articles.paragraphs import folded, paragraphs

_AROUND = frozenset({"head", "nav", "aside", "footer"})
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "menu", "menubar"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_NAMES = re.compile(r"(?:^|\s)(?:hidden|is-hidden|d-none|sr-only|visually-hidden|screen-reader-text)(?:$|\s)")
_HEADINGS = ("h1", "h2")
_MOST_HEADINGS = 6
_MOST_BLOCKS = 400


@dataclass(frozen=True)
class Sight:
    """What there is to see, outside of menus.

    `titles`: the window's title and the first headings. `blocks`: pieces of text in order. `names`: ids and classes of
    the elements that hold them. `unscripted`: what those see whose browser runs no scripts. `is_shell`: whether there is
    a place that a script is to fill. `leads_on`: whether the page sends its readers elsewhere by itself. `controls`:
    buttons and fields. `has_login`: whether one of these asks for a password or an address for mail.
    """

    titles: tuple[str, ...]
    blocks: tuple[str, ...]
    names: tuple[str, ...]
    unscripted: tuple[str, ...]
    is_shell: bool
    leads_on: bool
    controls: int
    has_login: bool


def sight_of(tree: Element) -> Sight:
    """What is to be seen on a page whose furniture still stands."""
    shown = list(_shown(tree))
    names = [name for element in shown if (name := names_of(element))]
    return Sight(
        titles=tuple(_titles(tree)),
        blocks=tuple(paragraphs(tree, skip=is_around)[:_MOST_BLOCKS]),
        names=tuple(names),
        unscripted=tuple(text for element in tree.iter("noscript") if (text := folded(" ".join(element.itertext())))),
        is_shell=_is_shell(tree),
        leads_on=_leads_on(tree),
        controls=sum(element.tag in ("button", "input") or element.get("role") == "button" for element in shown),
        has_login=any((element.get("type") or "").lower() in ("password", "email") for element in shown),
    )


def names_of(element: Element) -> str:
    """Id and classes of an element, parted by blanks."""
    return f"{element.get('id') or ''} {element.get('class') or ''}".strip()


def is_around(element: Element) -> bool:
    """Whether an element is a menu or the like, or cannot be seen."""
    tag = element.tag
    if tag in _AROUND or (element.get("role") or "").strip().lower() in _ROLES:
        return True
    if tag == "header" and element.getparent() is not None and element.getparent().tag == "body":
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if tag == "dialog" and element.get("open") is None:
        return True
    return bool(_UNSEEN.search(element.get("style") or "") or _UNSEEN_NAMES.search(element.get("class") or ""))


def _shown(tree: Element) -> Iterator[Element]:
    """The elements outside of menus and of what cannot be seen."""
    todo = [tree]
    while todo:
        element = todo.pop()
        if isinstance(element.tag, str) and not is_around(element):
            yield element
            todo.extend(element)


def _titles(tree: Element) -> Iterator[str]:
    window = tree.find(".//title")
    if window is not None and (text := folded("".join(window.itertext()))):
        yield text
    headings = list(tree.iter(*_HEADINGS))[:_MOST_HEADINGS]
    for element in headings:
        if text := folded(" ".join(element.itertext())):
            yield text


def _is_shell(tree: Element) -> bool:
    """Whether there is an empty place with a name that a script will know, and a script."""
    body = tree.find(".//body")
    if body is None or next(tree.iter("script"), None) is None:
        return False
    return any(
        ((element.tag == "div" and element.get("id")) or "-" in str(element.tag))
        and not "".join(element.itertext()).strip()
        for element in body
        if isinstance(element.tag, str)
    )


def _leads_on(tree: Element) -> bool:
    return any(
        (meta.get("http-equiv") or "").lower() == "refresh" and "url" in (meta.get("content") or "").lower()
        for meta in tree.iter("meta")
    )
