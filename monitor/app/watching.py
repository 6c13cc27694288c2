"""Watches: tried before they are saved, saved, paused and removed, and what was delivered of them."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor.app.parts import Parts
from monitor.domain.ids import content_id
from monitor.domain.query import DayField, Days, Query, all_of
from monitor.domain.relation import Told
from monitor.domain.search import Found, Hit, Order
from monitor.domain.watch import Delivery, News, Watch
from monitor.domain.work import WorkState
from monitor.errors import NotFound, QueryWrong, WatchWrong

if TYPE_CHECKING:
    from monitor.pipeline.deliver import Delivered
    from monitor.pipeline.watching import Asked

PREVIEW_DAYS = 30
_EXAMPLES = 10
_WEIGHED = 1000
"""Claims of the last days that a threshold is tried on: what is more is not counted, and the preview says so."""
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Preview:
    """What a watch would have brought. `total`: claims of any day that answer; `lately`: those of the last `days`.

    `told`: how many of those lately the threshold lets through, at least so many where it was tried on the newest alone
    (`is_part`). `examples`: the newest that would be told, of any day.
    """

    query: Query
    days: int
    total: int
    lately: int
    told: int
    is_part: bool
    examples: tuple[News, ...]


@dataclass(frozen=True)
class WatchReport:
    """A watch and how it is. `wrong`: why it tells nothing, with the place in its query. `hits`: claims that answer now.

    `sent`, `waiting`, `failed`: messages to its webhook.
    """

    watch: Watch
    wrong: QueryWrong | None
    hits: int
    sent: int = 0
    waiting: int = 0
    failed: int = 0


class Watching:
    """Saved queries, over one database."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def preview(self, query: str, threshold: str = "", *, days: int = PREVIEW_DAYS) -> Preview:
        """What a watch would have brought in the last days, by date of publication. QueryWrong as for saving it."""
        from monitor.pipeline.watching import news_of

        wanted = self._asked(Watch("", "", query, threshold=threshold))
        since = (self._parts.now() - timedelta(days=days)).date()
        part = all_of((wanted.query.part, Days(DayField.PUBLISHED, since, None)))
        lately = self._newest(Query(part or wanted.query.part), _WEIGHED if wanted.threshold else 1)
        newest = self._newest(wanted.query, _WEIGHED if wanted.threshold else _EXAMPLES)
        edges = self._parts.edges
        told = len(news_of(edges, wanted, _told(lately.hits))) if wanted.threshold else lately.total
        examples = tuple(news_of(edges, wanted, _told(newest.hits))[:_EXAMPLES])
        is_part = wanted.threshold is not None and lately.total > len(lately.hits)
        return Preview(wanted.query, days, newest.total, lately.total, told, is_part, examples)

    def news(self, watch: Watch, limit: int) -> list[News]:
        """The newest claims that a watch tells of. QueryWrong."""
        from monitor.pipeline.watching import news_of

        wanted = self._asked(watch)
        found = self._newest(wanted.query, _WEIGHED if wanted.threshold else limit)
        return news_of(self._parts.edges, wanted, _told(found.hits))[:limit]

    def save(
        self,
        name: str,
        query: str,
        *,
        threshold: str = "",
        digest: bool = True,
        webhook: str = "",
        owner: str = "",
        replacing: str = "",
    ) -> Watch:
        """A watch, new or (`replacing` its id) with these wishes. QueryWrong, WatchWrong, FetchRefused.

        One that calls a webhook tells it of what comes from now on, and has a secret that its messages are signed with.
        """
        name = " ".join(name.split())
        known = self._known(name, owner, replacing)
        self._asked(Watch("", name, query, threshold=threshold))
        if webhook:
            self._check_webhook(webhook)
        if not (digest or webhook):
            mend = "List it in the digest, or name a webhook."
            raise WatchWrong(f"Cannot save the watch {name!r}", why="nobody would hear of it", mend=mend)
        fresh = known or Watch(content_id("wat", name, owner), name, query, owner, added=self._parts.now())
        one = replace(
            fresh, name=name, query=query.strip(), threshold=threshold.strip(), digest=digest, removed=False, ended=""
        )
        one = replace(one, webhook=webhook, secret=self._secret(fresh, webhook))
        return self._put(one, starts=one.webhook != fresh.webhook)

    def pause(self, watch_id: str) -> Watch:
        """It tells nothing until it is resumed. NotFound."""
        return self._put(replace(self._parts.store.watches.get(watch_id), paused=True))

    def resume(self, watch_id: str) -> Watch:
        """It tells what comes from now on. NotFound, QueryWrong where it could not."""
        watch = self._parts.store.watches.get(watch_id)
        self._asked(watch)
        return self._put(replace(watch, paused=False, ended=""), starts=watch.paused or bool(watch.ended))

    def remove(self, watch_id: str) -> None:
        """It is gone, and no seed brings it back. NotFound."""
        self._parts.store.watches.remove(watch_id)

    def reports(self) -> list[WatchReport]:
        """All watches by name, with how they are."""
        counts = self._parts.store.deliveries.counts()
        return [self._report(watch, counts.get(watch.id, {})) for watch in self._parts.store.watches.list()]

    def report(self, watch: Watch) -> WatchReport:
        """How a watch is."""
        return self._report(watch, self._parts.store.deliveries.counts().get(watch.id, {}))

    def named(self, words: str) -> Watch:
        """The one watch of this id or name, whosever it is. NotFound; WatchWrong where several have the name."""
        watches = self._parts.store.watches.list()
        found = [one for one in watches if one.id == words] or [
            one for one in watches if one.name.lower() == words.strip().lower()
        ]
        if len(found) > 1:
            mend = f"Name one by its id: {', '.join(one.id for one in found)}."
            raise WatchWrong(f"Cannot tell which watch {words!r} is", why=f"{len(found)} have this name", mend=mend)
        if not found:
            mend = "List them: monitor watches list"
            raise NotFound(f"No watch {words!r}", why="none has this id or name", mend=mend)
        return found[0]

    def deliveries(self, watch_id: str, limit: int = 50) -> list[Delivery]:
        """The last messages to a webhook, newest first, each with every answer."""
        return self._parts.store.deliveries.of_watch(watch_id, limit)

    def send_again(self, watch_id: str) -> int:
        """Let messages of a watch that were given up wait again. How many."""
        given_up = [one.id for one in self.deliveries(watch_id, _WEIGHED) if one.state is WorkState.SET_ASIDE]
        return self._parts.store.work.again("delivery", given_up) if given_up else 0

    def test(self, watch_id: str) -> Delivery:
        """A message without claims, sent to the webhook now. WatchWrong where there is none."""
        from monitor.pipeline.watching import trial_message

        watch = self._parts.store.watches.get(watch_id)
        if not watch.calls:
            why = watch.ended or ("it is paused" if watch.paused else "it calls no webhook")
            raise WatchWrong(f"Cannot test the watch {watch.name!r}", why=why, mend="Give it a webhook, or resume it.")
        one = trial_message(self._parts.edges, watch)
        self._parts.store.deliveries.plan(one)
        self.deliver()
        return self._parts.store.deliveries.get(one.id) or one

    def tell(self) -> "Delivered":
        """Plan what webhooks are to be told, and send what waits."""
        from monitor.pipeline.watching import plan_deliveries

        plan_deliveries(self._parts.edges)
        return self.deliver()

    def deliver(self) -> "Delivered":
        """Send what waits."""
        from monitor.pipeline.deliver import deliver

        return deliver(self._parts.edges)

    def _asked(self, watch: Watch) -> "Asked":
        from monitor.pipeline.watching import asked

        return asked(watch, self._parts.units)

    def _newest(self, query: Query, limit: int) -> Found:
        return self._parts.store.search.search(query, None, limit, None, order=Order.NEWEST)

    def _known(self, name: str, owner: str, replacing: str) -> Watch | None:
        if not 0 < len(name) <= _LONGEST_NAME:
            why = "it has none" if not name else f"it has more than {_LONGEST_NAME} characters"
            raise WatchWrong("Cannot save the watch under this name", why=why, mend="Give it a short name.")
        same = [one for one in self._parts.store.watches.list() if (one.name.lower(), one.owner) == (name.lower(), owner)]
        if same and same[0].id != replacing:
            mend = "Take another name, or change that one."
            raise WatchWrong(f"Cannot save the watch {name!r}", why="there is one of this name", mend=mend)
        return self._parts.store.watches.get(replacing) if replacing else None

    def _check_webhook(self, url: str) -> None:
        from monitor.domain.url import login_apart

        self._parts.web.check(url)
        if login_apart(url)[1]:
            mend = "Leave user name and password out: the signature shows that the message is ours."
            raise WatchWrong("Cannot call this webhook", why="its address holds a login", mend=mend)

    def _secret(self, known: Watch, webhook: str) -> str:
        from monitor.fetch.hooks import new_secret

        if not webhook:
            return ""
        return known.secret if known.webhook == webhook and known.secret else new_secret(secrets.token_bytes)

    def _put(self, watch: Watch, *, starts: bool = False) -> Watch:
        store = self._parts.store
        with store.transaction():
            store.watches.put(watch)
            if starts:
                store.watches.start_at(watch.id, store.events.last())
        return store.watches.get(watch.id)

    def _report(self, watch: Watch, counts: dict[WorkState, int]) -> WatchReport:
        try:
            wanted, wrong = self._asked(watch), None
        except QueryWrong as error:
            wanted, wrong = None, error
        hits = 0 if wanted is None else self._newest(wanted.query, 1).total
        waiting = sum(counts.get(state, 0) for state in (WorkState.WAITING, WorkState.CLAIMED))
        return WatchReport(watch, wrong, hits, counts.get(WorkState.DONE, 0), waiting, counts.get(WorkState.SET_ASIDE, 0))


def _told(hits: tuple[Hit, ...]) -> list[Told]:
    return [Told(hit.claim, hit.article) for hit in hits]
