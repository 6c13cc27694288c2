"""Figures and dates of two sentences that are known to be of one thing, held against each other."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from tellings import ontology, units

from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from tests.quality.adapters.comparable import Arithmetic, said


def sentence(text: str, *figures: tuple[str, Quantity], dates: tuple[tuple[str, str], ...] = ()) -> Any:
    """A sentence as it was read: its figures and dates, each with its words."""
    spans = [SimpleNamespace(start=text.index(w), end=text.index(w) + len(w), quantity=q) for w, q in figures]
    days = [SimpleNamespace(start=text.index(w), end=text.index(w) + len(w), period=Period.parse(p)) for w, p in dates]
    return said(SimpleNamespace(text=text, _=SimpleNamespace(quantities=spans, passing=(), dates=days)))  # type: ignore[arg-type]


def bears_out(premise: Any, hypothesis: Any) -> bool:
    return Arithmetic(units(), ontology()).bears_out(premise, hypothesis)


def count(number: int, approximation: str = "exact", unit: str = "count:person") -> Quantity:
    kind, value = Approximation(approximation), Decimal(number)
    low = value if kind in {Approximation.MORE_THAN, Approximation.AT_LEAST} else None
    high = value if kind in {Approximation.LESS_THAN, Approximation.AT_MOST} else None
    plain = value if kind is Approximation.EXACT else None
    return Quantity(unit, plain, low, high, approximation=kind, step=Decimal(1))


@pytest.mark.parametrize(("bound", "holds"), [("more_than", False), ("at_least", True), ("less_than", False)])
def test_a_strict_bound_needs_more_than_its_own_figure(bound: str, holds: bool) -> None:
    premise = sentence("The choir has 62 singers.", ("62", count(62)))
    assert bears_out(premise, sentence("It has so many: 62.", ("62", count(62, bound)))) is holds


def test_a_bound_that_many_figures_meet_is_of_the_one_its_words_stand_beside() -> None:
    premise = sentence(
        "The mill owes 9 million crowns, of which 2 million is a state loan.",
        ("9 million", count(9_000_000, unit="CZK")),
        ("2 million", count(2_000_000, unit="CZK")),
    )
    hypothesis = sentence("Its state loan is below 7 million.", ("below 7 million", count(7_000_000, "less_than", "CZK")))
    assert bears_out(premise, hypothesis)


def test_a_bare_number_is_held_against_what_is_printed_so() -> None:
    premise = sentence("He retired aged 54.", ("aged 54", count(54, unit="year")))
    assert bears_out(premise, sentence("He was 54 then.", ("54", count(54, unit="count:item"))))
    assert not bears_out(premise, sentence("He was 57 then.", ("57", count(57, unit="count:item"))))


@pytest.mark.parametrize(
    ("words", "period", "holds"),
    [
        ("before 1911", "1911", False),
        ("after 1908", "1908", True),
        ("in or before 1909", "1909", True),
        ("after May 3", "2020-05-03", False),
        ("before June", "2020-06", True),
    ],
)
def test_a_date_is_held_against_the_nearest_one(words: str, period: str, holds: bool) -> None:
    premise = sentence("Founded on 12 April 1909, the ferry was sold in 1911.",
                       dates=(("on 12 April 1909", "1909-04-12"), ("in 1911", "1911")))  # fmt: skip
    words_of_date = words.removeprefix("in or ")
    assert bears_out(premise, sentence(f"It was founded {words}.", dates=((words_of_date, period),))) is holds


def test_a_century_and_a_bare_year_are_dates() -> None:
    premise = sentence("The abbey, begun in 1187, stands on a hill.", ("1187", count(1187, unit="count:item")))
    assert bears_out(premise, sentence("The abbey is of the 12th century."))
    assert not bears_out(premise, sentence("The abbey is of the 15th century."))


def test_two_stretches_are_one_only_if_both_ends_are() -> None:
    premise = sentence("He ruled from 1702 to 1719.", dates=(("from 1702 to 1719", "1702-01-01/1719-12-31"),))
    other = sentence("He ruled from 1702 to 1716.", dates=(("from 1702 to 1716", "1702-01-01/1716-12-31"),))
    assert bears_out(premise, premise)
    assert not bears_out(premise, other)
    assert bears_out(premise, sentence("He ruled for 17 years.", ("17 years", count(17, unit="year"))))
    assert not bears_out(premise, sentence("He ruled for 9 years.", ("9 years", count(9, unit="year"))))


def test_a_dash_between_two_days_makes_a_life() -> None:
    period = Period(date(1871, 3, 4), date(1932, 10, 9)).iso()
    premise = sentence(
        "Ida Koch (4 March 1871 - 9 October 1932) was a botanist.", dates=(("4 March 1871 - 9 October 1932", period),)
    )
    assert not bears_out(premise, sentence("She died on 9 October 1930.", dates=(("on 9 October 1930", "1930-10-09"),)))


def test_ranks_of_one_thing_and_days_of_a_month_are_compared() -> None:
    premise = sentence("It is the 7th largest lake, frozen on 12 May 1990.", dates=(("on 12 May 1990", "1990-05-12"),))
    assert bears_out(premise, sentence("It is the 7th largest lake."))
    assert not bears_out(premise, sentence("It is the 9th largest lake."))
    assert not bears_out(premise, sentence("It froze after the 15th."))
