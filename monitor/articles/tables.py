"""Tables that hold figures, and tables that only lay out a page."""

from lxml.etree import _Element as Element

_CELLS = ("td", "th")
_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote", "article", "section", "br")
_FEWEST_BLOCKS = 3
_MOST_TEXT = 500
"""A cell with more text than that, in several blocks, is a column of a page."""


def without_layout(tree: Element) -> Element:
    """The tree with tables that only lay out a page turned into blocks, in place."""
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for element in _own(table):
                element.tag = "div"
    return tree


def _is_layout(table: Element) -> bool:
    if (table.get("role") or "").strip().lower() in ("presentation", "none"):
        return True
    return any(element.tag in _CELLS and _is_column(element) for element in _own(table))


def _is_column(cell: Element) -> bool:
    if next(cell.iter("table"), None) is not None:
        return True
    blocks = sum(1 for _ in cell.iter(*_BLOCKS))
    return blocks >= _FEWEST_BLOCKS and sum(len(text) for text in cell.itertext()) > _MOST_TEXT


def _own(table: Element) -> list[Element]:
    """A table's element and its parts, without those of tables within it."""
    found, todo = [], [table]
    while todo:
        element = todo.pop()
        found.append(element)
        todo.extend(child for child in element if child.tag in _PARTS and child.tag != "table")
    return found
