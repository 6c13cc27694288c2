"""A saved query with a name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Watch:
    """`owner`: address of the subscriber, empty for one of config.toml that serves everybody."""

    id: str
    name: str
    query: str
    owner: str = ""
    removed: bool = False
