"""`monitor service`: files that let a machine run the service."""

import json
from importlib import resources
from pathlib import Path
from sys import executable

import typer

from monitor.cli.printing import line, note

app = typer.Typer(no_args_is_help=True, help="Files that let a machine run the service.")


@app.callback()
def group() -> None:
    """Files that let a machine run the service."""


@app.command("api")
def print_api() -> None:
    """The description of the JSON API (OpenAPI), as the archive serves it under /api/v1/openapi.json.

    monitor service api > openapi.json
    """
    from monitor.app import open_app

    line(json.dumps(open_app().site().openapi(), ensure_ascii=False, indent=1))


@app.command("print")
def print_unit() -> None:
    """A systemd unit for this installation, on standard output.

    monitor service print | sudo tee /etc/systemd/system/monitor.service
    """
    from monitor.app import open_app

    parts = open_app().parts
    unit = resources.files("monitor.deploy").joinpath("monitor.service").read_text(encoding="utf-8")
    config = f"Environment=MONITOR_CONFIG={parts.config.resolve()}" if parts.config else "# no config.toml: defaults"
    command = Path(executable).with_name("monitor")
    print(unit.format(command=command, config=config, folder=parts.data_folder.resolve()), end="")
    note("Then: systemctl daemon-reload && systemctl enable --now monitor")
