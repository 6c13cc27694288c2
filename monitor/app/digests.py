"""Those who read the digest, and the mail to them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from datetime import time as clock
from typing import TYPE_CHECKING

from monitor.app.parts import Parts
from monitor.domain.digest import Rendered, Subscriber
from monitor.domain.ids import content_id
from monitor.errors import NotFound, RecordWrong

if TYPE_CHECKING:
    from monitor.pipeline.report import Sent

_HISTORY_FOR_NEW_READERS = 5000


class Digests:
    """Subscribers, their issues, and the outbox."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def subscribe(
        self,
        address: str,
        *,
        zone: str | None = None,
        at: clock | None = None,
        weekdays: Sequence[int] = tuple(range(7)),
        quiet: str = "skip",
    ) -> Subscriber:
        """A subscriber, new or with these wishes. RecordWrong for what is no mail address or zone."""
        checked = _mail_address(address)
        known = self._parts.store.subscribers.by_address(checked)
        last = self._parts.store.events.last()
        cursor = 0 if last < _HISTORY_FOR_NEW_READERS else last
        token, one = secrets.token_urlsafe(24), content_id("sub", checked)
        fresh = known or Subscriber(one, checked, "UTC", clock(7), token, cursor=cursor)
        subscriber = replace(
            fresh,
            zone=_zone(zone or self._parts.settings.digest.zone),
            at=at or self._parts.settings.digest.at,
            weekdays=tuple(weekdays),
            quiet=quiet,
            active=True,
            suspended_reason="",
        )
        self._parts.store.subscribers.put(subscriber)
        return subscriber

    def unsubscribe(self, token: str) -> Subscriber:
        """The subscriber of this token, who gets no more mail. NotFound."""
        subscriber = self._parts.store.subscribers.by_token(token)
        if subscriber is None:
            raise NotFound("No subscription", why="no subscriber has this token", mend="Use the link of a newer mail.")
        self._parts.store.subscribers.set_active(subscriber.id, False)
        return replace(subscriber, active=False)

    def preview(self, address: str, at: datetime | None = None) -> Rendered:
        """The issue this reader would get at this time, with nothing stored. NotFound for an unknown address."""
        from monitor.pipeline.report import preview, slot_at

        subscriber = self._parts.store.subscribers.by_address(address)
        if subscriber is None:
            zone = self._parts.settings.digest.zone
            subscriber = Subscriber(content_id("sub", address), address, zone, clock(7), "preview")
        return preview(self._parts.edges, subscriber, slot_at(_at_home(at or self._parts.now(), subscriber.zone)))

    def send(self, address: str) -> "Sent":
        """Plan the issue of this subscriber now, if today's is not planned yet, and send what is in the outbox."""
        from monitor.pipeline.report import plan_now, send_mail

        subscriber = self._parts.store.subscribers.by_address(address)
        if subscriber is None:
            mend = "Add them with `monitor subscribers add ADDRESS`."
            raise NotFound(f"Cannot mail {address}", why="nobody subscribed with this address", mend=mend)
        if not subscriber.active:
            why = subscriber.suspended_reason or "its reader unsubscribed"
            raise NotFound(f"Cannot mail {address}", why=why, mend="`monitor subscribers add ADDRESS` sends to it again.")
        plan_now(self._parts.edges, subscriber, _at_home(self._parts.now(), subscriber.zone))
        return send_mail(self._parts.edges)

    def plan(self) -> int:
        """Plan the issues that are due."""
        from monitor.pipeline.report import plan_digests

        return plan_digests(self._parts.edges) if self._parts.settings.digest.enabled else 0

    def send_mail(self) -> "Sent":
        """Send what waits in the outbox."""
        from monitor.pipeline.report import Sent, send_mail

        return send_mail(self._parts.edges) if self._parts.settings.smtp.host else Sent()


def _mail_address(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        mend = "Give an address such as reader@example.org."
        raise RecordWrong(f"Cannot subscribe {address!r}", why=str(error), mend=mend) from error


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        mend = "Write an IANA name such as Europe/Berlin."
        raise RecordWrong(f"Cannot use the time zone {name!r}", why="it is not known", mend=mend) from error


def _at_home(moment: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone))
