"""Two reports of one happening that name it in two ways → one question; of two happenings, two."""

from dataclasses import replace

import pytest
from tellings import kind, ontology, question_of, tell

from monitor.domain.event import Event, event_of
from monitor.domain.relation import Told

WIRE = "SULA BAY, Feb 3 (NW) - The Dagny sank off the coast of Orvik on Monday, minister Runa Holt said."
LOCAL = "The owner of the Dagny, which capsized near Orvik, said that Runa Holt had been told."
OTHER = "A coaster sank off Hamnes on Tuesday, the mayor Lars Eide told the paper on the quay."


def toll(number: str, subject: str, head: str, paper: str, on: str, metric: str = "people killed") -> Told:
    told = tell(number, "count:death", subject=subject, metric=metric, paper=paper, on=on, title="News in short today")
    return replace(told, article=replace(told.article, text=f"{head} {told.claim.evidence.quote}"))


def test_a_sinking_and_its_ship_have_one_toll_that_rises() -> None:
    first = toll("9", "Orvik sinking", WIRE, "North Wire", "2031-02-03T09:00+00:00")
    later = toll("14", "divers", LOCAL, "Orvik Post", "2031-02-05T09:00+00:00")
    assert kind(first, later) == "updates"


def test_two_tolls_of_one_hour_contradict_whatever_the_happening_is_called() -> None:
    first = toll("9", "Orvik sinking", WIRE, "North Wire", "2031-02-03T09:00+00:00")
    rival = toll("14", "Dagny", LOCAL, "Orvik Post", "2031-02-03T09:30+00:00")
    assert kind(first, rival) == "contradicts"


@pytest.mark.parametrize(
    ("subject", "head", "on"),
    [
        ("Hamnes sinking", OTHER, "2031-02-04T09:00+00:00"),  # another place
        ("Orvik sinking", OTHER, "2031-02-04T09:00+00:00"),  # an article that speaks of nothing of it
        ("Orvik", LOCAL, "2031-02-04T09:00+00:00"),  # a place by itself may be a part
        ("divers", LOCAL, "2031-07-04T09:00+00:00"),  # months later
        ("divers", LOCAL.replace("capsized", "was launched"), "2031-02-04T09:00+00:00"),  # nothing happened
    ],
)
def test_other_happenings_and_parts_stay_apart(subject: str, head: str, on: str) -> None:
    first = toll("9", "Dagny sinking", WIRE, "North Wire", "2031-02-03T09:00+00:00")
    assert kind(first, toll("14", subject, head, "Evening Echo", on)) is None


def test_only_what_a_happening_brings_is_filed_by_it() -> None:
    first = toll("9", "Orvik sinking", WIRE, "North Wire", "2031-02-03T09:00+00:00", "ships")
    other = toll("14", "divers", LOCAL, "Orvik Post", "2031-02-05T09:00+00:00", "ships")
    assert len(question_of(first, other)[1]) == 2


def test_a_happening_is_kept_with_its_question_and_read_again() -> None:
    found = event_of(toll("9", "Dagny", WIRE, "North Wire", "2031-02-03T09:00+00:00").article, ontology())
    assert found is not None
    assert found.kinds == {"sinking"}
    assert {"dagny", "orvik", "runa", "holt"} <= found.names
    assert Event.read(found.text()) == replace(found, places=frozenset())
    assert Event.read("gale; of 1911") is None


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Ostrel", "Ostrel Airlines", True),
        ("Ostrel", "Ostrel Motors International", True),
        ("Ostrel", "Ostrel Q9", False),
        ("Airlines", "Ostrel Airlines", False),
    ],
)
def test_a_firm_is_called_without_what_it_does(one: str, other: str, *, is_one: bool) -> None:
    short = tell("4200", "count:employee", subject=one, metric="employees")
    full = tell("5100", "count:employee", subject=other, metric="employees", paper="Daily Ledger")
    assert (len(question_of(full, short)[1]) == 1) is is_one


def test_homes_without_power_are_no_homes_destroyed() -> None:
    cut = tell("41000", "count:home", subject="Orvik storm", metric="homes without power")
    lost = tell("120", "count:home", subject="Orvik storm", metric="homes destroyed", paper="Daily Ledger")
    homes = tell("39000", "count:household", subject="Orvik storm", metric="households without electricity", paper="Post")
    assert len(question_of(cut, lost)[1]) == 2
    assert len(question_of(cut, homes)[1]) == 1


def test_who_promises_an_end_to_long_waits_denies_none_of_today() -> None:
    wait = {"unit": "month", "subject": "Orvik clinic", "metric": "waiting time", "approximation": "more_than"}
    promise = tell("12", modality="denied", by="Runa Holt", on="2031-02-03T09:00+00:00", **wait)
    today = tell("12", by="clinic board", paper="Daily Ledger", on="2031-04-20T09:00+00:00", **wait)
    assert kind(promise, today) is None
