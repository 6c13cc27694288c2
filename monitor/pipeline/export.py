"""What is stored → lines of the interchange format, sorted by id, the same on every run and database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from monitor.domain.article import Article
from monitor.interchange import article_line, claim_line, entity_line, entry_line, outward_id, relation_line
from monitor.storage.store import Store

_AT_ONCE = 200
T = TypeVar("T")


def entries(store: Store, since: date | None) -> Iterator[str]:
    """Entries by the id that their feed gave, then by feed and address."""
    found = [entry for entry in store.entries.all() if _fresh(entry.updated or entry.published, since)]
    found.sort(key=lambda entry: ((entry.guid or "").encode(), entry.feed_url, entry.url))
    for some in _cut(found):
        wanted = sorted({entry.article_id for entry in some if entry.article_id})
        names = {article.id: outward_id(article) for article in store.articles.get(wanted)}
        yield from (entry_line(entry, names.get(entry.article_id or "")) for entry in some)


def articles(store: Store, since: date | None) -> Iterator[str]:
    """Article versions. Only ids are held in memory: texts may be many."""
    keys = sorted((outward_id(one).encode(), one.id) for one in store.articles.all() if _is_fresh(one, since))
    for some in _cut([key for _, key in keys]):
        yield from (article_line(one) for one in store.articles.get(some))


def entities(store: Store, since: date | None) -> Iterator[str]:
    """Entities that an article mentions, or that a person gave."""
    yield from (entity_line(entity) for entity in store.entities.all())


def claims(store: Store, since: date | None) -> Iterator[str]:
    """Claims of every status."""
    for some in _cut(store.claims.all()):
        wanted = sorted({claim.article_id for claim in some})
        homes = {article.id: article for article in store.articles.get(wanted)}
        for claim in some:
            home = homes[claim.article_id]
            if _is_fresh(home, since):
                yield claim_line(claim, home)


def relations(store: Store, since: date | None) -> Iterator[str]:
    """Relations, those between copies of one text left out."""
    for some in _cut(store.relations.all()):
        ids = sorted({one for relation, _ in some for one in (relation.a, relation.b)})
        claims = {claim.id: claim for claim in store.claims.get(ids)}
        wanted = sorted({claim.article_id for claim in claims.values()})
        homes = {article.id: article for article in store.articles.get(wanted)}
        for relation, state in some:
            a, b = (homes[claims[one].article_id] for one in (relation.a, relation.b))
            if not are_copies(a, b) and (_is_fresh(a, since) or _is_fresh(b, since)):
                yield relation_line(relation, state)


def are_copies(a: Article, b: Article) -> bool:
    """Whether two articles carry one text at two addresses. Two versions at one address are no copies."""
    return a.origin_id is not None and a.origin_id == b.origin_id and a.canonical_url != b.canonical_url


EXPORTS: dict[str, Callable[[Store, date | None], Iterator[str]]] = {
    "entries": entries,
    "articles": articles,
    "entities": entities,
    "claims": claims,
    "relations": relations,
}


def _is_fresh(article: Article, since: date | None) -> bool:
    return _fresh(article.updated or article.published or article.arrived, since)


def _fresh(moment: datetime | None, since: date | None) -> bool:
    return since is None or (moment is not None and moment.astimezone(UTC).date() >= since)


def _cut(items: Iterable[T]) -> Iterator[Sequence[T]]:
    some: list[T] = []
    for item in items:
        some.append(item)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
