"""Who only says what figure another gives, leaves open what was said before: it is of what its article speaks of."""

from dataclasses import replace

import pytest
from tellings import kind, ontology, related, tell, units

from monitor.domain.evidence import Where
from monitor.domain.period import Period
from monitor.domain.relation import Told
from monitor.domain.topic import claim_topic
from monitor.relations.wording import compare_wording

TEXT = (
    "Of the 940 tents that came to Belz in May, just 318 stood by Thursday, the Red Crescent says. The army speaks of "
    "530. Nurses from the coast have joined the camp, and a bakery opened on Friday. The town hall still says 610."
)
DAY = {"subject": "Belz", "metric": "tents put up", "paper": "Silicon Gazette", "article": "tents"}


def told(number: str, by: str, *, time: str = "", time_text: str = "", text: str = TEXT, **said: object) -> Told:
    """A figure at its place in the one article."""
    one = tell(number, "count:tent", by=by, **{**DAY, **said})  # type: ignore[arg-type]
    at = text.index(number)
    start = max(text.rfind(". ", 0, at) + 2, 0) if ". " in text[:at] else 0
    end = text.find(".", at) + 1
    evidence = replace(one.claim.evidence, quote=text[start:end], start=start, end=end, span=number,
                       span_start=at, span_end=at + len(number), where=Where.BODY)  # fmt: skip
    when = Period.parse(time) if time else one.claim.time
    claim = replace(one.claim, evidence=evidence, time=when, time_text=time_text)
    return Told(claim, replace(one.article, title="Tents for Lower Meadow at Belz", text=text))


STOOD = told("318", "the Red Crescent", time="2031-03-03", time_text="by Thursday")


def test_a_figure_that_takes_up_another_is_of_its_time() -> None:
    army = told("530", "the army", time="2031-03", time_text="in March")
    assert kind(STOOD, army) == "contradicts"


def test_a_figure_with_a_time_of_its_own_is_of_that() -> None:
    later = TEXT.replace("The army speaks of 530", "On Friday the army spoke of 530")
    army = told("530", "the army", time="2031-03-04", time_text="On Friday", text=later)
    assert (
        kind(told("318", "the Red Crescent", time="2031-03-03", time_text="by Thursday", text=later), army) == "updates"
    )


def test_what_stands_further_up_is_not_what_the_next_sentence_takes_up() -> None:
    came = told("940", "the Red Crescent", metric="tents put up")
    assert kind(came, told("530", "the army")) is None


@pytest.mark.parametrize("voice", ["the town hall", "the Red Crescent"])
def test_a_short_answer_leaves_open_only_what_its_article_has_said(voice: str) -> None:
    named = told("940", "the Red Crescent", scope={"location": "Lower Meadow"})
    named = Told(replace(named.claim, evidence=replace(named.claim.evidence, where=Where.TITLE)), named.article)
    answer = told("610", voice)
    assert kind(named, answer) == ("contradicts" if voice == "the town hall" else None)


def test_a_sentence_that_says_more_is_of_what_it_says() -> None:
    named = told("940", "the Red Crescent", scope={"location": "Lower Meadow"})
    more = TEXT.replace("The town hall still says 610", "Along the river dike the town hall lists 610 with blue covers")
    assert kind(named, told("610", "the town hall", text=more)) is None


@pytest.mark.parametrize(
    "quote",
    [
        "Belz had 318 tents put up, having earlier spoken of 90.",
        "The camp at Belz holds 318; it had earlier given 90 tents put up.",
    ],
)
def test_what_a_voice_had_said_earlier_was_replaced(quote: str) -> None:
    now = tell("318", "count:tent", subject="Belz", metric="tents put up", by="the army", quote=quote)
    before = tell("90", "count:tent", subject="Belz", metric="tents put up", by="the army", quote=quote)
    assert kind(now, before) == "updates"


def test_what_was_once_expected_is_an_earlier_forecast() -> None:
    date = {"unit": "date", "subject": "Belz tunnel", "metric": "opening date", "modality": "planned"}
    now = tell("2034-05", quote="The Belz tunnel will open in 2034-05, slides say.", by="slides", **date)  # type: ignore[arg-type]
    old = tell(
        "2031-12",
        quote="Voters were told to expect the opening of the Belz tunnel in 2031-12.",
        paper="Daily Ledger",
        **date,
    )  # type: ignore[arg-type]
    assert kind(now, old) == "updates"


LAKE = {"subject": "Lake Orrin", "metric": "depth", "unit": "metre"}


@pytest.mark.parametrize(
    "quote",
    [
        "Divers measured a depth of 61 metres in Lake Orrin, almost twice as much as they thought at first.",
        "Lake Orrin has a depth of 61 metres, far more than first reported.",
    ],
)
def test_a_figure_that_is_another_than_at_first_thought_replaces_that(quote: str) -> None:
    first = tell("34", by="the survey office", **LAKE)  # type: ignore[arg-type]
    now = tell("61", by="the divers", quote=quote, paper="Daily Ledger", on="2031-03-07T08:00+00:00", **LAKE)  # type: ignore[arg-type]
    assert kind(first, now) == "updates"


def test_a_first_thought_does_not_replace_a_later_figure() -> None:
    later = tell("34", by="the survey office", on="2031-03-07T08:00+00:00", paper="Daily Ledger", **LAKE)  # type: ignore[arg-type]
    quote = "Divers measured a depth of 61 metres in Lake Orrin, far more than first reported."
    assert kind(tell("61", by="the divers", quote=quote, **LAKE), later) == "contradicts"  # type: ignore[arg-type]


def test_who_says_that_another_counts_other_things_leaves_two_figures() -> None:
    known = {"subject": "Halden line", "metric": "share of trains late", "unit": "percent"}
    one = tell("23", by="the passengers", quote="The share of trains late on the Halden line is 23.", **known)  # type: ignore[arg-type]
    plain = "The share of trains late on the Halden line is 14, it says."
    counting = "The share of trains late on the Halden line is 14, it says, but it is counting trams as well."
    two = [tell("14", by="the operator", quote=quote, paper="Daily Ledger", **known) for quote in (plain, counting)]  # type: ignore[arg-type]
    assert [kind(one, other) for other in two] == ["contradicts", None]


POLL = (
    "Who will run the port of Belz? Canvass has Mara Olt on 47 percent and Jon Reth on 31. By the union's count Olt has "
    "47 percent too and Reth 38. Voting is on Sunday."
)


def test_an_article_that_words_both_alike_need_not_name_the_metric() -> None:
    said = {"subject": "Reth", "metric": "poll rating", "confidence": 0.3, "text": POLL}
    one, other = (told(number, by, **said) for number, by in (("31", "Canvass"), ("38", "the union")))  # type: ignore[arg-type]
    in_percent = [
        Told(replace(each.claim, quantity=replace(each.claim.quantity, unit="percent")), each.article)
        for each in (one, other)
    ]
    assert related(*in_percent).kind == "contradicts"  # type: ignore[union-attr]
    assert compare_wording(*in_percent, claim_topic(in_percent[0].claim, ontology(), units()), ontology()).score == 1
