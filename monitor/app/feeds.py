"""Where we read: feeds added, found, paused and removed."""

import re

from monitor.app.parts import Parts
from monitor.domain.feed import Feed
from monitor.errors import NotFound, RecordWrong


class Feeds:
    """The feeds of this service."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add(self, url: str, title: str = "", publisher: str = "") -> tuple[Feed, bool]:
        """The feed of this address, and whether it is new or back. RecordWrong for what is no address."""
        address = url.strip()
        if not re.fullmatch(r"https?://[^\s/]+\S*", address, re.IGNORECASE):
            mend = "Give the whole address, such as https://example.org/feed.xml."
            raise RecordWrong(f"Cannot add {address[:100]!r}", why="it is no http address", mend=mend)
        feed = self._parts.feed(address, title, publisher)
        new = self._parts.store.feeds.add(feed)
        return self._parts.store.feeds.get(feed.id), new

    def find(self, name: str) -> Feed:
        """The feed with this id, address, or the only one whose address or title holds these words. NotFound."""
        feeds = self._parts.store.feeds.list()
        exact = [feed for feed in feeds if name in (feed.id, feed.url)]
        near = [feed for feed in feeds if name.lower() in f"{feed.url} {feed.title} {feed.publisher}".lower()]
        found = exact or near
        if len(found) == 1:
            return found[0]
        why = "no feed has this id, address or title" if not found else f"{len(found)} feeds match"
        raise NotFound(f"Cannot tell which feed {name!r} is", why=why, mend="`monitor feeds list` shows them all.")

    def pause(self, feed_id: str, paused: bool) -> None:
        """Stop asking a feed, or ask it again."""
        self._parts.store.feeds.pause(feed_id, paused)

    def remove(self, feed_id: str) -> None:
        """Never ask this feed again; what it brought stays."""
        self._parts.store.feeds.remove(feed_id)
