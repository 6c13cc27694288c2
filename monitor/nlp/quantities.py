"""Numbers and units → quantities."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.unit import Units
from monitor.nlp.asides import aside_of, blocked_places, is_name
from monitor.nlp.attributes import QuantitySpan, register
from monitor.nlp.bare import Known, bare_unit
from monitor.nlp.counted import Counted, Tokens, counted_by
from monitor.nlp.directions import direction_of
from monitor.nlp.draft import Draft, Reading
from monitor.nlp.drafts import find_drafts
from monitor.nlp.figure_cues import FigureCues, load_figure_cues
from monitor.nlp.figures import PASSING, SHARES, TIMES, Figure, Text
from monitor.nlp.lexing import Lexed, lex
from monitor.nlp.measures import Measure, UnitForms, unit_after
from monitor.nlp.neighbours import (
    apply_levels,
    apply_list_heads,
    apply_tables,
    apply_unit_note,
    mark_suppositions,
    mark_windows,
    pair,
    share_suspended,
    turn_gapped,
)
from monitor.nlp.notes import note_places
from monitor.nlp.numbers import number_at
from monitor.nlp.rates import rate_of
from monitor.nlp.text import text_of

_BOUNDS_BELOW = (Approximation.MORE_THAN, Approximation.AT_LEAST)
_BOUNDS_ABOVE = (Approximation.LESS_THAN, Approximation.AT_MOST)
_RECENT = 12  # figures back to which others refer
# Words for these units are as often names of things: "three front yards".
_ALSO_THINGS = frozenset({"yard", "foot", "point", "pint", "pound", "degree", "second", "bit", "carat", "nit", "ohm"})


def find_quantities(doc: Doc, units: Units, cues: FigureCues) -> list[QuantitySpan]:
    """The figures of a parsed text, in order. Reads `doc._.dates`, whose numbers are none.

    Numbers in names, dates, clock times, telephone numbers and idioms are left out; other numbers that are no figure
    carry their `aside`.
    """
    return _find(doc, UnitForms.of(units), cues)[0]


def _find(doc: Doc, forms: UnitForms, cues: FigureCues) -> tuple[list[QuantitySpan], list[QuantitySpan]]:
    """The figures, and the numbers in passing."""
    lexed = lex(text_of(doc))
    text = Text(doc, lexed, Tokens(doc), cues, forms)
    places = blocked_places(text_of(doc), lexed, cues, [(date.start, date.end) for date in doc._.dates])
    windows = _windows(text, [(date.start, date.end) for date in doc._.dates if not date.is_figure])
    drafts = find_drafts(_reading(text, [*places, *note_places(lexed, cues)], windows))
    figures: list[Figure] = []
    for draft in drafts:
        figure = _figure(text, draft, [figure for figure in figures[-_RECENT:] if figure.aside not in PASSING])
        if figure is not None:
            figure.aside = "window" if draft.number.first in windows else figure.aside
            figures.append(figure)
            if draft.number.kind in ("digits", "words") and not figure.aside:
                text.known.append(_known(text, figure))
    share_suspended(text, figures)
    mark_suppositions(text, figures)
    mark_windows(figures)
    apply_levels(text, figures)
    apply_unit_note(text, figures)
    apply_tables(text, figures)
    apply_list_heads(text, figures)
    passing = [_span(text, figure) for figure in figures if figure.aside in PASSING]
    figures = [figure for figure in figures if figure.aside not in PASSING]
    spans = turn_gapped(text, figures, [_span(text, figure) for figure in figures])
    return pair(text.lexed, figures, spans), passing


def _windows(text: Text, dates: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The pieces of measures of time in dates: the "two years" of "over the past two years"."""
    lexed, found = text.lexed, set[int]()
    for start, end in dates:
        for index in range(lexed.at(start), lexed.at(end)):
            number = number_at(lexed, index, text.cues.numbers)
            measure = unit_after(lexed, number.last, text.forms) if number is not None else None
            plain = number is not None and number.kind in ("digits", "words") and index not in found
            if number is None or measure is None or not plain or measure.surfaces[0].unit not in TIMES:
                continue
            found.update(range(index, measure.last))
    return frozenset(found)


def _reading(text: Text, places: Sequence[tuple[int, int]], free: frozenset[int]) -> Reading:
    lexed = text.lexed
    taken = _covered(lexed, places) - free
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

    def moved(index: int) -> bool:
        token = text.tokens.at(lexed.pieces[index].start)
        return token.i > token.sent.start and token.nbor(-1).lemma_.lower() in changing

    return Reading(lexed, text.cues, text.forms, taken.__contains__, changes_before, counts, moved_up, moved)


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


def _figure(text: Text, draft: Draft, before: list[Figure]) -> Figure | None:
    """The draft with its unit, or None where it is part of a name."""
    lexed, tokens, cues = text.lexed, text.tokens, text.cues
    token = tokens.at(lexed.pieces[draft.number.first].start)
    counted = None
    if draft.surface is None and draft.score is None and draft.number.kind in ("digits", "words", "vague"):
        counted = counted_by(draft, lexed, tokens, cues)
    _unsuffix(text, draft, counted)
    if counted is not None and _takes_unit(text, draft, counted):
        counted = None
    if is_name(draft, lexed, counted, token, cues):
        return None
    unit, factor = _unit(text, draft, counted, token)
    head = tokens.at(lexed.pieces[draft.last - 1].start) if draft.surface and draft.last > draft.number.last else token
    head = counted.head if counted is not None and counted.head is not None else head
    figure = Figure(draft, counted, unit, factor, _top(text, draft, head), lexed.pieces[draft.end - 1].end)
    figure.aside = aside_of(draft, lexed, counted, token, cues) or _scope(text, draft, head)
    adjacent = counted is not None and draft.end == draft.last and _adjacent(text, draft, counted)
    if counted is not None and adjacent and figure.aside != "one":
        figure.end = max(figure.end, counted.end)
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


def _is_part_of_last(text: Text, figure: Figure, before: list[Figure]) -> bool:
    """ "Nineteen people were in hospital, four of them in danger": four of those just counted."""
    of_them = text.lexed.low(figure.draft.last) == "of" and figure.draft.number.value > 1
    same = [other for other in before if other.head.sent.start == figure.head.sent.start and not other.aside]
    known = of_them and same and same[-1].unit == figure.unit and figure.unit.startswith("count:")
    # "Nine operas, three of them new" counts the same operas again; of people it says what became of some.
    return bool(known and (figure.unit in text.cues.fates or figure.draft.number.kind == "digits"))


def _unsuffix(text: Text, draft: Draft, counted: Counted | None) -> None:
    """ "A 100m race" is in metres: an m that no currency and no noun makes millions."""
    if draft.number.suffix != "m" or draft.surface is not None or counted is not None:
        return
    metres = text.forms.signs.get("m")
    if metres is not None and draft.number.step.is_signed() is False:
        million = Decimal(1_000_000)
        number = draft.number
        draft.number = replace(number, value=number.value / million, step=number.step / million, scaled=False, suffix="")
        draft.surface = metres[0]


def _takes_unit(text: Text, draft: Draft, counted: Counted) -> bool:
    """ "Two difficult years", "200 additional tonnes": a unit behind an adjective measures, and counts nothing."""
    head = counted.head
    surfaces = text.forms.words.get((head.lower_,), ()) if head is not None else ()
    if head is None or len(surfaces) != 1 or surfaces[0].unit in _ALSO_THINGS or surfaces[0].before:
        return False
    first, last = text.tokens.at(text.lexed.pieces[draft.number.last - 1].start).i + 1, text.lexed.at(head.idx)
    between = text.doc[first : head.i]
    if not between or any(token.pos_ != "ADJ" for token in between) or text.lexed.low(last) != head.lower_:
        return False
    draft.surface, draft.measure = surfaces[0], Measure(surfaces, last, last + 1)
    draft.end = last + 1 if draft.end == draft.last else draft.end
    draft.last = last + 1
    return True


def _top(text: Text, draft: Draft, head: Token) -> Token:
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


def _unit(text: Text, draft: Draft, counted: Counted | None, token: Token) -> tuple[str, Decimal]:
    one = Decimal(1)
    if draft.surface is not None:
        return draft.below or draft.surface.unit, draft.surface.factor
    if draft.score is not None:
        return draft.score, one
    if draft.number.kind == "share":
        return "percent", one
    if draft.number.kind == "multiple":
        return ("percent" if draft.number.value == 50 else "ratio"), one
    if counted is not None:
        return counted.unit, one
    return bare_unit(draft, token, text.known, text.cues)


def _known(text: Text, figure: Figure) -> Known:
    number = figure.draft.number
    unit = figure.unit.partition("/")[0]
    if figure.counted is not None:
        unit = figure.counted.unit
    elif figure.draft.surface is not None:
        unit = figure.draft.surface.unit
    bracketed = text.lexed.low(figure.draft.start - 1) == "("
    return Known(number.value, unit, figure.factor, figure.head.sent.start, number.scaled, bracketed)


def _adjacent(text: Text, draft: Draft, counted: Counted) -> bool:
    """Whether the noun counted is the one word after the number."""
    return counted.start - text.lexed.pieces[draft.end - 1].end <= 1 and " " not in counted.text


def _scope(text: Text, draft: Draft, head: Token) -> str:
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


def _add_rate(text: Text, figure: Figure, before: list[Figure]) -> None:
    if figure.unit in SHARES or figure.draft.number.kind in ("share", "multiple") or figure.draft.below:
        return
    if figure.aside == "one":
        return
    after = figure.draft.last
    if figure.counted is not None:
        after = text.lexed.at(figure.counted.end)
    behind = _past_brackets(text.lexed, after)
    rate = rate_of(text.lexed, behind, text.tokens, text.cues, text.forms)
    if rate is None:
        _rate_like_before(text, figure, before)
        return
    figure.unit = _crop(text, f"{figure.unit.removeprefix('count:')}/{rate.unit}")
    figure.factor /= rate.factor
    if figure.counted is None and rate.last > figure.draft.end and behind == after:
        figure.end = max(figure.end, text.lexed.pieces[rate.last - 1].end)


def _past_brackets(lexed: Lexed, after: int) -> int:
    """The piece after the other reading of a figure: "8 dollars (7 euros) per bond" is a rate twice."""
    if lexed.low(after) == ")":
        return after + 1
    if lexed.low(after) == "(":
        return next((at + 1 for at in range(after, after + 8) if lexed.low(at) == ")"), after)
    return after


def _rate_like_before(text: Text, figure: Figure, before: list[Figure]) -> None:
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


def _is_gapped(text: Text, figure: Figure, before: list[Figure]) -> bool:
    """ "Aldo pays 38.5p a litre, Brix 36.75p": the verb is left out."""
    if not before:
        return False
    last = text.tokens.at(text.lexed.pieces[before[-1].draft.end - 1].start)
    inner = list(text.doc[last.i + 1 : text.tokens.at(text.lexed.pieces[figure.draft.first].start).i])
    named = bool(inner) and inner[-1].pos_ in ("PROPN", "NOUN")
    return named and any(t.text == "," for t in inner) and not any(t.pos_ in ("VERB", "AUX", "ADP") for t in inner[1:])


def _crop(text: Text, unit: str) -> str:
    """Bushels per acre are of a crop, which the text names."""
    crops = text.forms.words.get(tuple(piece.low for piece in lex(unit).pieces), ())
    return next((crop.unit for crop in crops if text.lexed.words.intersection(crop.hints)), unit)


def _span(text: Text, figure: Figure) -> QuantitySpan:
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
        factor=figure.factor,
    )


def _quantity(text: Text, figure: Figure) -> Quantity:
    draft, number, factor = figure.draft, figure.draft.number, figure.factor * figure.draft.sign
    share = figure.unit in SHARES
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


@Language.factory(
    "quantities", assigns=["doc._.quantities", "doc._.passing"], requires=["doc._.dates"], default_config={"models": ""}
)
def _component(nlp: Language, name: str, models: str) -> "Quantities":
    return Quantities(load_figure_cues(Path(models) / "cues" / "en"))


class Quantities:
    """Sets `doc._.quantities` and `doc._.passing`."""

    def __init__(self, cues: FigureCues) -> None:
        register()
        self._cues = cues
        self._forms = UnitForms.of(Units({}))

    def equip(self, *, units: Units, **_: object) -> None:
        """The table of units, which belongs to the program, not to the language."""
        self._forms = UnitForms.of(units)

    def __call__(self, doc: Doc) -> Doc:
        doc._.quantities, doc._.passing = _find(doc, self._forms, self._cues)
        return doc
