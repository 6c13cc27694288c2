"""What a page yields, and what its feed says of it → an article, as the version of it that is to be stored."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.articles.changes import is_cut, is_same_text
from monitor.domain.article import Article, Extracted, article_id, fullness
from monitor.domain.entry import Entry
from monitor.domain.feed import Feed
from monitor.domain.url import canonical_url
from monitor.errors import ArticleUnreadable
from monitor.pipeline.edges import Edges


def article_of(
    edges: Edges, url: str, canonical: str, extracted: Extracted, entry: Entry | None, feed: Feed | None
) -> Article:
    """An article. What the feed said of its author and date goes before what the page says, where both speak."""
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
        updated=_last_update(entry, extracted, published),
        language=extracted.language or "en",
        author=(entry.author if entry else "") or extracted.author,
        basis=extracted.basis,
        label=extracted.label,
        label_reason=extracted.label_reason,
        date_note=entry.date_note if entry else "",
    )


def as_version(article: Article, latest: Article | None, now: datetime) -> Article:
    """The version to store: this one, or the latest that is known where this one tells nothing new.

    What a feed carries never replaces what the page said. A page that came to be read after all is no change by its
    publisher, one that was closed since is none either. Where he changed it and does not say when, it was `now`.
    """
    if latest is None or fullness(article.basis) < fullness(latest.basis):
        return latest or article
    is_fuller = fullness(article.basis) > fullness(latest.basis)
    if is_same_text(latest.title, latest.text, article.title, article.text):
        read = replace(latest, basis=article.basis, label=article.label, label_reason=article.label_reason)
        return read if is_fuller else latest
    if is_fuller:
        return article
    if is_cut(latest.text, article.text):
        return latest
    return replace(article, updated=_time_of_change(article, latest, now))


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
    host = host_of(canonical).removeprefix("www.")
    if feed is None:
        return extracted.publisher or host
    configured = feed.publisher if feed.publisher != feed.title else ""
    return configured or extracted.publisher or feed.title or host


def host_of(url: str) -> str:
    """The host of an address in lower case, empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _last_update(entry: Entry | None, extracted: Extracted, published: datetime | None) -> datetime | None:
    """The later of the updates that feed and page tell, where it is one: many repeat the time of publication."""
    told = [one for one in (entry.updated if entry else None, extracted.updated) if one is not None]
    updated = max(told, default=None)
    return None if updated is None or (published is not None and updated <= published) else updated


def _time_of_change(article: Article, latest: Article, now: datetime) -> datetime:
    before = latest.updated or latest.published or latest.arrived
    if article.updated is not None and article.updated > before:
        return article.updated
    return max(now, before + timedelta(seconds=1))
