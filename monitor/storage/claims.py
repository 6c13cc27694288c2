"""Claims with their evidence and vectors; what one reading of an article found replaces what an earlier one did."""

import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update

from monitor.domain.article import Reading
from monitor.domain.claim import Claim, ClaimStatus, Modality, Polarity
from monitor.domain.evidence import Evidence, Where
from monitor.domain.listed import Listed
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.search import Event, Order
from monitor.domain.source import Source, SourceKind
from monitor.errors import NotFound
from monitor.storage.among import among
from monitor.storage.entities import Entities
from monitor.storage.loaded import Loaded
from monitor.storage.recount import recount
from monitor.storage.rows import UNWEIGHED, Values, by_ids, chunks, differs, fresh_work, in_pages, paged
from monitor.storage.tables import article, claim, claim_vector, question
from monitor.storage.transactions import Transactions

_FILED_BY = ("subject", "subject_id", "metric", "qualifiers", "unit", "time", "modality")
"""What decides on which question a claim is filed."""
_OUT = frozenset({ClaimStatus.REJECTED.value, ClaimStatus.WITHDRAWN.value})


_UNSAID = frozenset({"status_by", "published", "moment", *fresh_work()})
"""What a claim's row has beside the claim."""
_REMEMBERED = 16384
_COUNTING = select(claim.c.question_id).where(among(claim.c.question_id, "ids"), claim.c.status.not_in(_OUT)).distinct()
_DENIES = or_(claim.c.modality == Modality.DENIED.value, claim.c.polarity == Polarity.NEGATED.value)
_OF_QUESTIONS = select(claim.c.id).where(among(claim.c.question_id, "questions"))
_SINCE, _UNTIL = claim.c.published >= bindparam("first"), claim.c.published <= bindparam("last")
_AT_THE_END = or_(claim.c.published.is_(None), _DENIES)


def sources_from(told: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    """A stored chain as values."""
    return tuple(Source(one["label"], SourceKind(one["kind"]), one["name"], one["told"]) for one in told)


def claim_from(row: Row[Any]) -> Claim:
    """The claim of a row of the table."""
    return Claim(
        id=row.id,
        article_id=row.article_id,
        evidence=_evidence(row),
        subject=row.subject,
        metric=row.metric,
        quantity=_quantity(row),
        sources=sources_from(row.sources),
        qualifiers=row.qualifiers,
        subject_id=row.subject_id,
        subject_kind=row.subject_kind,
        time=None if row.time is None else Period.parse(row.time),
        time_text=row.time_text,
        modality=Modality(row.modality),
        polarity=Polarity(row.polarity),
        same_as=tuple(row.same_as),
        confidence=row.confidence,
        worth=row.worth,
        status=ClaimStatus(row.status),
        corrected_by=row.corrected_by,
        question_id=row.question_id,
        reader=row.reader,
        read_by=row.read_by,
    )


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(Where(row.where), row.quote, row.start, row.end, row.span, row.span_start, row.span_end)


def _quantity(row: Row[Any]) -> Quantity:
    return Quantity(
        unit=row.unit,
        value=row.value,
        low=row.low,
        high=row.high,
        date=row.date,
        approximation=Approximation(row.approximation),
        direction=None if row.direction is None else Direction(row.direction),
        step=row.step,
        vague=row.vague,
    )


def _values(one: Claim) -> Values:
    quantity, evidence = one.quantity, one.evidence
    return {
        "article_id": one.article_id,
        "where": evidence.where.value,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "span": evidence.span,
        "span_start": evidence.span_start,
        "span_end": evidence.span_end,
        "subject": one.subject,
        "subject_id": one.subject_id,
        "subject_kind": one.subject_kind,
        "metric": one.metric,
        "qualifiers": dict(one.qualifiers),
        "unit": quantity.unit,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "date": quantity.date,
        "approximation": quantity.approximation.value,
        "direction": None if quantity.direction is None else quantity.direction.value,
        "step": quantity.step,
        "vague": quantity.vague,
        "time": None if one.time is None else one.time.iso(),
        "time_text": one.time_text,
        "modality": one.modality.value,
        "polarity": one.polarity.value,
        "sources": [_source(source) for source in one.sources],
        "same_as": list(one.same_as),
        "confidence": one.confidence,
        "worth": one.worth,
        "reader": one.reader,
        "read_by": one.read_by,
    }


def _source(one: Source) -> dict[str, str | None]:
    return {"label": one.label, "kind": one.kind.value, "name": one.name, "told": one.told}


@dataclass(frozen=True)
class _Page:
    """What a claim takes from its article."""

    status: ClaimStatus
    published: datetime | None
    moment: datetime


def _new_row(one: Claim, page: _Page) -> Values:
    place = {"status": page.status.value, "published": page.published, "moment": page.moment}
    return {**_values(one), "id": one.id, "status_by": "", "question_id": None, **place, **fresh_work()}


class Claims:
    """Claims wait for the step that files them; ids outlive readings, and so do question and status."""

    def __init__(self, transactions: Transactions, entities: Entities) -> None:
        self._transactions = transactions
        self._entities = entities
        self._loaded = Loaded((column for column in claim.c if column.name not in _UNSAID), claim_from, _REMEMBERED)

    def settle_reading(self, reading: Reading, vectors: Mapping[str, bytes], model: str, now: datetime) -> list[str]:
        """Make these the claims and mentions of the article version. Returns the ids of its claims, new or seen before.

        New claims wait for the step "file", and so do those that now say something else of their question. Claims that
        the reading no longer gives are removed with their relations. What has not changed is not touched.
        """
        return self.settle_readings([reading], vectors, model, now)

    def settle_readings(
        self, readings: Sequence[Reading], vectors: Mapping[str, bytes], model: str, now: datetime
    ) -> builtins.list[str]:
        """As `settle_reading`, of many article versions at once: for large amounts it takes far less time."""
        with self._transactions.writing() as connection:
            pages = self._pages(connection, [one.article_id for one in readings])
            before = self._before(connection, list(pages))
            new: list[Values] = []
            for reading in readings:
                known, wanted = before.get(reading.article_id, {}), {one.id: one for one in reading.claims}
                self._remove([row for row in known.values() if row.id not in wanted], now)
                for one in wanted.values():
                    if one.id in known:
                        self._update(connection, one, known[one.id], now)
                    else:
                        new.append(_new_row(one, pages[reading.article_id]))
                        self._tell(one.id, "new", now)
                self._entities.put_mentions(reading.article_id, reading.mentions)
            if new:
                connection.execute(insert(claim), new)
            ids = list(dict.fromkeys(one.id for reading in readings for one in reading.claims))
            self._put_vectors(connection, {key: vectors[key] for key in ids if key in vectors}, model)
        return ids

    def get(self, ids: Sequence[str]) -> list[Claim]:
        """The claims of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            found = {one.id: one for one in self._loaded.those(connection, claim.c.id, ids)}
        return [found[one] for one in ids if one in found]

    def of_article(self, article_id: str) -> builtins.list[Claim]:
        """The claims of an article version: those of the body in the order of the text, then those of the title."""
        with self._transactions.reading() as connection:
            return [claim_from(row) for row in connection.execute(_of_article(article_id))]

    def of_question(self, question_id: str) -> builtins.list[Claim]:
        """The claims filed on a question, whatever their status: first published first."""
        return self.of_questions([question_id])

    def of_questions(self, question_ids: Sequence[str]) -> builtins.list[Claim]:
        """The claims filed on these questions, in the order of the questions; of each the first published first."""
        found: dict[str, list[Claim]] = {one: [] for one in question_ids}
        with self._transactions.reading() as connection:
            for one in self._loaded.those(connection, claim.c.question_id, found, *_AS_PUBLISHED):
                found[str(one.question_id)].append(one)
        return [one for claims in found.values() for one in claims]

    def published_between(
        self, question_ids: Sequence[str], first: datetime | None, last: datetime | None
    ) -> builtins.list[Claim]:
        """The claims on these questions that were published between two moments.

        Those without a date and denials stand at the end: they are among them where `last` is None. `first`: None for
        these alone.
        """
        span = and_(_SINCE, _UNTIL) if last else _AT_THE_END if first is None else or_(_SINCE, _AT_THE_END)
        asked = {name: moment for name, moment in (("first", first), ("last", last)) if moment}
        found: list[str] = []
        with self._transactions.reading() as connection:
            for some in chunks(question_ids):
                found += connection.execute(_OF_QUESTIONS.where(span), {"questions": some, **asked}).scalars()
        return self.get(found)

    def counting(self, question_ids: Sequence[str]) -> set[str]:
        """Which of these questions have claims that count."""
        with self._transactions.reading() as connection:
            return {
                one for some in chunks(question_ids) for one in connection.execute(_COUNTING, {"ids": some}).scalars()
            }

    def all(self) -> Iterator[Claim]:
        """Every claim, by id."""
        return (claim_from(row) for row in in_pages(self._transactions, select(claim), (claim.c.id,)))

    def list(self, limit: int, cursor: str | None = None, order: Order = Order.NEWEST) -> Listed[Claim]:
        """The current claims in an order, from a cursor on. What nobody weighed is worth least.

        QueryWrong for a foreign cursor.
        """
        current = select(claim).where(claim.c.status == ClaimStatus.CURRENT.value)
        newest = (claim.c.moment, claim.c.id)
        keys = (func.coalesce(claim.c.worth, UNWEIGHED), *newest) if order is Order.WORTH else newest
        with self._transactions.reading() as connection:
            rows, following = paged(connection, current, keys, order=f"claims {order.value}", limit=limit, cursor=cursor)
            return Listed(tuple(claim_from(row) for row in rows), following)

    def publishers(self) -> dict[str, int]:
        """Each publisher of current claims → how many."""
        current = claim.c.status == ClaimStatus.CURRENT.value
        query = select(article.c.publisher, func.count()).join_from(claim, article).where(current)
        with self._transactions.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(article.c.publisher))}

    def vectors(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Claim id → its vector, for those that have one."""
        found: dict[str, bytes] = {}
        with self._transactions.reading() as connection:
            for some in chunks(ids):
                query = select(claim_vector.c.claim_id, claim_vector.c.vector).where(claim_vector.c.claim_id.in_(some))
                found.update({row.claim_id: bytes(row.vector) for row in connection.execute(query)})
        return {one: found[one] for one in ids if one in found}

    def origins(self, ids: Sequence[str]) -> dict[str, tuple[str, str | None]]:
        """Claim id → its article and that article's origin, for telling copies of one text apart from other pairs."""
        query = select(claim.c.id, claim.c.article_id, article.c.origin_id).join_from(claim, article)
        with self._transactions.reading() as connection:
            rows = by_ids(connection, query, claim.c.id, ids)
            return {row.id: (row.article_id, row.origin_id) for row in rows}

    def set_status(self, claim_id: str, status: ClaimStatus, *, by: str = "person", at: datetime | None = None) -> None:
        """Give a claim a status. One that a person set is not changed by later versions; `by=""` is a rule of ours."""
        with self._transactions.writing() as connection:
            row = connection.execute(select(claim).where(claim.c.id == claim_id)).one_or_none()
            if row is None:
                raise NotFound(f"No claim {claim_id}", why="no claim has this id", mend="Search for its words")
            values: Values = {"status": status.value, "status_by": by, "corrected_by": None}
            if not differs(row, values):
                return
            if (row.status in _OUT) != (status in _OUT):
                values |= fresh_work()  # what others meet is no longer the same
            connection.execute(update(claim).where(claim.c.id == claim_id).values(values))
            self._tell(claim_id, status.value, at or row.moment)
            recount(connection, [row.question_id])

    def revise(self, one: Claim, vectors: Mapping[str, bytes], model: str, now: datetime) -> None:
        """Let a stored claim say this. It waits for the step "file" where that may lead it to another question.

        Its status and its question stay. NotFound.
        """
        with self._transactions.writing() as connection:
            row = connection.execute(select(claim).where(claim.c.id == one.id)).one_or_none()
            if row is None:
                raise NotFound(f"No claim {one.id}", why="no claim has this id", mend="Search for its words")
            self._update(connection, one, row, now)
            self._put_vectors(connection, vectors, model)

    def settle_corrections(self, question_ids: Iterable[str], corrected: Mapping[str, str], now: datetime) -> None:
        """Make these the claims on these questions that were put right, each by the claim named; others are so no longer.

        What a person decided of a claim stays. The questions need not be compared again for it.
        """
        with self._transactions.writing() as connection:
            moved = set()
            for row in self._maybe_corrected(connection, sorted(set(question_ids)), sorted(corrected)):
                plain = ClaimStatus.CURRENT if row.is_latest else ClaimStatus.SUPERSEDED
                status = ClaimStatus.CORRECTED if row.id in corrected else plain
                values: Values = {"status": status.value, "corrected_by": corrected.get(row.id)}
                if differs(row, values):
                    connection.execute(update(claim).where(claim.c.id == row.id).values(values))
                    self._tell(row.id, status.value, now)
                    moved.add(row.question_id)
            recount(connection, moved, anew=False)

    def _maybe_corrected(
        self, connection: Connection, question_ids: Sequence[str], ids: Sequence[str]
    ) -> builtins.list[Row[Any]]:
        """Of these questions the claims that are put right, and those of these ids, by id; not what people decided on."""
        columns = (claim.c.id, claim.c.question_id, claim.c.status, claim.c.corrected_by, article.c.is_latest)
        found: dict[str, Row[Any]] = {}
        for some in chunks(question_ids):
            mine = (claim.c.question_id.in_(some), claim.c.status_by == "", claim.c.status.not_in(_OUT))
            query = select(*columns).join_from(claim, article).where(*mine)
            asked = [claim.c.status == ClaimStatus.CORRECTED.value, *(claim.c.id.in_(those) for those in chunks(ids))]
            found |= {row.id: row for which in asked for row in connection.execute(query.where(which))}
        return [found[one] for one in sorted(found)]

    def _pages(self, connection: Connection, article_ids: Sequence[str]) -> dict[str, _Page]:
        """What claims take from these articles. NotFound for one that is not stored."""
        query = select(article.c.id, article.c.is_latest, article.c.published, article.c.moment)
        pages = {}
        for row in by_ids(connection, query, article.c.id, article_ids):
            status = ClaimStatus.CURRENT if row.is_latest else ClaimStatus.SUPERSEDED
            pages[row.id] = _Page(status, row.published, row.moment)
        missing = [one for one in article_ids if one not in pages]
        if missing:
            raise NotFound(
                f"No article {missing[0]}", why="no article has this id", mend="Store the article before its claims"
            )
        return pages

    def _before(self, connection: Connection, article_ids: Sequence[str]) -> dict[str, dict[str, Row[Any]]]:
        """The claims that these articles have, by article and by id."""
        found: dict[str, dict[str, Row[Any]]] = {}
        for some in chunks(article_ids):
            query = select(claim).where(claim.c.article_id.in_(some)).order_by(*_IN_ARTICLES)
            for row in connection.execute(query):
                found.setdefault(row.article_id, {})[row.id] = row
        return found

    def _update(self, connection: Connection, one: Claim, row: Row[Any], now: datetime) -> None:
        values = _values(one)
        if not differs(row, values):
            return
        if differs(row, {name: values[name] for name in _FILED_BY}):
            values.update(fresh_work())
        connection.execute(update(claim).where(claim.c.id == one.id).values(values))
        if differs(row, {name: value for name, value in values.items() if name != "reader"}):
            recount(connection, [row.question_id])
            self._tell(one.id, "changed", now)

    def _tell(self, claim_id: str, detail: str, at: datetime, *facts: tuple[str, str]) -> None:
        self._transactions.tell(Event(0, at, "claim", claim_id, detail, facts))
        self._transactions.index(claim_id)

    def _remove(self, rows: Sequence[Row[Any]], now: datetime) -> None:
        with self._transactions.writing() as connection:
            for some in chunks(row.id for row in rows):
                connection.execute(delete(claim).where(claim.c.id.in_(some)))
            for row in rows:
                self._tell(row.id, "removed", now, ("article", row.article_id))
            left = {row.question_id for row in rows if row.question_id}
            forgotten = {"steady": None, "last": None, "related": ""}
            for some in chunks(sorted(left)):  # what is left there met the claims that are gone
                change = update(claim).where(claim.c.question_id.in_(some), claim.c.status.not_in(_OUT))
                connection.execute(change.values(fresh_work()))
                connection.execute(update(question).where(question.c.id.in_(some)).values(**forgotten))
            recount(connection, left)

    def _put_vectors(self, connection: Connection, vectors: Mapping[str, bytes], model: str) -> None:
        for some in chunks(vectors):
            query = select(claim_vector).where(claim_vector.c.claim_id.in_(some))
            known = {row.claim_id: (row.model, bytes(row.vector)) for row in connection.execute(query)}
            changed = [key for key in some if known.get(key) != (model, vectors[key])]
            if not changed:
                continue
            connection.execute(delete(claim_vector).where(claim_vector.c.claim_id.in_(changed)))
            rows = [{"claim_id": key, "model": model, "vector": vectors[key]} for key in changed]
            connection.execute(insert(claim_vector), rows)
            self._transactions.index(*changed)


_IN_ARTICLES = (claim.c.article_id, claim.c.where, claim.c.span_start, claim.c.id)
_AS_PUBLISHED = (claim.c.published.is_(None), claim.c.published, *_IN_ARTICLES)


def _of_article(article_id: str) -> Any:
    return select(claim).where(claim.c.article_id == article_id).order_by(*_IN_ARTICLES)
