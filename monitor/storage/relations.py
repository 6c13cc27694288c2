"""What claims on one question are to each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select

from monitor.domain.dispute import DisputeState
from monitor.domain.relation import Relation, RelationKind
from monitor.storage.rows import Values, chunks, in_pages
from monitor.storage.tables import dispute, relation
from monitor.storage.transactions import Transactions

_ORDER = (relation.c.a, relation.c.b)


def _relation(row: Row[Any]) -> Relation:
    return Relation(
        a=row.a,
        b=row.b,
        kind=RelationKind(row.kind),
        score=row.score,
        reason=row.reason,
        question_id=row.question_id,
        independent=row.independent,
    )


def _values(one: Relation) -> Values:
    return {
        "a": one.a,
        "b": one.b,
        "question_id": one.question_id,
        "kind": one.kind.value,
        "score": one.score,
        "reason": one.reason,
        "independent": one.independent,
    }


_DELETE = delete(relation).where(relation.c.a == bindparam("one"), relation.c.b == bindparam("other"))


class Relations:
    """One row a pair."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def replace(self, question_id: str, relations: Sequence[Relation]) -> None:
        """Make these the relations on a question. What has not changed is not touched."""
        self.replace_all({question_id: relations})

    def replace_all(self, relations: Mapping[str, Sequence[Relation]]) -> None:
        """Make these the relations on each of these questions. What has not changed is not touched."""
        with self._transactions.writing() as connection:
            for some in chunks(relations):
                rows = {(one.a, one.b): _values(one) for key in some for one in relations[key]}
                kept = connection.execute(select(*relation.c).where(relation.c.question_id.in_(some))).mappings()
                before = {(row["a"], row["b"]): dict(row) for row in kept}
                new = [row for pair, row in sorted(rows.items()) if before.get(pair) != row]
                # A pair may still stand under the question one of its claims was moved from.
                gone = {pair for pair, row in before.items() if rows.get(pair) != row}
                gone.update((row["a"], row["b"]) for row in new)
                if gone:
                    connection.execute(_DELETE, [{"one": a, "other": b} for a, b in sorted(gone)])
                if new:
                    connection.execute(insert(relation), new)

    def of_question(self, question_id: str) -> list[Relation]:
        """The relations on a question, sorted by their claims."""
        return self._where(relation.c.question_id == question_id)

    def of_claim(self, claim_id: str) -> list[Relation]:
        """The relations a claim is part of."""
        return self._where(or_(relation.c.a == claim_id, relation.c.b == claim_id))

    def all(self) -> Iterator[tuple[Relation, DisputeState | None]]:
        """Every relation, sorted by its claims, with the state of the dispute on its question."""
        query = select(relation, dispute.c.state.label("dispute_state"))
        query = query.outerjoin(dispute, dispute.c.question_id == relation.c.question_id)
        for row in in_pages(self._transactions, query, _ORDER):
            yield _relation(row), None if row.dispute_state is None else DisputeState(row.dispute_state)

    def _where(self, condition: Any) -> list[Relation]:
        query = select(relation).where(condition).order_by(*_ORDER)
        with self._transactions.reading() as connection:
            return [_relation(row) for row in connection.execute(query)]
