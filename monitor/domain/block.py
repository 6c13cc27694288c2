"""The keys under which questions lie, and which of them are worth looking under."""

from collections import defaultdict
from collections.abc import Mapping
from sys import intern

# A key that more questions share than these does not say which is meant: a word of very many subjects.
CROWD = 100


def block_key(name: str, concept: str, time: str) -> str:
    """The key of a name, a metric and a time; a claim has one for each name and each time that it may be of."""
    return intern(f"{name}|{concept}|{time}")  # thousands of claims keep the same ones


def telling(sizes: Mapping[str, int]) -> list[str]:
    """The keys to look under: of each time those that few questions share, else the one that the fewest do.

    `sizes`: key → how many questions it has, for all keys of one claim.
    """
    by_time: dict[str, list[str]] = defaultdict(list)
    for key in sorted(sizes):
        by_time[key.rpartition("|")[2]].append(key)
    found: list[str] = []
    for keys in by_time.values():
        few = [key for key in keys if sizes[key] <= CROWD]
        found += few or [min(keys, key=lambda key: sizes[key])]
    return found
