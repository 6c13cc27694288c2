"""Quantity as written → the numbers a fair reader would accept: the table of what is accepted, row by row."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import figure, ontology

from monitor.domain.quantity import Approximation, Quantity
from monitor.relations.accepted import Accepted, accepted


def numbers(quantity: Quantity, span: str = "") -> Accepted:
    found = accepted(quantity, span, ontology())
    assert found is not None
    return found


def holds(quantity: Quantity, number: str, span: str = "") -> bool:
    point = Decimal(number)
    return numbers(quantity, span).meets(Accepted(point, point))


@pytest.mark.parametrize(
    ("quantity", "inside", "outside"),
    [
        (figure("41.5"), ["41.46", "41.54"], ["41.45", "41.55", "41"]),
        (figure("7"), ["6.6", "7.4"], ["6.5", "7.5"]),
        (figure("20"), ["19.1", "20.9"], ["19", "21", "15"]),
        (figure("50,000", "count:chip"), ["47501", "52499"], ["47500", "52500"]),
        (figure("1200000", "count:person"), ["1214608", "1150001"], ["1150000", "1250000"]),
        (figure("6", "count:hospital", exact_count=True), ["6"], ["5.9", "7"]),
        (figure("55", approximation="about"), ["49.5", "60.5"], ["49.4", "60.6"]),
        (figure("3", approximation="about"), ["2.5", "3.5"], ["2.4"]),
        (figure("31", "count:death", "at_least"), ["31", "9000"], ["30"]),
        (figure("50", approximation="more_than"), ["50.01", "90"], ["50", "38"]),
        (figure("700", "EUR", "at_most"), ["0", "700"], ["701", "-1"]),
        (figure("40", approximation="less_than"), ["0", "39.9"], ["40"]),
        (figure("44", high="49"), ["44", "49"], ["43.9", "49.1"]),
    ],
)
def test_the_table(quantity: Quantity, inside: list[str], outside: list[str]) -> None:
    assert all(holds(quantity, number) for number in inside)
    assert not any(holds(quantity, number) for number in outside)


def test_nearly_a_week_is_a_little_under_seven_days() -> None:
    nearly = figure("7", "day", "about")
    assert holds(nearly, "6.5", "nearly a week")
    assert not holds(nearly, "7.2", "nearly a week")


def test_dozens_are_what_the_reading_says() -> None:
    dozens = Quantity("count:house", low=Decimal(24), high=Decimal(99), vague=True)
    assert holds(dozens, "24")
    assert not holds(dozens, "100")
    assert numbers(dozens).is_loose


def test_dates_are_the_days_they_mean() -> None:
    march = numbers(figure("2031-03", "date"))
    assert march.meets(numbers(figure("2031-03-14", "date")))
    assert march.meets(numbers(figure("2031", "date")))
    assert not march.meets(numbers(figure("2031-04-01", "date")))


def test_a_denial_without_a_figure_accepts_nothing_in_particular() -> None:
    assert accepted(Quantity("percent"), "", ontology()) is None


POSITIVE = st.decimals(min_value="0.1", max_value="1000000", places=1)
HEDGES = st.sampled_from(["exact", "about", "at_least", "at_most", "more_than", "less_than"])


@given(POSITIVE, HEDGES, POSITIVE, HEDGES)
def test_meeting_is_symmetric(one: Decimal, hedge: str, other: Decimal, second: str) -> None:
    a, b = numbers(figure(str(one), "USD", hedge)), numbers(figure(str(other), "USD", second))
    assert a.meets(b) == b.meets(a)


@given(POSITIVE, HEDGES)
def test_a_figure_meets_itself(one: Decimal, hedge: str) -> None:
    a = numbers(figure(str(one), "USD", hedge))
    assert a.meets(a)


@given(POSITIVE, POSITIVE)
def test_a_hedge_only_widens(one: Decimal, other: Decimal) -> None:
    exact, about = figure(str(one), "USD"), figure(str(one), "USD", "about")
    point = figure(str(other), "USD")
    assert not numbers(exact).meets(numbers(point)) or numbers(about).meets(numbers(point))


@given(POSITIVE, POSITIVE, st.sampled_from(["0.001", "1000", "0.45359237", "-1"]))
def test_the_unit_does_not_change_whether_figures_meet(one: Decimal, other: Decimal, factor: str) -> None:
    a, b = numbers(figure(str(one), "tonne")), numbers(figure(str(other), "tonne"))
    assert a.meets(b) == a.scaled(Decimal(factor)).meets(b.scaled(Decimal(factor)))


@given(st.sampled_from(list(Approximation)), POSITIVE)
def test_ends_are_in_order(approximation: Approximation, value: Decimal) -> None:
    found = numbers(Quantity("USD", value, approximation=approximation, step=Decimal(1)))
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
