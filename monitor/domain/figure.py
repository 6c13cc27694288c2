"""A figure as a mark of what it stands for: few matters of one week share "8.4 metres", many share "half"."""

from datetime import date
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.quantity import Quantity

_LEAST_DIGITS = 2


def telling_figure(claim: Claim, published: date | None) -> str:
    """The figure with its unit as one word; empty where it is so round or small that two matters share it by chance.

    Things that are counted go by many names: all of them are one unit here. A rate goes by what is above its line.
    What is yet to come is marked: it is no figure of today.
    """
    quantity = claim.quantity
    if quantity.date is not None:
        return f"date={quantity.date}" if len(quantity.date) > len("2026") else ""
    if quantity.vague or digits(claim) < _LEAST_DIGITS:
        return ""
    unit = quantity.unit.partition("/")[0].partition(":")[0]
    lies_ahead = claim.time is not None and published is not None and claim.time.first > published
    printed = "-".join(f"{number.normalize():f}" for number in _printed(quantity))
    return f"{unit}={printed}{'+' if lies_ahead else ''}"


def digits(claim: Claim) -> int:
    """How many digits a figure has but for the noughts behind them, both ends of a range; 0 for what is no number."""
    return sum(len(number.normalize().as_tuple().digits) for number in _printed(claim.quantity))


def _printed(quantity: Quantity) -> list[Decimal]:
    """The numbers that stand in the text: one, or the two ends of a range."""
    return sorted({number for number in (quantity.value, quantity.low, quantity.high) if number is not None})
