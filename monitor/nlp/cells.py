"""What a number in a table or list is of: its row says whose it is, its column or the heading what it measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase
from monitor.nlp.tables import Region, cells_of, list_heads, tables
from monitor.nlp.text import text_of

_WHEN = frozenset({"DATE", "TIME"})
_SORTED = re.compile(r"\b(?:by|per|in each|for each)\b")


@dataclass(frozen=True)
class Cell:
    """Where a number stands: the first cell of its row, the head of that column, the head of its own, the caption."""

    row: Region
    sort: Region
    column: Region
    caption: Region


def cells_in(text: str) -> dict[Region, Cell]:
    """The cells of all tables below their first rows, and the lines of lists under a heading."""
    found: dict[Region, Cell] = {}
    for caption, rows in tables(text):
        heads = list(cells_of(text, rows[0]))
        for row in rows[1:]:
            cells = list(cells_of(text, row))
            for head, cell in zip(heads[1:], cells[1:], strict=False):
                found[cell] = Cell(cells[0], heads[0], head, caption)
    for caption, body in list_heads(text):
        if not _SORTED.search(text, *caption):
            continue  # "Outlook" over "Net sales: …": each line has a label of its own
        for start, end in _lines(text, body):
            found[start, end] = Cell((start, text.find(":", start, end)), (0, 0), (0, 0), caption)
    return found


def _lines(text: str, body: Region) -> Iterator[Region]:
    at = body[0]
    for line in text[body[0] : body[1]].split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def measured_in(doc: Doc, cell: Cell, phrase: Phrase, cues: MetricCues, *, named: bool) -> str:
    """The metric of a number in a cell: its column's head unless that is a time, else the row, else the caption.

    `named`: the row bears a name, and so says nothing of what is measured. Else the rows under "Harvest by sort" are
    the sorts.
    """
    if not named and _SORTED.search(text_of(doc), *cell.caption):
        sort, whole = (_noun_in(doc, region, phrase, cues) for region in (cell.row, cell.caption))
        return f"{sort} {whole}".strip()
    regions = [cell.column, cell.caption] if named else [cell.row, cell.column, cell.caption]
    return next((words for region in regions if (words := _noun_in(doc, region, phrase, cues))), "")


def _noun_in(doc: Doc, region: Region, phrase: Phrase, cues: MetricCues) -> str:
    """The first nouns of a heading with what stands before them: "population" of "Population by region, thousand".

    Word by word, as headings are no sentences that a parser knows.
    """
    words: list[str] = []
    for token in doc.char_span(*region, alignment_mode="expand") or () if region[1] > region[0] else ():
        is_noun = token.pos_ in {"NOUN", "PROPN"} and not phrase.is_barred(token) and token.ent_type_ not in _WHEN
        if is_noun or ((token.pos_ == "ADJ" or token.tag_ in {"VBN", "VBG", "VBD"}) and token.text.isalpha()):
            words.append(token.lower_)
        elif words:
            break
    return "" if not words or all(word in cues.generic or word in cues.kept for word in words) else " ".join(words)
