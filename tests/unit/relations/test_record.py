"""Votes and results of two numbers, and a count of one side."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tellings import kind, ontology, tell

from monitor.domain.relation import Told
from monitor.relations.record import record_of


def count(span: str, number: str, paper: str = "Silicon Gazette") -> Told:
    """A count of votes whose figure is printed as `span`."""
    quote = f"The Tarn harbour board votes for the quay: {span}."
    said = tell(number, "count:vote", subject="Tarn harbour board", metric="votes for the quay", exact_count=True,
                paper=paper, quote=quote, title="Tarn harbour board")  # fmt: skip
    at = said.claim.evidence.quote.index(span)
    evidence = replace(said.claim.evidence, span=span, span_start=at, span_end=at + len(span))
    return Told(replace(said.claim, evidence=evidence), said.article)


@pytest.mark.parametrize(
    ("span", "number", "record"),
    [
        ("7-4", "7", (7, 4)),
        ("seven to four", "7", (7, 4)),
        ("3–9", "3", (9, 3)),
        ("a 6-nil win", "6", (6, 0)),
        ("seven", "7", None),
        ("seven-strong", "7", None),
    ],
)
def test_a_record_has_two_numbers(span: str, number: str, record: tuple[int, int] | None) -> None:
    wanted = record and tuple(map(Decimal, record))
    assert record_of(count(span, number).claim, ontology()) == wanted


@pytest.mark.parametrize(
    ("other", "number", "related"),
    [
        ("7 to 4", "7", "agrees"),
        ("7-3", "7", "contradicts"),
        ("8-4", "8", "contradicts"),
        ("four", "4", "agrees"),
        ("seven", "7", "agrees"),
        ("five", "5", "contradicts"),
    ],
)
def test_both_numbers_of_a_record_count(other: str, number: str, related: str) -> None:
    assert kind(count("7-4", "7"), count(other, number, "Daily Ledger")) == related
