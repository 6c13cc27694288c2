"""Questions, the keys by which a claim finds them, and the claims filed on them."""

import builtins
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Double, Row, bindparam, case, delete, false, func, insert, or_, select, update

from monitor.domain.claim import ClaimStatus, Modality, Polarity
from monitor.domain.ids import content_id
from monitor.domain.listed import Listed
from monitor.domain.period import Period
from monitor.domain.place import BEHIND_ALL, NOWHERE, Reach, rank
from monitor.domain.question import Question, Temper
from monitor.domain.work import WorkState
from monitor.storage.among import among
from monitor.storage.columns import storable
from monitor.storage.loaded import Loaded
from monitor.storage.recount import recount
from monitor.storage.rows import Values, by_ids, chunks, differs, fresh_work, in_pages, paged
from monitor.storage.tables import claim, question, question_block
from monitor.storage.transactions import Transactions

_LONGEST_SLUG = 200
_UNSAID = frozenset({"moment", "steady", "last", "related", *fresh_work()})
"""What a question's row has beside the question."""
_REMEMBERED = 16384
_OF_BLOCKS = among(question_block.c.block, "blocks")
_SIZES = select(question_block.c.block, func.count()).where(_OF_BLOCKS).group_by(question_block.c.block)
_UNDER = select(question_block).where(_OF_BLOCKS).order_by(question_block.c.question_id)
_KEYS = select(question_block).where(among(question_block.c.question_id, "wanted"))
_SLUGS = select(question.c.slug, question.c.id).where(among(question.c.slug, "wanted"))
_FILED_ON = select(claim.c.id, claim.c.question_id).where(among(claim.c.id, "wanted"))
_FILE = update(claim).where(claim.c.id == bindparam("filed")).values(question_id=bindparam("on"))
_TOLD = bindparam("to", type_=Double)
_REACH_ANEW = (
    update(question).where(question.c.id == bindparam("of")).values(steady=bindparam("since", type_=Double), last=_TOLD)
)
_REACH = _REACH_ANEW.values(last=case((question.c.last > _TOLD, question.c.last), else_=_TOLD))
_NOTHING_YET: Values = {"claims": 0, "moment": None, **fresh_work(WorkState.DONE)}


@lru_cache(maxsize=65536)
def _block(key: str) -> str:
    """What stands for a key in the table. Claims of one matter look under the same keys."""
    return content_id("block", key)


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


_THIS_KEY = (question_block.c.question_id == bindparam("of"), question_block.c.block == bindparam("under"))
_MOVE_KEY = update(question_block).where(*_THIS_KEY).values(first=bindparam("from"))
_DROP_KEY = delete(question_block).where(*_THIS_KEY)


def _is_first(asked: float | None, known: float | None, *, anew: bool) -> bool:
    """Whether the rank of the first claim that gives a key is another one by now."""
    if anew:
        return asked != known
    return asked is not None and known is not None and asked < known


def _reaches_of_claims(connection: Connection, question_ids: Sequence[str]) -> dict[str, Reach]:
    """Question id → how far its claims reach, where its row does not say it: it reads as stored behind all of them."""
    found = {}
    mine, undated = claim.c.question_id, claim.c.published.is_(None)
    denies = or_(claim.c.modality == Modality.DENIED.value, claim.c.polarity == Polarity.NEGATED.value)
    reach = (func.max(claim.c.published), func.max(case((undated, 1), else_=0)), func.max(case((denies, 1), else_=0)))
    for some in chunks(question_ids):
        for row in connection.execute(select(mine, *reach).where(among(mine, some)).group_by(mine)):
            stamp = row[1].timestamp() if row[1] and not row[2] else 0.0
            last = BEHIND_ALL if row[3] else rank(is_denial=False, is_undated=bool(row[2]), stamp=stamp)
            found[row[0]] = Reach(last, last)
    return found


def _put_reaches(connection: Connection, reaches: Mapping[str, Reach | None], anew: Collection[str]) -> None:
    """Note how far claims reach. Another process may have filed later ones meanwhile, unless all were filed anew."""
    for whole in (True, False):
        chosen = {one: reach for one, reach in reaches.items() if (one in anew or reach is None) is whole}
        rows = [{"of": one, "since": it and it.steady, "to": it and it.last} for one, it in chosen.items()]
        if rows:
            connection.execute(_REACH_ANEW if whole else _REACH, rows)


class Questions:
    """A question waits for the step "compare" whenever its claims change. Its count is of current claims."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        said = (column for column in question.c if column.name not in _UNSAID)
        self._loaded = Loaded(said, question_from, _REMEMBERED, beside=(question.c.steady, question.c.last))

    def get(self, ids: Sequence[str]) -> builtins.list[Question]:
        """The questions of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            found = {one.id: one for one in self._loaded.those(connection, question.c.id, ids)}
        return [found[one] for one in ids if one in found]

    def named(self, name: str) -> Question | None:
        """The question of this slug, or else of this id: persons and addresses give either."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(question).where(question.c.slug == name)).one_or_none()
        return next(iter(self.get([name])), None) if row is None else question_from(row)

    def sizes(self, block_keys: Collection[str]) -> dict[str, int]:
        """Key → how many questions lie under it, for those under which some do."""
        blocks = {_block(key): key for key in block_keys}
        sizes: dict[str, int] = {}
        with self._transactions.reading() as connection:
            for some in chunks(sorted(blocks)):
                rows = connection.execute(_SIZES, {"blocks": some})
                sizes.update((blocks[block], size) for block, size in rows)
        return sizes

    def under(self, block_keys: Collection[str]) -> dict[str, dict[str, float | None]]:
        """Key → id of each question under it → rank of the first claim that gave the key, for keys under which some lie.

        None: one of the claims up to that since which the question reads as stored.
        """
        blocks = {_block(key): key for key in block_keys}
        found: dict[str, dict[str, float | None]] = {}
        with self._transactions.reading() as connection:
            for some in chunks(sorted(blocks)):
                for block, question_id, first in connection.execute(_UNDER, {"blocks": some}):
                    found.setdefault(blocks[block], {})[question_id] = first
        return found

    def with_reaches(self, ids: Collection[str]) -> builtins.list[tuple[Question, Reach]]:
        """The questions of these ids, each with how far its claims reach in the order of filing, of whatever status."""
        with self._transactions.reading() as connection:
            rows = [*self._loaded.with_beside(connection, question.c.id, sorted(ids))]
            unsaid = _reaches_of_claims(connection, [one.id for one, reach in rows if None in reach])
        return [(one, unsaid.get(one.id, NOWHERE) if None in reach else Reach(*reach)) for one, reach in rows]

    def put(self, one: Question, block_keys: Sequence[str]) -> Question:
        """Store a question and the keys it is found by; keys it has already stay. Returns it as stored.

        A slug that another question has gets the end of the id added.
        """
        with self._transactions.writing():
            self.put_all([(one, dict.fromkeys(block_keys))])
            return self.get([one.id])[0]

    def put_all(
        self,
        questions: Sequence[tuple[Question, Mapping[str, float | None]]],
        *,
        anew: Collection[str] = frozenset(),
        reaches: Mapping[str, Reach] = MappingProxyType({}),
    ) -> None:
        """Store questions and the keys they are found by, each with the rank of the first claim that gives it, if known.

        `anew`: ids of those that are found by no other keys any more. `reaches`: how far their claims reach; of others
        the claims are asked. One that reads otherwise than before waits for "compare".
        """
        with self._transactions.writing() as connection:
            for some in chunks(questions):
                self._put_rows(connection, [one for one, _ in some])
                self._put_keys(connection, {one.id: keys for one, keys in some}, anew)
                _put_reaches(connection, {one.id: reaches.get(one.id) for one, _ in some}, anew)

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
        rows = connection.execute(_SLUGS, {"wanted": [storable(one) for one in sorted(set(wanted.values()))]})
        taken = {row.slug: row.id for row in rows}
        slugs: dict[str, str] = {}
        for key, slug in wanted.items():
            slugs[key] = slug if taken.setdefault(slug, key) == key else f"{slug}-{key[-6:]}"
        return slugs

    def _put_keys(
        self, connection: Connection, wanted: Mapping[str, Mapping[str, float | None]], anew: Collection[str]
    ) -> None:
        lying = connection.execute(_KEYS, {"wanted": list(wanted)})
        known = {(question_id, block): first for block, question_id, first in lying}
        asked = {(one, _block(key)): first for one, keys in wanted.items() for key, first in keys.items()}
        new = [
            {"block": block, "question_id": one, "first": asked[one, block]}
            for one, block in asked
            if (one, block) not in known
        ]
        if new:
            connection.execute(insert(question_block), sorted(new, key=lambda row: (row["question_id"], row["block"])))
        moved = {
            pair for pair in asked.keys() & known.keys() if _is_first(asked[pair], known[pair], anew=pair[0] in anew)
        }
        if moved:
            rows = [{"of": one, "under": block, "from": asked[one, block]} for one, block in sorted(moved)]
            connection.execute(_MOVE_KEY, rows)
        gone = [{"of": one, "under": block} for one, block in sorted(known.keys() - asked.keys()) if one in anew]
        if gone:
            connection.execute(_DROP_KEY, gone)

    def file(self, claim_id: str, question_id: str | None) -> None:
        """File a claim on a question (None: on none). It leaves the one it was on; both wait for "compare"."""
        self.file_all({claim_id: question_id})

    def file_all(self, questions: Mapping[str, str | None]) -> None:
        """Claim id → question id: file these claims so. They leave those they were on; all of them wait for "compare"."""
        with self._transactions.writing() as connection:
            moved: dict[str, str | None] = {}
            for some in chunks(questions):
                rows = connection.execute(_FILED_ON, {"wanted": some})
                moved |= {row[0]: row[1] for row in rows if row[1] != questions[row[0]]}
            if moved:
                connection.execute(_FILE, [{"filed": one, "on": questions[one]} for one in sorted(moved)])
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
