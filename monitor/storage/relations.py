"""What claims on one question are to each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, or_, select

from monitor.domain.dispute import DisputeState
from monitor.domain.relation import Relation, RelationKind
from monitor.storage.rows import chunks, in_pages
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


_NAMES = ("a", "b", "question_id", "kind", "score", "reason", "independent")


def _row(one: Relation) -> tuple[Any, ...]:
    return one.a, one.b, one.question_id, one.kind.value, one.score, one.reason, one.independent


_OF_QUESTIONS = select(*(relation.c[name] for name in _NAMES)).where(
    relation.c.question_id.in_(bindparam("ids", expanding=True))
)
_DELETE = delete(relation).where(relation.c.a == bindparam("one"), relation.c.b == bindparam("other"))


class Relations:
    """One row a pair."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def replace(self, question_id: str, relations: Sequence[Relation]) -> None:
        """Make these the relations on a question. What has not changed is not touched."""
        self.replace_all({question_id: relations})

    def replace_all(self, relations: Mapping[str, Iterable[Relation]]) -> None:
        """Make these the relations on each of these questions. What has not changed is not touched."""
        with self._transactions.writing() as connection:
            for some in chunks(relations):
                rows = {_row(one) for key in some for one in relations[key]}
                before = {tuple(row) for row in connection.execute(_OF_QUESTIONS, {"ids": some})}
                new, gone = sorted(rows - before), before - rows
                # A pair may still stand under the question one of its claims was moved from.
                pairs = {row[:2] for row in gone}.union(row[:2] for row in new)
                if pairs:
                    connection.execute(_DELETE, [{"one": a, "other": b} for a, b in sorted(pairs)])
                if new:
                    connection.execute(insert(relation), [dict(zip(_NAMES, row, strict=True)) for row in new])

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
