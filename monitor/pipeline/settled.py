"""What a step hands back: rows that are settled with what to save, or a row that failed and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Settled:
    """`save` writes the results and returns the ids it gave; it runs in one transaction with the rows' new state."""

    ids: Sequence[str]
    save: Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Failed:
    """A row for which the step could do nothing. `error.retry` says whether trying again helps."""

    id: str
    error: Exception
