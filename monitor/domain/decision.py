"""What a person decided on claims and questions, so that no rule of ours takes it back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.correction import Fields


class DecisionKind(StrEnum):
    """`merge`: the claims of one question answer another. `split`: some claims answer a question of their own.

    `reject`: a claim is none. `correct`: a claim was read wrongly, and says something else.
    """

    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    CORRECT = "correct"


@dataclass(frozen=True)
class Decision:
    """Who decided what on which claims, when and why. It holds until somebody undoes it.

    Of a merge or split, `question_id` is where the claims were and `into_id` where they stand since. `note`: why.
    Of a correction, `before` and `after` have the fields that were read otherwise, as `differing` gives them.
    """

    id: str
    kind: DecisionKind
    at: datetime
    by: str
    note: str
    claim_ids: tuple[str, ...]
    question_id: str = ""
    into_id: str = ""
    before: Fields = field(default_factory=dict)
    after: Fields = field(default_factory=dict)
    undone: datetime | None = None
    undone_by: str = ""
