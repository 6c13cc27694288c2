"""Claims, questions, relations, disputes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_samples import HOUR, NOW, article, at, claim, filed, question, told

from monitor.domain.article import Reading
from monitor.domain.claim import Claim, ClaimStatus, Modality, Polarity
from monitor.domain.decision import Decision, DecisionKind
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.period import Period
from monitor.domain.place import NOWHERE, Reach
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.relation import ByKind, Relation, RelationKind, Written
from monitor.domain.search import Order
from monitor.domain.source import Source, SourceKind
from monitor.domain.work import WorkState
from monitor.errors import NotFound
from monitor.storage.store import Store

ARTICLE = article("Orsel Mills made 40 tonnes of flour and sold 30 tonnes.")
MADE, SOLD = claim(ARTICLE, "40 tonnes"), claim(ARTICLE, "30 tonnes", metric="flour sales")


def test_a_claim_comes_back_as_it_was_read(store: Store) -> None:
    full = claim(
        ARTICLE,
        quantity=Quantity(
            "tonne",
            low=Decimal("0.10"),
            high=Decimal("1E+6"),
            approximation=Approximation.RANGE,
            direction=Direction.UP,
            step=Decimal("0.1"),
            vague=True,
        ),
        sources=(Source("two millers", SourceKind.ANONYMOUS, told="Gazette"), Source("G", SourceKind.MEDIA, "Gazette")),
        qualifiers={"process": "stone", "a": "after"},
        time=Period(date(2026, 1, 1), None),
        time_text="since January",
        modality=Modality.REPORTED,
        polarity=Polarity.NEGATED,
        same_as=("clm-x",),
        confidence=0.1 + 0.2,
        worth=0.1 + 0.7,
        reader="r1",
    )
    told(store, ARTICLE, full)
    [found] = store.claims.get([full.id])
    assert found == full
    assert list(found.qualifiers) == ["process", "a"]
    assert (str(found.quantity.low), str(found.quantity.high)) == ("0.10", "1E+6")


def test_a_dated_claim_and_a_denial_without_a_figure_come_back(store: Store) -> None:
    dated = claim(ARTICLE, quantity=Quantity("date", date="2026-04/2026-06"))
    bare = claim(ARTICLE, "30 tonnes", quantity=Quantity(""), polarity=Polarity.NEGATED)
    told(store, ARTICLE, dated, bare)
    assert store.claims.get([dated.id, bare.id]) == [dated, bare]


def test_a_reading_settled_twice_changes_nothing(store: Store) -> None:
    vectors = {MADE.id: b"\x00\x3c" * 384}
    told(store, ARTICLE, MADE, SOLD, vectors=vectors)
    filed(store, 1, MADE)
    store.work.finish("claim", store.work.claim("claim", 5, "me", NOW, HOUR), "me")
    store.work.finish("question", store.work.claim("question", 5, "me", NOW, HOUR), "me")
    events, counts = store.events.last(), store.counts()
    told(store, ARTICLE, MADE, SOLD, vectors=vectors)
    assert (store.events.last(), store.counts()) == (events, counts)
    assert store.work.count("claim")[WorkState.DONE] == 2
    assert store.work.count("question")[WorkState.DONE] == 1
    assert store.claims.get([MADE.id])[0].question_id == "q-1"
    assert store.claims.vectors([MADE.id, SOLD.id]) == vectors


def test_another_reading_keeps_question_and_status_of_the_claims_it_still_finds(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 2, SOLD)
    store.claims.set_status(MADE.id, ClaimStatus.CORRECTED)
    store.work.finish("claim", store.work.claim("claim", 5, "me", NOW, HOUR), "me")
    store.work.finish("question", store.work.claim("question", 5, "me", NOW, HOUR), "me")
    told(store, ARTICLE, replace(MADE, confidence=0.9))
    [found] = store.claims.of_article(ARTICLE.id)
    assert (found.question_id, found.status, found.confidence) == ("q-1", ClaimStatus.CORRECTED, 0.9)
    assert store.work.count("claim")[WorkState.DONE] == 1
    assert store.work.claim("question", 5, "me", NOW, HOUR) == ["q-1", "q-2"]
    assert store.questions.count_claims(["q-1", "q-2"]) == {"q-1": 0, "q-2": 0}


def test_a_claim_that_is_put_right_names_by_which_and_goes_back_when_it_is_so_no_longer(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    for one in (MADE, SOLD):
        filed(store, 1, one)
    store.work.claim("question", 9, "me", NOW, HOUR)
    store.claims.settle_corrections(["q-1"], {MADE.id: SOLD.id}, NOW)
    old, new = store.claims.get([MADE.id, SOLD.id])
    assert (old.status, old.corrected_by) == (ClaimStatus.CORRECTED, SOLD.id)
    assert (new.status, new.corrected_by) == (ClaimStatus.CURRENT, None)
    assert store.questions.get(["q-1"])[0].claims == 1
    store.claims.settle_corrections(["q-1"], {MADE.id: SOLD.id}, NOW)
    store.claims.settle_corrections(["q-1"], {}, NOW)
    [old] = store.claims.get([MADE.id])
    assert (old.status, old.corrected_by) == (ClaimStatus.CURRENT, None)
    steps = [one.detail for one in store.events.since(0, 99) if one.subject_id == MADE.id]
    assert steps[-2:] == ["corrected", "current"]
    store.work.finish("question", ["q-1"], "me")  # whoever compares it still holds it


def test_what_a_person_decided_of_a_claim_is_not_corrected(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    for one in (MADE, SOLD):
        filed(store, 1, one)
    store.claims.settle_corrections(["q-1"], {MADE.id: SOLD.id}, NOW)
    store.claims.set_status(MADE.id, ClaimStatus.REJECTED, at=NOW)
    store.claims.settle_corrections(["q-1"], {MADE.id: SOLD.id}, NOW)
    [old] = store.claims.get([MADE.id])
    assert (old.status, old.corrected_by) == (ClaimStatus.REJECTED, None)


def test_a_claim_that_now_is_about_something_else_is_filed_again(store: Store) -> None:
    told(store, ARTICLE, MADE)
    store.work.finish("claim", store.work.claim("claim", 5, "me", NOW, HOUR), "me")
    told(store, ARTICLE, replace(MADE, metric="bran output"))
    assert store.work.claim("claim", 5, "me", NOW, HOUR) == [MADE.id]


def test_a_claim_that_is_gone_takes_its_vector_and_relations_with_it(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD, vectors={MADE.id: b"\x00\x3c" * 384})
    filed(store, 1, MADE)
    store.questions.file(SOLD.id, "q-1")
    store.relations.replace("q-1", [_relation(MADE, SOLD)])
    told(store, ARTICLE, SOLD)
    assert list(store.relations.all()) == []
    assert store.claims.vectors([MADE.id]) == {}
    assert ("claim", MADE.id, "removed") in [(one.kind, one.subject_id, one.detail) for one in store.events.since(0)]


def test_claims_need_their_article(store: Store) -> None:
    with pytest.raises(NotFound):
        store.claims.settle_reading(Reading("art-none", (MADE,), ()), {}, "m", NOW)


def test_claims_stand_in_the_order_of_the_text(store: Store) -> None:
    told(store, ARTICLE, SOLD, MADE)
    assert [one.id for one in store.claims.of_article(ARTICLE.id)] == [MADE.id, SOLD.id]
    assert [one.id for one in store.claims.all()] == sorted([MADE.id, SOLD.id])


def test_claims_are_taken_by_date_of_their_article_then_by_place(store: Store) -> None:
    later, undated = at(article(path="2"), 5), article(path="3", published=None)
    for one in (undated, later):
        told(store, one, claim(one))
    told(store, ARTICLE, SOLD, MADE)
    expected = [MADE.id, SOLD.id, claim(later).id, claim(undated).id]
    assert store.work.claim("claim", 3, "me", NOW, HOUR) == expected[:3]
    assert store.work.claim("claim", 3, "me", NOW, HOUR) == expected[3:]


def test_the_claims_on_a_question_between_two_moments(store: Store) -> None:
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
    articles = [article(f"It made 4{day.day} tonnes.", str(day.day), published=day) for day in days]
    first, second, third = [claim(one, f"4{day.day} tonnes") for one, day in zip(articles, days, strict=True)]
    denied = claim(articles[0], "41 tonnes", quantity=Quantity(""), polarity=Polarity.NEGATED)
    undated = article("It made 50 tonnes.", "9", published=None)
    late = claim(undated, "50 tonnes")
    told(store, articles[0], first, denied)
    for one, its in ((articles[1], second), (articles[2], third), (undated, late)):
        told(store, one, its)
    for one in (first, denied, second, third, late):
        filed(store, 1, one)

    def between(since: datetime | None, until: datetime | None) -> set[str]:
        return {one.id for one in store.claims.published_between(["q-1", "q-2"], since, until)}

    assert between(days[1], days[2]) == {second.id, third.id}
    assert between(days[2], None) == {third.id, late.id, denied.id}
    assert between(None, None) == {late.id, denied.id}


def test_claims_are_listed_newest_first_page_by_page(store: Store) -> None:
    for hours in range(5):
        one = at(article(path=str(hours)), hours // 2)
        told(store, one, claim(one))
    pages, after = [], None
    while page := store.claims.list(2, after):
        pages += [one.id for one in page]
        after = page.next_cursor
        if after is None:
            break
    assert sorted(pages) == [one.id for one in store.claims.all()]


def test_a_page_goes_on_where_the_row_at_which_it_ended_is_gone(store: Store) -> None:
    made = [at(article(path=str(hours)), hours) for hours in range(4)]
    for one in made:
        told(store, one, claim(one))
    first = store.claims.list(2)
    assert [one.id for one in first] == [claim(made[3]).id, claim(made[2]).id]
    told(store, made[2])
    assert [one.id for one in store.claims.list(2, first.next_cursor)] == [claim(made[1]).id, claim(made[0]).id]


def test_claims_are_listed_by_worth_page_by_page_and_what_nobody_weighed_comes_last(store: Store) -> None:
    worths = (0.2, None, 0.9, 0.2, 0.0, None)
    made = [at(article(path=str(hours)), hours) for hours in range(len(worths))]
    for one, worth in zip(made, worths, strict=True):
        told(store, one, claim(one, worth=worth))
    pages, after = [], None
    while page := store.claims.list(2, after, Order.WORTH):
        pages += [one.id for one in page]
        after = page.next_cursor
        if after is None:
            break
    assert pages == [claim(made[place]).id for place in (2, 3, 0, 4, 5, 1)]


def test_a_claim_read_again_gets_its_worth_and_keeps_its_question(store: Store) -> None:
    told(store, ARTICLE, MADE)
    filed(store, 1, MADE)
    told(store, ARTICLE, replace(MADE, worth=0.4))
    [found] = store.claims.get([MADE.id])
    assert (found.worth, found.question_id) == (0.4, "q-1")


def test_claims_know_their_article_and_origin(store: Store) -> None:
    told(store, replace(ARTICLE, origin_id="org-1"), MADE)
    assert store.claims.origins([MADE.id]) == {MADE.id: (ARTICLE.id, "org-1")}


def test_a_question_comes_back_and_is_found_by_each_of_its_keys(store: Store) -> None:
    one = question(scope={"process": "stone", "a": "b"}, period=Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert store.questions.put(one, ["a", "b" * 9000]) == one
    store.questions.put(one, ["b" * 9000, "c"])
    assert store.questions.under(["b" * 9000, "nothing"]) == {"b" * 9000: {one.id: None}}
    assert store.questions.sizes(["c", "a", "nothing"]) == {"c": 1, "a": 1}
    assert store.questions.under([]) == {}
    assert store.questions.named("question-1") == one
    assert store.questions.named(one.id) == one
    assert store.questions.named("no-such-question") is None
    assert store.work.count("question")[WorkState.DONE] == 1


def test_a_question_that_is_found_anew_is_found_by_no_other_key(store: Store) -> None:
    store.questions.put(question(), ["a", "b"])
    store.questions.put_all([(question(), {"b": 1.0, "c": None})], anew={question().id})
    assert store.questions.under(["a", "b", "c"]) == {"b": {"q-1": 1.0}, "c": {"q-1": None}}


def reaches(store: Store, ids: list[str]) -> dict[str, Reach]:
    return {one.id: reach for one, reach in store.questions.with_reaches(ids)}


def test_how_far_the_claims_on_a_question_reach(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    assert ARTICLE.published is not None
    stamp = ARTICLE.published.timestamp()
    assert reaches(store, ["q-1", "q-2"]) == {"q-1": Reach(stamp, stamp)}
    store.questions.put_all([(question(), {"a": 5.0, "b": 7.0})], reaches={"q-1": Reach(6.0, 7.0)})
    store.questions.put_all([(question(), {"a": 4.0, "b": 8.0})], reaches={"q-1": Reach(6.0, 5.0)})
    assert reaches(store, ["q-1"]) == {"q-1": Reach(6.0, 7.0)}
    assert store.questions.under(["a", "b"]) == {"a": {"q-1": 4.0}, "b": {"q-1": 7.0}}


def test_how_far_a_question_reaches_is_asked_of_its_claims_once_one_is_gone(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    store.questions.put_all([(question(), {"a": 5.0})], reaches={"q-1": Reach(5.0, 5.0)})
    told(store, ARTICLE, SOLD)
    assert reaches(store, ["q-1"]) == {"q-1": NOWHERE}


def test_two_questions_with_one_slug_keep_apart(store: Store) -> None:
    store.questions.put(question(1, slug="flour"), [])
    other = store.questions.put(question(2, slug="flour"), [])
    assert other.slug == "flour-q-2"
    assert store.questions.put(question(2, slug="flour"), []) == other


def test_moving_a_claim_lets_both_questions_wait(store: Store) -> None:
    told(store, ARTICLE, MADE)
    filed(store, 1, MADE)
    assert store.questions.get(["q-1"])[0].claims == 1
    store.work.finish("question", store.work.claim("question", 5, "me", NOW, HOUR), "me")
    filed(store, 2, MADE)
    assert store.work.claim("question", 5, "me", NOW, HOUR) == ["q-1", "q-2"]
    assert [one.id for one in store.questions.list(10)] == ["q-2"]
    store.work.finish("question", ["q-1", "q-2"], "me")
    store.questions.file(MADE.id, "q-2")
    assert store.work.claim("question", 5, "me", NOW, HOUR) == []


def _relation(a: Claim, b: Claim, **fields: object) -> Relation:
    known: dict[str, object] = {"kind": RelationKind.CONTRADICTS, "score": 0.97, "reason": "Apart.", "question_id": "q-1"}
    return Relation(a.id, b.id, **(known | fields))  # type: ignore[arg-type]


def test_of_relations_under_a_stamp_that_still_stands_only_the_difference_is_written(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 1, SOLD)
    found = _relation(MADE, SOLD)
    names = frozenset({MADE.id, SOLD.id})
    first = Written(ByKind.of([found]), names, "me 1")
    store.relations.settle({"q-1": (Written(), first)})
    assert store.relations.of_question("q-1") == [found]
    other = replace(found, reason="Far apart.")
    second = Written(ByKind.of([other]), names, "me 2")
    store.relations.settle({"q-1": (first, second)})
    assert store.relations.of_question("q-1") == [other]
    store.relations.replace("q-1", [])  # somebody else
    store.relations.settle({"q-1": (second, replace(second, stamp="me 3"))})
    assert store.relations.of_question("q-1") == [other]


def test_relations_are_given_to_whom_wrote_them_last(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 1, SOLD)
    found = _relation(MADE, SOLD)
    store.relations.settle({"q-1": (Written(), Written(ByKind.of([found]), frozenset({MADE.id, SOLD.id}), "me 1"))})
    assert store.relations.under({"q-1": "me 1", "q-9": "me 1"}) == {"q-1": [found]}
    assert store.relations.under({"q-1": "you 1"}) == {}
    store.relations.replace("q-1", [found])  # somebody else
    assert store.relations.under({"q-1": "me 1"}) == {}
    assert store.relations.under({"q-1": ""}) == {}


def test_who_takes_a_pair_over_or_a_claim_out_lets_the_other_question_be_compared_with_what_stands(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 1, SOLD)
    store.questions.put(question(2), [])
    names = frozenset({MADE.id, SOLD.id})
    first = Written(ByKind.of([_relation(MADE, SOLD)]), names, "me 1")
    store.relations.settle({"q-1": (Written(), first)})
    there = Written(ByKind.of([_relation(MADE, SOLD, question_id="q-2")]), names, "me 2")
    store.relations.settle({"q-2": (Written(), there)})
    store.relations.settle({"q-2": (there, Written(stamp="me 3"))})
    assert list(store.relations.all()) == []
    store.relations.settle({"q-1": (first, first)})
    assert store.relations.of_question("q-1") == [_relation(MADE, SOLD)]
    told(store, ARTICLE, MADE)
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 1, SOLD)
    assert list(store.relations.all()) == []
    store.relations.settle({"q-1": (first, first)})
    assert store.relations.of_question("q-1") == [_relation(MADE, SOLD)]


def test_relations_are_replaced_as_a_whole_and_exported_with_their_dispute(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    store.questions.file(SOLD.id, "q-1")
    first, second = _relation(MADE, SOLD), _relation(SOLD, MADE, kind=RelationKind.AGREES, score=0.5)
    store.relations.replace("q-1", [first])
    assert store.relations.of_question("q-1") == [first]
    store.relations.replace("q-1", [second])
    assert list(store.relations.all()) == [(second, None)]
    store.disputes.put(_dispute(), [])
    assert list(store.relations.all()) == [(second, DisputeState.OPEN)]
    assert store.relations.of_claim(MADE.id) == [second]
    store.relations.replace("q-1", [])
    assert list(store.relations.all()) == []


def test_a_pair_that_moves_to_another_question_has_one_relation(store: Store) -> None:
    told(store, ARTICLE, MADE, SOLD)
    filed(store, 1, MADE)
    filed(store, 2, SOLD)
    store.relations.replace("q-1", [_relation(MADE, SOLD)])
    moved = _relation(MADE, SOLD, question_id="q-2")
    store.relations.replace("q-2", [moved])
    assert [one for one, _ in store.relations.all()] == [moved]


def _dispute(number: int = 1, **fields: object) -> Dispute:
    known: dict[str, object] = {
        "question_id": f"q-{number}",
        "state": DisputeState.OPEN,
        "title": "Flour",
        "positions": (Position("40 tonnes", (MADE.id,), ("org-1",)), Position("30 tonnes", (SOLD.id,), ("org-2",))),
        "origins": 2,
        "opened": NOW,
        "changed": NOW,
        "could_explain": ("time",),
    }
    return Dispute(id=f"dsp-{number}", **(known | fields))  # type: ignore[arg-type]


def _step(number: int, kind: str = "opened") -> DisputeEvent:
    return DisputeEvent(f"ev-{number}", "dsp-1", NOW, kind, DisputeState.OPEN, "rule", "They do not meet.", (MADE.id,))


def test_a_dispute_keeps_its_life_in_order_and_tells_of_each_step_once(store: Store) -> None:
    store.questions.put(question(), [])
    store.disputes.put(_dispute(), [_step(2), _step(1, "moved")])
    store.disputes.put(_dispute(), [_step(2), _step(1, "moved"), _step(3, "settled")])
    assert store.disputes.get(["dsp-1"]) == [_dispute()]
    assert store.disputes.of_question("q-1") == _dispute()
    assert [one.id for one in store.disputes.events("dsp-1")] == ["ev-2", "ev-1", "ev-3"]
    assert store.disputes.events("dsp-1")[0] == _step(2)
    told_of = [(one.detail, dict(one.facts)["state"]) for one in store.events.since(0) if one.kind == "dispute"]
    assert told_of == [("opened", "open"), ("moved", "open"), ("settled", "open")]


def test_a_step_keeps_what_a_person_noted_and_which_step_it_takes_back(store: Store) -> None:
    store.questions.put(question(), [])
    noted = replace(_step(2, "undone"), by="ann", note="I misread it.", undoes="ev-1")
    store.disputes.put(_dispute(), [_step(1, "explained"), noted])
    assert store.disputes.events("dsp-1") == [_step(1, "explained"), noted]


def test_decisions_are_kept_and_those_that_hold_are_found_by_their_claims(store: Store) -> None:
    both = (min(MADE.id, SOLD.id), max(MADE.id, SOLD.id))
    first = Decision("dcn-1", DecisionKind.MERGE, NOW, "ann", "One thing.", both, "q-1", "q-2")
    second = Decision("dcn-2", DecisionKind.SPLIT, NOW + HOUR, "ben", "Two.", (SOLD.id,), "q-2", "q-3")
    for one in (first, second):
        store.decisions.add(one)
    assert store.decisions.list(9) == [second, first]
    assert store.decisions.holding([MADE.id]) == [first]
    assert [one.id for one in store.decisions.holding([MADE.id, SOLD.id])] == ["dcn-1", "dcn-2"]
    store.decisions.undo("dcn-2", by="cid", at=NOW + 2 * HOUR)
    assert [one.id for one in store.decisions.holding([SOLD.id])] == ["dcn-1"]
    assert store.decisions.get(["dcn-2"])[0].undone_by == "cid"
    assert [one.detail for one in store.events.since(0) if one.kind == "decision"] == ["merge", "split", "undone"]


def test_a_merged_question_leads_to_the_one_at_the_end(store: Store) -> None:
    for number in (1, 2, 3):
        store.questions.put(question(number), [])
    store.questions.redirect("q-1", merged_into="q-2")
    store.questions.redirect("q-2", merged_into="q-3")
    standing = store.questions.standing("q-1")
    assert standing is not None
    assert (standing.id, standing.is_joined) == ("q-3", True)
    store.questions.redirect("q-2")
    assert store.questions.standing("q-1") == store.questions.get(["q-2"])[0]
    assert not store.questions.get(["q-3"])[0].is_joined


def test_disputes_are_listed_by_state_last_changed_first(store: Store) -> None:
    for number in range(1, 6):
        store.questions.put(question(number), [])
        state = DisputeState.OPEN if number % 2 else DisputeState.SETTLED
        changed = NOW + timedelta(hours=number // 2)
        store.disputes.put(_dispute(number, state=state, changed=changed), [])
    assert [one.id for one in store.disputes.list(DisputeState.OPEN)] == ["dsp-5", "dsp-3", "dsp-1"]
    first = store.disputes.list(DisputeState.OPEN, 1)
    assert [one.id for one in store.disputes.list(DisputeState.OPEN, 1, first.next_cursor)] == ["dsp-3"]
    both = (DisputeState.OPEN, DisputeState.SETTLED)
    two = store.disputes.list(both, 2)
    assert [one.id for one in two] == ["dsp-5", "dsp-4"]
    rest = store.disputes.list(None, 9, two.next_cursor)
    assert ([one.id for one in rest], rest.next_cursor) == (["dsp-3", "dsp-2", "dsp-1"], None)
    counts = store.disputes.count_by_state()
    assert (counts[DisputeState.OPEN], counts[DisputeState.SETTLED], counts[DisputeState.DISMISSED]) == (3, 2, 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.decimals(allow_nan=False, allow_infinity=False),
    moment=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)),
    words=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40),
)
def test_what_is_stored_comes_back(store: Store, value: Decimal, moment: datetime, words: str) -> None:
    one = article(path=f"{moment.isoformat()}{words}", published=moment, title=words)
    made = claim(one, quantity=Quantity("tonne", value), subject=words, qualifiers={words: words})
    told(store, one, made)
    assert store.articles.get([one.id]) == [one]
    assert store.claims.get([made.id]) == [replace(made, status=store.claims.get([made.id])[0].status)]
    assert str(store.claims.get([made.id])[0].quantity.value) == str(value)
