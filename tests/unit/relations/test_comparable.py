"""How likely two figures answer one question, by how their sentences read."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import ontology, tell, units

from monitor.domain.period import Period
from monitor.domain.quantity import Direction
from monitor.errors import AssetsWrong
from monitor.relations.comparable import LEAST, MOST, Comparable, Mention, Stamp, mention_of, seen_of, way_of

WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "weights" / "comparable"
COMPARABLE = Comparable.read(WEIGHTS / "weights.toml")


def mention(sentence: str, figure: str, dimension: str = "count", *, size: float | None = 100, **rest: object) -> Mention:
    """A figure in its sentence, under a heading that says nothing."""
    start = sentence.index(figure)
    given = {"heading": "Harbour Weekly", "unit": dimension} | rest
    end = start + len(figure)
    return Mention(sentence=sentence, start=start, end=end, dimension=dimension, ontology=ontology(), size=size, **given)  # type: ignore[arg-type]


FERRY = mention("The ferry carried 310 passengers on each crossing.", "310 passengers", size=310)
SAME = mention("On each crossing the ferry carried 290 passengers.", "290 passengers", size=290)
CREW = mention("The ferry has a crew of 24 sailors.", "24 sailors", size=24)


def test_a_figure_of_the_same_thing_is_likelier_than_one_of_another() -> None:
    assert COMPARABLE.of(FERRY, SAME) > 0.5 > COMPARABLE.of(FERRY, CREW)


@pytest.mark.parametrize(("sentence", "figure"), [
    ("As of 6 May the petition had 48,000 signatures.", "48,000 signatures"),
    ("As of 6 May the reservoir held 48,000 tonnes.", "48,000 tonnes"),
])  # fmt: skip
def test_a_figure_of_another_day_is_unlikely_to_answer_the_question(sentence: str, figure: str) -> None:
    may, june = Period.parse("2031-05-06"), Period.parse("2031-08-20")
    one = mention(sentence, figure, times=(Stamp(may),))
    again = mention(sentence, figure, times=(Stamp(may),))
    later = mention(sentence.replace("6 May", "20 August"), figure, times=(Stamp(june),))
    before = mention(sentence.replace("As of", "Before"), figure, times=(Stamp(may, -1),))
    assert COMPARABLE.of(one, again) > 0.5 > COMPARABLE.of(one, later)
    assert COMPARABLE.of(one, again) > 0.5 > COMPARABLE.of(one, before)


def test_a_time_within_another_is_one_with_it() -> None:
    year, day = (mention("It rained.", "rained", times=(Stamp(Period.parse(one)),)) for one in ("2031", "2031-05-06"))
    assert seen_of(year, day)["a time shared"] == 1
    assert seen_of(year, day)["other times"] == 0


def test_figures_of_two_dimensions_never_answer_one_question() -> None:
    assert COMPARABLE.of(FERRY, mention("The ferry carried 310 tonnes.", "310 tonnes", "mass")) == 0


def test_the_order_does_not_matter_and_certainty_is_never_reached() -> None:
    assert COMPARABLE.of(FERRY, CREW) == COMPARABLE.of(CREW, FERRY)
    assert Comparable(40.0, {}).of(FERRY, SAME) == MOST
    assert Comparable(-40.0, {}).of(FERRY, SAME) == LEAST


@given(st.sampled_from([FERRY, SAME, CREW]), st.text(max_size=40), st.floats(1e-300, 1e300))
def test_what_is_seen_is_the_same_both_ways_whatever_the_text(one: Mention, text: str, size: float) -> None:
    other = Mention(text, text, 0, len(text), "count", "count:item", ontology(), size)
    assert seen_of(one, other) == seen_of(other, one)


def test_words_that_share_a_root_are_one_and_words_of_the_heading_say_nothing() -> None:
    one = mention("The reactor was released for 40 years.", "40 years", "time")
    assert one.words & mention("A release for 50 years.", "50 years", "time").words == {"releas"}
    sold = mention("Halden sold 40 cows.", "40 cows", heading="Halden")
    told = seen_of(sold, mention("Halden bought 9 cows.", "9 cows"))
    assert told["words shared"] == 0


def test_a_rise_against_a_level_and_against_a_fall() -> None:
    up, down = (mention("It moved by 9 percent.", "9 percent", "share", direction=one) for one in Direction)
    level = mention("It stands at 9 percent.", "9 percent", "share")
    assert seen_of(up, down)["opposite changes"] == 1
    assert seen_of(up, level)["one is a change"] == 1
    assert seen_of(level, level)["one is a change"] == 0


def test_a_claim_stands_in_its_sentence_with_its_time_subject_and_metric() -> None:
    quote = "Before May the mill used 40 tonnes of salt."
    told = tell("40", "tonne", subject="Orsel Mill", metric="salt used", quote=quote, time="2031-04")
    made = mention_of(told, units(), ontology())
    assert made.sentence[made.start : made.end] == told.claim.evidence.span
    assert (made.dimension, made.size, made.subject, made.metric) == ("mass", 40, "Orsel Mill", "salt used")
    assert seen_of(made, made)["metrics"] == 1


def test_words_ahead_of_a_time_say_before_or_after() -> None:
    assert [way_of(word, ontology()) for word in ("before", "after", "in")] == [-1, 1, 0]


def test_the_card_is_that_of_the_weights() -> None:
    named = re.search(r"`([0-9a-f]{64})`", (WEIGHTS / "card.md").read_text(encoding="utf-8"))
    assert named is not None
    assert named[1] == hashlib.sha256((WEIGHTS / "weights.toml").read_bytes()).hexdigest()


def test_weights_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    (tmp_path / "weights.toml").write_text("base = 'much'", encoding="utf-8")
    with pytest.raises(AssetsWrong):
        Comparable.read(tmp_path / "weights.toml")
