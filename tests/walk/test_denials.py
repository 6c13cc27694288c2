"""A denial finds the figure that it denies by the figure itself, where its own words do not say what it is of."""

from datetime import UTC, datetime

import pytest
from tellings import ontology, tell, units

from monitor.domain.relation import Told
from monitor.interchange import claim_line
from monitor.pipeline.relate import relate_lines

LATER = "2031-03-06T08:00+00:00"
GAUGE = {"subject": "Tarn", "metric": "water level", "unit": "metre"}


def kinds(*told: Told) -> list[str]:
    """The relations of these claims, told in any order."""
    lines = [claim_line(one.claim, one.article).encode() for one in told]
    found = relate_lines(lines, ontology(), units(), datetime(2031, 4, 1, tzinfo=UTC))
    return [line.partition('"relation": "')[2].partition('"')[0] for line in found.lines]


def denial(number: str, unit: str = "metre", **rest: str) -> Told:
    """A denial whose own words say nothing of what it denies."""
    said = {
        "subject": "Mayor",
        "metric": "fantasy",
        "quote": f'"{number} is a fantasy," the mayor of Tarn said.',
        "paper": "Daily Ledger",
        "by": "Mayor",
        "on": LATER,
    } | rest
    return tell(number, unit, modality="denied", negated=True, **said)  # type: ignore[arg-type]


def test_a_denial_meets_the_very_figure_whoever_comes_first() -> None:
    told = tell("8.4", by="Weather Office", **GAUGE)
    assert kinds(told, denial("8.4")) == ["denies"]
    assert kinds(denial("8.4"), told) == ["denies"]


@pytest.mark.parametrize(
    "other",
    [
        tell("8.4", by="Weather Office", **(GAUGE | {"subject": "Halden"})),
        tell("8.4", by="Weather Office", on="2030-03-04T08:00+00:00", **GAUGE),
        tell("8.4", by="Weather Office", modality="forecast", time="2032", **GAUGE),
        tell("8.4", "percent", subject="Tarn", metric="unemployment rate"),
        tell("8.6", by="Weather Office", **GAUGE),
    ],
    ids=["another place", "another year", "a time to come", "another unit", "another figure"],
)
def test_another_figure_is_not_denied(other: Told) -> None:
    assert kinds(other, denial("8.4")) == []


def test_a_round_figure_is_met_by_chance() -> None:
    assert kinds(tell("8", by="Weather Office", **GAUGE), denial("8")) == []


def test_of_two_matters_with_one_figure_nobody_knows_which_is_denied() -> None:
    depth = tell("8.4", by="Weather Office", subject="Tarn", metric="snow depth", unit="metre", paper="Morning Post")
    assert kinds(tell("8.4", by="Weather Office", **GAUGE), depth, denial("8.4")) == []


def test_things_that_are_counted_go_by_many_names() -> None:
    shells = tell("240", "count:shell", subject="Tarn", metric="shells landed", by="Halden")
    assert kinds(shells, denial("240", "count:grenade", metric="grenade")) == ["denies"]


def test_a_denied_date_is_met_by_the_date() -> None:
    opening = {"subject": "Tarn railway", "metric": "opening", "modality": "planned", "quote": "Tarn opens in 2031-12."}
    planned = tell("2031-12", "date", time="2031-12", **opening)
    assert kinds(planned, denial("2031-12", "date", time="2031-12")) == ["denies"]
