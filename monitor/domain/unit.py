"""The vocabulary of units: canonical names, dimensions and factors for comparing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """One unit of measure. `factor` turns a figure into the first unit of its dimension (tonne: 1, kilogram: 0.001).

    `dimension` is a word such as mass, length, share, money:USD, count:wafer. Currencies are dimensions of their own:
    they are never converted without a rate.
    """

    name: str
    dimension: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Surface:
    """One way in which texts write a unit. `factor` turns the figure as written into `unit` (25 basis points: 0.01).

    `exact_case`: a symbol, which means something else in other letters (MW, mW). `before`: it stands before the number.
    `hints`: lower-case words that make this the right reading where units share a form (crowns, rupees, pounds).
    `unsure`: it is this unit only in a text that has one of its hints (the F of farad, the code AMD).
    """

    form: str
    unit: str
    factor: Decimal = Decimal(1)
    exact_case: bool = False
    before: bool = False
    hints: tuple[str, ...] = ()
    unsure: bool = False


def is_count_unit(name: str) -> bool:
    """Whether figures of this unit count things (count:turbine); not where there are so many of them per something."""
    return name.startswith("count:") and "/" not in name


@dataclass(frozen=True, eq=False)  # one is built and handed around: compared by identity, so it can be a key
class Units:
    """The table of simple units by canonical name; rates `A/B` and counts are built from it.

    `scopes`: units that name a kind where they stand before a noun ("300 mm wafer", "two-year note").
    """

    table: Mapping[str, Unit]
    surfaces: tuple[Surface, ...] = ()
    scopes: frozenset[str] = field(default_factory=frozenset)

    def get(self, name: str) -> Unit:
        """The unit of this canonical name. `count:x` and unknown names are dimensions of their own; `A/B` divides."""
        if name in self.table:
            return self.table[name]
        if "/" in name:
            top, _, bottom = name.partition("/")
            above, below = self.get(top), self.get(bottom)
            return Unit(name, f"{above.dimension}/{below.dimension}", above.factor / below.factor)
        return Unit(name, name)
