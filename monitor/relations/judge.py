"""Two claims on one question → their relation, with a score and a reason that a reader can check.

The tests in order: is it said at all, same scope, a denial, same time, do the accepted numbers meet, same voice.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from operator import attrgetter

from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import Between, ByKind, Relation, RelationKind, Told
from monitor.domain.unit import Units
from monitor.relations.apart import put_right, weigh_apart, weigh_units
from monitor.relations.corrections import are_of_one_press, is_named_as_wrong
from monitor.relations.denying import weigh_denial
from monitor.relations.listed import compared
from monitor.relations.meeting import weigh_meeting
from monitor.relations.pair import Pair, pair_of
from monitor.relations.readings import are_readings
from monitor.relations.reason import says
from monitor.relations.temper import Timing
from monitor.relations.verdicts import Verdicts, key_of, mark_of_told


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


def judge_all(
    told: Sequence[Told], question: Question, units: Units, ontology: Ontology, known: Verdicts | None = None
) -> list[Relation]:
    """The relations of all pairs on one question, sorted by (a, b); of a long list in one article, of its head only."""
    return sorted(judge_each(told, question, units, ontology, known or Verdicts()), key=attrgetter("a", "b"))


def judge_each(
    told: Sequence[Told],
    question: Question,
    units: Units,
    ontology: Ontology,
    known: Verdicts,
    stored: Iterable[Relation] | None = None,
) -> ByKind:
    """As `judge_all`, by kind. `known`: verdicts that earlier calls found; those of this one are put there.

    `stored`: the relations of a question that `known` has forgotten, as they stand under the stamp that it left.
    """
    marked, key = {mark_of_told(one): one for one in compared(told, ontology)}, key_of(question, ontology)
    if stored is not None:
        known.take_up(key, marked, stored)
    found = known.of(key, marked, partial(judge, question=question, units=units, ontology=ontology))
    return found.without(_explained_headlines(told, found))


def _explained_headlines(told: Sequence[Told], relations: ByKind) -> set[Between]:
    """A headline that some figure of its own body bears out is not inconsistent with the body's other figures."""
    doubtful = [*relations.these(RelationKind.SELF_INCONSISTENT)]
    if not doubtful:
        return set()
    by_id = {one.claim.id: one for one in told}
    backed = set()
    for relation in relations.these(RelationKind.AGREES, RelationKind.REFINES):
        a, b = by_id[relation.a], by_id[relation.b]
        if a.article.id == b.article.id:
            for one, other in ((a, b), (b, a)):
                if one.claim.evidence.where is Where.TITLE and other.claim.evidence.where is Where.BODY:
                    backed.add(one.claim.id)
    return {(relation.a, relation.b) for relation in doubtful if backed & {relation.a, relation.b}}


def verdict(pair: Pair) -> Relation | str:
    """The relation of a pair, or why it has none."""
    named = [is_named_as_wrong(one, pair.ontology) for one in (pair.a, pair.b)]
    if named[0] != named[1] and not are_of_one_press(pair.a, pair.b):  # what a paper printed wrongly is its own
        return "one is only named as what had been printed wrongly"
    denied_a, denied_b = pair.a.claim.is_denial, pair.b.claim.is_denial
    if denied_a or denied_b:
        return weigh_denial(pair, denied_a, denied_b)
    right = put_right(pair)
    if right:
        return right
    if pair.times.timing is Timing.OTHER:
        return pair.times.note
    if pair.first is None or pair.second is None:
        return "one of the two gives no figure"
    if pair.scope.unit_differs:
        return weigh_units(pair)
    if pair.first.meets(pair.second):
        return weigh_meeting(pair, pair.first, pair.second)
    return weigh_apart(pair)
