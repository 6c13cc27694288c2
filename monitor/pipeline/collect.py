"""Feeds → what they say of articles; entries → the articles themselves, fetched as pages."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.articles.extract import extract, extract_fragment, extract_plain, language_of
from monitor.articles.urls import canonical_url
from monitor.domain.article import Article, Extracted
from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.feed import Feed, FetchLine
from monitor.domain.ids import content_id
from monitor.domain.page import Page
from monitor.errors import ArticleUnreadable, FeedUnreadable, FetchFailed, FetchRefused, MonitorError
from monitor.feeds.decide import after_failure, after_not_modified, after_success, host_pause
from monitor.feeds.parse import parse_feed
from monitor.pipeline.edges import Edges
from monitor.pipeline.settled import Failed, Settled

_LATER = frozenset({408, 423, 425, 429})
_PLAIN = ("text/plain", "text/markdown")


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
    kept = after_success(feed, page, parsed, now, edges.chance(), rhythm=edges.limits.rhythm)
    return Answer(kept, FetchLine(feed.id, now, "ok", page.status, bytes_read=len(page.body)), entries)


def _failed(edges: Edges, feed: Feed, error: MonitorError) -> Answer:
    now, rhythm = edges.now(), edges.limits.rhythm
    status = error.status if isinstance(error, FetchFailed) else None
    seconds = error.retry_after_seconds if isinstance(error, FetchFailed) else None
    asked = timedelta(seconds=seconds) if seconds is not None else None
    pause = host_pause(status, asked, feed.failures, rhythm=rhythm)
    why = f"{error.why}. {error.mend}"
    kept = after_failure(
        feed,
        now,
        edges.chance(),
        error=why,
        status=status,
        asked=asked,
        unreadable=isinstance(error, FeedUnreadable),
        rhythm=rhythm,
    )
    hold = (now + pause.length, pause.reason) if pause else None
    return Answer(kept, FetchLine(feed.id, now, kept.status, status, error=why), hold=hold)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def fetch_entries(edges: Edges, entry_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Entry ids → ids of their articles. Pages are fetched side by side and saved in the order of the entries."""
    entries = {entry.id: entry for entry in edges.store.entries.get(entry_ids)}
    feeds = {one: edges.store.feeds.get(one) for one in sorted({entry.feed_id for entry in entries.values()})}
    ordered = [entries[one] for one in entry_ids if one in entries]
    running = [edges.fetchers.submit(fetch_article, edges, entry, feeds[entry.feed_id]) for entry in ordered]
    for entry, fetched in zip(ordered, running, strict=True):
        try:
            article = fetched.result()
        except Exception as error:
            yield Failed(entry.id, error)
        else:
            yield Settled([entry.id], _saving_article(edges, entry, article))


def _saving_article(edges: Edges, entry: Entry, article: Article) -> Callable[[], list[str]]:
    def save() -> list[str]:
        stored = edges.store.articles.put(replace(article, arrived=edges.now()))
        edges.store.articles.learn_canonical(entry.url, stored.canonical_url)
        edges.store.entries.link_article(entry.id, stored.id)
        return [stored.id]

    return save


def fetch_article(edges: Edges, entry: Entry, feed: Feed) -> Article:
    """The article behind an entry: its page, or where that cannot be had for good, what the feed carries of it."""
    try:
        page = edges.web.get(entry.url, kind="page") if entry.url else _no_address(entry)
        return article_of_page(edges, page, entry, feed)
    except MonitorError as error:
        if not entry.content or not _is_final(error):
            raise
    return _article_of_content(edges, entry, feed)


def _no_address(entry: Entry) -> Page:
    raise ArticleUnreadable(
        f"The entry {entry.title!r} leads nowhere",
        why="the feed gives no address for it",
        mend="Nothing to do; tell the publisher that the feed lacks links.",
    )


def _is_final(error: MonitorError) -> bool:
    """Whether asking for the page again would not help."""
    if isinstance(error, FetchFailed) and error.status is not None:
        return 400 <= error.status < 500 and error.status not in _LATER
    return not error.retry


def article_of_page(edges: Edges, page: Page, entry: Entry | None, feed: Feed | None) -> Article:
    """A fetched page as an article. What the feed said of it goes before what the page says, where both speak."""
    extracted = _extract(page, entry)
    canonical = canonical_address(extracted.canonical_url or page.url, page.url)
    return _article(edges, page.url, canonical, extracted, entry, feed)


def _extract(page: Page, entry: Entry | None) -> Extracted:
    media_type = page.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type in _PLAIN:
        return extract_plain(page.body.decode("utf-8", "replace"))
    if media_type and "html" not in media_type and "xml" not in media_type:
        raise ArticleUnreadable(
            f"Cannot read {page.url}",
            why=f"the server sent {media_type}, not a page of text",
            mend="Nothing to do; articles are read from HTML and plain text.",
        )
    return extract(page.body, page.url)


def _article_of_content(edges: Edges, entry: Entry, feed: Feed) -> Article:
    address = entry.url or feed.url
    text = extract_fragment(entry.content, title=entry.title)
    extracted = Extracted(title=entry.title, text=text, language=language_of(text))
    canonical = edges.store.articles.canonical_for(entry.url) or canonical_address(address)
    return _article(edges, address, canonical, extracted, entry, feed)


def _article(
    edges: Edges, url: str, canonical: str, extracted: Extracted, entry: Entry | None, feed: Feed | None
) -> Article:
    title = extracted.title or (entry.title if entry else "")
    text = bounded(extracted.text, edges.limits.article_characters, url)
    published = (entry.published if entry else None) or extracted.published
    return Article(
        id=content_id("art", canonical, title, text),
        url=url,
        canonical_url=canonical,
        title=title,
        text=text,
        publisher=publisher_name(canonical, extracted, feed),
        published=published,
        arrived=edges.now(),
        updated=_later((entry.updated if entry else None) or extracted.updated, published),
        language=extracted.language or "en",
        author=(entry.author if entry else "") or extracted.author,
    )


def canonical_address(address: str, base: str | None = None) -> str:
    """The address in its one form; the base where the address is none. ArticleUnreadable where neither is one."""
    for candidate in (address, base):
        try:
            return canonical_url(candidate, base=base) if candidate else ""
        except ValueError:
            continue
    raise ArticleUnreadable(
        f"Cannot use the address {address[:200]!r}",
        why="it cannot be parsed",
        mend="Correct the address; tell the publisher where it comes from a feed.",
    )


def bounded(text: str, characters: int, url: str) -> str:
    """The text, if it is one and no longer than the limit. ArticleUnreadable else."""
    if text.strip() and len(text) <= characters:
        return text
    raise ArticleUnreadable(
        f"Cannot read {url}",
        why="it holds no text"
        if not text.strip()
        else f"its text has {len(text):,} characters, more than {characters:,}",
        mend="Nothing to do for a page without an article; raise limits.article_characters for longer ones.",
    )


def publisher_name(canonical: str, extracted: Extracted, feed: Feed | None) -> str:
    """What a reader would call the publisher: as configured, else as the page says, else the feed's title or the host."""
    host = _host(canonical).removeprefix("www.")
    if feed is None:
        return extracted.publisher or host
    configured = feed.publisher if feed.publisher != feed.title else ""
    return configured or extracted.publisher or feed.title or host


def _later(updated: datetime | None, published: datetime | None) -> datetime | None:
    """The time of an update, where it is one: many feeds repeat the time of publication."""
    if updated is None or (published is not None and updated <= published):
        return None
    return updated
