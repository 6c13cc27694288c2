"""Shares against counts: compared where a sentence says of how many, and nowhere else."""

import pytest
from tellings import ontology, question_of, related, tell, units

from monitor.domain.base import base_of, is_whole
from monitor.domain.relation import Told
from monitor.relations.judge import judge_all

MILL = {"subject": "Orla mill", "title": "Orla mill stands still"}
THIRD = "A third of the looms at Orla mill are idle."
HALF = "Some 52 percent of the looms at Orla mill are idle."
PART = "At Orla mill 38 of its 120 looms are idle."
COUNT = "At Orla mill 61 looms are idle."


def share(number: str, quote: str, paper: str = "Weaver") -> Told:
    return tell(number, metric="share of looms idle", quote=quote, paper=paper, by="the union", **MILL)


def count(number: str, quote: str, paper: str = "Mill Post") -> Told:
    return tell(number, "count:loom", metric="looms idle", quote=quote, paper=paper, by="the owners", **MILL)


@pytest.mark.parametrize(
    ("number", "quote", "base"),
    [
        ("38", PART, "120"),
        ("38", "Of the 120 looms, 38 are idle.", "120"),
        ("38", "Out of a total of 1,200 looms at the mill, 38 are idle.", "1,200"),
        ("38", "It found 38 looms idle.", None),
        ("38", "Of more than 120 looms, 38 are idle.", None),
        ("38", "Of the 120 looms in 3 halls, 38 are idle.", None),
        ("38", "It sold 38 of 2024 looms.", None),
        ("130", "It has 130 of the 120 looms.", None),
    ],
)
def test_the_base_of_a_figure_is_a_plain_number_in_its_sentence(number: str, quote: str, base: str | None) -> None:
    found = base_of(count(number, quote).claim, ontology())
    assert (found.text if found else None) == base


def test_a_count_of_a_stated_whole_is_compared_with_a_share_and_the_reason_divides() -> None:
    agreed, refuted = related(count("38", PART), share("33", THIRD)), related(count("38", PART), share("52", HALF))
    assert agreed is not None
    assert refuted is not None
    assert (agreed.kind, refuted.kind) == ("agrees", "contradicts")
    assert "38 of 120 is 31.7 percent" in refuted.reason


def test_a_share_of_a_stated_whole_is_compared_with_a_plain_count() -> None:
    stated = share("52", "At Orla mill 52 percent of the 120 looms are idle.")
    agreed, refuted = related(stated, count("61", COUNT)), related(stated, count("21", "At Orla mill 21 looms are idle."))
    assert agreed is not None
    assert refuted is not None
    assert (agreed.kind, refuted.kind) == ("agrees", "contradicts")
    assert "61 of 120 is 50.8 percent" in agreed.reason


def test_without_a_stated_whole_a_share_and_a_count_are_two_questions() -> None:
    assert len(question_of(share("33", THIRD), count("61", COUNT))[1]) == 2


def test_on_one_question_a_share_and_a_count_without_a_whole_are_not_compared() -> None:

    told = [count("38", PART), share("33", THIRD), count("61", COUNT, "Loom News")]
    question, made = question_of(*told)
    assert len(made) == 1
    pairs = {frozenset((one.a, one.b)) for one in judge_all(told, question, units(), ontology())}
    assert frozenset((told[1].claim.id, told[2].claim.id)) not in pairs


def test_the_whole_is_no_rival_of_a_part() -> None:
    whole = tell("120", "count:loom", metric="looms", quote=PART, paper="Weaver", by="the union", **MILL)
    other = tell("61", "count:loom", metric="looms", quote=COUNT, paper="Mill Post", by="the owners", **MILL)
    assert is_whole(whole.claim, ontology())
    assert not is_whole(other.claim, ontology())
    assert related(whole, other) is None
