"""Saved queries."""

import builtins
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, insert, select, update

from monitor.domain.watch import Watch
from monitor.errors import NotFound
from monitor.storage.rows import upsert
from monitor.storage.tables import watch
from monitor.storage.transactions import Transactions


def _watch(row: Row[Any]) -> Watch:
    return Watch(**row._mapping)


class Watches:
    """A watch that a person removed stays as a row, so that no seed brings it back."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def put(self, one: Watch) -> None:
        """Store a watch as a person wants it, removed ones included. The cursor of one we have stays as it is."""
        values = asdict(one)
        cursor = {"cursor": values.pop("cursor")}
        with self._transactions.writing() as connection:
            upsert(connection, watch, "id", values, cursor)

    def merge_seed(self, one: Watch) -> bool:
        """Store a watch of the settings unless we know it, removed or not. Returns whether it is new."""
        with self._transactions.writing() as connection:
            if connection.execute(select(watch.c.id).where(watch.c.id == one.id)).scalar_one_or_none() is not None:
                return False
            connection.execute(insert(watch), asdict(one))
            return True

    def get(self, watch_id: str) -> Watch:
        """The watch of this id. NotFound where there is none."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(watch).where(watch.c.id == watch_id)).one_or_none()
        if row is None:
            raise NotFound(f"No watch {watch_id}", why="no watch has this id", mend="List the watches")
        return _watch(row)

    def list(self, include_removed: bool = False) -> builtins.list[Watch]:
        """All watches by name."""
        query = select(watch).order_by(watch.c.name, watch.c.id)
        if not include_removed:
            query = query.where(watch.c.removed.is_(False))
        with self._transactions.reading() as connection:
            return [_watch(row) for row in connection.execute(query)]

    def move(self, watch_id: str, before: int, cursor: int) -> bool:
        """Note that the webhook was told of all events up to here. False, and nothing moves, if another did already."""
        mine = (watch.c.id == watch_id, watch.c.cursor == before)
        with self._transactions.writing() as connection:
            return connection.execute(update(watch).where(*mine).values(cursor=cursor)).rowcount == 1

    def start_at(self, watch_id: str, cursor: int) -> None:
        """Tell the webhook of what comes after this event, and of nothing before it."""
        with self._transactions.writing() as connection:
            connection.execute(update(watch).where(watch.c.id == watch_id).values(cursor=cursor))

    def end(self, watch_id: str, why: str) -> None:
        """Call the webhook no more, for this reason, until a person wants it again."""
        with self._transactions.writing() as connection:
            connection.execute(update(watch).where(watch.c.id == watch_id).values(ended=why))

    def remove(self, watch_id: str) -> None:
        """Never match this watch again."""
        with self._transactions.writing() as connection:
            if connection.execute(update(watch).where(watch.c.id == watch_id).values(removed=True)).rowcount == 0:
                self.get(watch_id)
