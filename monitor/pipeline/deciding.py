"""What people decide: disputes judged, questions merged and split, claims rejected and corrected; each can be undone.

Each is one transaction. What has to be filed or compared anew after it waits for the walk.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.disputes import judging
from monitor.disputes.signed import check_signed
from monitor.domain.claim import Claim, ClaimStatus
from monitor.domain.correction import differing, read_as
from monitor.domain.decision import Decision, DecisionKind
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState
from monitor.domain.ids import content_id
from monitor.domain.question import Question
from monitor.errors import JudgementWrong, NotFound
from monitor.pipeline.edges import Edges
from monitor.pipeline.relate import filed_alone, load_told

Step = Callable[[Dispute, Sequence[DisputeEvent]], tuple[Dispute, DisputeEvent]]


class Deciding:
    """Decisions are stored with who, when and why; no rule of ours takes them back."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges

    def judge(
        self, dispute_id: str, state: DisputeState, reason: str, *, by: str, note: str = "", evidence: Sequence[str] = ()
    ) -> Dispute:
        """A dispute confirmed, explained, settled or dismissed. `evidence`: ids of claims. NotFound, JudgementWrong."""
        for one in evidence:
            self._claim(one)
        now = self._edges.now()
        return self._step(
            dispute_id,
            lambda one, events: judging.judge(one, events, state, reason, by=by, now=now, note=note, evidence=evidence),
        )

    def reopen(self, dispute_id: str, *, by: str, note: str) -> Dispute:
        """A dispute that had ended lives again. NotFound, JudgementWrong."""
        now = self._edges.now()
        return self._step(dispute_id, lambda one, events: judging.reopen(one, events, by=by, now=now, note=note))

    def take_back(self, dispute_id: str, *, by: str, event_id: str | None = None, note: str = "") -> Dispute:
        """A person's step taken back, the last one if none is named. NotFound, JudgementWrong."""
        now = self._edges.now()
        dispute = self._step(
            dispute_id, lambda one, events: judging.undo(one, events, by=by, now=now, event_id=event_id, note=note)
        )
        # What happened to its claims meanwhile was left to the judgement.
        self._edges.store.work.redo("question", [dispute.question_id])
        return dispute

    def merge(self, name: str, into: str, *, by: str, note: str) -> Decision:
        """The claims of one question answer another: its address leads there. Slugs or ids. NotFound, JudgementWrong."""
        check_signed(f"Cannot merge question {name}", by, note)
        with self._edges.store.transaction():
            one, other = self._question(name), self._question(into)
            _comparable(one, other)
            claims = [claim.id for claim in self._edges.store.claims.of_question(one.id)]
            decision = self._decision(DecisionKind.MERGE, claims, by, note, one.id, other.id)
            self._edges.store.decisions.add(decision)
            self._lead(one, other, by=by, note=note, split_from=one.split_from)
            self._move(claims, other.id)
        return decision

    def split(self, name: str, claim_ids: Sequence[str], *, by: str, note: str) -> Decision:
        """Some claims of a question answer one of their own. Slug or id, ids of claims. NotFound, JudgementWrong."""
        check_signed(f"Cannot split question {name}", by, note)
        store = self._edges.store
        with store.transaction():
            one, chosen = self._question(name), sorted(set(claim_ids))
            self._check_split(one, chosen)
            apart, keys = self._question_of(one, chosen)
            decision = self._decision(DecisionKind.SPLIT, chosen, by, note, one.id, apart.id)
            store.decisions.add(decision)
            store.questions.put(apart, keys)
            store.questions.redirect(apart.id, split_from=one.id)
            self._stand_again(apart.id, by=by, note=note)
            self._move(chosen, apart.id)
        return decision

    def reject(self, claim_id: str, *, by: str, note: str) -> Decision:
        """A claim that was read wrongly counts no longer; it stays, and says so. NotFound, JudgementWrong."""
        check_signed(f"Cannot reject claim {claim_id}", by, note)
        with self._edges.store.transaction():
            claim = self._claim(claim_id)
            if claim.status is ClaimStatus.REJECTED:
                mend = "See who did: monitor questions decisions"
                raise JudgementWrong(f"Cannot reject claim {claim_id}", why="it is rejected already", mend=mend)
            decision = self._decision(DecisionKind.REJECT, [claim_id], by, note, claim.question_id or "", "")
            self._edges.store.decisions.add(decision)
            self._edges.store.claims.set_status(claim_id, ClaimStatus.REJECTED, by=by, at=decision.at)
        return decision

    def correct(self, claim_id: str, read: Callable[[Claim], Claim], *, by: str, note: str) -> Decision:
        """A claim is from now on as a person reads it, and that reading is sure. NotFound, JudgementWrong."""
        what = f"Cannot correct claim {claim_id}"
        check_signed(what, by, note)
        with self._edges.store.transaction():
            claim = self._claim(claim_id)
            if claim.status is ClaimStatus.REJECTED:
                raise JudgementWrong(what, why="it is rejected", mend="Undo that first: monitor questions decisions")
            after = read(claim)
            if after == claim:
                raise JudgementWrong(what, why="it is read so already", mend="Name what is to be read otherwise")
            before, changed = differing(claim, replace(after, confidence=1.0, read_by=by.strip()))
            before = {**before, "reader": claim.reader}
            decision = self._decision(DecisionKind.CORRECT, [claim.id], by, note, claim.question_id or "", "")
            self._edges.store.decisions.add(replace(decision, before=before, after=changed))
            self._revise(read_as(claim, changed))
        return self._edges.store.decisions.get([decision.id])[0]

    def undo(self, decision_id: str, *, by: str) -> Decision:
        """A decision holds no longer: what it moved goes back, and the rules decide again. NotFound, JudgementWrong."""
        check_signed(f"Cannot undo {decision_id}", by)
        store = self._edges.store
        with store.transaction():
            decision = self._standing(decision_id)
            store.decisions.undo(decision.id, by=by, at=self._edges.now())
            if decision.kind is DecisionKind.REJECT:
                self._take_back_in(decision)
            elif decision.kind is DecisionKind.CORRECT:
                for claim in store.claims.get(decision.claim_ids):
                    self._revise(read_as(claim, decision.before))
            else:
                self._move_back(decision, by)
        return store.decisions.get([decision_id])[0]

    def _move_back(self, decision: Decision, by: str) -> None:
        store = self._edges.store
        there = store.claims.of_question(decision.into_id)
        back = [one.id for one in there if one.id in decision.claim_ids]
        if decision.kind is DecisionKind.MERGE:
            before = store.questions.get([decision.question_id])[0]
            store.questions.redirect(before.id, split_from=before.split_from)
            self._stand_again(before.id, by=by)
            store.work.redo("claim", [one.id for one in there])  # later ones may belong to either
        else:
            apart = store.questions.get([decision.into_id])[0]
            self._lead(apart, self._question(decision.question_id), by=by, note="", split_from=apart.split_from)
            store.work.redo("claim", back)
        self._move(back, decision.question_id)

    def _take_back_in(self, decision: Decision) -> None:
        for claim in self._edges.store.claims.get(decision.claim_ids):
            article = self._edges.store.articles.get([claim.article_id])[0]
            status = ClaimStatus.CURRENT if article.is_latest else ClaimStatus.SUPERSEDED
            self._edges.store.claims.set_status(claim.id, status, by="", at=self._edges.now())

    def _revise(self, claim: Claim) -> None:
        encoder, store = self._edges.encoder, self._edges.store
        vectors = {claim.id: encoder.encode([claim.statement()])[0]}
        store.claims.revise(claim, vectors, encoder.name, self._edges.now())

    def _standing(self, decision_id: str) -> Decision:
        """The decision, if it holds and no later one rests on it."""
        found = self._edges.store.decisions.get([decision_id])
        what, mend = f"Cannot undo {decision_id}", "List them: monitor questions decisions"
        if not found:
            raise NotFound(f"No decision {decision_id}", why="no decision has this id", mend=mend)
        if found[0].undone is not None:
            raise JudgementWrong(what, why=f"{found[0].undone_by} undid it already", mend=mend)
        later = [one for one in self._edges.store.decisions.holding(found[0].claim_ids) if _rests_on(one, found[0])]
        if later:
            raise JudgementWrong(what, why=f"{later[-1].id} rests on it", mend="Undo that one first")
        return found[0]

    def _check_split(self, question: Question, chosen: Sequence[str]) -> None:
        what = f"Cannot split question {question.slug}"
        mend = f"See its claims: monitor questions show {question.slug}"
        if not chosen:
            raise JudgementWrong(what, why="no claim is named", mend=mend)
        here = {one.id: one for one in self._edges.store.claims.of_question(question.id)}
        for one in chosen:
            if one not in here:
                raise JudgementWrong(what, why=f"claim {one} is not one of its claims", mend=mend)
        if len(chosen) == len(here):
            raise JudgementWrong(
                what, why="none of its claims would be left", mend="Leave some, or merge it into another"
            )

    def _question_of(self, whole: Question, claim_ids: Sequence[str]) -> tuple[Question, list[str]]:
        """The question that these claims answer when they are alone, and the keys it is found by."""
        told = load_told(self._edges, self._edges.store.claims.get(claim_ids))
        question, keys = filed_alone(told, self._edges.ontology, self._edges.units)
        return replace(question, id=content_id("q", "split", whole.id, *claim_ids)), keys

    def _lead(self, one: Question, other: Question, *, by: str, note: str, split_from: str | None) -> None:
        """Let the address of a question lead to another, and its dispute end in that one's."""
        self._edges.store.questions.redirect(one.id, merged_into=other.id, split_from=split_from)
        dispute = self._edges.store.disputes.of_question(one.id)
        if dispute is not None and dispute.state is not DisputeState.MERGED:
            into, now = other.thing(), self._edges.now()
            self._step(dispute.id, lambda it, events: judging.merge(it, events, into, by=by, now=now, note=note))

    def _stand_again(self, question_id: str, *, by: str, note: str = "") -> None:
        dispute = self._edges.store.disputes.of_question(question_id)
        if dispute is not None and dispute.state is DisputeState.MERGED:
            now = self._edges.now()
            self._step(dispute.id, lambda it, events: judging.stand_again(it, events, by=by, now=now, note=note))

    def _step(self, dispute_id: str, step: Step) -> Dispute:
        store = self._edges.store
        with store.transaction():
            found = store.disputes.get([dispute_id])
            if not found:
                mend = "List them: monitor disputes list"
                raise NotFound(f"No dispute {dispute_id}", why="no dispute has this id", mend=mend)
            after, event = step(found[0], store.disputes.events(dispute_id))
            store.disputes.put(after, [event])
        return after

    def _move(self, claim_ids: Sequence[str], question_id: str) -> None:
        for one in claim_ids:
            self._edges.store.questions.file(one, question_id)

    def _decision(
        self, kind: DecisionKind, claim_ids: Sequence[str], by: str, note: str, question_id: str, into_id: str
    ) -> Decision:
        now = self._edges.now()
        identity = content_id("dcn", kind, question_id, into_id, now.isoformat(), *claim_ids)
        return Decision(identity, kind, now, by.strip(), note.strip(), tuple(claim_ids), question_id, into_id)

    def _question(self, name: str) -> Question:
        store = self._edges.store.questions
        found = store.named(name)
        if found is None:
            mend = "List them: monitor questions list"
            raise NotFound(f"No question {name}", why="no question has this slug or id", mend=mend)
        return store.standing(found.id) or found

    def _claim(self, claim_id: str) -> Claim:
        found = self._edges.store.claims.get([claim_id])
        if not found:
            mend = "Find it by its words: monitor search WORDS"
            raise NotFound(f"No claim {claim_id}", why="no claim has this id", mend=mend)
        return found[0]


def _comparable(one: Question, other: Question) -> None:
    what = f"Cannot merge {one.slug} into {other.slug}"
    if one.id == other.id:
        raise JudgementWrong(what, why="they are one question", mend="Name two: monitor questions list")
    if one.dimension and other.dimension and one.dimension != other.dimension:
        why = f"one is a {one.dimension}, the other a {other.dimension}"
        raise JudgementWrong(what, why=why, mend="Merge questions whose figures can be compared")


def _rests_on(later: Decision, earlier: Decision) -> bool:
    corrections = {later.kind is DecisionKind.CORRECT, earlier.kind is DecisionKind.CORRECT}
    return (
        later.id != earlier.id
        and later.kind is not DecisionKind.REJECT
        and len(corrections) == 1  # where a claim is filed anew, what people merged and split is kept
        and (later.at, later.id) > (earlier.at, earlier.id)
    )
