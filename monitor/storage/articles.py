"""Articles in their versions, and the marks by which copies of one text are found."""

import builtins
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, bindparam, func, insert, select, union_all, update

from monitor.domain.article import EXCERPTS, Article, fullness
from monitor.domain.claim import ClaimStatus
from monitor.domain.ids import content_id
from monitor.domain.kept import Tally
from monitor.domain.listed import Listed
from monitor.domain.origin import Fingerprint
from monitor.domain.search import Event
from monitor.domain.url import page_id
from monitor.storage.loaded import Loaded
from monitor.storage.recount import recount
from monitor.storage.rows import Values, as_told, by_ids, chunks, fresh_work, in_pages, paged, told, upsert
from monitor.storage.tables import article, claim, entry, fingerprint, fingerprint_band
from monitor.storage.transactions import Transactions

_OF_BAND = 24
_UNSAID = frozenset({"page_id", "moment", *fresh_work()})
"""What an article's row has beside the article."""
_REMEMBERED = 8192


def article_from(row: Row[Any]) -> Article:
    """The article of a row of the table."""
    return Article(
        id=row.id,
        url=row.url,
        canonical_url=row.canonical_url,
        title=row.title,
        text=row.text,
        publisher=row.publisher,
        published=as_told(row, "published"),
        arrived=row.arrived,
        updated=as_told(row, "updated"),
        language=row.language,
        author=row.author,
        given_id=row.given_id,
        version=row.version,
        origin_id=row.origin_id,
        is_latest=row.is_latest,
        basis=row.basis,
        label=row.label,
        label_reason=row.label_reason,
        date_note=row.date_note,
    )


def _values(one: Article) -> Values:
    published = told("published", one.published)
    return {
        "id": one.id,
        "url": one.url,
        "canonical_url": one.canonical_url,
        "page_id": page_id(one.canonical_url),
        "title": one.title,
        "text": one.text,
        "publisher": one.publisher,
        **published,
        **told("updated", one.updated),
        "arrived": one.arrived,
        "moment": published["published"] or one.arrived,
        "language": one.language,
        "author": one.author,
        "given_id": one.given_id,
        "version": one.version,
        "origin_id": one.origin_id,
        "is_latest": one.is_latest,
        "basis": one.basis,
        "label": one.label,
        "label_reason": one.label_reason,
        "date_note": one.date_note,
    }


def _stamp(row: Any) -> datetime:
    """When a version came to be, as far as anybody says."""
    stamp: datetime = row.updated or row.published or row.arrived
    return stamp


class Articles:
    """One row a version. A text that came back unchanged changes nothing."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._loaded = Loaded((column for column in article.c if column.name not in _UNSAID), article_from, _REMEMBERED)

    def put(self, one: Article) -> Article:
        """Store an article version and return it as it stands: with its number, and whether it is the latest.

        A new one waits for the step "read". Versions of one address are numbered by `updated`, else `published`, else
        arrival, those taken from a feed's excerpt before those of the page. The claims of the latest are current, those
        of the others superseded, except where a person decided. The first spelling of an address is that of all versions.
        """
        with self._transactions.writing() as connection:
            row = connection.execute(select(article).where(article.c.id == one.id)).one_or_none()
            if row is None:
                one = self._spelled_as_known(connection, one)
                connection.execute(insert(article), {**_values(one), **fresh_work()})
                self._number_versions(connection, one.canonical_url, one.arrived, new=one.id)
            elif fullness(one.basis) > fullness(row.basis):
                # The page bears out what the feed carried of it.
                read = {"basis": one.basis, "label": one.label, "label_reason": one.label_reason}
                connection.execute(update(article).where(article.c.id == one.id).values(read))
                self._number_versions(connection, row.canonical_url, one.arrived)
            elif not row.is_latest and one.updated is not None and one.updated > _stamp(row):
                # The publisher went back to an earlier text: that text is then the newest.
                connection.execute(update(article).where(article.c.id == one.id).values(told("updated", one.updated)))
                self._number_versions(connection, row.canonical_url, one.arrived)
            else:
                return article_from(row)
            stored = connection.execute(select(article).where(article.c.id == one.id)).one()
            detail = "version" if stored.version > 1 or not stored.is_latest else "new"
            self._transactions.tell(Event(0, one.arrived, "article", one.id, detail))
            return article_from(stored)

    def get(self, ids: Sequence[str]) -> list[Article]:
        """The articles of these ids in the order asked; unknown ids are left out."""
        with self._transactions.reading() as connection:
            found = {one.id: one for one in self._loaded.those(connection, article.c.id, ids)}
        return [found[one] for one in ids if one in found]

    def by_url(self, canonical_url: str) -> list[Article]:
        """The versions of the article at this canonical address, first to latest."""
        query = select(article).where(article.c.page_id == page_id(canonical_url)).order_by(article.c.version)
        with self._transactions.reading() as connection:
            return [article_from(row) for row in connection.execute(query)]

    def all(self) -> Iterator[Article]:
        """Every version, by id."""
        return (article_from(row) for row in in_pages(self._transactions, select(article), (article.c.id,)))

    def read_otherwise(self, version: str) -> builtins.list[str]:
        """The ids of those with claims that another version of the reading found, in the order of publication."""
        other = select(claim.c.id).where(claim.c.article_id == article.c.id, claim.c.reader != version)
        query = select(article.c.id).where(other.exists()).order_by(article.c.moment, article.c.id)
        with self._transactions.reading() as connection:
            return [*connection.execute(query).scalars()]

    def since(self, moment: datetime) -> builtins.list[str]:
        """The ids of those published at that time or later, or arrived then if that is unknown, in this order."""
        query = select(article.c.id).where(article.c.moment >= moment).order_by(article.c.moment, article.c.id)
        with self._transactions.reading() as connection:
            return [*connection.execute(query).scalars()]

    def list(self, limit: int, cursor: str | None = None) -> Listed[Article]:
        """The latest versions, newest first, from a cursor on. QueryWrong for a foreign one."""
        query, keys = select(article).where(article.c.is_latest.is_(True)), (article.c.moment, article.c.id)
        with self._transactions.reading() as connection:
            rows, following = paged(connection, query, keys, order="articles", limit=limit, cursor=cursor)
            return Listed(tuple(article_from(row) for row in rows), following)

    def last_of_publishers(self) -> dict[str, datetime]:
        """Publisher → when its newest article was read first."""
        query = select(article.c.publisher, func.max(article.c.arrived)).group_by(article.c.publisher)
        with self._transactions.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def latest(self, canonical_url: str) -> Article | None:
        """The newest version of the article at this address, however it is spelled; None where there is none."""
        query = select(article).where(article.c.page_id == page_id(canonical_url), article.c.is_latest.is_(True))
        with self._transactions.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else article_from(row)

    def move_excerpts(self, old: str, new: str, now: datetime) -> None:
        """What a feed carried of an article is a version of the article at the address that its page names."""
        these = (article.c.page_id == page_id(old), article.c.basis.in_(EXCERPTS))
        with self._transactions.writing() as connection:
            change = update(article).where(*these).values(canonical_url=new, page_id=page_id(new))
            if page_id(old) != page_id(new) and connection.execute(change).rowcount:
                self._number_versions(connection, old, now)
                self._number_versions(connection, new, now)

    def tally(self, feed_id: str | None = None) -> builtins.list[Tally]:
        """How many articles of each kind there are: all, or those to which entries of one feed led."""
        kind = (article.c.language, article.c.basis, article.c.label)
        query = select(*kind, func.count().label("articles")).where(article.c.is_latest.is_(True))
        if feed_id is not None:
            query = query.where(article.c.id.in_(select(entry.c.article_id).where(entry.c.feed_id == feed_id)))
        with self._transactions.reading() as connection:
            return [Tally(*row) for row in connection.execute(query.group_by(*kind).order_by(*kind))]

    def fingerprints(self, bands: Sequence[str], most: int = 32) -> builtins.list[Fingerprint]:
        """The fingerprints that share most bands with these, `most` at most, by article id.

        What it costs does not grow with the archive: of a band that a crowd shares, as texts of one template do, a few
        are looked at. A copy shares bands with its text alone, and is found by those.
        """
        found: Counter[str] = Counter()
        with self._transactions.reading() as connection:
            for some in chunks(sorted({content_id("band", band) for band in bands})):
                asked = {f"band{place}": band for place, band in enumerate(some)}
                found.update(row.article_id for row in connection.execute(_few_of_each(len(some)), asked))
            nearest = sorted(found, key=lambda one: (-found[one], one))[:most]
            query = select(fingerprint, fingerprint.c.article_id.label("id"))
            rows = by_ids(connection, query, fingerprint.c.article_id, sorted(nearest))
        return [Fingerprint(row.article_id, row.origin_id, _unpacked(row.minima), tuple(row.bands)) for row in rows]

    def put_fingerprint(self, one: Fingerprint) -> None:
        """Store the fingerprint of an article and set the article's origin."""
        values = {
            "article_id": one.article_id,
            "origin_id": one.origin_id,
            "minima": struct.pack(f"<{len(one.values)}I", *one.values),
            "bands": list(one.bands),
        }
        with self._transactions.writing() as connection:
            before = select(article.c.origin_id).where(article.c.id == one.article_id)
            if connection.execute(before).scalar_one_or_none() != one.origin_id:
                change = update(article).where(article.c.id == one.article_id).values(origin_id=one.origin_id)
                connection.execute(change)
            if upsert(connection, fingerprint, "article_id", values) is None:
                return
            of_article = fingerprint_band.c.article_id == one.article_id
            connection.execute(fingerprint_band.delete().where(of_article))
            bands = {content_id("band", band) for band in one.bands}
            if bands:
                rows = [{"band": band, "article_id": one.article_id} for band in sorted(bands)]
                connection.execute(insert(fingerprint_band), rows)

    def origin_members(self, origin_id: str) -> builtins.list[Article]:
        """The articles that carry one text, first published first."""
        order = (article.c.published.is_(None), article.c.published, article.c.id)
        query = select(article).where(article.c.origin_id == origin_id).order_by(*order)
        with self._transactions.reading() as connection:
            return [article_from(row) for row in connection.execute(query)]

    def origins(self, article_ids: Sequence[str]) -> dict[str, str | None]:
        """Article id → its origin, None where it has none yet."""
        query = select(article.c.id, article.c.origin_id)
        with self._transactions.reading() as connection:
            return {row.id: row.origin_id for row in by_ids(connection, query, article.c.id, article_ids)}

    def _spelled_as_known(self, connection: Connection, one: Article) -> Article:
        known = select(article.c.canonical_url).where(article.c.page_id == page_id(one.canonical_url)).limit(1)
        return replace(one, canonical_url=connection.execute(known).scalar_one_or_none() or one.canonical_url)

    def _number_versions(self, connection: Connection, canonical_url: str, now: datetime, *, new: str = "") -> None:
        """Number the versions of an address; `new`: one that has no claims yet."""
        columns = (
            article.c.id,
            article.c.published,
            article.c.updated,
            article.c.arrived,
            article.c.version,
            article.c.is_latest,
            article.c.basis,
        )
        query = select(*columns).where(article.c.page_id == page_id(canonical_url))
        order = sorted(connection.execute(query), key=lambda row: (_stamp(row), row.arrived, row.id))
        rows = sorted(order, key=lambda row: fullness(row.basis))
        for version, row in enumerate(rows, start=1):
            is_latest = version == len(rows)
            if (row.version, row.is_latest) != (version, is_latest):
                numbered = {"version": version, "is_latest": is_latest}
                connection.execute(update(article).where(article.c.id == row.id).values(numbered))
            if row.id != new:
                self._settle_claims(connection, row.id, is_latest=is_latest, at=now)

    def _settle_claims(self, connection: Connection, article_id: str, *, is_latest: bool, at: datetime) -> None:
        old, new = ClaimStatus.SUPERSEDED, ClaimStatus.CURRENT
        if not is_latest:
            old, new = new, old
        by_rule = (claim.c.article_id == article_id, claim.c.status_by == "")
        corrected = select(claim.c.question_id).where(*by_rule, claim.c.status == ClaimStatus.CORRECTED.value)
        recount(connection, set(connection.execute(corrected).scalars()))  # which version puts which right may change
        these = (*by_rule, claim.c.status == old.value)
        rows = connection.execute(select(claim.c.id, claim.c.question_id).where(*these).order_by(claim.c.id)).all()
        if not rows:
            return
        connection.execute(update(claim).where(*these).values(status=new.value))
        for row in rows:
            self._transactions.tell(Event(0, at, "claim", row.id, new.value))
        self._transactions.index(*(row.id for row in rows))
        recount(connection, {row.question_id for row in rows})


@cache
def _few_of_each(number: int) -> CompoundSelect[str]:
    """A query for a few articles of each of so many bands. Made once: it takes longer to make than to answer."""
    parts = []
    for place in range(number):
        these = select(fingerprint_band.c.article_id).where(fingerprint_band.c.band == bindparam(f"band{place}"))
        few = these.order_by(fingerprint_band.c.article_id).limit(_OF_BAND).subquery()
        parts.append(select(few.c.article_id))
    return union_all(*parts)


def _unpacked(minima: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(minima) // 4}I", minima)
