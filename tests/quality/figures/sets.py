"""models/quality/figures.toml → what is measured, on what, and the best that others are known for."""

import tomllib
from dataclasses import dataclass
from typing import Any

Report = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A figure of the table. `at`: where it stands in the report of its set; `out_of`: where its whole does."""

    figure: str
    at: tuple[str, ...]
    out_of: tuple[str, ...] = ()
    known: str = ""


@dataclass(frozen=True)
class MeasuredSet:
    """A set of texts. `reader`: what reads it; `score`: words for the set's own program; `scale`: 100 for ratios."""

    name: str
    asks: str
    origin: str
    reader: str
    files: tuple[str, ...]
    score: tuple[str, ...]
    scale: int
    rows: tuple[Row, ...]


def load_sets(text: str) -> list[MeasuredSet]:
    """The sets in the order of the table."""
    return [_measured_set(one) for one in tomllib.loads(text)["set"]]


def _measured_set(one: dict[str, Any]) -> MeasuredSet:
    rows = tuple(
        Row(row["figure"], tuple(row["at"]), tuple(row.get("out_of", ())), row.get("known", "")) for row in one["rows"]
    )
    files, score = tuple(one.get("files", ())), tuple(one.get("score", ()))
    return MeasuredSet(
        one["name"], one["asks"], one.get("origin", ""), one["reader"], files, score, one.get("scale", 1), rows
    )


def value_at(report: Report | None, at: tuple[str, ...]) -> float | int | None:
    """What stands there in a report; nothing where there is no such place."""
    found: Any = report
    for step in at:
        if not isinstance(found, dict) or step not in found:
            return None
        found = found[step]
    return found if isinstance(found, int | float) else None
