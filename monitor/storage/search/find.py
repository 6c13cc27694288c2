"""A query → the claims that answer it, by words and by meaning, with counts."""

import math
import threading
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from monitor.domain.search import Facet, Found, Hit, Order, Query
from monitor.domain.unit import Units
from monitor.storage.articles import article_from
from monitor.storage.claims import claim_from
from monitor.storage.rows import by_ids
from monitor.storage.search.places import Places, read_cursor, write_cursor
from monitor.storage.search.schema import make_search_schema
from monitor.storage.search.snapshot import Mask, Names, Slots, Snapshot
from monitor.storage.search.words import matching, words
from monitor.storage.tables import article, claim
from monitor.storage.transactions import Transactions

_FUSION = 60  # of reciprocal rank fusion: how little the very first ranks stand out
_SIMILAR = 100  # claims found by meaning at most
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
        """The claims that answer a query. Values of one field are alternatives, different fields must all hold.

        With words: best first, those found by words and those near in meaning (a vector of the words given, nothing
        quoted) in one order. Without: newest first. Another `order` puts the same claims in it. `total` and the facets
        count what words and filters match. A figure in another unit of the same dimension is converted if the store knows
        units. QueryWrong for a cursor that is foreign or of another order.
        """
        after = None if cursor is None else read_cursor(cursor, order)
        with self._lock, self._transactions.reading() as connection:
            snapshot = self._snapshot
            snapshot.refresh(connection)
            allowed = _allowed(snapshot, query, self._units)
            for phrase in query.without:
                slots = snapshot.slots(matching(connection, [phrase])[:, 0])
                allowed[slots[slots >= 0]] = False
            asked = [phrase for phrase in (*query.words, *query.phrases) if words(phrase)]
            if asked:
                found = _by_words(snapshot, matching(connection, asked), allowed)
                near: list[int] = []
                if query_vector is not None and not query.phrases:
                    snapshot.refresh_vectors(connection)
                    near = [slot for slot, _ in snapshot.similar(query_vector, allowed, _SIMILAR, least_similarity)]
                places = _fused(snapshot, found, near)
            else:
                found, near = np.flatnonzero(allowed), []
                places = Places(found, np.zeros(len(found)))
            page = places.by(snapshot, order).page(snapshot, after, limit + 1)
            return Found(
                hits=_hits(connection, snapshot, page[:limit], set(found.tolist()) if near else None, set(near)),
                total=len(found),
                facets=_facets(snapshot, found, self._units),
                next_cursor=write_cursor(snapshot, page[limit - 1], order) if len(page) > limit else None,
            )

    def nearest(
        self, vector: bytes, k: int = 10, *, least_similarity: float = 0.45, status: Sequence[str] = ("current",)
    ) -> list[tuple[str, float]]:
        """Ids of the claims nearest in meaning with their cosine, nearest first."""
        with self._lock, self._transactions.reading() as connection:
            self._snapshot.refresh(connection)
            self._snapshot.refresh_vectors(connection)
            allowed = _allowed(self._snapshot, Query(status=tuple(status)), None)
            found = self._snapshot.similar(vector, allowed, k, least_similarity)
            return [(self._snapshot.ids[slot], cosine) for slot, cosine in found]

    def reindex(self) -> None:
        """Make all search structures anew from the claims."""
        with self._lock, self._transactions.writing() as connection:
            make_search_schema(connection)
            self._snapshot = Snapshot()


def _allowed(snapshot: Snapshot, query: Query, units: Units | None) -> Mask:
    """The slots that pass every filter."""
    mask = snapshot["live"].copy()
    for name, asked in (("modality", query.modality), ("status", query.status)):
        if asked:
            mask &= _of(snapshot, name, asked)
    for name, whole, asked in (
        ("subject", "subject", query.entity),
        ("topic", "metric", query.metric),
        ("publisher", "publisher", query.source),
        ("asserter", "asserter", query.asserter),
    ):
        if asked:
            parts, exact = [one for one in asked if one[:1] != "="], [one[1:] for one in asked if one[:1] == "="]
            mask &= _containing(snapshot, name, parts) | _of(snapshot, whole, exact)
    if query.unit is not None or query.low is not None or query.high is not None:
        mask &= _with_figure(snapshot, query, units)
    if query.since is not None or query.until is not None:
        mask &= _between(snapshot["published"], snapshot["published"], query.since, query.until)
    if query.as_of_since is not None or query.as_of_until is not None:
        mask &= _between(snapshot["first"], snapshot["last"], query.as_of_since, query.as_of_until)
    return mask


def _chosen(snapshot: Snapshot, name: str, values: Mask) -> Mask:
    if not len(values):
        return np.zeros(len(snapshot), np.bool_)
    chosen: Mask = values[snapshot[name]]
    return chosen


def _of(snapshot: Snapshot, name: str, asked: Sequence[str]) -> Mask:
    return _chosen(snapshot, name, snapshot.names[name].which(lambda value: value in asked))


def _containing(snapshot: Snapshot, name: str, asked: Sequence[str]) -> Mask:
    """The slots in whose field one of these stands as whole words, singular or plural."""
    wanted = [_singular(phrase) for phrase in asked]
    return _chosen(
        snapshot, name, snapshot.names[name].which(lambda value: any(one in _singular(value) for one in wanted))
    )


@lru_cache(maxsize=100_000)  # the distinct subjects, metrics and publishers
def _singular(text: str) -> str:
    """Words in lower case without a plural s: what two spellings of one name share."""
    return (
        "".join(
            f" {word[:-1] if len(word) > 3 and word.endswith('s') and not word.endswith('ss') else word}"
            for word in words(text)
        )
        + " "
    )


def _with_figure(snapshot: Snapshot, query: Query, units: Units | None) -> Mask:
    factors = _factors(snapshot.names["unit"], query.unit, units)
    factor = factors[snapshot["unit"]] if len(factors) else np.zeros(len(snapshot))
    mask: Mask = ~np.isnan(factor)
    if query.low is None and query.high is None:
        return mask
    low, high = snapshot["low"] * factor, snapshot["high"] * factor
    mask &= ~np.isnan(low)
    with np.errstate(invalid="ignore"):
        if query.low is not None:
            bound = float(query.low)
            mask &= (high > bound) & ~_same(high, bound) | (_same(high, bound) & (not query.low_open))
        if query.high is not None:
            bound = float(query.high)
            mask &= (low < bound) & ~_same(low, bound) | (_same(low, bound) & (not query.high_open))
    return mask


def _same(values: Any, bound: float) -> Mask:
    """Equal but for what converting units in binary fractions does to the last digits."""
    same: Mask = np.isclose(values, bound, rtol=1e-12, atol=0)
    return same


def _factors(names: Names, asked: str | None, units: Units | None) -> Any:
    """For each unit of the claims what turns its figures into the unit asked for; NaN where nothing does."""
    factors = np.full(len(names.values), 1.0 if asked is None else math.nan)
    for place, name in enumerate(names.values):
        if name == asked:
            factors[place] = 1.0
        elif asked is not None and units is not None and units.get(name).dimension == units.get(asked).dimension:
            factors[place] = float(units.get(name).factor / units.get(asked).factor)
    return factors


def _between(first: Any, last: Any, since: date | None, until: date | None) -> Mask:
    mask: Mask = last > 0
    if since is not None:
        mask &= last >= since.toordinal()
    if until is not None:
        mask &= first <= until.toordinal()
    return mask


def _by_words(snapshot: Snapshot, matches: NDArray[np.float64], allowed: Mask) -> Slots:
    """The slots that match, best first: by rank value, then newest, then by id."""
    slots = snapshot.slots(matches[:, 0])
    known = slots >= 0
    slots, ranks = slots[known], np.round(matches[known, 1], 6)
    passed = allowed[slots]
    slots, ranks = slots[passed], ranks[passed]
    best: Slots = slots[np.lexsort((snapshot["tie"][slots], -snapshot["moment"][slots], ranks))]
    return best


def _fused(snapshot: Snapshot, by_words: Slots, near: list[int]) -> Places:
    """Reciprocal rank fusion of two lists that are best first."""
    scores = np.zeros(len(snapshot))
    scores[by_words] = 1 / (_FUSION + 1 + np.arange(len(by_words)))
    for place, slot in enumerate(near):
        scores[slot] += 1 / (_FUSION + 1 + place)
    slots = np.flatnonzero(scores)
    return Places(slots, scores[slots])


def _hits(
    connection: Connection, snapshot: Snapshot, page: list[tuple[int, float]], by_words: set[int] | None, near: set[int]
) -> tuple[Hit, ...]:
    ids = [snapshot.ids[slot] for slot, _ in page]
    claims = {row.id: claim_from(row) for row in by_ids(connection, _CLAIMS, claim.c.id, ids)}
    article_ids = list(dict.fromkeys(one.article_id for one in claims.values()))
    articles = {row.id: article_from(row) for row in by_ids(connection, _ARTICLES, article.c.id, article_ids)}
    hits = []
    for (slot, score), claim_id in zip(page, ids, strict=True):
        one = claims.get(claim_id)  # gone, if it was removed while we looked
        if one is not None:
            how = _how(slot in near, by_words is None or slot in by_words)
            hits.append(Hit(one, articles[one.article_id], score, how))
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


def _by_dimension(pairs: list[tuple[str, int]], units: Units) -> list[tuple[str, int]]:
    """Units of one dimension under the name of the most used: who asks for one is given all of them, converted."""
    firsts: dict[str, str] = {}
    counts: dict[str, int] = {}
    for unit, count in pairs:
        first = firsts.setdefault(units.get(unit).dimension, unit)
        counts[first] = counts.get(first, 0) + count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
