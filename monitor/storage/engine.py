"""Database URL → Engine. The only module that asks which database it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from monitor.errors import SettingsWrong

T = TypeVar("T")

WRITES = "monitor_writes"
"""Execution option of a connection that is going to write: on SQLite it takes the write lock at once."""

_UPGRADE_LOCK = 0x6D6F6E69746F72  # any number that two upgrades of one PostgreSQL database agree on
_BUSY_MILLISECONDS = 60_000
# Rows of one question stand all over the file, and a transaction touches thousands of pages. With SQLite's defaults
# each is read anew and copied out of the log with every commit, the more the larger the file.
_CACHE_KIB = 32 * 1024
_LOG_PAGES = 8_000


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///FILE`, `sqlite://` (in memory) or `postgresql://…`. Nothing is opened yet.

    SettingsWrong for an address that cannot be read or another database.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingsWrong(
            "Cannot use the database address",
            why="it is not of the form sqlite:///FILE or postgresql://USER@HOST/NAME",
            mend="Correct database_url in config.toml or MONITOR_DATABASE_URL.",
        ) from error
    name = address.get_backend_name()
    if name == "sqlite":
        return _sqlite(address)
    if name in ("postgresql", "postgres"):
        return _postgresql(address)
    raise SettingsWrong(
        f"Cannot use a database of the kind {name!r}",
        why="only SQLite and PostgreSQL are supported",
        mend="Correct database_url in config.toml or MONITOR_DATABASE_URL.",
    )


def choose(bind: Connection | Engine, *, sqlite: T, postgresql: T) -> T:
    """The one of the two that fits the database."""
    return sqlite if bind.dialect.name == "sqlite" else postgresql


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that may change tables, alone in doing so; committed at the end.

    SQLite: rebuilding a table drops the old one, which with foreign keys on would delete all that refers to it. They
    cannot be switched inside a transaction, so they are off around it and checked before its end.
    """
    with engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
                yield connection
            return
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"the migration broke references: {broken[:5]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _sqlite(address: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if address.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool
    engine = create_engine(address.set(drivername="sqlite+pysqlite"), **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling begins late and never IMMEDIATE: we begin ourselves, below.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            f"cache_size=-{_CACHE_KIB}",
            f"wal_autocheckpoint={_LOG_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer halfway fails at once with "database is locked": writers take the lock first.
        immediate = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(address: URL) -> Engine:
    return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=10, max_overflow=40)
