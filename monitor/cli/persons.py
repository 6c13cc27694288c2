"""Who decides, and why: what the commands by which people judge have in common."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.printing import line, note, opened

if TYPE_CHECKING:
    from monitor.app import App


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
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would follow, and store nothing.")]


class _OnlyTried(Exception):
    """Takes a dry run back."""


@contextmanager
def judging(*, dry_run: bool) -> "Iterator[App]":
    """The service, for one decision. A dry run goes all the way, tells what happened, and takes all of it back."""
    with opened() as service:
        if not dry_run:
            yield service
            return
        with suppress(_OnlyTried), service.store.transaction():
            yield service
            for event in service.store.events.pending():
                line(f"{event.kind} {event.subject_id}: {event.detail}")
            raise _OnlyTried
    note("A dry run: nothing of this was stored.")
