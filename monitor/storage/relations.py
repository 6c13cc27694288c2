"""What claims on one question are to each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from monitor.domain.dispute import DisputeState
from monitor.domain.relation import ByKind, Relation, RelationKind, Written
from monitor.storage.among import among
from monitor.storage.rows import chunks, in_pages
from monitor.storage.tables import dispute, question, relation
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
_Values = tuple[Any, ...]
"""The columns of a row, in the order of _NAMES."""


def _row(one: Relation) -> _Values:
    return one.a, one.b, one.question_id, one.kind.value, one.score, one.reason, one.independent


_OF_QUESTIONS = select(*(relation.c[name] for name in _NAMES)).where(among(relation.c.question_id, "ids"))
_OF_CLAIMS = [select(*(relation.c[name] for name in _NAMES[:3])).where(among(side, "ids")) for side in _ORDER]
_THIS = (relation.c.a == bindparam("one"), relation.c.b == bindparam("other"), relation.c.question_id == bindparam("of"))
_DELETE = delete(relation).where(*_THIS)
_STAMPS = select(question.c.id, question.c.related).where(among(question.c.id, "ids"))
_STAMP = update(question).where(question.c.id == bindparam("of")).values(related=bindparam("stamp"))


@dataclass(frozen=True)
class _Change:
    """Rows to be written and rows to be taken out. `names`: claims that may still have rows under other questions."""

    new: Collection[_Values]
    gone: Collection[_Values]
    names: Collection[str]


def _since(before: Written, now: Written) -> _Change:
    """What is new since it was written; what is still the very relation is not looked at."""
    if now.relations is before.relations:
        return _Change((), (), now.names - before.names)
    old, found = before.relations.found, now.relations.found
    new = [_row(one) for pair, one in found.items() if old.get(pair) is not one]
    gone = [_row(one) for pair, one in old.items() if found.get(pair) is not one]
    return _Change(new, gone, now.names - before.names)


def _beside(stored: Iterable[Row[Any]], relations: Iterable[Relation]) -> _Change:
    """What differs from rows that stand there."""
    before, now = {tuple(row) for row in stored}, {_row(one) for one in relations}
    new = now - before
    return _Change(new, before - now, {name for row in new for name in row[:2]})


class Relations:
    """One row a pair."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def replace(self, question_id: str, relations: Iterable[Relation]) -> None:
        """Make these the relations on a question. What has not changed is not touched."""
        self.settle({question_id: (Written(), Written(ByKind.of(relations)))})

    def settle(self, changes: Mapping[str, tuple[Written, Written]]) -> None:
        """Question id → what the caller wrote last, and what is to stand now. What has not changed is not touched.

        While the caller's stamp still stands at a question, all that he wrote does: only the difference is written,
        whatever the number of relations. Else those that stand there are read first.
        """
        with self._transactions.writing() as connection:
            for some in chunks(changes):
                stamps = dict(tuple(row) for row in connection.execute(_STAMPS, {"ids": some}))
                known = [one for one in some if changes[one][0].stamp and changes[one][0].stamp == stamps.get(one)]
                rest = sorted(set(some) - set(known))
                found = [_since(*changes[one]) for one in known]
                if rest:
                    stored = connection.execute(_OF_QUESTIONS, {"ids": rest})
                    found.append(_beside(stored, (one for key in rest for one in changes[key][1].relations)))
                _write(connection, found)
                moved = {one: changes[one][1].stamp for one in some if changes[one][1].stamp != stamps.get(one, "")}
                _put_stamps(connection, moved)

    def under(self, stamps: Mapping[str, str]) -> dict[str, list[Relation]]:
        """Question id → the relations on it, of those at which this stamp still stands."""
        found: dict[str, list[Relation]] = {}
        with self._transactions.reading() as connection:
            for some in chunks(stamps):
                rows = connection.execute(_STAMPS, {"ids": some})
                standing = sorted(question_id for question_id, stamp in rows if stamp and stamp == stamps[question_id])
                found |= {question_id: [] for question_id in standing}
                for row in connection.execute(_OF_QUESTIONS, {"ids": standing}):
                    found[row.question_id].append(_relation(row))
        return found

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


def _write(connection: Connection, changes: Iterable[_Change]) -> None:
    new = sorted(row for one in changes for row in one.new)
    gone = {row[:3] for one in changes for row in one.gone}
    # A pair may still stand under the question that one of its claims was moved from: who wrote it there, must know.
    pairs, names = {row[:2] for row in new}, {name for one in changes for name in one.names}
    left = {row for row in _standing(connection, names) if row[:2] in pairs} - gone
    _put_stamps(connection, dict.fromkeys((row[2] for row in left), ""))
    if gone | left:
        rows = [{"one": a, "other": b, "of": of} for a, b, of in sorted(gone | left)]
        connection.execute(_DELETE, rows)
    if new:
        connection.execute(insert(relation), [dict(zip(_NAMES, row, strict=True)) for row in new])


def _standing(connection: Connection, names: Collection[str]) -> set[_Values]:
    """Both claims and the question of each row in which one of these claims stands."""
    parts = ((one, {"ids": some}) for some in chunks(sorted(names)) for one in _OF_CLAIMS)
    return {tuple(row) for query, asked in parts for row in connection.execute(query, asked)}


def _put_stamps(connection: Connection, stamps: Mapping[str, str]) -> None:
    if stamps:
        connection.execute(_STAMP, [{"of": one, "stamp": stamp} for one, stamp in sorted(stamps.items())])
