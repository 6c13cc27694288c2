"""Two claims on one question → all that is found out about them before the verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from monitor.domain.claim import Claim, Modality
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Direction
from monitor.domain.question import Question
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.topic import Topic
from monitor.domain.unit import Units
from monitor.relations.accepted import Accepted, accepted
from monitor.relations.bases import as_share, base_between
from monitor.relations.currency import worths
from monitor.relations.reason import says, sentence
from monitor.relations.record import against_record
from monitor.relations.scope import Scope, factors, same_scope, scope_by_person
from monitor.relations.sums import Sum, is_total, sum_of
from monitor.relations.temper import Times, compare_times
from monitor.relations.voice import Voices, are_copies, compare_voices
from monitor.relations.wording import Wording, compare_wording

_UNSAID = frozenset({Modality.HYPOTHETICAL, Modality.QUESTION})

_NOT_SURE = {
    RelationKind.AGREES: "they may not say the same",
    RelationKind.REFINES: "they may not say the same",
    RelationKind.UPDATES: "the one may not replace the other",
    RelationKind.CONTRADICTS: "they may not contradict each other",
    RelationKind.DENIES: "the one may not deny the other",
    RelationKind.SELF_INCONSISTENT: "the article may not be at odds with itself",
}
"""What is said of a relation that is too unsure to be one."""


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

    @property
    def sums(self) -> tuple[Sum | None, Sum | None]:
        """What the two sentences add up, each by itself."""
        return _sum_in(self.a, self.ontology), _sum_in(self.b, self.ontology)

    def _sums(self) -> Iterable[str]:
        """The arithmetic that bears out a total, or does not."""
        for told, found in zip((self.a, self.b), self.sums, strict=True):
            if found is not None and is_total(told.claim.evidence, found) and found.note():
                yield found.note()

    def relation(
        self, kind: RelationKind, why: str, *, swap: bool = False, score: float = 1.0, doubts: Iterable[str] = ()
    ) -> Relation | str:
        """The relation, unless its score stays under the bar. `why`: the reason, with {a} and {b} for what the two say.

        `swap`: the second claim is `a`. `doubts`: what lowered the score, in words.
        """
        first, second = (self.b, self.a) if swap else (self.a, self.b)
        if not swap and kind in {RelationKind.AGREES, RelationKind.CONTRADICTS, RelationKind.SELF_INCONSISTENT}:
            first, second = sorted((self.a, self.b), key=lambda told: told.claim.id)
        sure = round(score * self.scope.score * _confidence(first.claim, second.claim), 4)
        notes = (self.times.note, *self.scope.notes, *self._sums())
        reason = sentence(why.format(a=says(first), b=says(second)), *notes)
        bar = self.ontology.tolerances.bar
        if sure < bar:
            said = "; ".join(doubts) or "too little in the sentences shows that both are of one thing"
            return f"{reason.removesuffix('.')}. But {_NOT_SURE[kind]}: {said} ({sure:.2f} of 1, {bar} is asked for)"
        return Relation(first.claim.id, second.claim.id, kind, sure, reason, self.question.id, self.voices.independent)


def pair_of(a: Told, b: Told, question: Question, units: Units, ontology: Ontology) -> Pair | str:
    """All that is found out about two claims before the verdict, or why they are not compared."""
    if a.claim.id == b.claim.id or are_copies(a, b):
        return "both are one text"
    unsaid = next((told for told in (a, b) if told.claim.modality in _UNSAID), None)
    if unsaid is not None:
        return f"{unsaid.claim.printed} is supposed or asked, and not said"
    scope = same_scope(a, b, units, ontology)
    if scope.why_not and question.is_joined:
        scope = scope_by_person(a, b, units, ontology)
    if scope.why_not or scope.one is None:
        return scope.why_not
    voices = compare_voices(a, b, ontology.words.common)
    topic = scope.one if scope.one.metric else scope.other or scope.one
    times, scales = compare_times(a, b, topic, question, ontology), factors(a, b, units, ontology)
    first, second = _sets(a, b, scales, units, ontology)
    return Pair(a, b, question, scope, topic, voices, times, first, second, scales, ontology)


def _sets(
    a: Told, b: Told, scales: tuple[Decimal, Decimal], units: Units, ontology: Ontology
) -> tuple[Accepted | None, Accepted | None]:
    """The accepted numbers of both, in one unit; a fall counts below zero where both say which way it went."""
    record = against_record(a.claim, b.claim, ontology)
    if record:
        return record
    found: list[Accepted | None] = []
    base = base_between(a, b, ontology)
    ways = (a.claim.quantity.direction, b.claim.quantity.direction)
    for told, factor in zip((a, b), scales, strict=True):
        numbers = _accepted(told, ontology)
        if base and numbers and told.claim.quantity.unit != "percent":
            found.append(as_share(numbers, base, ontology))
            continue
        falls = None not in ways and told.claim.quantity.direction is Direction.DOWN
        found.append(numbers and numbers.scaled(-factor if falls else factor))
    if found[0] and worths(a, b, units, ontology):
        found[0] = found[0].widened(ontology.tolerances.rate)
    return found[0], found[1]


@kept
def _sum_in(told: Told, ontology: Ontology) -> Sum | None:
    return sum_of(told.claim.evidence.quote, ontology)


@kept
def _accepted(told: Told, ontology: Ontology) -> Accepted | None:
    return accepted(told.claim.quantity, told.claim.evidence.span, ontology)


def thing_of(pair: Pair) -> str:
    return literal(pair.question.thing())


def literal(text: str) -> str:
    """A text of others, safe within a reason that is filled in later."""
    return text.replace("{", "{{").replace("}", "}}")


def _confidence(one: Claim, other: Claim) -> float:
    """Readings we doubt make verdicts we doubt, gently: confidence is calibrated on fields that may not matter."""
    return 0.8 + 0.2 * min(one.confidence, other.confidence)
