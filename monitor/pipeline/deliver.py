"""Messages that wait → the webhooks of their watches. What is not taken is sent again, later and later, then given up."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from monitor.digest.message import failing_mail
from monitor.domain.ids import content_id
from monitor.domain.watch import FAILING, HITS, Answer, Delivery, Watch
from monitor.errors import FetchFailed, FetchRefused, LeaseLost, MailDeferred, MailRefused, MailUnclear, MonitorError
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
    if one.kind == FAILING:
        return one, watch, *_mailed(edges, one, watch)
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


def _mailed(edges: Edges, one: Delivery, watch: Watch) -> tuple[Answer, MonitorError | None]:
    recipient, now = _owner(edges, watch), edges.now()
    if not recipient:
        why = "nobody is to be mailed any more"
        return Answer(now, None, why), FetchRefused("Did not mail", why=why, mend="Set webhooks.mail_to.")
    try:
        reply = edges.post.send(one.body.encode(), edges.post.sender, recipient)
    except (MailRefused, MailDeferred, MailUnclear) as error:
        return Answer(now, None, error.why), error
    return Answer(now, None, f"mailed: {reply}"), None


def _owner(edges: Edges, watch: Watch) -> str:
    """Who is told that the webhook of a watch fails; empty where nobody can be."""
    return (watch.owner or edges.hooks.mail_to) if edges.hooks.mails else ""


def _tell_owner(edges: Edges, one: Delivery, watch: Watch, answer: Answer) -> None:
    """Plan a mail on a webhook that fails, unless one was planned since a message of it was taken last."""
    recipient = _owner(edges, watch)
    if one.kind != HITS or not recipient or edges.store.deliveries.given_up_since_taken(watch.id) != 1:
        return
    body = failing_mail(
        watch,
        answer,
        mail_id=content_id("dlv", one.id, FAILING),
        tries=len(one.answers) + 1,
        sender=edges.post.sender,
        recipient=recipient,
        page=f"{edges.hooks.public_url}/watches/{watch.id}",
    )
    edges.store.deliveries.plan(
        Delivery(content_id("dlv", one.id, FAILING), watch.id, FAILING, edges.now(), body, hits=0)
    )


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
            _tell_owner(edges, one, watch, answer)
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
    return gone or isinstance(error, FetchRefused | MailRefused) or len(one.answers) + 1 >= edges.hooks.attempts


def _wait(edges: Edges, before: int, error: MonitorError) -> timedelta:
    """Four times as long with each try, up to the longest; never less than the receiver asks for, up to that."""
    hooks = edges.hooks
    asked = timedelta(seconds=getattr(error, "retry_after_seconds", None) or 0)
    grown: timedelta = hooks.retry * 4 ** min(before, 12)
    return min(max(grown, asked), hooks.longest)
