"""The parts of a query that stand side by side, as they were typed: what a page shows as chips and takes away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lark import Token, Tree

from monitor.archive.grammar import cleaned, tree_of
from monitor.archive.printed import written
from monitor.archive.read import term_of
from monitor.domain.unit import Units


@dataclass(frozen=True)
class Piece:
    """One part that must hold with the others. `field` and `value` are of a field alone: not left out, not in brackets.

    `row`: pieces of one row stand side by side, rows have AND between them. `either`: OR stands in it, without brackets.
    """

    text: str
    row: int
    field: str = ""
    value: str = ""
    whole: bool = False
    either: bool = False


def pieces(text: str, units: Units) -> tuple[Piece, ...]:
    """The parts in order; what has OR between its parts is one."""
    tree, _ = tree_of(cleaned(text), units)
    top = tree.children[0] if tree.children else None
    if not isinstance(top, Tree):
        return ()
    if top.data == "either":
        return (Piece(_text(top), 0, either=True),)
    rows = [one for one in (top.children if top.data == "both" else [top]) if isinstance(one, Tree)]
    found = [_piece(child, row) for row, below in enumerate(rows) for child in below.children]
    return tuple(piece for piece in found if piece.text)


def with_parts(kept: Sequence[Piece], added: Sequence[str] = (), *, apart: bool = False) -> str:
    """The query of these pieces and what is added: beside the last ones, or `apart` from them, with AND between."""
    rows: dict[int, list[str]] = {}
    for piece in kept:
        rows.setdefault(piece.row, []).append(piece.text)
    lines = [" ".join(row) for row in rows.values()]
    new = " ".join(added)
    if not new:
        return " AND ".join(lines)
    if len(kept) == 1 and kept[0].either:
        lines = [f"({kept[0].text})"]
    return " AND ".join([*lines, new]) if apart or not lines else " AND ".join([*lines[:-1], f"{lines[-1]} {new}"])


def left_out(text: str, piece: Piece, units: Units) -> str:
    """The query without one of its pieces: the address behind a chip's cross."""
    listed = list(pieces(text, units))
    if piece in listed:
        listed.remove(piece)
    return with_parts(_set_apart(listed, units))


def narrowed(text: str, field: str, value: str, units: Units, *, whole: bool = False) -> str:
    """The query with this value of a field besides: the address behind a facet's value.

    It takes the place of other values of that field, but of no part of a metric: that may stand in the scope of a claim.
    A unit is set apart from a bare figure, which would be converted to it beside it.
    """
    kept = [one for one in pieces(text, units) if one.field != field or (field == "metric" and not one.whole)]
    apart = any(one.field == ("value" if field == "unit" else field) for one in kept)
    return with_parts(_set_apart(kept, units), [written(field, value, whole=whole)], apart=apart)


def _set_apart(kept: list[Piece], units: Units) -> list[Piece]:
    """The pieces, with AND between them where one would take its new neighbour for its own: "value:2..5 A" is amperes."""
    again = pieces(with_parts(kept), units)
    if [one.text for one in again] == [one.text for one in kept]:
        return kept
    return [replace(one, row=row) for row, one in enumerate(kept)]


def _piece(node: Tree[Token] | Token, row: int) -> Piece:
    if isinstance(node, Tree):
        return Piece(_text(node), row)
    term = term_of(node)
    return Piece(_text(node), row, term.field, term.value, term.whole)


def _text(node: Tree[Token] | Token) -> str:
    """A piece of the tree as typed, with what was missing in it."""
    if isinstance(node, Token):
        return str(node) if node.type == "NOTHING" or term_of(node).closed else f'{node}"'
    if node.data == "turned":
        *signs, last = node.children
        below = _text(last)
        return "".join("-" if sign == "-" else f"{sign} " for sign in signs) + below if below else ""
    parts = [text for child in node.children if (text := _text(child))]
    if node.data == "group":
        return f"({parts[0]})" if parts else ""
    return {"either": " OR ", "both": " AND "}.get(node.data, " ").join(parts)
