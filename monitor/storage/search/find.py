"""A query → the claims that answer it, by words and by meaning, with counts."""

import threading

import numpy as np
from sqlalchemy import Connection, select

from monitor.domain.query import DayField, Query
from monitor.domain.search import Facet, Found, Hit, Order, Timeline
from monitor.domain.unit import Units
from monitor.storage.articles import article_from
from monitor.storage.claims import claim_from
from monitor.storage.rows import by_ids
from monitor.storage.search.answers import Answers
from monitor.storage.search.marks import marks
from monitor.storage.search.places import Places, read_cursor, write_cursor
from monitor.storage.search.schema import make_search_schema
from monitor.storage.search.snapshot import Mask, Slots, Snapshot
from monitor.storage.search.timeline import timeline
from monitor.storage.tables import article, claim
from monitor.storage.transactions import Transactions

_FUSION = 60  # of reciprocal rank fusion: how little the very first ranks stand out
_SIMILAR = 100  # claims found by meaning at most
_FUSED = 1000  # claims found by words, the best, whose ranks are fused with those by meaning; the others follow
_AHEAD = 100.0  # added to fused scores: above every rank by words
_FACETS = ("publisher", "metric", "unit", "modality", "subject")
_FACET_VALUES = 12

_CLAIMS, _ARTICLES = select(claim), select(article)


class Search:
    """Full text and meaning over all claims. The copy in memory that it keeps follows the database."""

    def __init__(self, transactions: Transactions, units: Units | None = None) -> None:
        self._transactions = transactions
        self._units = units
        self._snapshot = Snapshot()
        self._lock = threading.Lock()

    def search(
        self,
        query: Query,
        query_vector: bytes | None = None,
        limit: int = 20,
        cursor: str | None = None,
        *,
        order: Order = Order.BEST,
        least_similarity: float = 0.45,
    ) -> Found:
        """The claims that answer a query.

        With words: best first, those found by words and those near in meaning (a vector of `query.meaning`) in one
        order. Without: newest first. Another `order` puts the same claims in it. `total` and the facets
        count what words and filters match. A figure in another unit of the same dimension is converted if the store knows
        units. QueryWrong for a cursor that is foreign or of another order.
        """
        after = None if cursor is None else read_cursor(cursor, order)
        with self._lock, self._transactions.snapshot() as connection:
            snapshot = self._snapshot
            snapshot.refresh(connection)
            answers = Answers(connection, snapshot, self._units)
            there = snapshot["live"] if after is None else snapshot["live"] & after.holds(snapshot)
            answering = answers.exact(query.part) & there
            found = np.flatnonzero(answering)
            near: list[int] = []
            if query_vector is not None and query.meaning:
                allowed = answers.allowed(query.part) & there
                near = snapshot.similar(connection, query_vector, allowed, _SIMILAR, least_similarity)
            places = Places(found, answers.ranks[found] if query.words else np.zeros(len(found)))
            if near:
                places = _fused(snapshot, places, near)
            page = places.by(snapshot, order).page(snapshot, None if after is None else after.place, limit + 1)
            is_more = len(page) > limit
            return Found(
                hits=_hits(connection, snapshot, page[:limit], query, (answering, set(near))),
                total=len(found),
                facets=_facets(snapshot, found, self._units),
                next_cursor=write_cursor(snapshot, page[limit - 1], order, after) if is_more else None,
                timelines=_timelines(snapshot, found),
            )

    def prepare(self) -> None:
        """Read all that a search compares into memory, so that the first one need not wait for more than what is new."""
        with self._lock, self._transactions.snapshot() as connection:
            self._snapshot.refresh(connection)

    def reindex(self) -> None:
        """Make all search structures anew from the claims."""
        with self._lock, self._transactions.writing() as connection:
            make_search_schema(connection)
            self._snapshot = Snapshot()


def _fused(snapshot: Snapshot, by_words: Places, near: list[int]) -> Places:
    """Reciprocal rank fusion of what words found and what is near in meaning; `near`: nearest first.

    All that is fused stands before what words alone found beyond the first thousand.
    """
    best = [slot for slot, _ in by_words.page(snapshot, None, _FUSED)]
    scores = np.zeros(len(snapshot))
    scores[by_words.slots] = by_words.scores
    head = np.array(sorted({*best, *near}), np.int64)
    scores[head] = _AHEAD
    for listed in (best, near):
        scores[listed] += 1 / (_FUSION + 1 + np.arange(len(listed)))
    slots = np.union1d(by_words.slots, head)
    return Places(slots, scores[slots])


def _hits(
    connection: Connection,
    snapshot: Snapshot,
    page: list[tuple[int, float]],
    query: Query,
    how: tuple[Mask, set[int]],
) -> tuple[Hit, ...]:
    """The hits of a page. `how`: the slots that answer, and those near in meaning."""
    answering, near = how
    ids = [snapshot.ids[slot] for slot, _ in page]
    claims = {row.id: claim_from(row) for row in by_ids(connection, _CLAIMS, claim.c.id, ids)}
    article_ids = list(dict.fromkeys(one.article_id for one in claims.values()))
    articles = {row.id: article_from(row) for row in by_ids(connection, _ARTICLES, article.c.id, article_ids)}
    hits = []
    for (slot, score), claim_id in zip(page, ids, strict=True):
        one = claims.get(claim_id)  # gone, if it was removed while we looked
        if one is not None:
            marked = marks(query.words, one.evidence.quote)
            hits.append(Hit(one, articles[one.article_id], score, _how(slot in near, bool(answering[slot])), marked))
    return tuple(hits)


def _how(is_near: bool, has_words: bool) -> str:
    if is_near and has_words:
        return "both"
    return "words" if has_words else "meaning"


def _facets(snapshot: Snapshot, slots: Slots, units: Units | None) -> tuple[Facet, ...]:
    facets = []
    for name in _FACETS:
        values = snapshot.names[name].values
        counts = np.bincount(snapshot[name][slots], minlength=len(values))
        some = np.flatnonzero(counts)
        if len(some) > _FACET_VALUES and name != "unit":
            some = some[counts[some] >= np.partition(counts[some], -_FACET_VALUES)[-_FACET_VALUES]]
        pairs = sorted(((values[place], int(counts[place])) for place in some), key=lambda pair: (-pair[1], pair[0]))
        if name == "unit" and units is not None:
            pairs = _by_dimension(pairs, units)
        facets.append(Facet(name, tuple(pairs[:_FACET_VALUES])))
    return tuple(facets)


def _timelines(snapshot: Snapshot, slots: Slots) -> tuple[Timeline, ...]:
    published, first, last = (snapshot[name][slots] for name in ("published", "first", "last"))
    return timeline(DayField.PUBLISHED.value, published, published), timeline(DayField.AS_OF.value, first, last)


def _by_dimension(pairs: list[tuple[str, int]], units: Units) -> list[tuple[str, int]]:
    """Units of one dimension under the name of the most used: who asks for one is given all of them, converted."""
    firsts: dict[str, str] = {}
    counts: dict[str, int] = {}
    for unit, count in pairs:
        first = firsts.setdefault(units.get(unit).dimension, unit)
        counts[first] = counts.get(first, 0) + count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
