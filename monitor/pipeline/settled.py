"""What a step hands back: rows that are settled with what to save, or a row that failed and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Settled:
    """`save` writes the results and returns the ids it gave; it runs in one transaction with the rows' new state.

    `again`: when the rows are to be taken anew, None for never.
    """

    ids: Sequence[str]
    save: Callable[[], Sequence[str]]
    again: datetime | None = None


@dataclass(frozen=True)
class Failed:
    """A row for which the step could do nothing. `error.retry` says whether trying again helps.

    `save` writes what is to be remembered all the same, when the row is set aside.
    """

    id: str
    error: Exception
    save: Callable[[], object] = list
