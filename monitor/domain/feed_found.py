"""What was found at an address that somebody wants to read: feeds, and how they were found."""

from dataclasses import dataclass
from datetime import datetime

HERE = "at the address itself"
ANNOUNCED = "announced by the page"
WELL_KNOWN = "found at a usual place"
SITEMAP = "named as a sitemap in robots.txt"


@dataclass(frozen=True)
class FoundFeed:
    """`how`: one of the words above. `title`, `entries` and `newest` as far as the feed was looked at."""

    url: str
    how: str
    title: str = ""
    format: str = ""
    entries: int | None = None
    newest: datetime | None = None


@dataclass(frozen=True)
class Discovery:
    """Feeds found at `address`, in the order of the page. `main`: the one that is meant where only one can be."""

    address: str
    feeds: tuple[FoundFeed, ...]
    main: FoundFeed | None = None
