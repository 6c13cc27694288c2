"""Entries: what feeds say of articles."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from monitor.domain.entry import Entry
from monitor.domain.url import page_id
from monitor.domain.work import WorkState
from monitor.storage.rows import Values, as_told, by_ids, chunks, differs, fresh_work, in_pages, told
from monitor.storage.tables import entry
from monitor.storage.transactions import Transactions

_MEANT = ("url", "title", "updated", "summary", "content", "pdf")
"""What makes an entry worth another look when it differs."""


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        feed_id=row.feed_id,
        feed_url=row.feed_url,
        guid=row.guid,
        url=row.url,
        title=row.title,
        published=as_told(row, "published"),
        updated=as_told(row, "updated"),
        author=row.author,
        summary=row.summary,
        content=row.content,
        enclosures=tuple(row.enclosures),
        date_note=row.date_note,
        pdf=row.pdf,
        article_id=row.article_id,
    )


def _values(one: Entry) -> Values:
    return {
        "id": one.id,
        "feed_id": one.feed_id,
        "feed_url": one.feed_url,
        "guid": one.guid,
        "url": one.url,
        "title": one.title,
        **told("published", one.published),
        **told("updated", one.updated),
        "author": one.author,
        "summary": one.summary,
        "content": one.content,
        "enclosures": list(one.enclosures),
        "date_note": one.date_note,
        "pdf": one.pdf,
        "address_id": page_id(one.url) if one.url else None,
    }


class Entries:
    """Entries wait for the step that fetches their article."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def put(self, entries: Sequence[Entry], now: datetime) -> list[str]:
        """Store what a feed says. Returns ids of entries that are new or say something else; these wait for "fetch".

        An entry of which nothing changed is not touched.
        """
        settled: list[str] = []
        with self._transactions.writing() as connection:
            known: dict[str, Row[Any]] = {}
            for some in chunks({one.id for one in entries}):
                known.update({row.id: row for row in connection.execute(select(entry).where(entry.c.id.in_(some)))})
            for one in {one.id: one for one in entries}.values():
                values, row = _values(one), known.get(one.id)
                if row is None:
                    connection.execute(insert(entry), {**values, "article_id": None, **fresh_work()})
                    settled.append(one.id)
                elif differs(row, values):
                    if differs(row, {name: values[name] for name in _MEANT}):
                        values.update(fresh_work())
                        settled.append(one.id)
                    connection.execute(update(entry).where(entry.c.id == one.id).values(values))
        return settled

    def get(self, ids: Sequence[str]) -> list[Entry]:
        """The entries of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return [_entry(row) for row in by_ids(connection, select(entry), entry.c.id, ids)]

    def of_article(self, article_id: str) -> list[Entry]:
        """The entries that led to this article version, by id."""
        query = select(entry).where(entry.c.article_id == article_id).order_by(entry.c.id)
        with self._transactions.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def all(self) -> Iterator[Entry]:
        """Every entry, by id."""
        return (_entry(row) for row in in_pages(self._transactions, select(entry), (entry.c.id,)))

    def of_address(self, address_id: str) -> list[Entry]:
        """The entries that lead to this address, first published first."""
        order = (entry.c.published.is_(None), entry.c.published, entry.c.id)
        query = select(entry).where(entry.c.address_id == address_id).order_by(*order)
        with self._transactions.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def link_article(self, entry_id: str, article_id: str) -> None:
        """Remember which article version was last read for an entry. One that was set aside is done by it."""
        this, aside = entry.c.id == entry_id, entry.c.state == WorkState.SET_ASIDE.value
        with self._transactions.writing() as connection:
            connection.execute(update(entry).where(this).values(article_id=article_id))
            connection.execute(update(entry).where(this, aside).values(fresh_work(WorkState.DONE)))
