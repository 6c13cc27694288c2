"""A question whose current claims contradict each other, and its life."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DisputeState(StrEnum):
    PROPOSED = "proposed"
    OPEN = "open"
    EXPLAINED = "explained"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Position:
    """The claims on a question that say the same. `label`: as the tightest of them prints it, with its unit."""

    label: str
    claim_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]


@dataclass(frozen=True)
class DisputeEvent:
    """One step of a dispute's life: who or which rule, when, why, with which evidence."""

    id: str
    dispute_id: str
    at: datetime
    kind: str
    state: DisputeState
    by: str
    reason: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dispute:
    """One per question. `positions` in order of first appearance; `origins`: independent origins that take part."""

    id: str
    question_id: str
    state: DisputeState
    title: str
    positions: tuple[Position, ...]
    origins: int
    opened: datetime
    changed: datetime
    why_compared: str = ""
    could_explain: tuple[str, ...] = ()
    gap: str = ""
