"""Numbers with their units as the text writes them: single figures, ranges, lists that share a unit."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from monitor.domain.quantity import Approximation
from monitor.domain.unit import Surface
from monitor.nlp.draft import DASHES, PLAIN, Draft, Reading
from monitor.nlp.hedges import hedge_after, hedge_before
from monitor.nlp.measures import Measure, choose, unit_after, unit_before
from monitor.nlp.numbers import Number, as_share, number_at, number_starts
from monitor.nlp.powers import negative_power, raised
from monitor.nlp.ranges import ranges_at, scaled_as, scaled_like

_RATIO = Surface("times", "ratio")
_NEAR = 25  # pieces either side that say best which reading of a unit is meant
_WHOLE = ("full", "whole")
_LISTS = (",", "and", "or", "to", "by", "x", "×", "versus", "vs")
# How many of the second make one of the first, where texts write both.
_PARTS = {
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
    ("day", "hour"): 24,
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("foot", "inch"): 12,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
}
_SIGNS = {"-": -1, "−": -1, "–": -1, "+": 1, "±": 1}
_HUNDRED = Decimal(100)
_BRACKETS = {"(": ")", "[": "]", "<": ">"}
_WHOLE_SHARE = 100  # "2,870 points" are none of percentage
_CODE_SCALES = {"k": 1000, "K": 1000, "T": 1000, "m": 10**6, "M": 10**6, "B": 10**9, "bn": 10**9}


def find_drafts(reading: Reading) -> list[Draft]:
    """Every number that is not blocked, with what is written at it, in order and without overlap."""
    drafts: list[Draft] = []
    done = 0
    for index in _starts(reading):
        if index < done or reading.blocked(index):
            continue
        draft = _draft_at(reading, index, done)
        if draft is None:
            continue
        for one in ranges_at(reading, draft, done, _draft_at):
            drafts.append(one)
            done = max(one.last, one.number.last)
    _share_units(reading, drafts)
    _fill_brackets(reading, drafts)
    drafts = _joined_measures(reading, drafts)
    floor = 0
    for draft in drafts:
        _hedge(reading, draft, floor)
        floor = draft.end
    return drafts


def _starts(reading: Reading) -> Iterator[int]:
    lexed, words = reading.lexed, reading.cues.numbers
    starts = set(number_starts(lexed, words))
    for index, piece in enumerate(lexed.pieces):
        # "nearly a week", "a full percentage point": one of a measured unit, where a hedge says that it is counted
        hedged = piece.low in words.articles and hedge_before(lexed, index, reading.cues.hedges)
        if hedged or (piece.low in _WHOLE and lexed.low(index - 1) in words.articles):
            starts.add(index)
    return iter(sorted(starts))


def _draft_at(reading: Reading, index: int, done: int) -> Draft | None:
    lexed, words = reading.lexed, reading.cues.numbers
    number = _one_thing_in(reading, index) or number_at(lexed, index, words)
    if number is None:
        return _one_of_unit(reading, index)
    if any(reading.blocked(at) for at in range(number.first, number.last)):
        return None
    draft = Draft(number, number.first, number.last)
    if number.kind == "part":
        return _part(reading, draft)
    _put_unit(reading, draft, done)
    _put_sign(reading, draft)
    return draft


def _one_thing_in(reading: Reading, index: int) -> Number | None:
    """ "One grower in ten": a share, if the ten counts nothing else."""
    lexed, words = reading.lexed, reading.cues.numbers
    after = index + 2
    if words.cardinals.get(lexed.low(index)) != 1 or after >= len(lexed.pieces) or lexed.pieces[index + 1].kind != "w":
        return None
    joiner = next((j for j in words.ratio_joiners if all(lexed.low(after + i) == w for i, w in enumerate(j))), None)
    at = after + len(joiner) if joiner is not None else len(lexed.pieces)
    other = number_at(lexed, at, words) if at < len(lexed.pieces) and not reading.blocked(at) else None
    whole = other is not None and other.kind in PLAIN and other.value == int(other.value) and other.value >= 2
    if other is None or not whole or reading.counts(at) or unit_after(lexed, other.last, reading.forms) is not None:
        return None
    share = (100 / other.value).quantize(Decimal("0.01"))
    return Number(index, other.last, share.normalize() if share % 1 else Decimal(int(share)), Decimal(0), "share")


def _one_of_unit(reading: Reading, index: int) -> Draft | None:
    if reading.lexed.low(index) not in {*reading.cues.numbers.articles, *_WHOLE}:
        return None
    measure = unit_after(reading.lexed, index + 1, reading.forms)
    if measure is None or measure.surfaces[0].exact_case or measure.surfaces[0].before:
        return None
    if reading.lexed.low(measure.last) in reading.cues.rate_not_after - {"on", "after", "from", "before"}:
        return None
    number = Number(index, index + 1, Decimal(1), Decimal(1), "article", bare=Decimal(1))
    surface = _chosen(reading, measure, scaled=False)
    return Draft(number, index, measure.last, surface=surface, measure=measure)


def _part(reading: Reading, draft: Draft) -> Draft | None:
    """A quarter of a percentage point; half an hour; or a share: half of the staff."""
    lexed, words = reading.lexed, reading.cues.numbers
    at = draft.number.last
    if lexed.low(at) == "of":
        at += 1
    if lexed.low(at) in words.articles:
        at += 1
    measure = unit_after(lexed, at, reading.forms)
    if measure is not None and not measure.surfaces[0].before and not measure.surfaces[0].exact_case:
        draft.measure, draft.last = measure, measure.last
        draft.surface = _chosen(reading, measure, scaled=False)
        return draft
    if not _is_share(reading, draft):
        return None
    draft.number = as_share(draft.number)
    return draft


def _is_share(reading: Reading, draft: Draft) -> bool:
    """Whether a fraction word is one: "a third of", not "a third hospital", "the second half", "third quarter"."""
    lexed, words = reading.lexed, reading.cues.numbers
    first, last = draft.number.first, draft.number.last
    lead, follower = lexed.low(first - 1), lexed.low(last)
    if (last - first == 1 and lexed.low(first) != words.half) or lead in words.no_share_leads:
        return False
    hedged = hedge_before(lexed, first, reading.cues.hedges) is not None
    ends = last >= len(lexed.pieces) or lexed.pieces[last].kind == "s"
    if ends and last < len(lexed.pieces) and lexed.pieces[last].text in DASHES and lexed.pieces[last].glued:
        return False
    counted = lexed.low(first) in words.cardinals and lexed.low(first) != "one"
    if lexed.low(first) == words.half and ends:
        return hedged or lead in ("by", "in", "least", "than")
    return hedged or counted or ends or follower in words.share_followers


def _put_unit(reading: Reading, draft: Draft, done: int) -> None:
    lexed, number = reading.lexed, draft.number
    before = unit_before(lexed, number.first, reading.forms)
    if before is not None and before.first >= done:
        draft.surface = _chosen(reading, before, scaled=number.scaled)
        draft.measure, draft.first = before, before.first
        _put_country(reading, draft)
        return
    if number.kind in ("share", "multiple"):
        return
    after = unit_after(lexed, number.last, reading.forms)
    if after is None and number.kind == "digits":
        after = _bracketed(reading, number.last)
    if after is not None and (number.kind != "vague" or lexed.low(number.last) != "of"):
        draft.surface = _chosen(reading, after, scaled=number.scaled, value=number.value)
        draft.measure, draft.last = after, after.last
        _scale_after_unit(reading, draft)
        _put_powers(reading, draft)
    elif _put_scaled_code(reading, draft):
        return
    elif lexed.low(number.last) in reading.cues.times and _is_ratio(reading, draft):
        draft.surface, draft.last = _RATIO, number.last + 1
        draft.measure = Measure((_RATIO,), number.last, number.last + 1)
    elif lexed.low(number.last) == "of":
        # "dozens of tonnes", "millions of dollars"
        after = unit_after(lexed, number.last + 1, reading.forms)
        if after is not None and (number.kind == "vague" or number.scaled):
            draft.surface = _chosen(reading, after, scaled=True)
            draft.measure, draft.last = after, after.last


def _put_country(reading: Reading, draft: Draft) -> None:
    """ "$76 US a barrel", as papers write whose own dollar is another."""
    at, surface = draft.number.last, draft.surface
    if surface is not None and surface.form == "$" and reading.lexed.low(at) == "us":
        draft.last = at + (reading.lexed.pieces[at].text == "US")


def _bracketed(reading: Reading, index: int) -> Measure | None:
    """The unit of "20 (kg)", as tables and forms write it; its last piece is the bracket that closes."""
    lexed = reading.lexed
    closing = _BRACKETS.get(lexed.low(index))
    measure = unit_after(lexed, index + 1, reading.forms) if closing else None
    if measure is None or lexed.low(measure.last) != closing:
        return None
    return replace(measure, last=measure.last + 1)


def _scale_after_unit(reading: Reading, draft: Draft) -> None:
    """ "75 USD million"."""
    factor = reading.cues.numbers.scales.get(reading.lexed.low(draft.last), 0)
    number = draft.number
    if factor >= 1000 and not number.scaled and draft.surface is not None and draft.surface.unit.isupper():
        value, step = number.value * factor, number.step * factor
        draft.number = replace(number, value=value, step=step, scaled=True)
        draft.last += 1


def _put_powers(reading: Reading, draft: Draft) -> None:
    """ "m s−1", "g cm−3" and "cm−1": what the unit is divided by."""
    lexed, surface = reading.lexed, draft.surface
    if surface is None or not surface.exact_case or draft.measure is None:
        return
    own = negative_power(lexed, draft.last)
    if own is not None:
        draft.below, draft.last = f"1/{raised(surface.unit, own[0])}", own[1]
        return
    lower = reading.forms.signs.get(lexed.pieces[draft.last].text) if draft.last < len(lexed.pieces) else None
    power = negative_power(lexed, draft.last + 1) if lower else None
    if lower and power is not None:
        draft.below, draft.last = f"{surface.unit}/{raised(lower[0].unit, power[0])}", power[1]
        draft.measure = replace(draft.measure, last=power[1])


def _put_scaled_code(reading: Reading, draft: Draft) -> bool:
    """ "64 MEUR", "4.2 BUSD": a scale and the code of a currency in one word."""
    lexed, number = reading.lexed, draft.number
    word = lexed.pieces[number.last].text if number.last < len(lexed.pieces) else ""
    factor = _CODE_SCALES.get(word[:-3], 0)
    surfaces = reading.forms.signs.get(word[-3:], ())
    if not factor or number.scaled or not surfaces or surfaces[0].form != surfaces[0].unit:
        return False
    draft.number = replace(number, value=number.value * factor, step=number.step * factor, scaled=True)
    draft.surface, draft.last = surfaces[0], number.last + 1
    draft.measure = Measure(surfaces, number.last, number.last + 1)
    return True


def _chosen(reading: Reading, measure: Measure, *, scaled: bool, value: Decimal = Decimal(0)) -> Surface:
    if value > _WHOLE_SHARE and any(one.unit != "percentage_point" for one in measure.surfaces):
        kept = tuple(one for one in measure.surfaces if one.unit != "percentage_point")
        measure = replace(measure, surfaces=kept)
    if len(measure.surfaces) == 1:
        return measure.surfaces[0]
    first, last = max(0, measure.first - _NEAR), measure.last + _NEAR
    near = frozenset(piece.low for piece in reading.lexed.pieces[first:last])
    return choose(measure.surfaces, reading.lexed.words, near, scaled=scaled)


def _is_ratio(reading: Reading, draft: Draft) -> bool:
    """ "1.7 times sales", "three times as many"; but "it failed three times" counts."""
    fractional = draft.number.value != int(draft.number.value)
    return fractional or reading.lexed.low(draft.number.last + 1) in reading.cues.times_followers


def _put_sign(reading: Reading, draft: Draft) -> None:
    pieces = reading.lexed.pieces
    at = draft.first - 1
    if at < 0:
        return
    piece = pieces[at]
    hyphened = piece.text in "-‐‑" and piece.glued and pieces[draft.first].glued
    if hyphened and reading.lexed.low(at - 1) in reading.cues.numbers.minus:
        draft.sign, draft.first = -1, at - 1
    elif piece.low in reading.cues.numbers.minus and not pieces[draft.first].glued:
        draft.sign, draft.first = -1, at
    elif piece.text in _SIGNS and pieces[draft.first].glued and not (piece.glued and pieces[at - 1].kind != "s"):
        if piece.glued and pieces[at - 1].text not in "([":
            return
        draft.sign, draft.first = _SIGNS[piece.text], at


def _share_units(reading: Reading, drafts: list[Draft]) -> None:
    """ "5, 10 and 15 MW": all are megawatts."""
    for draft, after in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        between = [piece.low for piece in reading.lexed.pieces[draft.last : after.first]]
        if after.surface is None or draft.surface is not None or draft.number.kind not in PLAIN or draft.score:
            continue
        if len(between) > 1 and between[0] in DASHES:
            between = between[1:]
        listed = bool(between) and all(word in _LISTS for word in between) and between != ["by"]
        if between == [","] and not after.shared:
            continue  # "the index stood at 16,644, 16 percent above"
        if listed and not after.surface.before:
            draft.surface, draft.measure, draft.shared = after.surface, after.measure, True
            if draft.number.bare <= after.number.bare:
                draft.number = scaled_like(draft, after)


def _joined_measures(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """ "Two hours and ten minutes", "6 feet 2 inches": one figure, in the smaller unit."""
    joined: list[Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        if before is not None and _are_change(reading, before, draft):
            joined[-1] = _with_cents(before, draft)
            continue
        parts = _PARTS.get((_unit_of(before), _unit_of(draft))) if before is not None else None
        if before is None or parts is None or not _run_on(reading, before, draft) or draft.number.value >= parts:
            joined.append(draft)
            continue
        number = replace(draft.number, value=before.number.value * parts + draft.number.value)
        joined[-1] = replace(draft, first=before.first, number=replace(number, first=before.number.first))
    return joined


def _are_change(reading: Reading, before: Draft, draft: Draft) -> bool:
    """The cents of "eight dollars and 25 cents", and the 25 of "eight dollars 25"."""
    money = before.surface is not None and before.surface.unit.isupper() and before.surface.factor == 1
    small = 0 < draft.number.value < _HUNDRED and not before.number.scaled and not draft.number.scaled
    apart = before.last < draft.first and reading.lexed.low(before.last) == ","
    if not money or not small or apart or not _run_on(reading, before, draft):
        return False
    if draft.surface is not None and before.surface is not None:
        return draft.surface.unit == before.surface.unit and draft.surface.factor == Decimal(1) / _HUNDRED
    ends = draft.last >= len(reading.lexed.pieces) or reading.lexed.pieces[draft.last].text in ".;:!?"
    joined = before.last == draft.first or reading.lexed.low(before.last) == "and"
    return ends and joined and draft.number.value >= 10


def _with_cents(before: Draft, draft: Draft) -> Draft:
    number, cents = before.number, draft.number
    value = number.value + cents.value / _HUNDRED
    step = cents.step / _HUNDRED
    return replace(before, number=replace(number, value=value, step=step, last=cents.last), last=draft.last)


def _unit_of(draft: Draft | None) -> str:
    return draft.surface.unit if draft is not None and draft.surface is not None and draft.surface.factor == 1 else ""


def _run_on(reading: Reading, before: Draft, draft: Draft) -> bool:
    plain = before.upper is None and draft.upper is None and before.sign == draft.sign == 1
    between = [piece.low for piece in reading.lexed.pieces[before.last : draft.first]]
    kinds = {before.number.kind, draft.number.kind} <= {"digits", "words"}
    return (
        plain
        and kinds
        and between in ([], ["and"], [","], [",", "and"])
        and before.number.value == int(before.number.value)
    )


def _fill_brackets(reading: Reading, drafts: list[Draft]) -> None:
    """ "SEK 7,412 million (6,980)": the number in brackets is one of the same sort."""
    for before, draft in pairwise(drafts):
        low = reading.lexed.low
        bare = draft.surface is None and draft.number.kind == "digits" and not draft.number.scaled and not draft.score
        if not bare or before.surface is None or before.last != draft.first - 1 or before.number.kind != "digits":
            continue
        alike = before.number.bare and Decimal("0.1") <= draft.number.bare / before.number.bare <= 10
        if low(draft.first - 1) == "(" and low(draft.last) == ")" and alike:
            draft.surface, draft.measure, draft.shared = before.surface, before.measure, True
            if before.number.scaled:
                draft.number = scaled_as(draft.number, before.number)


def _hedge(reading: Reading, draft: Draft, floor: int) -> None:
    lexed, hedges = reading.lexed, reading.cues.hedges
    draft.start, draft.end = draft.first, draft.last
    tolerant = draft.approximation is Approximation.ABOUT
    found = hedge_before(lexed, draft.first, hedges)
    if found is not None and found[1] >= floor and not _is_time_word(draft, lexed.low(found[1])):
        kind, draft.start = found
        if lexed.low(draft.start) == "up" and lexed.low(draft.start + 1) == "to" and reading.moved_up(draft.start):
            # "Edged up to 4.4 percent" is where it went.
            draft.start = draft.first
            return
        outer = hedge_before(lexed, draft.start, hedges)
        if outer is not None and outer[1] >= floor and kind is Approximation.ABOUT:
            kind, draft.start = outer
        draft.approximation = kind
    dozen = lexed.low(draft.number.last - 1) == "dozen" and lexed.low(draft.number.first) in reading.cues.numbers.articles
    if dozen and draft.approximation is Approximation.EXACT:
        draft.approximation = Approximation.ABOUT
    if draft.number.kind == "article" and lexed.low(draft.first) in _WHOLE:
        draft.start = draft.first = draft.first - 1
    if tolerant and draft.approximation is Approximation.EXACT:
        draft.approximation = Approximation.ABOUT
    after = hedge_after(lexed, draft.last, hedges)
    if after is not None and draft.approximation in (Approximation.EXACT, after[0]):
        draft.approximation, draft.end = after


def _is_time_word(draft: Draft, word: str) -> bool:
    """ "Over three years" says how long something went on, not that it was longer."""
    timely = draft.surface is not None and draft.surface.unit in ("day", "week", "month", "year", "decade", "hour")
    return timely and word in ("over", "within", "around", "under")
