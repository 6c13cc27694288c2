"""The state of the work that a row carries: the row is the truth, whoever drives the step."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WorkState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class SetAside:
    """A row that no step will take again by itself. `why` is what the error said."""

    kind: str
    id: str
    why: str
    attempts: int
    at: datetime
