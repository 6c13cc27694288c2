"""Feeds, their history, and the hosts that asked us to wait."""

import builtins
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, Row, ScalarSelect, Select, delete, func, insert, select, update

from monitor.domain.feed import Feed, FeedMove, FetchLine
from monitor.domain.feed_health import FeedPace
from monitor.domain.ids import content_id
from monitor.errors import NotFound
from monitor.storage.rows import Values, upsert
from monitor.storage.tables import entry, feed, fetch, host
from monitor.storage.transactions import Transactions

_FIELDS = tuple(one.name for one in fields(Feed))
_HISTORY = 500  # lines kept of each feed
_CUT_ONE_IN = 64  # which lines have their history cut is left to their hash: no feed is passed over for ever
_WEEK = timedelta(days=7)
_USUAL_WEEKS = 8


def feed_from(row: Row[Any]) -> Feed:
    """A row as the feed it was written from."""
    values = {name: row._mapping[name] for name in _FIELDS}
    moves = tuple(FeedMove(datetime.fromisoformat(at), *rest) for at, *rest in row.moves)
    return Feed(**{**values, "skip_hours": tuple(row.skip_hours), "skip_days": tuple(row.skip_days), "moves": moves})


def feed_values(one: Feed) -> Values:
    """The columns of a feed."""
    values = {name: getattr(one, name) for name in _FIELDS}
    moves = [(move.at.isoformat(), move.old, move.new, move.why) for move in one.moves]
    return {**values, "skip_hours": list(one.skip_hours), "skip_days": list(one.skip_days), "moves": moves}


class Feeds:
    """Where we read. A feed that a person removed stays as a row, so that no seed brings it back."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def add(self, one: Feed) -> bool:
        """Store a feed a person asked for; one that was removed comes back. Returns whether it is new or back."""
        with self._transactions.writing() as connection:
            row = connection.execute(select(feed).where(feed.c.id == one.id)).one_or_none()
            if row is None:
                connection.execute(insert(feed), feed_values(one))
                return True
            if row.removed:
                again = {"removed": False, "paused": False, "next_poll": None}
                connection.execute(update(feed).where(feed.c.id == one.id).values(again))
            return bool(row.removed)

    def merge_seed(self, one: Feed) -> bool:
        """Store a feed of the settings unless we know it, removed or not. Returns whether it is new.

        A title or publisher that we lack is taken over; what stands in the database otherwise stays.
        """
        with self._transactions.writing() as connection:
            row = connection.execute(select(feed).where(feed.c.id == one.id)).one_or_none()
            if row is None:
                connection.execute(insert(feed), feed_values(one))
                return True
            missing = {
                name: getattr(one, name)
                for name in ("title", "publisher")
                if getattr(one, name) and not row._mapping[name]
            }
            if missing:
                connection.execute(update(feed).where(feed.c.id == one.id).values(missing))
            return False

    def get(self, feed_id: str) -> Feed:
        """The feed of this id. NotFound where there is none."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(feed).where(feed.c.id == feed_id)).one_or_none()
        if row is None:
            raise NotFound(
                f"No feed {feed_id}", why="no feed has this id", mend="List the feeds with `monitor feeds list`"
            )
        return feed_from(row)

    def by_url(self, url: str) -> Feed | None:
        """The feed that was given with this address, removed or not."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(feed).where(feed.c.id == content_id("feed", url))).one_or_none()
        return None if row is None else feed_from(row)

    def list(self, include_removed: bool = False) -> list[Feed]:
        """All feeds by address."""
        query = select(feed).order_by(feed.c.url)
        if not include_removed:
            query = query.where(feed.c.removed.is_(False))
        with self._transactions.reading() as connection:
            return [feed_from(row) for row in connection.execute(query)]

    def give(self, feed_id: str, *, login: str, proxy: str) -> None:
        """With which user and password, and through which proxy, a feed is asked from now on. It is due at once."""
        self._set(feed_id, login=login, proxy=proxy, next_poll=None)

    def remove(self, feed_id: str) -> None:
        """Never ask this feed again. Its entries and articles stay."""
        self._set(feed_id, removed=True)

    def pause(self, feed_id: str, paused: bool) -> None:
        """Stop asking, or ask again."""
        self._set(feed_id, paused=paused)

    def log(self, *lines: FetchLine) -> None:
        """Add lines to the histories of feeds. A history that has grown too long is cut now and then."""
        with self._transactions.writing() as connection:
            if lines:
                rows = [{one.name: getattr(line, one.name) for one in fields(FetchLine)} for line in lines]
                connection.execute(insert(fetch), rows)
            for line in lines:
                if crc32(f"{line.feed_id} {line.at}".encode()) % _CUT_ONE_IN == 0:
                    _cut(connection, line.feed_id)

    def history(self, feed_id: str, limit: int = 50) -> builtins.list[FetchLine]:
        """The last lines of a feed's history, newest first."""
        query = select(fetch).where(fetch.c.feed_id == feed_id).order_by(fetch.c.number.desc()).limit(limit)
        with self._transactions.reading() as connection:
            return [
                FetchLine(**{one.name: row._mapping[one.name] for one in fields(FetchLine)})
                for row in connection.execute(query)
            ]

    def paces(self, now: datetime) -> dict[str, FeedPace]:
        """Feed → its entries of the last seven days, and of a usual week of the eight before, by their own dates."""
        start = now - _WEEK
        earlier = (entry.c.published > start - _USUAL_WEEKS * _WEEK, entry.c.published <= start)
        query: Select[Any] = select(
            feed.c.id,
            _of_entries(func.count(), entry.c.published > start, entry.c.published <= now).label("week"),
            _of_entries(func.count(), *earlier).label("earlier"),
            _of_entries(func.min(entry.c.published), *earlier).label("oldest"),
        )
        with self._transactions.reading() as connection:
            return {row.id: _pace(row, start) for row in connection.execute(query)}

    def holds(self, now: datetime) -> dict[str, datetime]:
        """Host → until when it asked to be left alone, of those that still want it."""
        with self._transactions.reading() as connection:
            return {row.name: row.until for row in connection.execute(select(host).where(host.c.until > now))}

    def host_hold(self, name: str) -> datetime | None:
        """Until when a host asked to be left alone, as far as we remember; it may lie in the past."""
        with self._transactions.reading() as connection:
            return connection.execute(select(host.c.until).where(host.c.name == name)).scalar_one_or_none()

    def hold_host(self, name: str, until: datetime, why: str) -> None:
        """Remember that a host asked to be left alone. An earlier end does not shorten a later one."""
        with self._transactions.writing() as connection:
            known = connection.execute(select(host.c.until).where(host.c.name == name)).scalar_one_or_none()
            if known is None or known < until:
                upsert(connection, host, "name", {"name": name, "until": until, "why": why})

    def _set(self, feed_id: str, **values: Any) -> None:
        with self._transactions.writing() as connection:
            if connection.execute(update(feed).where(feed.c.id == feed_id).values(values)).rowcount == 0:
                self.get(feed_id)


def _of_entries(what: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """A figure on the entries of the feed in the row: the index on feed and date answers it."""
    return select(what).select_from(entry).where(entry.c.feed_id == feed.c.id, *conditions).scalar_subquery()


def _pace(row: Row[Any], start: datetime) -> FeedPace:
    """A usual week is known from a whole week on."""
    weeks = (start - row.oldest) / _WEEK if row.oldest else 0.0
    return FeedPace(row.week, row.earlier / weeks if weeks >= 1 else None)


def health(status: str) -> str:
    """What of a status is worth telling when it changes: a good answer is as good as another."""
    return "ok" if status in ("ok", "not_modified", "waiting") else status


def _cut(connection: Connection, feed_id: str) -> None:
    kept = select(fetch.c.number).where(fetch.c.feed_id == feed_id).order_by(fetch.c.number.desc())
    oldest = connection.execute(kept.offset(_HISTORY).limit(1)).scalar_one_or_none()
    if oldest is not None:
        connection.execute(delete(fetch).where(fetch.c.feed_id == feed_id, fetch.c.number <= oldest))
