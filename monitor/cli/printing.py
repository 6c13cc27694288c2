"""How commands print: tables and documents on standard output, notes and progress on standard error."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.errors import MonitorError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.pipeline.walk import Step

Cursor = Annotated[str | None, typer.Option(metavar="PLACE", help="Where the last page ended.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]
AsJsonLines = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="A table with a header line.")]
_STEPS = {"fetch": "fetching pages", "read": "reading articles", "file": "filing claims", "compare": "comparing"}


class _Manner:
    """How this run of the program speaks."""

    quiet = False


def be_quiet(quiet: bool) -> None:
    """Leave notes and progress away from now on, or tell them again."""
    _Manner.quiet = quiet


def note(text: str) -> None:
    """A line for the person at the terminal, unless he wants none."""
    if not _Manner.quiet:
        _tell(text)


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def problem(error: MonitorError, place: str = "") -> None:
    """An error as what, why and how to mend it."""
    _tell(f"{place}{': ' if place else ''}{error.what}")
    _tell(f"  why:  {error.why}")
    _tell(f"  mend: {error.mend}")


def line(text: str) -> None:
    """A line of the result."""
    print(text)


def document(data: Any, page: Mapping[str, Any] | None = None, more: Mapping[str, Any] | None = None) -> None:
    """One JSON document in the shape of the API: a list in `data` with its count (and `more` of it), or one thing."""
    body: dict[str, Any] = {"data": plain(data)}
    if isinstance(data, list):
        body["page"] = page or {"next": None, "count": len(data), "count_is": "exact"}
    print(json.dumps({**body, **(more or {})}, ensure_ascii=False, indent=2))


@dataclass(frozen=True)
class Output:
    """The form in which a list was asked for."""

    json: bool = False
    jsonl: bool = False
    csv: bool = False

    def __post_init__(self) -> None:
        if self.json + self.jsonl + self.csv > 1:
            raise typer.BadParameter("--json, --jsonl and --csv are three forms of one list: ask for one.")

    def __bool__(self) -> bool:
        return self.json or self.jsonl or self.csv

    def print(
        self,
        records: Sequence[Mapping[str, Any]],
        page: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """The records of the API in this form. `page`: what the API says of the list, where it is a part of one;
        `more`: what a document has besides."""
        if self.json:
            document(list(records), page, more)
        elif self.jsonl:
            for record in records:
                print(json.dumps(plain(record), ensure_ascii=False))
        else:
            _print_csv([_flat(plain(record)) for record in records])

    def print_one(self, record: Mapping[str, Any], rows: str = "") -> None:
        """One thing in this form: a document, a line, or a table. `rows`: the list in it that makes the table's rows."""
        if self.json:
            document(record)
        else:
            self.print(record[rows] if self.csv and rows else [record])


def page_of(shown: Sequence[Any], *, following: str | None, count: int | None = None) -> dict[str, Any]:
    """What the API says of a list of which this is shown: where it goes on, and how much there is, if that is known."""
    known = count if count is not None else len(shown)
    is_exact = count is not None or following is None
    if following:
        note(f"There is more: --cursor {following}")
    return {"next": following, "count": known, "count_is": "exact" if is_exact else "at_least"}


def _print_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    from monitor.app.records import csv_line

    columns: list[str] = list(dict.fromkeys(key for row in rows for key in row))
    lines: list[list[Any]] = [columns, *([row.get(key) for key in columns] for row in rows)]
    for cells in lines:
        print(csv_line(cells).rstrip("\r\n"))


def _flat(record: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Fields of fields side by side, as `article.url`; lists as JSON."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{key}.")
        else:
            flat[f"{before}{key}"] = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
    return flat


def plain(value: Any) -> Any:
    """Domain values as JSON knows them: times as RFC 3339, numbers plain, bytes left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(below) for key, below in value.items() if not isinstance(below, bytes)}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns: a table on a terminal, tabs elsewhere."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*titles, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    Console().print(grid)


class Bars:
    """Progress on a terminal: a bar for each kind of work."""

    def __init__(self, shown: Any) -> None:
        self._shown = shown
        self._tasks: dict[str, Any] = {}

    def __call__(self, step: "Step", done: int, waiting: int) -> None:
        """How far a step of the walk is."""
        self.show(_STEPS.get(step.name, step.name), done, done + waiting)

    def show(self, name: str, done: int, total: int) -> None:
        """How far work of this name is."""
        if name not in self._tasks:
            self._tasks[name] = self._shown.add_task(name, total=total)
        self._shown.update(self._tasks[name], completed=done, total=total)


@contextmanager
def bars() -> "Iterator[Bars | None]":
    """Progress bars, on a terminal; None elsewhere."""
    if _Manner.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield Bars(shown)


@contextmanager
def opened() -> "Iterator[App]":
    """The service as configured, closed afterwards."""
    from monitor.app import open_app

    app = open_app()
    try:
        yield app
    finally:
        app.close()


def ago(moment: datetime | None, now: datetime) -> str:
    """A past instant in words: 5 min ago; never for None."""
    if moment is None:
        return "never"
    seconds = int((now - moment).total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit} ago"
    return f"{max(seconds, 0)} s ago"


def short(text: str, width: int = 90) -> str:
    """The text on one line, cut where it is longer."""
    folded = " ".join(text.split())
    return folded if len(folded) <= width else folded[: width - 1].rstrip() + "…"
