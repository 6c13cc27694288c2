"""Watches, subscribers and the outbox."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from storage_samples import HOUR, LEASE, NOW

from monitor.domain.digest import Issue, MailState, Rendered, Subscriber
from monitor.domain.watch import Watch
from monitor.errors import LeaseLost, NotFound
from monitor.storage.store import Store

READER = Subscriber("sub-1", "Reader@mill.example", "Europe/Berlin", time(7, 30), "token-1", (0, 4), watches=("wat-1",))


def _issue(period: str = "2026-03-02", **fields: object) -> Issue:
    known: dict[str, object] = {
        "id": f"dig-{period}",
        "subscriber_id": READER.id,
        "address": READER.address,
        "period": period,
        "planned": NOW,
        "expires": NOW + 6 * HOUR,
        "rendered": Rendered(
            "1 new dispute", "text", "<p>html</p>", b"Subject: \xff\r\n\r\nbody\x00", "<m@mill.example>"
        ),
        "counts": (("new", 1),),
        "cursor": 7,
    }
    return Issue(**(known | fields))  # type: ignore[arg-type]


@pytest.fixture
def mailing(store: Store) -> Store:
    store.subscribers.put(READER)
    return store


def test_a_watch_that_was_removed_is_not_revived_by_a_seed(store: Store) -> None:
    one = Watch("wat-1", "Flour", "entity:Orsel")
    assert store.watches.merge_seed(one)
    store.watches.remove(one.id)
    assert not store.watches.merge_seed(replace(one, query="other"))
    assert store.watches.list() == []
    assert store.watches.get(one.id) == replace(one, removed=True)
    store.watches.put(one)
    assert store.watches.list() == [one]
    with pytest.raises(NotFound):
        store.watches.get("wat-none")


def test_a_subscriber_comes_back_and_is_found_by_address_and_token(mailing: Store) -> None:
    assert mailing.subscribers.get(READER.id) == READER
    assert mailing.subscribers.by_token("token-1") == READER
    assert mailing.subscribers.by_token("") is None
    assert mailing.subscribers.by_address("reader@MILL.example") == READER
    mailing.subscribers.set_active(READER.id, False, "unsubscribed")
    assert mailing.subscribers.list(active_only=True) == []
    assert mailing.subscribers.list() == [replace(READER, active=False, suspended_reason="unsubscribed")]


def test_editing_a_subscriber_does_not_move_what_he_was_told(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    mailing.subscribers.put(replace(READER, zone="UTC"))
    assert mailing.subscribers.get(READER.id) == replace(READER, zone="UTC", cursor=7)


def test_an_issue_is_planned_once_for_a_subscriber_and_period(mailing: Store) -> None:
    assert mailing.digests.plan([_issue()]) == 1
    assert mailing.digests.plan([_issue(), _issue(id="dig-other", cursor=9)]) == 0
    assert mailing.digests.get("dig-2026-03-02") == _issue()
    assert mailing.subscribers.get(READER.id).cursor == 7
    assert (list(mailing.digests.list()), mailing.digests.count()) == ([_issue()], 1)


def test_planning_is_all_or_nothing(mailing: Store) -> None:
    with pytest.raises(NotFound):
        mailing.digests.plan([_issue(), _issue("zz", subscriber_id="zz-none")])
    assert list(mailing.digests.list()) == []
    assert mailing.subscribers.get(READER.id).cursor == 0


def test_an_issue_goes_to_one_sender_and_is_sent_once(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    [taken] = mailing.digests.claim_mail("a", NOW, LEASE)
    assert taken == _issue(state=MailState.SENDING, attempts=1)
    assert mailing.digests.claim_mail("b", NOW, LEASE) == []
    with pytest.raises(LeaseLost):
        mailing.digests.sent(taken.id, "250 OK", NOW, "b")
    mailing.digests.sent(taken.id, "250 OK", NOW, "a")
    assert mailing.digests.get(taken.id) == _issue(state=MailState.SENT, attempts=1, reply="250 OK", sent=NOW)
    assert mailing.digests.claim_mail("a", NOW + HOUR, LEASE) == []


def test_a_deferred_issue_waits_for_its_time(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    mailing.digests.claim_mail("a", NOW, LEASE)
    mailing.digests.deferred("dig-2026-03-02", NOW + HOUR, "451 later", "a")
    assert mailing.digests.claim_mail("a", NOW + HOUR / 2, LEASE) == []
    [taken] = mailing.digests.claim_mail("a", NOW + HOUR, LEASE)
    assert (taken.attempts, taken.reply) == (2, "451 later")


def test_an_issue_whose_sender_vanished_is_sent_again_or_held_as_asked(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    mailing.digests.claim_mail("a", NOW, LEASE)
    [again] = mailing.digests.claim_mail("b", NOW + LEASE, LEASE)
    assert again.rendered == _issue().rendered
    assert mailing.digests.claim_mail("c", NOW + 2 * LEASE, LEASE, unclear="hold") == []
    assert mailing.digests.get(again.id).state is MailState.HELD
    with pytest.raises(LeaseLost):
        mailing.digests.sent(again.id, "250 OK", NOW, "b")
    mailing.digests.resend(again.id)
    assert len(mailing.digests.claim_mail("c", NOW + 2 * LEASE, LEASE)) == 1


def test_what_a_failed_or_expired_issue_told_goes_into_the_next(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    mailing.digests.claim_mail("a", NOW, LEASE)
    mailing.digests.failed("dig-2026-03-02", "550 no such user", "a")
    assert mailing.subscribers.get(READER.id).cursor == 0
    late = _issue("2026-03-03", expires=NOW + HOUR)
    mailing.digests.plan([late])
    assert mailing.digests.claim_mail("a", NOW + HOUR, LEASE) == []
    assert mailing.digests.get(late.id).state is MailState.EXPIRED
    assert mailing.subscribers.get(READER.id).cursor == 0


def test_an_issue_that_may_have_gone_out_is_not_sent_after_its_expiry(mailing: Store) -> None:
    mailing.digests.plan([_issue()])
    mailing.digests.claim_mail("a", NOW, LEASE)
    assert mailing.digests.claim_mail("b", NOW + timedelta(days=1), LEASE) == []
    assert mailing.digests.get("dig-2026-03-02").state is MailState.HELD
    assert mailing.subscribers.get(READER.id).cursor == 7
