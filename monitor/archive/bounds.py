"""`>=30%`, `20..30%`, `2026-03`: a value, a bound or a range of whatever has an order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

End = TypeVar("End")
OPERATOR = re.compile(r"(>=|<=|>|<|=|≥|≤)\s*")


@dataclass(frozen=True)
class Bounds(Generic[End]):
    """What is asked for; an end that is None is not bounded, an open one not included."""

    low: End | None
    high: End | None
    low_open: bool = False
    high_open: bool = False


def bounds(text: str, read: Callable[[str], End | None]) -> Bounds[End] | None:
    """None where the text is no bound, range or value. `read` reads one end."""
    operator = OPERATOR.match(text)
    if operator:
        end, sign = read(text[operator.end() :]), operator[1]
        if end is None:
            return None
        low = end if sign in (">=", ">", "≥", "=") else None
        high = end if sign in ("<=", "<", "≤", "=") else None
        return Bounds(low, high, sign == ">", sign == "<")
    first, dots, second = text.partition("..")
    if not dots:
        whole = read(text)
        return None if whole is None else Bounds(whole, whole)
    low, high = (read(part) if part.strip() else None for part in (first, second))
    wrong = (first.strip() and low is None) or (second.strip() and high is None) or (low is None and high is None)
    return None if wrong else Bounds(low, high)
