"""What we remember of a feed + the answer to a poll → what to remember next, and why. The time is a value."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.domain.entry import ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.page import Page
from monitor.feeds.cadence import (
    PACE_REASONS,
    Pause,
    Rhythm,
    feed_hints,
    header_hints,
    longest,
    outside_skipped,
    own_pause,
)
from monitor.feeds.moves import sighted, with_proof

RATE_LIMITS = frozenset({429, 503})
GONE = 410
_ON_ITS_WAY = timedelta(seconds=5)
_AS_BEFORE = "nothing new: the pace as before"
_THEN_SKIPPED = ", then skipHours or skipDays of the feed"


def while_asked(feed: Feed, now: datetime, *, rhythm: Rhythm) -> Feed:
    """The feed as it is kept while it is asked. If the answer gets lost, this stays: the feed counts as asked.

    It then waits as long as it did before, and a little more: the request leaves later than it is written down.
    """
    last = feed.next_poll - feed.last_poll if feed.next_poll and feed.last_poll else rhythm.first
    pace = timedelta(seconds=feed.interval_seconds or 0)
    pause = rhythm.within(max(last, pace)) + _ON_ITS_WAY
    when = outside_skipped(now + pause, feed.skip_hours, feed.skip_days)
    return replace(feed, last_poll=now, next_poll=when, next_poll_reason="its last answer was lost: the pause as before")


def after_hold(feed: Feed, until: datetime, why: str) -> Feed:
    """The feed that is not asked because it or its host wants to be left alone until then."""
    when = outside_skipped(until, feed.skip_hours, feed.skip_days)
    return replace(feed, next_poll=when, next_poll_reason=why)


def after_success(feed: Feed, page: Page, parsed: ParsedFeed, now: datetime, rng: float, *, rhythm: Rhythm) -> Feed:
    """The feed after an answer that was read. Validators are kept byte for byte as the server sent them.

    `rng`: a number from 0 to 1 that places the next poll within the jitter.
    """
    own = own_pause(parsed, now, rhythm)
    hints = feed_hints(parsed, rhythm)
    base = max([own, *hints], key=lambda pause: pause.length)
    known = replace(
        feed,
        title=feed.title or parsed.title,
        publisher=feed.publisher or parsed.title,
        etag=page.headers.get("etag"),
        last_modified=page.headers.get("last-modified"),
        status="ok",
        interval_seconds=max(1, round(base.length.total_seconds())),
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        body_bytes=page.wire_bytes or len(page.body),
    )
    pause = longest(own, [*hints, *header_hints(page.headers, now, rhythm)], rhythm, rng)
    return _asked(with_proof(known, page, now, apart=rhythm.sightings_apart), pause, now)


def after_not_modified(feed: Feed, page: Page, now: datetime, rng: float, *, rhythm: Rhythm) -> Feed:
    """The feed after a 304: its pace stays, validators that came with the 304 replace the old ones."""
    known = replace(
        feed,
        etag=page.headers.get("etag", feed.etag),
        last_modified=page.headers.get("last-modified", feed.last_modified),
        status="not_modified",
        bytes_saved=feed.bytes_saved + feed.body_bytes,
    )
    own = Pause(_pace(feed, rhythm), _pace_reason(feed))
    pause = longest(own, header_hints(page.headers, now, rhythm), rhythm, rng)
    return _asked(sighted(known, page, now), pause, now)


def after_failure(
    feed: Feed,
    now: datetime,
    rng: float,
    *,
    error: str,
    status: int | None = None,
    asked: timedelta | None = None,
    unreadable: bool = False,
    rhythm: Rhythm,
) -> Feed:
    """The feed after a poll that failed: it waits longer each time, and is never given up silently.

    `status`: the HTTP status, if there was one; 410 stops the feed. `asked`: what Retry-After asked for. `unreadable`:
    the body came but was no feed; its validators are dropped, or a 304 would hide the trouble for ever.
    """
    failures = feed.failures + 1
    since = feed.failing_since or now
    failed = replace(
        feed,
        failures=failures,
        failing_since=since,
        status="failed",
        last_poll=now,
        last_error=error,
        etag=None if unreadable else feed.etag,
        last_modified=None if unreadable else feed.last_modified,
    )
    if status == GONE:
        reason = "the server says that the feed is gone for good (410)"
        return replace(failed, status="gone", paused=True, next_poll=None, next_poll_reason=reason)
    pause = _wait(feed, now, failures, now - since, status=status, asked=asked, rng=rng, rhythm=rhythm)
    return _next(failed, pause, now)


def host_pause(status: int | None, asked: timedelta | None, failures: int, *, rhythm: Rhythm) -> Pause | None:
    """How long to leave the whole host alone after a 429 or 503, None for other answers. `failures`: before this one."""
    if status not in RATE_LIMITS:
        return None
    if asked is not None:
        return Pause(min(asked, rhythm.most_asked), f"Retry-After of the server ({status})")
    doubled = rhythm.rate_limited * 2 ** min(failures, 16)
    most = max(rhythm.longest, rhythm.rate_limited)
    return Pause(min(doubled, most), f"the server asks for fewer requests ({status})")


def _wait(
    feed: Feed,
    now: datetime,
    failures: int,
    failing: timedelta,
    *,
    status: int | None,
    asked: timedelta | None,
    rng: float,
    rhythm: Rhythm,
) -> Pause:
    limited = host_pause(status, asked, feed.failures, rhythm=rhythm)
    if limited is not None:
        return Pause(max(limited.length, rhythm.shortest), limited.reason)
    at_least = min(asked or timedelta(), rhythm.most_asked)
    if failing >= rhythm.weekly_after:
        return Pause(max(rhythm.weekly, at_least), f"failing since {now - failing:%Y-%m-%d}: asked seldom")
    doubled = min(_pace(feed, rhythm) * 2 ** min(failures, 16), rhythm.longest)
    return Pause(max(rhythm.varied(doubled, rng), at_least), f"back-off after {_times(failures)}")


def _pace(feed: Feed, rhythm: Rhythm) -> timedelta:
    return timedelta(seconds=feed.interval_seconds) if feed.interval_seconds else rhythm.shortest


def _pace_reason(feed: Feed) -> str:
    """Why the feed has its pace, where the row still says so."""
    reason = feed.next_poll_reason.removesuffix(_THEN_SKIPPED)
    return reason if reason in PACE_REASONS else _AS_BEFORE


def _times(failures: int) -> str:
    return "1 failure" if failures == 1 else f"{failures} failures in a row"


def _asked(feed: Feed, pause: Pause, now: datetime) -> Feed:
    """The feed after a good answer: failures forgotten."""
    good = replace(feed, failures=0, failing_since=None, last_error="", cause="", last_poll=now, last_ok=now)
    return _next(good, pause, now)


def _next(feed: Feed, pause: Pause, now: datetime) -> Feed:
    """The feed with its next poll, outside of the hours and days to skip."""
    wished = now + pause.length
    when = outside_skipped(wished, feed.skip_hours, feed.skip_days)
    reason = pause.reason if when == wished else f"{pause.reason}{_THEN_SKIPPED}"
    return replace(feed, next_poll=when, next_poll_reason=reason)
