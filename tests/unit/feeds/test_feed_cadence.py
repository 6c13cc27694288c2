"""When a feed is asked next, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.page import Page
from monitor.feeds.cadence import Rhythm, header_hints, outside_skipped, retry_after
from monitor.feeds.decide import after_failure, after_not_modified, after_success, host_pause

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)  # a Wednesday
RHYTHM = Rhythm()
FEED = Feed(id="feed-1", url="http://h.test/f", fetch_url="http://h.test/f")
MIDDLE = 0.5


def hours_apart(*gaps: float) -> ParsedFeed:
    when, entries = NOW, []
    for number, gap in enumerate((0.0, *gaps)):
        when -= timedelta(hours=gap)
        entries.append(Entry(f"e{number}", "feed-1", "http://h.test/f", str(number), "", "t", published=when))
    return ParsedFeed(format="rss20", title="T", link="", entries=tuple(entries))


def page(url: str = "http://h.test/f", hops: tuple[tuple[int, str], ...] = (), **headers: str) -> Page:
    return Page(url, 200, {name.replace("_", "-"): value for name, value in headers.items()}, b"", hops)


def polled(parsed: ParsedFeed, answer: Page | None = None, feed: Feed = FEED, rng: float = MIDDLE) -> Feed:
    return after_success(feed, answer or page(), parsed, NOW, rng, rhythm=RHYTHM)


def wait(feed: Feed) -> timedelta:
    assert feed.next_poll is not None
    return feed.next_poll - NOW


def test_a_feed_is_asked_after_half_its_usual_gap() -> None:
    feed = polled(hours_apart(4, 4, 9, 4))
    assert (wait(feed), feed.next_poll_reason) == (timedelta(hours=2), "half the usual gap between entries")


@pytest.mark.parametrize(("gap", "expected"), [(0.01, timedelta(minutes=10)), (500.0, timedelta(hours=24))])
def test_the_pause_stays_between_its_bounds(gap: float, expected: timedelta) -> None:
    assert wait(polled(hours_apart(gap, gap))) == expected


def test_dates_in_the_future_do_not_count() -> None:
    future = Entry("x", "feed-1", "http://h.test/f", "x", "", "t", published=NOW + timedelta(days=300))
    parsed = hours_apart(4, 4)
    assert wait(polled(replace(parsed, entries=(future, *parsed.entries)))) == timedelta(hours=2)


def test_without_two_dates_the_pace_is_unknown() -> None:
    feed = polled(hours_apart())
    assert (wait(feed), feed.next_poll_reason) == (timedelta(hours=1), "pace of the feed unknown")


def test_the_longest_hint_wins_and_the_feed_says_which() -> None:
    parsed = replace(hours_apart(2, 2), ttl_minutes=90, update_period_minutes=240)
    feed = polled(parsed, page(cache_control="public, max-age=7200"), rng=0.0)
    assert (wait(feed), feed.next_poll_reason) == (timedelta(hours=4), "sy:updatePeriod of the feed")


def test_hints_are_capped_at_a_day() -> None:
    assert wait(polled(replace(hours_apart(2, 2), ttl_minutes=99_999), rng=0.0)) == timedelta(hours=24)


def test_max_age_beats_expires_and_counts_the_age() -> None:
    headers = {"cache-control": "max-age=3600", "age": "600", "expires": "Wed, 06 May 2026 20:00:00 GMT"}
    assert [hint.length for hint in header_hints(headers, NOW, RHYTHM)] == [timedelta(minutes=50)]
    del headers["cache-control"]
    headers["date"] = "Wed, 06 May 2026 19:00:00 GMT"
    assert [hint.length for hint in header_hints(headers, NOW, RHYTHM)] == [timedelta(hours=1)]


@pytest.mark.parametrize("value", ["no-cache, max-age=60", "max-age=-1", "max-age=soon", "max-age=0", ""])
def test_headers_without_a_wish_are_no_hint(value: str) -> None:
    assert header_hints({"cache-control": value, "expires": "0"}, NOW, RHYTHM) == []


@given(st.floats(0, 1))
def test_jitter_moves_the_own_pause_a_tenth_at_most_and_never_asks_before_a_hint(rng: float) -> None:
    assert timedelta(hours=1.8) <= wait(polled(hours_apart(4, 4), rng=rng)) <= timedelta(hours=2.2)
    assert wait(polled(replace(hours_apart(4, 4), ttl_minutes=180), rng=rng)) >= timedelta(hours=3)


def test_hours_and_days_to_skip_are_kept() -> None:
    assert outside_skipped(NOW, [12, 13], []) == NOW.replace(hour=14)
    assert outside_skipped(NOW, [0], ["Wednesday"]) == datetime(2026, 5, 7, 1, tzinfo=UTC)
    assert outside_skipped(NOW, range(24), []) == NOW
    feed = polled(replace(hours_apart(4, 4), skip_hours=(14,)))
    assert (wait(feed), "skipHours" in feed.next_poll_reason) == (timedelta(hours=3), True)


def test_validators_are_kept_byte_for_byte_and_forgotten_when_the_server_stops_sending_them() -> None:
    feed = polled(hours_apart(4), page(etag='W/"a;b  c"', last_modified="yesterday, roughly"))
    assert (feed.etag, feed.last_modified) == ('W/"a;b  c"', "yesterday, roughly")
    again = polled(hours_apart(4), page(), feed=feed)
    assert (again.etag, again.last_modified) == (None, None)


def test_a_304_keeps_the_pace_and_takes_new_validators() -> None:
    feed = polled(hours_apart(6, 6), page(etag='"1"', last_modified="x"))
    later = after_not_modified(feed, page(etag='"2"'), NOW, MIDDLE, rhythm=RHYTHM)
    assert (later.etag, later.last_modified, later.status) == ('"2"', "x", "not_modified")
    assert (wait(later), later.next_poll_reason) == (timedelta(hours=3), "nothing new: the pace as before")


def failed(feed: Feed = FEED, *, now: datetime = NOW, status: int | None = None, **rest: object) -> Feed:
    return after_failure(feed, now, MIDDLE, error="it broke", status=status, rhythm=RHYTHM, **rest)  # type: ignore[arg-type]


def test_failures_wait_twice_as_long_each_time_up_to_a_day() -> None:
    feed, waits = replace(FEED, interval_seconds=3600), []
    for _ in range(6):
        feed = failed(feed, status=404)
        waits.append(wait(feed) / timedelta(hours=1))
    assert waits == [2, 4, 8, 16, 24, 24]
    assert (feed.failures, feed.failing_since, feed.status, feed.last_error) == (6, NOW, "failed", "it broke")
    assert feed.next_poll_reason == "back-off after 6 failures in a row"


def test_after_thirty_days_a_failing_feed_is_asked_weekly_and_never_given_up() -> None:
    feed = replace(FEED, failures=40, failing_since=NOW - timedelta(days=31))
    assert wait(failed(feed)) == timedelta(days=7)


def test_a_success_forgets_the_failures() -> None:
    feed = polled(hours_apart(4, 4), feed=failed(failed()))
    assert (feed.failures, feed.failing_since, feed.last_error, feed.status) == (0, None, "", "ok")


def test_an_unreadable_body_drops_the_validators_and_other_failures_keep_them() -> None:
    feed = replace(FEED, etag='"1"', last_modified="x")
    assert (failed(feed, unreadable=True).etag, failed(feed, unreadable=True).last_modified) == (None, None)
    assert failed(feed, status=500).etag == '"1"'


def test_gone_stops_the_feed_and_says_so() -> None:
    feed = failed(status=410)
    assert (feed.status, feed.paused, feed.next_poll) == ("gone", True, None)
    assert "410" in feed.next_poll_reason


@pytest.mark.parametrize("status", [429, 503])
def test_a_rate_limit_is_kept_to_the_second_up_to_a_week(status: int) -> None:
    assert wait(failed(status=status, asked=timedelta(seconds=90))) == timedelta(seconds=90)
    assert wait(failed(status=status, asked=timedelta(days=90))) == timedelta(days=7)


def test_a_rate_limit_without_a_time_is_an_hour_doubling_and_holds_the_host() -> None:
    assert wait(failed(status=429)) == timedelta(hours=1)
    assert wait(failed(replace(FEED, failures=2), status=503)) == timedelta(hours=4)
    assert host_pause(500, None, 0, rhythm=RHYTHM) is None
    hold = host_pause(429, timedelta(minutes=3), 0, rhythm=RHYTHM)
    assert hold is not None
    assert hold.length == timedelta(minutes=3)


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    assert retry_after("120", NOW) == timedelta(minutes=2)
    assert retry_after("Wed, 06 May 2026 12:30:00 GMT", NOW) == timedelta(minutes=30)
    assert retry_after("Wed, 06 May 2026 11:30:00 GMT", NOW) == timedelta()
    assert (retry_after("soon", NOW), retry_after(None, NOW), retry_after("-5", NOW)) == (None, None, None)


NEW = "http://new.test/f"


def test_a_permanent_redirect_is_learnt_after_two_sightings_a_day_apart() -> None:
    moved = page(NEW, ((301, NEW),))
    once = polled(hours_apart(4), moved)
    soon = after_success(once, moved, hours_apart(4), NOW + timedelta(hours=3), MIDDLE, rhythm=RHYTHM)
    later = after_not_modified(soon, moved, NOW + timedelta(hours=25), MIDDLE, rhythm=RHYTHM)
    assert [feed.fetch_url for feed in (once, soon, later)] == [FEED.url, FEED.url, NEW]
    assert (later.url, later.moved_to, later.moved_since) == (FEED.url, None, None)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_chain_with_a_temporary_link_teaches_nothing(status: int) -> None:
    feed = polled(hours_apart(4), page(NEW, ((301, "http://mid.test/"), (status, NEW))))
    assert (feed.fetch_url, feed.moved_to) == (FEED.url, None)


def test_from_http_to_https_of_one_address_moves_at_once() -> None:
    secure = "https://h.test/f"
    assert polled(hours_apart(4), page(secure, ((301, secure),))).fetch_url == secure


def test_a_redirect_that_goes_away_is_forgotten() -> None:
    feed = polled(hours_apart(4), page(NEW, ((308, NEW),)))
    assert feed.moved_to == NEW
    assert polled(hours_apart(4), page(), feed=feed).moved_to is None
