"""Entries of one document → each once, with the id that it keeps from poll to poll.

An entry is the page that it leads to: publishers change titles, dates and even guids of one article. The guid decides
where the address says nothing: there is none, it is a front page, or several entries of the document share it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from monitor.domain.entry import Entry
from monitor.domain.ids import content_id
from monitor.domain.url import page_key
from monitor.feeds.dates import IN_THE_FUTURE, is_future


def identified(entries: Sequence[Entry], feed_id: str, now: datetime | None = None) -> tuple[Entry, ...]:
    """The entries with their ids, in their order; of those that are one, the first.

    One are entries whose addresses differ in http or https and in parameters that only track readers, whatever their
    guids. A date more than a day after `now` is taken out and marked: it would stay on top of everything for years.
    """
    pages = [_page(entry.url) for entry in entries]
    titles: dict[str, set[str]] = defaultdict(set)
    guids: dict[str, set[str]] = defaultdict(set)
    for entry, page in zip(entries, pages, strict=True):
        title = entry.title or entry.summary or entry.guid or ""
        titles[page].add(title)
        titles[f"guid {entry.guid}"].add(title)
        guids[page].add(entry.guid or title)
    named: dict[str, Entry] = {}
    for entry, page in zip(entries, pages, strict=True):
        if page and (len(titles[page]) == 1 or len(guids[page]) == 1):
            key = page
        elif entry.guid and len(titles[f"guid {entry.guid}"]) == 1:
            key = entry.guid
        else:
            key = f"{page}\n{entry.title}\n{entry.published}\n{entry.summary}\n{entry.author}"
        identity = content_id("entry", feed_id, key)
        if identity not in named:
            named[identity] = _dated(entry, identity, now)
    return tuple(named.values())


def _page(url: str) -> str:
    """What of an address names a page, without the scheme; empty for a front page and for no address."""
    page = page_key(url).partition("://")[2] if url else ""
    fragment = url.partition("#")[2]
    if fragment and "=" not in fragment and not fragment.startswith("!"):
        page = f"{page}#{fragment}"  # a post on a page of many; with an equals sign it tracks readers
    return "" if page.endswith("/") and page.count("/") == 1 else page


def _dated(entry: Entry, identity: str, now: datetime | None) -> Entry:
    fields = vars(entry) | {"id": identity}  # replace() would take twice as long, a tenth of reading the whole feed
    if now is not None and (is_future(entry.published, now) or is_future(entry.updated, now)):
        fields |= {
            "published": None if is_future(entry.published, now) else entry.published,
            "updated": None if is_future(entry.updated, now) else entry.updated,
            "date_note": IN_THE_FUTURE,
        }
    return Entry(**fields)
