"""Our feed reader against feedparser, on feeds that lie in a folder: the same entries, links and dates? How much faster?

    .venv/bin/python -m tests.bench.feeds FOLDER… [--show 20] [--passes 5]

Every file below the folders is read as a feed. feedparser runs as it comes, with its cleaning. What it reads as one
article twice is one for us, so its entries are compared one by one with ours of the same address.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import feedparser

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.url import page_key
from monitor.errors import FeedUnreadable
from monitor.feeds.parse import parse_feed

URL = "https://feed.test/feed"


@dataclass
class Agreement:
    """What was compared, what was the same, and the first cases that were not."""

    compared: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)

    def count(self, what: str, theirs: object, ours: object, where: str) -> None:
        self.compared[what] += 1
        if theirs == ours:
            self.same[what] += 1
        else:
            self.different.append(f"{what}: feedparser {theirs!r}, ours {ours!r} in {where}")


def ours(body: bytes) -> ParsedFeed | None:
    try:
        return parse_feed(body, url=URL, feed_id="feed")
    except FeedUnreadable:
        return None


def theirs(body: bytes) -> Any:
    return feedparser.parse(BytesIO(body), response_headers={"content-location": URL})


def compare(name: str, body: bytes, agreement: Agreement) -> None:
    """Count the entries of one file, and compare the link and dates of each."""
    raw, mine = theirs(body).entries, ours(body)
    if not raw:
        return  # JSON Feed and sitemaps, which feedparser does not read, and what is no feed
    entries = list(mine.entries) if mine else []
    matched = [(one, _match(number, one, entries, len(raw))) for number, one in enumerate(raw)]
    found = {entry.id for _, entry in matched if entry}
    agreement.count(
        "entries", sum(1 for _ in raw), sum(1 for _, entry in matched if entry) + len(entries) - len(found), name
    )
    for one, entry in matched:
        if entry is None:
            continue
        agreement.count("links", _link(one), entry.url, name)
        agreement.count("dates", _date(one), _written(entry.published or entry.updated), name)


def _match(number: int, one: Any, entries: list[Entry], count: int) -> Entry | None:
    """Our entry for one of feedparser's: in the same place, or else of the same page or guid."""
    if count == len(entries):
        return entries[number]
    page, guid = page_key(_link(one)), one.get("id")
    same = (entry for entry in entries if (page and page_key(entry.url) == page) or (guid and entry.guid == guid))
    return next(same, None)


def _link(one: Any) -> str:
    """feedparser's link where it leads to a page of the web, else what is enclosed, as we have it."""
    enclosed = [item.get("href") or "" for item in one.get("enclosures") or ()]
    links = ["".join(link.split()) for link in (one.get("link") or "", *enclosed)]
    return next((link for link in links if link.lower().startswith(("http://", "https://"))), "")


def _date(one: Any) -> str:
    present = [name for name in ("published_parsed", "updated_parsed") if name in set(one.keys()) and one[name]]
    return _written(datetime(*one[present[0]][:6], tzinfo=UTC)) if present else ""


def _written(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if when else ""


def seconds(read: Callable[[bytes], object], bodies: list[bytes]) -> float:
    start = time.perf_counter()
    for body in bodies:
        read(body)
    return time.perf_counter() - start


def files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else [folder]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    arguments.add_argument("--show", type=int, default=20, help="differences to print")
    arguments.add_argument("--passes", type=int, default=5, help="how often each is timed")
    given = arguments.parse_args()
    bodies = {str(path): path.read_bytes() for path in files(given.folders)}
    agreement = Agreement()
    for name, body in bodies.items():
        compare(name, body, agreement)
    for what, compared in agreement.compared.items():
        print(f"{what:8} {agreement.same[what]} of {compared} the same = {100 * agreement.same[what] / compared:.2f} %")
    for line in agreement.different[: given.show]:
        print("  ", line[:300])
    megabytes = sum(map(len, bodies.values())) / 1e6
    times = [(seconds(theirs, [*bodies.values()]), seconds(ours, [*bodies.values()])) for _ in range(given.passes)]
    slow, fast = (median(column) for column in zip(*times, strict=True))
    print(f"{len(bodies)} files, {megabytes:.1f} MB, median of {given.passes} passes in turn:")
    print(f"feedparser {megabytes / slow:.1f} MB/s, ours {megabytes / fast:.1f} MB/s: {slow / fast:.1f} times as fast")


if __name__ == "__main__":
    main()
