"""Subscribers, and the outbox of digests."""

import builtins
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from monitor.domain.digest import Issue, MailState, Rendered, Subscriber
from monitor.domain.listed import Listed
from monitor.errors import LeaseLost, NotFound
from monitor.storage.rows import Values, paged, upsert
from monitor.storage.tables import issue, subscriber
from monitor.storage.transactions import Transactions


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        id=row.id,
        address=row.address,
        zone=row.zone,
        at=time.fromisoformat(row.at),
        token=row.token,
        weekdays=tuple(row.weekdays),
        active=row.active,
        suspended_reason=row.suspended_reason,
        cursor=row.cursor,
        quiet=row.quiet,
        watches=tuple(row.watches),
    )


def _subscriber_values(one: Subscriber) -> Values:
    return {
        "id": one.id,
        "address": one.address,
        "zone": one.zone,
        "at": one.at.isoformat(),
        "token": one.token,
        "weekdays": list(one.weekdays),
        "active": one.active,
        "suspended_reason": one.suspended_reason,
        "cursor": one.cursor,
        "quiet": one.quiet,
        "watches": list(one.watches),
    }


class Subscribers:
    """Who gets a digest. They live in the database only."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def put(self, one: Subscriber) -> None:
        """Store a subscriber. The cursor of one we have only moves with his issues and stays as it is."""
        values = _subscriber_values(one)
        cursor = {"cursor": values.pop("cursor")}
        with self._transactions.writing() as connection:
            upsert(connection, subscriber, "id", values, cursor)

    def get(self, subscriber_id: str) -> Subscriber:
        """The subscriber of this id. NotFound where there is none."""
        found = self._where(subscriber.c.id == subscriber_id)
        if not found:
            raise _no_subscriber(subscriber_id)
        return found[0]

    def by_token(self, token: str) -> Subscriber | None:
        """The subscriber whose one-click link carries this token."""
        return next(iter(self._where(subscriber.c.token == token)), None)

    def by_address(self, address: str) -> Subscriber | None:
        """The subscriber of this address, upper and lower case alike."""
        wanted = address.lower()
        return next((one for one in self.list() if one.address.lower() == wanted), None)

    def list(self, active_only: bool = False) -> builtins.list[Subscriber]:
        """All subscribers by address."""
        found = self._where(subscriber.c.active.is_(True) if active_only else subscriber.c.id.is_not(None))
        return sorted(found, key=lambda one: (one.address, one.id))

    def set_active(self, subscriber_id: str, active: bool, reason: str = "") -> None:
        """Suspend a subscriber with the reason, or send to him again."""
        values = {"active": active, "suspended_reason": "" if active else reason}
        with self._transactions.writing() as connection:
            change = update(subscriber).where(subscriber.c.id == subscriber_id).values(values)
            if connection.execute(change).rowcount == 0:
                self.get(subscriber_id)

    def _where(self, condition: Any) -> builtins.list[Subscriber]:
        with self._transactions.reading() as connection:
            return [_subscriber(row) for row in connection.execute(select(subscriber).where(condition))]


def _no_subscriber(subscriber_id: str) -> NotFound:
    mend = "List them with `monitor subscribers list`"
    return NotFound(f"No subscriber {subscriber_id}", why="no subscriber has this id", mend=mend)


def _issue(row: Row[Any]) -> Issue:
    return Issue(
        id=row.id,
        subscriber_id=row.subscriber_id,
        address=row.address,
        period=row.period,
        planned=row.planned,
        expires=row.expires,
        rendered=Rendered(row.subject, row.text, row.html, bytes(row.message), row.message_id),
        state=MailState(row.state),
        attempts=row.attempts,
        reply=row.reply,
        sent=row.sent,
        counts=tuple((name, count) for name, count in row.counts),
        cursor=row.cursor,
    )


def _issue_values(one: Issue, cursor_from: int) -> Values:
    return {
        "id": one.id,
        "subscriber_id": one.subscriber_id,
        "address": one.address,
        "period": one.period,
        "planned": one.planned,
        "expires": one.expires,
        "subject": one.rendered.subject,
        "text": one.rendered.text,
        "html": one.rendered.html,
        "message": one.rendered.message,
        "message_id": one.rendered.message_id,
        "state": one.state.value,
        "attempts": one.attempts,
        "reply": one.reply,
        "sent": one.sent,
        "counts": [[name, count] for name, count in one.counts],
        "cursor_from": cursor_from,
        "cursor": one.cursor,
        "owner": None,
        "lease_until": None,
        "not_before": None,
    }


class Digests:
    """The outbox. What will be sent is frozen when it is planned; a row says what became of it."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def plan(self, issues: Sequence[Issue]) -> int:
        """Put issues into the outbox and move their subscribers' cursors, all at once. Returns how many are new.

        An issue for a subscriber and period that already has one is left out: whoever plans first wins.
        """
        planned = 0
        with self._transactions.writing() as connection:
            for one in sorted(issues, key=lambda one: one.id):
                # The row of the subscriber is locked first, so that two planners meet here and not at the unique key.
                who = select(subscriber.c.cursor).where(subscriber.c.id == one.subscriber_id).with_for_update()
                cursor = connection.execute(who).scalar_one_or_none()
                if cursor is None:
                    raise _no_subscriber(one.subscriber_id)
                same = and_(issue.c.subscriber_id == one.subscriber_id, issue.c.period == one.period)
                if connection.execute(select(issue.c.id).where(or_(same, issue.c.id == one.id))).first():
                    continue
                connection.execute(insert(issue), _issue_values(one, cursor))
                _move(connection, one.subscriber_id, max(cursor, one.cursor))
                planned += 1
        return planned

    def claim_mail(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        limit: int = 50,
        unclear: Literal["resend", "hold"] = "resend",
    ) -> builtins.list[Issue]:
        """Take issues to send now; they are marked as being sent before this returns.

        One whose sender vanished (its lease ran out) is taken again with the same bytes ("resend") or held for a person
        to decide ("hold"): nobody knows whether it went out. One that expired is not sent any more but held or given up.
        """
        self.expire(now)
        queued = and_(
            issue.c.state == MailState.QUEUED.value, or_(issue.c.not_before.is_(None), issue.c.not_before <= now)
        )
        vanished = and_(issue.c.state == MailState.SENDING.value, issue.c.lease_until <= now)
        with self._transactions.writing() as connection:
            held = vanished if unclear == "hold" else and_(vanished, issue.c.expires <= now)
            values = {"state": MailState.HELD.value, "owner": None, "lease_until": None}
            connection.execute(update(issue).where(held).values(values))
            query = select(issue).where(or_(queued, vanished)).order_by(issue.c.planned, issue.c.id).limit(limit)
            rows = connection.execute(query.with_for_update(skip_locked=True)).all()
            ids = [row.id for row in rows]
            taken = {"state": MailState.SENDING.value, "owner": owner, "lease_until": now + lease}
            change = update(issue).where(issue.c.id.in_(ids)).values(**taken, attempts=issue.c.attempts + 1)
            connection.execute(change)
        return [replace(_issue(row), state=MailState.SENDING, attempts=row.attempts + 1) for row in rows]

    def sent(self, issue_id: str, reply: str, now: datetime, owner: str) -> None:
        """Note that the server took an issue. LeaseLost unless this owner holds it."""
        self._settle(issue_id, owner, state=MailState.SENT, reply=reply, sent=now)

    def deferred(self, issue_id: str, not_before: datetime, reply: str, owner: str | None = None) -> None:
        """Queue an issue again for later. LeaseLost unless this owner (if named) holds it."""
        self._settle(issue_id, owner, state=MailState.QUEUED, reply=reply, not_before=not_before)

    def failed(self, issue_id: str, reply: str, owner: str | None = None) -> None:
        """Note that an issue was refused for good; what it tells goes into the subscriber's next."""
        with self._transactions.writing() as connection:
            self._settle(issue_id, owner, state=MailState.FAILED, reply=reply)
            self._give_back(connection, connection.execute(select(issue).where(issue.c.id == issue_id)).one())

    def hold(self, issue_id: str, reply: str, owner: str | None = None) -> None:
        """Keep an issue for a person to decide on."""
        self._settle(issue_id, owner, state=MailState.HELD, reply=reply)

    def resend(self, issue_id: str) -> None:
        """Queue an issue again, with the same bytes, because a person wants it."""
        with self._transactions.writing() as connection:
            values = {"state": MailState.QUEUED.value, "owner": None, "lease_until": None, "not_before": None}
            if connection.execute(update(issue).where(issue.c.id == issue_id).values(values)).rowcount == 0:
                self.get(issue_id)

    def expire(self, now: datetime) -> int:
        """Give up issues that waited too long; what they tell goes into the subscribers' next. Returns how many."""
        late = (issue.c.state == MailState.QUEUED.value, issue.c.expires <= now)
        with self._transactions.reading() as connection:
            if not connection.execute(select(issue.c.id).where(*late).limit(1)).first():
                return 0
        with self._transactions.writing() as connection:
            rows = connection.execute(select(issue).where(*late).order_by(issue.c.id).with_for_update()).all()
            for row in rows:
                change = update(issue).where(issue.c.id == row.id).values(state=MailState.EXPIRED.value)
                connection.execute(change)
                self._give_back(connection, row)
        return len(rows)

    def get(self, issue_id: str) -> Issue:
        """The issue of this id. NotFound where there is none."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(issue).where(issue.c.id == issue_id)).one_or_none()
        if row is None:
            raise NotFound(
                f"No digest {issue_id}", why="no issue has this id", mend="List them with `monitor digest list`"
            )
        return _issue(row)

    def list(self, limit: int = 50, cursor: str | None = None) -> Listed[Issue]:
        """The last issues, newest first, from a cursor on. QueryWrong for a foreign cursor."""
        keys = (issue.c.planned, issue.c.id)
        with self._transactions.reading() as connection:
            rows, following = paged(connection, select(issue), keys, order="digests", limit=limit, cursor=cursor)
            return Listed(tuple(_issue(row) for row in rows), following)

    def count(self) -> int:
        """How many issues there are."""
        with self._transactions.reading() as connection:
            return connection.execute(select(func.count()).select_from(issue)).scalar_one()

    def _settle(self, issue_id: str, owner: str | None, *, state: MailState, **values: Any) -> None:
        mine = [issue.c.id == issue_id, issue.c.state == MailState.SENDING.value]
        if owner is not None:
            mine.append(issue.c.owner == owner)
        values |= {"state": state.value, "owner": None, "lease_until": None}
        with self._transactions.writing() as connection:
            if connection.execute(update(issue).where(*mine).values(values)).rowcount != 1:
                raise LeaseLost(
                    f"Cannot settle digest {issue_id}",
                    why="it is not being sent by this sender any more",
                    mend="Nothing was written; see `monitor digest list`",
                )

    def _give_back(self, connection: Connection, row: Row[Any]) -> None:
        """Set the cursor back to before an issue that never arrived, unless a later one went out since."""
        went_out = (MailState.QUEUED.value, MailState.SENDING.value, MailState.SENT.value)
        later = (issue.c.subscriber_id == row.subscriber_id, issue.c.cursor_from >= row.cursor, issue.c.id != row.id)
        if connection.execute(select(issue.c.id).where(*later, issue.c.state.in_(went_out)).limit(1)).first():
            return
        known = select(subscriber.c.cursor).where(subscriber.c.id == row.subscriber_id).with_for_update()
        _move(connection, row.subscriber_id, min(connection.execute(known).scalar_one(), row.cursor_from))


def _move(connection: Connection, subscriber_id: str, cursor: int) -> None:
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(cursor=cursor))
