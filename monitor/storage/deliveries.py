"""What is sent to the webhooks of watches, and every answer."""

import builtins
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from monitor.domain.watch import FAILING, HITS, Answer, Delivery
from monitor.domain.work import WorkState
from monitor.storage.rows import fresh_work
from monitor.storage.tables import delivery
from monitor.storage.transactions import Transactions


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        watch_id=row.watch_id,
        kind=row.kind,
        planned=row.planned,
        body=row.body,
        hits=row.hits,
        state=WorkState(row.state),
        next_try=row.not_before,
        why=row.why,
        answers=tuple(Answer(datetime.fromisoformat(at), status, said) for at, status, said in row.answers),
    )


class Deliveries:
    """Rows are taken, retried and set aside as those of a step are: see `Work`, kind `delivery`."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def plan(self, one: Delivery) -> bool:
        """Put a message where it waits to be sent, once. Returns whether it is new."""
        with self._transactions.writing() as connection:
            if connection.execute(select(delivery.c.id).where(delivery.c.id == one.id)).first():
                return False
            values = {
                "id": one.id,
                "watch_id": one.watch_id,
                "kind": one.kind,
                "planned": one.planned,
                "body": one.body,
                "hits": one.hits,
                "answers": [],
            }
            connection.execute(insert(delivery), values | fresh_work())
            return True

    def answered(self, delivery_id: str, answer: Answer) -> None:
        """Keep what a try came to. In the transaction that settles the row, so that it is told once."""
        with self._transactions.writing() as connection:
            query = select(delivery.c.answers).where(delivery.c.id == delivery_id).with_for_update()
            told = [*connection.execute(query).scalar_one(), [answer.at.isoformat(), answer.status, answer.said]]
            connection.execute(update(delivery).where(delivery.c.id == delivery_id).values(answers=told))

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(delivery).where(delivery.c.id == delivery_id)).one_or_none()
        return None if row is None else _delivery(row)

    def of_watch(self, watch_id: str, limit: int = 50) -> builtins.list[Delivery]:
        """The last deliveries of a watch, newest first."""
        order = (delivery.c.planned.desc(), delivery.c.id.desc())
        query = select(delivery).where(delivery.c.watch_id == watch_id).order_by(*order).limit(limit)
        with self._transactions.reading() as connection:
            return [_delivery(row) for row in connection.execute(query)]

    def count(self, watch_id: str) -> int:
        """How many deliveries of a watch there are."""
        with self._transactions.reading() as connection:
            return connection.execute(select(func.count()).where(delivery.c.watch_id == watch_id)).scalar_one()

    def given_up_since_taken(self, watch_id: str) -> int:
        """How many messages of claims a webhook was given up on since it last took one."""
        mine = (delivery.c.watch_id == watch_id, delivery.c.kind == HITS)
        taken = select(func.max(delivery.c.planned)).where(*mine, delivery.c.state == WorkState.DONE.value)
        query = select(func.count()).where(*mine, delivery.c.state == WorkState.SET_ASIDE.value)
        with self._transactions.reading() as connection:
            last = connection.execute(taken).scalar()
            return connection.execute(query if last is None else query.where(delivery.c.planned > last)).scalar_one()

    def counts(self) -> dict[str, dict[WorkState, int]]:
        """Watch id → how many messages to its webhook are in each state."""
        query = (
            select(delivery.c.watch_id, delivery.c.state, func.count())
            .where(delivery.c.kind != FAILING)
            .group_by(delivery.c.watch_id, delivery.c.state)
        )
        found: dict[str, dict[WorkState, int]] = {}
        with self._transactions.reading() as connection:
            for watch_id, state, count in connection.execute(query):
                found.setdefault(watch_id, {})[WorkState(state)] = count
        return found
