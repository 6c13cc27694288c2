"""Sums in two currencies are compared at a rate that somebody gave for their days, and else never."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tellings import ontology, question_of, tell, units

from monitor.domain.ontology import Ontology, Rate
from monitor.domain.relation import Relation
from monitor.relations.judge import judge

RATES = (
    Rate("EUR", Decimal("1.10"), date(2031, 1, 1), date(2031, 3, 31)),
    Rate("GBP", Decimal("1.30"), date(2031, 1, 1), date(2031, 3, 31)),
)


def known(*rates: Rate) -> Ontology:
    return replace(ontology(), rates=rates)


def related(
    one: tuple[str, str], other: tuple[str, str], rates: Ontology, on: str = "2031-03-05T08:00+00:00"
) -> Relation | None:
    a = tell(*one, subject="Tarn bridge", metric="purchase price")
    b = tell(*other, subject="Tarn bridge", metric="purchase price", paper="Daily Ledger", on=on)
    question, _ = question_of(a, b)
    return judge(a, b, question, units(), rates)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("41,500,000", "EUR"), ("45,600,000", "USD"), "agrees"),
        (("41,500,000", "EUR"), ("58,200,000", "USD"), "contradicts"),
        (("41,500,000", "GBP"), ("49,100,000", "EUR"), "agrees"),
        (("41,500,000", "GBP"), ("61,300,000", "EUR"), "contradicts"),
    ],
)
def test_a_rate_of_the_day_lets_two_currencies_be_compared(
    one: tuple[str, str], other: tuple[str, str], kind: str
) -> None:
    found = related(one, other, known(*RATES))
    assert found is not None
    assert found.kind == kind
    assert "US dollars for 1" in found.reason


@pytest.mark.parametrize(
    ("rates", "on"),
    [((), "2031-03-05T08:00+00:00"), (RATES, "2031-04-20T08:00+00:00"), (RATES[1:], "2031-03-05T08:00+00:00")],
    ids=["no rate at all", "of another quarter", "of another currency"],
)
def test_without_a_rate_for_the_day_nothing_is_said(rates: tuple[Rate, ...], on: str) -> None:
    assert related(("58,200,000", "USD"), ("41,500,000", "EUR"), known(*rates), on) is None
