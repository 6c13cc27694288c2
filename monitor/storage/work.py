"""The state of the work that rows carry: claiming by lease, finishing fenced by the owner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select, update

from monitor.domain.work import SetAside, WorkState
from monitor.errors import LeaseLost
from monitor.storage.rows import chunks, fresh_work
from monitor.storage.tables import address, article, claim, delivery, entry, feed, question
from monitor.storage.transactions import Transactions


def _by_published(table: Table, *then: str) -> tuple[ColumnElement[Any], ...]:
    return table.c.published, *(table.c[name] for name in then)


_KINDS: dict[str, tuple[Any, tuple[ColumnElement[Any], ...]]] = {
    "entry": (entry, _by_published(entry, "id")),
    "article": (article, _by_published(article, "id")),
    "claim": (claim, _by_published(claim, "article_id", "where", "span_start", "id")),
    "question": (question, (question.c.id,)),
    "address": (address, (address.c.not_before, address.c.id)),
    "delivery": (delivery, (delivery.c.planned, delivery.c.id)),
}
"""Kind of row → its table and the order in which its rows are taken: undated ones last."""

_FREE = {"owner": None, "lease_until": None}


class Work:
    """A row is taken for a while by one owner. Who lost a row to another cannot write what he found."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def claim(self, kind: str, n: int, owner: str, now: datetime, lease: timedelta) -> list[str]:
        """Take up to n rows that wait, or whose lease ran out, in their fixed order; returns their ids."""
        table, order = _KINDS[kind]
        is_due = or_(table.c.not_before.is_(None), table.c.not_before <= now)
        waiting = (table.c.state == WorkState.WAITING.value, is_due)
        forsaken = (table.c.state == WorkState.CLAIMED.value, table.c.lease_until <= now)
        parts: list[tuple[ColumnElement[bool], ...]] = [waiting, forsaken]
        if "published" in table.c:  # dated and undated each by themselves, so that an index gives their order
            stamp = table.c.published
            parts = [(*part, one) for part in parts for one in (stamp.is_not(None), stamp.is_(None))]
        queries = [select(table.c.id, *order).where(*part).order_by(*order).limit(n) for part in parts]
        return self._take(table, queries, n, owner, now + lease)

    def finish(self, kind: str, ids: Sequence[str], owner: str) -> None:
        """Mark rows as done. LeaseLost, and nothing is written, unless this owner holds every one of them."""
        done = {**_FREE, "not_before": None, "why": "", "attempts": 0, "state": WorkState.DONE.value}
        self._settle(kind, ids, owner, done)

    def take_again(self, kind: str, ids: Sequence[str], not_before: datetime, owner: str) -> None:
        """Mark rows as done until then; all is begun anew at that time. LeaseLost unless this owner holds every one."""
        waiting = {**fresh_work(WorkState.WAITING), "not_before": not_before}
        self._settle(kind, ids, owner, waiting)

    def set_aside(self, kind: str, id: str, why: str, owner: str, now: datetime) -> None:
        """Take a row out of the walk with the reason. LeaseLost unless this owner holds it."""
        values = {**_FREE, "not_before": None, "why": why, "state": WorkState.SET_ASIDE.value, "set_aside_at": now}
        self._settle(kind, [id], owner, values)

    def retry_later(self, kind: str, id: str, not_before: datetime, why: str, owner: str) -> None:
        """Let a row wait until then. LeaseLost unless this owner holds it."""
        values = {**_FREE, "not_before": not_before, "why": why, "state": WorkState.WAITING.value}
        self._settle(kind, [id], owner, values)

    def fresh(self, kind: str, ids: Sequence[str]) -> set[str]:
        """Which of these rows wait for the first time, or are being worked on."""
        table, _ = _KINDS[kind]
        waiting = and_(table.c.state == WorkState.WAITING.value, table.c.not_before.is_(None))
        found: set[str] = set()
        with self._transactions.reading() as connection:
            for some in chunks(ids):
                state = or_(waiting, table.c.state == WorkState.CLAIMED.value)
                found.update(connection.execute(select(table.c.id).where(table.c.id.in_(some), state)).scalars())
        return found

    def attempts(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        """Id → how often the row was taken since it last was done."""
        table, _ = _KINDS[kind]
        found: dict[str, int] = {}
        with self._transactions.reading() as connection:
            for some in chunks(ids):
                query = select(table.c.id, table.c.attempts).where(table.c.id.in_(some))
                found.update({row.id: row.attempts for row in connection.execute(query)})
        return found

    def extend(self, kind: str, ids: Sequence[str], owner: str, until: datetime) -> None:
        """Hold rows for longer. LeaseLost unless this owner holds every one of them."""
        self._settle(kind, ids, owner, {"lease_until": until})

    def again(self, kind: str, ids: Sequence[str] | None = None) -> int:
        """Let rows that were set aside wait again: these, or (None) all of the kind. Returns how many."""
        return self._reset(kind, WorkState.SET_ASIDE, ids)

    def redo(self, kind: str, ids: Sequence[str]) -> int:
        """Let rows that are done wait again, to be worked on by a newer program. Returns how many."""
        return self._reset(kind, WorkState.DONE, ids)

    def next_time(self, kind: str) -> datetime | None:
        """The earliest instant before which a waiting row must not be taken; None where no row has to wait."""
        table, _ = _KINDS[kind]
        query = select(func.min(table.c.not_before)).where(table.c.state == WorkState.WAITING.value)
        with self._transactions.reading() as connection:
            return connection.execute(query).scalar()

    def count(self, kind: str) -> dict[WorkState, int]:
        """How many rows of a kind are in each state, those with none included."""
        table, _ = _KINDS[kind]
        counts = dict.fromkeys(WorkState, 0)
        with self._transactions.reading() as connection:
            for state, count in connection.execute(select(table.c.state, func.count()).group_by(table.c.state)):
                counts[WorkState(state)] = count
        return counts

    def number(self, kind: str, state: WorkState) -> int:
        """How many rows of a kind are in a state. What it costs does not grow with the rows that are done."""
        table, _ = _KINDS[kind]
        with self._transactions.reading() as connection:
            query = select(func.count()).select_from(table).where(table.c.state == state.value)
            return connection.execute(query).scalar_one()

    def list_set_aside(self, limit: int = 100) -> list[SetAside]:
        """Rows that no step takes by itself, last set aside first."""
        found: list[SetAside] = []
        with self._transactions.reading() as connection:
            for kind, (table, _) in _KINDS.items():
                query = select(table.c.id, table.c.why, table.c.attempts, table.c.set_aside_at)
                query = query.where(table.c.state == WorkState.SET_ASIDE.value)
                rows = connection.execute(query.order_by(table.c.set_aside_at.desc(), table.c.id).limit(limit))
                found += [SetAside(kind, row.id, row.why, row.attempts, row.set_aside_at) for row in rows]
        found.sort(key=lambda one: (one.kind, one.id))
        found.sort(key=lambda one: one.at, reverse=True)
        return found[:limit]

    def release(self, owner: str, kind: str | None = None) -> None:
        """Give back what this owner still holds (of a kind), as if he had never taken it. Feeds count as asked."""
        with self._transactions.writing() as connection:
            if kind is None:
                connection.execute(update(feed).where(feed.c.owner == owner).values(_FREE))
            for table, _ in [_KINDS[kind]] if kind else _KINDS.values():
                mine = (table.c.owner == owner, table.c.state == WorkState.CLAIMED.value)
                values = {**_FREE, "state": WorkState.WAITING.value, "attempts": table.c.attempts - 1}
                connection.execute(update(table).where(*mine).values(values))

    def owners(self) -> list[str]:
        """Who holds rows now, feeds included."""
        held: list[tuple[Table, ColumnElement[bool]]] = [(feed, feed.c.owner.is_not(None))]
        held += [(table, table.c.state == WorkState.CLAIMED.value) for table, _ in _KINDS.values()]
        found: set[str] = set()
        with self._transactions.reading() as connection:
            for table, condition in held:
                query = select(table.c.owner).where(condition, table.c.owner.is_not(None)).distinct()
                found.update(connection.execute(query).scalars())
        return sorted(found)

    def _take(self, table: Table, queries: Sequence[Select[Any]], n: int, owner: str, until: datetime) -> list[str]:
        """Take the first n of what these queries find, each in the one order."""
        with self._transactions.reading() as connection:
            # An idle service asks every few seconds: it shall not take the write lock for nothing.
            if not any(connection.execute(query.limit(1)).first() for query in queries):
                return []
        held: dict[str, Any] = {"owner": owner, "lease_until": until}
        held |= {"state": WorkState.CLAIMED.value, "attempts": table.c.attempts + 1}
        with self._transactions.writing() as connection:
            # SQLite ignores SKIP LOCKED; there the transaction holds the only write lock.
            locked = (query.with_for_update(skip_locked=True, of=table) for query in queries)
            found = [tuple(row) for query in locked for row in connection.execute(query)]
            ids = [row[0] for row in sorted(found, key=lambda row: [(one is None, one) for one in row[1:]])[:n]]
            for some in chunks(ids):
                connection.execute(update(table).where(table.c.id.in_(some)).values(held))
        return ids

    def _settle(self, kind: str, ids: Sequence[str], owner: str, values: dict[str, Any]) -> None:
        table, _ = _KINDS[kind]
        mine = (table.c.owner == owner, table.c.state == WorkState.CLAIMED.value)
        with self._transactions.writing() as connection:
            for some in chunks(dict.fromkeys(ids)):
                change = update(table).where(table.c.id.in_(some), *mine).values(values)
                if connection.execute(change).rowcount != len(some):
                    raise LeaseLost(
                        f"Cannot settle {kind} rows",
                        why="another worker took them over, or they changed meanwhile",
                        mend="Nothing was written; the work is done again",
                    )

    def _reset(self, kind: str, state: WorkState, ids: Sequence[str] | None) -> int:
        table, _ = _KINDS[kind]
        change = update(table).where(table.c.state == state.value).values(fresh_work())
        with self._transactions.writing() as connection:
            if ids is None:
                return connection.execute(change).rowcount
            return sum(connection.execute(change.where(table.c.id.in_(some))).rowcount for some in chunks(ids))
