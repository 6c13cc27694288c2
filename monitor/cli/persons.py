"""Who decides, and why: options of the commands by which people judge."""

import getpass
from typing import Annotated

import typer


def _or_myself(name: str) -> str:
    """The name, or else that of who is logged in; empty where the machine knows none."""
    try:
        return name or getpass.getuser()
    except (OSError, KeyError):
        return ""


By = Annotated[
    str,
    typer.Option("--by", metavar="NAME", callback=_or_myself, help="Who decides; who is logged in if not said."),
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in your words.")]
Why = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in your words; needed.", show_default=False)]
