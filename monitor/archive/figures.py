"""Figures as one types them: `30%`, `$5.6m`, `2 million tonnes`, and the units that a reader means."""

import re
from dataclasses import dataclass
from decimal import Decimal

from monitor.archive.bounds import OPERATOR, Bounds, bounds
from monitor.domain.unit import Units

_NUMBER = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<number>-?[0-9][0-9,]{0,60}(?:\.[0-9]{1,40})?)(?P<suffix>[A-Za-z%°µμ][A-Za-z%µμ²³_/:]*)?"
)
_WORD = re.compile(r"\s(?!(?:AND|OR|NOT)\b)([A-Za-z%°µμ][A-Za-z%µμ²³_/]*)(?=[\s\"()]|$|\.\.)")
_SOLID = re.compile(r'[^\s"()]*')
_LARGEST = 10**30  # what is more counts nothing that news tell of
_MAGNITUDES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    **dict.fromkeys(("tn", "trillion"), 10**12),
}


@dataclass(frozen=True)
class Amount:
    """`unit` is canonical, None where none was named; `unknown`: the words that are no unit."""

    number: Decimal
    unit: str | None = None
    unknown: str = ""


def in_unit_of(amount: Amount, other: Amount | None, units: Units) -> Amount:
    """The amount in the unit of the other end of its range, where the two are of one dimension."""
    if other is None or amount.unit is None or other.unit is None or amount.unit == other.unit:
        return amount
    own, asked = units.get(amount.unit), units.get(other.unit)
    return Amount(amount.number * own.factor / asked.factor, other.unit) if own.dimension == asked.dimension else amount


def figures(text: str, units: Units) -> Bounds[Amount] | None:
    """The figure, bound or range that is asked for; None where that is no figure."""
    return bounds(text, lambda end: _amount(end, units))


def figure_end(text: str, start: int, units: Units) -> int:
    """Where a figure that may hold spaces ends: after `>= 2 million tonnes` the next word is no part of it."""
    operator = OPERATOR.match(text, start)
    end = at = operator.end() if operator else start
    number = _NUMBER.match(text, at)
    while number:
        end = _measure_end(text, number.end(), units)
        number = _NUMBER.match(text, end + 2) if text.startswith("..", end) else None
    return _SOLID.match(text, end).end()  # type: ignore[union-attr]  # matches always, if nothing


def _measure_end(text: str, at: int, units: Units) -> int:
    """Where the words after a number stop being its magnitude and unit ("million barrels per day": four words)."""
    ends: list[int] = []
    end = at
    while len(ends) < 4 and (word := _WORD.match(text, end)):
        end = word.end()
        ends.append(end)
    for end in reversed(ends):
        head, _, tail = text[at:end].strip().partition(" ")
        unit = tail if head.lower() in _MAGNITUDES else f"{head} {tail}"
        if not unit.strip() or unit_named(unit, units):
            return end
    return at


def _amount(text: str, units: Units) -> Amount | None:
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    rest = " ".join(part for part in (match["suffix"], text.strip()[match.end() :].strip()) if part)
    head, _, tail = rest.partition(" ")
    if head.lower() in _MAGNITUDES:
        number, rest = number * _MAGNITUDES[head.lower()], tail.strip()
    if abs(number) >= _LARGEST:
        return None
    unit = unit_named(rest or match["sign"] or "", units)
    return Amount(number, None, rest) if unit is None else Amount(number * unit[1], unit[0])


def unit_named(text: str, units: Units) -> tuple[str, Decimal] | None:
    """The canonical unit that a reader means by `%`, `tonnes`, `GW`, `usd` or `barrels per day`, and what a figure in
    his unit is to be multiplied by. None where there is none."""
    name = re.sub(r"\s+per\s+|\s*/\s*", "/", " ".join(text.split()))
    if name.lower().startswith("count:") and name[6:].strip():
        return name.lower(), Decimal(1)
    whole = _simple_unit(name, units)
    if whole or not 1 <= name.count("/") <= 3:
        return whole
    above, _, below = name.partition("/")
    top, bottom = unit_named(above, units), unit_named(below, units)
    if bottom and not top and above.isalpha():  # what is counted has no table: wafers per month
        top = above.lower(), Decimal(1)
    return (f"{top[0]}/{bottom[0]}", top[1] / bottom[1]) if top and bottom else None


def _simple_unit(name: str, units: Units) -> tuple[str, Decimal] | None:
    for guess in ("_".join(name.split()), name.upper(), "_".join(name.lower().split())):
        if guess in units.table or guess == "date":
            return guess, Decimal(1)
    exact = [surface for surface in units.surfaces if surface.form == name]
    loose = [surface for surface in units.surfaces if not surface.exact_case and surface.form.lower() == name.lower()]
    return next(((surface.unit, surface.factor) for surface in (*exact, *loose)), None)
