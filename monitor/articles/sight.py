"""What a reader would see of a page beside the article: titles, blocks of text, what its parts are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from monitor.articles.paragraphs import folded, paragraphs, word_count

_AROUND = frozenset({"head", "nav", "aside", "footer"})
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "menu", "menubar"})
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_NAMES = re.compile(r"(?:^|\s)(?:hidden|is-hidden|d-none|sr-only|visually-hidden|screen-reader-text)(?:$|\s)")
_SILENT = frozenset({"script", "style", "noscript", "template"})
_HEADINGS = ("h1", "h2")
_MOST_HEADINGS = 6
_MOST_BLOCKS = 400
_DEEPEST_BOX = 12
_FEW_WORDS = 2
"""Words that a place may hold before its script has run: that it is loading."""


@dataclass(frozen=True)
class Sight:
    """What there is to see, outside of menus.

    `titles`: the window's title and the first headings. `blocks`: pieces of text in order. `names`: ids and classes of
    the elements that hold them. `unscripted`: what those see whose browser runs no scripts. `is_shell`: whether there is
    a place that a script is to fill. `leads_on`: whether the page sends its readers elsewhere by itself. `controls`:
    buttons and fields. `has_login`: whether one of these asks for a password or an address for mail. `box`: ids and
    classes of the elements that hold all of the text, inside the body.
    """

    titles: tuple[str, ...]
    blocks: tuple[str, ...]
    names: tuple[str, ...]
    unscripted: tuple[str, ...]
    is_shell: bool
    leads_on: bool
    controls: int
    has_login: bool
    box: str


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
        box=_box(tree),
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


def _box(tree: Element) -> str:
    """Names of what stands around all that is to be read: from the body inwards, as long as one child holds all text."""
    inside = tree.find(".//body")
    names: list[str] = []
    while inside is not None and len(names) < _DEEPEST_BOX:
        holding = [child for child in inside if isinstance(child.tag, str) and not is_around(child) and _has_text(child)]
        if len(holding) != 1 or (inside.text or "").strip() or any((child.tail or "").strip() for child in inside):
            break
        inside = holding[0]
        names.append(names_of(inside))
    return " ".join(filter(None, names))


def _has_text(element: Element) -> bool:
    """Whether there is anything to read in an element."""
    for one in element.iter():
        if isinstance(one.tag, str) and one.tag not in _SILENT and (one.text or "").strip():
            return True
        if one is not element and (one.tail or "").strip():
            return True
    return False


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
        and word_count("".join(element.itertext())) <= _FEW_WORDS
        for element in body
        if isinstance(element.tag, str)
    )


def _leads_on(tree: Element) -> bool:
    return any(
        (meta.get("http-equiv") or "").lower() == "refresh" and "url" in (meta.get("content") or "").lower()
        for meta in tree.iter("meta")
    )
