"""The table of units: canonical names and surface forms from a file, factors from pint."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import pint

from monitor.domain.unit import Surface, Unit, Units
from monitor.errors import AssetsWrong

_CODES = "currencies"
_MONEY = "money"


def load_units(toml_text: str) -> Units:
    """The units of a table such as models/ontology/units.toml.

    A section is a dimension and its first unit the one that others are turned into. Money has a dimension for each
    currency. Raises AssetsWrong where the file is no TOML, pint does not know a unit, or it is of another dimension.
    """
    try:
        sections = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong("it is not TOML", str(error)) from error
    codes = sections.pop(_CODES, {}).get("codes", [])
    sections[_MONEY] = sections.get(_MONEY, {}) | {code: {} for code in codes}
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(non_int_type=Decimal, cache_folder=None)
    table: dict[str, Unit] = {}
    surfaces: list[Surface] = []
    scopes: set[str] = set()
    for dimension, entries in sections.items():
        for name, entry in entries.items():
            # A rate is built from its two units, so that all rates of a kind compare; unless it says its factor.
            if "/" not in name or "factor" in entry:
                table[name] = _unit(registry, dimension, name, entry, entries)
            surfaces.extend(_surfaces(name, entry, currency=dimension == _MONEY))
            if entry.get("scope"):
                scopes.add(name)
    return Units(table, tuple(surfaces), frozenset(scopes))


def _unit(
    registry: "pint.UnitRegistry[Any]", dimension: str, name: str, entry: Mapping[str, Any], entries: Mapping[str, Any]
) -> Unit:
    if dimension == _MONEY:
        return Unit(name, f"{_MONEY}:{name}")
    if "factor" in entry:
        return Unit(name, dimension, _decimal(name, entry["factor"]))
    first = next((other["pint"] for other in entries.values() if "pint" in other), None)
    if first is None or "pint" not in entry:
        raise _wrong(f"{name} has neither `pint` nor `factor`", "a unit without a factor cannot be compared")
    return Unit(name, dimension, _factor(registry, name, entry["pint"], first))


def _factor(registry: "pint.UnitRegistry[Any]", name: str, pint_name: str, first: str) -> Decimal:
    try:
        factor = registry.Quantity(Decimal(1), pint_name).to(first).magnitude
    except (pint.PintError, AttributeError) as error:
        raise _wrong(f"pint cannot turn {name} ({pint_name}) into {first}", str(error)) from error
    return Decimal(factor).normalize()


def _decimal(name: str, value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise _wrong(f"the factor of {name} is no number", repr(value)) from error


def _surfaces(name: str, entry: Mapping[str, Any], *, currency: bool) -> Iterator[Surface]:
    hints = tuple(entry.get("hints", ()))
    for form in entry.get("forms", ()):
        yield Surface(form, name, hints=hints)
    for form in entry.get("symbols", ()):
        yield Surface(form, name, exact_case=True, hints=hints)
    for form in entry.get("before", ()):
        # "Rs", "NT$" are symbols; "magnitude of" is words.
        yield Surface(form, name, exact_case=currency, before=True, hints=hints)
    for form in entry.get("unsure", ()):
        yield Surface(form, name, exact_case=True, hints=hints, unsure=True)
    for form in entry.get("unsure_before", ()):
        yield Surface(form, name, exact_case=True, before=True, hints=hints, unsure=True)
    for form, factor in entry.get("as", {}).items():
        yield Surface(form, name, _decimal(name, factor), hints=hints)
    for form, factor in entry.get("as_symbols", {}).items():
        yield Surface(form, name, _decimal(name, factor), exact_case=True, hints=hints)
    for word in entry.get("crop", ()):
        yield Surface(name.partition(":")[0], name, hints=(word,))
    if currency:
        unsure = bool(entry.get("unsure_code"))
        yield Surface(name, name, exact_case=True, hints=hints, unsure=unsure)
        yield Surface(name, name, exact_case=True, before=True, hints=hints, unsure=unsure)


def _wrong(what: str, why: str) -> AssetsWrong:
    return AssetsWrong(f"Cannot use the table of units: {what}", why=why, mend="Correct models/ontology/units.toml.")
