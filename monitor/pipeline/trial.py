"""A feed → what comes back when it is asked once. Nothing is stored."""

from dataclasses import replace

from monitor.domain.feed import Feed
from monitor.domain.feed_trial import FeedTrial
from monitor.domain.page import Page
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.feeds.decide import after_success
from monitor.feeds.health import diagnosed, with_pace
from monitor.feeds.remarks import hints, warnings
from monitor.pipeline.edges import Edges
from monitor.pipeline.once import get_once
from monitor.pipeline.poll import login_of
from monitor.pipeline.whole import whole_feed

_MIDDLE = 0.5
"""Of the range within which the next poll is left to chance."""


def try_feed(edges: Edges, feed: Feed) -> FeedTrial:
    """Ask a feed for all of it now, as a poll would, and say what came."""
    trial = FeedTrial(feed.shown_fetch_url)
    try:
        page = _asked(edges, feed, feed.fetch_url)
    except (FetchFailed, FetchRefused) as error:
        diagnosis = diagnosed(error)
        status = error.status if isinstance(error, FetchFailed) else None
        return replace(trial, status=status, condition=diagnosis.condition, error=diagnosis.told)
    trial = replace(
        trial,
        answered=page.url,
        hops=page.hops,
        status=page.status,
        media_type=page.headers.get("content-type", ""),
        wire_bytes=page.wire_bytes,
        body_bytes=len(page.body),
    )
    try:
        return _read(edges, feed, page, trial)
    except (FetchFailed, FetchRefused, FeedUnreadable) as error:
        diagnosis = diagnosed(error, page)
        return replace(trial, condition=diagnosis.condition, error=diagnosis.told)


def _read(edges: Edges, feed: Feed, page: Page, trial: FeedTrial) -> FeedTrial:
    now, rhythm = edges.now(), edges.limits.rhythm
    parsed = whole_feed(edges, page, feed.id, lambda url: _asked(edges, feed, url))
    after = with_pace(after_success(feed, page, parsed, now, _MIDDLE, rhythm=rhythm), parsed, now)
    return replace(
        trial,
        format=parsed.format,
        title=parsed.title,
        language=parsed.language or "",
        entries=parsed.entries,
        hints=tuple(hints(page, parsed, now, rhythm)),
        next_poll=after.next_poll,
        next_poll_reason=after.next_poll_reason,
        warnings=tuple(warnings(page, parsed)),
    )


def _asked(edges: Edges, feed: Feed, url: str) -> Page:
    return get_once(edges, url, home=feed.fetch_url, login=login_of(feed), proxy=feed.proxy or None)
