"""Publishers: who prints what is read here, and what of it stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.domain.feed_health import FeedReport
from monitor.domain.query import Named, NameField, asking
from monitor.domain.relation import Told
from monitor.errors import NotFound

if TYPE_CHECKING:
    from monitor.app.service import App


@dataclass(frozen=True)
class Published:
    """A publisher: its feeds and its latest claims. `total`: how many of its claims stand."""

    name: str
    feeds: tuple[FeedReport, ...]
    claims: tuple[Told, ...]
    total: int


def publishers(app: "App") -> list[tuple[str, int]]:
    """Publishers by the number of their current claims; those whose feeds gave none yet at the end."""
    counted = app.store.claims.publishers()
    silent = {feed.publisher: 0 for feed in app.store.feeds.list() if feed.publisher and feed.publisher not in counted}
    return sorted({**counted, **silent}.items(), key=lambda item: (-item[1], item[0].lower()))


def published(app: "App", name: str, limit: int) -> Published:
    """One publisher with its latest claims, so many at most. NotFound."""
    feeds = tuple(one for one in app.feeds.reports() if one.feed.publisher == name)
    found = app.store.search.search(asking(Named(NameField.SOURCE, name, whole=True)), None, limit, None)
    if not found.hits and not feeds:
        mend = "List those that were read: monitor sources list, or /sources."
        raise NotFound(f"No source {name!r}", why="no publisher of this name was read", mend=mend)
    return Published(name, feeds, tuple(Told(hit.claim, hit.article) for hit in found.hits), found.total)
