"""A saved query and a claim: what answers it, and what does not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from monitor import assets
from monitor.archive import matches, parse_query
from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.evidence import Evidence, Where
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.query import Query
from monitor.domain.source import Source, SourceKind
from monitor.storage.search.words import stems
from monitor.units import load_units

UNITS = load_units((assets.models() / "ontology" / "units.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
QUOTE = "The dam at Orsk will supply 1,500 megawatts from 2028, engineer Ilse Brandt said."
ARTICLE = Article("art-1", "u", "u", "New dam for Orsk", QUOTE, "The Tide", AT, AT)
CLAIM = Claim(
    "clm-1",
    "art-1",
    Evidence(Where.BODY, QUOTE, 0, len(QUOTE), "1,500 megawatts", 28, 43),
    "Orsk dam",
    "generating capacity",
    Quantity("megawatt", Decimal(1500)),
    (Source("Ilse Brandt", SourceKind.PERSON, "Ilse Brandt"), Source("The Tide", SourceKind.PUBLISHER, "The Tide")),
    time=Period(date(2028, 1, 1), date(2028, 12, 31)),
)


def answers(query: Query, claim: Claim) -> bool:
    return matches(query, claim, ARTICLE, units=UNITS, stems=stems)


@pytest.mark.parametrize(
    "query",
    [
        "dam",
        "dams",
        '"dam at Orsk"',
        "entity:Orsk metric:capacity",
        'asserter:"Ilse Brandt"',
        "value:>=1.5GW",
        "value:1000..2000MW",
        "unit:megawatt orsk",
        "published:2026-03 dam",
        "as-of:2028 dam",
        "dam -tunnel",
    ],
)
def test_what_answers_a_query(query: str) -> None:
    assert answers(parse_query(query, UNITS), CLAIM)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "tunnel",
        "dam -orsk",
        "entity:Omsk",
        "asserter:Tide dam",
        "value:>1.5GW",
        "value:<1000MW",
        "value:1500tonnes",
        "published:2026-04 dam",
        "as-of:2027 dam",
        "kind:forecast dam",
    ],
)
def test_what_does_not(query: str) -> None:
    assert not answers(parse_query(query, UNITS), CLAIM)


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ([], True),
        ([("Ilse Brandt", SourceKind.PERSON, None)], True),
        ([("Ilse Brandt", SourceKind.PERSON, "the tide")], True),
        ([("two nurses", SourceKind.ANONYMOUS, "Another Paper")], False),
        ([("Another Paper", SourceKind.MEDIA, None)], False),
        ([("a leaked plan", SourceKind.DOCUMENT, None)], True),
        ([("two nurses", SourceKind.ANONYMOUS, None), ("the union", SourceKind.COMPANY, None)], False),
        ([("two nurses", SourceKind.ANONYMOUS, "The Tide"), ("the union", SourceKind.COMPANY, None)], True),
    ],
)
def test_first_hand_is_who_speaks_for_himself_to_this_publisher(
    chain: list[tuple[str, SourceKind, str | None]], expected: bool
) -> None:
    told = tuple(Source(label, kind, None, whom) for label, kind, whom in chain)
    one = replace(CLAIM, sources=(*told, Source("The Tide", SourceKind.PUBLISHER, "The Tide")))
    assert answers(parse_query("first-hand:yes", UNITS), one) is expected
    assert answers(parse_query("first-hand:no", UNITS), one) is not expected
