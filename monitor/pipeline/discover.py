"""An address that somebody wants to read → the feeds that are there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.domain.feed_found import ANNOUNCED, HERE, SITEMAP, WELL_KNOWN, Discovery, FoundFeed
from monitor.domain.feed_health import Condition
from monitor.domain.page import Page
from monitor.errors import FeedUnreadable, FetchFailed, FetchRefused, NotFound
from monitor.feeds.announced import announced_feeds, the_main_one
from monitor.feeds.health import Diagnosis, diagnosed
from monitor.feeds.sites import named_sitemaps, robots_of, usual_places
from monitor.pipeline.edges import Edges
from monitor.pipeline.once import Login, get_once
from monitor.pipeline.whole import whole_feed


def discover(edges: Edges, address: str, *, login: Login | None = None, proxy: str | None = None) -> Discovery:
    """The feeds of this address: itself, or what its page announces, or what is at the usual places of its site.

    Raises NotFound where the address cannot be had, a wall stands before it, or there is no feed far and wide. Nothing
    is stored.
    """
    search = _Search(edges, address, login, proxy)
    try:
        page = search.page(address)
    except (FetchFailed, FetchRefused) as error:
        raise _nothing(address, diagnosed(error)) from error
    try:
        found = search.feed(page, HERE)
    except (FetchFailed, FetchRefused) as error:  # of the sitemaps that an index names
        raise _nothing(address, diagnosed(error)) from error
    except FeedUnreadable as error:
        diagnosis = diagnosed(error, page)
        if diagnosis.condition is Condition.WALL:
            raise _nothing(address, diagnosis) from error
    else:
        found = replace(found, url=address)
        return Discovery(address, (found,), found)
    links = announced_feeds(page.body, page.url)
    if links:
        main = the_main_one(links, page.url)
        feeds = tuple(FoundFeed(link.url, ANNOUNCED, link.title, link.format) for link in links)
        return Discovery(address, feeds, next((one for one in feeds if main and one.url == main.url), None))
    first = next(search.elsewhere(page), None)
    if first is None:
        tried = "its page announces none, nor is one at the usual places of the site or in its sitemaps"
        mend = "Give the address of the feed itself; `--no-check` adds an address whatever is there."
        raise NotFound(f"Found no feed at {page.url}", why=tried, mend=mend)
    return Discovery(address, (first,), first)


def _nothing(address: str, diagnosis: Diagnosis) -> NotFound:
    why = f"{diagnosis.condition.words}: {diagnosis.why}"
    return NotFound(f"Found no feed at {address}", why=why, mend=diagnosis.mend)


class _Search:
    """One search, with the proxy through which all of it goes, and a password for the host of the first address."""

    def __init__(self, edges: Edges, home: str, login: Login | None, proxy: str | None) -> None:
        self._edges, self._home, self._login, self._proxy = edges, home, login, proxy

    def page(self, url: str, kind: str = "feed") -> Page:
        return get_once(self._edges, url, home=self._home, login=self._login, proxy=self._proxy, kind=kind)

    def feed(self, page: Page, how: str) -> FoundFeed:
        """What a page is as a feed. FeedUnreadable."""
        parsed = whole_feed(self._edges, page, "", self.page)
        dates = [when for entry in parsed.entries if (when := entry.published or entry.updated)]
        newest = max((when for when in dates if when <= self._edges.now()), default=None)
        return FoundFeed(page.url, how, parsed.title, parsed.format, len(parsed.entries), newest)

    def elsewhere(self, page: Page) -> Iterator[FoundFeed]:
        """Feeds at the usual places, then sitemaps; each is asked for when the one before was none."""
        yield from self._those_of(usual_places(page.url), WELL_KNOWN)
        try:
            rules = self.page(robots_of(page.url), kind="robots")
        except (FetchFailed, FetchRefused):
            return
        yield from self._those_of(named_sitemaps(rules.body.decode("utf-8", "replace")), SITEMAP)

    def _those_of(self, addresses: Iterable[str], how: str) -> Iterator[FoundFeed]:
        for address in addresses:
            try:
                yield self.feed(self.page(address), how)
            except (FetchFailed, FetchRefused, FeedUnreadable):
                continue
