"""What a reader gets from the archive, and in which order."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.period import Period


class Order(StrEnum):
    """How lists of claims are sorted. Those of equal rank: newest first."""

    BEST = "best"  # the best match; without words the newest
    NEWEST = "newest"
    WORTH = "worth"  # worth a reader's attention


@dataclass(frozen=True)
class Hit:
    """A claim that answers a query. `how`: words, meaning (only similar) or both.

    `marks`: where in its quote words asked for stand, half-open, in order.
    """

    claim: Claim
    article: Article
    score: float
    how: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Facet:
    """How many matching claims have each value of one field, most first."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Bar:
    """How many matching claims are of a period."""

    period: Period
    count: int


@dataclass(frozen=True)
class Timeline:
    """How matching claims lie in time. `name`: published or as-of; `step`: day, month, year, decade or century.

    A claim counts in each step that its time meets, so the counts of `as-of` may be more than the claims.
    """

    name: str
    step: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Found:
    """`total` counts the claims that match by words and filters. `next_cursor` is opaque, None at the end."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    next_cursor: str | None = None
    timelines: tuple[Timeline, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that changed, in order. `number` grows; `kind`: claim, dispute, feed …; `subject_id`: id of the thing."""

    number: int
    at: datetime
    kind: str
    subject_id: str
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())
