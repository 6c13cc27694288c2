"""A whole list as a file: one object of the API a line, or a table with its keys as columns."""

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from fastapi import Response

from monitor.app import records
from monitor.web.desk import Json, as_file
from monitor.web.shapes import Shape


class Form(StrEnum):
    """The ending of a download."""

    CSV = "csv"
    NDJSON = "ndjson"


def download(form: Form, name: str, shape: type[Shape], items: Iterable[Json]) -> Response:
    """All of a list in this form. What holds more than one value stands in its cell as JSON."""
    if form is Form.NDJSON:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in items)
        return as_file(lines, "application/x-ndjson", f"{name}.ndjson")
    return as_file(_table(list(shape.model_fields), items), "text/csv; charset=utf-8", f"{name}.csv")


def _table(columns: list[str], items: Iterable[Json]) -> Iterator[str]:
    yield records.csv_line(columns)
    for one in items:
        yield records.csv_line([_cell(one.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
