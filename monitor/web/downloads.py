"""A whole list as a file: one object of the API a line, or a table with its keys as columns."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from fastapi import Request, Response

from monitor.app import records
from monitor.web.desk import Desk, Json, as_file, twin
from monitor.web.shapes import Shape


class Form(StrEnum):
    """The ending of a download."""

    CSV = "csv"
    NDJSON = "ndjson"


_NAMES = {"csv": "CSV", "ndjson": "NDJSON", "json": "JSON", "atom": "Atom"}


def download(desk: Desk, form: Form, name: str, shape: type[Shape], items: Iterable[Json]) -> Response:
    """All of a list in this form. What holds more than one value stands in its cell as JSON."""
    if form is Form.NDJSON:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in items)
        return as_file(desk, lines, "application/x-ndjson", f"{name}.ndjson")
    return as_file(desk, _table(list(shape.model_fields), items), "text/csv; charset=utf-8", f"{name}.csv")


def exports(request: Request) -> list[tuple[str, str]]:
    """Name and address of each form in which a page's list can be taken away: CSV and NDJSON whole, JSON by the page."""
    return [(name, twin(request, f".{ending}")) for ending, name in _NAMES.items()]


def _table(columns: list[str], items: Iterable[Json]) -> Iterator[str]:
    yield records.csv_line(columns)
    for one in items:
        yield records.csv_line([_cell(one.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
