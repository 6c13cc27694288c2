"""Where we read: feeds looked for, added, shown, tried, paused and removed, one by one or by a list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.app.parts import Parts
from monitor.domain.feed import Feed, FetchLine
from monitor.domain.feed_found import Discovery
from monitor.domain.feed_health import FeedReport
from monitor.domain.feed_list import FeedList, ListedFeed
from monitor.domain.feed_trial import FeedTrial
from monitor.domain.url import login_apart, page_key, without_login
from monitor.errors import MonitorError, NotFound, RecordWrong


class Feeds:
    """The feeds of this service."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add(
        self,
        url: str,
        title: str = "",
        publisher: str = "",
        *,
        login: str = "",
        proxy: str = "",
        known: dict[str, Feed] | None = None,
    ) -> tuple[Feed, bool]:
        """The feed of this address, and whether it is new or back. RecordWrong for what is no address.

        `login`: "user:password", `proxy`: an address, or `direct`; given again, they replace those of a known feed.
        `known`: of `spellings`, kept up to date, where many are added.
        """
        feed = self._parts.feed(_checked(url), title, publisher)
        feed = replace(feed, login=login or feed.login, proxy=proxy)
        return self._kept(feed, self.spellings() if known is None else known)

    def add_all(self, listed: Iterable[ListedFeed]) -> list[tuple[Feed, bool]]:
        """Add the feeds of a list, in its order: each as it is kept, and whether it is new or back."""
        known = self.spellings()
        with self._parts.store.transaction():
            return [self.add(one.url, one.title, known=known) for one in listed]

    def spellings(self) -> dict[str, Feed]:
        """What all spellings of an address have in common → the feed we have of it, removed or not."""
        feeds = self._parts.store.feeds.list(include_removed=True)
        moved = {page_key(feed.fetch_url): feed for feed in feeds}
        return {**moved, **{page_key(feed.url): feed for feed in feeds}, **{feed.url: feed for feed in feeds}}

    def _kept(self, feed: Feed, known: dict[str, Feed]) -> tuple[Feed, bool]:
        kept = known.get(feed.url) or known.setdefault(page_key(feed.url), feed)
        new = self._parts.store.feeds.add(kept)
        if kept is not feed and (feed.login or feed.proxy):
            self._parts.store.feeds.give(kept.id, login=feed.login or kept.login, proxy=feed.proxy or kept.proxy)
        return self._parts.store.feeds.get(kept.id), new

    def find(self, name: str) -> Feed:
        """The feed with this id, address, or the only one whose address or title holds these words. NotFound."""
        feeds = self._parts.store.feeds.list()
        exact = [feed for feed in feeds if name in (feed.id, feed.url)]
        near = [feed for feed in feeds if name.lower() in f"{feed.shown_url} {feed.title} {feed.publisher}".lower()]
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

    # How they are ----------------------------------------------------------------------------------------------------

    def reports(self) -> list[FeedReport]:
        """Every feed with how it is: those that need a look first, grouped by cause, then by name."""
        from monitor.feeds.health import worst_first

        feeds, now = self._parts.store.feeds, self._parts.now()
        return worst_first(feeds.list(), now, feeds.paces(now))

    def report(self, feed: Feed) -> FeedReport:
        """One feed with how it is, in a word, a sentence, and what to do."""
        from monitor.feeds.health import worst_first

        now = self._parts.now()
        return worst_first([feed], now, self._parts.store.feeds.paces(now))[0]

    def history(self, feed_id: str, limit: int) -> list[FetchLine]:
        """What came back when it was asked, newest first."""
        return self._parts.store.feeds.history(feed_id, limit)

    # Asking for them -------------------------------------------------------------------------------------------------

    def discover(
        self, addresses: Sequence[str], *, login: str = "", proxy: str = ""
    ) -> Iterator[Discovery | MonitorError]:
        """What is at each of these addresses, in their order, asked side by side: the feeds, or why there is none."""
        from monitor.pipeline.discover import discover

        def one(address: str) -> Discovery | MonitorError:
            try:
                bare, own = login_apart(_checked(address))
                user, _, password = (login or own).partition(":")
                return discover(self._parts.edges, bare, login=(user, password) if user else None, proxy=proxy or None)
            except MonitorError as error:
                return error

        yield from self._parts.fetchers.map(one, addresses)

    def try_feeds(self, feeds: Sequence[Feed]) -> Iterator[FeedTrial]:
        """What comes back from each, in their order, asked side by side. Nothing is stored."""
        from monitor.pipeline.trial import try_feed

        yield from self._parts.fetchers.map(lambda feed: try_feed(self._parts.edges, feed), feeds)

    def unstored(self, url: str, *, login: str = "", proxy: str = "") -> Feed:
        """The feed of an address as it would be, or as we have it. RecordWrong for what is no address."""
        feed = self._parts.feed(_checked(url))
        known = self._parts.store.feeds.by_url(feed.url) or feed
        return replace(known, login=login or known.login or feed.login, proxy=proxy or known.proxy)

    # Lists -----------------------------------------------------------------------------------------------------------

    def read_list(self, body: bytes, name: str) -> FeedList:
        """The feeds that an OPML file or a list of addresses names. RecordWrong."""
        from monitor.feeds.opml import read_feed_list

        return read_feed_list(body, name)

    def opml(self, feeds: Iterable[Feed]) -> str:
        """Feeds as OPML."""
        from monitor.feeds.opml import written_opml

        return written_opml(feeds, "Feeds", self._parts.now()).decode("utf-8")


def _checked(url: str) -> str:
    """The address without what old pages write before it."""
    from monitor.feeds.announced import plain_address
    from monitor.feeds.opml import is_web_address

    address = plain_address(url)
    if is_web_address(address):
        return address
    mend = "Give the whole address, such as https://example.org/feed.xml."
    raise RecordWrong(f"Cannot add {without_login(address)[:100]!r}", why="it is no http address", mend=mend)
