"""`monitor relate`: claims of any origin in, relations out, with nothing stored."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import line, note, problem
from monitor.errors import RecordWrong


def relate(
    place: Annotated[str, typer.Argument(metavar="FILE", help="Claims as JSON Lines; - is standard input.")] = "-",
) -> int:
    """Compare claims in the interchange format and write their relations.

    monitor export claims | monitor relate > relations.jsonl
    """
    from monitor.app import open_app

    app = open_app()
    try:
        found = app.reading.relate(_lines(place))
    finally:
        app.close()
    for one in found.lines:
        line(one)
    for _, error in found.wrong:
        problem(error)
    note(f"{found.claims} claims, {len(found.lines)} relations, {len(found.wrong)} lines unreadable")
    if found.left_out:
        note(f"{found.left_out} claims of long lists in one article were not compared")
    return outcome(found.claims, len(found.wrong))


def _lines(place: str) -> list[bytes]:
    if place == "-":
        return sys.stdin.buffer.readlines()
    try:
        return Path(place).read_bytes().split(b"\n")
    except OSError as error:
        raise RecordWrong(f"Cannot read {place}", why=error.strerror or str(error), mend="Check the name.") from error
