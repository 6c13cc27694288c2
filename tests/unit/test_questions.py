"""A claim and the questions near it → the question that it answers, or a new one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import ontology, question_of, tell, units

from monitor.domain.asked import Asked
from monitor.domain.fit import fit
from monitor.domain.question import Temper
from monitor.domain.relation import Told
from monitor.domain.topic import claim_topic, question_topic
from monitor.questions import block_keys, file_claim, may_answer, slug

OCTOBER = "2030-10"


def keys(told: Told) -> set[str]:
    return set(block_keys(told.claim, told.article, ontology(), units()))


def asked(told: Told) -> Asked:
    return Asked(told, ontology(), units())


def share_a_question(one: Told, other: Told) -> bool:
    together = len(question_of(one, other)[1]) == 1
    assert not together or keys(one) & keys(other), "what can meet must share a block"
    assert not together or may_answer(asked(other), question_of(one)[0]), "what can meet must pass the quick test"
    return together


def test_a_claim_on_another_firm_of_one_kind_is_ruled_out_by_its_subject() -> None:
    steel = question_of(tell("55", subject="Ostrel Steel", time=OCTOBER))[0]
    assert not may_answer(asked(tell("38", subject="Halden Steel", time=OCTOBER, paper="Daily Ledger")), steel)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("Ostrel Motors", "Ostrel", True),
        ("Ostrel", "Ostrel Motors", True),
        ("Ostrel Motors", "Ostrel Steel", False),
        ("Ostrel Motors", "Halden", False),
        ("Ostrel Motors", "Ostrel motors", True),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["entities", "names"])
def test_a_firm_is_called_by_its_name_without_what_it_does(one: str, other: str, meet: bool, known: bool) -> None:
    """What two firms do tells them apart, whether or not anything else is known of them."""
    a, b = (
        tell("5,100", "count:employee", metric="job cuts", subject=name, time=OCTOBER, paper=paper)
        for name, paper in ((one, "The Ledger"), (other, "Daily Ledger"))
    )
    if known:
        a, b = (Told(replace(it.claim, subject_id=f"ent-{it.claim.subject}"), it.article) for it in (a, b))
    assert share_a_question(a, b) is meet


@pytest.mark.parametrize("subject", ["Ostrel", "Ostrel's Q9 process", "Ostrel Foundry", "The Ostrel Group"])
def test_wordings_of_a_subject_meet_where_the_article_says_which(subject: str) -> None:
    named = tell("55", subject="Ostrel's Q9 process", time=OCTOBER)
    other = tell("38", subject=subject, time=OCTOBER, paper="Daily Ledger", title="How Ostrel makes its Q9 chips")
    assert share_a_question(named, other)


def test_an_open_claim_stays_out_where_its_article_does_not_speak_of_the_narrower_thing() -> None:
    named = tell("55", subject="Ostrel's Q9 process", time=OCTOBER)
    other = tell("38", subject="Ostrel", time=OCTOBER, paper="Daily Ledger", title="Ostrel in brief")
    assert not share_a_question(named, other)


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("death toll", "people killed", "count:person"),
        ("staff", "number of employees", "count:employee"),
        ("net sales", "revenue", "EUR"),
        ("house destroyed", "homes destroyed", "count:house"),
        ("consumer price inflation", "inflation rate", "percent"),
        ("takeover offer", "purchase price", "USD"),
        ("share of working dies", "die yield", "percent"),
        ("interest rate", "key rate", "percent"),
    ],
)
def test_wordings_of_a_metric_meet(one: str, other: str, unit: str) -> None:
    a = tell("50", unit, metric=one, time=OCTOBER)
    assert share_a_question(a, tell("60", unit, metric=other, time=OCTOBER, paper="Daily Ledger"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("net profit", "operating profit"),
        ("net profit", "gross profit"),
        ("revenue", "market value"),
        ("operating margin", "gross margin"),
        ("revenue", "organic revenue"),
        ("doors painted", "doors sold"),
        ("earnings per share", "earnings"),
        ("training cost", "research spending"),
        ("price target", "share price"),
    ],
)
def test_a_distinguishing_word_is_not_lost(one: str, other: str) -> None:
    a = tell("50", "EUR", metric=one, time=OCTOBER)
    assert not share_a_question(a, tell("60", "EUR", metric=other, time=OCTOBER, paper="Daily Ledger"))


def test_the_unit_tells_homonyms_apart() -> None:
    share = tell("50", metric="yield", subject="Norland wheat")
    weight = tell("3.4", "tonne/hectare", metric="yield", subject="Norland wheat", paper="Daily Ledger")
    assert not share_a_question(share, weight)


def test_a_level_and_its_change_are_two_questions() -> None:
    level = tell("14.2", metric="operating margin", time=OCTOBER)
    change = tell("1.1", "percentage_point", metric="operating margin", direction="up", time=OCTOBER, paper="L")
    assert not share_a_question(level, change)


def test_forecast_and_outcome_are_two_questions_and_two_forecasts_of_one_target_one() -> None:
    forecast = tell("2.1", subject="Norland", metric="economic growth", modality="forecast", time="2025")
    outcome = tell("1.8", subject="Norland", metric="economic growth", time="2025", paper="Daily Ledger")
    rival = tell("1.2", subject="Norland", metric="expected economic growth", time="2025", paper="Morning Post")
    assert not share_a_question(forecast, outcome)
    assert share_a_question(forecast, rival)


@pytest.mark.parametrize(("one", "other", "meet"), [
    ("2030-10", "2030-10", True),
    ("2030-10", "2030-09", False),
    ("2030-07/2030-09", "2030", False),
    ("2030-07-01/2030-09-30", "2030-07-02/2030-09-30", True),
    ("2030-06-30", "2030-04-01/2030-06-30", True),
    ("2030-06-30", "2030-06-29", False),
])  # fmt: skip
def test_periods_of_a_measurement(one: str, other: str, meet: bool) -> None:
    a = tell("50", "EUR", metric="revenue", time=one)
    assert share_a_question(a, tell("60", "EUR", metric="revenue", time=other, paper="L")) is meet


def test_news_without_a_period_is_of_the_one_that_ended_last() -> None:
    third = tell("50", "EUR", metric="revenue", time="2030-07-01/2030-09-30", on="2030-10-20T08:00+00:00")
    year_old = tell("60", "EUR", metric="revenue", time="2029-07-01/2029-09-30", on="2030-10-20T08:00+00:00", paper="L")
    bare = tell("51", "EUR", metric="revenue", on="2030-10-21T08:00+00:00", paper="M")
    question, made = question_of(third, year_old, bare)
    assert len(made) == 2
    assert question.id == question_of(third)[0].id


def test_a_state_is_one_question_over_time() -> None:
    a = tell("3.5", metric="key rate", subject="Norland Bank", time="2030-11-04")
    assert share_a_question(a, tell("3.25", metric="policy rate", subject="Norland Bank", time="2031-02-05", paper="L"))


def test_a_part_is_a_question_of_its_own() -> None:
    whole = tell("18000", "count:employee", metric="employees", subject="Ostrel")
    part = tell("2100", "count:employee", metric="employees", subject="Ostrel", scope={"unit": "paper mills"}, paper="L")
    assert not share_a_question(whole, part)


def test_a_bare_denial_finds_the_question_of_what_it_denies() -> None:
    paid = tell("2.2", "USD", metric="ransom paid", subject="Ostrel")
    denial = tell(None, "", metric="ransom paid", subject="Ostrel", modality="denied", negated=True, paper="L")
    assert share_a_question(paid, denial)
    question, _ = question_of(denial, paid)
    assert question.dimension == "money"


def test_what_has_no_metric_meets_nothing() -> None:
    a, b = tell("5", metric="", unit="percent"), tell("5", metric="", unit="percent", paper="L")
    assert not share_a_question(a, b)
    assert keys(a) == set()


def test_ids_and_slugs_come_from_content() -> None:
    one, _ = question_of(tell("55", time=OCTOBER))
    again, _ = question_of(tell("38", time=OCTOBER, paper="Daily Ledger"))
    assert one.id == again.id
    assert one.slug == "ostrels-q9-process-die-yield-2030-10"
    assert one.temper is Temper.SLOW
    assert slug("", "", None) == "question"
    assert slug("Škoda Plzeň", "naïve cost", None) == "skoda-plzen-naive-cost"


def test_the_order_of_candidates_does_not_matter() -> None:
    told = [tell("50", metric=metric, time=time, paper=f"{metric}{time}")
            for metric in ("die yield", "market share") for time in ("2030-10", "2030-09")]  # fmt: skip
    _, made = question_of(*told)
    claim = asked(tell("51", time=OCTOBER, paper="Z"))
    forward = file_claim(claim, made)
    assert forward == file_claim(claim, made[::-1])
    assert forward[1] is False


SUBJECTS = st.sampled_from(["Ostrel", "Ostrel's Q9 process", "Tarn flood", "Norland", "Bank of Norland"])
METRICS = st.sampled_from(["die yield", "net profit", "inflation", "size of rate cut", "doors painted", "share of doors"])
UNITS = st.sampled_from(["percent", "percentage_point", "EUR", "EUR/tonne", "count:door"])


@given(SUBJECTS, METRICS, UNITS, st.sampled_from(["asserted", "forecast"]), st.sampled_from([None, "up"]),
       st.sampled_from([{}, {"place": "Ulm"}]))  # fmt: skip
def test_a_question_can_be_read_again_from_itself(
    subject: str, metric: str, unit: str, modality: str, direction: str | None, scope: dict[str, str]
) -> None:
    told = tell("5", unit, subject=subject, metric=metric, modality=modality, direction=direction, scope=scope)
    question, _ = question_of(told)
    topic, again = claim_topic(told.claim, ontology(), units()), question_topic(question, ontology())
    assert fit(topic, again, ontology()).score == fit(topic, topic, ontology()).score
    assert topic.names == again.names


@given(SUBJECTS, METRICS, UNITS, SUBJECTS, METRICS, UNITS)
def test_fitting_is_symmetric(subject: str, metric: str, unit: str, other: str, second: str, third: str) -> None:
    a = claim_topic(tell("5", unit, subject=subject, metric=metric).claim, ontology(), units())
    b = claim_topic(tell("5", third, subject=other, metric=second).claim, ontology(), units())
    there, back = fit(a, b, ontology()), fit(b, a, ontology())
    assert (there.score, bool(there.why_not)) == (back.score, bool(back.why_not))
    assert (there.only_a, there.only_b) == (back.only_b, back.only_a)


def test_an_earthquake_is_one_whatever_place_it_is_named_after() -> None:
    one = tell("31", "count:death", metric="people killed", subject="Norland earthquake",
               title="Earthquake kills 31 in Norland", quote="The quake off Varde killed 31 people.")  # fmt: skip
    other = tell("74", "count:death", metric="death toll", subject="Varde quake", paper="Daily Ledger",
                 title="Varde counts its dead", quote="74 people died in Varde, Norland.")  # fmt: skip
    elsewhere = tell("500", "count:death", metric="people killed", subject="Sudria earthquake", paper="Morning Post")
    assert share_a_question(one, other)
    assert not share_a_question(one, elsewhere)


def test_what_lies_years_back_is_history_and_a_question_of_its_own() -> None:
    now = tell("3.25", metric="key rate", subject="Norland Bank", time="2031-03-03")
    before = tell("7", metric="key rate", subject="Norland Bank", time="2028", paper="Daily Ledger")
    assert not share_a_question(now, before)
    assert not share_a_question(before, now)


def test_a_metric_that_says_nothing_is_read_from_the_words_beside_the_figure() -> None:
    plain = tell("7.1", "tonne", metric="barley harvest", subject="Norland", time=OCTOBER)
    vague = tell("6.2", "tonne", metric="things brought", subject="Norland barley", time=OCTOBER, paper="Daily Ledger",
                 quote="Combines in Norland brought in a harvest of 6.2 tonnes of barley.")  # fmt: skip
    assert share_a_question(plain, vague)


def test_words_beyond_the_next_number_name_no_metric() -> None:
    beside = tell("480", "count:person", metric="others", subject="Norland", time=OCTOBER,
                  quote="Norland counted 74 people killed, and 480 others.")  # fmt: skip
    assert claim_topic(beside.claim, ontology(), units()).metric is None


def test_a_question_named_after_the_words_beside_a_figure_keeps_its_topic() -> None:
    vague = tell("6.2", "tonne", metric="things brought", subject="Norland", time=OCTOBER,
                 quote="Combines in Norland brought in a harvest of 6.2 tonnes.")  # fmt: skip
    question = question_of(vague)[0]
    assert "crop production" in question.metric
    assert question_topic(question, ontology()).concept == claim_topic(vague.claim, ontology(), units()).concept


def test_what_is_told_of_a_season_far_from_over_is_expected() -> None:
    season = "2030-07/2031-06"
    forecast = tell("24", "tonne", metric="wheat crop", subject="Norland", modality="forecast", time=season)
    flat = tell("21", "tonne", metric="wheat crop", subject="Norland", time=season, paper="Daily Ledger")
    assert share_a_question(forecast, flat)


def test_a_share_of_something_is_no_price_of_a_share() -> None:
    claim = tell("40", metric="share of chips", subject="Ostrel").claim
    assert claim_topic(claim, ontology(), units()).concept != "share price"


def test_the_head_of_a_phrase_says_its_metric() -> None:
    def metric(words: str) -> str:
        return claim_topic(tell("5", "tonne", metric=words, subject="Norland").claim, ontology(), units()).concept

    assert metric("wheat crop exports") == metric("exports of the wheat crop") == "exports"
    assert metric("wheat crop") == "crop production"


def test_two_days_for_one_launch_answer_one_question() -> None:
    june = tell("2031-06", "date", metric="launch date", subject="Ostrel H5", modality="planned", time="2031-06")
    later = tell("2031-09", "date", metric="release", subject="Ostrel H5", modality="planned", time="2031-09", paper="L")
    assert share_a_question(june, later)


def test_the_day_on_which_a_forecast_was_reckoned_is_not_its_target() -> None:
    reckoned = tell("51.3", "tonne/hectare", metric="wheat yield", subject="Norland", modality="forecast",
                    time="2031-03-01")  # fmt: skip
    bare = tell("48.1", "tonne/hectare", metric="wheat yield", subject="Norland", modality="forecast", paper="L")
    assert share_a_question(reckoned, bare)
    month = tell("4.4", metric="inflation", subject="Norland", modality="forecast", time="2031-02")
    assert not share_a_question(month, tell("3.9", metric="inflation", subject="Norland", modality="forecast",
                                            time="2031-12", paper="L"))  # fmt: skip


def test_a_denial_that_comes_first_leaves_open_whether_it_is_of_a_plan() -> None:
    denial = tell("2031", "date", metric="opening date", subject="Varde line", modality="denied", negated=True)
    plan = tell("2031", "date", metric="opening", subject="Varde line", modality="planned", paper="L")
    question, made = question_of(denial, plan)
    assert len(made) == 1
    assert question_topic(question, ontology()).is_expected is True


def test_a_night_and_the_day_in_which_it_ends_are_one_time() -> None:
    night = tell("40", "count:drone", metric="drones launched", subject="Norland", time="2031-03-03/2031-03-04")
    day = tell("84", "count:drone", metric="drones fired", subject="Norland", time="2031-03-04", paper="L")
    assert share_a_question(night, day)


def test_an_old_month_does_not_become_the_period_of_news_without_one() -> None:
    news = tell("37", on="2031-03-16T08:00+00:00")
    winter = tell("51", time="2030-12", on="2031-03-17T08:00+00:00", paper="L")
    assert not share_a_question(news, winter)


@pytest.mark.parametrize("size", ["5 nm", "5-nanometre", "5 nanometers", "5nm"])
def test_a_size_is_one_however_its_unit_is_written(size: str) -> None:
    other = tell("40", metric="yield", subject="Ostrel", scope={"process": size}, time=OCTOBER, paper="L")
    assert share_a_question(tell("38", metric="5nm yield", subject="Ostrel", time=OCTOBER), other)


def test_what_is_counted_is_not_read_as_what_else_the_sentence_speaks_of() -> None:
    shells = tell("240", "count:shell", metric="shells", subject="Varde",
                  quote="There were not 240 shells in Varde, there was a store of fuel.")  # fmt: skip
    assert claim_topic(shells.claim, ontology(), units()).concept == "shell"


def test_suspected_cases_are_not_confirmed_ones() -> None:
    suspected = tell("201", "count:case", metric="suspected cases", subject="Varde fever")
    assert not share_a_question(
        suspected, tell("77", "count:case", metric="confirmed cases", subject="Varde fever", paper="L")
    )


def test_planned_job_cuts_and_job_cuts_are_one_matter() -> None:
    planned = tell("900", "count:job", metric="job cuts", subject="Ostrel", modality="forecast")
    assert share_a_question(planned, tell("450", "count:job", metric="job cuts", subject="Ostrel", paper="L"))


def test_a_sort_of_people_is_not_all_people() -> None:
    everybody = tell("900", "count:person", metric="infections", subject="Varde fever")
    assert not share_a_question(
        everybody, tell("9", "count:nurse", metric="infected nurses", subject="Varde fever", paper="L")
    )


def test_doses_delivered_are_not_doses_given() -> None:
    delivered = tell("16000", "count:dose", metric="vaccine doses delivered", subject="Norland")
    assert not share_a_question(delivered, tell("7100", "count:dose", metric="doses given", subject="Norland", paper="L"))


@pytest.mark.parametrize("metric", ["return of the ferry", "maiden voyage", "launch"])
def test_two_days_for_one_thing_are_two_answers(metric: str) -> None:
    first = tell("25 January", "date", metric=metric, subject="Halden", time="2031-06-25", modality="planned")
    later = tell("April", "date", metric=metric, subject="Halden", time="2031-09", modality="planned", paper="L")
    assert share_a_question(first, later)


def test_the_day_on_which_a_share_peaks_is_no_share() -> None:
    share = tell("2041", "date", metric="peak of the share of meltwater", subject="Tarn", time="2041")
    assert share_a_question(
        share, tell("2038", "date", metric="peak of the meltwater", subject="Tarn", time="2038", paper="L")
    )


def test_how_a_thing_is_measured_makes_no_other_thing_of_it() -> None:
    plain = tell("8", "EUR", metric="construction cost", subject="Halden bridge")
    whole = tell(
        "11", "EUR", metric="construction cost", subject="Halden bridge", paper="L", scope={"method": "with interest"}
    )
    bare = tell(
        "7", "EUR", metric="construction cost", subject="Halden bridge", paper="M", scope={"method": "at old prices"}
    )
    assert share_a_question(plain, whole)
    assert not share_a_question(whole, bare)


def test_a_time_that_the_context_gives_is_a_time() -> None:
    spring = tell(
        "70600", "count:person", metric="net migration", subject="Norland", time="2030", on="2031-03-20T08:00+00:00"
    )
    bare = replace(spring, claim=replace(spring.claim, time_text=""))
    autumn = tell("58200", "count:person", metric="net migration", subject="Norland", time="2030", paper="L",
                  on="2031-10-02T08:00+00:00")  # fmt: skip
    assert share_a_question(bare, autumn)


@pytest.mark.parametrize(
    ("metric", "quote"),
    [
        ("lifts recalled", "Ostrel recalls 9 lifts after a death."),
        ("reports of paint over-delivery", "There were 9 reports of paint over-delivery."),
        ("extra payment demanded", "Ostrel wants 9 on top of the fixed price."),
    ],
)
def test_a_phrase_that_says_what_it_is_borrows_nothing(metric: str, quote: str) -> None:
    told = tell("9", "EUR" if "payment" in metric else "count:item", metric=metric, subject="Ostrel", quote=quote)
    assert claim_topic(told.claim, ontology(), units()).metric is None


@pytest.mark.parametrize("metric", ["share yielded", "share of working dies"])
def test_a_share_that_something_does_is_no_stock(metric: str) -> None:
    assert share_a_question(tell("55", time=OCTOBER), tell("38", metric=metric, time=OCTOBER, paper="Daily Ledger"))
    stock = tell("4", metric="share price", time=OCTOBER, direction="down", paper="Daily Ledger")
    assert claim_topic(stock.claim, ontology(), units()).concept == "share price"


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("customers", "customers lost", "count:customer"),
        ("spawning stock", "limit of the spawning stock", "tonne"),
        ("members gained", "members lost", "count:member"),
        ("public debt", "debt ceiling", "EUR"),
    ],
)
def test_what_is_lost_or_allowed_is_not_what_is_there(one: str, other: str, unit: str) -> None:
    there = tell("900", unit, metric=one, subject="Norland")
    assert not share_a_question(there, tell("40", unit, metric=other, subject="Norland", paper="Daily Ledger"))


def test_a_phrase_may_say_no_more_than_that_a_part_was_lost() -> None:
    third = tell("33", metric="share of ice lost", subject="Tarn glacier")
    assert share_a_question(third, tell("47", metric="share of ice lost", subject="Tarn glacier", paper="Daily Ledger"))
    assert claim_topic(tell("47", metric="share of volume lost").claim, ontology(), units()).concept


@pytest.mark.parametrize("subject", ["Tarn ferry", "Ulm mine"])
def test_bodies_that_were_found_are_not_all_who_died(subject: str) -> None:
    toll = tell("61", "count:person", subject=subject, metric="people killed")
    found = tell("38", "count:body", subject=subject, metric="bodies recovered", paper="Daily Ledger")
    assert not share_a_question(toll, found)
    assert share_a_question(toll, tell("64", "count:person", subject=subject, metric="death toll", paper="Daily Ledger"))


def test_a_bare_percentage_is_no_share_price() -> None:
    assert (
        claim_topic(tell("58", metric="share", subject="Tarn ferry").claim, ontology(), units()).concept != "share price"
    )
    fall = tell("5", metric="share change", subject="Tarn ferry", direction="down")
    assert claim_topic(fall.claim, ontology(), units()).concept == "share price"


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("start of operation date", "opening date", "date"),
        ("people living", "population", "count:person"),
        ("final cost", "cost", "EUR"),
        ("capacity lost", "power lost", "megawatt"),
    ],
)
def test_openings_outages_and_people_meet_in_other_words(one: str, other: str, unit: str) -> None:
    number = "2031-05" if unit == "date" else "900"
    first = tell(number, unit, metric=one, subject="Tarn ferry")
    assert share_a_question(first, tell(number, unit, metric=other, subject="Tarn ferry", paper="Daily Ledger"))


def test_a_count_of_schools_is_none_of_schools_damaged() -> None:
    schools = tell("64", "count:school", metric="schools ready", subject="Norland")
    damaged = tell("9", "count:school", metric="schools damaged", subject="Norland", paper="Daily Ledger")
    assert not share_a_question(schools, damaged)


def test_hearsay_of_what_is_to_come_is_no_outcome() -> None:
    shawls = {"subject": "Orla mill", "metric": "shawls woven", "unit": "count:shawl", "time": "2031"}
    coming = tell("5,200", modality="reported", quote="Orla mill will weave 5,200 shawls in 2031.", **shawls)
    outcome = tell("2,700", paper="Daily Ledger", on="2032-02-04T08:00+00:00",
                   quote="Orla mill wove 2,700 shawls in 2031.", **shawls)  # fmt: skip
    assert len(question_of(coming, outcome)[1]) == 2
