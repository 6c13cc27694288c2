"""The words that the reader of dates needs, from models/cues."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class DateCues:
    """Date words, lower case. `heads`: those at which a date may start.

    `words` and `figures` hold the lists of models/cues/en/dates.toml by their name.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    days: Mapping[str, int]
    holidays: Mapping[tuple[str, ...], tuple[int, int] | tuple[int, int, int]]
    words: Mapping[str, frozenset[str]]
    figures: Mapping[str, frozenset[str]]
    heads: frozenset[str]


def load_date_cues(folder: Path) -> DateCues:
    """The cues of a folder such as models/cues/en. Raises OSError or a TOML error where the file is not right."""
    data = tomllib.loads((folder / "dates.toml").read_text(encoding="utf-8"))
    words = {name: _words(value) for name, value in data["words"].items()}
    return DateCues(
        months=data["months"],
        weekdays=data["weekdays"],
        seasons={name: (first, last) for name, (first, last) in data["seasons"].items()},
        ordinals=data["ordinals"],
        numbers=data["numbers"],
        units=data["units"],
        days=data["days"],
        holidays={tuple(name.split()): _holiday(rule, data["weekdays"]) for name, rule in data["holidays"].items()},
        words=words,
        figures={name: _words(value) for name, value in data["figures"].items()},
        heads=_heads(data, words),
    )


def _heads(data: Mapping[str, Any], words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    tables = ("months", "weekdays", "seasons", "ordinals", "numbers", "units", "days")
    heads = {word for table in tables for word in data[table]} | {name.split()[0] for name in data["holidays"]}
    for name in words["heads"]:
        heads |= words[name]
    return frozenset(heads)


def _words(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) else frozenset([str(value)])


def _holiday(rule: list[Any], weekdays: Mapping[str, int]) -> tuple[int, int] | tuple[int, int, int]:
    """Month and day; or month, weekday and which one of the month."""
    if len(rule) == 2:
        return int(rule[0]), int(rule[1])
    return int(rule[0]), weekdays[rule[1]], int(rule[2])
