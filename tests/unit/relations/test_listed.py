"""A long list in one article is compared at its head, and says what it left out."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tellings import ontology, tell, units

from monitor.domain.relation import Told
from monitor.interchange import claim_line
from monitor.pipeline.relate import relate_lines
from monitor.relations.listed import compared, left_out


def berth_fees(count: int) -> list[Told]:
    """An article that gives so many fees of one harbour."""
    told = []
    for at in range(count):
        one = tell(str(1000 + 7 * at), "EUR", subject="Tarn harbour", metric="berth fee", article="list")
        line = one.claim.evidence
        moved = replace(line, start=40 * at, end=40 * at + len(line.quote), span_start=line.span_start + 40 * at,
                        span_end=line.span_end + 40 * at)  # fmt: skip
        told.append(Told(replace(one.claim, evidence=moved), one.article))
    return told


def test_short_lists_are_compared_whole() -> None:
    told = berth_fees(ontology().tolerances.listed)
    assert compared(told, ontology()) == told
    assert left_out(told, ontology()) == 0


@pytest.mark.parametrize("others", [0, 3])
def test_of_a_long_list_the_head_is_compared_and_all_of_other_articles(others: int) -> None:
    most = ontology().tolerances.listed
    long = berth_fees(most + 40)
    short = [tell("990", "EUR", subject="Tarn harbour", metric="berth fee", paper=f"Paper {at}") for at in range(others)]
    kept = compared([*reversed(long), *short], ontology())
    assert {one.claim.id for one in kept} == {one.claim.id for one in [*long[:most], *short]}


def test_a_list_of_thousands_ends_and_is_reported() -> None:
    lines = [claim_line(one.claim, one.article).encode() for one in berth_fees(600)]
    found = relate_lines(lines, ontology(), units(), datetime(2031, 12, 1, tzinfo=UTC))
    assert found.claims == 600
    assert found.left_out == 600 - ontology().tolerances.listed
