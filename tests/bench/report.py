"""How a benchmark says what it measured."""

import json
from collections.abc import Mapping
from typing import Any


def show(report: Mapping[str, Mapping[str, Any]], *, as_json: bool) -> None:
    """Print the figures by section: as one JSON document, or a line each."""
    if as_json:
        print(json.dumps(report, indent=1))
        return
    for section, rows in report.items():
        print(section)
        for key, value in rows.items():
            told = ", ".join(f"{name} {one}" for name, one in value.items()) if isinstance(value, Mapping) else value
            print(f"  {key:<44} {told}")
