"""When an issue is due: wall time in the reader's zone, through both changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.digest.schedule import next_slot, slot
from monitor.domain.digest import Subscriber


def reader(zone: str, at: time, weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)) -> Subscriber:
    return Subscriber("s", "r@example.org", zone, at, "t", weekdays=weekdays)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_hour_that_does_not_exist_in_spring_becomes_the_first_instant_after_the_gap() -> None:
    found = next_slot(reader("Europe/Berlin", time(2, 30)), utc("2026-03-28T12:00"))
    assert found is not None
    assert (found.period, found.at.astimezone(UTC)) == ("2026-03-29", utc("2026-03-29T01:00"))


def test_an_hour_that_comes_twice_in_autumn_counts_at_its_first_pass() -> None:
    found = next_slot(reader("Europe/Berlin", time(2, 30)), utc("2026-10-24T12:00"))
    assert found is not None
    assert (found.period, found.at.astimezone(UTC)) == ("2026-10-25", utc("2026-10-25T00:30"))


def test_a_slot_is_made_up_for_within_six_hours_and_not_later() -> None:
    morning = reader("Asia/Kolkata", time(7))
    assert slot(morning, utc("2026-05-04T01:29")) is None
    found = slot(morning, utc("2026-05-04T07:29"))
    assert found is not None
    assert found.period == "2026-05-04"
    assert slot(morning, utc("2026-05-04T07:30")) is None


def test_a_late_evening_slot_may_be_sent_after_midnight_under_its_own_day() -> None:
    found = slot(reader("Europe/Berlin", time(23, 30)), utc("2026-05-04T23:00"))
    assert found is not None
    assert found.period == "2026-05-04"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("at", [time(2, 15), time(7, 0), time(23, 45)])
def test_a_year_has_one_slot_for_each_chosen_day_at_the_chosen_wall_time(zone: str, at: time) -> None:
    chosen = reader(zone, at, weekdays=(0, 1, 2, 3, 4))
    now, periods = utc("2026-01-01T00:00"), []
    while (found := next_slot(chosen, now)) is not None and found.at < utc("2027-01-01T00:00"):
        periods.append(found.period)
        wall = found.at.astimezone(ZoneInfo(zone))
        if wall.time() != at:
            assert wall.replace(tzinfo=None) - datetime.combine(wall.date(), at) < timedelta(hours=1)
        now = found.at
    assert len(periods) == len(set(periods))
    weekdays = sum(1 for n in range(365) if (utc("2026-01-01T12:00") + timedelta(days=n)).weekday() < 5)
    assert abs(len(periods) - weekdays) <= 1
