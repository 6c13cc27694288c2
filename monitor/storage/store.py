"""Store: all nouns under one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, func, select

from monitor.domain.claim import ClaimStatus
from monitor.domain.dispute import DisputeState
from monitor.domain.search import Event
from monitor.domain.unit import Units
from monitor.storage import tables
from monitor.storage.addresses import Addresses
from monitor.storage.articles import Articles
from monitor.storage.claims import Claims
from monitor.storage.decisions import Decisions
from monitor.storage.deliveries import Deliveries
from monitor.storage.digests import Digests, Subscribers
from monitor.storage.disputes import Disputes
from monitor.storage.entities import Entities
from monitor.storage.entries import Entries
from monitor.storage.events import Events, write_events
from monitor.storage.feeds import Feeds
from monitor.storage.polls import Polls
from monitor.storage.questions import Questions
from monitor.storage.relations import Relations
from monitor.storage.robots import Robots
from monitor.storage.search.find import Search
from monitor.storage.search.schema import index_claims
from monitor.storage.transactions import Transactions
from monitor.storage.watches import Watches
from monitor.storage.work import Work


def _counted(table: Table, *conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(table).where(*conditions)


_LIVE = (DisputeState.OPEN.value, DisputeState.REOPENED.value)
_COUNTS = {
    "feeds": _counted(tables.feed, tables.feed.c.removed.is_(False)),
    "entries": _counted(tables.entry),
    "articles": _counted(tables.article, tables.article.c.is_latest.is_(True)),
    "versions": _counted(tables.article),
    "claims": _counted(tables.claim),
    "current_claims": _counted(tables.claim, tables.claim.c.status == ClaimStatus.CURRENT.value),
    "entities": _counted(tables.entity),
    "questions": _counted(tables.question, tables.question.c.claims > 0),
    "relations": _counted(tables.relation),
    "disputes": _counted(tables.dispute),
    "open_disputes": _counted(tables.dispute, tables.dispute.c.state.in_(_LIVE)),
    "watches": _counted(tables.watch, tables.watch.c.removed.is_(False)),
    "subscribers": _counted(tables.subscriber, tables.subscriber.c.active.is_(True)),
}


class Store:
    """What the service remembers. Each method is a transaction of its own unless it is called inside one.

    Methods that write raise StorageFailed where the database cannot be written; nothing is then changed. Safe to use
    from several threads. Events become visible when the transaction ends, not inside it.
    """

    def __init__(self, engine: Engine, units: Units | None = None) -> None:
        self._transactions = Transactions(engine)
        self._transactions.before_commit = self._before_commit
        self.feeds = Feeds(self._transactions)
        self.polls = Polls(self._transactions)
        self.robots = Robots(self._transactions)
        self.entries = Entries(self._transactions)
        self.addresses = Addresses(self._transactions)
        self.articles = Articles(self._transactions)
        self.entities = Entities(self._transactions)
        self.claims = Claims(self._transactions, self.entities)
        self.questions = Questions(self._transactions)
        self.relations = Relations(self._transactions)
        self.disputes = Disputes(self._transactions)
        self.decisions = Decisions(self._transactions)
        self.events = Events(self._transactions)
        self.watches = Watches(self._transactions)
        self.deliveries = Deliveries(self._transactions)
        self.subscribers = Subscribers(self._transactions)
        self.digests = Digests(self._transactions)
        self.search = Search(self._transactions, units)
        self.work = Work(self._transactions)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything this thread does inside is written together, or not at all. May be nested: the outermost counts."""
        with self._transactions.writing():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything this thread reads inside is of one moment, whatever others write. Nothing can be written inside."""
        with self._transactions.snapshot():
            yield

    def counts(self) -> dict[str, int]:
        """How much there is of everything, for status pages."""
        with self._transactions.reading() as connection:
            return {name: connection.execute(query).scalar_one() for name, query in _COUNTS.items()}

    def count(self, name: str) -> int:
        """One of `counts`."""
        with self._transactions.reading() as connection:
            return connection.execute(_COUNTS[name]).scalar_one()

    def close(self) -> None:
        """Give back the connections."""
        self._transactions.engine.dispose()

    def _before_commit(self, connection: Connection, events: list[Event], claims: set[str]) -> None:
        write_events(connection, events)
        index_claims(connection, claims)
