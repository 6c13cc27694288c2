"""Brings a database to the newest revision, and says whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from monitor.errors import SchemaMismatch
from monitor.storage.engine import migrating
from monitor.storage.search.schema import drop_search_schema, ensure_search_schema, has_search_schema
from monitor.storage.transactions import told_plainly


def upgrade(engine: Engine, scripts: Path, revision: str = "head") -> None:
    """Bring the database to this revision, then its search structures to the program's version. Safe to repeat.

    All in one transaction: an upgrade that fails leaves the database as it was. SchemaMismatch for a database that a
    newer program made. A database that needs nothing is not locked.
    """
    if revision == "head" and _needs_nothing(engine, scripts):
        return
    with told_plainly(), migrating(engine) as connection:
        config = _config(scripts)
        config.attributes["connection"] = connection
        _refuse_newer(connection, scripts)
        command.upgrade(config, revision)
        if current_revision(connection) == newest_revision(scripts):
            ensure_search_schema(connection)


def downgrade(engine: Engine, scripts: Path, revision: str) -> None:
    """Take the database back to an earlier revision ("base": none at all). Search comes back with the next upgrade."""
    with told_plainly(), migrating(engine) as connection:
        config = _config(scripts)
        config.attributes["connection"] = connection
        drop_search_schema(connection)
        command.downgrade(config, revision)


def current_revision(bind: Engine | Connection) -> str | None:
    """The revision the database is at, None for an empty one."""
    if isinstance(bind, Engine):
        with told_plainly(), bind.connect() as connection:
            return current_revision(connection)
    return MigrationContext.configure(bind).get_current_revision()


def newest_revision(scripts: Path) -> str:
    """The revision this program works with."""
    head = ScriptDirectory(str(scripts)).get_current_head()
    if head is None:
        raise SchemaMismatch(
            f"No revisions in {scripts}", why="the folder of migrations is empty", mend="Install the program again"
        )
    return head


def check_schema(engine: Engine, scripts: Path) -> None:
    """SchemaMismatch unless the database is at the revision this program works with."""
    with told_plainly(), engine.connect() as connection:
        _refuse_newer(connection, scripts)
        current, newest = current_revision(connection), newest_revision(scripts)
    if current != newest:
        raise SchemaMismatch(
            f"The database is at revision {current or 'none'}, this program needs {newest}",
            why="it is new or an older program made it",
            mend="Back it up, then run `monitor db upgrade`",
        )


def _needs_nothing(engine: Engine, scripts: Path) -> bool:
    with told_plainly(), engine.connect() as connection:
        return current_revision(connection) == newest_revision(scripts) and has_search_schema(connection)


def _refuse_newer(connection: Connection, scripts: Path) -> None:
    current = current_revision(connection)
    if current is None:
        return
    try:
        ScriptDirectory(str(scripts)).get_revision(current)
    except CommandError as error:
        raise SchemaMismatch(
            f"The database is at revision {current}, which this program does not know",
            why="a newer program made it",
            mend="Use that version of the program, or another database (database_url). Nothing was changed.",
        ) from error


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config
