"""Feeds → what they say of articles. Asking and saving one; who drives it, and when, is `tasks/polling.py`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed, FetchLine
from monitor.domain.page import Page
from monitor.domain.url import is_home
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused
from monitor.feeds.cadence import outside_skipped
from monitor.feeds.decide import after_failure, after_hold, after_not_modified, after_success, host_pause, while_asked
from monitor.feeds.health import diagnosed, with_pace
from monitor.feeds.moves import may_move
from monitor.pipeline.edges import Edges
from monitor.pipeline.whole import whole_feed

_BROKEN = "failing"


@dataclass(frozen=True)
class Answer:
    """What came of asking a feed: what to remember, the line of its history, the entries it now has.

    `hold`: the host that is to be left alone, until when, and why.
    """

    feed: Feed
    line: FetchLine
    entries: tuple[Entry, ...] = ()
    hold: tuple[str, datetime, str] | None = None


def take_feeds(edges: Edges, feed_ids: Sequence[str], *, early: bool = False) -> list[Feed]:
    """Those of these feeds that are due (`early`: or not) and nobody else asks, as they were; now ours to ask.

    Their next time is moved on before they are asked: whatever happens to us, none is asked before its time.
    """
    now, rhythm = edges.now(), edges.limits.rhythm

    def kept(feed: Feed) -> Feed:
        return while_asked(feed, now, rhythm=rhythm)

    return edges.store.polls.take(feed_ids, edges.owner, now, edges.limits.lease, kept, early=early)


def at_rest(edges: Edges, feed: Feed, host_until: datetime | None, *, early: bool = False) -> Answer | None:
    """The answer that stands for one where the feed is not to be asked now, None where it may be.

    Its host asked to be left alone, or (unless a person wants it `early`) this is an hour in which it does.
    """
    now = edges.now()
    if host_until is not None and host_until > now:
        why = f"the server asked to be left alone until {host_until:%Y-%m-%d %H:%M} UTC"
        return _held(after_hold(feed, host_until, "Retry-After of the server"), now, why)
    awake = outside_skipped(now, feed.skip_hours, feed.skip_days)
    if early or awake == now:
        return None
    why = f"the feed asks to be left alone until {awake:%Y-%m-%d %H:%M} UTC"
    return _held(after_hold(feed, awake, "skipHours or skipDays of the feed"), now, why)


def _held(feed: Feed, now: datetime, why: str) -> Answer:
    return Answer(feed, FetchLine(feed.id, now, "held", error=why))


def ask_feed(edges: Edges, feed: Feed) -> Answer:
    """Ask one feed now. Whatever the server does becomes an answer."""
    # Where an answer would prove a move, it has to come whole.
    is_whole = may_move(feed, edges.now(), apart=edges.limits.rhythm.sightings_apart)
    page = None
    try:
        page = edges.web.get(
            feed.fetch_url,
            kind="feed",
            etag=None if is_whole else feed.etag,
            last_modified=None if is_whole else feed.last_modified,
            login=login_of(feed),
            proxy=feed.proxy or None,
        )
        if page.status == 304:
            return _unchanged(edges, feed, page)
        parsed = whole_feed(edges, page, feed.id, lambda url: _sitemap(edges, feed, url))
    except (FetchFailed, FetchRefused, FeedUnreadable) as error:
        if is_whole and isinstance(error, FetchFailed) and error.status == 304:  # it says so to everybody: no proof
            return _unchanged(edges, feed, Page(feed.fetch_url, 304, error.headers, b""))
        return _failed(edges, feed, error, page)
    return _read(edges, feed, page, parsed)


def _sitemap(edges: Edges, feed: Feed, url: str) -> Page:
    """A sitemap that the feed, which is an index, names."""
    login = login_of(feed) if is_home(url, feed.fetch_url) else None
    return edges.web.get(url, kind="feed", login=login, proxy=feed.proxy or None)


def login_of(feed: Feed) -> tuple[str, str] | None:
    """User name and password, as long as the feed is asked at the site for which they were given."""
    if not feed.login or not is_home(feed.fetch_url, feed.url):
        return None
    user, _, password = feed.login.partition(":")
    return user, password


def _unchanged(edges: Edges, feed: Feed, page: Page) -> Answer:
    now = edges.now()
    kept = after_not_modified(feed, page, now, edges.chance(), rhythm=edges.limits.rhythm)
    return Answer(kept, FetchLine(feed.id, now, "not_modified", 304))


def _read(edges: Edges, feed: Feed, page: Page, parsed: ParsedFeed) -> Answer:
    now = edges.now()
    entries = tuple(replace(entry, feed_url=feed.url) for entry in parsed.entries)
    kept = with_pace(after_success(feed, page, parsed, now, edges.chance(), rhythm=edges.limits.rhythm), parsed, now)
    return Answer(kept, FetchLine(feed.id, now, "ok", page.status, bytes_read=kept.body_bytes), entries)


def _failed(edges: Edges, feed: Feed, error: FetchFailed | FetchRefused | FeedUnreadable, page: Page | None) -> Answer:
    now, rhythm = edges.now(), edges.limits.rhythm
    status = error.status if isinstance(error, FetchFailed) else None
    seconds = error.retry_after_seconds if isinstance(error, FetchFailed) else None
    asked = timedelta(seconds=seconds) if seconds is not None else None
    pause = host_pause(status, asked, feed.failures, rhythm=rhythm)
    diagnosis = diagnosed(error, page)
    cause = diagnosis.condition.value
    kept = after_failure(
        replace(feed, cause=cause),
        now,
        edges.chance(),
        error=diagnosis.told,
        status=status,
        asked=asked,
        unreadable=isinstance(error, FeedUnreadable),
        rhythm=rhythm,
    )
    whose = (isinstance(error, FetchFailed) and error.url) or feed.fetch_url
    hold = (host_of(whose), now + pause.length, pause.reason) if pause else None
    return Answer(kept, FetchLine(feed.id, now, kept.status, status, error=diagnosis.told, cause=cause), hold=hold)


def left(edges: Edges, feed: Feed) -> Answer:
    """The answer for a feed that was left because our own side is stopping: it counts as asked, not as failed."""
    now = edges.now()
    return _held(while_asked(feed, now, rhythm=edges.limits.rhythm), now, "the program was being stopped")


def broken(edges: Edges, feed: Feed, why: str) -> Answer:
    """The answer for a feed on which our own program broke: asked again later, so that it cannot keep us busy."""
    now = edges.now()
    kept = after_failure(replace(feed, cause=_BROKEN), now, edges.chance(), error=why, rhythm=edges.limits.rhythm)
    return Answer(kept, FetchLine(feed.id, now, kept.status, error=why, cause=_BROKEN))


def save_answers(edges: Edges, answers: Sequence[Answer]) -> list[Answer]:
    """Write answers in one transaction and give the feeds back. The written ones, their new entries counted.

    What somebody else took over meanwhile is left out.
    """
    store, owner = edges.store, edges.owner
    with store.transaction():
        mine = store.polls.held([answer.feed.id for answer in answers], owner)
        kept = [answer for answer in answers if answer.feed.id in mine]
        entries = {entry.id: entry.feed_id for answer in kept for entry in answer.entries}
        fresh = store.entries.put([entry for answer in kept for entry in answer.entries], edges.now())
        counts = Counter(entries[one] for one in fresh)
        saved = [_counted(answer, counts[answer.feed.id]) for answer in kept]
        store.polls.settle([answer.feed for answer in saved], owner)
        store.feeds.log(*(answer.line for answer in saved))
        for answer in saved:
            if answer.hold is not None:
                store.feeds.hold_host(*answer.hold)
    return saved


def _counted(answer: Answer, new_entries: int) -> Answer:
    if not new_entries:
        return answer
    feed = replace(answer.feed, last_new=answer.line.at)
    return replace(answer, feed=feed, line=replace(answer.line, new_entries=new_entries))


def host_of(url: str) -> str:
    """The name of an address's host, empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
