"""A question's relations → its dispute: opened, moved, settled, reopened, each step with its rule and reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tellings import ontology, question_of, tell, units

from monitor.disputes.judging import judge, undo
from monitor.disputes.review import review
from monitor.domain.claim import ClaimStatus
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState
from monitor.domain.relation import Told
from monitor.errors import JudgementWrong
from monitor.relations.judge import judge_all

NOW = datetime(2031, 3, 10, 7, tzinfo=UTC)
OCTOBER = "2030-10"


def look(
    told: Sequence[Told], previous: Dispute | None = None, events: Sequence[DisputeEvent] = (), now: datetime = NOW
) -> tuple[Dispute | None, list[DisputeEvent]]:
    question, made = question_of(*told)
    assert len(made) == 1
    relations = judge_all(told, question, units(), ontology())
    return review(question, told, relations, previous, events, now)


def opened(*told: Told) -> tuple[Dispute, list[DisputeEvent]]:
    dispute, events = look(told)
    assert dispute is not None
    return dispute, events


HIGH = tell("55", approximation="about", by="anonymous customers' engineers", time=OCTOBER)
LOW = tell("38", by="anonymous an internal paper", paper="Daily Ledger", on="2031-03-05T08:00+00:00", time=OCTOBER)
OWN = tell("50", approximation="more_than", by="Ostrel", paper="Presswire", on="2031-03-06T08:00+00:00", time=OCTOBER)


def test_a_contradiction_opens_a_dispute_that_says_what_and_why() -> None:
    dispute, events = opened(HIGH, LOW)
    assert dispute.state is DisputeState.OPEN
    assert dispute.title == "Ostrel's Q9 process, die yield: ~55 % / 38 %"
    assert [position.label for position in dispute.positions] == ["~55 %", "38 %"]
    assert (dispute.origins, dispute.gap) == (2, "17 points")
    assert "die yield" in dispute.why_compared
    assert "2030-10" in dispute.why_compared
    assert any("unnamed" in reason for reason in dispute.could_explain)
    (event,) = events
    assert (event.kind, event.by, event.at, event.state) == ("opened", "rule: conflict found", NOW, DisputeState.OPEN)
    assert set(event.claim_ids) == {HIGH.claim.id, LOW.claim.id}
    assert "do not meet" in event.reason


def test_without_a_contradiction_there_is_no_dispute() -> None:
    assert look([HIGH, OWN]) == (None, [])


def test_looking_again_changes_nothing() -> None:
    dispute, events = opened(HIGH, LOW)
    again, more = look([HIGH, LOW], dispute, events, NOW + timedelta(days=1))
    assert again is dispute
    assert more == []


def test_the_order_of_claims_does_not_matter() -> None:
    question, _ = question_of(HIGH, LOW, OWN)
    relations = judge_all([HIGH, LOW, OWN], question, units(), ontology())
    there = review(question, [HIGH, LOW, OWN], relations, None, (), NOW)
    assert there == review(question, [OWN, HIGH, LOW], relations[::-1], None, (), NOW)


def test_what_agrees_stands_in_one_position_and_a_bound_with_the_figure_it_fits() -> None:
    dispute, _ = opened(HIGH, LOW, OWN)
    assert [set(p.claim_ids) for p in dispute.positions] == [{HIGH.claim.id, OWN.claim.id}, {LOW.claim.id}]
    assert dispute.origins == 3


def test_copies_of_one_text_count_once() -> None:
    copies = [tell("38", by="anonymous an internal paper", paper=f"Copy {n}", time=OCTOBER, origin="org-1",
                   on="2031-03-05T08:00+00:00", quote="A paper puts it at 38 percent.") for n in range(10)]  # fmt: skip
    dispute, _ = opened(HIGH, *copies)
    assert len(dispute.positions) == 2
    assert len(dispute.positions[1].claim_ids) == 10
    assert dispute.origins == 2


def test_a_new_origin_moves_it() -> None:
    dispute, events = opened(HIGH, LOW)
    later, moved = look([HIGH, LOW, OWN], dispute, events, NOW + timedelta(days=1))
    assert later is not None
    assert (later.id, later.opened, later.state) == (dispute.id, NOW, DisputeState.OPEN)
    assert [event.kind for event in moved] == ["moved"]


def test_a_corrected_figure_settles_it() -> None:
    dispute, events = opened(HIGH, LOW)
    old = replace(LOW, claim=replace(LOW.claim, status=ClaimStatus.SUPERSEDED))
    settled, ended = look([HIGH, old], dispute, events)
    assert settled is not None
    assert settled.state is DisputeState.SETTLED
    assert settled.positions == dispute.positions
    assert [(event.kind, event.reason) for event in ended] == [("settled", "source corrected")]


def test_the_text_behind_what_a_feed_carried_of_it_corrects_nothing() -> None:
    dispute, events = opened(HIGH, LOW)
    old = replace(LOW.claim, status=ClaimStatus.SUPERSEDED)
    _, ended = look([HIGH, replace(LOW, claim=old, article=replace(LOW.article, basis="summary"))], dispute, events)
    assert [(event.kind, event.reason) for event in ended] == [("settled", "superseded by later data")]


def test_later_data_of_the_same_asserter_settle_it() -> None:
    rival = tell("38", by="Rating House", paper="Daily Ledger", time=OCTOBER)
    own = tell("55", by="Ostrel", time=OCTOBER)
    dispute, events = opened(own, rival)
    newer = tell("54.8", by="Rating House", paper="Morning Post", time=OCTOBER, on="2031-03-08T08:00+00:00")
    settled, ended = look([own, rival, newer], dispute, events)
    assert settled is not None
    assert settled.state is DisputeState.SETTLED
    assert ended[0].reason == "superseded by later data"


def test_a_publisher_that_takes_back_its_figure_settles_it() -> None:
    wrong = tell("83", by=None, paper="Daily Ledger", time=OCTOBER)
    dispute, events = opened(HIGH, wrong)
    back = tell("83", by=None, paper="Daily Ledger", time=OCTOBER, modality="denied", negated=True,
                on="2031-03-09T08:00+00:00", quote="It is not 83 percent, as we wrote.")  # fmt: skip
    settled, ended = look([HIGH, wrong, back], dispute, events)
    assert settled is not None
    assert settled.state is DisputeState.SETTLED
    assert ended[0].reason == "retracted"


def test_new_evidence_reopens_what_was_settled() -> None:
    dispute, events = opened(HIGH, LOW)
    old = replace(LOW, claim=replace(LOW.claim, status=ClaimStatus.SUPERSEDED))
    settled, ended = look([HIGH, old], dispute, events)
    fresh = tell("30", by="Rating House", paper="Morning Post", time=OCTOBER, on="2031-03-09T08:00+00:00")
    reopened, more = look([HIGH, old, fresh], settled, [*events, *ended])
    assert reopened is not None
    assert reopened.state is DisputeState.REOPENED
    assert reopened.id == dispute.id
    assert [event.kind for event in more] == ["reopened"]


def test_what_a_person_judged_stays_until_an_unseen_figure_comes() -> None:
    dispute, events = opened(HIGH, LOW)
    after, event = judge(dispute, events, DisputeState.EXPLAINED, "different definition", by="ann", now=NOW)
    history = [*events, event]
    assert (after.state, event.by) == (DisputeState.EXPLAINED, "ann")
    more_of_the_same = tell("38", by="Rating House", paper="Morning Post", time=OCTOBER, on="2031-03-09T08:00+00:00")
    still, none = look([HIGH, LOW, more_of_the_same], after, history)
    assert still is not None
    assert (still.state, none) == (DisputeState.EXPLAINED, [])
    fresh = tell("20", by="Rating House", paper="Morning Post", time=OCTOBER, on="2031-03-10T08:00+00:00")
    reopened, more = look([HIGH, LOW, fresh], after, history)
    assert reopened is not None
    assert reopened.state is DisputeState.REOPENED
    assert "20 %" in more[0].reason


def test_an_uncertain_conflict_is_only_proposed() -> None:
    question, _ = question_of(HIGH, LOW)
    relations = judge_all([HIGH, LOW], question, units(), ontology())
    doubted = [replace(relation, score=0.55) for relation in relations]
    dispute, events = review(question, [HIGH, LOW], doubted, None, (), NOW)
    assert dispute is not None
    assert dispute.state is DisputeState.PROPOSED
    assert [event.kind for event in events] == ["proposed"]
    sure, more = review(question, [HIGH, LOW], relations, dispute, events, NOW)
    assert sure is not None
    assert sure.state is DisputeState.OPEN
    assert [event.kind for event in more] == ["opened"]


def changed_at_its_address(told: Told, **fields: str) -> list[Told]:
    """A claim, superseded by that of a later version of its article."""
    old = replace(told, claim=replace(told.claim, status=ClaimStatus.SUPERSEDED))
    article = replace(told.article, id=f"{told.article.id}-2", version=2)
    claim = replace(told.claim, id=f"{told.claim.id}-2", article_id=article.id, **fields)  # type: ignore[arg-type]
    return [old, Told(claim, article)]


@pytest.mark.parametrize(
    ("state", "reason"),
    [(DisputeState.EXPLAINED, "different definition"), (DisputeState.SETTLED, "retracted"),
     (DisputeState.DISMISSED, "not comparable")],
)  # fmt: skip
def test_the_same_figure_in_a_later_version_of_its_article_reopens_nothing(state: DisputeState, reason: str) -> None:
    dispute, events = opened(HIGH, LOW)
    after, event = judge(dispute, events, state, reason, by="ann", now=NOW)
    still, none = look([HIGH, *changed_at_its_address(LOW)], after, [*events, event])
    assert still is not None
    assert (still.state, none) == (state, [])


def test_what_a_rule_had_ended_lives_again_with_the_conflict_though_a_judgement_was_taken_back() -> None:
    dispute, events = opened(HIGH, LOW)
    misread = replace(LOW, claim=replace(LOW.claim, status=ClaimStatus.REJECTED))
    ended, more = look([HIGH, misread], dispute, events)
    assert ended is not None
    assert (ended.state, more[0].by) == (DisputeState.DISMISSED, "rule: no conflict left")
    history = [*events, *more]
    judged, step = judge(ended, history, DisputeState.EXPLAINED, "translation", by="ann", now=NOW)
    taken_back, undone = undo(judged, [*history, step], by="ann", now=NOW)
    assert taken_back.state is DisputeState.DISMISSED
    again, last = look([HIGH, LOW], taken_back, [*history, step, undone])
    assert again is not None
    assert (again.state, last[0].by) == (DisputeState.REOPENED, "rule: conflict again")


def test_a_person_confirms_what_a_rule_only_proposed_and_opens_nothing_that_has_ended() -> None:
    question, _ = question_of(HIGH, LOW)
    doubted = [replace(one, score=0.55) for one in judge_all([HIGH, LOW], question, units(), ontology())]
    dispute, events = review(question, [HIGH, LOW], doubted, None, (), NOW)
    assert dispute is not None
    confirmed, step = judge(dispute, events, DisputeState.OPEN, "contradiction confirmed", by="ann", now=NOW)
    assert (confirmed.state, step.by, step.kind) == (DisputeState.OPEN, "ann", "open")
    assert review(question, [HIGH, LOW], doubted, confirmed, [*events, step], NOW) == (confirmed, [])
    ended, end = judge(confirmed, [*events, step], DisputeState.EXPLAINED, "translation", by="ben", now=NOW)
    with pytest.raises(JudgementWrong, match="Reopen it"):
        judge(ended, [*events, step, end], DisputeState.OPEN, "contradiction confirmed", by="ann", now=NOW)


def test_a_rule_is_no_person() -> None:
    dispute, events = opened(HIGH, LOW)
    with pytest.raises(JudgementWrong, match="nobody is named"):
        judge(dispute, events, DisputeState.EXPLAINED, "translation", by="rule: conflict found", now=NOW)
    with pytest.raises(JudgementWrong, match="no person"):
        undo(dispute, events, by="ann", now=NOW)
