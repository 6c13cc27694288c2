"""What figures have from those that stand beside them, from notes, tables and lists."""

from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from monitor.domain.quantity import Direction
from monitor.nlp.asides import supposed
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.counted import noun_of
from monitor.nlp.figures import PASSING, SHARES, TIMES, Figure, Text
from monitor.nlp.lexing import Lexed
from monitor.nlp.notes import unit_note
from monitor.nlp.tables import cell_units, list_heads
from monitor.nlp.text import text_of

_LONG = 1000  # from here on a bare numeral may be a table's
_POINT = "point"  # of an index


def share_suspended(text: Text, figures: list[Figure]) -> None:
    """ "Two-, three- and five-drawer chests": what the last is tied to holds for all."""
    for figure, after in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        pieces, at = text.lexed.pieces, figure.draft.number.last
        tied = at + 1 < len(pieces) and pieces[at].text in "-‐‑" and pieces[at].glued
        if tied and figure.draft.surface is None and pieces[at + 1].low in (",", "and", "or", "to"):
            figure.unit, figure.factor, figure.counted = after.unit, after.factor, after.counted
            figure.aside = figure.aside or after.aside


def mark_suppositions(text: Text, figures: list[Figure]) -> None:
    sentences = supposed(text.doc, text.cues)
    starts = [start for start, _ in sentences]
    for figure in figures:
        offset = text.lexed.pieces[figure.draft.first].start
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < sentences[at][1] and not figure.aside:
            figure.aside = "illustration"


def mark_windows(figures: list[Figure]) -> None:
    """ "120 millimetres fell in 24 hours": the hours say over what time."""
    for before, figure in pairwise(figure for figure in figures if figure.aside not in PASSING):
        if figure.unit not in TIMES or figure.aside or figure.head.dep_ != "pobj":
            continue
        preposition = figure.head.head
        beside = preposition.lower_ in ("in", "within") and not before.aside and before.unit not in TIMES
        if beside and any(preposition.head.i == a.i for a in (before.head, *before.head.ancestors)):
            figure.aside = "period"


def apply_levels(text: Text, figures: list[Figure]) -> None:
    """ "Shed 84.6 points to end at 6,310.2", "at 9,120.4, up 31.7 points": an index stands at points."""
    over = zip(figures, figures[1:], figures[2:], strict=False)  # "84.6 points, or 1.3 percent, to end at 6,310.2"
    near = [*pairwise(figures), *((first, third) for first, second, third in over if second.unit in SHARES)]
    for figure, beside in [*near, *((after, before) for before, after in near)]:
        bare = figure.draft.surface is None and figure.counted is None and figure.unit in ("count:item", "ratio")
        if bare and _is_index_change(figure, beside) and figure.head.sent.start == beside.head.sent.start:
            figure.unit, figure.factor = _POINT, Decimal(1)


def _is_index_change(figure: Figure, change: Figure) -> bool:
    """Whether the other figure is in points, and small beside this one."""
    return (
        change.unit == _POINT
        and change.draft.surface is not None
        and change.draft.number.value < figure.draft.number.value
    )


def apply_unit_note(text: Text, figures: list[Figure]) -> None:
    """Bare long numerals of a text that says "in thousands of euros" are so many thousand euros."""
    note = unit_note(text.lexed, text.cues, text.forms)
    if note is None:
        return
    for figure in figures:
        number = figure.draft.number
        if figure.unit == "count:item" and number.kind == "digits" and not number.scaled and number.value >= _LONG:
            figure.unit, figure.factor = note


def apply_tables(text: Text, figures: list[Figure]) -> None:
    """A number alone in a cell is in the unit of its column."""
    units = cell_units(text_of(text.doc), text.cues, text.forms)
    for figure in figures if units else ():
        pieces, draft = text.lexed.pieces, figure.draft
        cell = pieces[draft.number.first].start, pieces[draft.number.last - 1].end
        if cell in units and draft.surface is None and draft.number.kind == "digits":
            figure.unit, figure.factor = units[cell].unit, units[cell].factor
            figure.counted, figure.end = None, cell[1]


def apply_list_heads(text: Text, figures: list[Figure]) -> None:
    """ "Suspected cases by district: - Basel: 201": a bare number of a list counts what its heading names."""
    for head, body in list_heads(text_of(text.doc)):
        plural = next((t for t in text.doc.char_span(*head, alignment_mode="expand") or () if t.tag_ == "NNS"), None)
        for figure in figures if plural is not None and not plural.ent_type_ else ():
            bare = figure.draft.surface is None and figure.counted is None and figure.unit.startswith("count:")
            if plural is not None and bare and body[0] <= text.lexed.pieces[figure.draft.first].start < body[1]:
                figure.unit = f"count:{noun_of(plural, text.cues)}"


def turn_gapped(text: Text, figures: list[Figure], spans: list[QuantitySpan]) -> list[QuantitySpan]:
    """ "Oats were down 2 percent, barley by 3 percent": the verb that is left out is the one before."""
    for index, (before, figure) in enumerate(pairwise(figures)):
        if spans[index + 1].quantity.direction is not None or text.lexed.low(figure.draft.start - 1) != "by":
            continue
        first = text.tokens.at(spans[index].end).i
        between = text.doc[first : text.tokens.at(spans[index + 1].start).i]
        gapped = any(t.text == "," for t in between) and any(t.pos_ in ("NOUN", "PROPN") for t in between)
        plain = not any(t.pos_ in ("VERB", "AUX") or t.is_sent_start for t in between)
        if gapped and plain and before.unit == figure.unit:
            spans[index + 1] = _turned(spans[index + 1], spans[index].quantity.direction)
    return spans


def pair(lexed: Lexed, figures: list[Figure], spans: list[QuantitySpan]) -> list[QuantitySpan]:
    """Name each other: two readings of one figure, the second in brackets or after "or"."""
    for index in range(len(spans) - 1):
        first, second = figures[index].draft, figures[index + 1].draft
        if first.surface is None or second.surface is None or first.surface.unit == second.surface.unit:
            continue
        between = [piece.low for piece in lexed.pieces[first.end : second.start]]
        if between not in (["("], [",", "or"], ["or"], ["["]):
            continue
        money = first.surface.unit.isupper() and second.surface.unit.isupper()
        if money or _converts(spans[index], spans[index + 1]):
            # Two readings of one change go one way.
            way = spans[index].quantity.direction or spans[index + 1].quantity.direction
            spans[index] = _turned(replace(spans[index], same_as=index + 1), way)
            spans[index + 1] = _turned(replace(spans[index + 1], same_as=index), way)
    return spans


def _turned(span: QuantitySpan, way: Direction | None) -> QuantitySpan:
    return replace(span, quantity=replace(span.quantity, direction=way))


def _converts(first: QuantitySpan, second: QuantitySpan) -> bool:
    return first.quantity.unit not in SHARES and second.quantity.unit not in SHARES
