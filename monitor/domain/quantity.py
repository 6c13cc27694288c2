"""A figure as the text states it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Approximation(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    RANGE = "range"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Quantity:
    """A number, range, bound or date as the text states it.

    `value`, or `low` and/or `high`, are plain full numbers in `unit` (1.2 million is 1200000). A range has both ends,
    a bound leaves one out and has no `value`. A date (`unit` is `date`) has `date` alone: an ISO day, month, year or
    interval. All empty: a yes/no statement. `step` is the worth of the last digit written (0.1 for 41.5; 10000000 for
    1.28 billion; for an integer the worth of its last non-zero digit, 10000 for 50,000); 0 marks an exact count
    ("a 3-2 vote", "six hospitals", "half").
    `direction` is set for a change, which is a positive number. `vague` marks "dozens", "tens of thousands": low and
    high are then the accepted ends.
    """

    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    date: str | None = None
    approximation: Approximation = Approximation.EXACT
    direction: Direction | None = None
    step: Decimal = Decimal(0)
    vague: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a number nor a date: a denial without a figure."""
        return self.value is None and self.low is None and self.high is None and self.date is None
