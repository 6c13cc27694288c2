"""Which claims their publisher has put right since, by which claim, and what comes of their status."""

from dataclasses import replace

from tellings import ontology, question_of, tell, units

from monitor.domain.claim import ClaimStatus
from monitor.domain.relation import Told
from monitor.relations.corrections import as_corrected, corrections
from monitor.relations.judge import judge_all

PAGE = "https://silicon-gazette.example/yield"


def told(number: str, version: int, note: str = "", *, is_latest: bool = True, **said: str) -> Told:
    """The claim of one version of a page; `note`: a paragraph below it."""
    one = tell(number, url=said.pop("url", PAGE), version=version, on=f"2031-03-{3 + version:02}T08:00+00:00", **said)  # type: ignore[arg-type]
    return replace(one, article=replace(one.article, text=f"{one.article.text}\n\n{note}", is_latest=is_latest))


def right(*claims: Told) -> dict[str, str]:
    question, _ = question_of(*claims)
    return corrections(claims, judge_all(claims, question, units(), ontology()), ontology())


def test_the_figure_that_a_later_version_says_was_wrong_is_corrected_by_its_own() -> None:
    old, new = told("55", 1), told("38", 2, "An earlier version of this article gave 55 percent.")
    assert right(old, new) == right(new, old) == {old.claim.id: new.claim.id}


def test_a_correction_to_the_new_figure_need_not_say_what_stood_there() -> None:
    old, new = told("55", 1), told("38", 2, "Correction: the yield is 38 percent.")
    assert right(old, new) == {old.claim.id: new.claim.id}


def test_a_correction_of_something_else_corrects_no_figure() -> None:
    assert right(told("55", 1), told("38", 2, "Correction: the plant's head is Ana Torvald.")) == {}


def test_the_first_of_several_corrections_is_named_and_one_that_is_taken_back_corrects_nothing() -> None:
    note = "An earlier version of this article gave {} percent."
    first, second, third = told("55", 1), told("38", 2, note.format("55")), told("38", 3, note.format("55"))
    assert right(first, second, third) == {first.claim.id: second.claim.id}
    back = told("55", 3, note.format("38"))
    assert right(first, second, back) == {second.claim.id: back.claim.id}


def test_claims_stand_as_corrected_and_go_back_to_what_their_version_has() -> None:
    old, new = told("55", 1, is_latest=False), told("38", 2)
    [one, other] = as_corrected([old, new], {old.claim.id: new.claim.id})
    assert (one.claim.status, one.claim.corrected_by) == (ClaimStatus.CORRECTED, new.claim.id)
    assert other is new
    [again] = as_corrected([one], {})
    assert (again.claim.status, again.claim.corrected_by) == (ClaimStatus.SUPERSEDED, None)


def test_what_a_person_rejected_stays_rejected() -> None:
    old = told("55", 1, status="rejected")
    assert as_corrected([old], {old.claim.id: "clm-other"}) == [old]


def test_what_a_paper_names_as_its_own_slip_is_no_ones_figure() -> None:
    slip = told(
        "55", 2, url="https://silicon-gazette.example/other", quote="An earlier version of this article gave 55 percent."
    )
    rival = tell("38", paper="Daily Ledger")
    question, _ = question_of(slip, rival)
    assert judge_all([slip, rival], question, units(), ontology()) == []
