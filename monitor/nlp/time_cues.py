"""What the reader of times knows of English: which figures are of a stretch, of a moment, or grow."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TimeCues:
    """Which figures are of a stretch of time, of the moment of an event, or grow until the day of the report."""

    stretch: frozenset[str]
    flows: frozenset[str]
    differences: frozenset[str]
    crops: frozenset[str]
    tolls: frozenset[str]
    instants: frozenset[str]
    events: frozenset[str]
    documents: frozenset[str]
    dated_goods: frozenset[str]
    price_bases: frozenset[str]
    season_nouns: frozenset[str]
    quotations: frozenset[str]
    seasons: frozenset[str]

    @staticmethod
    def read(folder: Path) -> "TimeCues":
        """The cues of a folder such as models/cues/en."""
        words = tomllib.loads((folder / "dates.toml").read_text(encoding="utf-8"))
        tables = words["of_figures"]
        names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))["nominals"]
        return TimeCues(
            frozenset(tables["stretch"]),
            frozenset(tables["flows"]),
            frozenset(tables["differences"]),
            frozenset(tables["crops"]),
            frozenset(tables["tolls"]),
            frozenset(tables["instants"]),
            frozenset(names["event"]) - frozenset(tables["lasting_events"]),
            frozenset(tables["documents"]),
            frozenset(tables["dated_goods"]),
            frozenset(tables["price_bases"]),
            frozenset(tables["season_nouns"]),
            frozenset(tables["quotations"]),
            frozenset(words["seasons"]),
        )
