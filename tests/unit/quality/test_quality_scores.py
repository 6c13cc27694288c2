"""What counts as found, field by field and pair by pair, on claims made by hand."""

from dataclasses import replace

import pytest
from tellings import figure, ontology, tell, units

from monitor.domain.evidence import Where
from monitor.domain.gold import Gold, GoldClaim, GoldPair, Negative
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.source import Source, SourceKind
from monitor.quality import Measured, measure
from monitor.quality.figures import same_figure


def wanted(told: Told, question: str = "yield", position: str = "A", **more: object) -> GoldClaim:
    claim = replace(told.claim, id=f"gold-{told.claim.id}", question_id=question)
    return GoldClaim(replace(told, claim=claim), position, **more)  # type: ignore[arg-type]


def scored(gold: Gold, found: list[Told], relations: list[Relation] | None = None) -> Measured:
    return measure(gold, found, relations or [], ontology(), units())


def relation(kind: RelationKind, a: Told, b: Told) -> Relation:
    return Relation(a.claim.id, b.claim.id, kind, 0.9, "", "q")


LOW = tell("20", by="Ostrel")
HIGH = tell("40", by="anonymous two engineers", paper="Chip Weekly", on="2031-03-05T08:00+00:00")
OTHER = tell("40", metric="market share", paper="Chip Weekly", on="2031-03-06T08:00+00:00")
GOLD = Gold(
    claims=(wanted(LOW), wanted(HIGH, position="B"), wanted(OTHER, question="share")),
    pairs=(
        GoldPair(f"gold-{HIGH.claim.id}", f"gold-{LOW.claim.id}", "contradicts"),
        GoldPair(f"gold-{HIGH.claim.id}", f"gold-{OTHER.claim.id}", "unrelated_lookalike"),
    ),
)


def test_the_gold_given_back_is_perfect() -> None:
    found = [replace(one, claim=replace(one.claim, question_id=q)) for one, q in ((LOW, "1"), (HIGH, "1"), (OTHER, "2"))]
    measured = scored(GOLD, found, [relation(RelationKind.CONTRADICTS, HIGH, LOW)])
    scores = {score.name: score.value for score in measured.scores if not score.lower_is_better and score.of}
    assert {name: value for name, value in scores.items() if value < 1 and name != "evidence"} == {}
    assert [score.value for score in measured.scores if score.lower_is_better] == [0.0, 0.0]
    assert not measured.missed
    assert not measured.spurious


def test_what_is_not_found_lowers_recall_and_what_is_not_there_precision() -> None:
    stray = tell("77", paper="Chip Weekly", on="2031-03-05T08:00+00:00")
    measured = scored(GOLD, [LOW, HIGH, stray])
    values = measured.values()
    assert values["claims_recall"] == pytest.approx(2 / 3)
    assert values["claims_precision"] == pytest.approx(2 / 3)
    assert [one.claim.evidence.span for one in measured.missed] == ["40"]
    assert measured.spurious == (stray,)


def test_a_claim_not_worth_asking_for_is_neither_required_nor_held_against_anybody() -> None:
    gold = Gold((wanted(LOW), wanted(HIGH, worth=False)))
    for found in ([LOW], [LOW, HIGH]):
        values = scored(gold, found).values()
        assert values["claims_precision"] == values["claims_recall"] == 1


def test_another_wording_that_the_gold_set_allows_is_right() -> None:
    found = replace(LOW, claim=replace(LOW.claim, subject="Fab Nine", metric="share of working chips"))
    strict, generous = (
        scored(Gold((wanted(LOW, also=also),)), [found]).values()
        for also in ({}, {"subject": ("Fab Nine",), "metric": ("working chips",)})
    )
    assert (strict["subject"], strict["metric"]) == (0, 0)
    assert (generous["subject"], generous["metric"]) == (1, 1)


def test_an_unnamed_source_is_not_the_named_one() -> None:
    nobody = Source("two engineers", SourceKind.ANONYMOUS)
    found = replace(LOW, claim=replace(LOW.claim, sources=(nobody, *LOW.claim.sources[1:])))
    values = scored(Gold((wanted(LOW),)), [found]).values()
    assert (values["asserter"], values["chain"], values["whole_claims_f1"]) == (0, 0, 0)


def test_a_conflict_between_things_that_only_look_alike_is_a_false_alarm() -> None:
    measured = scored(GOLD, [LOW, HIGH, OTHER], [relation(RelationKind.CONTRADICTS, HIGH, OTHER)])
    values = measured.values()
    assert (values["conflicts_precision"], values["conflicts_recall"], values["lookalikes_flagged"]) == (0, 0, 1)
    assert len(measured.false_alarms) == len(measured.not_found) == 1


def test_a_conflict_with_a_claim_that_is_none_counts_as_wrong() -> None:
    stray = tell("77", paper="Chip Weekly", on="2031-03-05T08:00+00:00")
    both = [relation(RelationKind.CONTRADICTS, HIGH, LOW), relation(RelationKind.CONTRADICTS, stray, LOW)]
    values = scored(GOLD, [LOW, HIGH, OTHER, stray], both).values()
    assert (values["conflicts_precision"], values["conflicts_recall"]) == (0.5, 1)


def test_a_pair_that_may_be_left_alone_is_neither_required_nor_wrong() -> None:
    soft = GoldPair(GOLD.pairs[0].a, GOLD.pairs[0].b, "contradicts", frozenset({"none"}))
    gold = replace(GOLD, pairs=(soft,))
    assert scored(gold, [LOW, HIGH, OTHER]).not_found == ()
    found = scored(gold, [LOW, HIGH, OTHER], [relation(RelationKind.CONTRADICTS, HIGH, LOW)])
    assert found.values()["conflicts_precision"] == 1


def test_a_number_that_is_no_claim_is_counted_where_it_was_taken() -> None:
    at = HIGH.claim.evidence
    gold = Gold((wanted(LOW),), (), (Negative(HIGH.article.url, Where.BODY, at.span_start, at.span_end, "40", "rank"),))
    assert scored(gold, [LOW, HIGH]).values()["negatives_taken"] == 1
    assert scored(gold, [LOW]).values()["negatives_taken"] == 0


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        (figure("35", "centimetre"), figure("0.35", "metre"), True),
        (figure("20"), figure("20", approximation="about"), True),
        (figure("20"), figure("20", approximation="more_than"), True),
        (figure("20"), figure("20", high="30"), False),
        (figure("20"), figure("20", "percentage_point"), True),  # a fault of the unit, told as such
        (figure("31", "count:death"), figure("31", "count:person"), True),
        (figure("280", "EUR"), figure("280", "EUR/tonne"), True),
        (figure("280", "EUR/hour"), figure("280", "EUR/tonne"), False),
        (figure("280", "EUR"), figure("280", "USD"), False),
        (figure("2031-05", "date"), figure("2031-05-01", "date"), True),
        (figure("2031-05", "date"), figure("2031-06", "date"), False),
    ],
)
def test_figures_are_the_same_after_conversion_but_not_across_dimensions(found: object, gold: object, same: bool) -> None:
    assert same_figure(found, gold, units()) is same  # type: ignore[arg-type]


def test_worth_is_measured_by_rank_on_claims_that_are_in_the_gold_set() -> None:
    asked, idle = tell("20", by="Ostrel"), tell("40", by="Ostrel", on="2031-03-05T08:00+00:00")
    gold = Gold((wanted(asked), wanted(idle, worth=False)))

    def values(high: float | None, low: float | None) -> tuple[float, float]:
        found = [Told(replace(one.claim, worth=w), one.article) for one, w in ((asked, high), (idle, low))]
        scores = scored(gold, found).values()
        return scores["worth_ranking"], scores["low_worth_found"]

    assert values(0.9, 0.2) == (1.0, 1.0)
    assert values(0.2, 0.9) == (0.0, 0.5)
    assert values(None, None) == (0.5, 0.0)
