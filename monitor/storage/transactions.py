"""One connection for each thread that is inside a transaction, and what has to be written last in it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from monitor.domain.search import Event
from monitor.errors import StorageFailed
from monitor.storage.engine import WRITES, choose

_MEND = "Nothing was changed. Check the disk space and the database (database_url), then try again."
_MEND_BROKEN = "Nothing was changed. Name another database (database_url), or put a backup in its place."


class _Open(threading.local):
    def __init__(self) -> None:
        self.connection: Connection | None = None
        self.writes = False
        self.events: list[Event] = []
        self.claims: set[str] = set()


class Transactions:
    """Hands out connections. `before_commit` gets the connection, the events and the ids of claims to index again.

    Events and index rows are numbered from one counter. They are written last, when nothing else is locked any more
    afterwards: so numbers become visible in their order, and two writers cannot wait for each other.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.before_commit: Callable[[Connection, list[Event], set[str]], None] | None = None
        self._open = _Open()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that writes; joins the one this thread is already in."""
        if self._open.connection is not None:
            if not self._open.writes:
                raise RuntimeError("nothing can be written inside store.snapshot()")
            yield self._open.connection
            return
        with self._begun(**{WRITES: True}) as connection, self._joined(connection, writes=True):
            yield connection
            if self.before_commit is not None and (self._open.events or self._open.claims):
                self.before_commit(connection, self._open.events, self._open.claims)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading: that of the transaction this thread is in, or one of its own."""
        if self._open.connection is not None:
            yield self._open.connection
            return
        with self._begun() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection for reading that sees one state of the database to the end; every reading inside joins it."""
        if self._open.connection is not None:
            yield self._open.connection
            return
        options = choose(self.engine, sqlite={}, postgresql={"isolation_level": "REPEATABLE READ"})
        with self._begun(**options) as connection, self._joined(connection, writes=False):
            yield connection

    def tell(self, event: Event) -> None:
        """Keep an event to be numbered and written when the transaction ends. Only inside `writing`."""
        self._open.events.append(event)

    def told(self) -> list[Event]:
        """The events that are kept so, first to last."""
        return list(self._open.events)

    def index(self, *claim_ids: str) -> None:
        """Keep claims to be indexed again when the transaction ends. Only inside `writing`."""
        self._open.claims.update(claim_ids)

    @contextmanager
    def _begun(self, **options: Any) -> Iterator[Connection]:
        with told_plainly(), self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def _joined(self, connection: Connection, *, writes: bool) -> Iterator[None]:
        self._open.connection, self._open.writes = connection, writes
        try:
            yield
        finally:
            self._open.connection, self._open.writes = None, False
            self._open.events, self._open.claims = [], set()


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns what the database or the way to it does wrong into StorageFailed. Mistakes of ours stay what they are."""
    try:
        yield
    except DBAPIError as error:
        # DatabaseError itself: a file that is damaged or no database at all.
        if not (isinstance(error, OperationalError) or type(error) is DatabaseError or error.connection_invalidated):
            raise
        broken = type(error) is DatabaseError
        raise StorageFailed(
            "The database could not be read or written",
            why=str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "the connection broke",
            mend=_MEND_BROKEN if broken else _MEND,
            retry=not broken,
        ) from error
