"""What is no conflict although the figures do not meet: other things counted, parts, earlier states, far-off sizes."""

from dataclasses import replace

import pytest
from tellings import kind, tell

from monitor.domain.relation import Told

DAY = {"paper": "Daily Ledger"}


def count(number: str, noun: str, quote: str, *, metric: str | None = None, **rest: str) -> Told:
    """A figure of things that are counted, the metric being no more than their name."""
    said = {"subject": "Varde Rail", "metric": metric or f"{noun}s", "quote": quote, "exact_count": True} | rest
    return tell(number, f"count:{noun}", **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("noun", "one", "other"),
    [
        ("truck", "Varde Rail has ordered its 940 trucks.", "Varde Rail says 23 trucks caught fire."),
        ("turbine", "Varde Rail may build 310 turbines.", "Varde Rail took down 17 turbines."),
        ("depot", "Varde Rail runs 720 depots.", "Varde Rail is to close 85 depots."),
    ],
)
def test_things_counted_without_saying_which_are_not_disputed_by_orders(noun: str, one: str, other: str) -> None:
    numbers = [word for text in (one, other) for word in text.split() if word.isdigit()]
    assert kind(count(numbers[0], noun, one), count(numbers[1], noun, other, **DAY)) is None


def test_counts_of_one_thing_that_are_near_are_still_disputed() -> None:
    one = count("940", "truck", "Varde Rail has 940 trucks.", by="Varde Rail")
    other = count("860", "truck", "Varde Rail has 860 trucks.", by="the union", **DAY)
    assert kind(one, other) == "contradicts"


def test_a_figure_ten_times_another_is_of_another_thing() -> None:
    one = tell("48,000,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the city")
    other = tell("2,700,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the builder", **DAY)
    assert kind(one, other) is None


def test_a_figure_three_times_another_is_disputed() -> None:
    one = tell("48,000,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the city")
    other = tell("16,000,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the builder", **DAY)
    assert kind(one, other) == "contradicts"


def test_who_sets_his_figure_against_one_far_off_disputes_it() -> None:
    one = tell("48,000,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the city",
               quote="Orrin Bridge needs a repair cost of 48,000,000 euros.")  # fmt: skip
    other = tell("2,700,000", "EUR", subject="Orrin Bridge", metric="repair cost", by="the builder",
                 quote="The repair cost of Orrin Bridge is 2,700,000, not 48,000,000 euros.", **DAY)  # fmt: skip
    assert kind(one, other) == "contradicts"


def test_few_against_many_are_rather_some_of_them() -> None:
    one = count("19", "death", "The Varde ferry disaster: 19 dead.", subject="Varde ferry", metric="people killed",
                by="the coast guard")  # fmt: skip
    other = count("2", "victim", "At the Varde ferry 2 victims were killed on deck.", subject="Varde ferry",
                  metric="people killed", by="the harbour", **DAY)  # fmt: skip
    assert kind(one, other) is None


def test_one_sentence_that_tells_a_first_lot_from_all_is_not_at_odds() -> None:
    sentence = (
        "Engineers say a carriage costs $1.9 million; one manager adds that it was $2.6 million for the first forty."
    )
    said = {"subject": "Varde Rail", "metric": "cost", "quote": sentence}
    one, other = (tell(number, "USD", by=by, **said) for number, by in (("1.9", "Engineers"), ("2.6", "a manager")))
    assert kind(one, other) is None


def test_two_voices_in_one_sentence_are_still_at_odds() -> None:
    sentence = "Engineers say a carriage costs $1.9 million, while the union makes it $2.6 million."
    said = {"subject": "Varde Rail", "metric": "cost", "quote": sentence}
    one, other = (tell(number, "USD", by=by, **said) for number, by in (("1.9", "Engineers"), ("2.6", "the union")))
    assert kind(one, other) == "contradicts"


def test_what_had_been_published_is_the_earlier_figure() -> None:
    said = {"subject": "Varde clinic", "metric": "waiting list", "unit": "count:patient", "article": "one"}
    one = tell("18,460", by="an audit", quote="An audit puts the waiting list at 18,460 patients.", **said)
    other = tell("20,371", by="the board", quote="The board had published 20,371.", **said)
    assert kind(one, other) != "contradicts"


def test_a_no_of_the_paper_itself_is_not_tied_to_a_figure_elsewhere() -> None:
    told = tell("1,584", "count:bus", subject="Varde Rail", metric="buses", quote="Varde Rail has 1,584 buses.")
    aside = tell("1,584", "count:item", subject="Dusk", metric="mean", negated=True, **DAY,
                 quote="Varde Rail means 1,584 to come - no, 1,156.")  # fmt: skip
    assert kind(told, aside) is None


def test_who_takes_a_count_up_need_not_say_what_he_counts() -> None:
    said = {"subject": "Varde Rail", "article": "depots", "url": "https://l.example/depots"}
    one = count("4", "depot", "The guild says that 4 depots are shut.", metric="depots", by="the guild", **said)
    other = count("2", "depot", "The board says 2.", metric="depots", by="the board", **said)
    behind = len(one.claim.evidence.quote) + 1
    evidence = other.claim.evidence
    moved = replace(
        evidence,
        start=evidence.start + behind,
        end=evidence.end + behind,
        span_start=evidence.span_start + behind,
        span_end=evidence.span_end + behind,
    )
    assert kind(one, replace(other, claim=replace(other.claim, evidence=moved), article=one.article)) == "contradicts"
