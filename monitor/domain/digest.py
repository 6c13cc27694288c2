"""The morning mail: who gets it, what is in it, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.dispute import Dispute
from monitor.domain.feed import Feed
from monitor.domain.feed_health import FeedReport
from monitor.domain.question import Question


@dataclass(frozen=True)
class Subscriber:
    """`weekdays`: 0 is Monday. `cursor`: last event number told. `token`: opaque, for one-click unsubscribe."""

    id: str
    address: str
    zone: str
    at: time
    token: str
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    active: bool = True
    suspended_reason: str = ""
    cursor: int = 0
    quiet: str = "skip"
    watches: tuple[str, ...] = ()


@dataclass(frozen=True)
class DigestClaim:
    """A claim as a digest shows it, with its article. `before`: the figure that a watch told of before this one."""

    claim: Claim
    article: Article
    before: str = field(default="", compare=False)


@dataclass(frozen=True)
class DisputeItem:
    """A dispute with its question, and for each position the claims to show."""

    dispute: Dispute
    question: Question
    positions: tuple[tuple[DigestClaim, ...], ...]
    watches: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True)
class WatchItem:
    """New claims that one watch matched; `more`: how many are left out."""

    watch: str
    claims: tuple[DigestClaim, ...]
    more: int = 0


@dataclass(frozen=True)
class Digest:
    """One issue, before it is rendered. Sections in the order of PRODUCT.md 4.2."""

    subscriber: Subscriber
    period: str
    at: datetime
    new: tuple[DisputeItem, ...] = ()
    moved: tuple[DisputeItem, ...] = ()
    settled: tuple[DisputeItem, ...] = ()
    watched: tuple[WatchItem, ...] = ()
    corrections: tuple[tuple[DigestClaim, DigestClaim], ...] = ()
    feeds_unwell: tuple[FeedReport, ...] = ()
    feeds_back: tuple[Feed, ...] = ()
    articles_read: int = 0
    claims_found: int = 0
    more_disputes: int = 0
    more_feeds: int = 0
    cursor: int = 0


class MailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Rendered:
    """A digest as it will be sent: `message` is the whole RFC 5322 message, frozen at planning."""

    subject: str
    text: str
    html: str
    message: bytes = b""
    message_id: str = ""


@dataclass(frozen=True)
class Issue:
    """A row of the outbox: one digest to one subscriber for one period. `id` is unique for (subscriber, period).

    `cursor`: number of the last event it tells of; planning it moves the subscriber's cursor there.
    """

    id: str
    subscriber_id: str
    address: str
    period: str
    planned: datetime
    expires: datetime
    rendered: Rendered
    state: MailState = MailState.QUEUED
    attempts: int = 0
    reply: str = ""
    sent: datetime | None = None
    counts: tuple[tuple[str, int], ...] = field(default=())
    cursor: int = 0
