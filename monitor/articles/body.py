"""A page's tree → the paragraphs of its article's body."""

import trafilatura
from lxml.etree import _Element as Element

from monitor.articles.furniture import without_furniture
from monitor.articles.paragraphs import paragraphs, prepared
from monitor.articles.sight import is_around
from monitor.articles.tables import without_layout

_MOST_ELEMENTS = 6_000
"""In larger trees the thorough reading, which takes time by the square, is left out."""

_SHORTEST_WHOLE = 800
_MUCH_MORE = 1.6
_HELD = 0.8
_BETWEEN = 0.1
_OF_LINKS = 0.8
_BOXES = frozenset({"div", "ul", "ol", "li", "p", "section", "header", "form", "td"})


def body_of(tree: Element, url: str) -> list[str]:
    """The paragraphs of the article's body; the tree loses its furniture.

    The thorough reading escalates when a page holds much beside what was found. Where it then only puts other blocks
    before or behind an article that the plain reading had found whole, those are other articles: the plain one is it.
    """
    bare = prepared(without_layout(without_furniture(tree)))
    plain = _paragraphs_found(bare, url, fast=True)
    if sum(1 for _ in bare.iter()) > _MOST_ELEMENTS:
        return plain
    thorough = _paragraphs_found(bare, url, fast=False)
    return _parted(plain if _is_whole(plain, thorough) else thorough, bare)


def _paragraphs_found(tree: Element, url: str, *, fast: bool) -> list[str]:
    document = trafilatura.bare_extraction(tree, url=url, include_comments=False, fast=fast)
    return [] if document is None else paragraphs(document.body)  # type: ignore[union-attr]


def _is_whole(plain: list[str], thorough: list[str]) -> bool:
    """Whether the plain reading is an article in itself, and the thorough one that article with others around it."""
    length = sum(map(len, plain))
    if length < _SHORTEST_WHOLE or sum(map(len, thorough)) < _MUCH_MORE * length:
        return False
    own = set(plain)
    shared = [place for place, paragraph in enumerate(thorough) if paragraph in own]
    held = sum(len(thorough[place]) for place in set(shared))
    between = sum(len(thorough[place]) for place in range(shared[0], shared[-1] + 1)) - held if shared else 0
    return held >= _HELD * length and between <= _BETWEEN * length


def _parted(found: list[str], bare: Element) -> list[str]:
    """The paragraphs found; those of the page where a page of little text came back as one line, its menus in it."""
    if len(found) != 1:
        return found
    blocks = paragraphs(bare, skip=_is_menu)
    parts = [block for block in blocks if block in found[0]]
    return parts if found[0] not in blocks and parts else found


def _is_menu(element: Element) -> bool:
    """Whether an element is there to lead elsewhere."""
    if is_around(element) or element.tag in ("button", "label", "option"):
        return True
    if element.tag not in _BOXES:
        return False
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    return linked > _OF_LINKS * len("".join(element.itertext()).strip())
