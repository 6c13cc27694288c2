"""What persons decided on claims and questions."""

import builtins
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from monitor.domain.decision import Decision, DecisionKind
from monitor.domain.search import Event
from monitor.storage.rows import by_ids, chunks
from monitor.storage.tables import article, claim, decision, decision_claim
from monitor.storage.transactions import Transactions


class Decisions:
    """Decisions are only ever added; one that was undone stays, and says so."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def add(self, one: Decision) -> None:
        """Note a decision."""
        with self._transactions.writing() as connection:
            values = {
                "id": one.id,
                "kind": one.kind.value,
                "at": one.at,
                "by": one.by,
                "note": one.note,
                "question_id": one.question_id,
                "into_id": one.into_id,
                "before": dict(one.before),
                "after": dict(one.after),
                "undone": one.undone,
                "undone_by": one.undone_by,
            }
            connection.execute(insert(decision), values)
            rows = [{"decision_id": one.id, "claim_id": claim_id} for claim_id in sorted(set(one.claim_ids))]
            if rows:
                connection.execute(insert(decision_claim), rows)
            self._transactions.tell(Event(0, one.at, "decision", one.id, one.kind.value))

    def undo(self, decision_id: str, *, by: str, at: datetime) -> None:
        """Note that a decision holds no longer."""
        with self._transactions.writing() as connection:
            values = {"undone": at, "undone_by": by}
            connection.execute(update(decision).where(decision.c.id == decision_id).values(values))
            self._transactions.tell(Event(0, at, "decision", decision_id, "undone"))

    def carry(self, decision_id: str, claim_ids: Sequence[str]) -> None:
        """Let a decision be on these claims too: those that say the same in a later version of the article."""
        with self._transactions.writing() as connection:
            known = select(decision_claim.c.claim_id).where(decision_claim.c.decision_id == decision_id)
            new = sorted({*claim_ids} - {*connection.execute(known).scalars()})
            if new:
                rows = [{"decision_id": decision_id, "claim_id": claim_id} for claim_id in new]
                connection.execute(insert(decision_claim), rows)

    def corrections(self, addresses: Iterable[str]) -> dict[str, builtins.list[Decision]]:
        """Canonical address → the corrections of claims in any version of the article that hold, first to last."""
        found: dict[str, builtins.list[Decision]] = {}
        query = (
            select(article.c.canonical_url, decision.c.id, decision.c.at)
            .select_from(decision)
            .join(decision_claim)
            .join(claim, claim.c.id == decision_claim.c.claim_id)
            .join(article)
            .where(decision.c.undone.is_(None), decision.c.kind == DecisionKind.CORRECT.value)
            .order_by(decision.c.at, decision.c.id)
            .distinct()
        )
        with self._transactions.reading() as connection:
            for some in chunks(addresses):
                rows = list(connection.execute(query.where(article.c.canonical_url.in_(some))))
                decisions = {one.id: one for one in self.get([row.id for row in rows])}
                for row in rows:
                    found.setdefault(row.canonical_url, []).append(decisions[row.id])
        return found

    def get(self, ids: Sequence[str]) -> builtins.list[Decision]:
        """The decisions of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return _with_claims(connection, by_ids(connection, select(decision), decision.c.id, ids))

    def list(self, limit: int) -> builtins.list[Decision]:
        """The decisions, last first, those that were undone too."""
        query = select(decision).order_by(decision.c.at.desc(), decision.c.id.desc()).limit(limit)
        with self._transactions.reading() as connection:
            return _with_claims(connection, list(connection.execute(query)))

    def of_claim(self, claim_id: str) -> builtins.list[Decision]:
        """All that was ever decided on a claim, first to last, what was undone too."""
        query = select(decision).join(decision_claim).where(decision_claim.c.claim_id == claim_id)
        with self._transactions.reading() as connection:
            return _with_claims(connection, list(connection.execute(query.order_by(decision.c.at, decision.c.id))))

    def holding(self, claim_ids: Sequence[str]) -> builtins.list[Decision]:
        """The decisions on any of these claims that nobody undid, first to last."""
        found: dict[str, Row[Any]] = {}
        query = select(decision).join(decision_claim).where(decision.c.undone.is_(None)).distinct()
        with self._transactions.reading() as connection:
            for some in chunks(claim_ids):
                found.update(
                    {row.id: row for row in connection.execute(query.where(decision_claim.c.claim_id.in_(some)))}
                )
            rows = sorted(found.values(), key=lambda row: (row.at, row.id))
            return _with_claims(connection, rows)


def _with_claims(connection: Connection, rows: Sequence[Row[Any]]) -> builtins.list[Decision]:
    claims: dict[str, builtins.list[str]] = defaultdict(list)
    for some in chunks(row.id for row in rows):
        query = select(decision_claim).where(decision_claim.c.decision_id.in_(some)).order_by(decision_claim.c.claim_id)
        for row in connection.execute(query):
            claims[row.decision_id].append(row.claim_id)
    return [
        Decision(
            id=row.id,
            kind=DecisionKind(row.kind),
            at=row.at,
            by=row.by,
            note=row.note,
            claim_ids=tuple(claims[row.id]),
            question_id=row.question_id,
            into_id=row.into_id,
            before=row.before,
            after=row.after,
            undone=row.undone,
            undone_by=row.undone_by,
        )
        for row in rows
    ]
