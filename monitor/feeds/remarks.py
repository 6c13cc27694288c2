"""A feed as it was read → what is worth telling somebody who thinks of reading it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.page import Page
from monitor.feeds.cadence import Rhythm, feed_hints, header_hints
from monitor.feeds.dates import IN_THE_FUTURE, ZONE_ASSUMED
from monitor.feeds.moves import PERMANENT

_LARGE_BYTES = 1_000_000
_NOTES = {ZONE_ASSUMED: "a date without a zone, taken for UTC", IN_THE_FUTURE: "a date in the future, left out"}


def hints(page: Page, parsed: ParsedFeed, now: datetime, rhythm: Rhythm) -> list[str]:
    """What the feed and its server wish for the pace at which they are asked."""
    found = [*feed_hints(parsed, rhythm), *header_hints(page.headers, now, rhythm)]
    told = [f"{pause.reason}: {_minutes(pause.length)}" for pause in found]
    if parsed.skip_hours:
        told.append(f"skipHours of the feed: {', '.join(map(str, parsed.skip_hours))} (UTC)")
    if parsed.skip_days:
        told.append(f"skipDays of the feed: {', '.join(parsed.skip_days)}")
    return told


def warnings(page: Page, parsed: ParsedFeed) -> list[str]:
    """What makes the feed hard to read, unreliable or costly."""
    return [*_of_answer(page), *_of_entries(parsed.entries)]


def _of_answer(page: Page) -> Iterator[str]:
    if page.hops and all(status in PERMANENT for status, _ in page.hops):
        yield f"it has moved for good: add {page.url} instead"
    if page.url.startswith("http:"):
        yield "it comes unencrypted: anybody on the way can change it"
    media_type = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not media_type or not any(part in media_type for part in ("xml", "json", "rss", "atom")):
        yield f"its server calls it {media_type or 'nothing'}, not a feed"
    if not page.headers.get("etag") and not page.headers.get("last-modified"):
        size = page.wire_bytes or len(page.body)
        yield f"its server sends neither ETag nor Last-Modified: each poll takes all of its {size:,} bytes"
    if page.wire_bytes > _LARGE_BYTES:
        yield f"it is large: {page.wire_bytes:,} bytes"


def _of_entries(entries: tuple[Entry, ...]) -> Iterator[str]:
    if not entries:
        yield "it has no entries now"
    for note in sorted({entry.date_note for entry in entries if entry.date_note}):
        yield f"{_share(sum(entry.date_note == note for entry in entries), entries)}: {_NOTES.get(note, note)}"
    without = sum(not entry.url for entry in entries)
    if without:
        yield f"{_share(without, entries)}: no link to an article"
    pages: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.guid:
            pages[entry.guid].add(entry.url)
    shared = sum(len(urls) > 1 for urls in pages.values())
    if shared:
        yield f"guids that stand for several addresses each: {shared}; entries are told apart by their addresses"
    bare = sum(not entry.title and not entry.summary for entry in entries)
    if bare:
        yield f"{_share(bare, entries)}: neither title nor summary"


def _share(count: int, entries: tuple[Entry, ...]) -> str:
    return f"{count} of {len(entries)} entries"


def _minutes(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:g} h"
