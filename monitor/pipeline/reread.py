"""Articles read again: what another version of the reading adds, drops and changes, and letting it take the place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from monitor.domain.article import Article, Reading, is_read
from monitor.domain.claim import Claim
from monitor.pipeline.corrected import as_corrected
from monitor.pipeline.edges import Edges

_BATCH = 16
# What is not read in a text, or follows from all the rest.
_NOT_READ = frozenset({"reader", "read_by", "confidence", "worth", "question_id", "status"})


@dataclass(frozen=True)
class Difference:
    """What reading an article again would change. `changed`: claim before, claim after, the fields that differ."""

    article: Article
    added: tuple[Claim, ...] = ()
    dropped: tuple[Claim, ...] = ()
    changed: tuple[tuple[Claim, Claim, tuple[str, ...]], ...] = ()
    failed: Exception | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether the article reads as before."""
        return not (self.added or self.dropped or self.changed or self.failed)


def differences(edges: Edges, article_ids: Sequence[str]) -> Iterator[Difference]:
    """What reading these articles again would change; nothing is stored. Those that read as before are left out."""
    for start in range(0, len(article_ids), _BATCH):
        articles = edges.store.articles.get(article_ids[start : start + _BATCH])
        articles = [one for one in articles if is_read(one.language, edges.limits.languages)]
        for article, reading in zip(articles, as_corrected(edges, articles, edges.read(articles)).readings, strict=True):
            found = _difference(edges, article, reading)
            if not found.is_nothing:
                yield found


def read_again(edges: Edges, article_ids: Sequence[str]) -> int:
    """Let articles wait to be read, filed and compared anew. How many do. What people decided on their claims stays."""
    store = edges.store
    with store.transaction():
        claims = [claim for one in article_ids for claim in store.claims.of_article(one)]
        store.work.redo("claim", [claim.id for claim in claims])
        store.work.redo("question", sorted({claim.question_id for claim in claims if claim.question_id}))
        return store.work.redo("article", article_ids)


def _difference(edges: Edges, article: Article, reading: Reading | Exception) -> Difference:
    if isinstance(reading, Exception):
        return Difference(article, failed=reading)
    before = {claim.id: claim for claim in edges.store.claims.of_article(article.id)}
    after = {claim.id: claim for claim in reading.claims}
    both = [(before[key], claim, _differing(before[key], claim)) for key, claim in after.items() if key in before]
    return Difference(
        article,
        tuple(claim for key, claim in after.items() if key not in before),
        tuple(claim for key, claim in before.items() if key not in after),
        tuple(pair for pair in both if pair[2]),
    )


def _differing(before: Claim, after: Claim) -> tuple[str, ...]:
    names = [one.name for one in fields(Claim) if one.name not in _NOT_READ]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
