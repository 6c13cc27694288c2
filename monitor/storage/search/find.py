"""A query → the claims that answer it, by words and by meaning, with counts."""

import base64
import json
import math
import threading
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from monitor.domain.article import Article
from monitor.domain.search import Facet, Found, Hit, Query
from monitor.domain.unit import Units
from monitor.errors import QueryWrong
from monitor.storage.articles import article_from
from monitor.storage.claims import claim_from
from monitor.storage.rows import by_ids
from monitor.storage.search.schema import make_search_schema
from monitor.storage.search.snapshot import Mask, Names, Slots, Snapshot
from monitor.storage.search.words import matching, words
from monitor.storage.tables import article, claim
from monitor.storage.transactions import Transactions

_FUSION = 60  # of reciprocal rank fusion: how little the very first ranks stand out
_SIMILAR = 100  # claims found by meaning at most
_FACETS = ("publisher", "metric", "unit", "modality", "subject")
_FACET_VALUES = 12

Ranked = list[tuple[float, float, str, str]]
"""Best first: minus score, minus moment, claim id, how it was found. Sorts by itself."""


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
        least_similarity: float = 0.45,
    ) -> Found:
        """The claims that answer a query. Values of one field are alternatives, different fields must all hold.

        With words: best first, those found by words and those near in meaning (a vector of the words given, nothing
        quoted) in one order. Without: newest first. `total` and the facets count what words and filters match. A figure
        in another unit of the same dimension is converted if the store knows units. QueryWrong for a foreign cursor.
        """
        after = None if cursor is None else _read_cursor(cursor)
        with self._lock, self._transactions.reading() as connection:
            snapshot = self._snapshot
            snapshot.refresh(connection)
            allowed = _allowed(snapshot, query, self._units)
            without = [found for phrase in query.without for found in matching(connection, [phrase])]
            allowed[snapshot.slots(without)] = False
            asked = [phrase for phrase in (*query.words, *query.phrases) if words(phrase)]
            if asked:
                ranks = matching(connection, asked)
                matched = np.zeros(len(snapshot), np.bool_)
                matched[snapshot.slots(ranks)] = True
                matched &= allowed
                similar: list[tuple[int, float]] = []
                if query_vector is not None and not query.phrases:
                    snapshot.refresh_vectors(connection)
                    similar = snapshot.similar(query_vector, allowed, _SIMILAR, least_similarity)
                page = _page(_fused(snapshot, ranks, matched, similar), after, limit)
            else:
                matched = allowed
                page = _newest(snapshot, matched, after, limit)
            hits = _hits(connection, page[:limit])
            return Found(
                hits=hits,
                total=int(matched.sum()),
                facets=_facets(snapshot, np.flatnonzero(matched)),
                next_cursor=_write_cursor(page[limit - 1]) if len(page) > limit else None,
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
    for name, asked in (
        ("subject", query.entity),
        ("topic", query.metric),
        ("publisher", query.source),
        ("asserter", query.asserter),
    ):
        if asked:
            mask &= _containing(snapshot, name, asked)
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


def _fused(snapshot: Snapshot, ranks: dict[int, float], matched: Mask, similar: list[tuple[int, float]]) -> Ranked:
    moments = snapshot["moment"]
    by_words = []
    for number, rank in ranks.items():
        slot = snapshot.slot(number)
        if slot is not None and matched[slot]:
            by_words.append((round(rank, 6), -moments[slot], snapshot.ids[slot], slot))
    by_words.sort()
    scores: dict[int, float] = {}
    for place, (_, _, _, slot) in enumerate(by_words, start=1):
        scores[slot] = 1 / (_FUSION + place)
    near = {slot for slot, _ in similar}
    for place, (slot, _) in enumerate(similar, start=1):
        scores[slot] = scores.get(slot, 0.0) + 1 / (_FUSION + place)
    return sorted(
        (-score, -float(moments[slot]), snapshot.ids[slot], _how(slot in near, bool(matched[slot])))
        for slot, score in scores.items()
    )


def _how(is_near: bool, has_words: bool) -> str:
    if is_near and has_words:
        return "both"
    return "words" if has_words else "meaning"


def _page(ranked: Ranked, after: tuple[float, float, str] | None, limit: int) -> Ranked:
    """The page after a place, and one more where there is one."""
    if after is not None:
        ranked = [one for one in ranked if one[:3] > after]
    return ranked[: limit + 1]


def _newest(snapshot: Snapshot, matched: Mask, after: tuple[float, float, str] | None, limit: int) -> Ranked:
    moments = snapshot["moment"]
    slots = np.flatnonzero(matched)
    if after is not None:
        slots = slots[moments[slots] <= -after[1]]
    extra = limit + 1
    if after is not None:  # those of the very same moment may already have been shown
        extra += int((moments[slots] == -after[1]).sum())
    if len(slots) > extra:
        latest = np.partition(moments[slots], len(slots) - extra)[len(slots) - extra]
        slots = slots[moments[slots] >= latest]
    return _page(sorted((0.0, -float(moments[slot]), snapshot.ids[slot], "words") for slot in slots), after, limit)


def _hits(connection: Connection, page: Ranked) -> tuple[Hit, ...]:
    ids = [claim_id for _, _, claim_id, _ in page]
    claims = {row.id: claim_from(row) for row in by_ids(connection, select(claim), claim.c.id, ids)}
    article_ids = list(dict.fromkeys(one.article_id for one in claims.values()))
    rows = by_ids(connection, select(article), article.c.id, article_ids)
    articles: dict[str, Article] = {row.id: article_from(row) for row in rows}
    return tuple(
        Hit(claims[claim_id], articles[claims[claim_id].article_id], -score, how)
        for score, _, claim_id, how in page
        if claim_id in claims
    )


def _facets(snapshot: Snapshot, slots: Slots) -> tuple[Facet, ...]:
    facets = []
    for name in _FACETS:
        values = snapshot.names[name].values
        counts = np.bincount(snapshot[name][slots], minlength=len(values))
        some = np.flatnonzero(counts)
        pairs = sorted(((values[place], int(counts[place])) for place in some), key=lambda pair: (-pair[1], pair[0]))
        facets.append(Facet(name, tuple(pairs[:_FACET_VALUES])))
    return tuple(facets)


def _write_cursor(last: tuple[float, float, str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(last[:3]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[float, float, str]:
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        score, moment, claim_id = json.loads(base64.urlsafe_b64decode(padded))
        return float(score), float(moment), str(claim_id)
    except (ValueError, TypeError) as error:
        raise QueryWrong(
            "Cannot go on from this place", why="the cursor is not one of ours", mend="Start from the first page"
        ) from error
