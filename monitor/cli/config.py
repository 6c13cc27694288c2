"""`monitor config`: what is set, and where it comes from."""

from typing import Annotated, Any

import typer

from monitor.cli.printing import document, line, plain
from monitor.domain.url import without_login

app = typer.Typer(no_args_is_help=True, help="What is set, and where it comes from.")


@app.command()
def show(
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Every setting with its value; secrets as ***.

    monitor config show --origin
    """
    from monitor.app import open_app, origins_of_settings
    from monitor.app.database import without_password
    from monitor.app.records import shown_webhook

    app = open_app()
    values = dict(_flat(app.settings.model_dump(mode="json"), ""))
    if values.get("smtp.password"):
        values["smtp.password"] = "***"
    values["fetch.proxy"] = without_password(values["fetch.proxy"])
    values["feeds"] = [{**feed, "url": without_login(feed["url"])} for feed in values["feeds"]]
    values["watches"] = [{**watch, "webhook": shown_webhook(watch["webhook"])} for watch in values["watches"]]
    if values.get("database_url"):
        values["database_url"] = app.parts.shown_database_url
    if as_json:
        document(values)
        return
    origins = origins_of_settings(app.parts.config) if origin else {}
    for key, value in values.items():
        came = origins.get(key) or origins.get(f"{key}.{'name' if key != 'feeds' else 'url'}", "default")
        line(f"{key} = {value!r}" + (f"   # {came}" if origin else ""))


def _flat(data: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, plain(value))]
    return found


@app.command()
def check() -> None:
    """Read the settings; exit 78 and say what is wrong if they cannot be.

    monitor config check
    """
    from monitor.app import open_app

    app = open_app()
    line(f"{app.parts.config or 'no config.toml: defaults'} is right")


@app.command()
def path() -> None:
    """The config.toml in use, and where the database is.

    monitor config path
    """
    from monitor.app import open_app

    app = open_app()
    line(str(app.parts.config or "none: defaults"))
    line(app.parts.shown_database_url)
