"""Messages that wait → the webhooks of their watches. What is not taken is sent again, later and later, then given up."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from monitor.domain.watch import Answer, Delivery, Watch
from monitor.errors import FetchFailed, FetchRefused, LeaseLost, MonitorError
from monitor.fetch.hooks import headers
from monitor.pipeline.edges import Edges

log = logging.getLogger("monitor.watches")

_AT_ONCE = 16


@dataclass
class Delivered:
    """What one round of sending came to."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0


def deliver(edges: Edges, lease: timedelta = timedelta(minutes=10)) -> Delivered:
    """Send what waits and is due. A webhook that is slow or fails leaves the others alone."""
    done = Delivered()
    try:
        while ids := edges.store.work.claim("delivery", _AT_ONCE, edges.owner, edges.now(), lease):
            for sent in edges.fetchers.map(lambda one: _sent(edges, one), _loaded(edges, ids)):
                _settle(edges, *sent, done)
    except LeaseLost as error:
        # Somebody else has them by now, or we are being stopped: they are sent again, with their ids.
        log.warning("deliveries: %s", error)
    return done


def _loaded(edges: Edges, ids: Sequence[str]) -> list[Delivery]:
    return [one for one in map(edges.store.deliveries.get, ids) if one is not None]


def _sent(edges: Edges, one: Delivery) -> tuple[Delivery, Watch, Answer, MonitorError | None]:
    """The answer to one try, and the error where it was not taken."""
    watch, now = edges.store.watches.get(one.watch_id), edges.now()
    if not watch.calls:
        why = watch.ended or "the watch is paused, removed, or calls no webhook any more"
        return one, watch, Answer(now, None, why), FetchRefused("Did not send", why=why, mend="Resume the watch.")
    try:
        signed = headers(watch.secret, one.id, now, one.body)
        page = edges.web.post(watch.webhook, one.body.encode(), signed)
    except FetchFailed as error:
        return one, watch, Answer(now, error.status, error.why), error
    except FetchRefused as error:
        return one, watch, Answer(now, None, error.why), error
    return one, watch, Answer(now, page.status, "taken"), None


def _settle(
    edges: Edges, one: Delivery, watch: Watch, answer: Answer, error: MonitorError | None, done: Delivered
) -> None:
    work, ids = edges.store.work, [one.id]
    with edges.store.transaction():
        edges.store.deliveries.answered(one.id, answer)
        if error is None:
            work.finish("delivery", ids, edges.owner)
            done.sent += 1
        elif _is_final(edges, one, error):
            work.set_aside("delivery", one.id, answer.said, edges.owner, edges.now())
            done.failed += 1
        else:
            wait = _wait(edges, len(one.answers), error)
            work.retry_later("delivery", one.id, edges.now() + wait, answer.said, edges.owner)
            done.deferred += 1
        if answer.status == HTTPStatus.GONE:  # the receiver's way to say that it wants no more
            edges.store.watches.end(watch.id, "the receiver answered 410 Gone: it wants no more messages")
    if error is not None:
        log.warning("watch %s, message %s: %s", watch.id, one.id, answer.said)


def _is_final(edges: Edges, one: Delivery, error: MonitorError) -> bool:
    gone = isinstance(error, FetchFailed) and error.status == HTTPStatus.GONE
    return gone or isinstance(error, FetchRefused) or len(one.answers) + 1 >= edges.hooks.attempts


def _wait(edges: Edges, before: int, error: MonitorError) -> timedelta:
    """Four times as long with each try, up to the longest; never less than the receiver asks for, up to that."""
    hooks = edges.hooks
    asked = timedelta(seconds=getattr(error, "retry_after_seconds", None) or 0)
    grown: timedelta = hooks.retry * 4 ** min(before, 12)
    return min(max(grown, asked), hooks.longest)
