"""What the sentences themselves say of whether two claims are of one thing."""

from tellings import kind, ontology, question_of, tell, units

from monitor.domain.relation import Told
from monitor.domain.topic import claim_topic
from monitor.relations.judge import weigh
from monitor.relations.wording import Wording, compare_wording

OCTOBER = "2030-10"


def told(quote: str, number: str, paper: str = "Silicon Gazette", by: str | None = None, subject: str = "Ostrel") -> Told:
    return tell(number, quote=quote, metric="growth", subject=subject, time=OCTOBER, paper=paper, by=by)


def wording(one: Told, other: Told) -> Wording:
    return compare_wording(one, other, claim_topic(one.claim, ontology(), units()), ontology())


def test_sentences_that_name_two_places_are_doubted() -> None:
    north = told("In Norland growth at Ostrel was closer to 3 percent.", "3")
    south = told("At Ostrel growth in Sudria came to 19 percent.", "19", "Daily Ledger")
    found = wording(north, south)
    assert found.score < 0.8
    assert "one sentence names Norland, the other Sudria" in found.doubts


def test_voices_subject_and_dates_are_no_other_things() -> None:
    one = told("Ostrel grew 3 percent in October, Mira Lund said.", "3", by="Mira Lund")
    other = told("On Monday Ostrel said that it grew 7 percent.", "7", "Daily Ledger", by="Ostrel")
    assert wording(one, other).score == 1.0


def test_a_sentence_that_names_another_thing_than_its_subject_is_doubted() -> None:
    plain = told("Ostrel grew 3 percent.", "3")
    strayed = told("Growth in Sudria was 19 percent.", "19", "Daily Ledger", subject="Ostrel")
    assert wording(plain, strayed).score < 0.8


def test_two_places_in_one_article_make_no_conflict() -> None:
    north = tell(
        "3", quote="In Norland it grew 3 percent.", metric="growth", subject="Ostrel", article="x", by="Mira Lund"
    )
    south = tell("19", quote="In Sudria it grew 19 percent.", metric="growth", subject="Ostrel", article="x")
    assert kind(north, south) is None


def test_comparing_is_symmetric() -> None:
    one = told("In Norland growth at Ostrel was closer to 3 percent.", "3")
    other = told("Growth in Sudria was 19 percent.", "19", "Daily Ledger")
    there, back = wording(one, other), wording(other, one)
    assert (there.score, there.shared) == (back.score, back.shared)


def test_a_metric_that_stands_nowhere_in_the_sentence_is_doubted() -> None:
    said = tell("3", quote="Inflation in Norland was 3 percent.", metric="inflation", subject="Norland")
    borrowed = tell("9", quote="Norland has been stuck at 9 percent.", metric="inflation", subject="Norland")
    assert wording(said, borrowed).score < wording(said, said).score


def test_a_figure_beside_the_name_of_another_metric_is_doubted() -> None:
    dead = tell(
        "74", "count:death", metric="people killed", subject="Norland flood", quote="Norland flood kills 74 people."
    )
    hurt = tell("480", "count:death", metric="people killed", subject="Norland flood", paper="Daily Ledger",
                quote="In the Norland flood 480 were treated for an injury.")  # fmt: skip
    assert wording(dead, hurt).score < 0.7


def test_a_part_of_another_count_is_doubted() -> None:
    whole = tell("9", "count:member", metric="members", subject="Norland board", quote="The Norland board has 9 members.")
    part = tell("2", "count:member", metric="members", subject="Norland board", paper="Daily Ledger",
                quote="On the Norland board 2 of the members left.")  # fmt: skip
    assert wording(whole, part).score < 0.7


def test_sentences_on_two_crops_are_doubted() -> None:
    wheat = tell(
        "3.2", "tonne/hectare", metric="average yield", subject="Norland", quote="Wheat in Norland had a yield of 3.2."
    )
    barley = tell("5.1", "tonne/hectare", metric="average yield", subject="Norland", paper="Daily Ledger",
                  quote="Barley in Norland had a yield of 5.1.")  # fmt: skip
    assert wording(wheat, barley).score < 0.7


def test_a_pronoun_for_the_subject_is_doubted() -> None:
    named = tell("3", quote="Growth at Ostrel was 3 percent.", metric="growth", subject="Ostrel", time=OCTOBER)
    meant = tell(
        "9", quote="Its growth was 9 percent.", metric="growth", subject="Ostrel", paper="Daily Ledger", time=OCTOBER
    )
    assert wording(named, meant).score < wording(named, named).score


def test_who_put_a_claim_in_is_not_asked_whether_it_was_read_rightly() -> None:
    crack = {"subject": "Halden reactor", "metric": "length of the crack", "unit": "centimetre"}
    one = tell("40", quote="It runs for 40 centimetres.", by="Mira Lund", confidence=1.0, **crack)
    other = tell("11", quote="It is 11, said Tarn.", by="Tarn", paper="Daily Ledger", confidence=1.0, **crack)
    assert wording(one, other).score == 1.0
    part = tell(
        "11", "count:guard", quote="Of the dead 11 of them were guards.", subject="Tarn", metric="deaths", confidence=1.0
    )
    whole = tell("40", "count:death", subject="Tarn", metric="deaths", paper="Daily Ledger", confidence=1.0)
    assert wording(part, whole).score < 0.7


def test_what_was_expected_years_ago_is_hardly_set_against_what_is_said_now() -> None:
    then = told("When it was approved in 2019, growth at Ostrel was to be 3 percent.", "3")
    assert wording(then, told("Growth at Ostrel will be 9 percent.", "9", "Daily Ledger")).score < 0.6


def test_what_is_too_unsure_says_in_a_sentence_why_with_both_figures() -> None:
    one = tell("9", "count:guard", metric="guards", subject="Norland museum", quote="The Norland museum has 9 guards.")
    part = tell("2", "count:guard", metric="guards", subject="Norland museum", paper="Daily Ledger",
                quote="At the Norland museum 2 of the guards were hurt, one of them by his own dog.")  # fmt: skip
    question, _ = question_of(one, part)
    found = weigh(one, part, question, units(), ontology())
    assert isinstance(found, str)
    assert found.startswith("Norland museum, guards: ")
    assert "9 (Silicon Gazette)" in found
    assert "But they may not contradict each other: " in found
    assert "2 is told as a part of something" in found
    assert "contradicts" not in found


def test_doubts_name_the_words_that_raise_them() -> None:
    plain = told("Ostrel grew 3 percent.", "3")
    core = told("Ostrel grew 7 percent, stripping out fuel, after the slump of 1998.", "7", "Daily Ledger")
    doubts = wording(plain, core).doubts
    assert "only the sentence of 7 has “stripping out”" in doubts
    assert "only the sentence of 7 names 1998" in doubts


def test_who_denies_another_figure_is_named_with_it() -> None:
    denial = tell(
        "60", quote="Ostrel denied that its yield was 60 percent.", modality="denied", by="Ostrel", time=OCTOBER
    )
    other = tell("38", paper="Daily Ledger", time=OCTOBER)
    question, _ = question_of(denial, other)
    found = weigh(denial, other, question, units(), ontology())
    assert found == "the denial of 60 (Ostrel, via Silicon Gazette) is not of 38 (Daily Ledger)"
