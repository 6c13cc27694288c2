"""A figure as a mark of what it stands for: few matters of one week share "8.4 metres", many share "half"."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.known import kept
from monitor.domain.quantity import Quantity

# A whole number that is a year wherever its sentence does not say otherwise.
YEAR = re.compile(r"(?:19|20)\d\d\Z")
SCALES = {word: Decimal(1000) ** power for power, word in enumerate(("thousand", "million", "billion", "trillion"), 1)}

_LEAST_DIGITS = 2


@kept
def telling_figure(claim: Claim, published: date | None) -> str:
    """The figure with its unit as one word; empty where it is so round or small that two matters share it by chance.

    Things that are counted go by many names: all of them are one unit here. A rate goes by what is above its line.
    What is yet to come is marked: it is no figure of today.
    """
    quantity = claim.quantity
    if quantity.date is not None:
        return f"date={quantity.date}" if len(quantity.date) > len("2026") else ""
    if quantity.vague:
        return ""
    return figure_word(claim, printed_numbers(quantity), published)


def figure_word(claim: Claim, numbers: Sequence[Decimal], published: date | None) -> str:
    """Numbers of a claim's own unit and time as one word; empty where they are too round."""
    if sum(map(_digits, numbers)) < _LEAST_DIGITS:
        return ""
    unit = claim.quantity.unit.partition("/")[0].partition(":")[0]
    lies_ahead = claim.time is not None and published is not None and claim.time.first > published
    printed = "-".join(f"{number.normalize():f}" for number in numbers)
    return f"{unit}={printed}{'+' if lies_ahead else ''}"


def digits(claim: Claim) -> int:
    """How many digits a figure has but for the noughts behind them, both ends of a range; 0 for what is no number."""
    return sum(map(_digits, printed_numbers(claim.quantity)))


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def printed_numbers(quantity: Quantity) -> list[Decimal]:
    """The numbers that stand in the text: one, or the two ends of a range."""
    return sorted({number for number in (quantity.value, quantity.low, quantity.high) if number is not None})
