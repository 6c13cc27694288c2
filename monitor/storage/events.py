"""What changed, in order: numbered when a transaction ends, so that no reader's cursor passes over one."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from monitor.domain.search import Event
from monitor.storage.tables import counter, event
from monitor.storage.transactions import Transactions


def take_numbers(connection: Connection, count: int) -> int:
    """The first of so many consecutive numbers. The counter stays locked to the end of the transaction."""
    change = update(counter).where(counter.c.name == "change").values(value=counter.c.value + count)
    last = connection.execute(change.returning(counter.c.value)).scalar_one_or_none()
    if last is None:
        connection.execute(insert(counter), {"name": "change", "value": count})
        last = count
    return last - count + 1


def write_events(connection: Connection, events: list[Event]) -> None:
    """Number the events in their order and store them."""
    if not events:
        return
    first = take_numbers(connection, len(events))
    rows = [
        {
            "number": first + place,
            "at": one.at,
            "kind": one.kind,
            "subject_id": one.subject_id,
            "detail": one.detail,
            "facts": [list(fact) for fact in one.facts],
        }
        for place, one in enumerate(events)
    ]
    connection.execute(insert(event), rows)


def _event(row: Row[Any]) -> Event:
    return Event(row.number, row.at, row.kind, row.subject_id, row.detail, tuple((a, b) for a, b in row.facts))


class Events:
    """Rows are written by the other nouns, in the transaction of the change, and become visible when it ends."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def since(self, number: int, limit: int = 1000) -> list[Event]:
        """The events after this number, oldest first."""
        query = select(event).where(event.c.number > number).order_by(event.c.number).limit(limit)
        with self._transactions.reading() as connection:
            return [_event(row) for row in connection.execute(query)]

    def pending(self) -> list[Event]:
        """What was told in the transaction that this thread is in, not numbered yet."""
        return self._transactions.told()

    def last_on(self, subject_id: str) -> Event | None:
        """The newest event on a thing; None where nothing of this id was ever told of."""
        query = select(event).where(event.c.subject_id == subject_id).order_by(event.c.number.desc()).limit(1)
        with self._transactions.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _event(row)

    def count(self, number: int) -> int:
        """How many events there are after this number."""
        with self._transactions.reading() as connection:
            return connection.execute(select(func.count()).where(event.c.number > number)).scalar_one()

    def last(self) -> int:
        """The number of the newest event, 0 where there is none."""
        with self._transactions.reading() as connection:
            return connection.execute(select(func.max(event.c.number))).scalar() or 0
