"""The table of units: factors from pint, dimensions, forms."""

from decimal import Decimal
from pathlib import Path

import pytest

from monitor.errors import AssetsWrong
from monitor.units import load_units

TABLE = (Path(__file__).parents[2] / "models/ontology/units.toml").read_text(encoding="utf-8")
UNITS = load_units(TABLE)


@pytest.mark.parametrize(
    ("name", "dimension", "factor"),
    [
        ("tonne", "mass", "1"),
        ("short_ton", "mass", "0.90718474"),
        ("hectare", "area", "1"),
        ("week", "time", "7"),
        ("terabyte", "data", "1"),
        ("megawatt-hour", "energy", "1"),
        ("kilometre", "length", "1000"),
    ],
)
def test_units_compare_by_the_first_of_their_dimension(name: str, dimension: str, factor: str) -> None:
    unit = UNITS.get(name)
    assert (unit.dimension, unit.factor) == (dimension, Decimal(factor))


def test_rates_compare_over_both_units() -> None:
    assert UNITS.get("tonne/hectare").dimension == UNITS.get("short_ton/acre").dimension
    assert UNITS.get("kilometre/hour").dimension == UNITS.get("knot").dimension
    knots = UNITS.get("knot").factor / UNITS.get("kilometre/hour").factor
    assert abs(knots - Decimal("1.852")) < Decimal("0.0001")


def test_bushels_of_a_crop_compare_with_tonnes() -> None:
    wheat = UNITS.get("bushel/acre:wheat")
    assert wheat.dimension == UNITS.get("tonne/hectare").dimension
    assert abs(50 * wheat.factor - Decimal("3.36")) < Decimal("0.01")


def test_currencies_are_never_converted() -> None:
    assert UNITS.get("USD").dimension != UNITS.get("EUR").dimension
    assert UNITS.get("ISK").dimension == "money:ISK"


def test_basis_points_are_written_down_as_percentage_points() -> None:
    forms = {surface.form: surface for surface in UNITS.surfaces}
    assert (forms["basis points"].unit, forms["basis points"].factor) == ("percentage_point", Decimal("0.01"))
    assert (forms["GW"].unit, forms["GW"].factor) == ("megawatt", Decimal(1000))


def test_every_form_leads_to_a_known_unit() -> None:
    for surface in UNITS.surfaces:
        assert UNITS.get(surface.unit).dimension
        assert surface.factor > 0


@pytest.mark.parametrize(
    "table",
    [
        "not toml [",
        "[mass.tonne]\nforms = ['t']",
        "[mass.tonne]\npint = 'metric_ton'\n[mass.mile]\npint = 'mile'",
        "[mass.tonne]\npint = 'no_such_unit'",
        "[ratio.ratio]\nfactor = 'much'",
    ],
)
def test_a_wrong_table_says_what_is_wrong(table: str) -> None:
    with pytest.raises(AssetsWrong, match=r"units\.toml"):
        load_units(table)
