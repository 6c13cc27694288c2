"""A question whose current claims contradict each other, and its life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

STALE_AFTER = timedelta(days=90)
RULE = "rule"
"""Who took a step that no person took; behind it stands which rule: "rule: conflict found"."""


class DisputeState(StrEnum):
    """`merged`: its question became part of another, whose dispute goes on."""

    PROPOSED = "proposed"
    OPEN = "open"
    EXPLAINED = "explained"
    SETTLED = "settled"
    DISMISSED = "dismissed"
    REOPENED = "reopened"
    MERGED = "merged"


LIVING = frozenset({DisputeState.PROPOSED, DisputeState.OPEN, DisputeState.REOPENED})
REASONS: Mapping[DisputeState, tuple[str, ...]] = MappingProxyType(
    {
        DisputeState.OPEN: ("contradiction confirmed",),
        DisputeState.EXPLAINED: (
            "different scope",
            "different definition",
            "different time",
            "unit or rounding",
            "target or forecast against measured",
            "hypothetical",
            "same origin repeated",
            "translation",
        ),
        DisputeState.SETTLED: ("source corrected", "superseded by later data", "retracted"),
        DisputeState.DISMISSED: ("extraction error", "not comparable"),
    }
)
"""What a person may judge, and the reasons there are for it."""


def is_rule(by: str) -> bool:
    """Whether this names a rule and no person."""
    return by.strip().lower().partition(":")[0].strip() == RULE


@dataclass(frozen=True)
class Position:
    """The claims on a question that say the same. `label`: as the tightest of them prints it, with its unit."""

    label: str
    claim_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]


@dataclass(frozen=True)
class DisputeEvent:
    """One step of a dispute's life: who or which rule, when, why, with which evidence.

    `by`: a person's name, or RULE with the name of the rule. `claim_ids`: the claims that had been seen by then.
    `undoes`: the step that this one takes back.
    """

    id: str
    dispute_id: str
    at: datetime
    kind: str
    state: DisputeState
    by: str
    reason: str
    claim_ids: tuple[str, ...] = ()
    note: str = ""
    undoes: str | None = None

    @property
    def is_by_rule(self) -> bool:
        """Whether no person took it."""
        return is_rule(self.by)


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

    def is_stale(self, now: datetime) -> bool:
        """Whether it lives, and nothing has happened to it for long."""
        return self.state in LIVING and now - self.changed > STALE_AFTER
