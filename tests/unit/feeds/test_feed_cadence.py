"""When a feed is asked next, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.page import Page
from monitor.feeds.cadence import Rhythm, header_hints, outside_skipped
from monitor.feeds.decide import after_failure, after_hold, after_not_modified, after_success, host_pause, while_asked
from monitor.feeds.moves import may_move

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
    assert wait(polled(hours_apart(gap, gap), rng=0.0)) >= timedelta(minutes=10)
    assert wait(polled(hours_apart(gap, gap), rng=1.0)) <= timedelta(hours=24)


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


@given(st.floats(0, 1))
def test_hints_are_capped_at_a_day_and_kept_whole_below_it(rng: float) -> None:
    assert wait(polled(replace(hours_apart(2, 2), ttl_minutes=99_999), rng=rng)) == timedelta(hours=24)
    assert wait(polled(replace(hours_apart(2, 2), ttl_minutes=1440), rng=rng)) == timedelta(hours=24)
    a_little_less = wait(polled(replace(hours_apart(2, 2), ttl_minutes=1380), rng=rng))
    assert timedelta(hours=23) <= a_little_less <= timedelta(hours=24)


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
    assert (wait(later), later.next_poll_reason) == (timedelta(hours=3), "half the usual gap between entries")


def test_a_304_says_why_the_pace_is_what_it_is_as_far_as_that_is_known() -> None:
    feed = polled(hours_apart(6, 6), page(cache_control="max-age=36000"))
    later = after_not_modified(feed, page(), NOW, MIDDLE, rhythm=RHYTHM)
    assert (wait(later), later.next_poll_reason) == (timedelta(hours=3), "nothing new: the pace as before")
    again = after_not_modified(later, page(cache_control="max-age=36000"), NOW, 0.0, rhythm=RHYTHM)
    assert (wait(again), again.next_poll_reason) == (timedelta(hours=10), "max-age of the server")


def test_what_304s_save_is_counted() -> None:
    feed = polled(hours_apart(6, 6), replace(page(), wire_bytes=4000))
    once = after_not_modified(feed, page(), NOW, MIDDLE, rhythm=RHYTHM)
    twice = after_not_modified(once, page(), NOW, MIDDLE, rhythm=RHYTHM)
    assert [(one.body_bytes, one.bytes_saved) for one in (feed, once, twice)] == [(4000, 0), (4000, 4000), (4000, 8000)]


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
    assert wait(failed(status=status, asked=timedelta(seconds=5000))) == timedelta(seconds=5000)
    assert wait(failed(status=status, asked=timedelta(days=90))) == timedelta(days=7)


def test_a_rate_limit_of_no_time_is_no_leave_to_ask_at_once() -> None:
    assert wait(failed(status=429, asked=timedelta())) == RHYTHM.shortest


def test_a_rate_limit_without_a_time_is_an_hour_doubling_and_holds_the_host() -> None:
    assert wait(failed(status=429)) == timedelta(hours=1)
    assert wait(failed(replace(FEED, failures=2), status=503)) == timedelta(hours=4)
    assert host_pause(500, None, 0, rhythm=RHYTHM) is None
    hold = host_pause(429, timedelta(minutes=3), 0, rhythm=RHYTHM)
    assert hold is not None
    assert hold.length == timedelta(minutes=3)


def test_failures_keep_the_hours_to_skip_as_well() -> None:
    feed = replace(FEED, interval_seconds=3600, skip_hours=(14,))
    assert failed(feed, status=500).next_poll == NOW.replace(hour=15)
    assert after_hold(feed, NOW.replace(hour=14, minute=5), "asked to").next_poll == NOW.replace(hour=15)


def test_a_feed_that_is_being_asked_counts_as_asked_and_would_wait_as_before() -> None:
    feed = polled(hours_apart(4, 4))
    asked = while_asked(feed, NOW + timedelta(hours=2), rhythm=RHYTHM)
    assert asked.last_poll == NOW + timedelta(hours=2)
    assert asked.next_poll is not None
    assert timedelta(hours=2) <= asked.next_poll - asked.last_poll <= timedelta(hours=2.1)
    assert "lost" in asked.next_poll_reason
    never = while_asked(FEED, NOW, rhythm=RHYTHM)
    assert never.next_poll is not None
    assert never.next_poll - NOW >= RHYTHM.first


@given(st.lists(st.floats(0, 1), max_size=30))
def test_answers_that_get_lost_again_and_again_do_not_make_a_feed_rare(delays: list[float]) -> None:
    feed, now = polled(hours_apart(4, 4)), NOW
    for delay in delays:
        assert feed.next_poll is not None
        now = feed.next_poll + timedelta(hours=delay)
        feed = while_asked(feed, now, rhythm=RHYTHM)
        assert feed.next_poll is not None
        assert timedelta(hours=2) <= feed.next_poll - now < timedelta(hours=2.5)


NEW = "http://new.test/f"


MOVED = page(NEW, ((301, NEW),))


def test_a_permanent_redirect_is_learnt_after_two_sightings_a_day_apart() -> None:
    once = polled(hours_apart(4), MOVED)
    soon = after_success(once, MOVED, hours_apart(4), NOW + timedelta(hours=3), MIDDLE, rhythm=RHYTHM)
    later = after_success(soon, MOVED, hours_apart(4), NOW + timedelta(hours=25), MIDDLE, rhythm=RHYTHM)
    assert [feed.fetch_url for feed in (once, soon, later)] == [FEED.url, FEED.url, NEW]
    assert (later.url, later.moved_to, later.moved_since) == (FEED.url, None, None)


def test_a_move_is_written_into_the_history_of_the_feed() -> None:
    once = polled(hours_apart(4), page(NEW, ((308, NEW),)))
    later = after_success(once, page(NEW, ((308, NEW),)), hours_apart(4), NOW + timedelta(days=2), MIDDLE, rhythm=RHYTHM)
    (move,) = later.moves
    assert (move.at, move.old, move.new) == (NOW + timedelta(days=2), FEED.url, NEW)
    assert move.why == "permanent redirect (308), first seen 2026-05-06 12:00 UTC"


def test_a_304_at_the_end_of_a_redirect_proves_nothing_but_the_next_whole_answer_does() -> None:
    first = after_not_modified(FEED, MOVED, NOW, MIDDLE, rhythm=RHYTHM)
    second = after_not_modified(first, MOVED, NOW + timedelta(days=3), MIDDLE, rhythm=RHYTHM)
    assert (second.fetch_url, second.moved_to, second.moved_since) == (FEED.url, NEW, NOW)
    assert may_move(second, NOW + timedelta(days=3), apart=RHYTHM.sightings_apart)
    third = after_success(second, MOVED, hours_apart(4), NOW + timedelta(days=4), MIDDLE, rhythm=RHYTHM)
    assert third.fetch_url == NEW


def test_a_redirect_to_another_place_than_before_is_a_first_sighting() -> None:
    elsewhere = page("http://third.test/f", ((301, "http://third.test/f"),))
    once = polled(hours_apart(4), MOVED)
    other = after_success(once, elsewhere, hours_apart(4), NOW + timedelta(days=2), MIDDLE, rhythm=RHYTHM)
    assert (other.fetch_url, other.moved_to, other.moved_since) == (FEED.url, elsewhere.url, NOW + timedelta(days=2))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_chain_with_a_temporary_link_teaches_nothing(status: int) -> None:
    feed = polled(hours_apart(4), page(NEW, ((301, "http://mid.test/"), (status, NEW))))
    assert (feed.fetch_url, feed.moved_to) == (FEED.url, None)


def test_from_http_to_https_of_one_address_moves_at_once() -> None:
    secure = "https://h.test/f"
    assert polled(hours_apart(4), page(secure, ((301, secure),))).fetch_url == secure


def test_from_http_to_https_needs_a_feed_at_its_end_too() -> None:
    secure = page("https://h.test/f", ((301, "https://h.test/f"),))
    feed = after_not_modified(FEED, secure, NOW, MIDDLE, rhythm=RHYTHM)
    assert feed.fetch_url == FEED.url
    assert may_move(feed, NOW, apart=RHYTHM.sightings_apart)


def test_a_user_name_in_the_address_stays_with_its_host() -> None:
    feed = replace(FEED, fetch_url="http://ada:secret@h.test/f")
    assert polled(hours_apart(4), page("https://h.test/f", ((301, "https://h.test/f"),)), feed=feed).fetch_url == (
        "https://ada:secret@h.test/f"
    )
    assert polled(hours_apart(4), MOVED, feed=feed).moved_to == NEW


def test_a_redirect_that_goes_away_is_forgotten() -> None:
    feed = polled(hours_apart(4), page(NEW, ((308, NEW),)))
    assert feed.moved_to == NEW
    assert polled(hours_apart(4), page(), feed=feed).moved_to is None
    assert after_not_modified(feed, page(), NOW, MIDDLE, rhythm=RHYTHM).moved_to is None
