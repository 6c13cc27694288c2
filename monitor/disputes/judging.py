"""What people make of a dispute: judged, reopened, undone. Each is a step of its life and takes nothing away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.disputes.signed import check_signed
from monitor.disputes.steps import UNDONE, holding, step
from monitor.domain.dispute import LIVING, REASONS, Dispute, DisputeEvent, DisputeState
from monitor.errors import JudgementWrong

Judged = tuple[Dispute, DisputeEvent]
"""The dispute as it stands then, and the step that led there."""

_MERGED = "merged"


def judge(
    dispute: Dispute,
    events: Sequence[DisputeEvent],
    state: DisputeState,
    reason: str,
    *,
    by: str,
    now: datetime,
    note: str = "",
    evidence: Sequence[str] = (),
) -> Judged:
    """A person's judgement, for one of the reasons that there are for this state. JudgementWrong.

    `evidence`: claims outside the dispute that bear it out. What had been seen by then is noted: a figure that comes
    later reopens the dispute. One that lives is judged open where a person finds that it is one, as a rule proposed.
    """
    _check(dispute, by)
    if state not in REASONS:
        mend = f"Judge it one of: {', '.join(sorted(REASONS))}"
        raise JudgementWrong(_cannot("judge", dispute), why=f"nobody judges it {state}", mend=mend)
    if reason not in REASONS[state]:
        mend = f"Reasons for {state}: {', '.join(REASONS[state])}. Say more in a note"
        raise JudgementWrong(_cannot("judge", dispute), why=f"“{reason}” is no reason for {state}", mend=mend)
    stands = state
    if state is DisputeState.OPEN:
        if dispute.state not in LIVING:
            mend = "Reopen it, and say why"
            raise JudgementWrong(_cannot("judge", dispute), why=f"it is {dispute.state}", mend=mend)
        stands = DisputeState.REOPENED if dispute.state is DisputeState.REOPENED else state
    return _after(dispute, events, stands, str(state), reason, by=by, now=now, note=note, evidence=evidence)


def reopen(dispute: Dispute, events: Sequence[DisputeEvent], *, by: str, now: datetime, note: str) -> Judged:
    """A dispute that had ended lives again, because a person says so and why. JudgementWrong."""
    _check(dispute, by)
    if dispute.state in LIVING:
        raise JudgementWrong(_cannot("reopen", dispute), why=f"it is {dispute.state}", mend="Nothing needs to be done")
    check_signed(_cannot("reopen", dispute), by, note)
    return _after(dispute, events, DisputeState.REOPENED, "reopened", "reopened by hand", by=by, now=now, note=note)


def undo(
    dispute: Dispute,
    events: Sequence[DisputeEvent],
    *,
    by: str,
    now: datetime,
    event_id: str | None = None,
    note: str = "",
) -> Judged:
    """A person's step taken back (None: the last): the dispute stands as by the last step that holds. JudgementWrong."""
    _check(dispute, by)
    lasting = holding(events)
    mine = [one for one in lasting if not one.is_by_rule and one.kind != _MERGED and event_id in (None, one.id)]
    if not mine:
        why = "no person has judged it" if event_id is None else f"{event_id} is no person's step that still holds"
        mend = f"See its steps: monitor disputes show {dispute.id}"
        raise JudgementWrong(_cannot("undo a step of", dispute), why=why, mend=mend)
    return _taken_back(dispute, events, mine[-1], f"{mine[-1].by}: {mine[-1].kind}", by=by, now=now, note=note)


def merge(
    dispute: Dispute, events: Sequence[DisputeEvent], into: str, *, by: str, now: datetime, note: str = ""
) -> Judged:
    """Its question became part of another (`into`: in words), whose dispute goes on. JudgementWrong."""
    _check(dispute, by)
    reason = f"its question became part of {into}"
    return _after(dispute, events, DisputeState.MERGED, _MERGED, reason, by=by, now=now, note=note)


def stand_again(dispute: Dispute, events: Sequence[DisputeEvent], *, by: str, now: datetime, note: str = "") -> Judged:
    """Its question is itself again: the dispute stands as it did before the merger."""
    merger = next((one for one in reversed(holding(events)) if one.kind == _MERGED), None)
    return _taken_back(dispute, events, merger, "its question is itself again", by=by, now=now, note=note)


def _taken_back(
    dispute: Dispute,
    events: Sequence[DisputeEvent],
    taken: DisputeEvent | None,
    reason: str,
    *,
    by: str,
    now: datetime,
    note: str,
) -> Judged:
    """The dispute as the last step that holds leaves it when this one, and every merger, holds no longer."""
    before = [one for one in holding(events) if one is not taken and one.kind != _MERGED]
    state = before[-1].state if before else DisputeState.OPEN
    after, event = _after(dispute, events, state, UNDONE, reason, by=by, now=now, note=note)
    return after, replace(event, undoes=taken.id if taken else None)


def judgements(events: Sequence[DisputeEvent]) -> list[DisputeEvent]:
    """What each person judges now, in the order of judging: several may judge differently."""
    last = {one.by: one for one in holding(events) if not one.is_by_rule and one.kind != _MERGED}
    return [one for one in events if last.get(one.by) is one]


def _check(dispute: Dispute, by: str) -> None:
    check_signed(_cannot("judge", dispute), by)
    if dispute.state is DisputeState.MERGED:
        mend = "Judge the dispute of the question that it became part of"
        raise JudgementWrong(_cannot("judge", dispute), why="its question was merged into another", mend=mend)


def _after(
    dispute: Dispute,
    events: Sequence[DisputeEvent],
    state: DisputeState,
    kind: str,
    reason: str,
    *,
    by: str,
    now: datetime,
    note: str,
    evidence: Sequence[str] = (),
) -> Judged:
    seen = sorted({*evidence, *(claim for position in dispute.positions for claim in position.claim_ids)})
    after = replace(dispute, state=state, changed=now)
    return after, replace(step(after, kind, by.strip(), reason, now, seen, events), note=note.strip())


def _cannot(verb: str, dispute: Dispute) -> str:
    return f"Cannot {verb} dispute {dispute.id}"
