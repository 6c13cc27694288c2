"""How a feed is, from what is remembered of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.feed_health import Condition
from monitor.domain.page import Page
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.feeds.health import diagnosed, health, normal_silence, with_pace

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = Feed("feed-1", "https://tarn.example/feed", "https://tarn.example/feed", last_poll=NOW, last_ok=NOW, status="ok")


def refused(status: int, **facts: object) -> FetchFailed:
    return FetchFailed("Cannot", why=f"the server answered {status}", mend="Later.", status=status, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "condition"),
    [
        (refused(401), Condition.LOGIN),
        (refused(403), Condition.FORBIDDEN),
        (refused(404), Condition.NOT_FOUND),
        (refused(301), Condition.ASTRAY),
        (refused(304), Condition.FAILING),
        (refused(410), Condition.GONE),
        (refused(429), Condition.LIMITED),
        (refused(502), Condition.SERVER),
        (refused(418), Condition.FAILING),
        (refused(403, headers={"cf-mitigated": "challenge"}), Condition.WALL),
        (FetchFailed("Cannot", why="no connection", mend="Wait."), Condition.UNREACHABLE),
        (FetchFailed("Cannot", why="not vouched for", mend="Wait.", cause="certificate"), Condition.CERTIFICATE),
        (FetchRefused("Did not", why="private", mend="Allow it."), Condition.REFUSED),
        (FeedUnreadable("Cannot", why="broken", mend="Wait."), Condition.UNREADABLE),
        (FeedUnreadable("Cannot", why="a page", mend="Look.", cause="page"), Condition.PAGE),
    ],
)
def test_a_failed_poll_shows_a_condition(error: FetchFailed, condition: Condition) -> None:
    assert diagnosed(error).condition is condition


def test_a_wall_is_named_after_whose_it_is() -> None:
    found = diagnosed(refused(403, headers={"x-datadome": "protected"}))
    assert "a wall against robots (DataDome)" in found.told


def test_an_answer_that_is_no_error_may_be_a_wall_by_its_headers() -> None:
    page = Page("https://tarn.example/feed", 202, {"x-amzn-waf-action": "challenge"}, b"")
    found = diagnosed(FeedUnreadable("Cannot", why="the server sent an empty body", mend="Wait."), page)
    assert (found.condition, found.why) == (
        Condition.WALL, "the server sent an empty body: a wall against robots (AWS WAF)",
    )  # fmt: skip
    named = FeedUnreadable("Cannot", why="a wall against robots (Anubis) sent its page", mend="Ask.", cause="wall")
    page = Page("https://tarn.example/feed", 200, {}, b"<title>Making sure you're not a bot!</title>")
    assert diagnosed(named, page).told == "a wall against robots (Anubis) sent its page. Ask."


def test_a_failing_feed_says_why_since_when_and_when_it_was_last_well() -> None:
    failing = replace(
        FEED, status="failed", failures=3, cause="not_found", failing_since=NOW - 2 * DAY, last_ok=NOW - 3 * DAY,
        last_error="the server answered 404 (Not Found). The address is wrong.",
    )  # fmt: skip
    found = health(failing, NOW)
    assert found.condition is Condition.NOT_FOUND
    assert found.said == (
        "The server answered 404 (Not Found), 3 times in a row since 18 May 2026. Last good answer: 17 May 2026."
    )
    assert "new address" in found.mend


def test_a_feed_of_an_older_database_that_fails_for_a_reason_not_recorded_is_failing() -> None:
    assert health(replace(FEED, failures=1, status="failed", last_error="odd"), NOW).condition is Condition.FAILING


def test_gone_goes_before_paused_and_paused_before_what_failed_last() -> None:
    gone = replace(FEED, status="gone", failures=1, paused=True)
    assert health(gone, NOW).condition is Condition.GONE
    assert health(replace(FEED, paused=True, failures=2, cause="server"), NOW).condition is Condition.PAUSED


def test_what_was_wrong_before_the_last_good_answer_is_forgotten() -> None:
    assert health(replace(FEED, failures=0, cause="server"), NOW).condition is Condition.READING


def test_a_feed_that_was_never_asked_waits_and_one_that_sends_us_on_is_moving() -> None:
    assert health(replace(FEED, last_poll=None, status="waiting"), NOW).condition is Condition.WAITING
    assert health(replace(FEED, moved_to="https://tarn.example/new"), NOW).condition is Condition.MOVED


def daily(days: int, last: datetime) -> list[datetime]:
    return [last - n * DAY for n in range(days)]


def parsed(dates: list[datetime]) -> ParsedFeed:
    entries = [Entry(str(n), "f", "u", None, "u", "t", published=when) for n, when in enumerate(dates)]
    return ParsedFeed("rss20", "Tarn", "", tuple(entries))


def test_a_daily_feed_is_stale_after_a_week_and_not_before() -> None:
    fresh = with_pace(FEED, parsed(daily(20, NOW - 5 * DAY)), NOW)
    assert health(fresh, NOW).condition is Condition.READING
    silent = with_pace(FEED, parsed(daily(20, NOW - 7 * DAY)), NOW)
    assert health(silent, NOW).condition is Condition.STALE
    assert health(silent, NOW).said == (
        "It answers, but brought nothing new for 7 days. By its own pace, 6 days would be the most."
    )


def test_a_monthly_feed_is_not_stale_after_two_months() -> None:
    dates = [NOW - 60 * DAY - n * 30 * DAY for n in range(8)]
    assert health(with_pace(FEED, parsed(dates), NOW), NOW).condition is Condition.READING


def test_a_busy_feed_that_shows_a_day_only_may_be_silent_over_a_long_weekend() -> None:
    assert normal_silence([NOW - n * timedelta(minutes=20) for n in range(30)]) == timedelta(days=4)


def test_a_feed_without_dates_or_with_few_is_not_called_stale_before_a_year() -> None:
    assert health(with_pace(FEED, parsed([]), NOW), NOW).condition is Condition.READING
    assert health(with_pace(FEED, parsed(daily(2, NOW - 200 * DAY)), NOW), NOW).condition is Condition.READING
    assert health(with_pace(FEED, parsed(daily(2, NOW - 400 * DAY)), NOW), NOW).condition is Condition.STALE


def test_a_date_ahead_of_time_does_not_keep_a_feed_fresh() -> None:
    assert with_pace(FEED, parsed([NOW + DAY]), NOW).newest is None


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_has_words_of_its_own(condition: Condition) -> None:
    assert condition.words
    assert sum(other.words == condition.words for other in Condition) == 1
