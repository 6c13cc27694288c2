"""Claims → the questions they answer; a question's claims → relations, and the dispute they make."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.disputes.review import review
from monitor.domain.claim import Claim
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import ByKind, Relation, Told, Written
from monitor.domain.unit import Units
from monitor.errors import MonitorError
from monitor.interchange import claim_from_line, relation_line
from monitor.pipeline.edges import Edges
from monitor.pipeline.filing import Filing, Nothing
from monitor.pipeline.refile import OUT, StoredQuestions, changes_of, told_on, with_articles
from monitor.pipeline.settled import Failed, Settled
from monitor.relations.corrections import as_corrected, corrections
from monitor.relations.judge import judge_all, judge_each
from monitor.relations.listed import compared, left_out
from monitor.relations.verdicts import key_of

log = logging.getLogger("monitor.relate")

# Questions that are compared and written at once.
_AT_ONCE = 128


def file_claims(edges: Edges, claim_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Claim ids → ids of the questions they answer; what later claims meet otherwise by them is filed anew."""
    with edges.store.snapshot():
        told = load_told(edges, edges.store.claims.get(claim_ids))
        archive = StoredQuestions(edges)
        filing = Filing(archive, edges.ontology, edges.units)
        new = {one.claim.id: filing.prepared(one) for one in told if one.claim.status not in OUT}
        archive.expect(list(new.values()))
        known = {one.claim.question_id for one in told if one.claim.question_id}
        decided = archive.decided(known)  # what persons merged or split is filed as a whole
        new |= {one.claim.id: filing.prepared(one) for one in told_on(edges, sorted(decided)) if one.claim.id not in new}
        filing.file(new.values(), again=known - decided.keys(), emptied=decided)
        changes = changes_of(edges, filing.lines, archive)
    yield Settled(list(claim_ids), lambda: changes.save(edges))


def filed_alone(told: Sequence[Told], ontology: Ontology, units: Units) -> tuple[Question, list[str]]:
    """The question of claims that a person put together, worded as the first of them words it, and all their keys."""
    filing = Filing(Nothing(), ontology, units)
    filed = [filing.prepared(one) for one in told]
    filing.file(filed)
    first = filing.line_of(min(filed))
    assert first is not None
    return first.states[-1], sorted({key for one in filed for key in one.lies})


def compare_questions(edges: Edges, question_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Question ids → ids of their disputes. Every pair of the question's claims is judged."""
    ids = sorted(question_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        yield Settled(some, _compare(edges, some))


def _compare(edges: Edges, question_ids: Sequence[str]) -> Callable[[], list[str]]:
    with edges.store.snapshot():
        questions = edges.store.questions.get(question_ids)
        told: dict[str | None, list[Told]] = defaultdict(list)
        for one in load_told(edges, edges.store.claims.of_questions(question_ids)):
            told[one.claim.question_id].append(one)
        disputes = edges.store.disputes.of_questions(question_ids)
        left = {one.id: edges.verdicts.stamp_left(key_of(one, edges.ontology)) for one in questions}
        stored = edges.store.relations.under({one: stamp for one, stamp in left.items() if stamp})
    relations: dict[str, ByKind] = {}
    written: dict[str, tuple[Written, Written]] = {}
    corrected: dict[str, str] = {}
    changed: list[tuple[Dispute, list[DisputeEvent]]] = []
    kept: list[str] = []
    for question in questions:
        members = told[question.id]
        counted = [one for one in members if one.claim.status not in OUT]
        relations[question.id] = judge_each(
            counted, question, edges.units, edges.ontology, edges.verdicts, stored.get(question.id)
        )
        before = edges.verdicts.written(key_of(question, edges.ontology))
        written[question.id] = (before, _to_write(edges, counted, relations[question.id], before))
        beyond = left_out(counted, edges.ontology)
        if beyond:
            log.warning("compare: %s has a long list in one article, %d of its figures are left out", question.id, beyond)
        right = corrections(counted, relations[question.id], edges.ontology)
        corrected |= right
        members = as_corrected(members, right)
        previous, events = disputes.get(question.id, (None, []))
        dispute, fresh = review(question, members, relations[question.id], previous, events, edges.now())
        if dispute is not None:
            kept.append(dispute.id)
            if fresh or dispute != previous:
                changed.append((dispute, fresh))

    def save() -> list[str]:
        edges.store.relations.settle(written)
        for question in questions:
            edges.verdicts.note(key_of(question, edges.ontology), written[question.id][1])
        edges.store.claims.settle_corrections(relations, corrected, edges.now())
        edges.store.disputes.put_all(changed)
        return kept

    return save


def _to_write(edges: Edges, told: Sequence[Told], relations: ByKind, before: Written) -> Written:
    """What is to stand of the relations of these claims, under a new stamp where it is not what stood before."""
    names = frozenset(one.claim.id for one in compared(told, edges.ontology))
    if before.stamp and relations is before.relations and names == before.names:
        return before
    return Written(relations, names, edges.verdicts.stamp(edges.owner))


def load_told(edges: Edges, claims: Sequence[Claim]) -> list[Told]:
    """Claims with their articles, by id."""
    return sorted(with_articles(edges, claims), key=lambda one: one.claim.id)


@dataclass
class Related:
    """What came of relating claims that are not stored. `wrong`: line number and why it could not be read.

    `left_out`: claims that were not compared, of long lists in one article.
    """

    lines: list[str]
    claims: int
    wrong: list[tuple[int, MonitorError]]
    left_out: int = 0


def relate_lines(lines: Iterable[bytes], ontology: Ontology, units: Units, now: datetime) -> Related:
    """Claims as others exported them → relation lines sorted by claim ids. Copies in one origin are left out."""
    told, wrong = _told_of_lines(lines)
    by_question = questions_of(told, ontology, units)
    found = [pair for question, members in by_question for pair in _relations(members, question, ontology, units, now)]
    found.sort(key=lambda pair: (pair[0].a.encode(), pair[0].b.encode()))
    beyond = sum(left_out(members, ontology) for _, members in by_question)
    return Related([relation_line(relation, state) for relation, state in found], len(told), wrong, beyond)


def questions_of(told: Iterable[Told], ontology: Ontology, units: Units) -> list[tuple[Question, list[Told]]]:
    """The questions that these claims make by themselves, by id, each with its claims in the order of filing."""
    filing = Filing(Nothing(), ontology, units)
    filing.file([filing.prepared(one) for one in told])
    found = []
    for number, line in enumerate(filing.lines):
        question = line.last
        if question is not None:
            members = [Told(replace(one.told.claim, question_id=question.id), one.told.article) for one in line.entries]
            found.append((question.id, number, question, members))
    return [(question, members) for _, _, question, members in sorted(found, key=lambda one: one[:2])]


def _told_of_lines(lines: Iterable[bytes]) -> tuple[list[Told], list[tuple[int, MonitorError]]]:
    told: dict[str, Told] = {}
    wrong: list[tuple[int, MonitorError]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            claim, article = claim_from_line(line.decode("utf-8", "surrogateescape"), number)
            told[claim.id] = Told(claim, article)
        except MonitorError as error:
            wrong.append((number, error))
    return _with_what_is_quoted([one for one in told.values() if one.claim.status not in OUT]), wrong


def _with_what_is_quoted(told: Sequence[Told]) -> list[Told]:
    """Claims with as much of their articles' texts as the claims of each quote: a line holds no more of it."""
    quotes: dict[str, set[tuple[int, str]]] = {}
    for one in told:
        if one.claim.evidence.where is Where.BODY:
            quotes.setdefault(one.article.id, set()).add((one.claim.evidence.start, one.claim.evidence.quote))
    texts = {article_id: " ".join(quote for _, quote in sorted(found)) for article_id, found in quotes.items()}
    return [Told(one.claim, replace(one.article, text=texts.get(one.article.id, ""))) for one in told]


def _relations(
    told: Sequence[Told], question: Question, ontology: Ontology, units: Units, now: datetime
) -> list[tuple[Relation, DisputeState | None]]:
    relations = judge_all(told, question, units, ontology)
    dispute, _ = review(question, told, relations, None, [], now)
    return [(relation, dispute.state if dispute else None) for relation in relations]
