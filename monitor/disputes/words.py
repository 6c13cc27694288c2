"""A dispute in words: what its positions say, what it is about, and how far they are apart."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.dispute import Position
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.question import Question


def label(claim: Claim) -> str:
    """A figure as its text prints it, short, with its unit: "~20 %", "not 38 %", "1.2 million people"."""
    quantity, span = claim.quantity, claim.evidence.span
    text = " ".join(span.split())
    if quantity.unit == "percent" and quantity.value is not None:
        about = "~" if quantity.approximation is Approximation.ABOUT else ""
        text = f"{about}{_plain(quantity.value)} %"
    elif text.replace(",", "").replace(".", "").isdigit():
        # What is counted stands in the question already.
        bare = quantity.unit.startswith("count:") or quantity.unit in {"", "ratio", "magnitude"}
        text = text if bare else f"{text} {_unit_word(quantity.unit)}"
    return f"not {text}" if claim.is_denial and not quantity.is_empty else text


def title(question: Question, positions: Sequence[Position]) -> str:
    """`SMIC, 7 nm yield: 20 % / 40 %`: the subject, unless the metric says it, the metric, and what is claimed.

    What the metric counts is not counted again: `Norland flood, people displaced: about 3,000 / some 5,500`.
    """
    counted = question.metric.lower().split()[:1]
    figures = dict.fromkeys(_short(position.label, counted) for position in positions)
    head = question.thing()
    text = f"{head}: {' / '.join(figures)}" if head else " / ".join(figures)
    return f"{text[:1].upper()}{text[1:]}"


def _short(label: str, counted: Sequence[str]) -> str:
    """A figure for a heading: no capital of a sentence's first word, and without the word of what is counted."""
    words = label.split()
    if len(words) > 1 and words[-1].lower() in counted:
        words.pop()
    if words and words[0][1:].islower():
        words[0] = words[0].lower()
    return " ".join(words)


def gap(quantities: Sequence[Quantity]) -> str:
    """How far the positions are apart: "20 points", "9 days", "1,600,000 tonne (8 %)"; empty where units differ."""
    given = [(quantity, _number(quantity)) for quantity in quantities if not quantity.is_empty]
    numbers = [number for _, number in given if number is not None]
    if len(numbers) < 2 or len({quantity.unit for quantity, _ in given}) > 1:
        return ""
    low, high, unit = min(numbers), max(numbers), given[0][0].unit
    if low == high:
        return ""
    if unit in {"percent", "percentage_point"}:
        return f"{_plain(high - low)} points"
    if unit == "date":
        return f"{_plain(high - low)} days"
    share = f" ({_plain(round(100 * (high - low) / low))} %)" if low > 0 else ""
    return f"{_plain(high - low)} {_unit_word(unit)}".strip() + share


def _unit_word(unit: str) -> str:
    """A unit as it stands behind a figure; nothing for counts and bare numbers, whose question says what they are."""
    if unit.startswith("count:") or unit in {"ratio", "magnitude"}:
        return ""
    if unit.isupper() or "/" in unit:
        return unit
    return f"{unit.replace('_', ' ')}s"


def _number(quantity: Quantity) -> Decimal | None:
    if quantity.date is not None:
        try:
            return Decimal(date.fromisoformat(quantity.date).toordinal())
        except ValueError:
            return None
    return next((n for n in (quantity.value, quantity.low, quantity.high) if n is not None), None)


def _plain(number: Decimal | int) -> str:
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
