"""The derived search structures: one row of stems for each claim, and the full-text index over them.

They carry a version of their own and are made by the program, not by migrations: autogenerate would propose to drop
them, and rebuilding a table of SQLite loses its triggers without a word.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, TextClause, bindparam, inspect, select, text

from monitor.storage.claims import claim_from
from monitor.storage.engine import choose
from monitor.storage.events import take_numbers
from monitor.storage.rows import PAGE, as_told, chunks
from monitor.storage.search.shape import gone, key_of, names_of, shape_of
from monitor.storage.search.signs import signs_of
from monitor.storage.search.words import stems
from monitor.storage.tables import article, claim, claim_vector

VERSION = 4

_BREAK = "xxbreakxx"  # between sentence and title, so that no phrase reaches from one into the other

_DROP_SQLITE = (
    "DROP TABLE IF EXISTS search_words",
    "DROP TABLE IF EXISTS search_claim",
    "DROP TABLE IF EXISTS search_name",
    "DROP TABLE IF EXISTS search_version",
)
_DROP_POSTGRESQL = (
    "DROP TABLE IF EXISTS search_claim",
    "DROP TABLE IF EXISTS search_name",
    "DROP TABLE IF EXISTS search_version",
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS search_words",  # of version 1, which let the database find the stems
    "DROP TEXT SEARCH DICTIONARY IF EXISTS search_stem",
)
_MAKE_SQLITE = (
    "CREATE TABLE search_version (version INTEGER NOT NULL, generation BIGINT NOT NULL)",
    "CREATE TABLE search_name (key BIGINT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE search_claim (number INTEGER PRIMARY KEY, claim_id TEXT NOT NULL UNIQUE,
       changed INTEGER NOT NULL, statement TEXT NOT NULL, context TEXT NOT NULL, shape BLOB NOT NULL,
       signs BLOB)""",
    "CREATE INDEX search_claim_changed ON search_claim (changed)",
)
_INDEX_SQLITE = (
    """CREATE VIRTUAL TABLE search_words USING fts5(statement, context, content='search_claim',
       content_rowid='number', tokenize='unicode61')""",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
    """CREATE TRIGGER search_claim_insert AFTER INSERT ON search_claim BEGIN
       INSERT INTO search_words(rowid, statement, context) VALUES (new.number, new.statement, new.context); END""",
    """CREATE TRIGGER search_claim_delete AFTER DELETE ON search_claim BEGIN
       INSERT INTO search_words(search_words, rowid, statement, context)
       VALUES ('delete', old.number, old.statement, old.context); END""",
    """CREATE TRIGGER search_claim_update AFTER UPDATE OF statement, context ON search_claim BEGIN
       INSERT INTO search_words(search_words, rowid, statement, context)
       VALUES ('delete', old.number, old.statement, old.context);
       INSERT INTO search_words(rowid, statement, context) VALUES (new.number, new.statement, new.context); END""",
)
_MAKE_POSTGRESQL = (
    "CREATE TABLE search_version (version INTEGER NOT NULL, generation BIGINT NOT NULL)",
    "CREATE TABLE search_name (key BIGINT PRIMARY KEY, value TEXT NOT NULL)",
    f"""CREATE TABLE search_claim (number BIGINT PRIMARY KEY, claim_id TEXT COLLATE "C" NOT NULL UNIQUE,
       changed BIGINT NOT NULL, statement TEXT NOT NULL, context TEXT NOT NULL, shape BYTEA NOT NULL, signs BYTEA,
       tokens TSVECTOR GENERATED ALWAYS AS (
       setweight(to_tsvector('simple', statement || ' {_BREAK} '), 'A')
       || setweight(to_tsvector('simple', context), 'D')) STORED)""",
    "CREATE INDEX search_claim_changed ON search_claim (changed)",
)
_INDEX_POSTGRESQL = ("CREATE INDEX search_claim_tokens ON search_claim USING gin (tokens)",)

_KNOWN = text("SELECT claim_id, number, statement, context FROM search_claim WHERE claim_id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_ADD = text(
    "INSERT INTO search_claim (number, claim_id, changed, statement, context, shape, signs)"
    " VALUES (:changed, :claim_id, :changed, :statement, :context, :shape, :signs)"
)
_TOUCH = text("UPDATE search_claim SET changed = :changed, shape = :shape, signs = :signs WHERE claim_id = :claim_id")
_CHANGE = text(
    "UPDATE search_claim SET changed = :changed, statement = :statement, context = :context, shape = :shape,"
    " signs = :signs WHERE claim_id = :claim_id"
)
_NAME = text("INSERT INTO search_name (key, value) VALUES (:key, :value) ON CONFLICT DO NOTHING")
_PAGE = (article.c.title, article.c.publisher, article.c.published, article.c.published_offset)
_TOLD: Select[Any] = (
    select(*(one for one in claim.c if one.name != "published"), *_PAGE, claim_vector.c.vector)
    .join_from(claim, article)
    .outerjoin(claim_vector)
)


def has_search_schema(connection: Connection) -> bool:
    """Whether the search structures are there, in the version of this program."""
    if not inspect(connection).has_table("search_version"):
        return False
    return connection.execute(text("SELECT version FROM search_version")).scalar_one_or_none() == VERSION


def ensure_search_schema(connection: Connection) -> None:
    """Make the search structures, anew where another version of them stands."""
    if not has_search_schema(connection):
        make_search_schema(connection)


def make_search_schema(connection: Connection) -> None:
    """Drop the search structures, make them and fill them from the claims."""
    drop_search_schema(connection)
    for statement in choose(connection, sqlite=_MAKE_SQLITE, postgresql=_MAKE_POSTGRESQL):
        connection.exec_driver_sql(statement)
    made = {"version": VERSION, "generation": take_numbers(connection, 1)}
    connection.execute(text("INSERT INTO search_version (version, generation) VALUES (:version, :generation)"), made)
    after = ""
    while ids := list(
        connection.execute(select(claim.c.id).where(claim.c.id > after).order_by(claim.c.id).limit(PAGE)).scalars()
    ):
        index_claims(connection, ids)
        after = ids[-1]
    # Last: SQLite makes the index of words sooner from all rows than row by row.
    for statement in choose(connection, sqlite=_INDEX_SQLITE, postgresql=_INDEX_POSTGRESQL):
        connection.exec_driver_sql(statement)


def drop_search_schema(connection: Connection) -> None:
    """Remove the search structures; nothing that cannot be derived again is lost."""
    for statement in choose(connection, sqlite=_DROP_SQLITE, postgresql=_DROP_POSTGRESQL):
        connection.exec_driver_sql(statement)


def index_claims(connection: Connection, claim_ids: Iterable[str]) -> None:
    """Bring the words of these claims up to date and mark them as changed; removed ones lose their words.

    The row of a removed claim stays, so that whoever keeps a copy in memory learns of it.
    """
    for some in chunks(sorted(set(claim_ids))):
        changed = take_numbers(connection, len(some))
        known = {row.claim_id: (row.statement, row.context) for row in connection.execute(_KNOWN, {"ids": some})}
        told, names = _told(connection, some)
        if names:
            connection.execute(_NAME, [{"key": key_of(name), "value": name} for name in sorted(names)])
        changes: dict[TextClause, list[dict[str, Any]]] = {_ADD: [], _CHANGE: [], _TOUCH: []}
        for place, claim_id in enumerate(some):
            statement, context, shape, signs = told.get(claim_id) or ("", "", gone(claim_id), None)
            row = {"claim_id": claim_id, "changed": changed + place, "shape": shape, "signs": signs}
            is_as_before = known.get(claim_id) == (statement, context)
            how = _ADD if claim_id not in known else _TOUCH if is_as_before else _CHANGE
            changes[how].append(row if how is _TOUCH else {**row, "statement": statement, "context": context})
        for change, rows in changes.items():
            if rows:
                connection.execute(change, rows)


_Told = tuple[str, str, bytes, bytes | None]
"""Stems of statement and context, shape, and signs where there is a vector."""


def _told(connection: Connection, claim_ids: list[str]) -> tuple[dict[str, _Told], set[str]]:
    """What is told of each claim that is there, and the names in the shapes."""
    told, everything = {}, set[str]()
    for row in connection.execute(_TOLD.where(claim.c.id.in_(claim_ids))):
        statement, context = stems(claim_from(row).statement()), stems(f"{row.title} {row.publisher}")
        published, names = as_told(row, "published"), names_of(row)
        everything.update(names.values())
        shape = shape_of(row, published.date() if published else None, len(statement), names)
        signs = None if row.vector is None else signs_of(row.vector)
        told[row.id] = (" ".join(statement), " ".join(context), shape, signs)
    return told, everything
