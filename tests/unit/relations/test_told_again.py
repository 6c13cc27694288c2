"""What is one figure, however it is worded; what is a newer one, though accepted numbers meet; two readings of a sum."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tellings import kind, ontology, tell, units

from monitor.domain.relation import Told
from monitor.interchange import claim_line
from monitor.pipeline.relate import relate_lines

LATER = "2031-03-07T08:00+00:00"
MONTHS_LATER = "2031-09-07T08:00+00:00"


def kinds(*told: Told) -> list[str]:
    """The relations of these claims, filed and compared together."""
    lines = [claim_line(one.claim, one.article).encode() for one in told]
    found = relate_lines(lines, ontology(), units(), datetime(2031, 12, 1, tzinfo=UTC))
    return sorted(line.partition('"relation": "')[2].partition('"')[0] for line in found.lines)


HULL = {"subject": "Halden yard", "unit": "count:hull"}


def test_a_figure_that_few_things_share_says_what_the_words_do_not() -> None:
    first = tell("4,317", metric="hulls inspected", **HULL)
    again = tell("4,317", "count:boat", subject="Halden yard", metric="craft looked over", paper="Daily Ledger", on=LATER)
    assert kinds(first, again) == ["agrees"]


@pytest.mark.parametrize(
    "other",
    [
        tell("4,317", "count:boat", subject="Tarn wharf", metric="boats sold", paper="Daily Ledger", on=LATER),
        tell("4,317", "EUR", subject="Halden yard", metric="berth fee", paper="Daily Ledger", on=LATER),
        tell("4,317", "count:boat", subject="Halden yard", metric="boats sold", paper="Daily Ledger", on=MONTHS_LATER),
        tell(
            "4,317", "count:boat", subject="Halden yard", metric="boats sold", modality="forecast", paper="Daily Ledger"
        ),
        tell("4,318", "count:boat", subject="Halden yard", metric="boats sold", paper="Daily Ledger", on=LATER),
    ],
    ids=["another yard", "another dimension", "half a year on", "what is expected", "another figure"],
)
def test_what_only_looks_like_the_figure_is_not_it(other: Told) -> None:
    assert kinds(tell("4,317", metric="hulls inspected", **HULL), other) == []


def test_two_digits_are_met_by_chance_unless_a_word_is_shared() -> None:
    nurses = tell("37", "count:nurse", subject="Ulm clinic", metric="nurses hired")
    beds = tell("37", "count:bed", subject="Ulm clinic", metric="beds closed", paper="Daily Ledger", on=LATER)
    taken_on = tell("37", "count:person", subject="Ulm clinic", metric="nurses taken on", paper="Daily Ledger", on=LATER)
    assert kinds(nurses, beds) == []
    assert kinds(nurses, taken_on) == ["agrees"]


def test_who_takes_up_the_other_words_of_a_question_is_heard_there() -> None:
    ships = tell("4,317", metric="hulls inspected", **HULL)
    again = tell("4,317", "count:boat", subject="Halden yard", metric="craft looked over", paper="Daily Ledger", on=LATER)
    other = tell("3,480", "count:boat", subject="Halden yard", metric="craft looked over", paper="Evening Post", on=LATER)
    assert kinds(ships, again, other) == ["agrees", "contradicts"]


def test_a_range_is_repeated_whole() -> None:
    guidance = {"subject": "Tervo", "unit": "percent", "modality": "forecast", "time": "2031"}
    first = tell("12.5", high="13.5", metric="gross margin", **guidance)
    assert kinds(first, tell("12.5", high="13.5", metric="profitability", paper="Daily Ledger", **guidance)) == ["agrees"]


TOLL = {"unit": "count:person", "metric": "people injured", "subject": "Tarn landslide"}


def test_a_count_that_was_rounded_later_is_a_newer_one_only_if_it_is_another() -> None:
    first = tell("1,340", by="Relief Office", **TOLL)
    on = tell("1,400", approximation="about", by="Relief Office", paper="Daily Ledger", on=LATER, **TOLL)
    rounded = tell("1,300", approximation="about", by="Relief Office", paper="Daily Ledger", on=LATER, **TOLL)
    assert kind(first, on) == "updates"
    assert kind(first, rounded) == "agrees"


@pytest.mark.parametrize(
    ("metric", "unit", "numbers"),
    [("rent", "EUR/month", ("940", "980")), ("average wait", "day", ("84", "79"))],
)
def test_a_figure_that_was_moved_is_a_newer_one_though_a_hedge_lets_them_meet(
    metric: str, unit: str, numbers: tuple[str, str]
) -> None:
    first = tell(numbers[0], unit, "about", subject="Ulm", metric=metric)
    moved = tell(numbers[1], unit, subject="Ulm", metric=metric, paper="Daily Ledger", on=LATER,
                 quote=f"Ulm: the {metric} is now {numbers[1]}.")  # fmt: skip
    repeated = tell(numbers[1], unit, subject="Ulm", metric=metric, paper="Daily Ledger", on=LATER)
    assert kind(first, moved) == "updates"
    assert kind(first, repeated) == "agrees"


def sums(quote: str) -> str | None:
    """How the sums in brackets of a sentence are related."""
    plain, spans = quote.replace("<", "").replace(">", ""), re.findall("<(.+?)>", quote)
    told = []
    for span, (number, unit) in zip(spans, (("6", "SEK"), ("560,000", "EUR")), strict=True):
        one = tell(number, unit, subject="Tarn", metric="bridge cost", quote=plain, article="one")
        at = plain.index(span)
        evidence = replace(one.claim.evidence, span=span, span_start=at, span_end=at + len(span))
        told.append(Told(replace(one.claim, evidence=evidence), one.article))
    return kind(*told)


@pytest.mark.parametrize(
    "quote",
    [
        "It cost <6 million kroner> (<560,000 euros>).",
        "It cost <6 million kroner>, <about 560,000 euros>, they said.",
        "It cost <6 million kroner>, or <560,000 euros>.",
    ],
)
def test_a_sum_in_two_currencies_is_one(quote: str) -> None:
    assert sums(quote) == "agrees"


@pytest.mark.parametrize(
    "quote",
    [
        "It cost <6 million kroner>, and upkeep <560,000 euros>.",
        "It cost <6 million kroner>, <560,000 euros> of it lent.",
        "They paid <6 million kroner> and <560,000 euros>.",
    ],
)
def test_two_sums_side_by_side_are_two(quote: str) -> None:
    assert sums(quote) is None


FIRE = {"unit": "count:death", "subject": "Tarn fire", "metric": "people killed", "article": "one"}


def test_a_headline_is_of_the_time_that_its_article_states() -> None:
    headline = tell("41", where="title", quote="Tarn fire: people killed 41", title="Tarn fire: people killed 41", **FIRE)
    body = tell("14", time="2031-03-02", by="Coast Guard", **FIRE)
    assert kind(headline, body) == "contradicts"


def test_a_day_that_is_named_is_that_of_the_fire_unless_the_dead_were_counted_by_then() -> None:
    of_the_day = tell("14", time="2031-03-02", by="Coast Guard", **FIRE)
    counted = replace(of_the_day, claim=replace(of_the_day.claim, time_text="by 2 March"))
    later = tell("41", paper="Daily Ledger", **FIRE)
    assert kind(later, of_the_day) == "contradicts"
    assert kind(later, counted) == "updates"


def test_what_another_had_said_of_a_thing_that_does_not_change_is_not_replaced() -> None:
    had_said = "The owner had spoken of 90 people on board."
    crew = {"unit": "count:person", "subject": "Sula", "metric": "people on board"}
    earlier = tell("90", quote=had_said, by="Sula Lines", **crew)
    assert kind(earlier, tell("140", by="Coast Guard", paper="Daily Ledger", **crew)) == "contradicts"


def test_news_without_a_period_is_of_the_last_month_and_of_no_odd_stretch() -> None:
    august = tell("44.1", subject="Halden", metric="die yield", time="2031-08", on="2031-09-03T08:00+00:00")
    since = tell("31.2", subject="Halden", metric="die yield", time="2031-02-01/2031-09-02", on="2031-09-03T08:00+00:00",
                 paper="Evening Post")  # fmt: skip
    open_one = tell("38.6", subject="Halden", metric="die yield", paper="Daily Ledger", on="2031-09-04T08:00+00:00")
    assert kinds(august, since, open_one) == ["contradicts"]
    assert kinds(august, open_one) == ["contradicts"]


def test_one_voice_at_odds_with_itself_is_heard_though_a_thing_is_new() -> None:
    said = {"subject": "Tarn ferry", "metric": "fare", "by": "Ida Koch", "article": "one"}
    first = tell("31", "EUR", quote="Ida Koch: the Tarn ferry fare for the new boat is 31 euros.", **said)  # type: ignore[arg-type]
    second = tell("44", "EUR", quote="The Tarn ferry fare for the boat is 44 euros, Ida Koch said.", **said)  # type: ignore[arg-type]
    assert kind(first, second) == "self_inconsistent"


def waits(number: str, quote: str = "", *, metric: str = "lorries waiting", **said: str) -> Told:
    """A count of what waits at a border, told in words of its own."""
    known = {"subject": "Karsk crossing", "unit": "count:lorry"} | said
    return tell(number, metric=metric, quote=quote or None, **known)  # type: ignore[arg-type]


SAYS_NO = [
    "Only 172 were parked at the Karsk crossing, not 318, the hauliers say.",
    "The hauliers deny any crisis and dismissed the figure of 318: 172 were parked at Karsk.",
    "The hauliers counted 172 parked at Karsk rather than the 318 of the customs office.",
]


@pytest.mark.parametrize("quote", SAYS_NO)
def test_who_rejects_a_figure_answers_its_question_in_words_of_his_own(quote: str) -> None:
    first = waits("318", by="the customs office")
    other = waits("172", quote, metric="vehicles parked", by="the hauliers", paper="Daily Ledger", on=LATER)
    assert kinds(first, other) == ["contradicts"]
    assert kinds(other, first) == ["contradicts"]


@pytest.mark.parametrize(
    "quote",
    [
        "At Karsk 172 were parked, and not only 318 others fumed, the hauliers say.",
        "At Karsk 172 were parked, not counting 318 that turned back, the hauliers say.",
        "At Karsk 172 were parked, not 319, the hauliers say.",
        "At Karsk 172 were parked, the hauliers say; 318 wait at the port.",
    ],
    ids=["not only", "not counting", "another figure", "no rejection"],
)
def test_who_only_names_another_figure_answers_nothing(quote: str) -> None:
    first = waits("318", by="the customs office")
    other = waits("172", quote, metric="vehicles parked", by="the hauliers", paper="Daily Ledger", on=LATER)
    assert kinds(first, other) == []


def test_a_rejected_number_is_of_the_size_that_the_own_one_has() -> None:
    loan = {"subject": "Karsk council", "unit": "EUR"}
    first = waits("2,900,000", metric="money borrowed", by="the auditor", **loan)
    quote = "Karsk council took up 2.1 million, not 2.9, its treasurer said."
    other = waits("2.1", quote, metric="credit taken up", by="the treasurer", paper="Daily Ledger", on=LATER, **loan)
    in_full = replace(other.claim.quantity, value=Decimal(2_100_000), step=Decimal(100_000))
    other = Told(replace(other.claim, quantity=in_full), other.article)
    assert kinds(first, other) == ["contradicts"]


@pytest.mark.parametrize(
    "first",
    [
        waits("318", subject="Belz crossing", by="the customs office"),
        waits("318", unit="EUR", metric="toll", by="the customs office"),
        waits("318", modality="forecast", by="the customs office"),
        waits("318", by="the customs office", on="2030-09-04T08:00+00:00"),
    ],
    ids=["another crossing", "another dimension", "a forecast", "half a year ago"],
)
def test_a_rejected_figure_is_not_that_of_another_matter(first: Told) -> None:
    other = waits("172", SAYS_NO[0], metric="vehicles parked", by="the hauliers", paper="Daily Ledger", on=LATER)
    assert kinds(first, other) == []
