"""Claims → the questions they answer; a question's claims → relations, and the dispute they make."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.disputes.review import review
from monitor.domain.article import Article
from monitor.domain.block import telling
from monitor.domain.claim import Claim
from monitor.domain.dispute import DisputeState
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told
from monitor.domain.unit import Units
from monitor.errors import MonitorError
from monitor.interchange import claim_from_line, relation_line
from monitor.pipeline.decided import decisions_on, merged_addresses, set_apart
from monitor.pipeline.edges import Edges
from monitor.pipeline.refile import OUT, filing_order, neighbourhood, waiting_keys, with_addresses
from monitor.pipeline.settled import Failed, Settled
from monitor.questions import block_keys, denied_question, figure_keys, file_claim, repeated_question
from monitor.relations.judge import judge_all
from monitor.relations.listed import left_out

log = logging.getLogger("monitor.relate")


@dataclass
class Filing:
    """Questions while a run of claims is filed: those known before and those that the claims themselves made.

    `known`: block keys → the questions that share one of them.
    """

    known: Callable[[Sequence[str]], Sequence[Question]]
    ontology: Ontology
    units: Units
    _questions: dict[str, Question] = field(default_factory=dict)
    _by_key: dict[str, set[str]] = field(default_factory=dict)

    def file(self, claim: Claim, article: Article) -> tuple[Question, list[str]]:
        """The question that the claim answers, and the claim's block keys. The next claim sees what this one made."""
        keys = block_keys(claim, article, self.ontology, self.units)
        question, is_new = file_claim(claim, article, self._candidates(keys), self.ontology, self.units)
        by_figure = figure_keys(claim, article, self.ontology)
        if is_new and not claim.is_denial:  # a figure that few things share says what the words do not
            lately = figure_keys(claim, article, self.ontology, before=self.ontology.tolerances.slow_days)
            named = self._candidates(lately)
            question = repeated_question(claim, article, named, self.ontology, self.units) or question
        if claim.is_denial:  # its own words often do not say what it is of, the figure does
            named = self._candidates(by_figure)
            question = denied_question(claim, article, named, self.ontology, self.units) or question
        else:
            keys += by_figure
        self._questions[question.id] = question
        for key in keys:
            self._by_key.setdefault(key, set()).add(question.id)
        return question, keys

    def question(self, question_id: str) -> Question:
        """A question of this run, as it stands by now."""
        return self._questions[question_id]

    def _candidates(self, keys: Sequence[str]) -> list[Question]:
        found = {question.id: question for question in self.known(keys)}
        sizes = {key: len(self._by_key.get(key, ())) for key in keys}
        made = {one for key in telling(sizes) for one in self._by_key.get(key, ())}
        for one in made | (found.keys() & self._questions.keys()):
            found[one] = self._questions[one]
        return sorted(found.values(), key=lambda question: question.id)


@dataclass(frozen=True)
class Filed:
    """A claim with the question that it answers by our rules. `place`: id of the one it stands under: persons decide."""

    told: Told
    question: Question
    keys: Sequence[str]
    place: str


def file_claims(edges: Edges, claim_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Claim ids → ids of the questions they answer; what lies near is filed anew where the claims are not the last."""
    told = sorted(load_told(edges, edges.store.claims.get(claim_ids), claim_ids), key=filing_order)
    near = neighbourhood(edges, told)
    filed = _filed_behind(edges, told) if near is None else _filed_anew(edges, *near)

    def save() -> list[str]:
        stored = {one.id: one for one in edges.store.questions.get(sorted({one.question.id for one in filed}))}
        for one in filed:
            claim, question = one.told.claim, one.question
            before = stored.get(question.id)
            if claim.question_id == one.place and before == question and claim.id not in claim_ids:
                continue
            edges.store.questions.put(question, [*one.keys, *waiting_keys(edges, one.told)])
            if claim.question_id == one.place and before != question:
                edges.store.questions.file(claim.id, None)  # it comes back to a question that reads otherwise now
            edges.store.questions.file(claim.id, one.place)
        return sorted({one.place for one in filed})

    yield Settled(list(claim_ids), save)


def _filed_behind(edges: Edges, told: Sequence[Told]) -> list[Filed]:
    """Claims filed behind all that are there."""

    def known(keys: Sequence[str]) -> list[Question]:
        return [one for one in edges.store.questions.candidates(keys) if one.split_from is None]

    filing, decided = Filing(known, edges.ontology, edges.units), decisions_on(edges, [one.claim.id for one in told])
    apart = set_apart(edges, decided)
    filed = []
    for one in told:
        question, keys = filing.file(one.claim, one.article)
        place = apart.get(one.claim.id) or (edges.store.questions.standing(question.id) if question.merged_into else None)
        filed.append(Filed(one, question, keys, place.id if place else question.id))
    return filed


def _filed_anew(edges: Edges, told: Sequence[Told], stored: Mapping[str, Question]) -> list[Filed]:
    """A whole neighbourhood in one order, as if none of it had been filed; its questions keep their addresses."""
    filing = Filing(lambda keys: (), edges.ontology, edges.units)
    filed = []
    for one in told:
        question, keys = filing.file(one.claim, one.article)
        filed.append((one, question.id, keys))
    made = {key: filing.question(key) for _, key, _ in filed}
    decided = decisions_on(edges, [one.claim.id for one in told])
    apart = set_apart(edges, decided)
    by_rule = [(one, key) for one, key, _ in filed if one.claim.id not in apart]
    merged = merged_addresses(edges, [(one.claim.id, key) for one, key in by_rule], decided)
    now = with_addresses([(one, key) for one, key in by_rule if key not in merged], made, stored)
    fresh = {one.id: one for one in now.values()}
    now |= {key: fresh.get(one.id, one) for key, one in merged.items()}
    return [
        Filed(one, place, keys, place.id) for one, key, keys in filed for place in (apart.get(one.claim.id) or now[key],)
    ]


def filed_alone(told: Sequence[Told], ontology: Ontology, units: Units) -> tuple[Question, list[str]]:
    """The question of claims that a person put together, worded as the first of them words it, and all their keys."""
    filing, found, keys = Filing(lambda _: (), ontology, units), "", list[str]()
    for one in sorted(told, key=filing_order):
        question, mine = filing.file(one.claim, one.article)
        found, keys = found or question.id, keys + mine
    return filing.question(found), keys


def compare_questions(edges: Edges, question_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Question ids → ids of their disputes. Every pair of the question's claims is judged."""
    for question in sorted(edges.store.questions.get(question_ids), key=lambda one: one.id):
        yield Settled([question.id], _compare(edges, question))


def _compare(edges: Edges, question: Question) -> Callable[[], list[str]]:
    told = load_told(edges, edges.store.claims.of_question(question.id))
    counted = [one for one in told if one.claim.status not in OUT]
    relations = judge_all(counted, question, edges.units, edges.ontology)
    beyond = left_out(counted, edges.ontology)
    if beyond:
        log.warning("compare: %s has a long list in one article, %d of its figures are left out", question.id, beyond)
    previous = edges.store.disputes.of_question(question.id)
    events = edges.store.disputes.events(previous.id) if previous else []
    dispute, fresh = review(question, told, relations, previous, events, edges.now())

    def save() -> list[str]:
        edges.store.relations.replace(question.id, relations)
        if dispute is None:
            return []
        if fresh or dispute != previous:
            edges.store.disputes.put(dispute, fresh)
        return [dispute.id]

    return save


def load_told(edges: Edges, claims: Sequence[Claim], order: Sequence[str] | None = None) -> list[Told]:
    """Claims with their articles, in the order of these ids."""
    articles = {article.id: article for article in edges.store.articles.get(sorted({one.article_id for one in claims}))}
    told = [Told(claim, articles[claim.article_id]) for claim in claims]
    places = {one: place for place, one in enumerate(order or ())}
    return sorted(told, key=lambda one: (places.get(one.claim.id, 0), one.claim.id))


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
    filing = Filing(lambda keys: (), ontology, units)
    by_question: dict[str, list[Told]] = {}
    for one in sorted(told, key=filing_order):
        question, _ = filing.file(one.claim, one.article)
        filed = replace(one.claim, question_id=question.id)
        by_question.setdefault(question.id, []).append(Told(filed, one.article))
    found = [
        (relation, state)
        for question_id, members in sorted(by_question.items())
        for relation, state in _relations(members, filing.question(question_id), ontology, units, now)
    ]
    found.sort(key=lambda pair: (pair[0].a.encode(), pair[0].b.encode()))
    beyond = sum(left_out(members, ontology) for members in by_question.values())
    return Related([relation_line(relation, state) for relation, state in found], len(told), wrong, beyond)


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
