"""An invented article of one text, and what is asked of its reading."""

from collections.abc import Callable
from datetime import datetime

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim

PUBLISHED = datetime.fromisoformat("2027-05-12T09:00:00+02:00")  # a Wednesday
Read = Callable[..., Reading]  # the arguments of `article` → its reading


def article(
    text: str,
    title: str = "",
    *,
    publisher: str = "North Ledger",
    published: datetime = PUBLISHED,
    author: str = "",
) -> Article:
    """An article that arrived as soon as it was published."""
    url = "https://n.example/a"
    return Article("art-x", url, url, title, text, publisher, published, published, author=author)


def claim(reading: Reading, span: str, where: str = "body") -> Claim:
    """The first claim whose span holds these words."""
    return next(one for one in reading.claims if span in one.evidence.span and one.evidence.where == where)


def chain(reading: Reading, span: str, where: str = "body") -> list[str]:
    """Its chain without the publisher that ends it; labels with a wave where nobody is named."""
    return [source.name or f"~{source.label}" for source in claim(reading, span, where).sources[:-1]]


def time_of(reading: Reading, span: str, where: str = "body") -> str | None:
    """Its time in ISO 8601."""
    period = claim(reading, span, where).time
    return period.iso() if period is not None else None
