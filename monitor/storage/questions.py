"""Questions, the keys by which a claim finds them, and the claims filed on them."""

import builtins
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, false, func, insert, or_, select, update

from monitor.domain.claim import ClaimStatus, Modality, Polarity
from monitor.domain.ids import content_id
from monitor.domain.listed import Listed
from monitor.domain.period import Period
from monitor.domain.question import Newest, Question, Temper
from monitor.domain.work import WorkState
from monitor.storage.recount import recount
from monitor.storage.rows import Values, by_ids, chunks, differs, fresh_work, in_pages, paged
from monitor.storage.tables import claim, question, question_block
from monitor.storage.transactions import Transactions

_LONGEST_SLUG = 200
_NOTHING_YET: Values = {"claims": 0, "moment": None, **fresh_work(WorkState.DONE)}


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
        founded=row.founded,
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
        "founded": "" if one.founded == one.id else one.founded,
    }


class Questions:
    """A question waits for the step "compare" whenever its claims change. Its count is of current claims."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, ids: Sequence[str]) -> builtins.list[Question]:
        """The questions of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            return [question_from(row) for row in by_ids(connection, select(question), question.c.id, ids)]

    def named(self, name: str) -> Question | None:
        """The question of this slug, or else of this id: persons and addresses give either."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(question).where(question.c.slug == name)).one_or_none()
        return next(iter(self.get([name])), None) if row is None else question_from(row)

    def sizes(self, block_keys: Collection[str]) -> dict[str, int]:
        """Key → how many questions lie under it, for those under which some do."""
        blocks = {content_id("block", key): key for key in block_keys}
        sizes: dict[str, int] = {}
        with self._transactions.reading() as connection:
            for some in chunks(sorted(blocks)):
                counted = select(question_block.c.block, func.count()).where(question_block.c.block.in_(some))
                rows = connection.execute(counted.group_by(question_block.c.block))
                sizes.update((blocks[row[0]], row[1]) for row in rows)
        return sizes

    def under(self, block_keys: Collection[str]) -> dict[str, builtins.list[str]]:
        """Key → the ids of the questions that lie under it, for those under which some do."""
        blocks = {content_id("block", key): key for key in block_keys}
        found: dict[str, list[str]] = {}
        with self._transactions.reading() as connection:
            for some in chunks(sorted(blocks)):
                query = select(question_block.c.block, question_block.c.question_id)
                for row in connection.execute(query.where(question_block.c.block.in_(some))):
                    found.setdefault(blocks[row[0]], []).append(row[1])
        return {key: sorted(ids) for key, ids in found.items()}

    def newest(self, ids: Collection[str]) -> dict[str, Newest]:
        """Question id → how far its claims reach in time, whatever their status."""
        found = dict.fromkeys(ids, Newest())
        mine, undated = claim.c.question_id, claim.c.published.is_(None)
        denies = or_(claim.c.modality == Modality.DENIED.value, claim.c.polarity == Polarity.NEGATED.value)
        reach = (func.max(claim.c.published), func.max(case((undated, 1), else_=0)), func.max(case((denies, 1), else_=0)))
        with self._transactions.reading() as connection:
            for some in chunks(sorted(found)):
                for row in connection.execute(select(mine, *reach).where(mine.in_(some)).group_by(mine)):
                    found[row[0]] = Newest(row[1], bool(row[2]), bool(row[3]))
        return found

    def put(self, one: Question, block_keys: Sequence[str]) -> Question:
        """Store a question and the keys it is found by; keys it has already stay. Returns it as stored.

        A slug that another question has gets the end of the id added.
        """
        with self._transactions.writing():
            self.put_all([(one, block_keys)])
            return self.get([one.id])[0]

    def put_all(
        self, questions: Sequence[tuple[Question, Collection[str]]], *, anew: Collection[str] = frozenset()
    ) -> None:
        """Store questions and the keys they are found by. `anew`: ids of those that are found by no other keys any more.

        One that reads otherwise than before waits for "compare".
        """
        with self._transactions.writing() as connection:
            for some in chunks(questions):
                self._put_rows(connection, [one for one, _ in some])
                self._put_keys(connection, {one.id: keys for one, keys in some}, anew)

    def _put_rows(self, connection: Connection, questions: Sequence[Question]) -> None:
        known = {
            row.id: row for row in by_ids(connection, select(question), question.c.id, [one.id for one in questions])
        }
        slugs = self._free_slugs(connection, questions)
        rows = {one.id: _values(one, slugs[one.id]) for one in questions}
        new = [{**values, **_NOTHING_YET} for key, values in rows.items() if key not in known]
        if new:
            connection.execute(insert(question), new)
        for key, row in known.items():
            if differs(row, rows[key]):
                change = update(question).where(question.c.id == key)
                connection.execute(change.values({**rows[key], **fresh_work()}))

    def _free_slugs(self, connection: Connection, questions: Sequence[Question]) -> dict[str, str]:
        """Question id → the slug that it may have."""
        wanted = {one.id: one.slug[:_LONGEST_SLUG] or one.id for one in questions}
        query = select(question.c.slug, question.c.id).where(question.c.slug.in_(sorted(set(wanted.values()))))
        taken = {row.slug: row.id for row in connection.execute(query)}
        slugs: dict[str, str] = {}
        for key, slug in wanted.items():
            slugs[key] = slug if taken.setdefault(slug, key) == key else f"{slug}-{key[-6:]}"
        return slugs

    def _put_keys(self, connection: Connection, wanted: Mapping[str, Collection[str]], anew: Collection[str]) -> None:
        query = select(question_block.c.question_id, question_block.c.block)
        known = {tuple(row) for row in connection.execute(query.where(question_block.c.question_id.in_(wanted)))}
        asked = {(one, content_id("block", key)) for one, keys in wanted.items() for key in keys}
        new = [{"block": block, "question_id": one} for one, block in sorted(asked - known)]
        if new:
            connection.execute(insert(question_block), new)
        for one, block in sorted(pair for pair in known - asked if pair[0] in anew):
            these = (question_block.c.question_id == one, question_block.c.block == block)
            connection.execute(delete(question_block).where(*these))

    def file(self, claim_id: str, question_id: str | None) -> None:
        """File a claim on a question (None: on none). It leaves the one it was on; both wait for "compare"."""
        self.file_all({claim_id: question_id})

    def file_all(self, questions: Mapping[str, str | None]) -> None:
        """Claim id → question id: file these claims so. They leave those they were on; all of them wait for "compare"."""
        change = update(claim).where(claim.c.id == bindparam("filed")).values(question_id=bindparam("on"))
        with self._transactions.writing() as connection:
            moved: dict[str, str | None] = {}
            for some in chunks(questions):
                query = select(claim.c.id, claim.c.question_id).where(claim.c.id.in_(some))
                moved |= {row[0]: row[1] for row in connection.execute(query) if row[1] != questions[row[0]]}
            if moved:
                connection.execute(change, [{"filed": one, "on": questions[one]} for one in sorted(moved)])
                recount(connection, {*moved.values(), *(questions[one] for one in moved)})

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

    def list(self, limit: int, cursor: str | None = None) -> Listed[Question]:
        """The questions that have current claims, the one with the newest claim first, from a cursor on.

        QueryWrong for a foreign cursor.
        """
        query, keys = select(question).where(question.c.claims > 0), (question.c.moment, question.c.id)
        with self._transactions.reading() as connection:
            rows, following = paged(connection, query, keys, order="questions", limit=limit, cursor=cursor)
            return Listed(tuple(question_from(row) for row in rows), following)

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
