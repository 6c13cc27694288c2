"""Entries → the articles themselves, fetched as pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.articles.extract import extract
from monitor.articles.language import language_of
from monitor.articles.plain import extract_fragment, extract_plain
from monitor.domain.address import Address
from monitor.domain.article import Article, Extracted, article_id
from monitor.domain.entry import Entry
from monitor.domain.feed import Feed
from monitor.domain.page import Page
from monitor.domain.url import canonical_url
from monitor.errors import ArticleUnreadable, FetchFailed, MonitorError
from monitor.pipeline.edges import Edges
from monitor.pipeline.settled import Failed, Settled

_LATER = frozenset({408, 423, 425, 429})
_PLAIN = ("text/plain", "text/markdown")


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
        if entry.url:
            edges.store.addresses.put(Address(entry.url, stored.canonical_url), None)
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
    known = edges.store.addresses.of(address)
    canonical = known.canonical_url if known else canonical_address(address)
    return _article(edges, address, canonical, extracted, entry, feed)


def _article(
    edges: Edges, url: str, canonical: str, extracted: Extracted, entry: Entry | None, feed: Feed | None
) -> Article:
    title = extracted.title or (entry.title if entry else "")
    text = bounded(extracted.text, edges.limits.article_characters, url)
    published = (entry.published if entry else None) or extracted.published
    return Article(
        id=article_id(canonical, title, text),
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


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
