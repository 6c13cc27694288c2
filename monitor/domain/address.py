"""Where a page is asked, and what is remembered of its answers."""

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.url import page_id


@dataclass(frozen=True)
class Address:
    """`url`: as it was first given; every spelling of it has the same `id`. `canonical_url`: what the page calls itself.

    `etag`, `last_modified`: of the last answer that was an article, None where the next request shall bring the page
    whatever it is. `first_read`: when it was first asked, aware UTC; later visits are counted from it.
    """

    url: str
    canonical_url: str
    etag: str | None = None
    last_modified: str | None = None
    first_read: datetime | None = None

    @property
    def id(self) -> str:
        return page_id(self.url)
