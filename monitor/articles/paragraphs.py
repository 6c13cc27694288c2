"""A tree of markup → paragraphs of text: what stood in one block stays together, what stood apart stays apart."""

import re
import unicodedata
from collections.abc import Iterable

from lxml.etree import _Element as Element

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "code", "dd", "details", "div", "dl", "doc", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "item", "li", "list", "main", "ol", "p", "pre", "quote", "row", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"cell", "td", "th"})
_ROWS = frozenset({"row", "tr"})
_BREAKS = frozenset({"br", "lb"})
_HIDDEN = frozenset({"script", "style", "template", "noscript", "graphic", "img", "iframe", "svg", "math"})
_BREAK = "\ue000"
_CELL = "\ue001"
"""Signs of Unicode's private use area: whatever stands between the markup and the text lets them through."""

_IN_PROSE = frozenset({"p", "li", "td", "h1", "h2", "h3", "h4", "blockquote", "dd"})


def folded(text: str) -> str:
    """The text in NFC with every run of white space as one blank, and nothing invisible in it."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def joined(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text: a blank line between them."""
    return "\n\n".join(paragraphs)


def paragraphs(tree: Element) -> list[str]:
    """The paragraphs of a tree in reading order: headings and list items are their own, a table row is one.

    The cells of a row stand side by side with a bar between them. Two line breaks end a paragraph, one is a blank.
    """
    pieces: list[str] = []
    _collect(tree, pieces)
    found: list[str] = []
    for block in "".join(pieces).split(_BREAK):
        cells = [folded(cell) for cell in block.split(_CELL)]
        text = " | ".join(cell for cell in cells if cell)
        if text:
            found.append(text)
    return found


def prepared(tree: Element) -> Element:
    """The tree with what an extractor would lose made safe, in place: dates within sentences, breaks of paragraphs."""
    for time in list(tree.iter("time")):
        if any(ancestor.tag in _IN_PROSE for ancestor in time.iterancestors()):
            time.tag = "span"
    for line_break in list(tree.iter("br")):
        if _follows_break(line_break):
            line_break.tail = _BREAK + (line_break.tail or "")
    return tree


def _collect(tree: Element, pieces: list[str]) -> None:
    """Walk without recursion: pages nest deeper than Python's stack."""
    todo: list[tuple[Element, bool, bool]] = [(tree, False, False)]
    while todo:
        element, is_end, in_row = todo.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS and not (in_row and tag not in _ROWS)
        if is_end:
            pieces.append(_BREAK if is_block else _CELL if tag in _CELLS else "")
            pieces.append((element.tail or "") if element is not tree else "")
            continue
        todo.append((element, True, in_row))
        if not tag or tag in _HIDDEN:
            continue
        if is_block:
            pieces.append(_BREAK)
        elif in_row and tag in _BLOCKS:
            pieces.append(" ")
        elif tag in _BREAKS:
            pieces.append(_BREAK if _follows_break(element) else " ")
        pieces.append(element.text or "")
        in_row = in_row or tag in _ROWS
        todo.extend((child, False, in_row) for child in reversed(element))


def _follows_break(element: Element) -> bool:
    """Whether a line break comes right after another one."""
    before = element.getprevious()
    return before is not None and before.tag in _BREAKS and not (before.tail or "").strip()
