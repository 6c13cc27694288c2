"""Entries → the articles themselves: fetched as pages or PDFs, or else what the feed carries of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.articles.changes import is_same_text
from monitor.articles.excerpt import excerpt_of
from monitor.articles.language import language_of
from monitor.domain.address import Address
from monitor.domain.article import EXCERPTS, Article, Extracted
from monitor.domain.entry import Entry
from monitor.domain.feed import Feed
from monitor.errors import ArticleUnreadable, AssetsWrong, FetchFailed, LeaseLost, StorageFailed
from monitor.pipeline.articles import article_of, as_version, canonical_address
from monitor.pipeline.edges import Edges
from monitor.pipeline.hosts import Hosts
from monitor.pipeline.look import Look, given_up, look_at
from monitor.pipeline.settled import Failed, Settled

BLAMELESS = (AssetsWrong, LeaseLost, StorageFailed)
"""What is no fault of the page that was being asked."""


@dataclass(frozen=True)
class Found:
    """What an entry came to: its article, None where there is nothing to read and `look` says why.

    `address`: what is to be remembered of the page, None where the entry leads nowhere; `moved_from`: the canonical
    address under which it was known until now. `next_visit`: when to ask again.
    """

    article: Article | None
    look: Look
    address: Address | None = None
    moved_from: str | None = None
    next_visit: datetime | None = None


def fetch_entries(edges: Edges, entry_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Entry ids → ids of their articles. Pages are fetched side by side and saved in the order of the entries."""
    entries = {entry.id: entry for entry in edges.store.entries.get(entry_ids)}
    feeds = {one: edges.store.feeds.get(one) for one in sorted({entry.feed_id for entry in entries.values()})}
    hosts, attempts = Hosts(edges), edges.store.work.attempts("entry", entry_ids)
    ordered = [entries[one] for one in entry_ids if one in entries]
    running = {
        entry.id: edges.fetchers.submit(
            fetch_article,
            edges,
            entry,
            feeds[entry.feed_id],
            hosts=hosts,
            is_last_try=attempts.get(entry.id, 0) >= edges.limits.attempts,
        )
        for entry in ordered
    }
    for entry in ordered:
        try:
            found = running[entry.id].result()
        except BLAMELESS:
            raise
        except Exception as error:
            hosts.rest(entry.url, error)
            yield Failed(entry.id, error)
            continue
        save = _saving(edges, entry, found)
        yield Settled([entry.id], save) if found.article else Failed(entry.id, _nothing(entry, found.look), save)


def fetch_article(edges: Edges, entry: Entry, feed: Feed, *, hosts: Hosts, is_last_try: bool = False) -> Found:
    """The article behind an entry: its page, else its PDF, else what the feed carries of it.

    Raises FetchFailed where asking again soon may help, and it is not the last try.
    """
    known = edges.store.addresses.of(entry.url) if entry.url else None
    asked = known if entry.article_id is None else None  # a changed entry wants the page, whatever its server thinks
    try:
        look = _look(edges, entry, asked, hosts)
    except FetchFailed as error:
        if not is_last_try:
            raise
        look = given_up(error)
    return found_at(edges, entry, feed, known, look) or _of_feed(edges, entry, feed, known, look)


def found_at(edges: Edges, entry: Entry, feed: Feed, known: Address | None, look: Look) -> Found | None:
    """The article that a look brought, or that is known from before; None where there is neither."""
    if look.is_unchanged and known is not None:
        return _unchanged(edges, known, look)
    if look.found is None or look.page is None:
        return None
    page, read = look.page, look.found
    canonical = canonical_address(read.canonical_url or page.url, page.url)
    article = article_of(edges, page.url, canonical, read, entry, feed)
    stored = as_version(article, _latest(edges, article, known), edges.now())
    address = Address(
        url=known.url if known else entry.url,
        canonical_url=stored.canonical_url,
        etag=None if look.label else page.headers.get("etag"),  # an enclosed PDF says nothing of the page
        last_modified=None if look.label else page.headers.get("last-modified"),
        first_read=(known and known.first_read) or edges.now(),
    )
    return to_visit(edges, Found(stored, look, address, known.canonical_url if known else None))


def _look(edges: Edges, entry: Entry, known: Address | None, hosts: Hosts) -> Look:
    if not entry.url:
        return Look(label="error", reason="the feed gives no address for it")
    with hosts.asked(entry.url):
        look = look_at(edges, entry.url, known)
        if look.is_unchanged and known is not None and edges.store.articles.latest(known.canonical_url) is None:
            look = look_at(edges, entry.url)
    if look.found is not None or look.is_unchanged or not entry.pdf or entry.pdf == entry.url:
        return look
    with hosts.asked(entry.pdf):
        enclosed = look_at(edges, entry.pdf)
    if enclosed.found is None:
        return look
    said = replace(enclosed.found, title=entry.title, canonical_url=entry.url)
    said = replace(said, label=look.label, label_reason=look.reason)
    return replace(look, found=said, page=enclosed.page)


def _latest(edges: Edges, article: Article, known: Address | None) -> Article | None:
    """The latest version of an article, also where the same text is now said to have another address than before."""
    here = edges.store.articles.latest(article.canonical_url)
    before = edges.store.articles.latest(known.canonical_url) if known and here is None else None
    if before is not None and is_same_text(before.title, before.text, article.title, article.text):
        return before
    return here


def _unchanged(edges: Edges, known: Address, look: Look) -> Found | None:
    latest = edges.store.articles.latest(known.canonical_url)
    return None if latest is None else to_visit(edges, Found(latest, look, known))


def _of_feed(edges: Edges, entry: Entry, feed: Feed, known: Address | None, look: Look) -> Found:
    """What the feed carries of an article whose page is none, or the text that was read before the page was closed."""
    canonical = known.canonical_url if known else canonical_address(entry.url or f"{feed.url}#!{entry.id}")
    address = Address(entry.url, canonical, first_read=(known and known.first_read) or edges.now())
    found = Found(None, look, address if entry.url else None)
    excerpt, latest = excerpt_of(entry), edges.store.articles.latest(canonical) if entry.url else None
    if excerpt is not None:
        said = Extracted(entry.title, excerpt.text, language=language_of(excerpt.text))
        said = replace(said, basis=excerpt.basis, label=look.label, label_reason=look.reason)
        article = article_of(edges, entry.url or feed.url, canonical, said, entry, feed)
        found = replace(found, article=as_version(article, latest, edges.now()))
    elif latest is not None:
        found = replace(found, article=latest)
    return to_visit(edges, found)


def to_visit(edges: Edges, found: Found) -> Found:
    """The same with the time at which the page is to be asked again: never, where it is gone or refused for good."""
    article, visits, now = found.article, edges.limits.visits, edges.now()
    first = found.address.first_read if found.address else None
    if first is None or (found.look.label and not found.look.may_open):
        return found
    if article is not None and article.basis not in EXCERPTS:
        return replace(found, next_visit=visits.of_open(article.published, first, now))
    return replace(found, next_visit=visits.of_closed(first, now))


def _saving(edges: Edges, entry: Entry, found: Found) -> Callable[[], list[str]]:
    def save() -> list[str]:
        ids = store_found(edges, [entry], found)
        if found.address is not None:
            edges.store.addresses.plan(found.address.id, found.next_visit)
        return ids

    return save


def store_found(edges: Edges, entries: Sequence[Entry], found: Found) -> list[str]:
    """Write down what was found for these entries. The id of their article, if there is one."""
    now = edges.now()
    if found.address is not None:
        edges.store.addresses.put(found.address)
    if found.article is None:
        return []
    stored = edges.store.articles.put(replace(found.article, arrived=now))
    if found.moved_from and found.moved_from != stored.canonical_url:
        edges.store.articles.move_excerpts(found.moved_from, stored.canonical_url, now)
    for entry in entries:
        edges.store.entries.link_article(entry.id, stored.id)
    return [stored.id]


def _nothing(entry: Entry, look: Look) -> ArticleUnreadable:
    return ArticleUnreadable(
        f"No article at {entry.url or 'the entry ' + repr(entry.title)}",
        why=f"{look.reason}, and its feed carries too little text to stand for it",
        mend="Nothing to do" + ("; the page is tried again." if look.may_open else "; tell the publisher."),
    )
