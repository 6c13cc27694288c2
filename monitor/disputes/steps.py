"""The steps of a dispute's life."""

from collections.abc import Sequence
from datetime import datetime

from monitor.domain.dispute import Dispute, DisputeEvent
from monitor.domain.ids import content_id

UNDONE = "undone"


def holding(events: Sequence[DisputeEvent]) -> list[DisputeEvent]:
    """The steps that nobody took back."""
    gone = {one.undoes for one in events}
    return [one for one in events if one.kind != UNDONE and one.id not in gone]


def step(
    dispute: Dispute,
    kind: str,
    by: str,
    reason: str,
    now: datetime,
    claim_ids: Sequence[str],
    events: Sequence[DisputeEvent],
) -> DisputeEvent:
    """The step of its life that led to how the dispute stands now. `events`: those before it."""
    identity = content_id("evt", dispute.id, len(events), kind, by, *claim_ids)
    return DisputeEvent(identity, dispute.id, now, kind, dispute.state, by, reason, tuple(claim_ids))
