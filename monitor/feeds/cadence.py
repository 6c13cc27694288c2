"""History + answer → the time of the next poll, and which rule set it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

from monitor.domain.entry import ParsedFeed

_LAST_ENTRIES = 20
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK_OF_HOURS = 7 * 24
_HALF_GAP, _UNKNOWN = "half the usual gap between entries", "pace of the feed unknown"
_TTL, _UPDATE_PERIOD = "ttl of the feed", "sy:updatePeriod of the feed"
PACE_REASONS = frozenset({_HALF_GAP, _UNKNOWN, _TTL, _UPDATE_PERIOD})
"""Reasons that the document itself gives: they hold as long as it stays the same."""


@dataclass(frozen=True)
class Rhythm:
    """How often feeds are asked. `jitter`: the share of the pause by which it varies.

    `first`: the pause for a feed whose pace is unknown. `rate_limited`: the pause after a 429 or 503 that names none,
    doubled with each. `most_asked`: the longest Retry-After that is kept. After `weekly_after` of failures in a row a
    feed is asked once in `weekly`. `sightings_apart`: the time between two sightings of a permanent redirect after
    which it is believed.
    """

    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(hours=24)
    first: timedelta = timedelta(hours=1)
    rate_limited: timedelta = timedelta(hours=1)
    most_asked: timedelta = timedelta(days=7)
    weekly_after: timedelta = timedelta(days=30)
    weekly: timedelta = timedelta(days=7)
    sightings_apart: timedelta = timedelta(days=1)
    jitter: float = 0.1

    def within(self, pause: timedelta) -> timedelta:
        """The pause, not shorter and not longer than allowed."""
        return max(self.shortest, min(pause, self.longest))

    def varied(self, pause: timedelta, rng: float) -> timedelta:
        """The pause moved by the jitter, within its bounds; `rng` from 0 to 1 says where in its range."""
        return self.within(pause * (1 + self.jitter * (2 * rng - 1)))

    def put_off(self, pause: timedelta, rng: float) -> timedelta:
        """A pause that somebody else wishes for, moved by the jitter upwards only: he is not asked before."""
        return min(pause * (1 + self.jitter * rng), max(pause, self.longest))


@dataclass(frozen=True)
class Pause:
    """How long to wait, and which rule says so."""

    length: timedelta
    reason: str


def own_pause(feed: ParsedFeed, now: datetime, rhythm: Rhythm) -> Pause:
    """Half the median gap of the last 20 entries; where there are no two dates, the first pause of the rhythm."""
    dates = sorted({when for entry in feed.entries if (when := entry.published or entry.updated) and when <= now})
    recent = dates[-_LAST_ENTRIES:]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(recent)]
    if not gaps:
        return Pause(rhythm.within(rhythm.first), _UNKNOWN)
    return Pause(rhythm.within(timedelta(seconds=median(gaps) / 2)), _HALF_GAP)


def feed_hints(feed: ParsedFeed, rhythm: Rhythm) -> list[Pause]:
    """What the document itself asks for: ttl and sy:updatePeriod, capped."""
    wished = ((feed.ttl_minutes, _TTL), (feed.update_period_minutes, _UPDATE_PERIOD))
    return [Pause(min(timedelta(minutes=minutes), rhythm.longest), reason) for minutes, reason in wished if minutes]


def header_hints(headers: Mapping[str, str], now: datetime, rhythm: Rhythm) -> list[Pause]:
    """What the answer's headers ask for: Cache-Control max-age, else Expires, capped. Header names are lower case."""
    max_age = _max_age(headers.get("cache-control", ""))
    if max_age is not None:
        age = _seconds(headers.get("age", "")) or 0
        left = timedelta(seconds=max(0, max_age - age))
        return [Pause(min(left, rhythm.longest), "max-age of the server")] if left else []
    expires = http_date(headers.get("expires"))
    if expires is None:
        return []
    left = expires - (http_date(headers.get("date")) or now)
    return [Pause(min(left, rhythm.longest), "Expires of the server")] if left > timedelta() else []


def longest(own: Pause, hints: Iterable[Pause], rhythm: Rhythm, rng: float) -> Pause:
    """The longest of one's own pause, varied by the jitter, and the hints, which vary upwards only. Ties: the first."""
    varied = [Pause(rhythm.varied(own.length, rng), own.reason)]
    varied += [Pause(rhythm.put_off(hint.length, rng), hint.reason) for hint in hints]
    return max(varied, key=lambda pause: pause.length)


def outside_skipped(when: datetime, hours: Sequence[int], days: Sequence[str]) -> datetime:
    """The first instant from `when` on that no skipHours (UTC) and skipDays rule out. If all are ruled out, `when`."""
    hour = when.astimezone(UTC)
    for _ in range(_WEEK_OF_HOURS + 1):
        if hour.hour not in hours and _DAYS[hour.weekday()] not in days:
            return hour
        hour = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return when


def http_date(text: str | None) -> datetime | None:
    """An HTTP date as an aware instant, None for anything else."""
    try:
        when = parsedate_to_datetime(text or "")
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _max_age(cache_control: str) -> int | None:
    directives = dict(part.strip().lower().partition("=")[::2] for part in cache_control.split(","))
    if "no-cache" in directives or "no-store" in directives:
        return None
    return _seconds(directives.get("max-age", "").strip('"'))


def _seconds(text: str) -> int | None:
    digits = text.strip()
    return min(int(digits), 10**9) if digits.isascii() and digits.isdecimal() and len(digits) < 20 else None
