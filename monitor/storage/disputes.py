"""Disputes and the steps of their lives."""

import builtins
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select

from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.listed import Listed
from monitor.domain.search import Event
from monitor.storage.rows import Values, by_ids, chunks, paged, upsert_all
from monitor.storage.tables import dispute, dispute_event
from monitor.storage.transactions import Transactions


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(
        id=row.id,
        question_id=row.question_id,
        state=DisputeState(row.state),
        title=row.title,
        positions=tuple(
            Position(one["label"], tuple(one["claim_ids"]), tuple(one["origin_ids"])) for one in row.positions
        ),
        origins=row.origins,
        opened=row.opened,
        changed=row.changed,
        why_compared=row.why_compared,
        could_explain=tuple(row.could_explain),
        gap=row.gap,
    )


def _values(one: Dispute) -> Values:
    return {
        "id": one.id,
        "question_id": one.question_id,
        "state": one.state.value,
        "title": one.title,
        "positions": [
            {"label": place.label, "claim_ids": list(place.claim_ids), "origin_ids": list(place.origin_ids)}
            for place in one.positions
        ],
        "origins": one.origins,
        "opened": one.opened,
        "changed": one.changed,
        "why_compared": one.why_compared,
        "could_explain": list(one.could_explain),
        "gap": one.gap,
    }


def _event(row: Row[Any]) -> DisputeEvent:
    return DisputeEvent(
        id=row.id,
        dispute_id=row.dispute_id,
        at=row.at,
        kind=row.kind,
        state=DisputeState(row.state),
        by=row.by,
        reason=row.reason,
        claim_ids=tuple(row.claim_ids),
        note=row.note,
        undoes=row.undoes,
    )


def _new_steps(dispute_id: str, steps: Sequence[DisputeEvent], known: set[str]) -> list[Values]:
    """The rows of the steps that are not known yet; they become so."""
    rows = []
    for step in steps:
        if step.id in known:
            continue
        rows.append(
            {
                "id": step.id,
                "dispute_id": dispute_id,
                "place": len(known),
                "at": step.at,
                "kind": step.kind,
                "state": step.state.value,
                "by": step.by,
                "reason": step.reason,
                "claim_ids": list(step.claim_ids),
                "note": step.note,
                "undoes": step.undoes,
            }
        )
        known.add(step.id)
    return rows


class Disputes:
    """One dispute a question. Its events are only ever added to."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def put(self, one: Dispute, events: Sequence[DisputeEvent]) -> None:
        """Store a dispute as it now stands, and the steps that are new. Steps stored before are not repeated."""
        self.put_all([(one, events)])

    def put_all(self, disputes: Sequence[tuple[Dispute, Sequence[DisputeEvent]]]) -> None:
        """Store disputes as they now stand, each with the steps that are new."""
        with self._transactions.writing() as connection:
            for some in chunks(disputes):
                upsert_all(connection, dispute, "id", [_values(one) for one, _ in some])
                ids = [one.id for one, _ in some]
                known: dict[str, set[str]] = {key: set() for key in ids}
                query = select(dispute_event.c.dispute_id, dispute_event.c.id)
                for row in connection.execute(query.where(dispute_event.c.dispute_id.in_(ids))):
                    known[row[0]].add(row[1])
                rows = [values for one, steps in some for values in _new_steps(one.id, steps, known[one.id])]
                if rows:
                    connection.execute(insert(dispute_event), rows)
                for step in rows:
                    facts = (("state", step["state"]), ("event", step["id"]))
                    self._transactions.tell(Event(0, step["at"], "dispute", step["dispute_id"], step["kind"], facts))

    def get(self, ids: Sequence[str]) -> builtins.list[Dispute]:
        """The disputes of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return [_dispute(row) for row in by_ids(connection, select(dispute), dispute.c.id, ids)]

    def of_question(self, question_id: str) -> Dispute | None:
        """The dispute on a question."""
        query = select(dispute).where(dispute.c.question_id == question_id)
        with self._transactions.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _dispute(row)

    def of_questions(self, question_ids: Sequence[str]) -> dict[str, tuple[Dispute, builtins.list[DisputeEvent]]]:
        """Question id → its dispute and the steps of its life, for those that have one."""
        found: dict[str, tuple[Dispute, list[DisputeEvent]]] = {}
        with self._transactions.reading() as connection:
            for some in chunks(question_ids):
                rows = connection.execute(select(dispute).where(dispute.c.question_id.in_(some))).all()
                steps: dict[str, list[DisputeEvent]] = {row.id: [] for row in rows}
                query = select(dispute_event).where(dispute_event.c.dispute_id.in_(list(steps)))
                for row in connection.execute(query.order_by(dispute_event.c.place)) if steps else ():
                    steps[row.dispute_id].append(_event(row))
                found.update((row.question_id, (_dispute(row), steps[row.id])) for row in rows)
        return found

    def list(
        self, state: DisputeState | Sequence[DisputeState] | None = None, limit: int = 50, cursor: str | None = None
    ) -> Listed[Dispute]:
        """The disputes in this state (or one of these), last changed first, from a cursor on.

        QueryWrong for a foreign cursor.
        """
        query, keys = select(dispute), (dispute.c.changed, dispute.c.id)
        if state is not None:
            states = (state,) if isinstance(state, DisputeState) else state
            query = query.where(dispute.c.state.in_([one.value for one in states]))
        with self._transactions.reading() as connection:
            rows, following = paged(connection, query, keys, order="disputes", limit=limit, cursor=cursor)
            return Listed(tuple(_dispute(row) for row in rows), following)

    def events(self, dispute_id: str) -> builtins.list[DisputeEvent]:
        """The steps of a dispute's life, first to last."""
        query = select(dispute_event).where(dispute_event.c.dispute_id == dispute_id).order_by(dispute_event.c.place)
        with self._transactions.reading() as connection:
            return [_event(row) for row in connection.execute(query)]

    def count_by_state(self) -> dict[DisputeState, int]:
        """How many disputes are in each state, those with none included."""
        counts = dict.fromkeys(DisputeState, 0)
        query = select(dispute.c.state, func.count()).group_by(dispute.c.state)
        with self._transactions.reading() as connection:
            for state, count in connection.execute(query):
                counts[DisputeState(state)] = count
        return counts
