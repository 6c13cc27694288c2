"""A tree of markup → paragraphs of text: what stood in one block stays together, what stood apart stays apart."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from lxml.etree import _Element as Element

_SPACE = re.compile(r"\s+")
_BLANKS = re.compile(r" {2,}")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile("[^\\W\u3040-\u30ff\u3400-\u9fff]+")
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "button", "caption", "center", "code", "dd", "details", "div", "dl",
    "doc", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "item", "label", "legend", "li", "list", "main", "ol", "option", "p", "pre", "quote", "row",
    "section", "summary", "table", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"cell", "td", "th"})
_ROWS = frozenset({"row", "tr"})
_MOST_COLUMNS = 50
_BREAKS = frozenset({"br", "lb"})
_HIDDEN = frozenset({"script", "style", "template", "noscript", "graphic", "img", "iframe", "svg", "math"})
_BREAK = "\ue000"
_CELL = "\ue001"
_ROW = "\ue002"
"""Signs of Unicode's private use area: whatever stands between the markup and the text lets them through."""

_IN_PROSE = frozenset({"p", "li", "td", "h1", "h2", "h3", "h4", "blockquote", "dd"})


def folded(text: str) -> str:
    """The text in NFC with every run of white space as one blank, and nothing invisible in it."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def word_count(text: str) -> int:
    """Words of a text. Chinese and Japanese signs, which no blanks part, count as half a word."""
    signs = len(_SIGN.findall(text))
    return len(_WORD.findall(text)) + signs // 2


def joined(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text: a blank line between them."""
    return "\n\n".join(paragraphs)


def _none(element: Element) -> bool:
    return False


def paragraphs(tree: Element, *, skip: Callable[[Element], bool] = _none) -> list[str]:
    """The paragraphs of a tree in reading order: headings and list items are their own, a table is one.

    The rows of a table are its lines; cells stand side by side with a bar between them, empty ones too, so that a figure
    stays under the heading of its column. Two line breaks end a paragraph, one is a blank.
    """
    pieces: list[str] = []
    _collect(tree, pieces, skip)
    found: list[str] = []
    for block in "".join(pieces).split(_BREAK):
        found += _table(block) if _ROW in block else [text] if (text := folded(block.replace(_CELL, " "))) else []
    return found


def _table(block: str) -> list[str]:
    """The rows of a table as one paragraph; one paragraph each where there is a single column."""
    rows = [[folded(cell) for cell in row.split(_CELL)] for row in block.split(_ROW)]
    lines = [" | ".join(row[: _last(row) + 1]).strip() for row in rows if any(row)]
    is_table = any(sum(map(bool, row)) > 1 for row in rows)
    return ["\n".join(_BLANKS.sub(" ", line) for line in lines)] if is_table else lines


def _last(row: list[str]) -> int:
    """The place of the last cell with something in it."""
    return max(place for place, cell in enumerate(row) if cell)


def prepared(tree: Element) -> Element:
    """The tree with what an extractor would lose made safe, in place: dates within sentences, breaks of paragraphs."""
    for time in list(tree.iter("time")):
        if any(ancestor.tag in _IN_PROSE for ancestor in time.iterancestors()):
            time.tag = "span"
    for line_break in list(tree.iter("br")):
        if _follows_break(line_break) and not any(ancestor.tag in _CELLS for ancestor in line_break.iterancestors()):
            line_break.tail = _BREAK + (line_break.tail or "")
    return tree


def _collect(tree: Element, pieces: list[str], skip: Callable[[Element], bool]) -> None:
    """Walk without recursion: pages nest deeper than Python's stack."""
    todo: list[tuple[Element, bool, bool]] = [(tree, False, False)]
    while todo:
        element, is_end, in_row = todo.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS and not (in_row and tag not in _ROWS)
        if is_end:
            pieces.append(_end(element, tag, is_block=is_block))
            pieces.append((element.tail or "") if element is not tree else "")
            continue
        todo.append((element, True, in_row))
        if not tag or tag in _HIDDEN or skip(element):
            continue
        if is_block:
            pieces.append("" if tag in _ROWS else _BREAK)
        elif in_row and tag in _BLOCKS:
            pieces.append(" ")
        elif tag in _BREAKS:
            pieces.append(_BREAK if _follows_break(element) and not in_row else " ")
        pieces.append(element.text or "")
        in_row = in_row or tag in _ROWS
        todo.extend((child, False, in_row) for child in reversed(element))


def _end(element: Element, tag: str, *, is_block: bool) -> str:
    """The sign at the end of an element."""
    if tag in _ROWS:
        return _ROW
    if tag in _CELLS:
        span = element.get("colspan") or ""
        return _CELL * (min(int(span), _MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1)
    return _BREAK if is_block else ""


def _follows_break(element: Element) -> bool:
    """Whether a line break comes right after another one."""
    before = element.getprevious()
    return before is not None and before.tag in _BREAKS and not (before.tail or "").strip()
