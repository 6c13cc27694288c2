"""How the service is: what there is, what waits, and what does not work."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.app.feeds import Feeds
from monitor.app.parts import Parts
from monitor.app.reading import KINDS
from monitor.domain.article import EXCERPTS, is_read
from monitor.domain.digest import Issue, MailState, Subscriber
from monitor.domain.feed_health import Condition, FeedReport
from monitor.domain.kept import Kept
from monitor.domain.work import SetAside, WorkState


@dataclass(frozen=True)
class Trouble:
    """Something that does not work as it should: a feed, a subscriber, or an issue of the digest, and why."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True)
class Health:
    """How the service is. `conditions`: how feeds are → how many. `work`: kind of row → state → how many.

    `visits`: how many pages are to be asked again.
    """

    counts: dict[str, int]
    feeds_ok: int
    feeds_failed: int
    feeds_waiting: int
    feeds_paused: int
    conditions: dict[str, int]
    last_poll: datetime | None
    work: dict[str, dict[str, int]]
    set_aside: list[SetAside]
    kept: Kept
    visits: int
    mail: dict[str, int]
    troubles: list[Trouble]


def health(parts: Parts) -> Health:
    """How the service is."""
    feeds, issues = Feeds(parts).reports(), parts.store.digests.list(200)
    counted = Counter(one.health.condition for one in feeds)
    return Health(
        counts=parts.store.counts(),
        feeds_ok=sum(one.health.condition.is_read for one in feeds),
        feeds_failed=sum(one.health.condition.is_down for one in feeds),
        feeds_waiting=counted[Condition.WAITING],
        feeds_paused=counted[Condition.PAUSED],
        conditions={condition.value: number for condition, number in counted.items()},
        last_poll=max((one.feed.last_poll for one in feeds if one.feed.last_poll), default=None),
        work={kind: {str(s): n for s, n in parts.store.work.count(kind).items()} for kind in KINDS},
        set_aside=parts.store.work.list_set_aside(20),
        kept=kept(parts),
        visits=parts.store.work.count("address")[WorkState.WAITING],
        mail=_mail_counts([issue.state.value for issue in issues]),
        troubles=_troubles(feeds, parts.store.subscribers.list(), issues),
    )


def kept(parts: Parts, feed_id: str | None = None) -> Kept:
    """How many articles there are (None: of all feeds), and which of them are not read or not whole."""
    unread, excerpts, articles = Counter[str](), Counter[str](), 0
    for one in parts.store.articles.tally(feed_id):
        articles += one.articles
        if not is_read(one.language, parts.settings.models.languages):
            unread[one.language] += one.articles
        if one.basis in EXCERPTS:
            excerpts[one.label] += one.articles
    return Kept(articles, dict(unread), dict(excerpts))


def _troubles(feeds: Iterable[FeedReport], subscribers: Iterable[Subscriber], issues: Iterable[Issue]) -> list[Trouble]:
    """Feeds that need a look, readers whom no mail reaches, and each reader's last issue where it did not go out."""
    found = [_trouble(one) for one in feeds if one.health.condition.is_unwell]
    found += [Trouble("subscriber", one.address, one.suspended_reason) for one in subscribers if one.suspended_reason]
    last: dict[str, Issue] = {}
    for issue in issues:  # newest first
        last.setdefault(issue.subscriber_id, issue)
    unsent = (MailState.QUEUED, MailState.FAILED, MailState.HELD)
    late = [issue for issue in last.values() if issue.state in unsent and issue.reply]
    return found + [Trouble("mail", f"{one.address} {one.period} {one.state}", one.reply) for one in late]


def _trouble(one: FeedReport) -> Trouble:
    health = one.health
    return Trouble("feed", one.feed.shown_url, f"{health.condition.words}. {health.said} {health.mend}".strip())


def _mail_counts(states: Sequence[str]) -> dict[str, int]:
    return {state: states.count(state) for state in sorted(set(states))}
