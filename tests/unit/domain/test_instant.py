"""Dates as people and programs write them on pages."""

import pytest

from monitor.domain.instant import read_date


@pytest.mark.parametrize(
    ("written", "meant", "is_zoned"),
    [
        ("March 9, 2026 6:30 pm EST", "2026-03-09T18:30:00-05:00", True),
        ("March 9, 2026 at 12:05 a.m. ET", "2026-03-09T00:05:00-05:00", True),
        ("Monday, March 9th, 2026 - 18:30", "2026-03-09T18:30:00+00:00", False),
        ("Mar 9, 2026", "2026-03-09T00:00:00+00:00", False),
        ("9 March 2026", "2026-03-09T00:00:00+00:00", False),
        ("Mon Mar 09 2026 18:30:00 GMT+0100 (CET)", "2026-03-09T18:30:00+01:00", True),
        ("2026-03-09T18:30:00+05:30[Asia/Kolkata]", "2026-03-09T18:30:00+05:30", True),
        ("2026/3/9", "2026-03-09T00:00:00+00:00", False),
        ("1773073800", "2026-03-09T16:30:00+00:00", True),
        ("1773073800000", "2026-03-09T16:30:00+00:00", True),
    ],
)
def test_a_date_is_read_in_the_forms_that_pages_use(written: str, meant: str, is_zoned: bool) -> None:
    stamp = read_date(written)
    assert stamp is not None
    assert (stamp.when.isoformat(), stamp.is_zoned) == (meant, is_zoned)


@pytest.mark.parametrize(
    "written", ["1970-01-01T01:00:00+01:00", "Smarch 9, 2026", "March 39, 2026", "09.03.2026", "2026"]
)
def test_what_is_no_date_or_could_be_two_is_none(written: str) -> None:
    assert read_date(written) is None
