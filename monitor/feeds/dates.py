"""What is odd about the dates of an entry."""

from datetime import datetime, timedelta

from monitor.domain.instant import Stamp

NO_DATE = "no date"
ZONE_ASSUMED = "zone assumed"
IN_THE_FUTURE = "in the future"

_LEEWAY = timedelta(days=1)
"""A clock may be wrong, and a zone left out may be half a day off."""


def note_on(*stamps: Stamp | None) -> str:
    """What is odd about the first of the dates that there is: no zone, or there is none at all. Empty if nothing is."""
    stamp = next((stamp for stamp in stamps if stamp), None)
    if stamp is None:
        return NO_DATE
    return "" if stamp.is_zoned else ZONE_ASSUMED


def is_future(when: datetime | None, now: datetime) -> bool:
    """Whether a date lies so far ahead that no clock or zone explains it: more than a day."""
    return when is not None and when - now > _LEEWAY
