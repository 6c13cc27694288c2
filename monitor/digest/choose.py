"""What changed and for whom, to the items of an issue in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.digest import Digest, DigestClaim, DisputeItem, Subscriber, WatchItem
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState
from monitor.domain.feed import Feed
from monitor.domain.feed_health import FeedReport
from monitor.domain.question import Question

ENDED = frozenset({DisputeState.EXPLAINED, DisputeState.SETTLED, DisputeState.DISMISSED})
CLAIMS_PER_WATCH = 5
FEEDS = 20


@dataclass(frozen=True)
class ChangedDispute:
    """A dispute with what a mail shows of it. `positions` as in the dispute, `events`: those since the last issue."""

    dispute: Dispute
    question: Question
    positions: tuple[tuple[DigestClaim, ...], ...]
    events: tuple[DisputeEvent, ...]


@dataclass(frozen=True)
class Changes:
    """All that happened after a subscriber's cursor. `corrections`: (claim of the older version, of the newer).

    `feeds`: all as they are now, those that need a look first; `feeds_back`: those that answer again.
    """

    disputes: tuple[ChangedDispute, ...] = ()
    claims: tuple[DigestClaim, ...] = ()
    corrections: tuple[tuple[DigestClaim, DigestClaim], ...] = ()
    feeds: tuple[FeedReport, ...] = ()
    feeds_back: tuple[Feed, ...] = ()
    articles_read: int = 0
    claims_found: int = 0
    cursor: int = 0


def choose(
    changes: Changes,
    subscriber: Subscriber,
    *,
    at: datetime,
    period: str,
    watched: Sequence[tuple[str, Sequence[DigestClaim]]] = (),
    limit: int = 30,
) -> Digest:
    """The issue of one subscriber. `watched`: for each of his watches, by name, the new claims that answer it.

    Disputes with the most independent origins come first, then the widest; at most `limit` of them, new before moved
    before settled. A claim that a dispute of this issue shows is not repeated under a watch.
    """
    by_claim = {
        found.claim.id: [name for name, claims in watched if found in claims] for _, cs in watched for found in cs
    }
    items = [_item(changed, by_claim) for changed in sorted(changes.disputes, key=_rank)]
    new = [item for item in items if item.change in ("new", "reopened")]
    settled = [item for item in items if item.change == "settled"]
    moved = [item for item in items if item.change == "moved"]
    kept = {item.dispute.id for item in (new + moved + settled)[:limit]}
    shown = {found.claim.id for item in items if item.dispute.id in kept for p in item.positions for found in p}
    unwell = [report for report in changes.feeds if report.health.condition.is_unwell]
    return Digest(
        subscriber=subscriber,
        period=period,
        at=at,
        new=tuple(item for item in new if item.dispute.id in kept),
        moved=tuple(item for item in moved if item.dispute.id in kept),
        settled=tuple(item for item in settled if item.dispute.id in kept),
        watched=tuple(item for name, claims in watched if (item := _watch_item(name, claims, shown)).claims),
        corrections=changes.corrections[:limit],
        feeds_unwell=tuple(unwell[:FEEDS]),
        feeds_back=changes.feeds_back[:FEEDS],
        more_feeds=max(0, len(unwell) - FEEDS),
        articles_read=changes.articles_read,
        claims_found=changes.claims_found,
        more_disputes=max(0, len(items) - limit),
        cursor=changes.cursor,
    )


def is_quiet(digest: Digest) -> bool:
    """Whether there is nothing to tell: no dispute, no watched claim, no correction."""
    return not (digest.new or digest.moved or digest.settled or digest.watched or digest.corrections)


def _rank(changed: ChangedDispute) -> tuple[int, int, str]:
    shown = sum(len(position) for position in changed.positions)
    return (-changed.dispute.origins, -shown, changed.dispute.id)


def _item(changed: ChangedDispute, by_claim: dict[str, list[str]]) -> DisputeItem:
    names = {name for p in changed.positions for found in p for name in by_claim.get(found.claim.id, ())}
    return DisputeItem(
        changed.dispute, changed.question, changed.positions, watches=tuple(sorted(names)), change=_change(changed)
    )


def _change(changed: ChangedDispute) -> str:
    """The word for what happened to a dispute since the last issue: new, reopened, settled or moved."""
    states = [event.state for event in changed.events]
    if changed.dispute.state in ENDED:
        return "settled"
    if DisputeState.REOPENED in states:
        return "reopened"
    kinds = {event.kind for event in changed.events}
    return "new" if kinds & {"opened", "proposed"} else "moved"


def _watch_item(name: str, claims: Sequence[DigestClaim], shown: set[str]) -> WatchItem:
    """The claims most worth a look; of equal ones those that came first."""
    rest = [found for found in claims if found.claim.id not in shown]
    rest.sort(key=lambda found: -(found.claim.worth or 0.0))
    return WatchItem(name, tuple(rest[:CLAIMS_PER_WATCH]), more=max(0, len(rest) - CLAIMS_PER_WATCH))
