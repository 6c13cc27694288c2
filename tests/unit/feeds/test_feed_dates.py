"""Dates as feeds write them; what is odd about one is said."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.entry import Entry
from monitor.domain.instant import read_date
from monitor.feeds.parse import parse_feed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(dates: str, now: datetime | None = NOW) -> Entry:
    body = (
        f"<rss version='2.0'><channel><item><title>a</title><link>https://h.test/a</link>{dates}</item></channel></rss>"
    )
    (one,) = parse_feed(body.encode(), url="https://h.test/feed", feed_id="feed-1", now=now).entries
    return one


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tue, 03 Feb 2026 08:05:00 +0530", "2026-02-03T08:05:00+05:30"),
        ("3 Feb 2026 8:05 GMT", "2026-02-03T08:05:00+00:00"),
        ("Tuesday, 03-Feb-2026 08:05:00 EST", "2026-02-03T08:05:00-05:00"),
        ("Tue, 3 February 2026 08:05:00 CEST", "2026-02-03T08:05:00+02:00"),
        ("Tue, 03 Feb 2026 24:00:00 +0000", "2026-02-04T00:00:00+00:00"),
        ("Tue, 03 Feb 26 08:05:00 UT", "2026-02-03T08:05:00+00:00"),
        ("Tue, 03 Feb 2026 08:05:00 GMT+0200", "2026-02-03T08:05:00+02:00"),
        ("2026-02-03T08:05:00Z", "2026-02-03T08:05:00+00:00"),
        ("2026-02-03T08:05:00.123456-08:00", "2026-02-03T08:05:00-08:00"),
        ("2026-02-03 08:05:00 +01", "2026-02-03T08:05:00+01:00"),
        ("2026-02-03T08:05:00+01:0", "2026-02-03T08:05:00+01:00"),
        ("20260203T080500+0100", "2026-02-03T08:05:00+01:00"),
        ("2026-02-03T08:05:60Z", "2026-02-03T08:05:59+00:00"),
    ],
)
def test_a_date_keeps_the_offset_it_was_written_in(written: str, meant: str) -> None:
    stamp = read_date(written)
    assert stamp is not None
    assert (stamp.when.isoformat(), stamp.is_zoned) == (meant, True)


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-13-01", "32 Feb 2026", "0000-00-00 00:00:00", "Mon, 01 Jan 0001 00:00:00 +0000"]
)
def test_what_is_no_date_stays_none(written: str) -> None:
    assert read_date(written) is None


def test_the_hour_zero_of_a_clock_is_no_date() -> None:
    one = entry("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>")
    assert (one.published, one.date_note) == (None, "no date")


def test_a_good_date_needs_no_note() -> None:
    assert entry("<pubDate>Sun, 01 Mar 2026 11:00:00 GMT</pubDate>").date_note == ""


@pytest.mark.parametrize(
    "written", ["2026-02-03T08:05:00", "2026-02-03", "Tue, 03 Feb 2026 08:05:00 IST", "2026년 02월 03일 08:05:00"]
)
def test_a_date_without_a_zone_is_taken_as_utc_and_marked(written: str) -> None:
    one = entry(f"<pubDate>{written}</pubDate>")
    assert one.published is not None
    assert one.published.utcoffset() == timedelta()
    assert one.date_note == "zone assumed"


def test_an_entry_without_a_date_is_marked() -> None:
    one = entry("")
    assert (one.published, one.updated, one.date_note) == (None, None, "no date")


def test_a_date_of_the_day_after_tomorrow_is_not_believed() -> None:
    one = entry("<pubDate>Tue, 03 Mar 2026 12:00:01 GMT</pubDate>")
    assert (one.published, one.updated, one.date_note) == (None, None, "in the future")


def test_a_change_that_can_be_believed_stays_where_the_publication_cannot() -> None:
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:a</id><published>2062-03-01T00:00:00Z</published>"
        "<updated>2026-02-27T00:00:00Z</updated></entry></feed>"
    )
    (one,) = parse_feed(body.encode(), url="https://h.test/feed", feed_id="feed-1", now=NOW).entries
    assert (one.published, one.updated) == (None, datetime(2026, 2, 27, tzinfo=UTC))
    assert one.date_note == "in the future"


def test_a_clock_that_is_a_few_hours_fast_is_believed() -> None:
    one = entry("<pubDate>Mon, 02 Mar 2026 06:00:00 GMT</pubDate>")
    assert (one.published, one.date_note) == (datetime(2026, 3, 2, 6, tzinfo=UTC), "")


def test_without_a_now_no_date_is_judged() -> None:
    assert entry("<pubDate>Tue, 03 Mar 2062 12:00:00 GMT</pubDate>", now=None).published == datetime(
        2062, 3, 3, 12, tzinfo=UTC
    )


@pytest.mark.parametrize("written", ["2026", "2026 soon", "Q1 2026", "02/03/2026"])
def test_nothing_is_invented_where_a_date_says_too_little(written: str) -> None:
    one = entry(f"<pubDate>{written}</pubDate>")
    assert (one.published, one.date_note) == (None, "no date")
