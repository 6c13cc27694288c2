"""How much a claim is worth a reader's attention, and what says so."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tellings import tell

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.relation import Told
from monitor.domain.trace import FIELDS, Trace
from monitor.nlp.worth import Around, Worth, WorthCues, known_of

MODELS = Path(__file__).resolve().parents[3] / "models"
WORTH = Worth.read(MODELS)
CUES = WorthCues.read(MODELS / "cues" / "en" / "worth.toml")


def known(told: Told, *others: Claim) -> dict[str, float]:
    return known_of(told.claim, Around.of(told.article, [told.claim, *others], CUES), CUES)


def sorts(quote: str, span: str, unit: str = "count:thing") -> set[str]:
    found = known(tell(span, unit, quote=quote))
    return {sort for sort in CUES.near if found[sort]}


@pytest.mark.parametrize(
    ("quote", "span", "sort"),
    [
        ("The survey of 1200 nurses was done by post.", "1200", "measured"),
        ("Divers took samples at 14 wrecks.", "14", "measured"),
        ("Karvo Lines, which employs 310 sailors, lost the suit.", "310", "background"),
        ("The valley, home to 900 shepherds, was cut off.", "900", "background"),
        ("I keep 30 hens myself.", "30", "own"),
        ("It cost me 40 nights of sleep.", "40", "own"),
        ("The wreck lies 60 metres below sea level.", "60", "extent"),
        ("The village is 8 kilometres south of the pass.", "8", "extent"),
        ("The next hearing is in 9 days.", "9", "coming"),
        ("Tickets for the 70 seats are sold until noon.", "70", "coming"),
        ("The old bridge carried 200 lorries.", "200", "past"),
        ("Previously 15 judges sat there.", "15", "past"),
    ],
)
def test_words_near_a_figure_tell_what_it_is_told_for(quote: str, span: str, sort: str) -> None:
    assert sort in sorts(quote, span)


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("The flood killed 40 villagers.", "40"),
        ("Surveyors' fees rose by 300 crowns.", "300"),  # no survey
        ("The youngest of 20 sailors fell ill.", "20"),  # no "you"
        ("The US shipped 20 guns to a mine.", "20"),
    ],
)
def test_words_that_only_begin_alike_are_none(quote: str, span: str) -> None:
    assert sorts(quote, span) == set()


def test_words_far_from_the_figure_are_not_heard() -> None:
    far = "The survey came late and, as everybody who saw that cold winter by the sea will know, its price was 40 crowns."
    assert "measured" not in sorts(far, "40")


def test_boilerplate_at_the_end_is_background() -> None:
    body = "Orsel Mill sold 40 tonnes of rye on Monday, more than in any week of the year, the harbour said.\n\n"
    end = "About Orsel Mill\nIt grinds 700 tonnes in each of its halls."
    told = tell("700", "tonne", quote=end)
    at = (body + end).index("700")
    evidence = replace(told.claim.evidence, start=len(body), span_start=at, span_end=at + 3, end=len(body + end))
    told = Told(replace(told.claim, evidence=evidence), replace(told.article, text=body + end))
    assert known(told)["background"] == 1
    first = tell("40", "tonne", quote=body.strip())
    first = Told(first.claim, replace(first.article, text=body + end))
    assert known(first)["background"] == 0


def test_a_sentence_that_begins_with_about_is_no_boilerplate() -> None:
    text = (
        "Orsel Mill burned. Nobody knows why, they say.\n\nAbout 40 men saw it.\nAbout the cause, he said, 12 men argue."
    )
    for span in ("40", "12"):
        told = tell(span, "count:man", quote="x " + span)
        at = text.index(span)
        evidence = replace(told.claim.evidence, span_start=at, span_end=at + 2)
        assert known(Told(replace(told.claim, evidence=evidence), replace(told.article, text=text)))["background"] == 0


@pytest.mark.parametrize(
    ("time", "long_ago"),
    [("2031-02", 0), ("2030-03", 0), ("2030-01-29", 0), ("2029", 1), ("1992-12", 1), ("2033", 0), ("", 0)],
)
def test_a_time_more_than_a_year_before_is_long_ago(time: str, long_ago: int) -> None:
    assert known(tell("40", time=time, on="2031-03-04T08:00+00:00"))["long ago"] == long_ago


def test_what_is_known_lies_between_0_and_1() -> None:
    for number, unit in (("9" * 400, "count:star"), ("0", "percent"), (None, "")):
        assert all(0 <= value <= 1 for value in known(tell(number, unit)).values())


def test_the_title_counts_by_its_words() -> None:
    told = tell("40", subject="Orsel Mill", metric="output of rye", title="Rye output falls at Orsel Mill")
    assert known(told)["subject in title"] == 1
    assert known(told)["metric in title"] == 1
    assert known(tell("40", subject="Orsel Mill", title="A quiet week"))["subject in title"] == 0


def weighed(*told: Told) -> dict[str, float | None]:
    article: Article = told[0].article
    claims = tuple(one.claim for one in told)
    return {one.evidence.span: one.worth for one in WORTH.weighed(Reading(article.id, claims, ()), article).claims}


def test_the_toll_is_worth_more_than_how_many_live_there() -> None:
    toll = tell(
        "41", "count:person", subject="Vardal", metric="deaths", quote="The quake killed 41 people.", title="Vardal quake"
    )
    town = tell("12,000", "count:person", subject="Vardal", metric="population", quote="It is a town of 12,000 people.")
    found = weighed(toll, town)
    assert (found["41"] or 0) > (found["12,000"] or 0)


def test_a_forecast_is_worth_more_than_the_size_of_its_sample() -> None:
    share = tell("52", time="2031-04", modality="forecast", quote="Turnout in April will be 52 percent.")
    sample = tell("900", "count:voter", quote="They asked 900 voters in a survey.", metric="voters asked")
    found = weighed(share, sample)
    assert (found["52"] or 0) > (found["900"] or 0)


def test_what_others_say_of_a_claim_plays_no_part() -> None:
    told = tell("40", quote="It was 40 percent.")
    assert weighed(told) == weighed(Told(replace(told.claim, question_id="q-1", confidence=0.1), told.article))


def test_a_trace_says_what_lowers_and_what_raises_it() -> None:
    told = tell("900", "count:voter", quote="They asked 900 voters in a survey.", metric="voters asked")
    ways = tuple(Trace(field, "number") for field in FIELDS[:-1])
    [traces] = WORTH.weighed(Reading(told.article.id, (told.claim,), (), (ways,)), told.article).traces
    assert tuple(trace.field for trace in traces) == FIELDS
    assert "less: words of how it was found out" in traces[-1].why
    assert traces[-1].cue == "asked"
    assert traces[-1].start == told.claim.evidence.quote.index("asked")


def test_every_weight_has_words_for_it() -> None:
    for name in WORTH.weighing.weights:
        for way in ("more", "less"):
            assert Trace("worth", f"{way} {name.partition('=')[0]}").why


def test_the_card_is_that_of_the_weights() -> None:
    folder = MODELS / "weights" / "worth"
    named = re.search(r"`([0-9a-f]{64})`", (folder / "card.md").read_text(encoding="utf-8"))
    assert named is not None
    assert named[1] == hashlib.sha256((folder / "weights.toml").read_bytes()).hexdigest()
