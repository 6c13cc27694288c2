"""`monitor db`: the database's revision."""

from typing import Annotated

import typer

from monitor.cli.exits import WRONG_CONFIG
from monitor.cli.printing import document, line

app = typer.Typer(no_args_is_help=True, help="The database: its revision, and bringing it to the newest.")


@app.command()
def upgrade() -> None:
    """Bring the database to the newest revision (every command does that by itself).

    monitor db upgrade
    """
    from monitor.app import open_app

    app = open_app()
    try:
        app.store.counts()
        current, newest = app.parts.revisions()
    finally:
        app.close()
    line(f"{current} (newest: {newest})")


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> int:
    """The revision of the database and of the program. Exit 78 if they differ.

    monitor db status --json
    """
    from monitor.app import open_app

    app = open_app()
    try:
        current, newest = app.parts.revisions()
        address = app.parts.shown_database_url
    finally:
        app.close()
    known = current in (None, newest)
    if as_json:
        document({"database": address, "current": current, "newest": newest, "known": known})
    else:
        line(f"database  {address}\ncurrent   {current or 'none (empty)'}\nnewest    {newest}")
    return 0 if known else WRONG_CONFIG
