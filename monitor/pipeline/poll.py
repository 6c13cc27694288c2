"""Feeds → what they say of articles: asked side by side, and saved as they answer."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed, FetchLine
from monitor.domain.page import Page
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.feeds.decide import after_failure, after_not_modified, after_success, host_pause
from monitor.feeds.health import diagnosed, with_pace
from monitor.feeds.parse import parse_feed
from monitor.pipeline.edges import Edges
from monitor.pipeline.settled import Failed, Settled


@dataclass(frozen=True)
class Answer:
    """What came of asking a feed: what to remember, the line of its history, the entries it now has.

    `hold`: until when, and why, the whole host is left alone.
    """

    feed: Feed
    line: FetchLine
    entries: tuple[Entry, ...] = ()
    hold: tuple[datetime, str] | None = None


def poll_feeds(edges: Edges, feed_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Feed ids → ids of new or changed entries. Feeds are asked side by side and saved as they answer."""
    feeds = [edges.store.feeds.get(one) for one in feed_ids]
    running = {edges.fetchers.submit(ask_feed, edges, feed): feed for feed in feeds}
    for answered in as_completed(running):
        try:
            answer = answered.result()
        except Exception as error:
            yield Failed(running[answered].id, error)
        else:
            yield Settled([answer.feed.id], _saving_answer(edges, answer))


def _saving_answer(edges: Edges, answer: Answer) -> Callable[[], list[str]]:
    def save() -> list[str]:
        fresh = edges.store.entries.put(list(answer.entries), answer.line.at)
        feed = replace(answer.feed, last_new=answer.line.at) if fresh else answer.feed
        edges.store.feeds.save(feed)
        edges.store.feeds.log(replace(answer.line, new_entries=len(fresh)))
        if answer.hold is not None:
            edges.store.feeds.hold_host(_host(feed.fetch_url), *answer.hold)
        return fresh

    return save


def ask_feed(edges: Edges, feed: Feed) -> Answer:
    """Ask one feed now, unless its host asked to be left alone. Whatever the server does becomes an answer."""
    hold = edges.store.feeds.host_hold(_host(feed.fetch_url))
    if hold is not None and hold > edges.now():
        return _held(edges, feed, hold)
    try:
        page = edges.web.get(feed.fetch_url, kind="feed", etag=feed.etag, last_modified=feed.last_modified)
        if page.status == 304:
            return _unchanged(edges, feed, page)
        media_type = page.headers.get("content-type")
        parsed = parse_feed(page.body, url=page.url, feed_id=feed.id, content_type=media_type)
    except (FetchFailed, FetchRefused, FeedUnreadable) as error:
        return _failed(edges, feed, error)
    return _read(edges, feed, page, parsed)


def _held(edges: Edges, feed: Feed, until: datetime) -> Answer:
    why = f"the server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
    kept = replace(feed, next_poll=until, next_poll_reason="Retry-After of the server")
    return Answer(kept, FetchLine(feed.id, edges.now(), "held", error=why))


def _unchanged(edges: Edges, feed: Feed, page: Page) -> Answer:
    now = edges.now()
    kept = after_not_modified(feed, page, now, edges.chance(), rhythm=edges.limits.rhythm)
    return Answer(kept, FetchLine(feed.id, now, "not_modified", 304))


def _read(edges: Edges, feed: Feed, page: Page, parsed: ParsedFeed) -> Answer:
    now = edges.now()
    entries = tuple(replace(entry, feed_url=feed.url) for entry in parsed.entries)
    kept = with_pace(after_success(feed, page, parsed, now, edges.chance(), rhythm=edges.limits.rhythm), parsed, now)
    return Answer(kept, FetchLine(feed.id, now, "ok", page.status, bytes_read=len(page.body)), entries)


def _failed(edges: Edges, feed: Feed, error: FetchFailed | FetchRefused | FeedUnreadable) -> Answer:
    now, rhythm = edges.now(), edges.limits.rhythm
    status = error.status if isinstance(error, FetchFailed) else None
    seconds = error.retry_after_seconds if isinstance(error, FetchFailed) else None
    asked = timedelta(seconds=seconds) if seconds is not None else None
    pause = host_pause(status, asked, feed.failures, rhythm=rhythm)
    cause, why = diagnosed(error)
    kept = after_failure(
        replace(feed, cause=cause.value),
        now,
        edges.chance(),
        error=why,
        status=status,
        asked=asked,
        unreadable=isinstance(error, FeedUnreadable),
        rhythm=rhythm,
    )
    hold = (now + pause.length, pause.reason) if pause else None
    return Answer(kept, FetchLine(feed.id, now, kept.status, status, error=why, cause=cause.value), hold=hold)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
