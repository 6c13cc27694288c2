"""A date as feeds and pages write it → an aware instant that keeps the offset it was written in."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

_WIDEST_OFFSET = timedelta(hours=24)
_LONGEST = 100
_ISO = re.compile(
    r"(\d{4})(?:[-/.年년]\s?(\d\d?)[-/.月월]\s?(\d\d?)[日일]?|(\d\d)(\d\d))"
    r"(?:[Tt ]+(\d\d?)(?::(\d\d)(?::(\d\d)(?:[.,]\d+)?)?|(\d\d)(\d\d)?))?"
    r"\s*([+-]\d\d:?\d{0,2}|[A-Za-z/]{1,10})?"
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{2,9}[,.]*\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]{0,6}\.?,?[\s-]+(\d{4})"
    r"(?:[\s,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*([+-]\d\d:?\d\d|[A-Za-z/]{1,10}(?:[+-]\d\d:?\d\d)?)?"
)
_WORDED = re.compile(
    r"(?:[A-Za-z]{2,9}[,.]*\s+)?([A-Za-z]{3})[a-z]{0,6}\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
    r"(?:[\s,–-]+(?:at\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\b\.?)?)?"
    r"\s*([+-]\d\d:?\d\d|[A-Za-z/]{1,10}(?:[+-]\d\d:?\d\d)?)?(?:\s*\([^()]{1,60}\))?",
    re.I,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d\d):?(\d{1,2})?", re.I)
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "ETC/UTC": 0, "ETC/GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1,
    "WAT": 1, "CEST": 2, "MEST": 2, "EET": 2, "CAT": 2, "SAST": 2, "EEST": 3, "IDT": 3, "MSK": 3, "EAT": 3, "PKT": 5,
    "WIB": 7, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "AST": -4,
    "ADT": -3, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7, "PST": -8,
    "PDT": -7, "PT": -8, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Names of zones that mean one offset, in hours: those of RFC 822, and those of the IANA data base that stand for one."""

_UNSET = frozenset({(1970, 1, 1, 0, 0, 0), (1, 1, 1, 0, 0, 0), (1900, 1, 1, 0, 0, 0)})
"""Where clocks and data bases begin to count: these mean that no date was set."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Stamp(NamedTuple):
    """An instant, and whether its zone was given. Without one it was taken for UTC."""

    when: datetime
    is_zoned: bool


def read_date(text: str) -> Stamp | None:
    """The instant that `text` names, with the offset it was written in; None where there is no date.

    A date without a zone is taken as UTC: half of those who leave it out mean that, and no other guess would be
    right more often. Nothing is invented: no date stays no date.
    """
    text = text.strip().partition("[")[0]
    match = _ISO.fullmatch(text) if text[:1].isdecimal() else None
    if match is not None:
        year, dashed_month, dashed_day, month, day, hour, *rest, zone = match.groups()
        minute, second, joined_minute, joined_second = rest
        numbers = (year, dashed_month or month, dashed_day or day, hour, minute or joined_minute, second or joined_second)
        return _stamp([int(number or 0) for number in numbers], zone)
    if text.isdecimal() and len(text) in (10, 13):
        return Stamp(datetime.fromtimestamp(int(text[:10]), UTC), True)
    match = _MAIL.fullmatch(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return _worded(text)
    day, year, hour, minute, second = (int(part or 0) for part in match.group(1, 3, 4, 5, 6))
    return _stamp([year, month, day, hour, minute, second], match[7])


def _stamp(numbers: Sequence[int], zone: str | None) -> Stamp | None:
    if tuple(numbers) in _UNSET:
        return None
    offset = _offset(zone) if zone else None
    when = _instant(numbers, offset or timedelta())
    return None if when is None or when == _EPOCH else Stamp(when, offset is not None)


@lru_cache(maxsize=100)
def _offset(zone: str) -> timedelta | None:
    """What a zone is ahead of UTC; None for a name that nobody, or more than one place, uses."""
    match = _OFFSET.fullmatch(zone)
    if match is None:
        hours = _HOURS.get(zone.upper())
        return None if hours is None else timedelta(hours=hours)
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if size >= _WIDEST_OFFSET:
        return None
    return -size if match[1] == "-" else size


def _worded(text: str) -> Stamp | None:
    """Dates with the month before the day, as pages in English and scripts write them."""
    match = _WORDED.fullmatch(text[:_LONGEST])
    month = _MONTHS.get(match[1].lower()) if match else None
    if match is None or month is None:
        return _loose(text)
    day, year, hour, minute, second = (int(part or 0) for part in match.group(2, 3, 4, 5, 6))
    if match[7]:
        hour = hour % 12 + (12 if match[7] in "pP" else 0)
    return _stamp([year, month, day, hour, minute, second], match[8])


def _loose(text: str) -> Stamp | None:
    """Dates of mail in all the forms that the standard library knows."""
    try:
        when = parsedate_to_datetime(text[:_LONGEST])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Stamp(when, True) if when.tzinfo else Stamp(when.replace(tzinfo=UTC), False)


def _instant(numbers: Sequence[int], offset: timedelta) -> datetime | None:
    zone = timezone(offset) if offset else UTC
    year, month, day, hour, minute, second = numbers
    try:
        if hour < 24 and second < 60:
            return datetime(year, month, day, hour, minute, second, tzinfo=zone)
        start = datetime(year, month, day, tzinfo=zone)
        return start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    except (ValueError, OverflowError):
        return None
