"""What a reader asks of the archive and what he gets."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from monitor.domain.article import Article
from monitor.domain.claim import Claim


class Order(StrEnum):
    """How lists of claims are sorted. Those of equal rank: newest first."""

    BEST = "best"  # the best match; without words the newest
    NEWEST = "newest"
    WORTH = "worth"  # worth a reader's attention


@dataclass(frozen=True)
class Query:
    """A reader's question, parsed. `words` and `phrases` must all occur; `without` must not. Empty fields do not filter.

    A name of `entity`, `metric`, `source` or `asserter` that begins with `=` is meant whole, else as part of a name.

    `low`/`high` are in `unit` (canonical, None: any unit). `since`/`until` bound the day of publication, `as_of_since`/
    `as_of_until` the time that the figure is of. `text` is what was typed.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    asserter: tuple[str, ...] = ()
    unit: str | None = None
    modality: tuple[str, ...] = ()
    status: tuple[str, ...] = ("current",)
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    since: date | None = None
    until: date | None = None
    as_of_since: date | None = None
    as_of_until: date | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A claim that answers a query. `how`: words, meaning (only similar) or both."""

    claim: Claim
    article: Article
    score: float
    how: str


@dataclass(frozen=True)
class Facet:
    """How many matching claims have each value of one field, most first."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Found:
    """`total` counts the claims that match by words and filters. `next_cursor` is opaque, None at the end."""

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    next_cursor: str | None = None


@dataclass(frozen=True)
class Event:
    """Something that changed, in order. `number` grows; `kind`: claim, dispute, feed …; `subject_id`: id of the thing."""

    number: int
    at: datetime
    kind: str
    subject_id: str
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())
