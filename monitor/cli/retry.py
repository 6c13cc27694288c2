"""`monitor retry`: what was set aside, tried again."""

from enum import StrEnum
from typing import Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import bars, line, opened
from monitor.cli.walked import tell_walk


class Kind(StrEnum):
    entry = "entry"
    article = "article"
    claim = "claim"
    question = "question"


def retry(
    kinds: Annotated[list[Kind] | None, typer.Argument(metavar="[KIND]…", help="Only these kinds of rows.")] = None,
) -> int:
    """Try again what was set aside, such as after an upgrade or when a site is back.

    monitor retry

    monitor retry article
    """
    with opened() as app, bars() as progress:
        again, walked = app.reading.retry([kind.value for kind in kinds or Kind], progress=progress)
        left = tell_walk(walked)
    line(f"{again} tried again, {left} failed again")
    return outcome(again - left, left)
