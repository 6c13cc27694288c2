"""How the service is: what there is, what waits, and what does not work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.app.parts import Parts
from monitor.app.reading import KINDS
from monitor.domain.digest import Issue, MailState, Subscriber
from monitor.domain.feed import Feed
from monitor.domain.work import SetAside


@dataclass(frozen=True)
class Trouble:
    """Something that does not work as it should: a feed, a subscriber, or an issue of the digest, and why."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True)
class Health:
    """How the service is. `work`: kind of row → state → how many."""

    counts: dict[str, int]
    feeds_ok: int
    feeds_failed: int
    feeds_waiting: int
    feeds_paused: int
    last_poll: datetime | None
    work: dict[str, dict[str, int]]
    set_aside: list[SetAside]
    mail: dict[str, int]
    troubles: list[Trouble]


def health(parts: Parts) -> Health:
    """How the service is."""
    feeds, issues = parts.store.feeds.list(), parts.store.digests.list(200)
    live = [feed for feed in feeds if not feed.paused]
    return Health(
        counts=parts.store.counts(),
        feeds_ok=sum(feed.last_ok is not None and not feed.failures for feed in live),
        feeds_failed=sum(feed.failures > 0 for feed in live),
        feeds_waiting=sum(feed.last_poll is None for feed in live),
        feeds_paused=len(feeds) - len(live),
        last_poll=max((feed.last_poll for feed in feeds if feed.last_poll), default=None),
        work={kind: {str(s): n for s, n in parts.store.work.count(kind).items()} for kind in KINDS},
        set_aside=parts.store.work.list_set_aside(20),
        mail=_mail_counts([issue.state.value for issue in issues]),
        troubles=_troubles(live, parts.store.subscribers.list(), issues),
    )


def _troubles(feeds: Iterable[Feed], subscribers: Iterable[Subscriber], issues: Iterable[Issue]) -> list[Trouble]:
    """Feeds that fail, readers whom no mail reaches, and each reader's last issue where it did not go out."""
    found = [Trouble("feed", feed.url, feed.last_error) for feed in feeds if feed.failures]
    found += [Trouble("subscriber", one.address, one.suspended_reason) for one in subscribers if one.suspended_reason]
    last: dict[str, Issue] = {}
    for issue in issues:  # newest first
        last.setdefault(issue.subscriber_id, issue)
    unsent = (MailState.QUEUED, MailState.FAILED, MailState.HELD)
    late = [issue for issue in last.values() if issue.state in unsent and issue.reply]
    return found + [Trouble("mail", f"{one.address} {one.period} {one.state}", one.reply) for one in late]


def _mail_counts(states: Sequence[str]) -> dict[str, int]:
    return {state: states.count(state) for state in sorted(set(states))}
