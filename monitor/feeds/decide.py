"""What we remember of a feed + the answer to a poll → what to remember next, and why. The time is a value."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.domain.entry import ParsedFeed
from monitor.domain.feed import Feed
from monitor.domain.page import Page
from monitor.feeds.cadence import Pause, Rhythm, feed_hints, header_hints, longest, outside_skipped, own_pause

PERMANENT = frozenset({301, 308})
RATE_LIMITS = frozenset({429, 503})
GONE = 410
_SIGHTINGS_APART = timedelta(days=1)


def after_success(
    feed: Feed, page: Page, parsed: ParsedFeed, now: datetime, rng: float, *, new_entries: int = 0, rhythm: Rhythm
) -> Feed:
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
        last_new=now if new_entries else feed.last_new,
        interval_seconds=max(1, round(base.length.total_seconds())),
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
    )
    pause = longest(own, [*hints, *header_hints(page.headers, now, rhythm)], rhythm, rng)
    return _asked(_followed(known, page, now), pause, now)


def after_not_modified(feed: Feed, page: Page, now: datetime, rng: float, *, rhythm: Rhythm) -> Feed:
    """The feed after a 304: its pace stays, validators that came with the 304 replace the old ones."""
    known = replace(
        feed,
        etag=page.headers.get("etag", feed.etag),
        last_modified=page.headers.get("last-modified", feed.last_modified),
        status="not_modified",
    )
    own = Pause(_pace(feed, rhythm), "nothing new: the pace as before")
    pause = longest(own, header_hints(page.headers, now, rhythm), rhythm, rng)
    return _asked(_followed(known, page, now), pause, now)


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
    pause = _wait(feed, failures, now - since, status=status, asked=asked, rng=rng, rhythm=rhythm)
    return replace(failed, next_poll=now + pause.length, next_poll_reason=pause.reason)


def host_pause(status: int | None, asked: timedelta | None, failures: int, *, rhythm: Rhythm) -> Pause | None:
    """How long to leave the whole host alone after a 429 or 503, None for other answers. `failures`: before this one."""
    if status not in RATE_LIMITS:
        return None
    if asked is not None:
        return Pause(min(asked, rhythm.most_asked), f"Retry-After of the server ({status})")
    doubled = rhythm.rate_limited * 2 ** min(failures, 16)
    return Pause(min(doubled, rhythm.longest), f"the server asks for fewer requests ({status})")


def _wait(
    feed: Feed,
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
        return limited
    if failing >= rhythm.weekly_after:
        return Pause(rhythm.weekly, f"failing for {failing.days} days: once a week")
    doubled = min(_pace(feed, rhythm) * 2 ** min(failures, 16), rhythm.longest)
    wait = min(rhythm.varied(doubled, rng), rhythm.longest)
    return Pause(max(wait, min(asked or timedelta(), rhythm.most_asked)), f"back-off after {_times(failures)}")


def _pace(feed: Feed, rhythm: Rhythm) -> timedelta:
    return timedelta(seconds=feed.interval_seconds) if feed.interval_seconds else rhythm.shortest


def _times(failures: int) -> str:
    return "1 failure" if failures == 1 else f"{failures} failures in a row"


def _asked(feed: Feed, pause: Pause, now: datetime) -> Feed:
    """The feed after a good answer: failures forgotten, the next poll outside of the hours and days to skip."""
    wished = now + pause.length
    when = outside_skipped(wished, feed.skip_hours, feed.skip_days)
    reason = pause.reason if when == wished else f"{pause.reason}, then skipHours or skipDays of the feed"
    return replace(
        feed,
        failures=0,
        failing_since=None,
        last_error="",
        last_poll=now,
        last_ok=now,
        next_poll=when,
        next_poll_reason=reason,
    )


def _followed(feed: Feed, page: Page, now: datetime) -> Feed:
    """What a redirect teaches: an unbroken permanent chain seen twice, a day apart, moves the feed.

    From http to https of the same address it moves at once.
    """
    target = page.url if page.hops and all(status in PERMANENT for status, _ in page.hops) else None
    if target is None or target == feed.fetch_url:
        return replace(feed, moved_to=None, moved_since=None)
    if _is_same_but_secure(feed.fetch_url, target):
        return replace(feed, fetch_url=target, moved_to=None, moved_since=None)
    if feed.moved_to != target or feed.moved_since is None:
        return replace(feed, moved_to=target, moved_since=now)
    if now - feed.moved_since >= _SIGHTINGS_APART:
        return replace(feed, fetch_url=target, moved_to=None, moved_since=None)
    return feed


def _is_same_but_secure(old: str, new: str) -> bool:
    before, after = urlsplit(old), urlsplit(new)
    same = (before.hostname, before.path or "/", before.query) == (after.hostname, after.path or "/", after.query)
    return same and before.scheme == "http" and after.scheme == "https"
