"""Feeds that are due or being asked: found by their one time, taken by a lease, settled with what they answered."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from monitor.domain.feed import Feed
from monitor.domain.search import Event
from monitor.storage.feeds import feed_from, feed_values, health
from monitor.storage.rows import chunks
from monitor.storage.tables import feed
from monitor.storage.transactions import Transactions

_GIVEN = ("id", "url", "added", "paused", "removed", "login", "proxy")
"""What a person gives, and no answer changes."""

_LEARNT = tuple(one.name for one in fields(Feed) if one.name not in _GIVEN)
_FREE = {"owner": None, "lease_until": None}


class Polls:
    """A feed is asked by one owner at a time. Its time is moved on when it is taken, before it is asked."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def due(self, now: datetime, limit: int) -> dict[str, str]:
        """Id → address of the feeds to ask now: those never asked, then longest due first. Read from one index."""
        query = select(feed.c.id, feed.c.fetch_url).where(feed.c.removed.is_(False), feed.c.paused.is_(False))
        query = query.where(or_(feed.c.owner.is_(None), feed.c.lease_until <= now))
        found: dict[str, str] = {}
        with self._transactions.reading() as connection:
            for some in (
                query.where(feed.c.next_poll.is_(None)),
                query.where(feed.c.next_poll <= now).order_by(feed.c.next_poll),
            ):
                rows = connection.execute(some.limit(limit - len(found)))
                found.update((row.id, row.fetch_url) for row in rows)
        return found

    def take(
        self,
        ids: Sequence[str],
        owner: str,
        now: datetime,
        lease: timedelta,
        asked: Callable[[Feed], Feed],
        *,
        early: bool = False,
    ) -> list[Feed]:
        """Those of these feeds that are still due (`early`: or not) and nobody asks, as they were; now this owner's.

        `asked`: the feed as it is kept from now on, should its answer get lost.
        """
        query = select(feed).where(feed.c.removed.is_(False), feed.c.paused.is_(False))
        query = query.where(or_(feed.c.owner.is_(None), feed.c.lease_until <= now))
        if not early:
            query = query.where(or_(feed.c.next_poll.is_(None), feed.c.next_poll <= now))
        taken: list[Feed] = []
        with self._transactions.writing() as connection:
            for some in chunks(ids):
                # SQLite ignores SKIP LOCKED; there the transaction holds the only write lock.
                rows = connection.execute(query.where(feed.c.id.in_(some)).with_for_update(skip_locked=True))
                taken += [feed_from(row) for row in rows]
            held = {"owner": owner, "lease_until": now + lease}
            _write(connection, [(one.id, {**held, **_times(asked(one))}) for one in taken])
        return taken

    def held(self, ids: Sequence[str], owner: str) -> set[str]:
        """Which of these feeds this owner holds."""
        with self._transactions.reading() as connection:
            return set(self._mine(connection, ids, owner))

    def settle(self, feeds: Sequence[Feed], owner: str) -> set[str]:
        """Write what is now known of feeds, and give them back. Ids of those that this owner still held; others stay.

        Whether a person paused or removed one meanwhile stays, and so does a title that he gave it.
        """
        with self._transactions.writing() as connection:
            mine = self._mine(connection, [one.id for one in feeds], owner)
            kept = [(one, mine[one.id]) for one in feeds if one.id in mine]
            _write(connection, [(one.id, _settled(one, row)) for one, row in kept])
            for one, row in kept:
                if health(row.status) != health(one.status) and one.last_poll is not None:
                    self._transactions.tell(Event(0, one.last_poll, "feed", one.id, one.status))
        return set(mine)

    def _mine(self, connection: Connection, ids: Sequence[str], owner: str) -> dict[str, Row[Any]]:
        query = select(feed.c.id, feed.c.status, feed.c.title, feed.c.publisher, feed.c.paused)
        query = query.where(feed.c.owner == owner).with_for_update()
        found: dict[str, Row[Any]] = {}
        for some in chunks(ids):
            found.update({row.id: row for row in connection.execute(query.where(feed.c.id.in_(some)))})
        return found


def _settled(one: Feed, row: Row[Any]) -> dict[str, Any]:
    values = feed_values(one)
    named = {"title": row.title or one.title, "publisher": row.publisher or one.publisher}
    return {**{name: values[name] for name in _LEARNT}, **named, **_FREE, "paused": row.paused or one.paused}


def _times(one: Feed) -> dict[str, Any]:
    return {"last_poll": one.last_poll, "next_poll": one.next_poll, "next_poll_reason": one.next_poll_reason}


def _write(connection: Connection, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Write the same columns of many feeds at once."""
    if rows:
        change = update(feed).where(feed.c.id == bindparam("this"))
        connection.execute(change, [{"this": key, **values} for key, values in rows])
