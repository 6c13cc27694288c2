"""Common nouns by the sort of thing that they name: people, bodies, things, places, happenings, sayings, measures."""

import tomllib
from collections.abc import Mapping
from pathlib import Path


def read_nouns(path: Path) -> Mapping[str, str]:
    """Noun → its sort, from ontology/nouns.toml."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {word: sort for sort, words in data.items() for word in words.split()}
