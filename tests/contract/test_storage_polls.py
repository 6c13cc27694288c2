"""Feeds that are due or being asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from storage_samples import HOUR, LEASE, NOW, feed

from monitor.domain.feed import Feed
from monitor.errors import StorageFailed
from monitor.storage.store import Store


def later(one: Feed) -> Feed:
    """The feed as it is kept while it is asked."""
    return replace(one, last_poll=NOW, next_poll=NOW + HOUR, next_poll_reason="its answer was lost")


def take(store: Store, ids: list[str], owner: str = "me", **rest: Any) -> list[Feed]:
    return store.polls.take(ids, owner, rest.pop("now", NOW), LEASE, later, **rest)


def add(store: Store, *names: str, **fields: Any) -> list[Feed]:
    feeds = [feed(f"https://{name}.example/feed", **fields) for name in names]
    for one in feeds:
        store.feeds.add(one)
    return feeds


def test_feeds_are_due_when_they_were_never_asked_or_their_time_has_come(store: Store) -> None:
    [never], [due], [_] = add(store, "a"), add(store, "b", next_poll=NOW), add(store, "c", next_poll=NOW + HOUR)
    [longer] = add(store, "d", next_poll=NOW - HOUR)
    [paused] = add(store, "e")
    store.feeds.pause(paused.id, True)
    assert list(store.polls.due(NOW, 10).items()) == [(one.id, one.fetch_url) for one in (never, longer, due)]
    assert list(store.polls.due(NOW, 2)) == [never.id, longer.id]


def test_a_feed_is_taken_by_one_owner_at_a_time_and_only_when_it_is_due(store: Store) -> None:
    [one], [other] = add(store, "a"), add(store, "b", next_poll=NOW + HOUR)
    assert take(store, [one.id, other.id]) == [one]
    assert take(store, [one.id], "you", early=True) == []
    assert take(store, [other.id], "you", early=True) == [other]
    assert store.polls.due(NOW, 10) == {}


def test_a_feed_whose_answer_was_lost_is_asked_again_when_its_lease_is_over_and_its_time_has_come(store: Store) -> None:
    [one] = add(store, "a")
    take(store, [one.id], "killed")
    assert store.feeds.get(one.id) == later(one)
    assert take(store, [one.id], "next", now=NOW + 2 * LEASE) == []
    store.work.release("killed")
    assert store.polls.due(NOW + HOUR / 2, 10) == {}
    assert take(store, [one.id], "next", now=NOW + HOUR / 2) == []
    assert list(store.polls.due(NOW + HOUR, 10)) == [one.id]
    assert take(store, [one.id], "next", now=NOW + HOUR) == [later(one)]


def test_a_lease_that_is_not_over_keeps_a_feed_whose_time_has_come(store: Store) -> None:
    [one] = add(store, "a")
    store.polls.take([one.id], "slow", NOW, 3 * HOUR, later)
    assert store.polls.due(NOW + 2 * HOUR, 10) == {}
    assert list(store.polls.due(NOW + 3 * HOUR, 10)) == [one.id]


def test_answers_are_written_for_the_feeds_that_are_still_held_and_for_no_other(store: Store) -> None:
    kept, lost = add(store, "a", "b")
    take(store, [kept.id])
    answered = [replace(one, status="ok", etag='"1"', next_poll=NOW + HOUR) for one in (kept, lost)]
    assert store.polls.settle(answered, "me") == {kept.id}
    assert store.feeds.get(kept.id) == answered[0]
    assert store.feeds.get(lost.id) == lost
    assert list(store.polls.due(NOW + HOUR, 10)) == [lost.id, kept.id]


def test_what_a_person_changed_while_a_feed_was_asked_stays(store: Store) -> None:
    paused, removed, named = add(store, "a", "b", "c")
    taken = take(store, [paused.id, removed.id, named.id])
    store.feeds.pause(paused.id, True)
    store.feeds.remove(removed.id)
    store.polls.settle([replace(one, title="As the feed says", status="ok") for one in taken], "me")
    assert store.feeds.get(paused.id).paused
    assert store.feeds.get(removed.id).removed
    assert store.feeds.get(named.id).title == "As the feed says"
    [titled] = add(store, "d", title="As I call it")
    take(store, [titled.id])
    store.polls.settle([replace(titled, title="As the feed says")], "me")
    assert store.feeds.get(titled.id).title == "As I call it"


def test_a_feed_that_is_gone_is_asked_no_more_until_a_person_wants_it(store: Store) -> None:
    [one] = add(store, "a")
    take(store, [one.id])
    store.polls.settle([replace(one, status="gone", paused=True, next_poll=None)], "me")
    assert store.feeds.get(one.id).paused
    assert store.polls.due(NOW + 1000 * HOUR, 10) == {}
    store.feeds.pause(one.id, False)
    assert list(store.polls.due(NOW, 10)) == [one.id]


def test_only_a_change_of_health_is_told(store: Store) -> None:
    [one] = add(store, "a")
    for status in ("ok", "not_modified", "failed", "failed", "ok"):
        take(store, [one.id], early=True)
        store.polls.settle([replace(one, status=status, last_poll=NOW)], "me")
    assert [(told.kind, told.detail) for told in store.events.since(0)] == [("feed", "failed"), ("feed", "ok")]


def test_answers_that_cannot_be_written_leave_the_feed_asked(store: Store) -> None:
    [one] = add(store, "a")
    take(store, [one.id])

    def fail() -> None:
        with store.transaction():
            store.polls.settle([replace(one, status="ok")], "me")
            raise StorageFailed("The database", why="it is full", mend="None.")

    with pytest.raises(StorageFailed):
        fail()
    assert store.feeds.get(one.id) == later(one)
    assert store.polls.settle([replace(one, status="ok")], "me") == {one.id}


@contextmanager
def plans(engine: Engine) -> Iterator[list[str]]:
    """How the database goes about each query inside."""
    found: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if statement.startswith("SELECT"):
            other = cursor.connection.cursor()
            other.execute(explain + statement, parameters)
            found.append("\n".join(str(row) for row in other.fetchall()))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_due_feeds_are_found_in_one_index_without_looking_at_the_others(store: Store, engine: Engine) -> None:
    with store.transaction():
        for number in range(3000):
            add(store, f"n{number}", next_poll=NOW + timedelta(seconds=number - 5))
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    with plans(engine) as found:
        assert len(store.polls.due(NOW, 10)) == 6
    assert len(found) == 2
    for plan in found:
        assert "ix_feed_next_poll" in plan, plan
        assert "B-TREE" not in plan, plan
        assert "Sort" not in plan, plan
