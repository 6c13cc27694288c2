"""Which questions a claim's text may speak of: a quick test that nothing may fail which can answer them."""

from dataclasses import replace

import pytest
from tellings import ontology, question_of, tell, units

from monitor.domain.asked import Asked
from monitor.domain.question import Question
from monitor.questions import may_answer


def flood(place: str) -> Question:
    return question_of(tell("12", "count:person", subject=f"{place} flood", metric="people killed"))[0]


def asked(text: str, subject: str = "Corvale flood") -> Asked:
    return Asked(tell("9", "count:person", subject=subject, metric="people killed", title=text), ontology(), units())


@pytest.mark.parametrize("text", ["Tarn's river rose", "What the TARNS lost", "The O’Tarn and Tarn valleys"])
def test_a_text_that_names_the_place_may_speak_of_its_flood(text: str) -> None:
    assert asked(text).may_speak_of(flood("Tarn"))


def test_a_text_on_another_flood_is_ruled_out_by_its_words() -> None:
    other = asked("Corvale counts its dead")
    assert not other.may_speak_of(flood("Tarn"))
    assert not may_answer(other, flood("Tarn"))


def test_a_firm_need_not_be_named_with_what_it_does() -> None:
    question = question_of(tell("55", subject="Kestrel Airlines"))[0]
    assert Asked(tell("38", subject="Kestrel", paper="Daily Ledger"), ontology(), units()).may_speak_of(question)


def test_one_entity_may_go_by_two_names() -> None:
    question, told = question_of(tell("55", subject="Norland Rail"))[0], tell("38", subject="Tarn Lines", paper="Ledger")
    assert not Asked(told, ontology(), units()).may_speak_of(question)
    known = replace(told, claim=replace(told.claim, subject_id="ent-rail"))
    assert Asked(known, ontology(), units()).may_speak_of(replace(question, subject_id="ent-rail"))
