"""Two numbers as one figure: ranges, results of votes and games, values with a tolerance."""

from collections.abc import Callable
from dataclasses import replace

from monitor.domain.quantity import Approximation
from monitor.nlp.draft import DASHES, PLAIN, Draft, Reading
from monitor.nlp.hedges import hedge_before
from monitor.nlp.lexing import Lexed, lex
from monitor.nlp.numbers import Number, number_at

_TOLERANCES = ("±", "+/-", "+/−", "plus or minus")
DraftAt = Callable[[Reading, int, int], Draft | None]


def _with_tolerance(reading: Reading, draft: Draft, draft_at: DraftAt) -> Draft | None:
    """ "815 ± 20 K", "12.5% ± 0.4%": one figure, which is about so much."""
    lexed, at = reading.lexed, draft.last
    said = next((words for words in _TOLERANCES if _says(lexed, at, words)), None)
    if said is None or draft.number.kind not in PLAIN:
        return None
    index = at + len(lex(said).pieces)
    second = draft_at(reading, index, index) if index < len(lexed.pieces) and not reading.blocked(index) else None
    if second is None or second.number.kind not in PLAIN:
        return None
    if draft.surface is not None and second.surface is not None and draft.surface.unit != second.surface.unit:
        return None
    return replace(
        draft,
        last=second.last,
        surface=draft.surface or second.surface,
        measure=draft.measure or second.measure,
        below=draft.below or second.below,
        approximation=Approximation.ABOUT,
    )


def _says(lexed: Lexed, index: int, words: str) -> bool:
    return all(lexed.low(index + i) == piece.low for i, piece in enumerate(lex(words).pieces))


def ranges_at(reading: Reading, draft: Draft, done: int, draft_at: DraftAt) -> list[Draft]:
    """The draft, alone or with the number that "to", "and", "or" or a dash ties to it. `draft_at` reads at a piece."""
    tolerant = _with_tolerance(reading, draft, draft_at)
    if tolerant is not None:
        return [tolerant]
    other = _other_end(reading, draft, draft_at)
    if other is None:
        return [draft]
    second, joiner = other
    score = _score_of(reading, draft, second, joiner)
    if score is not None:
        draft.score = second.score = score
        return [draft, second]
    lead_at, lead = _lead(reading, draft)
    merged = _merge(reading, draft, second, joiner, lead)
    if merged is None:
        return [draft]
    if lead == "by" and draft.surface and second.surface and second.number.value > 2 * draft.number.value:
        # "Rose by 1.1 percent to 14.2 percent": a change and the level that it led to.
        return [draft, second]
    moved = joiner == "to" and draft.surface is not None and reading.moved(draft.first)
    if moved and second.number.value > 2 * draft.number.value:
        # "Rose 12.5p to 310p"
        return [draft, second]
    if lead == "from" and reading.changes_before(lead_at):
        # Old level and new level: two figures, which share scale and unit. The new one may be a range itself.
        levels = ranges_at(reading, second, second.first, draft_at)
        _give(draft, levels[0])
        return [draft, *levels]
    if lead in ("between", "from") and lead_at >= done:
        merged.first = lead_at if lead == "between" else merged.first
    return [merged]


def _lead(reading: Reading, draft: Draft) -> tuple[int, str]:
    """The word before the figure, stepping over a hedge where it is `between` or `from`."""
    at = draft.first - 1
    hedge = hedge_before(reading.lexed, draft.first, reading.cues.hedges)
    if reading.lexed.low(at) not in ("between", "from") and hedge is not None:
        at = hedge[1] - 1
    return at, reading.lexed.low(at)


def _other_end(reading: Reading, draft: Draft, draft_at: DraftAt) -> tuple[Draft, str] | None:
    """The figure after "to", "and", "or" or a dash, and that word."""
    lexed, at = reading.lexed, draft.last
    joiner = lexed.low(at)
    if not joiner or draft.number.kind not in PLAIN or not (joiner in ("to", "and", "or") or joiner in DASHES):
        return None
    if joiner in ("and", "or") and not (_lead(reading, draft)[1] == "between" or joiner == "or"):
        return None
    index = at + 1
    while index < len(lexed.pieces) and index < at + 6 and not reading.blocked(index):
        if lexed.pieces[index].kind == "n" or lexed.low(index) in reading.cues.numbers.cardinals:
            break
        if lexed.low(index) in reading.cues.numbers.articles and number_at(lexed, index, reading.cues.numbers):
            break
        index += 1
    else:
        return None
    if reading.blocked(index):
        return None
    second = draft_at(reading, index, at + 1)
    if second is None or second.number.kind not in PLAIN:
        return None
    hedge = hedge_before(lexed, second.first, reading.cues.hedges)
    begins = hedge[1] if hedge is not None and joiner == "to" else second.first
    return (second, joiner) if begins in (at + 1, second.first) and begins == at + 1 else None


def _score_of(reading: Reading, draft: Draft, second: Draft, joiner: str) -> str | None:
    """The unit of a result: "a 3-2 vote", "voted four to three", "won 2-0"."""
    cues, lexed = reading.cues, reading.lexed
    if draft.surface or second.surface or draft.number.scaled or second.number.scaled or joiner in ("and", "or"):
        return None
    if draft.number.value >= 500 or second.number.value >= 500 or draft.number.value != int(draft.number.value):
        return None
    near = {lexed.low(at) for at in range(max(0, draft.first - 8), min(len(lexed.pieces), second.last + 6))}
    dashed = joiner in DASHES
    if near & cues.votes and (dashed or draft.number.value > second.number.value):
        return f"count:{cues.vote_unit}"
    result = dashed and draft.number.value < 200 and draft.number.value >= second.number.value
    if result and near & cues.score_context:
        return f"count:{cues.other_unit}"
    return None


def _merge(reading: Reading, draft: Draft, second: Draft, joiner: str, lead: str) -> Draft | None:
    """One range of two figures, or None where they are two."""
    first_unit, second_unit = draft.surface, second.surface
    if first_unit and second_unit and first_unit.unit != second_unit.unit:
        return None
    if first_unit and not second_unit and not first_unit.before:
        return None
    if joiner in DASHES and lead != "between" and not _dash_joins(reading, draft, second):
        return None
    low = scaled_like(draft, second)
    near = second.number.value == low.value + 1 or (first_unit is None and second.number.value <= 2 * low.value)
    if joiner == "or" and not near:
        return None
    if not low.value * draft.sign < second.number.value * second.sign:
        return None
    surface = second_unit or first_unit
    measure = second.measure or draft.measure
    return Draft(
        low,
        draft.first,
        second.last,
        surface=surface,
        measure=measure,
        upper=second.number,
        sign=draft.sign,
        below=second.below or draft.below,
    )


def _dash_joins(reading: Reading, draft: Draft, second: Draft) -> bool:
    """A dash of a range is glued to both numbers, or free on both sides between numerals."""
    pieces = reading.lexed.pieces
    dash, after = pieces[draft.last], pieces[draft.last + 1]
    return dash.glued == after.glued


def scaled_like(draft: Draft, second: Draft) -> Number:
    """The first number in the scale of the second: "$26-28 billion"."""
    number, other = draft.number, second.number
    if number.scaled or not other.scaled or number.bare > other.bare or other.bare == 0:
        return number
    return scaled_as(number, other)


def scaled_as(number: Number, other: Number) -> Number:
    """The number in the millions, say, of the other."""
    factor = other.value / other.bare
    return replace(number, value=number.value * factor, step=number.step * factor, scaled=True)


def _give(draft: Draft, second: Draft) -> None:
    """Give the first of two figures the unit and scale of the second: "from 13 to 14 percent"."""
    draft.number = scaled_like(draft, second)
    if draft.surface is None and second.surface is not None:
        draft.surface, draft.measure, draft.shared = second.surface, second.measure, True
