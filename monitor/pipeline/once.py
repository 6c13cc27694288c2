"""One request because a person wants it, outside of the polls."""

from monitor.domain.page import Page
from monitor.domain.url import is_home
from monitor.errors import FetchFailed
from monitor.pipeline.edges import Edges
from monitor.pipeline.poll import host_of

Login = tuple[str, str]


def get_once(edges: Edges, url: str, *, home: str, login: Login | None, proxy: str | None, kind: str = "feed") -> Page:
    """The page of an address, unless its host asked to be left alone: FetchFailed then.

    `home`: the address that the password is for; it goes to no other site.
    """
    until = edges.store.feeds.host_hold(host_of(url))
    if until is not None and until > edges.now():
        raise FetchFailed(
            f"Did not ask {url}",
            why=f"its server asked to be left alone until {until:%Y-%m-%d %H:%M} UTC",
            mend="Try it again after that.",
            cause="limited",
        )
    return edges.web.get(url, kind=kind, login=login if is_home(url, home) else None, proxy=proxy)
