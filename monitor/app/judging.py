"""What people judge: disputes ended, questions merged and split, claims rejected and corrected. With undo."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monitor.app.parts import Parts
from monitor.domain.correction import Correction
from monitor.domain.decision import Decision
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState

if TYPE_CHECKING:
    from monitor.domain.claim import Claim
    from monitor.pipeline.deciding import Deciding


class Judging:
    """Everything is stored with who, when and why, and what follows from it is filed and compared before it returns."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def judge(
        self,
        dispute_id: str,
        state: DisputeState,
        reason: str,
        *,
        by: str,
        note: str = "",
        evidence: Sequence[str] = (),
    ) -> Dispute:
        """A dispute explained, settled or dismissed. `evidence`: ids of claims. NotFound, JudgementWrong."""
        return self._deciding.judge(dispute_id, state, reason, by=by, note=note, evidence=evidence)

    def reopen(self, dispute_id: str, *, by: str, note: str) -> Dispute:
        """A dispute that had ended lives again. NotFound, JudgementWrong."""
        return self._deciding.reopen(dispute_id, by=by, note=note)

    def take_back(self, dispute_id: str, *, by: str, event_id: str | None = None, note: str = "") -> Dispute:
        """A person's step in a dispute's life taken back, the last one if none is named. NotFound, JudgementWrong."""
        self._deciding.take_back(dispute_id, by=by, event_id=event_id, note=note)
        self._compare()
        return self._parts.store.disputes.get([dispute_id])[0]

    def judgements(self, dispute_id: str) -> list[DisputeEvent]:
        """What each person judges of a dispute now."""
        from monitor.disputes.judging import judgements

        return judgements(self._parts.store.disputes.events(dispute_id))

    def merge(self, question: str, into: str, *, by: str, note: str) -> Decision:
        """The claims of one question answer another: its address leads there. Slugs or ids. NotFound, JudgementWrong."""
        return self._decided(lambda deciding: deciding.merge(question, into, by=by, note=note))

    def split(self, question: str, claim_ids: Sequence[str], *, by: str, note: str) -> Decision:
        """Some claims of a question answer one of their own. Slug or id, ids of claims. NotFound, JudgementWrong."""
        return self._decided(lambda deciding: deciding.split(question, claim_ids, by=by, note=note))

    def reject(self, claim_id: str, *, by: str, note: str) -> Decision:
        """A claim that was read wrongly counts no longer; it stays, and says so. NotFound, JudgementWrong."""
        return self._decided(lambda deciding: deciding.reject(claim_id, by=by, note=note))

    def correct(self, claim_id: str, asked: Correction, *, by: str, note: str) -> Decision:
        """A claim that was read wrongly says from now on what a person reads in its sentence.

        Later readings of the sentence, and of later versions of the article, keep it. NotFound, JudgementWrong, and
        QueryWrong for what cannot be understood.
        """
        from monitor.app.correcting import corrected

        def read(claim: "Claim") -> "Claim":
            return corrected(self._parts, claim, asked)

        return self._decided(lambda deciding: deciding.correct(claim_id, read, by=by, note=note))

    def undo(self, decision_id: str, *, by: str) -> Decision:
        """A decision on questions or claims holds no longer, and the rules decide again. NotFound, JudgementWrong."""
        return self._decided(lambda deciding: deciding.undo(decision_id, by=by))

    def decisions(self, limit: int) -> list[Decision]:
        """Decisions on questions and claims, last first, those that were undone too."""
        return self._parts.store.decisions.list(limit)

    @property
    def _deciding(self) -> "Deciding":
        from monitor.pipeline.deciding import Deciding

        return Deciding(self._parts.edges)

    def _decided(self, decide: "Callable[[Deciding], Decision]") -> Decision:
        decision = decide(self._deciding)
        self._compare()
        return self._parts.store.decisions.get([decision.id])[0]

    def _compare(self) -> None:
        """File and compare what waits for it, and nothing else of the walk."""
        from monitor.pipeline.walk import WALK
        from monitor.tasks.inline import drain

        drain(self._parts.edges, steps=[step for step in WALK if step.name in {"file", "compare"}])
