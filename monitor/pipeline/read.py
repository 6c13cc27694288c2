"""Articles → the claims in them, their origin, and a vector for each claim."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from monitor.articles.origins import fingerprint, is_copy
from monitor.articles.wording import wording
from monitor.domain.article import Article, Reading, fullness, is_read
from monitor.domain.ids import content_id
from monitor.domain.origin import Fingerprint
from monitor.pipeline.corrected import as_corrected
from monitor.pipeline.edges import Edges
from monitor.pipeline.settled import Failed, Settled


def read_articles(edges: Edges, article_ids: Sequence[str]) -> Iterator[Settled | Failed]:
    """Article ids → ids of the claims in them. An article read again gives the same claims.

    One in a language that is not read has none; copies of it are found all the same.
    """
    articles = _in_order(edges.store.articles.get(article_ids), article_ids)
    prints = _find_origins(edges, articles)
    corrected = as_corrected(edges, articles, _read(edges, articles))
    vectors = _encode(edges, [reading for reading in corrected.readings if isinstance(reading, Reading)])
    for article, reading in zip(articles, corrected.readings, strict=True):
        if isinstance(reading, Exception):
            yield Failed(article.id, reading)
        else:
            carried = corrected.of(reading.claims)
            yield Settled([article.id], _saving(edges, reading, prints[article.id], vectors, carried))


def _read(edges: Edges, articles: Sequence[Article]) -> list[Reading | Exception]:
    known = [article for article in articles if is_read(article.language, edges.limits.languages)]
    results = dict(zip((article.id for article in known), edges.read(known) if known else (), strict=True))
    return [results.get(article.id, Reading(article.id, (), ())) for article in articles]


def _in_order(articles: Sequence[Article], ids: Sequence[str]) -> list[Article]:
    by_id = {article.id: article for article in articles}
    return [by_id[one] for one in ids if one in by_id]


def _find_origins(edges: Edges, articles: Sequence[Article]) -> dict[str, Fingerprint]:
    """The fingerprint of each article with its origin. Articles of this batch count as known to those after them."""
    found: dict[str, Fingerprint] = {}
    for article in articles:
        values, bands = fingerprint(article.id, article.text)
        near = {one.article_id: one for one in edges.store.articles.fingerprints(bands)}
        near |= {one.article_id: one for one in found.values() if not set(bands).isdisjoint(one.bands)}
        origin = _origin(edges, article, values, near)
        found[article.id] = Fingerprint(article.id, origin, values, bands)
    return found


def _origin(edges: Edges, article: Article, values: tuple[int, ...], near: Mapping[str, Fingerprint]) -> str:
    """The origin of the most similar text that carries the same, or one of its own named after this article."""
    if article.id in near:
        return near[article.id].origin_id
    told = wording(article.text)
    texts = edges.store.articles.get(sorted(near))
    alike = [near[other.id] for other in texts if is_copy(told, wording(other.text))]
    if alike:
        return min(alike, key=lambda other: (-_shared(values, other.values), other.origin_id)).origin_id
    return _origin_of_excerpt(edges, article) or content_id("org", article.id)


def _origin_of_excerpt(edges: Edges, article: Article) -> str | None:
    """The origin of what a feed carried of this very article before its text could be had, or the other way round."""
    versions = edges.store.articles.by_url(article.canonical_url)
    others = [one for one in versions if fullness(one.basis) != fullness(article.basis)]
    return next((one.origin_id for one in others if one.origin_id), None)


def _shared(a: Sequence[int], b: Sequence[int]) -> int:
    """How many values two fingerprints share; one that an earlier version made is shorter."""
    return sum(left == right for left, right in zip(a, b, strict=False))


def _encode(edges: Edges, readings: Sequence[Reading]) -> dict[str, bytes]:
    claims = [claim for reading in readings for claim in reading.claims]
    if not claims:
        return {}
    vectors = edges.encoder.encode([claim.statement() for claim in claims])
    return {claim.id: vector for claim, vector in zip(claims, vectors, strict=True)}


def _saving(
    edges: Edges,
    reading: Reading,
    origin: Fingerprint,
    vectors: Mapping[str, bytes],
    carried: Mapping[str, Sequence[str]],
) -> Callable[[], list[str]]:
    own = {claim.id: vectors[claim.id] for claim in reading.claims}

    def save() -> list[str]:
        edges.store.articles.put_fingerprint(origin)
        edges.store.claims.settle_reading(reading, own, edges.encoder.name, edges.now())
        for decision_id, claim_ids in carried.items():
            edges.store.decisions.carry(decision_id, claim_ids)
        return list(own)

    return save
