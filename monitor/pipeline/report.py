"""What changed → the morning mail: planned into the outbox, then sent from there.

The outbox makes sure of once: an issue is rendered, frozen and stored in the transaction that moves the subscriber's
cursor, and carries the same Message-ID in every attempt.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.digest.choose import ChangedDispute, Changes, choose, is_quiet
from monitor.digest.schedule import Slot, slot
from monitor.domain.article import Article, fullness
from monitor.domain.claim import ClaimStatus
from monitor.domain.digest import Digest, DigestClaim, Issue, MailState, Rendered, Subscriber
from monitor.domain.dispute import Dispute
from monitor.domain.ids import content_id
from monitor.domain.relation import Told
from monitor.domain.search import Event
from monitor.domain.watch import News
from monitor.errors import LeaseLost, MailDeferred, MailRefused, MailUnclear, MonitorError, NotFound
from monitor.feeds.health import worst_first
from monitor.pipeline.edges import Edges
from monitor.pipeline.watching import news_of, telling

log = logging.getLogger("monitor.report")

_PAGE = 1000
_SHOWN_PER_POSITION = 3
_LONGEST_WAIT = timedelta(hours=4)


@dataclass
class Sent:
    """What one round of sending came to."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0


def plan_digests(edges: Edges) -> int:
    """Plan the issue of every subscriber whose hour has come. How many were planned; planned again, none is."""
    planned = 0
    for subscriber in edges.store.subscribers.list():
        due = slot(subscriber, edges.now()) if subscriber.active else None
        if due is not None and not _is_planned(edges, subscriber, due.period):
            planned += plan_issue(edges, subscriber, due)
    return planned


def _is_planned(edges: Edges, subscriber: Subscriber, period: str) -> bool:
    try:
        edges.store.digests.get(content_id("dig", subscriber.id, period))
    except NotFound:
        return False
    return True


def plan_issue(edges: Edges, subscriber: Subscriber, due: Slot) -> int:
    """Choose, render and store one issue. A day with nothing to tell is noted, so that it is not told later."""
    digest = compose_digest(edges, subscriber, due)
    rendered = edges.post.compose(digest)
    quiet = is_quiet(digest) and subscriber.quiet == "skip"
    issue = Issue(
        id=content_id("dig", subscriber.id, due.period),
        subscriber_id=subscriber.id,
        address=subscriber.address,
        period=due.period,
        planned=edges.now(),
        expires=due.at + edges.post.expires,
        rendered=rendered,
        state=MailState.EXPIRED if quiet else MailState.QUEUED,
        reply="nothing new to tell" if quiet else "",
        counts=_counts(digest),
        cursor=digest.cursor,
    )
    stored = edges.store.digests.plan([issue])
    return 0 if quiet else stored


def _counts(digest: Digest) -> tuple[tuple[str, int], ...]:
    return (
        ("new", len(digest.new)),
        ("moved", len(digest.moved)),
        ("settled", len(digest.settled)),
        ("claims", sum(len(item.claims) + item.more for item in digest.watched)),
    )


def preview(edges: Edges, subscriber: Subscriber, due: Slot) -> Rendered:
    """The issue as it would be sent, with nothing stored."""
    return edges.post.compose(compose_digest(edges, subscriber, due))


def compose_digest(edges: Edges, subscriber: Subscriber, due: Slot) -> Digest:
    """What is in the issue of this subscriber for this slot."""
    changes = load_changes(edges, subscriber.cursor)
    watched = _watched(edges, subscriber, changes.claims)
    return choose(changes, subscriber, at=due.at, period=due.period, watched=watched, limit=edges.post.items)


def load_changes(edges: Edges, cursor: int) -> Changes:
    """All that happened after this event, as values."""
    events = list(_events_since(edges, cursor))
    disputes = edges.store.disputes.get(_subjects(events, "dispute"))
    claims = _digest_claims(edges, _subjects(events, "claim", "new"))
    feeds = worst_first(edges.store.feeds.list(), edges.now())
    back = set(_subjects(events, "feed", "ok"))
    return Changes(
        disputes=tuple(_changed(edges, dispute, events) for dispute in disputes),
        claims=tuple(one for one in claims if one.article.is_latest),
        corrections=(*_announced(edges, events), *_silent(edges, events)),
        feeds=tuple(feeds),
        feeds_back=tuple(one.feed for one in feeds if one.feed.id in back and not one.health.condition.is_down),
        articles_read=len({one.article.id for one in claims}),
        claims_found=len(claims),
        cursor=max((event.number for event in events), default=cursor),
    )


def _events_since(edges: Edges, number: int) -> Iterable[Event]:
    while page := edges.store.events.since(number, _PAGE):
        yield from page
        number = page[-1].number


def _subjects(events: Iterable[Event], kind: str, detail: str | None = None) -> list[str]:
    """What these events are about, each once."""
    told = (event for event in events if event.kind == kind and detail in (None, event.detail))
    return list(dict.fromkeys(event.subject_id for event in told))


def _changed(edges: Edges, dispute: Dispute, events: Sequence[Event]) -> ChangedDispute:
    question = edges.store.questions.get([dispute.question_id])[0]
    first = min(event.at for event in events if event.kind == "dispute" and event.subject_id == dispute.id)
    fresh = [event for event in edges.store.disputes.events(dispute.id) if event.at >= first]
    positions = tuple(
        tuple(_digest_claims(edges, position.claim_ids)[:_SHOWN_PER_POSITION]) for position in dispute.positions
    )
    return ChangedDispute(dispute, question, positions, tuple(fresh))


def _digest_claims(edges: Edges, claim_ids: Sequence[str]) -> list[DigestClaim]:
    claims = {claim.id: claim for claim in edges.store.claims.get(claim_ids)}
    found = [claims[one] for one in claim_ids if one in claims]
    wanted = sorted({claim.article_id for claim in found})
    articles = {article.id: article for article in edges.store.articles.get(wanted)}
    return [DigestClaim(claim, articles[claim.article_id]) for claim in found]


def _announced(edges: Edges, events: Sequence[Event]) -> Iterable[tuple[DigestClaim, DigestClaim]]:
    """Claims that were put right in print, each with the claim that does so; a slip's mention of itself is none."""
    for old in _digest_claims(edges, _subjects(events, "claim", ClaimStatus.CORRECTED.value)):
        for new in _digest_claims(edges, [old.claim.corrected_by] if old.claim.corrected_by else []):
            if new.article.id != old.article.id:
                yield old, new


def _silent(edges: Edges, events: Sequence[Event]) -> Iterable[tuple[DigestClaim, DigestClaim]]:
    """For articles that came in a new version: a figure of the older that the newer gives otherwise, on one question.

    What is put right in print is told as such. The text of an article is no correction of what a feed carried of it.
    """
    for newer in edges.store.articles.get(_subjects(events, "article", "version")):
        if newer.version > 1:
            older = [one for one in edges.store.articles.by_url(newer.canonical_url) if one.version == newer.version - 1]
            for article in older:
                if fullness(article.basis) == fullness(newer.basis):
                    yield from _changed_figures(edges, article, newer)


def _changed_figures(edges: Edges, older: Article, newer: Article) -> Iterable[tuple[DigestClaim, DigestClaim]]:
    after = {claim.question_id: claim for claim in edges.store.claims.of_article(newer.id) if claim.question_id}
    for claim in edges.store.claims.of_article(older.id):
        other = after.get(claim.question_id) if claim.question_id else None
        if other is not None and other.quantity != claim.quantity and claim.status is not ClaimStatus.CORRECTED:
            yield DigestClaim(claim, older), DigestClaim(other, newer)


def _watched(edges: Edges, subscriber: Subscriber, claims: Sequence[DigestClaim]) -> list[tuple[str, list[DigestClaim]]]:
    told = [Told(one.claim, one.article) for one in claims]
    watches = [one for one in edges.store.watches.list() if one.digest and one.owner in ("", subscriber.address)]
    return [
        (watch.name, [_digest_claim(one) for one in news_of(edges, wanted, told)])
        for watch, wanted in telling(watches, edges.units)
    ]


def _digest_claim(one: News) -> DigestClaim:
    return DigestClaim(one.told.claim, one.told.article, one.before.claim.printed if one.before else "")


def send_mail(edges: Edges, lease: timedelta = timedelta(minutes=10)) -> Sent:
    """Send what waits in the outbox and is due. One recipient that fails leaves the others alone."""
    done = Sent()
    unclear: Literal["resend", "hold"] = "resend" if edges.post.resend_unclear else "hold"
    for issue in edges.store.digests.claim_mail(edges.owner, edges.now(), lease, unclear=unclear):
        try:
            _send(edges, issue, done)
        except LeaseLost as error:
            log.warning("mail %s: %s", issue.id, error)
    return done


def _send(edges: Edges, issue: Issue, done: Sent) -> None:
    digests, now = edges.store.digests, edges.now()
    if not edges.store.subscribers.get(issue.subscriber_id).active:
        digests.failed(issue.id, "not sent: its reader gets no mail any more", edges.owner)
        return
    try:
        reply = edges.post.send(issue.rendered.message, edges.post.sender, issue.address)
    except MailRefused as error:
        _refused(edges, issue, error)
        done.failed += 1
    except (MailDeferred, MailUnclear) as error:
        _later(edges, issue, error, done)
    else:
        digests.sent(issue.id, reply, now, edges.owner)
        done.sent += 1


def _refused(edges: Edges, issue: Issue, error: MailRefused) -> None:
    """Give the issue up. An address that takes nothing is not written to again until somebody subscribes it anew."""
    log.warning("mail to %s: %s", issue.address, error)
    with edges.store.transaction():
        edges.store.digests.failed(issue.id, str(error), edges.owner)
        if error.of_recipient:
            edges.store.subscribers.set_active(issue.subscriber_id, False, f"{error.what}: {error.why}")


def _later(edges: Edges, issue: Issue, error: MonitorError, done: Sent) -> None:
    """Try again while the issue is fresh. The same bytes go out, so a receiver drops a second copy."""
    if isinstance(error, MailUnclear) and not edges.post.resend_unclear:
        edges.store.digests.hold(issue.id, str(error), edges.owner)
        done.failed += 1
        return
    wait = min(edges.limits.retry * 2 ** min(issue.attempts - 1, 6), _LONGEST_WAIT)
    edges.store.digests.deferred(issue.id, edges.now() + wait, str(error), edges.owner)
    done.deferred += 1


def slot_at(at: datetime) -> Slot:
    """A slot at this instant (in the reader's zone), for a preview or a mail asked for by hand."""
    return Slot(at.date().isoformat(), at)


def plan_now(edges: Edges, subscriber: Subscriber, at: datetime) -> int:
    """Plan today's issue now, even if there is nothing to tell. 0 if it is planned already."""
    due = slot_at(at)
    if _is_planned(edges, subscriber, due.period):
        return 0
    return plan_issue(edges, replace(subscriber, quiet="send"), due)
