"""What a reader typed becomes a query that can be run, whatever it is."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.archive import LONGEST, left_out, narrowed, parse_query, terms, unit_named, written
from monitor.domain.search import Query
from monitor.errors import QueryWrong
from monitor.units import load_units

UNITS = load_units((Path(__file__).parents[2] / "models" / "ontology" / "units.toml").read_text(encoding="utf-8"))


def read(text: str) -> Query:
    return parse_query(text, UNITS)


def test_words_phrases_and_what_is_left_out() -> None:
    query = read('wafer yield "pilot line" -forecast NOT "press release"')
    assert query.words == ("wafer", "yield")
    assert query.phrases == ("pilot line",)
    assert query.without == ("forecast", "press release")
    assert not query.warnings


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "low_open", "high_open"),
    [
        ("value:>=30%", "30", None, "percent", False, False),
        ("value:>30%", "30", None, "percent", True, False),
        ("value:<5", None, "5", None, False, True),
        ("value:20..30%", "20", "30", "percent", False, False),
        ("value:20%..30%", "20", "30", "percent", False, False),
        ("value:..30%", None, "30", "percent", False, False),
        ("value:1,200..", "1200", None, None, False, False),
        ("value:30 per cent", "30", "30", "percent", False, False),
        ("value:>=2 million tonnes", "2000000", None, "tonne", False, False),
        ("value:$5.6m", "5600000", "5600000", "USD", False, False),
        ("value:1.5GW", "1500", "1500", "megawatt", False, False),
        ("value:25 bp", "0.25", "0.25", "percentage_point", False, False),
        ("value:10 barrels per day", "10", "10", "barrel/day", False, False),
        ('value:"40 percent"', "40", "40", "percent", False, False),
    ],
)
def test_figures_with_units(
    text: str, low: str | None, high: str | None, unit: str | None, low_open: bool, high_open: bool
) -> None:
    query = read(text)
    assert (query.low, query.high) == (low and Decimal(low), high and Decimal(high))
    assert (query.unit, query.low_open, query.high_open) == (unit, low_open, high_open)
    assert not query.warnings
    assert not query.words


def test_words_after_a_figure_stay_words() -> None:
    query = read("value:>=2 million tonnes shipped by rail")
    assert query.words == ("shipped", "by", "rail")
    assert read("value:50000 gadgets").words == ("gadgets",)


def test_two_bounds_make_a_range() -> None:
    query = read("value:>=20% value:<30%")
    assert (query.low, query.high, query.high_open) == (Decimal(20), Decimal(30), True)


def test_names_are_quoted_where_they_have_a_space_and_repeated_for_either() -> None:
    query = read('entity:Tarn source:"Morning Ledger" source:Wire metric:yield asserter:union')
    assert query.entity == ("Tarn",)
    assert query.source == ("Morning Ledger", "Wire")
    assert (query.metric, query.asserter) == (("yield",), ("union",))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2031-03-05", date(2031, 3, 5), date(2031, 3, 5)),
        ("2031-02", date(2031, 2, 1), date(2031, 2, 28)),
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("2031-Q2", date(2031, 4, 1), date(2031, 6, 30)),
        (">=2031-03", date(2031, 3, 1), None),
        (">2031-03", date(2031, 4, 1), None),
        ("<2031-03", None, date(2031, 2, 28)),
        ("2031-03..2031-05", date(2031, 3, 1), date(2031, 5, 31)),
    ],
)
def test_dates_of_publication_and_of_the_figure(text: str, since: date | None, until: date | None) -> None:
    assert (read(f"published:{text}").since, read(f"published:{text}").until) == (since, until)
    assert (read(f"as-of:{text}").as_of_since, read(f"as-of:{text}").as_of_until) == (since, until)


def test_state_is_current_unless_said() -> None:
    assert read("yield").status == ("current",)
    assert read("state:superseded state:corrected").status == ("superseded", "corrected")
    assert set(read("state:any").status) >= {"current", "rejected"}


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("yield foo:bar", 7, "foo: is no field"),
        ("metrik:yield", 1, "did you mean metric:"),
        ("kind:forcast", 1, "did you mean forecast"),
        ("value:abc", 1, "is no figure"),
        ("a value:5furlongz", 3, "no unit is called 'furlongz'"),
        ("published:2031-13", 1, "is no date"),
        ("metric:", 1, "has no value"),
        ("a OR b", 3, "OR is not known"),
        ("-entity:x", 1, "cannot be left out"),
        ("x" * (LONGEST + 1), LONGEST + 1, "longer than"),
    ],
)
def test_what_is_not_understood_is_named_with_its_place(text: str, position: int, words: str) -> None:
    warnings = read(text).warnings
    assert any(warning.startswith(f"At character {position}:") and words in warning for warning in warnings), warnings
    with pytest.raises(QueryWrong) as wrong:
        parse_query(text, UNITS, strict=True)
    assert wrong.value.position == position - 1


def test_an_unknown_field_is_searched_as_words() -> None:
    assert read("foo:bar").words == ("foo", "bar")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    query = read(text)
    for phrase in (*query.words, *query.phrases, *query.without, *query.entity):
        assert "\x00" not in phrase
        assert not any("\ud800" <= sign <= "\udfff" for sign in phrase)


@settings(deadline=None)
@given(st.text(alphabet='ab: "-.><=0123456789%$NOT', max_size=60))
def test_the_pieces_stand_in_order_and_one_can_be_taken_away(text: str) -> None:
    pieces = terms(text, UNITS)
    places = [(piece.start, piece.end) for piece in pieces]
    assert places == sorted(places)
    assert all(start < end for start, end in places)
    for piece in pieces:
        assert len(terms(left_out(text, piece), UNITS)) <= len(pieces)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda text: any(sign.isalnum() for sign in text)))
def test_a_field_added_is_read_back(value: str) -> None:
    plain = " ".join("".join(" " if ord(sign) < 32 or sign == "\x7f" else sign for sign in value).split())
    if not plain or plain.startswith("=") or any("\ud800" <= sign <= "\udfff" for sign in plain):
        return
    assert plain in read(narrowed("yield", "entity", value, UNITS)).entity
    assert f"={plain}" in read(narrowed("yield", "entity", f"={value}", UNITS)).entity


def test_a_value_of_a_field_takes_the_place_of_others() -> None:
    once = narrowed("yield", "source", "=Morning Ledger", UNITS)
    assert once == 'yield source:="Morning Ledger"'
    assert read(once).source == ("=Morning Ledger",)
    assert narrowed(once + " source:Wire", "source", "=Wire", UNITS) == "yield source:=Wire"
    assert written("unit", "percent") == "unit:percent"
    assert written("source", '=The "Post"') == r'source:="The \"Post\""'
    assert read(r'source:="The \"Post\""').source == ('=The "Post"',)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("%", "percent"), ("tonnes", "tonne"), ("usd", "USD"), ("km", "kilometre"), ("count:chip", "count:chip")],
)
def test_units_are_known_by_many_names(text: str, unit: str) -> None:
    found = unit_named(text, UNITS)
    assert found is not None
    assert found[0] == unit
