"""Two claims on one question → their relation, and the reason a reader can check."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import kind, ontology, question_of, related, tell, units

from monitor.domain.relation import Told
from monitor.relations.judge import judge, judge_all

OCTOBER, NOVEMBER = "2030-10", "2030-11"


def test_two_papers_with_figures_that_do_not_meet_contradict() -> None:
    found = related(
        tell("55", approximation="about", by="anonymous customers' engineers", time=OCTOBER),
        tell("38", by="anonymous an internal paper", paper="Daily Ledger", time=OCTOBER),
    )
    assert found is not None
    assert found.kind == "contradicts"
    assert found.independent
    for word in (
        "55",
        "38",
        "customers' engineers",
        "Silicon Gazette",
        "Daily Ledger",
        "die yield",
        "both for October 2030",
    ):
        assert word in found.reason


def test_figures_within_rounding_agree() -> None:
    assert kind(tell("7.0", time=OCTOBER), tell("7", paper="Daily Ledger", time=OCTOBER)) == "agrees"


def test_a_figure_inside_a_bound_refines_it() -> None:
    bound = tell("50", approximation="more_than", by="Ostrel", time=OCTOBER)
    exact = tell("55", paper="Daily Ledger", time=OCTOBER)
    found = related(bound, exact)
    assert found is not None
    assert (found.kind, found.a, found.b) == ("refines", exact.claim.id, bound.claim.id)


def test_a_bound_far_below_says_nothing_of_the_figure() -> None:
    assert kind(tell("2", "count:store", "more_than", metric="stores"),
                tell("900", "count:store", metric="stores", paper="Daily Ledger")) is None  # fmt: skip


def test_different_months_of_a_measurement_are_two_questions() -> None:
    assert len(question_of(tell("55", time=OCTOBER), tell("58", time=NOVEMBER, paper="Daily Ledger"))[1]) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"subject": "Ostrel's Q9 process"}, {"subject": "Ostrel's Q7 process"}),
        ({"scope": {"place": "Varde"}}, {"scope": {"place": "Lindholm"}}),
        ({"metric": "die yield"}, {"metric": "market share"}),
        ({"metric": "net profit margin"}, {"metric": "operating margin"}),
        ({"metric": "core inflation", "subject": "Norland"}, {"metric": "inflation", "subject": "Norland"}),
        ({"metric": "yield"}, {"metric": "break-even yield"}),
        ({"metric": "share of revenue"}, {"metric": "revenue", "direction": "up"}),
    ],
)
def test_lookalikes_stay_apart(one: dict[str, object], other: dict[str, object]) -> None:
    assert kind(tell("20", time=OCTOBER, **one), tell("38", time=OCTOBER, paper="Daily Ledger", **other)) is None


def test_a_part_does_not_contradict_the_whole() -> None:
    whole = tell("163", "count:death", subject="Tarn flood", metric="people killed", title="Tarn flood kills 163 in Ulm")
    part = tell("88", "count:death", subject="Tarn flood", metric="people killed", scope={"place": "Ulm"},
                paper="Daily Ledger")  # fmt: skip
    assert kind(whole, part) is None


def test_a_rising_toll_is_an_update_whoever_counts() -> None:
    first = tell("31", "count:death", "at_least", subject="Tarn flood", metric="people killed", by="Ulm police")
    later = tell("74", "count:death", subject="Tarn flood", metric="death toll", by="Relief Office",
                 paper="Daily Ledger", on="2031-03-05T09:00+00:00")  # fmt: skip
    found = related(first, later)
    assert found is not None
    assert (found.kind, found.a) == ("updates", later.claim.id)


def test_two_counts_of_the_same_day_contradict() -> None:
    one = tell("187", "count:death", subject="Tarn flood", metric="people killed", by="Relief Office", time="2031-03-04")
    other = tell("204", "count:death", subject="Tarn flood", metric="people killed", by="Helping Hands",
                 paper="Daily Ledger", time="2031-03-04")  # fmt: skip
    assert kind(one, other) == "contradicts"


def test_a_toll_that_falls_contradicts_another_counter_and_corrects_its_own() -> None:
    def toll(number: str, by: str, day: int) -> object:
        return tell(number, "count:death", subject="Tarn flood", metric="people killed", by=by,
                    paper=f"Paper {day}", on=f"2031-03-0{day}T09:00+00:00")  # fmt: skip

    assert kind(toll("204", "Helping Hands", 4), toll("187", "Relief Office", 6)) == "contradicts"
    assert kind(toll("204", "Relief Office", 4), toll("187", "Relief Office", 6)) == "updates"


def test_a_constant_is_not_updated_by_time() -> None:
    one = tell("6.8", "magnitude", subject="Tarn earthquake", metric="magnitude", by="Norland survey")
    other = tell("7.3", "magnitude", subject="Tarn quake", metric="magnitude", by="Weather agency",
                 paper="Daily Ledger", on="2031-03-09T09:00+00:00")  # fmt: skip
    assert kind(one, other) == "contradicts"


def test_the_same_asserter_later_updates() -> None:
    early = tell("5.1", "EUR", metric="revenue guidance", by="Ostrel", modality="forecast", time="2031")
    late = tell("5.6", "EUR", metric="revenue guidance", by="Ostrel", modality="forecast", time="2031",
                paper="Daily Ledger", on="2031-04-20T08:00+00:00")  # fmt: skip
    found = related(early, late)
    assert found is not None
    assert (found.kind, found.a, found.independent) == ("updates", late.claim.id, False)


def test_the_same_asserters_digits_in_another_order_are_a_misprint() -> None:
    right = tell("131", "EUR", metric="net profit", by="Ostrel", time=OCTOBER)
    wrong = tell("113", "EUR", metric="net profit", by="Ostrel", time=OCTOBER, paper="Daily Ledger",
                 on="2031-03-05T08:00+00:00")  # fmt: skip
    assert kind(right, wrong) == "contradicts"


def test_a_forecast_never_contradicts_an_outcome_but_another_forecast() -> None:
    expected = tell("2.1", subject="Norland", metric="economic growth", modality="forecast", time="2025", by="The bank")
    outcome = tell("1.2", subject="Norland", metric="economic growth", time="2025", paper="Daily Ledger")
    rival = tell("1.2", subject="Norland", metric="economic growth forecast", modality="forecast", time="2025",
                 by="Chamber of trade", paper="Daily Ledger")  # fmt: skip
    assert kind(expected, outcome) is None
    assert kind(expected, rival) == "contradicts"


def test_a_denial_hits_the_figure_it_denies_and_no_other() -> None:
    denial = tell("38", by="Ostrel", modality="denied", negated=True, time=OCTOBER)
    same = tell("38", by="anonymous engineers", paper="Daily Ledger", time=OCTOBER)
    found = related(denial, same)
    assert found is not None
    assert (found.kind, found.a, found.b) == ("denies", denial.claim.id, same.claim.id)
    assert kind(denial, tell("55", by="anonymous engineers", paper="Daily Ledger", time=OCTOBER)) is None


def test_a_bare_denial_hits_every_figure() -> None:
    denial = tell(None, "USD", subject="Ostrel", metric="ransom paid", by="Ostrel", modality="denied", negated=True)
    paid = tell("2.2", "USD", subject="Ostrel", metric="ransom paid", by="anonymous insiders", paper="Daily Ledger")
    assert kind(denial, paid) == "denies"
    assert kind(paid, denial) == "denies"


def test_rose_against_fell() -> None:
    rose = tell("4.2", metric="revenue", direction="up", time=OCTOBER, by="Ostrel")
    fell = tell("4.2", metric="revenue", direction="down", time=OCTOBER, paper="Daily Ledger")
    assert kind(rose, fell) == "contradicts"


def test_percent_for_percentage_points_is_a_contradiction() -> None:
    points = tell("1.1", "percentage_point", metric="operating margin", direction="up", time=OCTOBER, by="Ostrel")
    percent = tell("1.1", metric="operating margin", direction="up", time=OCTOBER, paper="Daily Ledger")
    assert kind(points, percent) == "contradicts"
    other = tell("8.4", metric="operating margin", direction="up", time=OCTOBER, paper="Daily Ledger")
    assert kind(points, other) is None


def test_units_are_converted_and_currencies_are_not() -> None:
    tonnes = tell("1000", "tonne", metric="exports", time=OCTOBER)
    kilograms = tell("1000000", "kilogram", metric="exports", time=OCTOBER, paper="Daily Ledger")
    assert kind(tonnes, kilograms) == "agrees"
    assert kind(tell("10", "EUR", metric="net profit", time=OCTOBER),
                tell("14", "USD", metric="net profit", time=OCTOBER, paper="Daily Ledger")) is None  # fmt: skip


def test_copies_of_one_text_have_no_relation() -> None:
    one = tell("38", time=OCTOBER, origin="org-1")
    assert kind(one, tell("38", time=OCTOBER, origin="org-1", paper="Daily Ledger")) is None


def test_a_changed_figure_in_a_new_version_is_an_update() -> None:
    old = tell("9.1", "count:person", metric="people affected", url="https://p.example/a", status="superseded")
    new = tell("1.9", "count:person", metric="people affected", url="https://p.example/a", version=2)
    found = related(old, new)
    assert found is not None
    assert (found.kind, found.a) == ("updates", new.claim.id)


def test_the_earlier_figure_in_a_sentence_is_updated_not_contradicted() -> None:
    quote = "Its forecast for 2031 rose to 23.1 tonnes, from the 22.4 tonnes of June."
    told = [
        tell(number, "tonne", metric="production forecast", modality="forecast", time="2031", by="The exchange",
             quote=quote, article="x")
        for number in ("23.1", "22.4")
    ]  # fmt: skip
    found = related(*told)
    assert found is not None
    assert (found.kind, found.a) == ("updates", told[0].claim.id)


def test_a_headline_against_its_own_body() -> None:
    title = tell("17", metric="revenue", direction="up", where="title", quote="Ostrel lifts sales by 17 percent",
                 article="x", time=OCTOBER)  # fmt: skip
    body = tell("7", metric="revenue", direction="up", article="x", time=OCTOBER)
    assert kind(title, body) == "self_inconsistent"


def test_a_headline_that_its_body_bears_out_is_left_alone() -> None:
    title = tell("17", metric="revenue", direction="up", where="title", quote="Ostrel lifts sales by 17 percent",
                 article="x", time=OCTOBER)  # fmt: skip
    same = tell("17", metric="revenue", direction="up", article="x", time=OCTOBER, quote="Sales grew 17 percent.")
    other = tell("7", metric="revenue", direction="up", article="x", time=OCTOBER, quote="At home 7 percent.")
    question, _ = question_of(title)
    kinds = [str(relation.kind) for relation in judge_all([title, same, other], question, units(), ontology())]
    assert "agrees" in kinds
    assert kind(title, other) == "self_inconsistent"
    assert not any({r.a, r.b} == {title.claim.id, other.claim.id}
                   for r in judge_all([title, same, other], question, units(), ontology()))  # fmt: skip


def test_what_is_only_supposed_is_not_compared() -> None:
    assert kind(tell("38", modality="hypothetical", time=OCTOBER), tell("55", time=OCTOBER, paper="L")) is None


FIGURES = st.integers(min_value=1, max_value=99).map(str)
HEDGES = st.sampled_from(["exact", "about", "at_least", "at_most", "more_than", "less_than"])
ASSERTERS = st.sampled_from([None, "Ostrel", "anonymous engineers", "Relief Office"])
METRICS = st.sampled_from(["die yield", "revenue", "people killed", "share price", "door count"])
DAYS = st.sampled_from(["2031-03-04T08:00+00:00", "2031-03-04T16:00+00:00", "2031-03-20T08:00+00:00"])


@given(FIGURES, HEDGES, ASSERTERS, DAYS, FIGURES, HEDGES, ASSERTERS, DAYS, METRICS, st.booleans())
def test_the_order_of_two_claims_does_not_matter(
    one: str, hedge: str, by: str | None, day: str,
    other: str, second: str, also: str | None, later: str, metric: str, denied: bool,
) -> None:  # fmt: skip
    a = tell(one, "count:thing", hedge, by=by, on=day, metric=metric)
    b = tell(other, "count:thing", second, by=also, on=later, metric=metric, paper="Daily Ledger", negated=denied,
             modality="denied" if denied else "asserted")  # fmt: skip
    question, _ = question_of(a)
    assert judge(a, b, question, units(), ontology()) == judge(b, a, question, units(), ontology())


@given(FIGURES, HEDGES, ASSERTERS, METRICS)
def test_a_claim_never_conflicts_with_its_like(one: str, hedge: str, by: str | None, metric: str) -> None:
    a = tell(one, "count:thing", hedge, by=by, metric=metric)
    b = tell(one, "count:thing", hedge, by=by, metric=metric, paper="Daily Ledger")
    found = related(a, b)
    assert found is None or found.kind in {"agrees", "refines"}


def test_a_denial_leaves_figures_near_the_denied_one_alone() -> None:
    denial = tell("2.5", by="Ostrel", modality="denied", negated=True, time=OCTOBER)
    assert kind(denial, tell("3", by="anonymous engineers", paper="Daily Ledger", time=OCTOBER)) is None


def test_the_figure_that_a_later_one_was_changed_from_is_replaced() -> None:
    season = "2030-07/2031-06"
    older = tell(
        "20.8", "tonne", metric="wheat crop", subject="Norland", modality="forecast", by="The ministry", time=season
    )
    newer = tell("21.9", "tonne", metric="wheat crop", subject="Norland", modality="forecast", by="Crop Office",
                 time=season, quote="It lifted its forecast of the wheat crop in Norland to 21.9 tonnes, from 20.8.",
                 paper="Daily Ledger", on="2031-03-19T08:00+00:00")  # fmt: skip
    found = related(older, newer)
    assert found is not None
    assert (found.kind, found.a) == ("updates", newer.claim.id)


def test_the_figure_of_last_season_is_of_another_time() -> None:
    now = tell("24", "tonne", metric="wheat crop", subject="Norland", by="Crop Office",
               quote="Norland will bring in a wheat crop of 24 tonnes.", modality="forecast")  # fmt: skip
    then = tell("27.6", "tonne", metric="wheat crop", subject="Norland", paper="Daily Ledger", modality="forecast",
                quote="The wheat crop of Norland will stay under last season's peak of 27.6 tonnes.")  # fmt: skip
    assert kind(now, then) is None


def test_a_later_voice_that_sets_its_figure_against_an_earlier_toll_replaces_nothing() -> None:
    toll = tell("31", "count:death", metric="death toll", subject="Norland shelling", by="Defence ministry")
    rival = tell("10", "count:death", "less_than", metric="people killed", subject="Norland shelling", by="General staff",
                 quote="It said that 10 were killed in the Norland shelling, rejecting the figure of 31.",
                 paper="Daily Ledger", on="2031-03-06T08:00+00:00")  # fmt: skip
    assert kind(toll, rival) == "contradicts"


def launch(month: str, by: str, on: str = "2031-03-04T08:00+00:00", **more: str) -> Told:
    return tell(month, "date", metric="launch date", subject="Ostrel H5", modality="planned", by=by, paper=by, time=month,
                on=on, **more)  # fmt: skip


def test_two_dates_for_one_launch_contradict_and_a_date_given_months_later_replaces() -> None:
    assert kind(launch("2031-09", "Maren Holt"), launch("2031-06", "Daily Ledger")) == "contradicts"
    assert kind(launch("2031-09", "Maren Holt"), launch("2031-12", "Daily Ledger", "2031-05-20T08:00+00:00")) == "updates"


def test_a_date_once_planned_is_replaced_by_the_one_in_the_same_sentence() -> None:
    quote = "The launch of Ostrel H5, last planned for 2031-06, has slipped to 2031-09."
    old, new = (launch(month, by, quote=quote, article="x", url="https://l.example/x")
                for month, by in (("2031-06", "Daily Ledger"), ("2031-09", "Maren Holt")))  # fmt: skip
    assert kind(old, new) == "updates"


def test_another_voice_in_the_next_sentence_is_of_what_was_just_said() -> None:
    def told(number: str, by: str, quote: str, start: int) -> Told:
        one = tell(number, "count:dose", metric="vaccine doses", subject="Norland", by=by, quote=quote, article="x")
        evidence = one.claim.evidence
        moved = replace(evidence, start=start, end=start + len(quote), span_start=evidence.span_start + start,
                        span_end=evidence.span_end + start)  # fmt: skip
        return replace(one, claim=replace(one.claim, evidence=moved))

    first = "Norland has given 5,300 of its vaccine doses, the Relief Office says."
    one = told("5,300", "Relief Office", first, 0)
    other = told("7,100", "Health ministry", "The ministry speaks of 7,100.", len(first) + 1)
    far = told("7,100", "Health ministry", "The ministry speaks of 7,100.", len(first) + 400)
    found, distant = related(one, other), related(one, far)
    assert found is not None
    assert found.kind == "contradicts"
    assert distant is None or distant.score < found.score


def test_a_newer_figure_that_is_said_to_be_lowered_replaces_another_voices() -> None:
    old = tell("6.8", "magnitude", subject="Tarn earthquake", metric="magnitude", by="anonymous officials")
    new = tell("6.6", "magnitude", subject="Tarn earthquake", metric="magnitude", by="Norland survey", paper="L",
               quote="6.6, the seismologists now say of the Tarn earthquake.",
               on="2031-03-06T08:00+00:00")  # fmt: skip
    assert kind(old, new) == "updates"
    toll = tell("430", "count:case", subject="Varde fever", metric="cases", by="Relief Office")
    cut = tell("377", "count:case", subject="Varde fever", metric="cases", by="Health ministry", paper="L",
               quote="The ministry has lowered the number of Varde fever cases to 377.",
               on="2031-03-09T08:00+00:00")  # fmt: skip
    assert kind(toll, cut) == "updates"


def test_who_denies_a_high_bound_does_not_deny_a_low_one() -> None:
    denial = tell("75", "EUR", "at_most", metric="cost", by="Ostrel", modality="denied", negated=True)
    assert kind(denial, tell("20", "EUR", "at_most", metric="cost", by="Maren Holt", paper="Daily Ledger")) is None
    assert kind(denial, tell("75", "EUR", "at_most", metric="cost", by="Maren Holt", paper="Daily Ledger")) == "denies"


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital_letter() -> None:
    one = tell("45", "EUR", subject="Ostrel", metric="repair cost", by="anonymous insiders", quote="Repairs cost 45 EUR.",
               title="Ostrel counts the cost")  # fmt: skip
    other = tell("30", "EUR", subject="Ostrel", metric="repair cost", by="Ostrel", quote="Fixing it cost 30 EUR.",
                 paper="L", title="Ostrel counts the cost")  # fmt: skip
    named = tell("30", "EUR", subject="Ostrel", metric="repair cost", by="Ostrel", paper="L",
                 quote="In Varde it cost 30 EUR.", title="Ostrel counts the cost")  # fmt: skip
    plain, elsewhere = related(one, other), related(one, named)
    assert plain is not None
    assert elsewhere is None or elsewhere.score < plain.score


def test_a_source_that_corrects_its_own_figure_does_not_correct_anothers() -> None:
    gauge = tell("8.1", "metre", subject="Tarn", metric="water level", by="Ulm engineers", time="2031-03-02")
    reading = tell("8.4", "metre", subject="Tarn", metric="water level", by="Weather agency", time="2031-03-02",
                   paper="L", quote="The agency corrected its reading of the Tarn water level to 8.4 metres.",
                   on="2031-03-05T08:00+00:00")  # fmt: skip
    assert kind(gauge, reading) == "contradicts"


def test_who_denies_a_forecast_does_not_deny_what_is_so_now() -> None:
    denial = tell("2.5", subject="Norland Bank", metric="key rate", by="Norland Bank", modality="denied", negated=True,
                  time="2031-12")  # fmt: skip
    now = tell("2.5", subject="Norland Bank", metric="key rate", paper="Daily Ledger")
    then = tell(
        "2.5", subject="Norland Bank", metric="key rate", modality="forecast", time="2031-12", paper="Daily Ledger"
    )
    assert kind(denial, now) is None
    assert kind(denial, then) == "denies"


def test_what_a_count_includes_does_not_contradict_it() -> None:
    whole = tell("960", "count:person", subject="Ostrel", metric="people affected", by="anonymous hackers", time=OCTOBER)
    quote = "Ostrel says the people affected include 310 whose files were old."
    part = tell("310", "count:person", subject="Ostrel", metric="people affected", by="Ostrel", time=OCTOBER, quote=quote,
                paper="Daily Ledger")  # fmt: skip
    flat = tell("310", "count:person", subject="Ostrel", metric="people affected", by="Ostrel", time=OCTOBER,
                quote=quote.replace("include", "are"), paper="Daily Ledger")  # fmt: skip
    assert kind(whole, flat) == "contradicts"
    assert kind(whole, part) is None


@pytest.mark.parametrize(("words", "value", "digits", "kind_of_it"), [
    ("a third", "33.3", "34", "agrees"),
    ("one in five", "20", "20.6", "agrees"),
    ("four percent", "4", "4.3", "agrees"),
    ("a third", "33.3", "40", "contradicts"),
    ("four percent", "4", "4.8", "contradicts"),
])  # fmt: skip
def test_a_share_in_words_is_a_round_one(words: str, value: str, digits: str, kind_of_it: str) -> None:
    spoken = in_words(value, words, f"The die yield of Ostrel's Q9 process is {words}.", by="Ostrel", time=OCTOBER)
    assert kind(spoken, tell(digits, by="Norland Bank", paper="Daily Ledger", time=OCTOBER)) == kind_of_it


def in_words(value: str, span: str, quote: str, **rest: str) -> Told:
    """A share that is given in words."""
    told = tell(value, quote=quote, **rest)  # type: ignore[arg-type]
    at = quote.index(span)
    evidence = replace(told.claim.evidence, span=span, span_start=at, span_end=at + len(span))
    quantity = replace(told.claim.quantity, step=Decimal(0))
    return Told(replace(told.claim, evidence=evidence, quantity=quantity), told.article)


def test_a_fraction_is_no_part_of_anything() -> None:
    voters = {"subject": "Norland", "metric": "undecided voters"}
    other = tell(
        "12", by="Tarn Polls", paper="Daily Ledger", quote="In Norland 12 percent are undecided voters.", **voters
    )
    spoken = in_words("20", "one in five", "In Norland one in five is an undecided voter.", by="Halden Polls", **voters)
    assert kind(spoken, other) == "contradicts"


def test_two_digits_turned_round_are_no_misprint() -> None:
    first = tell(
        "1.20", "EUR", subject="Halden port", metric="pay rise offered", quote="Halden port has offered 1.20 EUR more."
    )
    second = tell("2.10", "EUR", subject="Halden port", metric="pay rise offered", paper="Daily Ledger",
                  on="2031-03-06T08:00+00:00", quote="Halden port made a new offer of 2.10 EUR.")  # fmt: skip
    assert kind(first, second) == "updates"


@pytest.mark.parametrize("quote", [
    "It will cost more than was set aside last year, but 54 million EUR was a fantasy, Halden said.",
    "The cost is higher than a year before, and not 54 million EUR, Halden said.",
])  # fmt: skip
def test_what_is_set_against_last_year_is_of_this_one(quote: str) -> None:
    slides = tell("54", "EUR", subject="Tarn bridge", metric="cost", by="anonymous slides")
    denial = tell("54", "EUR", subject="Tarn bridge", metric="cost", by="Halden", paper="Daily Ledger", quote=quote,
                  modality="denied", negated=True)  # fmt: skip
    assert kind(slides, denial) == "denies"


def test_a_figure_put_right_for_one_year_replaces_the_old_one_of_that_year() -> None:
    quote = "Norland cut its figure for net migration in 2030 to 58,200, from the 70,600 it gave in spring."
    old, new = (
        tell(number, "count:person", subject="Norland", metric="net migration", by="Norland", time="2030", quote=quote)
        for number in ("70,600", "58,200")
    )
    found = related(old, new)
    assert found is not None
    assert (found.kind, found.a) == ("updates", new.claim.id)


def test_a_season_and_the_forecast_for_it_meet_without_words_for_it() -> None:
    crop = {"subject": "Norland wheat", "metric": "yield", "modality": "forecast", "unit": "tonne/hectare"}
    tour = tell("4.81", by="Crop Tour", time="2031", paper="Grain Desk", on="2031-08-20T08:00+00:00", **crop)
    season = Told(replace(tour.claim, time_text=""), tour.article)
    office = tell("5.13", by="Norland Office", on="2031-08-12T08:00+00:00", **crop)
    assert kind(season, office) == "contradicts"


def test_who_corrects_his_own_figure_does_not_correct_a_neighbours() -> None:
    gauge = {"subject": "Tarn", "metric": "water level", "unit": "metre", "time": "2031-03-04"}
    engineers = tell("8.14", by="anonymous town engineers", **gauge)
    for said, expected in (("its reading", "contradicts"), ("the reading", "updates")):
        quote = f"The Weather Office corrected {said} of the water level of the Tarn to 8.26 metres."
        office = tell(
            "8.26", by="Weather Office", paper="Daily Ledger", on="2031-03-05T08:00+00:00", quote=quote, **gauge
        )
        assert kind(engineers, office) == expected


def test_a_paper_that_is_now_told_otherwise_takes_nobodys_side() -> None:
    first = tell("2031-06-25", "date", subject="Halden ferry", metric="return", by="Halden", modality="planned",
                 quote="The ferry Halden is due back on 2031-06-25.")  # fmt: skip
    second = tell("2031-07-15", "date", subject="Halden ferry", metric="return", paper="Daily Ledger", modality="planned",
                  on="2031-03-08T08:00+00:00", quote="Halden, we are now told, returns on 2031-07-15.")  # fmt: skip
    assert kind(first, second) == "updates"


@pytest.mark.parametrize("quote", [
    "In January Norland had promised a start of the Tarn plant on 2031-08-01.",
    "The start of the Tarn plant, it had said, was 2031-08-01.",
    "The Tarn plant starts later, after a start of 2031-08-01 previously, Norland said.",
])  # fmt: skip
def test_what_somebody_had_said_is_the_earlier_figure(quote: str) -> None:
    start = {"subject": "Tarn plant", "metric": "start", "modality": "planned"}
    old = tell("2031-08-01", "date", by="Norland", quote=quote, paper="Daily Ledger", **start)
    new = tell("2031-10-01", "date", by="anonymous builders", quote="The Tarn plant now starts on 2031-10-01.", **start)
    found = related(old, new)
    assert found is not None
    assert (found.kind, found.a) == ("updates", new.claim.id)


def test_what_is_now_so_has_moved() -> None:
    wait = {"subject": "Halden clinic", "metric": "longest wait", "unit": "week"}
    old = tell("143", by="anonymous auditors", quote="The longest wait at the Halden clinic was 143 weeks.", **wait)
    new = tell("152", paper="Daily Ledger", on="2031-04-20T08:00+00:00",
               quote="The longest wait at the Halden clinic is now 152 weeks.", **wait)  # fmt: skip
    assert kind(old, new) == "updates"


def test_a_count_that_had_stood_lower_was_that_of_before() -> None:
    fire = {"subject": "Halden fire", "metric": "area burned", "unit": "hectare"}
    before = tell(
        "149", quote="On Tuesday the Halden fire had stood at 149 burned hectares.", paper="Daily Ledger", **fire
    )
    now = tell(
        "184", by="Forest Service", quote="The Halden fire has burned 184 hectares, the Forest Service said.", **fire
    )
    found = related(before, now)
    assert found is not None
    assert (found.kind, found.a) == ("updates", now.claim.id)


def test_two_digits_turned_round_in_what_was_said_of_one_day_are_a_misprint() -> None:
    result = {"subject": "Tolvarin", "metric": "cases prevented", "by": "Baldwyn Institute", "time": "2031-03-04"}
    first = tell("48", quote="Tolvarin prevented 48 percent of cases, the Baldwyn Institute said.", **result)
    second = tell("84", quote="Tolvarin prevented 84 percent of cases, the Baldwyn Institute said.", paper="Daily Ledger",
                  on="2031-03-06T08:00+00:00", **result)  # fmt: skip
    assert kind(first, second) == "contradicts"


def test_an_outlook_that_was_given_before_contradicts_nobody() -> None:
    outlook = {"subject": "Halden Motors", "metric": "deliveries", "unit": "count:vehicle", "modality": "forecast",
               "time": "2032"}  # fmt: skip
    old = tell(
        "910000", by="Halden Motors", quote="Halden Motors expects less for 2032, after 910000 previously.", **outlook
    )
    new = tell(
        "880000", by="Ina Brandt", paper="Daily Ledger", quote="Ina Brandt expects 880000 vehicles in 2032.", **outlook
    )
    assert kind(old, new) == "updates"
