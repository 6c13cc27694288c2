"""`monitor export`: what is stored, as JSON Lines."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from monitor.cli.printing import note, opened
from monitor.errors import RecordWrong


class Kind(StrEnum):
    entries = "entries"
    articles = "articles"
    entities = "entities"
    claims = "claims"
    relations = "relations"


def export(
    kind: Annotated[Kind, typer.Argument(help="What to export.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output if not given.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Only what came on this day or later."),
    ] = None,
) -> None:
    """Write what is stored as JSON Lines, sorted by id.

    monitor export claims --output claims.jsonl

    monitor export relations --since 2026-11-01 | grep contradicts
    """
    with opened() as app, closing(app.reading.export(kind.value, since.date() if since else None)) as lines:
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
            _write_out(lines)
            return
        note(f"{_write_file(lines, output)} lines in {output}")


def _write_out(lines: Iterator[str]) -> None:
    try:
        _write(lines, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our lines has enough of them
        raise
    except OSError as error:
        mend = "Make room, or write elsewhere with --output."
        raise RecordWrong("Cannot write the export", why=error.strerror or str(error), mend=mend) from error


def _write_file(lines: Iterator[str], output: Path) -> int:
    """Write beside the file and put it in place at the end: a broken export leaves the old one."""
    beside = output.with_name(f".{output.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            count = _write(lines, stream)
        os.replace(beside, output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        mend = "Name a file in a folder that can be written."
        raise RecordWrong(f"Cannot write {output}", why=error.strerror or str(error), mend=mend) from error
    return count


def _write(lines: Iterator[str], stream: TextIO) -> int:
    count = 0
    for line in lines:
        stream.write(line + "\n")
        count += 1
    return count
