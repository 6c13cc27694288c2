"""Questions, the keys by which a claim finds them, and the claims filed on them."""

import builtins
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, false, func, insert, select, update

from monitor.domain.block import telling
from monitor.domain.claim import ClaimStatus
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.question import Question, Temper
from monitor.domain.work import WorkState
from monitor.storage.recount import recount
from monitor.storage.rows import Values, by_ids, chunks, fresh_work, in_pages, newest_first, upsert
from monitor.storage.tables import claim, question, question_block
from monitor.storage.transactions import Transactions

_LONGEST_SLUG = 200


def question_from(row: Row[Any]) -> Question:
    """The question of a row of the table."""
    return Question(
        id=row.id,
        slug=row.slug,
        subject=row.subject,
        metric=row.metric,
        dimension=row.dimension,
        temper=Temper(row.temper),
        subject_id=row.subject_id,
        scope=row.scope,
        period=None if row.period is None else Period.parse(row.period),
        claims=row.claims,
        merged_into=row.merged_into,
        split_from=row.split_from,
        is_joined=row.is_joined,
    )


def _values(one: Question, slug: str) -> Values:
    return {
        "id": one.id,
        "slug": slug,
        "subject": one.subject,
        "subject_id": one.subject_id,
        "metric": one.metric,
        "dimension": one.dimension,
        "temper": one.temper.value,
        "scope": dict(one.scope),
        "period": None if one.period is None else one.period.iso(),
    }


class Questions:
    """A question waits for the step "compare" whenever its claims change. Its count is of current claims."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, ids: Sequence[str]) -> builtins.list[Question]:
        """The questions of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return [question_from(row) for row in by_ids(connection, select(question), question.c.id, ids)]

    def by_slug(self, slug: str) -> Question | None:
        """The question at this readable address."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(question).where(question.c.slug == slug)).one_or_none()
        return None if row is None else question_from(row)

    def candidates(self, block_keys: Sequence[str]) -> builtins.list[Question]:
        """The questions that share one of these keys, by id; those that a crowd shares are left out."""
        blocks = {key: content_id("block", key) for key in block_keys}
        found: dict[str, Question] = {}
        with self._transactions.reading() as connection:
            sizes = self._sizes(connection, sorted(blocks.values()))
            keys = telling({key: sizes.get(block, 0) for key, block in blocks.items()})
            for some in chunks(sorted({blocks[key] for key in keys})):
                near = select(question_block.c.question_id).where(question_block.c.block.in_(some))
                rows = connection.execute(select(question).where(question.c.id.in_(near)))
                found.update({row.id: question_from(row) for row in rows})
        return [found[key] for key in sorted(found)]

    def _sizes(self, connection: Connection, blocks: Sequence[str]) -> Mapping[str, int]:
        sizes: dict[str, int] = {}
        for some in chunks(blocks):
            counted = select(question_block.c.block, func.count()).where(question_block.c.block.in_(some))
            sizes.update((row[0], row[1]) for row in connection.execute(counted.group_by(question_block.c.block)))
        return sizes

    def put(self, one: Question, block_keys: Sequence[str]) -> Question:
        """Store a question and the keys it is found by; keys it has already stay. Returns it as stored.

        A slug that another question has gets the end of the id added.
        """
        with self._transactions.writing() as connection:
            slug = one.slug[:_LONGEST_SLUG] or one.id
            taken = select(question.c.id).where(question.c.slug == slug, question.c.id != one.id)
            if connection.execute(taken).scalar_one_or_none() is not None:
                slug = f"{slug}-{one.id[-6:]}"
            nothing_yet = {"claims": 0, "moment": None, **fresh_work(WorkState.DONE)}
            upsert(connection, question, "id", _values(one, slug), nothing_yet)
            mine = select(question_block.c.block).where(question_block.c.question_id == one.id)
            known = set(connection.execute(mine).scalars())
            new = sorted({content_id("block", key) for key in block_keys} - known)
            if new:
                connection.execute(insert(question_block), [{"block": key, "question_id": one.id} for key in new])
            return question_from(connection.execute(select(question).where(question.c.id == one.id)).one())

    def file(self, claim_id: str, question_id: str | None) -> None:
        """File a claim on a question (None: on none). It leaves the one it was on; both wait for "compare"."""
        with self._transactions.writing() as connection:
            before = connection.execute(select(claim.c.question_id).where(claim.c.id == claim_id)).scalar_one()
            if before == question_id:
                return
            connection.execute(update(claim).where(claim.c.id == claim_id).values(question_id=question_id))
            recount(connection, {before, question_id})

    def redirect(self, question_id: str, *, merged_into: str | None = None, split_from: str | None = None) -> None:
        """Note what a person made of a question: part of another, taken out of another, or (both None) itself again."""
        with self._transactions.writing() as connection:
            before = connection.execute(select(question.c.merged_into).where(question.c.id == question_id)).scalar_one()
            values = {"merged_into": merged_into, "split_from": split_from}
            connection.execute(update(question).where(question.c.id == question_id).values(values))
            for other in sorted({before, merged_into} - {None}):
                taken_out = question.c.split_from == other  # and put back: it was never another question
                parts = select(question.c.id).where(question.c.merged_into == other, ~func.coalesce(taken_out, false()))
                joined = {"is_joined": connection.execute(parts.limit(1)).first() is not None}
                connection.execute(update(question).where(question.c.id == other).values(joined))

    def standing(self, question_id: str) -> Question | None:
        """The question under whose address the claims of this one stand: itself, unless persons merged it."""
        found = self.get([question_id])
        while found and found[0].merged_into is not None:
            found = self.get([found[0].merged_into])
        return found[0] if found else None

    def list(self, limit: int, after: str | None = None) -> builtins.list[Question]:
        """The questions that have current claims, the one with the newest claim first, after the one of id `after`."""
        query = newest_first(select(question).where(question.c.claims > 0), question, limit, after)
        with self._transactions.reading() as connection:
            return [question_from(row) for row in connection.execute(query)]

    def of_subject(self, subject_id: str) -> builtins.list[Question]:
        """The questions about an entity, by metric and period."""
        query = select(question).where(question.c.subject_id == subject_id)
        query = query.order_by(question.c.metric, question.c.period, question.c.id)
        with self._transactions.reading() as connection:
            return [question_from(row) for row in connection.execute(query)]

    def count_claims(self, ids: Sequence[str]) -> dict[str, int]:
        """Question id → how many current claims are filed on it."""
        counts = dict.fromkeys(ids, 0)
        current = claim.c.status == ClaimStatus.CURRENT.value
        query = select(claim.c.question_id, func.count()).where(current).group_by(claim.c.question_id)
        with self._transactions.reading() as connection:
            for some in chunks(counts):
                rows = connection.execute(query.where(claim.c.question_id.in_(some)))
                counts.update((key, n) for key, n in rows)
        return counts

    def all(self) -> Iterator[Question]:
        """Every question, by id."""
        return (question_from(row) for row in in_pages(self._transactions, select(question), (question.c.id,)))
