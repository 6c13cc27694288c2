"""Questions merged and split, claims rejected, disputes judged: what people decide holds, and can be undone."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from test_any_order import read
from walking import START, World

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, ClaimStatus
from monitor.domain.dispute import Dispute, DisputeState
from monitor.domain.question import Question
from monitor.errors import JudgementWrong, NotFound
from monitor.pipeline.deciding import Deciding
from monitor.pipeline.edges import Edges
from monitor.pipeline.ingest import Intake
from monitor.pipeline.reread import differences, read_again
from monitor.tasks.inline import drain

COST = ("a", "2026-05-01", "Orrin bridge: repair cost of 48.2 million.")
OTHER_WORD = ("b", "2026-05-01", "Orrin bridge: paint bill of 61.5 million.")
AGAIN = ("c", "2026-05-03", "Orrin bridge: repair cost of 48.1 million.")
LATE = ("d", "2026-05-04", "Orrin bridge: paint bill of 61.9 million.")
BEHIND = ("e", "2026-04-20", "Orrin bridge: repair cost of 61.4 million.")
RIVAL = ("h", "2026-05-01", "Orrin bridge: repair cost of 55.7 million.")
JOBS = ("f", "2026-05-01", "Halden works: jobs of 1,240 people.")
FEWER = ("g", "2026-05-01", "Halden works: jobs of 980 people.")


@pytest.fixture
def edges(world: World) -> Edges:
    return replace(world.edges, read=read)


def tell(edges: Edges, *articles: tuple[str, str, str]) -> None:
    rows = [
        {"id": name, "url": f"https://{name}.example/x", "title": f"Paper {name}", "publisher": f"Paper {name}",
         "published": f"{day}T07:00:00Z", "text": text}
        for name, day, text in articles
    ]  # fmt: skip
    Intake(edges).lines("test", [json.dumps(row).encode() for row in rows])
    drain(edges)


def claim_of(edges: Edges, letter: str) -> str:
    return next(one.id for one in edges.store.claims.all() if article_of(edges, one.article_id) == letter)


def article_of(edges: Edges, article_id: str) -> str:
    return edges.store.articles.get([article_id])[0].publisher[-1]


def question_of(edges: Edges, letter: str) -> Question:
    claim = edges.store.claims.get([claim_of(edges, letter)])[0]
    return edges.store.questions.get([str(claim.question_id)])[0]


def letters(edges: Edges) -> list[str]:
    """The claims that stand together, by the letters of their articles."""
    places: dict[str | None, str] = {}
    for one in edges.store.claims.all():
        places[one.question_id] = "".join(sorted(places.get(one.question_id, "") + article_of(edges, one.article_id)))
    return sorted(places.values())


def dispute_of(edges: Edges, letter: str) -> Dispute:
    found = edges.store.disputes.of_question(question_of(edges, letter).id)
    assert found is not None
    return found


def test_merged_questions_are_one_and_the_old_address_leads_there(edges: Edges) -> None:
    tell(edges, COST, OTHER_WORD)
    assert letters(edges) == ["a", "b"]
    old, into = question_of(edges, "b"), question_of(edges, "a")
    Deciding(edges).merge(old.slug, into.slug, by="ann", note="Painting is all that is repaired.")
    drain(edges)
    assert letters(edges) == ["ab"]
    led = edges.store.questions.named(old.slug)
    assert led is not None
    assert edges.store.questions.standing(led.id) == question_of(edges, "a")
    assert dispute_of(edges, "a").state is DisputeState.OPEN


@pytest.mark.parametrize("later", [LATE, BEHIND], ids=["the newest", "one behind the others"])
def test_what_comes_later_is_filed_where_a_person_merged_it(edges: Edges, later: tuple[str, str, str]) -> None:
    tell(edges, COST, OTHER_WORD)
    Deciding(edges).merge(question_of(edges, "b").id, question_of(edges, "a").id, by="ann", note="Painting is all of it.")
    tell(edges, later)
    assert letters(edges) == ["ab" + later[0]]


def test_an_undone_merger_leaves_everything_as_the_rules_have_it(edges: Edges) -> None:
    tell(edges, COST, OTHER_WORD)
    before = {letter: question_of(edges, letter).slug for letter in "ab"}
    decision = Deciding(edges).merge(before["b"], before["a"], by="ann", note="Painting is all of it.")
    tell(edges, LATE, AGAIN)
    Deciding(edges).undo(decision.id, by="ben")
    drain(edges)
    assert letters(edges) == ["ac", "bd"]
    assert {letter: question_of(edges, letter).slug for letter in "ab"} == before
    assert edges.store.decisions.list(9)[0].undone_by == "ben"
    with pytest.raises(JudgementWrong, match="ben undid it already"):
        Deciding(edges).undo(decision.id, by="ann")


def test_the_dispute_of_a_merged_question_ends_in_the_other_and_stands_again_when_undone(edges: Edges) -> None:
    tell(edges, COST, RIVAL, OTHER_WORD)
    deciding = Deciding(edges)
    old = dispute_of(edges, "a")
    deciding.judge(old.id, DisputeState.EXPLAINED, "different definition", by="ann", note="Painting comes on top.")
    decision = deciding.merge(
        question_of(edges, "a").id, question_of(edges, "b").id, by="ben", note="Painting is all of it."
    )
    drain(edges)
    assert edges.store.disputes.get([old.id])[0].state is DisputeState.MERGED
    assert dispute_of(edges, "b").state is DisputeState.OPEN
    with pytest.raises(JudgementWrong, match="merged into another"):
        deciding.judge(old.id, DisputeState.DISMISSED, "not comparable", by="ann")
    deciding.undo(decision.id, by="ben")
    drain(edges)
    assert edges.store.disputes.get([old.id])[0].state is DisputeState.EXPLAINED
    assert [one.kind for one in edges.store.disputes.events(old.id)] == ["opened", "explained", "merged", "undone"]


@pytest.mark.parametrize("later", [None, BEHIND], ids=["alone", "and another claim behind"])
def test_split_claims_have_a_question_of_their_own(edges: Edges, later: tuple[str, str, str] | None) -> None:
    tell(edges, COST, AGAIN)
    whole = question_of(edges, "a")
    decision = Deciding(edges).split(whole.slug, [claim_of(edges, "c")], by="ann", note="The ramp alone.")
    drain(edges)
    if later is not None:
        tell(edges, later)
    assert letters(edges) == (["a", "c"] if later is None else ["ae", "c"])
    assert question_of(edges, "a").slug == whole.slug
    assert question_of(edges, "c").id == decision.into_id
    Deciding(edges).undo(decision.id, by="ann")
    drain(edges)
    assert letters(edges) == (["ac"] if later is None else ["ace"])
    led = edges.store.questions.standing(decision.into_id)
    assert led is not None
    assert led.slug == whole.slug


def test_what_a_later_decision_rests_on_is_not_undone_first(world: World, edges: Edges) -> None:
    tell(edges, COST, OTHER_WORD)
    deciding = Deciding(edges)
    first = deciding.merge(
        question_of(edges, "b").id, question_of(edges, "a").id, by="ann", note="Painting is all of it."
    )
    world.later(minutes=1)
    second = deciding.split(question_of(edges, "a").id, [claim_of(edges, "b")], by="ben", note="Painting comes on top.")
    with pytest.raises(JudgementWrong, match=second.id):
        deciding.undo(first.id, by="ann")
    deciding.undo(second.id, by="ben")
    deciding.undo(first.id, by="ann")
    drain(edges)
    assert letters(edges) == ["a", "b"]


def test_a_rejected_claim_ends_its_dispute_as_dismissed_and_comes_back_when_undone(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    dispute = dispute_of(edges, "f")
    decision = Deciding(edges).reject(claim_of(edges, "g"), by="ann", note="That is the jobs of another works.")
    drain(edges)
    found = edges.store.disputes.get([dispute.id])[0]
    assert found.state is DisputeState.DISMISSED
    assert edges.store.disputes.events(dispute.id)[-1].reason == "extraction error"
    tell(edges, FEWER)  # the same article again: what a person said of its claim stays
    assert edges.store.claims.get([claim_of(edges, "g")])[0].status is ClaimStatus.REJECTED
    Deciding(edges).undo(decision.id, by="ann")
    drain(edges)
    assert edges.store.claims.get([claim_of(edges, "g")])[0].status is ClaimStatus.CURRENT
    assert edges.store.disputes.get([dispute.id])[0].state is DisputeState.REOPENED


def test_a_judgement_taken_back_leaves_the_other_one(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    deciding, dispute = Deciding(edges), dispute_of(edges, "f")
    deciding.judge(dispute.id, DisputeState.EXPLAINED, "different scope", by="ann")
    deciding.judge(dispute.id, DisputeState.DISMISSED, "not comparable", by="ben")
    assert deciding.take_back(dispute.id, by="ben").state is DisputeState.EXPLAINED
    assert deciding.take_back(dispute.id, by="ann").state is DisputeState.OPEN
    with pytest.raises(JudgementWrong, match="no person has judged it"):
        deciding.take_back(dispute.id, by="ann")


def test_a_dispute_reopened_by_hand_says_why(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    deciding, dispute = Deciding(edges), dispute_of(edges, "f")
    deciding.judge(dispute.id, DisputeState.SETTLED, "source corrected", by="ann")
    with pytest.raises(JudgementWrong, match="no reason is given"):
        deciding.reopen(dispute.id, by="ben", note=" ")
    assert deciding.reopen(dispute.id, by="ben", note="The correction was withdrawn.").state is DisputeState.REOPENED
    assert edges.store.disputes.events(dispute.id)[-1].note == "The correction was withdrawn."


def test_a_dispute_in_which_nothing_happens_for_long_is_stale(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    dispute = dispute_of(edges, "f")
    assert not dispute.is_stale(START + timedelta(days=90))
    assert dispute.is_stale(START + timedelta(days=91))


def steps(edges: Edges, letter: str) -> list[tuple[str, str, str]]:
    """The life of a dispute: what happened, who did it or which rule, and what it was then."""
    events = edges.store.disputes.events(dispute_of(edges, letter).id)
    return [(one.kind, one.by, str(one.state)) for one in events]


def test_the_life_of_a_dispute_names_who_took_each_step_or_which_rule(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    name = dispute_of(edges, "f").id
    Deciding(edges).judge(name, DisputeState.EXPLAINED, "different scope", by="ann", note="Without apprentices.")
    tell(edges, ("k", "2026-05-02", "Halden works: jobs of 1,240 people."))  # a figure that ann had seen
    assert dispute_of(edges, "f").state is DisputeState.EXPLAINED
    tell(edges, ("m", "2026-05-03", "Halden works: jobs of 640 people."))
    assert dispute_of(edges, "f").id == name
    Deciding(edges).judge(name, DisputeState.OPEN, "contradiction confirmed", by="ben")
    Deciding(edges).judge(name, DisputeState.DISMISSED, "not comparable", by="ann")
    assert steps(edges, "f") == [
        ("opened", "rule: conflict found", "open"),
        ("explained", "ann", "explained"),
        ("reopened", "rule: figure that nobody judged", "reopened"),
        ("open", "ben", "reopened"),
        ("dismissed", "ann", "dismissed"),
    ]


def test_a_new_version_that_keeps_the_figure_reopens_nothing_and_one_that_changes_it_does(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    Deciding(edges).judge(dispute_of(edges, "f").id, DisputeState.EXPLAINED, "different scope", by="ann")
    tell(edges, ("g", "2026-05-02", "Halden works: jobs of 980 people. The works lie by the river."))
    assert dispute_of(edges, "f").state is DisputeState.EXPLAINED
    tell(edges, ("g", "2026-05-03", "Halden works: jobs of 860 people. The works lie by the river."))
    assert dispute_of(edges, "f").state is DisputeState.REOPENED
    tell(edges, ("g", "2026-05-04", "Halden works: jobs of 1,240 people. The works lie by the river."))
    assert dispute_of(edges, "f").state is DisputeState.SETTLED
    assert edges.store.disputes.events(dispute_of(edges, "f").id)[-1].reason == "source corrected"


@pytest.mark.parametrize(
    ("decide", "why"),
    [
        (lambda it, q, _: it.merge(q("a"), q("a"), by="ann", note="x"), "one question"),
        (lambda it, q, _: it.merge(q("a"), q("f"), by="ann", note="x"), "the other a"),
        (lambda it, q, _: it.merge(q("a"), "no-such-question", by="ann", note="x"), "no question has this"),
        (lambda it, q, _: it.merge(q("a"), q("b"), by=" ", note="x"), "nobody is named"),
        (lambda it, q, _: it.merge(q("a"), q("b"), by="rule", note="x"), "nobody is named"),
        (lambda it, q, _: it.merge(q("a"), q("b"), by="ann", note=" "), "no reason is given"),
        (lambda it, q, c: it.split(q("a"), [c("a")], by="ann", note=""), "no reason is given"),
        (lambda it, q, c: it.split(q("a"), [c("a")], by="rule", note="x"), "nobody is named"),
        (lambda it, _, c: it.reject(c("a"), by="ann", note="\t"), "no reason is given"),
        (lambda it, _, c: it.reject(c("a"), by="", note="x"), "nobody is named"),
        (lambda it, q, c: it.split(q("a"), [c("a")], by="ann", note="x"), "none of its claims would be left"),
        (lambda it, q, c: it.split(q("a"), [c("b")], by="ann", note="x"), "not one of its claims"),
        (lambda it, q, _: it.split(q("a"), [], by="ann", note="x"), "no claim is named"),
        (lambda it, *_: it.reject("clm-none", by="ann", note="x"), "no claim has this id"),
        (lambda it, *_: it.undo("dcn-none", by="ann"), "no decision has this id"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(edges: Edges, decide, why: str) -> None:  # type: ignore[no-untyped-def]
    tell(edges, COST, OTHER_WORD, JOBS)
    before = letters(edges)
    with pytest.raises((JudgementWrong, NotFound), match=why):
        decide(Deciding(edges), lambda one: question_of(edges, one).slug, lambda one: claim_of(edges, one))
    assert letters(edges) == before
    assert edges.store.decisions.list(9) == []


def test_a_corrected_claim_is_compared_as_the_person_reads_it_and_as_before_when_undone(edges: Edges) -> None:
    tell(edges, JOBS, FEWER)
    name, claim_id = dispute_of(edges, "f").id, claim_of(edges, "g")
    decision = Deciding(edges).correct(claim_id, figure("1240"), by="ann", note="The scan cut the figure.")
    drain(edges)
    found = edges.store.claims.get([claim_id])[0]
    assert (found.quantity.value, found.confidence, found.evidence.span) == (Decimal(1240), 1.0, "980")
    assert edges.store.disputes.get([name])[0].state is DisputeState.DISMISSED
    Deciding(edges).undo(decision.id, by="ben")
    drain(edges)
    assert edges.store.claims.get([claim_id])[0].quantity.value == Decimal(980)
    assert edges.store.disputes.get([name])[0].state is DisputeState.REOPENED
    assert [one.undone_by for one in edges.store.decisions.of_claim(claim_id)] == ["ben"]


def read_first_sentences(articles: Sequence[Article]) -> list[Reading | Exception]:
    return [replace(one, claims=tuple(map(_of_first_sentence, one.claims))) for one in read(articles)]  # type: ignore[union-attr, type-var]


def _of_first_sentence(claim: Claim) -> Claim:
    end = claim.evidence.quote.index(".") + 1
    return replace(claim, evidence=replace(claim.evidence, quote=claim.evidence.quote[:end], end=end))


def figure(number: str) -> Callable[[Claim], Claim]:
    return lambda claim: replace(claim, quantity=replace(claim.quantity, value=Decimal(number)))


def test_a_claim_corrected_to_another_metric_answers_another_question(edges: Edges) -> None:
    tell(edges, COST, OTHER_WORD)
    deciding = Deciding(edges)
    deciding.correct(
        claim_of(edges, "b"), lambda claim: replace(claim, metric="repair cost"), by="ann", note="Paint is all of it."
    )
    drain(edges)
    assert letters(edges) == ["ab"]


def test_a_correction_holds_for_the_same_words_in_a_later_version_and_in_later_readings(edges: Edges) -> None:
    edges = replace(edges, read=read_first_sentences)
    tell(edges, FEWER)
    first = claim_of(edges, "g")
    decision = Deciding(edges).correct(first, figure("990"), by="ann", note="The scan cut the figure.")
    tell(edges, ("g", "2026-05-02", "Halden works: jobs of 980 people. The works lie by the river."))
    second = next(one for one in edges.store.claims.all() if one.id != first)
    assert second.quantity.value == Decimal(990)
    read_again(edges, [second.article_id, edges.store.claims.get([first])[0].article_id])
    drain(edges)
    assert {one.quantity.value for one in edges.store.claims.all()} == {Decimal(990)}
    assert list(differences(edges, [second.article_id])) == []
    Deciding(edges).undo(decision.id, by="ann")
    drain(edges)
    assert {one.quantity.value for one in edges.store.claims.all()} == {Decimal(980)}


def test_a_corrected_claim_stays_where_a_later_reading_has_none(edges: Edges) -> None:
    tell(edges, FEWER)
    claim_id = claim_of(edges, "g")
    Deciding(edges).correct(claim_id, figure("990"), by="ann", note="The scan cut the figure.")
    blind = replace(edges, read=lambda articles: [Reading(one.id, (), ()) for one in articles])
    read_again(blind, [edges.store.claims.get([claim_id])[0].article_id])
    drain(blind)
    assert edges.store.claims.get([claim_id])[0].quantity.value == Decimal(990)


def test_of_two_corrections_the_later_one_is_undone_first(world: World, edges: Edges) -> None:
    tell(edges, FEWER)
    deciding, claim_id = Deciding(edges), claim_of(edges, "g")
    first = deciding.correct(claim_id, figure("990"), by="ann", note="The scan cut the figure.")
    world.later(minutes=1)
    second = deciding.correct(claim_id, figure("995"), by="ben", note="The paper has 995.")
    with pytest.raises(JudgementWrong, match=second.id):
        deciding.undo(first.id, by="ann")
    with pytest.raises(JudgementWrong, match="read so already"):
        deciding.correct(claim_id, figure("995"), by="ann", note="The paper has 995.")
