"""Two claims on one question → their relation, with a score and a reason that a reader can check.

The tests in order: is it said at all, same scope, a denial, same time, do the accepted numbers meet, same voice.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial

from monitor.domain.claim import Claim, Modality
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Direction
from monitor.domain.question import Question, Temper
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.source import SourceKind
from monitor.domain.topic import Topic
from monitor.domain.unit import Units
from monitor.relations.accepted import Accepted, accepted, is_near, printed
from monitor.relations.currency import worths
from monitor.relations.listed import compared
from monitor.relations.plausible import plausibility
from monitor.relations.readings import are_readings
from monitor.relations.reason import asserter, denies, says, sentence, voice
from monitor.relations.record import against_record
from monitor.relations.scope import Scope, factors, same_scope, scope_by_person
from monitor.relations.temper import Times, Timing, compare_times, has_moved, is_corrected, puts_own_right
from monitor.relations.verdicts import Verdicts, key_of, mark_of_question, mark_of_told
from monitor.relations.voice import Voices, compare_voices
from monitor.relations.wording import Wording, compare_wording, sets_against

_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# How far a denied figure may be from the one that it denies.
_DENIED_NEAR = Decimal("1.06")
# Least share of words that two sentences of one voice in one article have in common, to be of one thing.
_ALIKE = 0.25
_UNSAID = frozenset({Modality.HYPOTHETICAL, Modality.QUESTION})
_AGREEING = frozenset({RelationKind.AGREES, RelationKind.REFINES})


@dataclass(frozen=True)
class Pair:
    """Two claims with all that was found out about them before the verdict.

    `scales`: what turns the printed numbers into one unit.
    """

    a: Told
    b: Told
    question: Question
    scope: Scope
    topic: Topic
    voices: Voices
    times: Times
    first: Accepted | None
    second: Accepted | None
    scales: tuple[Decimal, Decimal]
    ontology: Ontology

    @cached_property
    def wording(self) -> Wording:
        """How far the sentences bear out a conflict; asked only where the figures are apart."""
        if self.scope.by_person:
            return Wording(1.0, 1.0)
        return compare_wording(self.a, self.b, self.topic, self.ontology)

    def relation(self, kind: RelationKind, why: str, *, swap: bool = False, score: float = 1.0) -> Relation | str:
        """The relation, unless its score stays under the bar. `why`: the reason, with {a} and {b} for what the two say.

        `swap`: the second claim is `a`.
        """
        first, second = (self.b, self.a) if swap else (self.a, self.b)
        if not swap and kind in {RelationKind.AGREES, RelationKind.CONTRADICTS, RelationKind.SELF_INCONSISTENT}:
            first, second = sorted((self.a, self.b), key=lambda told: told.claim.id)
        sure = round(score * self.scope.score * _confidence(first.claim, second.claim), 4)
        reason = sentence(why.format(a=says(first), b=says(second)), self.times.note, *self.scope.notes)
        if sure < self.ontology.tolerances.bar:
            return f"too unsure for {kind}, at {sure:.2f}: {reason}"
        return Relation(first.claim.id, second.claim.id, kind, sure, reason, self.question.id, self.voices.independent)


def judge(a: Told, b: Told, question: Question, units: Units, ontology: Ontology) -> Relation | None:
    """The relation of two claims, None where they have none. The order of the two does not matter."""
    found = weigh(a, b, question, units, ontology)
    return None if isinstance(found, str) else found


def weigh(a: Told, b: Told, question: Question, units: Units, ontology: Ontology) -> Relation | str:
    """The relation of two claims, or why they have none."""
    if b.claim.id < a.claim.id:
        a, b = b, a
    if are_readings(a, b, units, ontology):
        reason = f"{says(a)} and {says(b)} are two readings of one figure."
        return Relation(a.claim.id, b.claim.id, RelationKind.AGREES, 1.0, reason, question.id, independent=False)
    pair = pair_of(a, b, question, units, ontology)
    return pair if isinstance(pair, str) else verdict(pair)


def pair_of(a: Told, b: Told, question: Question, units: Units, ontology: Ontology) -> Pair | str:
    """All that is found out about two claims before the verdict, or why they are not compared."""
    voices = compare_voices(a, b, ontology.words.common)
    if a.claim.id == b.claim.id or voices.copies:
        return "both are one text"
    if {a.claim.modality, b.claim.modality} & _UNSAID:
        return "one of the two is supposed or asked, and not said"
    scope = same_scope(a, b, units, ontology)
    if scope.why_not and question.is_joined:
        scope = scope_by_person(a, b, units, ontology)
    if scope.why_not or scope.one is None:
        return scope.why_not
    topic = scope.one if scope.one.metric else scope.other or scope.one
    times = compare_times(a, b, topic, question, ontology)
    first, second = _sets(a, b, units, ontology)
    return Pair(a, b, question, scope, topic, voices, times, first, second, factors(a, b, units, ontology), ontology)


def judge_all(
    told: Sequence[Told], question: Question, units: Units, ontology: Ontology, known: Verdicts | None = None
) -> list[Relation]:
    """The relations of all pairs on one question, sorted by (a, b); of a long list in one article, of its head only.

    `known`: verdicts that earlier calls found; those of this one are put there.
    """
    inside: dict[tuple[str, str], Relation] = {}
    known = Verdicts() if known is None else known
    asked, marked = mark_of_question(question), [(one, mark_of_told(one)) for one in compared(told, ontology)]
    for at, (one, mark) in enumerate(marked):
        for other, other_mark in marked[at + 1 :]:
            key = key_of(ontology, asked, mark, other_mark)
            found = known.get(key, partial(judge, one, other, question, units, ontology))
            if found is not None:
                inside[found.a, found.b] = found
    kept = _without_explained_headlines(told, list(inside.values()))
    return sorted(kept, key=lambda relation: (relation.a, relation.b))


def _without_explained_headlines(told: Sequence[Told], relations: list[Relation]) -> list[Relation]:
    """A headline that some figure of its own body bears out is not inconsistent with the body's other figures."""
    by_id = {one.claim.id: one for one in told}
    backed: dict[str, bool] = defaultdict(bool)
    for relation in relations:
        a, b = by_id[relation.a], by_id[relation.b]
        if relation.kind in _AGREEING and a.article.id == b.article.id:
            for one, other in ((a, b), (b, a)):
                if one.claim.evidence.where is Where.TITLE and other.claim.evidence.where is Where.BODY:
                    backed[one.claim.id] = True
    return [
        relation
        for relation in relations
        if relation.kind is not RelationKind.SELF_INCONSISTENT or not (backed[relation.a] or backed[relation.b])
    ]


def _sets(a: Told, b: Told, units: Units, ontology: Ontology) -> tuple[Accepted | None, Accepted | None]:
    """The accepted numbers of both, in one unit; a fall counts below zero where both say which way it went."""
    record = against_record(a.claim, b.claim, ontology)
    if record:
        return record
    found = []
    ways = (a.claim.quantity.direction, b.claim.quantity.direction)
    for told, factor in zip((a, b), factors(a, b, units, ontology), strict=True):
        numbers = accepted(told.claim.quantity, told.claim.evidence.span, ontology)
        falls = None not in ways and told.claim.quantity.direction is Direction.DOWN
        found.append(numbers and numbers.scaled(-factor if falls else factor))
    if found[0] and worths(a, b, units, ontology):
        found[0] = found[0].widened(ontology.tolerances.rate)
    return found[0], found[1]


def verdict(pair: Pair) -> Relation | str:
    """The relation of a pair, or why it has none."""
    denied_a, denied_b = denies(pair.a.claim), denies(pair.b.claim)
    if denied_a or denied_b:
        return _denial(pair, denied_a, denied_b)
    if pair.times.timing is Timing.OTHER:
        return pair.times.note
    if pair.first is None or pair.second is None:
        return "one of the two gives no figure"
    if pair.scope.unit_differs:
        return _units_confused(pair)
    if pair.first.meets(pair.second):
        return _meeting(pair, pair.first, pair.second)
    return _apart(pair)


def _denial(pair: Pair, denied_a: bool, denied_b: bool) -> Relation | str:
    """A denial hits what says the figure it denies; a bare one hits every figure. Two denials of one thing agree."""
    meet = pair.first is None or pair.second is None or pair.first.meets(pair.second)
    if pair.times.timing is Timing.OTHER and (pair.times.sure or not pair.scope.by_figure):
        return pair.times.note
    if not meet or pair.scope.unit_differs or not _speak_of_one(pair):
        return "the figure that is denied is another one"
    if _are_bounds(pair) and all(told.claim.modality is not Modality.DENIED for told in (pair.a, pair.b)):
        return "two bounds, and nobody is quoted with a denial"
    if denied_a and denied_b:
        same = (pair.first is None) == (pair.second is None)
        return (
            pair.relation(RelationKind.AGREES, "{a} and {b} deny the same", score=0.9)
            if same
            else "only one denial gives a figure"
        )
    if pair.voices.same_article and pair.voices.same_asserter:
        return "one voice denies in one article what it says"
    bare = pair.first is None or pair.second is None
    denier = voice(pair.b if denied_b else pair.a)
    why = f"{_of(pair)}: {_plain(denier)} denies {{b}}"
    return pair.relation(RelationKind.DENIES, why, swap=denied_b, score=0.8 if bare else 0.95)


def _speak_of_one(pair: Pair) -> bool:
    """Whether a denial names the very figure, give or take its rounding; one that names no figure is of any."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one is None or other is None or _is_range(pair.first) or _is_range(pair.second):
        return True
    return is_near(one * pair.scales[0], other * pair.scales[1], _DENIED_NEAR)


def _are_bounds(pair: Pair) -> bool:
    """Whether both give a bound: "nobody waits more than a year" sets none against "those who waited over a year"."""
    return bool(pair.first and pair.second and pair.first.is_loose and pair.second.is_loose)


def _is_range(numbers: Accepted | None) -> bool:
    """Whether the text gives both ends; of a bound the one that it names is the figure."""
    return numbers is not None and numbers.is_loose and bool(numbers.low) and numbers.high is not None


def _of(pair: Pair) -> str:
    return _plain(pair.question.thing())


def _plain(text: str) -> str:
    """A text of others, safe within a reason that is filled in later."""
    return text.replace("{", "{{").replace("}", "}}")


def _name(pair: Pair) -> str:
    """The common voice of both, by its name where one of them has it."""
    sources = [asserter(pair.a), asserter(pair.b)]
    return next((source.name for source in sources if source.name), sources[0].label)


def _alike(pair: Pair) -> str:
    same = pair.first == pair.second
    return "{a} and {b} give the same figure" if same else "{a} and {b} say the same, rounding and hedges allowed"


def _units_confused(pair: Pair) -> Relation | str:
    """The same number as percent and as percentage points of one change: one of them has the wrong unit."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one != other or pair.times.timing is not Timing.SAME:
        return "percent and percentage points are only set against each other with one number"
    return pair.relation(
        RelationKind.CONTRADICTS,
        f"{_of(pair)}: {{a}} and {{b}} give one change, in percent and in percentage points",
        score=0.85,
    )


def _meeting(pair: Pair, first: Accepted, second: Accepted) -> Relation | str:
    """Meeting numbers agree, or one refines the other; a count that has risen past an older bound updates it."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    loose = (first.is_loose, second.is_loose)
    if any(loose) and one is not None and other is not None and not _says_much(pair, one, other):
        if pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE:
            return _update(pair, "the count has moved on")
        return _overdrawn_headline(pair)
    if pair.times.newer and _has_gone_on(pair):
        return _update(pair, "the later figure is another one", score=0.85)
    if loose[0] == loose[1]:
        return pair.relation(RelationKind.AGREES, _alike(pair), score=0.95)
    return pair.relation(RelationKind.REFINES, "{a} fits {b}, and is tighter", swap=loose[0], score=0.95)


def _has_gone_on(pair: Pair) -> bool:
    """Whether figures that meet only thanks to their hedges or ends are a newer one and the one it replaced.

    1,240 and three days on "some 1,300"; a guidance of 5.2 to 5.3 billion that had been 5.1 to 5.2. Who only rounds
    the same figure tells nothing new.
    """
    if _one_rounded(pair):
        return False
    if pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE:
        return True
    newer = pair.a if pair.times.newer < 0 else pair.b
    corrected = pair.voices.same_asserter and is_corrected(newer, pair.ontology)
    return bool(_replaced(pair)) or corrected or has_moved(newer, pair.ontology)


def _one_rounded(pair: Pair) -> bool:
    """Whether the printed numbers are one, give or take the digits that the rounder of them leaves out."""
    sides = [
        (sorted(n * scale for n in _numbers(told.claim)), told.claim.quantity.step * scale)
        for told, scale in zip((pair.a, pair.b), pair.scales, strict=True)
    ]
    (one, step), (other, other_step) = sides
    if len(one) != len(other):
        return True
    half = max(step, other_step) / 2
    return all(abs(first - second) <= half for first, second in zip(one, other, strict=True))


def _numbers(claim: Claim) -> list[Decimal]:
    quantity = claim.quantity
    return [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]


def _says_much(pair: Pair, one: Decimal, other: Decimal) -> bool:
    """Whether a bound and a figure are near enough to speak of each other; while a count rises, nearer still."""
    tolerances = pair.ontology.tolerances
    rising = pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE
    reach = 1 + 2 * tolerances.about if rising else tolerances.reach
    if pair.a.claim.quantity.vague or pair.b.claim.quantity.vague:
        reach = max(reach, tolerances.reach)
    return is_near(one * pair.scales[0], other * pair.scales[1], reach)


def _overdrawn_headline(pair: Pair) -> Relation | str:
    """ "Hundreds dead" over a body that knows of "at least 70": the headline goes far beyond its article."""
    wheres = {pair.a.claim.evidence.where, pair.b.claim.evidence.where}
    if not pair.voices.same_article or wheres != {Where.TITLE, Where.BODY}:
        return "the bound is so far off that it says nothing of the other"
    return pair.relation(
        RelationKind.SELF_INCONSISTENT,
        f"{_of(pair)}: {{a}} and {{b}} stand over and in one article, far apart",
        score=0.75,
    )


def _update(pair: Pair, why: str, score: float = 0.9) -> Relation | str:
    swap = pair.times.newer > 0
    return pair.relation(RelationKind.UPDATES, f"{{a}} comes after {{b}}: {why}", swap=swap, score=score)


def _apart(pair: Pair) -> Relation | str:
    """Numbers that do not meet: a newer state, a correction, an article at odds with itself, or a contradiction."""
    voices, times = pair.voices, pair.times
    if voices.same_article and pair.scope.notes:
        return f"in one article, {pair.scope.notes[0]}"
    if voices.versions:
        return _with_newer(pair, voices.newer_version, "a later version of the article changed the figure", 0.95)
    if times.timing is Timing.LATER and times.newer:
        return _contradiction(pair) if _is_disputed(pair) else _later(pair)
    if voices.same_asserter and voices.same_article:
        return _inside(pair)
    replaced = _replaced(pair)
    if replaced:
        return _with_newer(pair, replaced, "it was changed from that", 0.9)
    if times.newer and _is_provisional(pair.a if times.newer > 0 else pair.b, pair.ontology):
        return _with_newer(pair, times.newer, "the first was provisional", 0.85)
    if times.newer and _takes_its_place(pair):
        return _with_newer(pair, times.newer, "the newer one was changed", 0.85)
    if voices.same_asserter and times.newer and not _looks_misprinted(pair):
        return _with_newer(pair, times.newer, f"{_plain(_name(pair))} gave a newer figure", 0.85)
    return _contradiction(pair)


def _takes_its_place(pair: Pair) -> bool:
    """Whether the newer sentence says that its figure was another before; one printed wrongly was not moved there.

    Who corrects his own figure does not correct that of another source; a paper that tells of it takes nobody's side.
    """
    older, newer = (pair.a, pair.b) if pair.times.newer > 0 else (pair.b, pair.a)
    if is_corrected(newer, pair.ontology):
        source = asserter(older)
        named = bool(source.name) or puts_own_right(newer, pair.ontology)
        of_another = named and SourceKind.PUBLISHER not in (source.kind, asserter(newer).kind)
        return pair.voices.same_asserter or pair.times.timing is Timing.LATER or not of_another
    return has_moved(newer, pair.ontology) and not _looks_misprinted(pair)


def _is_disputed(pair: Pair) -> bool:
    """Whether the later to speak, another voice, sets its figure against the earlier one: then it replaces nothing."""
    return not pair.voices.same_asserter and _set_apart(pair)


def _replaced(pair: Pair) -> int:
    """1 if the second claim's sentence says that its figure was changed from the first's, -1 the other way round.

    "Lifted its outlook to 7.4 million tonnes, from 6.9 million": whoever prints 6.9 tells the earlier one.
    """
    if _changed_from(pair.b, pair.a, pair.ontology):
        return 1 if _instant_order(pair.a, pair.b) >= 0 else 0
    if _changed_from(pair.a, pair.b, pair.ontology):
        return -1 if _instant_order(pair.a, pair.b) <= 0 else 0
    return 0


def _changed_from(newer: Told, older: Told, ontology: Ontology) -> bool:
    digits = _DIGITS.search(older.claim.evidence.span)
    evidence = newer.claim.evidence
    if digits is None or older.article.id == newer.article.id:
        return False
    behind = evidence.quote[evidence.span_end - evidence.start :].lower()
    at = re.search(rf"(?<![\d.,]){re.escape(digits[0])}(?![\d]|[.,]\d)", behind)
    if at is None:
        return False
    near = f" {' '.join(_WORD.findall(behind[: at.start()])[-4:])} "
    return any(f" {cue} " in near for cue in ontology.words.before)


def _instant_order(a: Told, b: Told) -> int:
    """1 if a was published first, -1 if b was, 0 if nobody knows."""
    one, other = a.article.published, b.article.published
    return 0 if one is None or other is None else (one < other) - (one > other)


def _is_provisional(told: Told, ontology: Ontology) -> bool:
    """Whether a figure is told as a first estimate, by its sentence or its source's description."""
    source = asserter(told)
    plain = f" {' '.join(_WORD.findall(f'{told.claim.evidence.quote} {source.label}'.lower()))} "
    return any(f" {cue} " in plain for cue in ontology.words.provisional)


def _with_newer(pair: Pair, newer: int, why: str, score: float) -> Relation | str:
    return _update(replace(pair, times=replace(pair.times, newer=newer)), why, score)


def _later(pair: Pair) -> Relation | str:
    """A later figure replaces an earlier one, except a count to date that falls: that is corrected or contradicted."""
    figures = (printed(pair.a.claim.quantity), printed(pair.b.claim.quantity))
    if pair.question.temper is Temper.CUMULATIVE and None not in figures:
        old, new = figures if pair.times.newer > 0 else figures[::-1]
        explained = pair.voices.same_asserter or _takes_its_place(pair)
        if (new or 0) < (old or 0) and not explained:
            return _contradiction(pair)
    return _update(pair, "the later figure replaces the earlier one")


def _inside(pair: Pair) -> Relation | str:
    """One voice, one article, one time, two figures: only where nothing at all tells the two apart."""
    one, other = pair.scope.one, pair.scope.other
    if one is None or other is None or one.marks != other.marks or one.details != other.details:
        return "one voice in one article names two things"
    first, second = pair.a.claim.evidence, pair.b.claim.evidence
    if first.where is second.where and (
        first.quote == second.quote or any(_compares(e.quote, pair.ontology) for e in (first, second))
    ):
        return "one voice in one article sets two figures side by side"
    if first.where is second.where and pair.wording.shared < _ALIKE:
        return "one voice in one article, in sentences that share too little"
    score = 0.8 * pair.wording.score * _plausible(pair)
    return pair.relation(
        RelationKind.SELF_INCONSISTENT, f"{_of(pair)}: {{a}} and {{b}} stand in one article and do not meet", score=score
    )


def _compares(sentence: str, ontology: Ontology) -> bool:
    """Whether a sentence speaks of a change or sets figures side by side."""
    plain = f" {' '.join(_WORD.findall(sentence.lower()))} "
    return any(f" {cue} " in plain for cue in ontology.words.revised)


def _contradiction(pair: Pair) -> Relation | str:
    score = 0.95 * pair.wording.score
    if not pair.times.sure and pair.question.temper is not Temper.CONSTANT:
        score *= 0.92
    if pair.voices.same_article:
        score *= 0.85
    if not pair.times.sure and all(asserter(told).kind is SourceKind.PUBLISHER for told in (pair.a, pair.b)):
        # Two papers in their own voice on two days: the thing itself may have changed meanwhile.
        score *= 0.85
    score *= _plausible(pair)
    ways = {told.claim.quantity.direction for told in (pair.a, pair.b)}
    if ways == {Direction.UP, Direction.DOWN}:
        # "Rose" against "fell" is more often a thing misread than two papers at odds.
        score *= 0.7
    return pair.relation(RelationKind.CONTRADICTS, f"{_of(pair)}: {{a}} and {{b}} do not meet", score=score)


def _plausible(pair: Pair) -> float:
    """How far size and place of the figures bear out a conflict, 0 to 1; where one is set against the other they do."""
    if _set_apart(pair):
        return 1.0
    topics = tuple(topic for topic in (pair.scope.one, pair.scope.other) if topic)
    return plausibility(pair.a, pair.b, pair.first, pair.second, topics, pair.ontology)


def _set_apart(pair: Pair) -> bool:
    """Whether a sentence sets its figure against the other's very one: then size and place say nothing more."""
    return sets_against(pair.a, pair.b, pair.ontology) or sets_against(pair.b, pair.a, pair.ontology)


def _looks_misprinted(pair: Pair) -> bool:
    """The same digits in another order (131 and 113; 48 and 84 of one day), or a power of ten off: wrong, not changed."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one is None or other is None or pair.voices.same_article:
        return False
    first, second = one.normalize().as_tuple().digits, other.normalize().as_tuple().digits
    if first == second:
        return one != other
    of_one_day = pair.a.claim.time is not None and pair.a.claim.time == pair.b.claim.time
    return sorted(first) == sorted(second) and (len(first) > 2 or of_one_day)


def _confidence(one: Claim, other: Claim) -> float:
    """Readings we doubt make verdicts we doubt, gently: confidence is calibrated on fields that may not matter."""
    return 0.8 + 0.2 * min(one.confidence, other.confidence)
