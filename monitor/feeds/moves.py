"""What redirects teach of a feed's address: a permanent one is believed when it was seen twice and leads to a feed."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from monitor.domain.feed import Feed, FeedMove
from monitor.domain.page import Page
from monitor.domain.url import is_home

PERMANENT = frozenset({301, 308})
_MOST_MOVES = 50
"""Moves kept in the history of a feed."""


def sighted(feed: Feed, page: Page, now: datetime) -> Feed:
    """The feed with what this answer's redirects say noted; it moves nowhere yet.

    Only an unbroken chain of permanent redirects is noted, and where it leads elsewhere or ends, the old note goes.
    """
    target = _target(feed, page)
    if target is None:
        return replace(feed, moved_to=None, moved_since=None)
    if feed.moved_to == target and feed.moved_since is not None:
        return feed
    return replace(feed, moved_to=target, moved_since=now)


def with_proof(feed: Feed, page: Page, now: datetime, *, apart: timedelta) -> Feed:
    """The feed after an answer that was read as a feed: it moves if its redirect was first seen so long ago.

    From http to https of the same address it moves at once.
    """
    noted = sighted(feed, page, now)
    if noted.moved_to is None or not may_move(noted, now, apart=apart):
        return noted
    statuses = "/".join(dict.fromkeys(str(status) for status, _ in page.hops))
    why = f"permanent redirect ({statuses}), first seen {noted.moved_since:%Y-%m-%d %H:%M} UTC"
    move = FeedMove(now, feed.fetch_url, noted.moved_to, why)
    moves = (*feed.moves, move)[-_MOST_MOVES:]
    return replace(noted, fetch_url=noted.moved_to, moved_to=None, moved_since=None, moves=moves)


def may_move(feed: Feed, now: datetime, *, apart: timedelta) -> bool:
    """Whether the feed moves if the next answer proves that its redirect leads to a feed.

    Such an answer has to come whole: a 304 proves nothing.
    """
    if feed.moved_to is None or feed.moved_since is None:
        return False
    return _is_same_but_secure(feed.fetch_url, feed.moved_to) or now - feed.moved_since >= apart


def _target(feed: Feed, page: Page) -> str | None:
    """Where a chain of permanent redirects leads, None for any other answer."""
    if not page.hops or any(status not in PERMANENT for status, _ in page.hops):
        return None
    target = _with_login_of(feed.fetch_url, page.url)
    return None if target == feed.fetch_url else target


def _with_login_of(old: str, new: str) -> str:
    """The new address with the user name and password that stand in the old one, if they may go there."""
    before, after = urlsplit(old), urlsplit(new)
    user, at, _ = before.netloc.rpartition("@")
    if not at or not is_home(new, old):
        return new
    return urlunsplit(after._replace(netloc=f"{user}@{after.netloc.rpartition('@')[2]}"))


def _is_same_but_secure(old: str, new: str) -> bool:
    before, after = urlsplit(old), urlsplit(new)
    same = (before.hostname, before.path or "/", before.query) == (after.hostname, after.path or "/", after.query)
    return same and before.scheme == "http" and after.scheme == "https"
