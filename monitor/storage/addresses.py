"""Where pages are asked: what they call themselves, what they said last, and when they are asked again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from monitor.domain.address import Address
from monitor.domain.url import page_id
from monitor.domain.work import WorkState
from monitor.storage.rows import by_ids, fresh_work, upsert
from monitor.storage.tables import address
from monitor.storage.transactions import Transactions


def _address(row: Row[Any]) -> Address:
    return Address(row.url, row.canonical_url, row.etag, row.last_modified, row.first_read)


class Addresses:
    """One row an address, however it is spelled. The row's work is the next visit to the page."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, ids: Sequence[str]) -> list[Address]:
        """The addresses of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return [_address(row) for row in by_ids(connection, select(address), address.c.id, ids)]

    def of(self, url: str) -> Address | None:
        """What is remembered of this address; None where it was never asked."""
        return next(iter(self.get([page_id(url)])), None)

    def put(self, one: Address) -> None:
        """Remember what is known of an address. Whether it is visited again stays as planned."""
        values = {
            "id": one.id,
            "url": one.url,
            "canonical_url": one.canonical_url,
            "etag": one.etag,
            "last_modified": one.last_modified,
            "first_read": one.first_read,
        }
        with self._transactions.writing() as connection:
            upsert(connection, address, "id", values, fresh_work(WorkState.DONE))

    def plan(self, address_id: str, next_visit: datetime | None) -> None:
        """Visit an address at that time, or (None) not again."""
        work = fresh_work(WorkState.WAITING if next_visit else WorkState.DONE)
        change = update(address).where(address.c.id == address_id).values({**work, "not_before": next_visit})
        with self._transactions.writing() as connection:
            connection.execute(change)
