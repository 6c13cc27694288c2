"""Weekdays, wall time and zone of a subscriber to the instant of an issue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.domain.digest import Subscriber

LATEST = timedelta(hours=6)


@dataclass(frozen=True)
class Slot:
    """One issue to be: `period` is the local day (ISO), `at` the aware instant in the reader's zone."""

    period: str
    at: datetime


def slot(subscriber: Subscriber, now: datetime) -> Slot | None:
    """The slot that `now` (aware) falls into: begun at most six hours ago. None between slots.

    A slot missed by more than six hours is not made up for: its content goes into the next issue.
    """
    here = now.astimezone(ZoneInfo(subscriber.zone)).date()
    for day in (here, here - timedelta(days=1)):
        found = _slot_on(subscriber, day)
        if found is not None and timedelta() <= now - found.at < LATEST:
            return found
    return None


def next_slot(subscriber: Subscriber, now: datetime) -> Slot | None:
    """The first slot after `now`; None for a subscriber without weekdays."""
    here = now.astimezone(ZoneInfo(subscriber.zone)).date()
    for ahead in range(9):
        found = _slot_on(subscriber, here + timedelta(days=ahead))
        if found is not None and found.at > now:
            return found
    return None


def _slot_on(subscriber: Subscriber, day: date) -> Slot | None:
    if day.weekday() not in subscriber.weekdays:
        return None
    zone = ZoneInfo(subscriber.zone)
    # fold=0 takes the first pass of an hour that comes twice in autumn.
    wanted = datetime.combine(day, subscriber.at, zone).replace(fold=0)
    return Slot(day.isoformat(), _after_gap(wanted, zone))


def _after_gap(wanted: datetime, zone: ZoneInfo) -> datetime:
    """The wall time itself; in a spring gap, where it does not exist, the first instant after the gap."""
    utc = ZoneInfo("UTC")
    there = wanted.astimezone(utc).astimezone(zone)
    if there.replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return wanted
    before = wanted.astimezone(utc) - timedelta(hours=3)
    low, high = before, before + timedelta(hours=6)
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
    return high.replace(microsecond=0).astimezone(zone)
