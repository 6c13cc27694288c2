"""When a page is asked again: whether it changed, or whether what stood before the article is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Visits:
    """Distances in time; none: never.

    `open_pages`: how long after publication an article is looked at again. `closed_pages`: how long after it was first
    asked a page that was no article is tried again.
    """

    open_pages: tuple[timedelta, ...] = (_HOUR, 6 * _HOUR, 24 * _HOUR, 72 * _HOUR, 168 * _HOUR)
    closed_pages: tuple[timedelta, ...] = (_HOUR, 6 * _HOUR, 24 * _HOUR, 72 * _HOUR)

    def of_open(self, published: datetime | None, first_read: datetime, now: datetime) -> datetime | None:
        """The next visit to an article, None for no more. Without a credible date it counts from its first reading."""
        since = first_read if published is None or published > first_read else published
        return _next(since, self.open_pages, now)

    def of_closed(self, first_read: datetime, now: datetime) -> datetime | None:
        """The next try of a page that was no article, None for no more."""
        return _next(first_read, self.closed_pages, now)


def _next(since: datetime, distances: Sequence[timedelta], now: datetime) -> datetime | None:
    return min((since + distance for distance in distances if since + distance > now), default=None)
