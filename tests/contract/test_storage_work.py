"""The state of the work, transactions, and what a crash or a full disk leaves."""

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from storage_samples import HOUR, LEASE, NOW, article, at, claim, entry, feed, told

from monitor.domain.address import Address
from monitor.domain.work import SetAside, WorkState
from monitor.errors import LeaseLost, StorageFailed
from monitor.storage.store import Store


def _articles(store: Store, number: int) -> list[str]:
    ones = [at(article(path=str(n)), n) for n in range(number)]
    for one in reversed(ones):
        store.articles.put(one)
    return [one.id for one in ones]


def test_rows_are_taken_in_their_order_and_by_one_owner(store: Store) -> None:
    ids = _articles(store, 4)
    assert store.work.claim("article", 3, "a", NOW, LEASE) == ids[:3]
    assert store.work.claim("article", 3, "b", NOW, LEASE) == ids[3:]
    assert store.work.claim("article", 3, "c", NOW, LEASE) == []
    assert store.work.count("article") == {
        WorkState.WAITING: 0,
        WorkState.CLAIMED: 4,
        WorkState.DONE: 0,
        WorkState.SET_ASIDE: 0,
    }
    assert store.work.owners() == ["a", "b"]


def test_undated_rows_are_taken_last_and_those_whose_lease_ran_out_at_their_place(store: Store) -> None:
    ids = _articles(store, 3)
    undated = replace(article(path="undated"), published=None)
    store.articles.put(undated)
    assert store.work.claim("article", 2, "slow", NOW, LEASE) == ids[:2]
    assert store.work.claim("article", 9, "next", NOW + LEASE, LEASE) == [*ids, undated.id]


def test_a_lease_that_ran_out_gives_the_row_to_the_next_and_the_first_cannot_finish_it(store: Store) -> None:
    [one] = _articles(store, 1)
    store.work.claim("article", 1, "slow", NOW, LEASE)
    assert store.work.claim("article", 1, "next", NOW + LEASE, LEASE) == [one]
    assert store.work.attempts("article", [one]) == {one: 2}
    with pytest.raises(LeaseLost):
        store.work.finish("article", [one], "slow")
    store.work.finish("article", [one], "next")
    assert store.work.count("article")[WorkState.DONE] == 1


def test_results_of_a_lost_lease_are_not_written(store: Store) -> None:
    first, second = _articles(store, 2)
    store.work.claim("article", 1, "slow", NOW, LEASE)
    store.work.claim("article", 2, "next", NOW + LEASE, LEASE)
    of = store.articles.get([first])[0]

    def settle() -> None:
        with store.transaction():
            told(store, of, claim(of))
            store.work.finish("article", [first, second], "slow")

    with pytest.raises(LeaseLost):
        settle()
    assert store.claims.of_article(first) == []
    assert [one.kind for one in store.events.since(0)] == ["article", "article"]


def test_a_row_that_failed_waits_for_its_time_and_then_is_set_aside_with_the_reason(store: Store) -> None:
    [one] = _articles(store, 1)
    store.work.claim("article", 1, "me", NOW, LEASE)
    store.work.retry_later("article", one, NOW + HOUR, "busy", "me")
    assert store.work.claim("article", 1, "me", NOW + HOUR / 2, LEASE) == []
    assert store.work.next_time("article") == NOW + HOUR
    assert store.work.claim("article", 1, "me", NOW + HOUR, LEASE) == [one]
    store.work.set_aside("article", one, "no text", "me", NOW + HOUR)
    assert store.work.claim("article", 1, "me", NOW + 9 * HOUR, LEASE) == []
    assert store.work.list_set_aside() == [SetAside("article", one, "no text", 2, NOW + HOUR)]
    assert store.work.again("article") == 1
    assert store.work.claim("article", 1, "me", NOW, LEASE) == [one]
    with pytest.raises(LeaseLost):
        store.work.set_aside("article", one, "no text", "other", NOW)


def test_what_an_owner_held_is_given_back_as_if_never_taken(store: Store) -> None:
    store.feeds.add(feed())
    store.entries.put([entry(1), entry(2)], NOW)
    store.work.claim("entry", 1, "me", NOW, LEASE)
    store.polls.take([feed().id], "me", NOW, LEASE, lambda one: one)
    store.work.release("me")
    assert sorted(store.work.claim("entry", 5, "you", NOW, LEASE)) == sorted([entry(1).id, entry(2).id])
    assert set(store.work.attempts("entry", [entry(1).id, entry(2).id]).values()) == {1}
    assert store.polls.take([feed().id], "you", NOW, LEASE, lambda one: one) == [feed()]


def test_a_row_that_changes_while_it_is_worked_on_is_worked_on_again(store: Store) -> None:
    store.feeds.add(feed())
    store.entries.put([entry()], NOW)
    store.work.claim("entry", 1, "me", NOW, LEASE)
    store.entries.put([entry(title="Corrected")], NOW)
    with pytest.raises(LeaseLost):
        store.work.finish("entry", [entry().id], "me")
    assert store.work.claim("entry", 1, "me", NOW, LEASE) == [entry().id]


def test_done_work_can_be_asked_for_again_and_a_lease_can_be_prolonged(store: Store) -> None:
    ids = _articles(store, 2)
    store.work.claim("article", 2, "me", NOW, LEASE)
    store.work.extend("article", ids, "me", NOW + HOUR)
    assert store.work.claim("article", 2, "you", NOW + 2 * LEASE, LEASE) == []
    store.work.finish("article", ids, "me")
    assert store.work.redo("article", ids[:1]) == 1
    assert store.work.claim("article", 2, "me", NOW, LEASE) == ids[:1]


def test_workers_in_threads_take_every_row_once(store: Store) -> None:
    ids = _articles(store, 30)
    taken: list[str] = []

    def work(owner: str) -> None:
        while some := store.work.claim("article", 2, owner, NOW, LEASE):
            store.work.finish("article", some, owner)
            taken.extend(some)

    threads = [threading.Thread(target=work, args=(f"worker {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(ids)


def test_a_transaction_is_all_or_nothing_and_may_be_nested(store: Store) -> None:
    def write() -> None:
        with store.transaction():
            store.feeds.add(feed())
            with store.transaction():
                store.articles.put(article())
            assert store.feeds.list() == [feed()]
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        write()
    assert store.feeds.list() == []
    assert store.events.last() == 0


def test_another_thread_sees_nothing_of_a_transaction_before_its_end(store: Store) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(len(store.feeds.list()))

    with store.transaction():
        store.feeds.add(feed())
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    look()
    assert seen == [0, 1]


def test_a_snapshot_shows_one_moment_and_cannot_be_written_in(store: Store) -> None:
    store.articles.put(article(path="1"))
    with store.snapshot():
        before = store.counts()
        thread = threading.Thread(target=lambda: store.articles.put(article(path="2")))
        thread.start()
        thread.join()
        assert store.counts() == before
        with pytest.raises(RuntimeError):
            store.articles.put(article(path="3"))
    assert store.counts()["articles"] == 2


def test_what_is_read_page_by_page_may_be_written_to_meanwhile(store: Store) -> None:
    with store.transaction():
        for number in range(1100):
            store.articles.put(article(path=str(number)))
    seen = []
    for one in store.articles.all():
        seen.append(one.id)
        if len(seen) % 400 == 0:
            store.addresses.put(Address(one.url, one.url))
    assert seen == sorted(seen)
    assert len(set(seen)) == 1100


def test_events_are_numbered_in_the_order_they_became_visible(store: Store) -> None:
    def write(number: int) -> None:
        for part in range(5):
            store.articles.put(article(path=f"{number}-{part}"))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while any(thread.is_alive() for thread in threads) or store.events.last() > (seen[-1] if seen else 0):
        seen += [one.number for one in store.events.since(seen[-1] if seen else 0, 3)]
    assert len(seen) == len(set(seen)) == 15
    assert seen == sorted(seen)


def test_a_killed_writer_leaves_nothing_half_written(store: Store, engine: Engine) -> None:
    store.articles.put(article(path="before"))
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from storage_samples import *
from monitor.storage.engine import open_engine
store = Store(open_engine({engine.url.render_as_string(hide_password=False)!r}))
with store.transaction():
    for number in range(300):
        one = article(path=str(number))
        told(store, one, claim(one))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == -9, run.stderr
    assert store.counts()["articles"] == 1
    assert store.counts()["claims"] == 0
    one = article(path="0")
    told(store, one, claim(one))
    assert store.claims.of_article(one.id) == [claim(one)]


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path, sqlite_template: Path) -> None:
    from monitor.storage.engine import open_engine

    (tmp_path / "full.db").write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{tmp_path}/full.db")
    store = Store(engine)
    store.articles.put(article(path="before"))
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
    big = replace(article(path="big"), text="flour " * 100_000)
    with pytest.raises(StorageFailed, match="full"):
        store.articles.put(big)
    assert [one.url for one in store.articles.all()] == [article(path="before").url]
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert store.articles.put(big).id == big.id
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    engine.dispose()


def test_a_lease_says_until_when(store: Store) -> None:
    [one] = _articles(store, 1)
    store.work.claim("article", 1, "a", NOW, timedelta(minutes=1))
    assert store.work.claim("article", 1, "b", NOW + timedelta(seconds=59), LEASE) == []
    assert store.work.claim("article", 1, "b", NOW + timedelta(seconds=60), LEASE) == [one]
