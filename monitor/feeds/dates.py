"""A date as a feed writes it → an aware instant that keeps the feed's own offset."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?\s*\Z"
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?\Z")
_WIDEST_OFFSET = timedelta(hours=24)


def read_date(text: str | None, utc: Sequence[int] | None = None) -> datetime | None:
    """The instant that `text` names, with the offset it was written in; None where there is no date.

    `utc`: what the feed library read, as a UTC time tuple; it understands more notations and decides where the two
    readings differ. A date without a zone is taken as UTC: half of the feeds that leave it out mean that, and no
    other guess would be right more often. Nothing is invented: no date stays no date.
    """
    own = _rfc3339(text) or _rfc822(text)
    if utc is None:
        return own
    try:
        known = datetime(utc[0], utc[1], utc[2], utc[3], utc[4], min(utc[5], 59), tzinfo=UTC)
    except (ValueError, OverflowError, IndexError):
        return own
    return own if own is not None and abs(own - known) < timedelta(seconds=1) else known


def _rfc3339(text: str | None) -> datetime | None:
    match = _ISO.match((text or "").strip())
    if match is None:
        return None
    numbers = [int(part or 0) for part in match.group(1, 2, 3, 4, 5, 6)]
    return _instant(numbers, _offset(match[7] or "Z"))


def _rfc822(text: str | None) -> datetime | None:
    try:
        parts = parsedate_tz((text or "").strip())
    except (ValueError, IndexError, TypeError):  # the standard library stumbles over some garbage
        return None
    if parts is None:
        return None
    return _instant(list(parts[:6]), timedelta(seconds=parts[9] or 0))


def _offset(text: str) -> timedelta:
    match = _OFFSET.match(text)
    if match is None:
        return timedelta()
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return -size if match[1] == "-" else size


def _instant(numbers: list[int], offset: timedelta) -> datetime | None:
    zone = UTC if not offset or abs(offset) >= _WIDEST_OFFSET else timezone(offset)
    year, month, day, hour, minute, second = numbers
    try:
        start = datetime(year, month, day, tzinfo=zone)
        return start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    except (ValueError, OverflowError):
        return None
