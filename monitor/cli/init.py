"""`monitor init`: a first configuration and an empty database."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.printing import line, note
from monitor.errors import SettingsWrong


def init(
    path: Annotated[Path | None, typer.Option("--config", help="Where; your configuration folder if not given.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write a commented config.toml and create the database.

    monitor init

    monitor init --config ./config.toml
    """
    from monitor.app import example_config, open_app, user_config_file

    place = path or user_config_file()
    if place.exists() and not force:
        note(f"Kept {place}: it is there already (--force replaces it)")
    else:
        _write(place, example_config())
        note(f"Wrote {place}")
    app = open_app(place)
    try:
        app.store.counts()
        note(f"The database is {app.parts.shown_database_url}")
    finally:
        app.close()
    line("Next:")
    line("  monitor doctor        # is everything in place?")
    line("  monitor poll --once   # ask the feeds of config.toml")
    line("  monitor run           # the service and its archive; `monitor demo` shows it on an invented press")


def _write(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        mend = "Name another place: monitor init --config FILE"
        raise SettingsWrong(f"Cannot write {place}", why=error.strerror or str(error), mend=mend) from error
