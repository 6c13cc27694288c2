"""Lines of a text that form a table or a list under a heading, and in what unit their bare numbers are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed, lex
from monitor.nlp.measures import UnitForms, certain, unit_after

_BAR = " | "
_ITEM = re.compile(r"\s*(?:[-–—•*·]\s+)?[^:\n]{1,60}:\s")
_LONGEST_NOTE = 6  # pieces
_LONGEST_CELL = 80  # characters
_ONE = Decimal(1)

Region = tuple[int, int]


@dataclass(frozen=True)
class TableUnit:
    """What the bare numbers of a cell are in: a unit and the factor of its scale."""

    unit: str
    factor: Decimal


def cell_units(text: str, cues: FigureCues, forms: UnitForms) -> Mapping[Region, TableUnit]:
    """Cell → unit, for the cells of tables whose head or caption names one. A cell is its characters without blanks."""
    found: dict[Region, TableUnit] = {}
    for caption, rows in tables(text):
        found |= _table(text, text[slice(*caption)], rows, cues, forms)
    return found


def tables(text: str) -> Iterator[tuple[Region, list[Region]]]:
    """Caption and rows of each table: lines whose cells are parted by bars; the caption is the line above, or empty."""
    lines = list(_lines(text))
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _BAR in text[slice(*lines[end])]:
            end += 1
        if end - at > 1:
            yield lines[at - 1] if at else (0, 0), lines[at:end]
        at = max(end, at + 1)


def list_heads(text: str) -> Iterator[tuple[Region, Region]]:
    """Heading and body of each list: lines such as "- Basel: 201 (77), 29 deaths" under a line that names them."""
    lines = list(_lines(text))
    at = 1
    while at < len(lines):
        end = at
        while end < len(lines) and _ITEM.match(text, *lines[end]) and any(c.isdigit() for c in text[slice(*lines[end])]):
            end += 1
        if end - at > 1 and text[lines[at - 1][1] - 1] not in ".!?":
            yield lines[at - 1], (lines[at][0], lines[end - 1][1])
        at = max(end, at + 1)


def _lines(text: str) -> Iterator[Region]:
    """The lines that are not blank."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _table(text: str, caption: str, rows: list[Region], cues: FigureCues, forms: UnitForms) -> dict[Region, TableUnit]:
    heads = [text[start:end] for start, end in cells_of(text, rows[0])]
    whole = _unit_said(caption, cues, forms)
    columns = [_unit_said(head, cues, forms) or whole for head in heads]
    found = {}
    for row in rows[1:]:
        cells = list(cells_of(text, row))
        own = _unit_said(text[slice(*cells[0])], cues, forms) if cells else None
        for column, cell in enumerate(cells[1:], 1):
            unit = own or (columns[column] if column < len(columns) else whole)
            if unit is not None:
                found[cell] = unit
    return found


def cells_of(text: str, row: Region) -> Iterator[Region]:
    """The cells of a row, without the blanks around them."""
    at = row[0]
    for cell in text[row[0] : row[1]].split("|"):
        start = at + len(cell) - len(cell.lstrip())
        yield start, start + len(cell.strip())
        at += len(cell) + 1


def _unit_said(head: str, cues: FigureCues, forms: UnitForms) -> TableUnit | None:
    """The unit that a caption or the head of a column names: "Crop (million bushels)", "Sales, EUR m", "Share in %"."""
    if len(head) > _LONGEST_CELL:
        return None
    lexed = lex(head)
    for at in _note_starts(lexed):
        found = _note(lexed, at, cues, forms)
        if found is not None:
            return found
    counted = _counted(lexed, cues)
    return TableUnit(counted, _ONE) if counted else None


def _note_starts(lexed: Lexed) -> Iterator[int]:
    for index, piece in enumerate(lexed.pieces):
        if index == 0 or piece.text in "(,[/" or piece.low == "in":
            yield index + (index > 0)


def _note(lexed: Lexed, at: int, cues: FigureCues, forms: UnitForms) -> TableUnit | None:
    """A scale, a unit or both, and nothing else up to the end, a bracket or a comma."""
    factor, scaled = _ONE, False
    words = cues.numbers
    for _ in range(_LONGEST_NOTE):
        low = lexed.low(at).removesuffix("s")
        scale = words.scales.get(low) or words.short_scales.get(low)
        if scale is None and low not in ("of", "'000"):
            break
        factor, scaled, at = factor * (scale or 1), scaled or scale is not None, at + 1
    measure = unit_after(lexed, at, forms) if at < len(lexed.pieces) else None
    if measure is None:
        lead = certain(forms.lead_signs.get(lexed.pieces[at].text, ()), lexed) if at < len(lexed.pieces) else ()
        if not lead:
            return TableUnit(_counted(lexed, cues) or "count:item", factor) if scaled and _closes(lexed, at) else None
        surface, last = lead[0], at + 1
    else:
        surface, last = measure.surfaces[0], measure.last
    after = words.scales.get(lexed.low(last)) or words.suffixes.get(lexed.low(last))
    if after and not scaled:
        factor, last = factor * after, last + 1
    return TableUnit(surface.unit, factor * surface.factor) if _closes(lexed, last) else None


def _closes(lexed: Lexed, at: int) -> bool:
    return at >= len(lexed.pieces) or lexed.low(at) in (")", "]", ",", ";", ":")


def _counted(lexed: Lexed, cues: FigureCues) -> str:
    """What a caption counts: "Population by region, thousand" counts persons. Empty where no word says it."""
    return next((f"count:{cues.tolls[p.low]}" for p in lexed.pieces if p.low in cues.tolls), "")
