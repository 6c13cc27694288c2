"""Why two claims are what they are to each other: every test in order, and where it stopped."""

from dataclasses import replace
from pathlib import Path

from tellings import ontology, question_of, tell, units
from terminal import Terminal

from monitor.domain.relation import Told
from monitor.pipeline.explain import Tested, explain


def explained(a: Told, b: Told) -> list[Tested]:
    """The tests of two claims that are filed one after the other."""
    first, _ = question_of(a)
    second, _ = question_of(a, b)
    return explain(a, b, first, second, ontology(), units())


def test_a_contradiction_passes_every_test() -> None:
    october = {"time": "2030-10"}
    found = explained(tell("55", by="Ostrel", **october), tell("38", paper="Daily Ledger", by="Norland Bank", **october))
    assert [one.test for one in found] == ["question", "scope", "time", "figures", "voice", "wording", "verdict"]
    assert not any(one.ended for one in found)
    said = {one.test: one.found for one in found}
    assert "both for October 2030" in said["time"]
    assert "54.5 to 55.5 and 37.5 to 38.5 do not meet" in said["figures"]
    assert said["voice"] == "independent of each other"
    assert said["verdict"].startswith("contradicts")


def test_two_questions_end_it_at_once_with_the_reason() -> None:
    found = explained(tell("55", metric="gross margin"), tell("38", metric="market share", paper="Daily Ledger"))
    assert [(one.test, one.ended) for one in found] == [("question", True)]
    assert "one measures market share, the other gross margin" in found[0].found


def test_what_is_only_supposed_is_compared_with_nothing() -> None:
    found = explained(tell("55"), tell("38", modality="hypothetical", paper="Daily Ledger"))
    assert (found[-1].test, found[-1].ended) == ("scope", True)
    assert "supposed" in found[-1].found


def test_a_doubt_is_told_in_words() -> None:
    quote = "It was 38, though in Halden nobody counts."
    found = explained(tell("55", by="Ostrel"), tell("38", by="Norland Bank", paper="Daily Ledger", quote=quote))
    wording = next(one.found for one in found if one.test == "wording")
    assert "the sentence of 38 has no word of yield" in wording
    assert "a pronoun stands for" in wording


def test_one_voice_is_told_as_one() -> None:
    one, other = tell("55", by="Ostrel"), tell("55", by="Ostrel", paper="Daily Ledger")
    newer = Told(other.claim, replace(other.article, publisher="Ostrel News"))
    assert "they rest on one asserter" in next(test.found for test in explained(one, newer) if test.test == "voice")


def test_a_claim_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    said = Terminal(tmp_path / "here")("explain", "clm-a", "clm-b")
    assert said.code == 1
    assert "No claim clm-a to explain" in said.err
