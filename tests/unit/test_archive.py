"""What a reader typed becomes a query that can be run, whatever it is."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.archive import LANGUAGE, LONGEST, left_out, narrowed, parse_query, pieces, printed, unit_named, written
from monitor.archive.grammar import DEEPEST
from monitor.domain.claim import ClaimStatus, Modality
from monitor.domain.query import (
    CURRENT,
    All,
    DayField,
    Days,
    Either,
    Figure,
    FirstHand,
    Kind,
    Named,
    NameField,
    Not,
    Part,
    Query,
    State,
    Words,
    Worth,
    leaves,
)
from monitor.errors import QueryWrong
from monitor.units import load_units

UNITS = load_units((Path(__file__).parents[2] / "models" / "ontology" / "units.toml").read_text(encoding="utf-8"))
PIECES = (
    'rye AND OR NOT ( ) - " entity:Tarn source:="A source:Wire value:2..5 unit:GW kind:forecast state:any foo:bar'
    " value: && || published:>2031-Q1 as-of:..2030 first-hand:no worth:>.5 'x:y' [OR]"
)
TYPED = st.text(alphabet='ab: "-.><=()019%$_\\', max_size=60) | st.lists(
    st.sampled_from([*PIECES.split(), 'metric:="b c"', "value:>=3 tonnes"]), max_size=25
).map(" ".join)


def read(text: str) -> Query:
    return parse_query(text, UNITS)


def part(text: str) -> Part:
    """What was asked but that a claim stands."""
    asked = read(text).part
    assert isinstance(asked, All)
    assert asked.parts[-1] == CURRENT
    rest = asked.parts[:-1]
    return All(rest) if len(rest) > 1 else rest[0]


def test_words_phrases_and_what_is_left_out() -> None:
    query = read('wafer yield "pilot line" -forecast NOT "press release"')
    assert query.words == (Words("wafer"), Words("yield"), Words("pilot line", phrase=True))
    gone = [leaf for leaf, is_left_out in leaves(query.part) if is_left_out]
    assert gone == [Words("forecast"), Words("press release", phrase=True)]
    assert not query.warnings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rye oats OR flax", "(rye AND oats) OR flax"),
        ("rye AND oats OR flax", "(rye AND oats) OR flax"),
        ("rye (oats OR flax)", "rye AND (oats OR flax)"),
        ("rye && oats || flax", "(rye AND oats) OR flax"),
        ("NOT rye OR oats", "NOT rye OR oats"),
        ("-(rye oats)", "NOT (rye AND oats)"),
        ("NOT NOT rye", "rye"),
        ("NOT -rye", "rye"),
        ("((rye))", "rye"),
        ("and or not", "and AND or AND not"),
        ("entity:Tarn entity:Orsk rye", "(entity:Tarn OR entity:Orsk) AND rye"),
        ("entity:Tarn AND entity:Orsk", "entity:Tarn AND entity:Orsk"),
        ("entity:Tarn -entity:Orsk", "entity:Tarn AND NOT entity:Orsk"),
        ("(rye entity:Tarn) OR value:>3%", '(rye AND entity:Tarn) OR value:">3 percent"'),
    ],
)
def test_and_binds_closer_than_or_and_brackets_group(text: str, meant: str) -> None:
    assert printed(part(text)) == meant
    assert not read(text).warnings


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
        ("value:500 kilogram..2 tonnes", "0.5", "2", "tonne", False, False),
        ("value:>=2 unit:tonne", "2", None, "tonne", False, False),
    ],
)
def test_figures_with_units(
    text: str, low: str | None, high: str | None, unit: str | None, low_open: bool, high_open: bool
) -> None:
    ends = [end if end is None else Decimal(end) for end in (low, high)]
    assert part(text) == Figure(*ends, low_open, high_open, unit)
    assert not read(text).warnings


def test_words_after_a_figure_stay_words() -> None:
    assert [one.text for one in read("value:>=2 million tonnes shipped by rail").words] == ["shipped", "by", "rail"]
    assert read("value:50000 gadgets").words == (Words("gadgets"),)
    assert printed(part("(value:5 million) OR value:7 OR rye")) == "value:5000000 OR value:7 OR rye"


def test_two_bounds_hold_both_and_share_a_unit() -> None:
    twenty, thirty = Figure(Decimal(20), unit="percent"), Figure(high=Decimal(30), high_open=True, unit="percent")
    assert part("value:>=20% value:<30") == All((twenty, thirty))


def test_names_are_quoted_where_they_have_a_space_and_whole_after_an_equals_sign() -> None:
    assert part('source:"Morning Ledger"') == Named(NameField.SOURCE, "Morning Ledger")
    assert part('source:="Morning Ledger"') == Named(NameField.SOURCE, "Morning Ledger", whole=True)
    assert part('asserter:"=union"') == Named(NameField.ASSERTER, "=union")
    assert part(r'source:="The \"Post\""') == Named(NameField.SOURCE, 'The "Post"', whole=True)
    assert part("source:=") == Named(NameField.SOURCE, "", whole=True)


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
    assert part(f"published:{text}") == Days(DayField.PUBLISHED, since, until)
    assert part(f"as-of:{text}") == Days(DayField.AS_OF, since, until)


def test_only_what_stands_is_asked_for_unless_a_state_is_named() -> None:
    assert read("") == Query(CURRENT)
    assert read("rye").part == All((Words("rye"), CURRENT))
    states = [State(ClaimStatus.SUPERSEDED), State(ClaimStatus.CORRECTED)]
    assert read("state:superseded state:corrected").part == Either(tuple(states))
    assert read("state:any rye").part == All((State(None), Words("rye")))
    assert read("rye OR NOT state:current").part == Either((Words("rye"), Not(CURRENT)))


def test_the_hand_the_kind_and_the_worth() -> None:
    assert part("first-hand:yes") == FirstHand()
    assert part("first_hand:NO") == Not(FirstHand())
    assert part("kind:forecast kind:planned") == Either((Kind(Modality.FORECAST), Kind(Modality.PLANNED)))
    assert part("worth:>=0.5") == Worth(Decimal("0.5"))
    assert part("worth:0.2..0.6") == Worth(Decimal("0.2"), Decimal("0.6"))


@pytest.mark.parametrize(
    ("text", "position", "words", "ran"),
    [
        ("yield foo:bar", 7, "foo: is no field", "yield AND foo AND bar"),
        ("metrik:yield", 1, "did you mean metric:", "metrik AND yield"),
        ("rye kind:forcast", 5, "did you mean forecast", "rye"),
        ("rye value:abc", 5, "is no figure", "rye"),
        ("a value:5furlongz", 3, "no unit is called 'furlongz'", "a AND value:5"),
        ("rye published:2031-13", 5, "is no date", "rye"),
        ("rye worth:3", 5, "is no worth", "rye"),
        ("rye first-hand:maybe", 5, "yes, no can be asked for", "rye"),
        ("rye metric:", 5, "has no value", "rye"),
        ("rye OR", 5, "nothing stands after OR", "rye"),
        ("AND rye", 1, "nothing stands before AND", "rye"),
        ("rye OR OR oats", 8, "nothing stands before OR", "rye OR oats"),
        ("rye NOT", 5, "nothing stands after NOT", "rye"),
        ("rye)", 4, "no bracket is open", "rye"),
        ("(rye", 1, "not closed", "rye"),
        ("rye ()", 5, "nothing stands in these brackets", "rye"),
        ('rye "oats', 5, "the quote is not closed", 'rye AND "oats"'),
        ("rye" + " " * LONGEST, LONGEST + 1, "longer than", "rye"),
        ("(" * (DEEPEST + 1) + "rye" + ")" * (DEEPEST + 1), DEEPEST + 1, "brackets stand in each other", "rye"),
    ],
)
def test_what_is_not_understood_is_named_with_its_place_and_the_rest_is_run(
    text: str, position: int, words: str, ran: str
) -> None:
    warnings = read(text).warnings
    assert any(warning.startswith(f"At character {position}:") and words in warning for warning in warnings), warnings
    assert printed(part(text)) == ran
    with pytest.raises(QueryWrong) as wrong:
        parse_query(text, UNITS, strict=True)
    assert wrong.value.position == position - 1


@settings(deadline=None)
@given(st.text(max_size=200) | TYPED)
def test_no_text_breaks_it_and_what_is_printed_is_read_back(text: str) -> None:
    query = read(text)
    again = read(printed(query.part))
    assert again.part == query.part
    assert not again.warnings
    for leaf, _ in leaves(query.part):
        typed = leaf.text if isinstance(leaf, Words) else leaf.name if isinstance(leaf, Named) else ""
        assert not any(sign < " " or "\ud800" <= sign <= "\udfff" for sign in typed)
    if query.warnings:
        with pytest.raises(QueryWrong) as wrong:
            parse_query(text, UNITS, strict=True)
        assert query.warnings[0].startswith(f"At character {wrong.value.position + 1}: {wrong.value.why}")
    else:
        assert parse_query(text, UNITS, strict=True) == query


@pytest.mark.parametrize(
    "piece", ["(", ")", "(a ", "-", "NOT ", "OR ", '"', "a OR (", "value:5 ", "a:", "value:1/", "m/"], ids=repr
)
def test_giant_input_is_cut_and_harmless(piece: str) -> None:
    for text in (piece * 100_000, "a " + piece * 1000, piece + "a" * 3000):
        query = read(text)
        assert read(printed(query.part)[:LONGEST]) is not None


@settings(deadline=None)
@example("value:2..5 source:Ledger A")
@given(TYPED)
def test_one_piece_can_be_taken_away_and_the_others_stay(text: str) -> None:
    listed = pieces(text, UNITS)
    for piece in listed:
        rest = pieces(left_out(text, piece, UNITS), UNITS)
        if not piece.either:
            others = list(listed)
            others.remove(piece)
            assert [one.text for one in rest] == [one.text for one in others]


def test_the_pieces_of_a_query_are_what_must_hold_together() -> None:
    def texts(query: str) -> list[str]:
        return [piece.text for piece in pieces(query, UNITS)]

    assert texts("rye (oats OR flax) -barley AND value:>2 million tonnes") == [
        "rye",
        "(oats OR flax)",
        "-barley",
        "value:>2 million tonnes",
    ]
    assert texts("rye OR oats flax") == ["rye OR oats flax"]
    assert texts('(rye "oats') == ['(rye "oats")']
    assert left_out("rye AND oats flax", pieces("rye AND oats flax", UNITS)[0], UNITS) == "oats flax"


@settings(deadline=None)
@given(TYPED, st.text(min_size=1, max_size=40))
def test_a_field_added_is_read_back(text: str, value: str) -> None:
    plain = " ".join("".join(" " if ord(sign) < 32 or sign == "\x7f" else sign for sign in value).split())
    if any("\ud800" <= sign <= "\udfff" for sign in plain):
        return
    more = read(narrowed(text, "entity", value, UNITS, whole=True))
    asked = [leaf for leaf, is_left_out in leaves(more.part) if not is_left_out]
    assert Named(NameField.ENTITY, plain, whole=True) in asked


def test_a_value_of_a_field_takes_the_place_of_others() -> None:
    once = narrowed("yield", "source", "Morning Ledger", UNITS, whole=True)
    assert once == 'yield source:="Morning Ledger"'
    assert narrowed(once + " source:Wire", "source", "Wire", UNITS, whole=True) == "yield source:=Wire"
    assert narrowed("rye OR oats", "kind", "forecast", UNITS) == "(rye OR oats) kind:forecast"
    assert written("unit", "percent") == "unit:percent"
    assert written("source", 'The "Post"', whole=True) == r'source:="The \"Post\""'


def test_what_would_change_the_meaning_of_a_value_added_is_kept_apart() -> None:
    # A part of a metric may stand in the scope, and a bare figure would be converted.
    assert narrowed("metric:stone", "metric", "flour output", UNITS, whole=True) == (
        'metric:stone AND metric:="flour output"'
    )
    assert narrowed("value:>=2", "unit", "tonne", UNITS) == "value:>=2 AND unit:tonne"
    assert part("value:>=2 AND unit:tonne") == All((Figure(Decimal(2)), Figure(unit="tonne")))


def test_every_example_of_the_language_can_be_asked() -> None:
    for entry in LANGUAGE:
        for asked in entry.examples:
            assert parse_query(asked, UNITS, strict=True).part != CURRENT or asked == "state:current"


@pytest.mark.parametrize(
    ("text", "unit"),
    [("%", "percent"), ("tonnes", "tonne"), ("usd", "USD"), ("km", "kilometre"), ("count:chip", "count:chip")],
)
def test_units_are_known_by_many_names(text: str, unit: str) -> None:
    found = unit_named(text, UNITS)
    assert found is not None
    assert found[0] == unit
