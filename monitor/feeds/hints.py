"""What a feed says of its own pace, as text → the numbers and days that the next poll is reckoned from."""

import re
from collections.abc import Iterable

_PERIOD_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_HOUR = re.compile(r"\d{1,2}")


def positive_number(text: str) -> int | None:
    """A positive whole number, None for anything else."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 9 and int(digits) > 0 else None


def update_period(period: str, frequency: str) -> int | None:
    """Minutes between two changes, from the syndication module of RSS (a period, and how often within it)."""
    minutes = _PERIOD_MINUTES.get(period.strip().lower())
    return None if minutes is None else max(1, minutes // (positive_number(frequency) or 1))


def hours_to_skip(written: Iterable[str]) -> tuple[int, ...]:
    """Hours of the day (UTC, 0 to 23) in which the publisher asks not to be asked. 24 is an old way to write 0."""
    hours = {int(text) % 24 for one in written if _HOUR.fullmatch(text := one.strip())}
    return tuple(sorted(hours))


def days_to_skip(written: Iterable[str]) -> tuple[str, ...]:
    """Days, as Monday, on which the publisher asks not to be asked."""
    days = (text.strip().capitalize() for text in written)
    return tuple(dict.fromkeys(day for day in days if day in _DAYS))
