"""Numbers and units → quantities."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.unit import Units
from monitor.nlp.asides import aside_of, blocked_places, is_name, supposed
from monitor.nlp.attributes import QuantitySpan, register
from monitor.nlp.bare import Known, bare_unit
from monitor.nlp.counted import Counted, Tokens, counted_by, noun_of
from monitor.nlp.directions import direction_of
from monitor.nlp.drafts import Draft, Reading, find_drafts
from monitor.nlp.figure_cues import FigureCues, load_figure_cues
from monitor.nlp.lexing import Lexed, lex
from monitor.nlp.measures import UnitForms
from monitor.nlp.notes import note_places, unit_note
from monitor.nlp.rates import rate_of
from monitor.nlp.tables import cell_units, list_heads

_BOUNDS_BELOW = (Approximation.MORE_THAN, Approximation.AT_LEAST)
_BOUNDS_ABOVE = (Approximation.LESS_THAN, Approximation.AT_MOST)
_LONG = 1000  # from here on a bare numeral may be a table's
_WINDOWS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_POINTS = ("percent", "percentage_point")


@dataclass
class _Figure:
    """A draft with what it counts, on its way to a QuantitySpan."""

    draft: Draft
    counted: Counted | None
    unit: str
    factor: Decimal
    head: Token
    end: int
    aside: str = ""


@dataclass(frozen=True)
class _Text:
    doc: Doc
    lexed: Lexed
    tokens: Tokens
    cues: FigureCues
    forms: UnitForms


def find_quantities(doc: Doc, units: Units, cues: FigureCues) -> list[QuantitySpan]:
    """The figures of a parsed text, in order. Reads `doc._.dates`, whose numbers are none.

    Numbers in names, dates, clock times, telephone numbers and idioms are left out; other numbers that are no figure
    carry their `aside`.
    """
    return _find(doc, UnitForms.of(units), cues)


def _find(doc: Doc, forms: UnitForms, cues: FigureCues) -> list[QuantitySpan]:
    lexed = lex(doc.text)
    text = _Text(doc, lexed, Tokens(doc), cues, forms)
    places = blocked_places(doc.text, lexed, cues, [(date.start, date.end) for date in doc._.dates])
    drafts = find_drafts(_reading(text, [*places, *note_places(lexed, cues)]))
    figures: list[_Figure] = []
    for draft in drafts:
        figure = _figure(text, draft, figures)
        if figure is not None:
            figures.append(figure)
    _mark_suppositions(text, figures)
    _mark_windows(figures)
    _apply_unit_note(text, figures)
    _apply_tables(text, figures)
    _apply_list_heads(text, figures)
    spans = [_span(text, figure) for figure in figures]
    return _pair(text.lexed, figures, spans)


def _reading(text: _Text, places: Sequence[tuple[int, int]]) -> Reading:
    lexed = text.lexed
    taken = _covered(lexed, places)
    changing = text.cues.up.verbs | text.cues.down.verbs | text.cues.up.transitive | text.cues.down.transitive
    changing |= text.cues.up.nouns | text.cues.down.nouns | text.cues.up.adverbs | text.cues.down.adverbs

    def changes_before(index: int) -> bool:
        token = text.tokens.at(lexed.pieces[index].start)
        return any(t.lemma_.lower() in changing for t in text.doc[max(token.sent.start, token.i - 10) : token.i])

    def counts(index: int) -> bool:
        token = text.tokens.at(lexed.pieces[index].start)
        return token.dep_ == "nummod" and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")

    def moved_up(index: int) -> bool:
        token = text.tokens.at(lexed.pieces[index].start)
        return token.i > 0 and token.nbor(-1).pos_ in ("VERB", "AUX") and token.nbor(-1).lemma_.lower() in text.cues.up_to

    present = frozenset(piece.low for piece in lexed.pieces)
    return Reading(lexed, text.cues, text.forms, present, taken.__contains__, changes_before, counts, moved_up)


def _covered(lexed: Lexed, places: Sequence[tuple[int, int]]) -> frozenset[int]:
    found: set[int] = set()
    for start, end in places:
        first = max(0, lexed.at(start) - 1)
        for index in range(first, len(lexed.pieces)):
            piece = lexed.pieces[index]
            if piece.start >= end:
                break
            if piece.end > start:
                found.add(index)
    return frozenset(found)


def _figure(text: _Text, draft: Draft, before: list[_Figure]) -> _Figure | None:
    """The draft with its unit, or None where it is part of a name."""
    lexed, tokens, cues = text.lexed, text.tokens, text.cues
    token = tokens.at(lexed.pieces[draft.number.first].start)
    counted = None
    if draft.surface is None and draft.score is None and draft.number.kind in ("digits", "words", "vague"):
        counted = counted_by(draft, lexed, tokens, cues)
    _unsuffix(text, draft, counted)
    if is_name(draft, lexed, counted, token, cues):
        return None
    unit, factor = _unit(text, draft, counted, token, before)
    head = tokens.at(lexed.pieces[draft.last - 1].start) if draft.surface and draft.last > draft.number.last else token
    head = counted.head if counted is not None and counted.head is not None else head
    figure = _Figure(draft, counted, unit, factor, _top(text, draft, head), lexed.pieces[draft.end - 1].end)
    if counted is not None and draft.end == draft.last and _adjacent(text, draft, counted):
        figure.end = max(figure.end, counted.end)
    figure.aside = aside_of(draft, lexed, counted, token, cues) or _scope(text, draft, head)
    if figure.aside == "definite" and _is_part_of_last(text, figure, before):
        figure.aside = ""
    if before and before[-1].draft.score and draft.score and before[-1].draft.number.last + 1 == draft.number.first:
        # "5-2" is one statement: its first number stands for it, its second is told with it.
        figure.aside = "score"
        before[-1].end = figure.end = lexed.pieces[draft.end - 1].end
    if figure.aside == "age" and draft.surface is None:
        figure.unit, figure.factor = "year", Decimal(1)
    _add_rate(text, figure, before)
    return figure


def _is_part_of_last(text: _Text, figure: _Figure, before: list[_Figure]) -> bool:
    """ "Nineteen people were in hospital, four of them in danger": four of those just counted."""
    of_them = text.lexed.low(figure.draft.last) == "of" and figure.draft.number.value > 1
    same = [other for other in before if other.head.sent.start == figure.head.sent.start and not other.aside]
    return bool(of_them and same and same[-1].unit == figure.unit and figure.unit.startswith("count:"))


def _unsuffix(text: _Text, draft: Draft, counted: Counted | None) -> None:
    """ "A 100m race" is in metres: an m that no currency and no noun makes millions."""
    if draft.number.suffix != "m" or draft.surface is not None or counted is not None:
        return
    metres = text.forms.signs.get("m")
    if metres is not None and draft.number.step.is_signed() is False:
        million = Decimal(1_000_000)
        number = draft.number
        draft.number = replace(number, value=number.value / million, step=number.step / million, scaled=False, suffix="")
        draft.surface = metres[0]


def _top(text: _Text, draft: Draft, head: Token) -> Token:
    """The token by which the figure hangs in its sentence."""
    first = text.lexed.pieces[draft.start].start
    last = text.lexed.pieces[draft.end - 1].end
    token = head
    for _ in range(6):
        parent = token.head
        if parent.i == token.i or not first <= parent.idx < last:
            break
        token = parent
    return token


def _unit(text: _Text, draft: Draft, counted: Counted | None, token: Token, before: list[_Figure]) -> tuple[str, Decimal]:
    one = Decimal(1)
    if draft.surface is not None:
        return draft.surface.unit, draft.surface.factor
    if draft.score is not None:
        return draft.score, one
    if draft.number.kind == "share":
        return "percent", one
    if draft.number.kind == "multiple":
        return ("percent" if draft.number.value == 50 else "ratio"), one
    if counted is not None:
        return counted.unit, one
    known = [
        _known(text, figure) for figure in before if figure.draft.number.kind in ("digits", "words") and not figure.aside
    ]
    return bare_unit(draft, token, known, text.cues)


def _known(text: _Text, figure: _Figure) -> Known:
    number = figure.draft.number
    unit = figure.unit.partition("/")[0]
    if figure.counted is not None:
        unit = figure.counted.unit
    elif figure.draft.surface is not None:
        unit = figure.draft.surface.unit
    bracketed = text.lexed.low(figure.draft.start - 1) == "("
    return Known(number.value, unit, figure.factor, figure.head.sent.start, number.scaled, bracketed)


def _adjacent(text: _Text, draft: Draft, counted: Counted) -> bool:
    """Whether the noun counted is the one word after the number."""
    return counted.start - text.lexed.pieces[draft.end - 1].end <= 1 and " " not in counted.text


def _scope(text: _Text, draft: Draft, head: Token) -> str:
    """A measure before a noun that names its kind: 7 nm yield, 300 mm wafers, a two-year note."""
    if draft.surface is None or draft.surface.unit not in text.forms.scopes or draft.surface.before:
        return ""
    after, pieces = draft.last, text.lexed.pieces
    if after + 1 < len(pieces) and pieces[after].text in "-‐‑" and pieces[after].glued and pieces[after + 1].glued:
        return "scope"
    if after >= len(pieces) or pieces[after].kind != "w":
        return ""
    plural = head.tag_ == "NNS"
    follower = text.tokens.at(text.lexed.pieces[after].start)
    return "scope" if follower.pos_ in ("NOUN", "PROPN", "ADJ") and not plural else ""


def _add_rate(text: _Text, figure: _Figure, before: list[_Figure]) -> None:
    if figure.unit in _POINTS or figure.draft.number.kind in ("share", "multiple"):
        return
    after = figure.draft.last
    if figure.counted is not None:
        after = text.lexed.at(figure.counted.end)
    rate = rate_of(text.lexed, _past_brackets(text.lexed, after), text.tokens, text.cues, text.forms)
    if rate is None:
        _rate_like_before(text, figure, before)
        return
    figure.unit = _crop(text, f"{figure.unit.removeprefix('count:')}/{rate.unit}")
    figure.factor /= rate.factor
    if figure.counted is None and rate.last > figure.draft.end:
        figure.end = max(figure.end, text.lexed.pieces[rate.last - 1].end)


def _past_brackets(lexed: Lexed, after: int) -> int:
    """The piece after the other reading of a figure: "6 dollars (5 euros) per share" is a rate twice."""
    if lexed.low(after) == ")":
        return after + 1
    if lexed.low(after) == "(":
        return next((at + 1 for at in range(after, after + 8) if lexed.low(at) == ")"), after)
    return after


def _rate_like_before(text: _Text, figure: _Figure, before: list[_Figure]) -> None:
    """ "6.1 tonnes per hectare, up from 5.8 tonnes": the second is a rate too."""
    led = (
        text.lexed.low(figure.draft.start - 1) in text.cues.level
        or figure.draft.shared
        or _is_gapped(text, figure, before)
    )
    for other in reversed(before[-3:]):
        top, slash, _ = other.unit.partition("/")
        alike = (
            led
            and slash
            and other.head.sent.start == figure.head.sent.start
            and top == figure.unit
            and figure.draft.surface
        )
        if alike and Decimal("0.2") <= figure.draft.number.value / (other.draft.number.value or 1) <= 5:
            figure.unit = other.unit
            return


def _is_gapped(text: _Text, figure: _Figure, before: list[_Figure]) -> bool:
    """ "Aldo pays 38.5p a litre, Brix 36.75p": the verb is left out."""
    if not before:
        return False
    last = text.tokens.at(text.lexed.pieces[before[-1].draft.end - 1].start)
    inner = list(text.doc[last.i + 1 : text.tokens.at(text.lexed.pieces[figure.draft.first].start).i])
    named = bool(inner) and inner[-1].pos_ in ("PROPN", "NOUN")
    return named and any(t.text == "," for t in inner) and not any(t.pos_ in ("VERB", "AUX", "ADP") for t in inner[1:])


def _crop(text: _Text, unit: str) -> str:
    """Bushels per acre are of a crop, which the text names."""
    crops = text.forms.words.get(tuple(piece.low for piece in lex(unit).pieces), ())
    present = frozenset(piece.low for piece in text.lexed.pieces) if crops else frozenset()
    return next((crop.unit for crop in crops if present & set(crop.hints)), unit)


def _mark_suppositions(text: _Text, figures: list[_Figure]) -> None:
    sentences = supposed(text.doc, text.cues)
    starts = [start for start, _ in sentences]
    for figure in figures:
        offset = text.lexed.pieces[figure.draft.first].start
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < sentences[at][1] and not figure.aside:
            figure.aside = "illustration"


def _mark_windows(figures: list[_Figure]) -> None:
    """ "120 millimetres fell in 24 hours": the hours say over what time."""
    for before, figure in pairwise(figures):
        if figure.unit not in _WINDOWS or figure.aside or figure.head.dep_ != "pobj":
            continue
        preposition = figure.head.head
        beside = preposition.lower_ in ("in", "within") and not before.aside and before.unit not in _WINDOWS
        if beside and any(preposition.head.i == a.i for a in (before.head, *before.head.ancestors)):
            figure.aside = "period"


def _apply_unit_note(text: _Text, figures: list[_Figure]) -> None:
    """Bare long numerals of a text that says "in thousands of euros" are so many thousand euros."""
    note = unit_note(text.lexed, text.cues, text.forms)
    if note is None:
        return
    for figure in figures:
        number = figure.draft.number
        if figure.unit == "count:item" and number.kind == "digits" and not number.scaled and number.value >= _LONG:
            figure.unit, figure.factor = note


def _apply_tables(text: _Text, figures: list[_Figure]) -> None:
    """A number alone in a cell is in the unit of its column."""
    units = cell_units(text.doc.text, text.cues, text.forms)
    for figure in figures if units else ():
        pieces, draft = text.lexed.pieces, figure.draft
        cell = pieces[draft.number.first].start, pieces[draft.number.last - 1].end
        if cell in units and draft.surface is None and draft.number.kind == "digits":
            figure.unit, figure.factor = units[cell].unit, units[cell].factor
            figure.counted, figure.end = None, cell[1]


def _apply_list_heads(text: _Text, figures: list[_Figure]) -> None:
    """ "Suspected cases by district: - Basel: 201": a bare number of a list counts what its heading names."""
    for head, body in list_heads(text.doc.text):
        plural = next((t for t in text.doc.char_span(*head, alignment_mode="expand") or () if t.tag_ == "NNS"), None)
        for figure in figures if plural is not None and not plural.ent_type_ else ():
            bare = figure.draft.surface is None and figure.counted is None and figure.unit.startswith("count:")
            if plural is not None and bare and body[0] <= text.lexed.pieces[figure.draft.first].start < body[1]:
                figure.unit = f"count:{noun_of(plural, text.cues)}"


def _span(text: _Text, figure: _Figure) -> QuantitySpan:
    draft, pieces = figure.draft, text.lexed.pieces
    number_end = pieces[(draft.upper or draft.number).last - 1].end
    number_start = pieces[draft.number.first].start
    unit_start = unit_end = number_end
    if draft.measure is not None and draft.surface is not None:
        unit_start, unit_end = pieces[draft.measure.first].start, pieces[draft.measure.last - 1].end
    elif figure.counted is not None:
        unit_start, unit_end = figure.counted.start, figure.counted.end
    return QuantitySpan(
        pieces[draft.start].start,
        figure.end,
        _quantity(text, figure),
        number_start,
        number_end,
        unit_start,
        unit_end,
        None if figure.counted is None else figure.counted.text,
        aside=figure.aside,
    )


def _quantity(text: _Text, figure: _Figure) -> Quantity:
    draft, number, factor = figure.draft, figure.draft.number, figure.factor * figure.draft.sign
    share = figure.unit in _POINTS
    direction = direction_of(draft, text.lexed, figure.head, text.cues, share=share)
    if direction is None and draft.sign < 0 and share:
        direction, factor = Direction.DOWN, -factor
    counted = figure.unit.startswith("count:") and number.kind == "words" and not number.scaled
    step = Decimal(0) if counted or draft.score else _plain(number.step * abs(factor))
    plain = Quantity(figure.unit, approximation=draft.approximation, direction=direction, step=step)
    if draft.upper is not None:
        low, high = _plain(number.value * factor), _plain(draft.upper.value * factor)
        return replace(plain, low=min(low, high), high=max(low, high), approximation=Approximation.RANGE)
    if number.low is not None and number.high is not None:
        low, high = _plain(number.low * factor), _plain(number.high * factor)
        return replace(plain, low=low, high=high, approximation=Approximation.AT_LEAST, vague=True)
    value = _plain(number.value * factor)
    if draft.approximation in _BOUNDS_BELOW:
        return replace(plain, low=value)
    if draft.approximation in _BOUNDS_ABOVE:
        return replace(plain, high=value)
    return replace(plain, value=value)


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent and without zeros at its end."""
    return Decimal(int(value)) if value == int(value) else value.normalize()


def _pair(lexed: Lexed, figures: list[_Figure], spans: list[QuantitySpan]) -> list[QuantitySpan]:
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
            spans[index] = replace(spans[index], same_as=index + 1)
            spans[index + 1] = replace(spans[index + 1], same_as=index)
    return spans


def _converts(first: QuantitySpan, second: QuantitySpan) -> bool:
    return first.quantity.unit not in _POINTS and second.quantity.unit not in _POINTS


@Language.factory("quantities", assigns=["doc._.quantities"], requires=["doc._.dates"], default_config={"models": ""})
def _component(nlp: Language, name: str, models: str) -> "Quantities":
    return Quantities(load_figure_cues(Path(models) / "cues" / "en"))


class Quantities:
    """Sets `doc._.quantities`."""

    def __init__(self, cues: FigureCues) -> None:
        register()
        self._cues = cues
        self._forms = UnitForms.of(Units({}))

    def equip(self, *, units: Units, **_: object) -> None:
        """The table of units, which belongs to the program, not to the language."""
        self._forms = UnitForms.of(units)

    def __call__(self, doc: Doc) -> Doc:
        doc._.quantities = _find(doc, self._forms, self._cues)
        return doc
