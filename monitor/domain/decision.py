"""What a person decided on claims and questions, so that no rule of ours takes it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DecisionKind(StrEnum):
    """`merge`: the claims of one question answer another. `split`: some claims answer a question of their own."""

    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"


@dataclass(frozen=True)
class Decision:
    """Who decided what on which claims, when and why. It holds until somebody undoes it.

    Of a merge or split, `question_id` is where the claims were and `into_id` where they stand since. `note`: why.
    """

    id: str
    kind: DecisionKind
    at: datetime
    by: str
    note: str
    claim_ids: tuple[str, ...]
    question_id: str = ""
    into_id: str = ""
    undone: datetime | None = None
    undone_by: str = ""
