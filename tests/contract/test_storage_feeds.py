"""Feeds and entries."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from storage_samples import HOUR, LEASE, NOW, article, entry, feed

from monitor.domain.address import Address
from monitor.domain.feed import FeedMove, FetchLine
from monitor.domain.feed_health import FeedPace
from monitor.domain.url import page_id
from monitor.domain.work import WorkState
from monitor.errors import NotFound
from monitor.storage.store import Store


def test_a_feed_comes_back_as_it_was_given(store: Store) -> None:
    given = feed(title="Mill", added=NOW, etag='"x"', failures=2, next_poll=NOW, skip_hours=(1, 2), skip_days=("Monday",))
    move = FeedMove(NOW, given.url, "https://mill.example/new", "301 seen twice")
    given = replace(given, login="reader:sesame", proxy="http://127.0.0.1:8118", bytes_saved=2**40, moves=(move,))
    assert store.feeds.add(given)
    assert store.feeds.get(given.id) == given
    assert store.feeds.by_url(given.url) == given
    assert not store.feeds.add(given)


def test_a_feed_that_is_given_a_login_is_due_at_once(store: Store) -> None:
    given = feed(next_poll=NOW + HOUR, title="Mill")
    store.feeds.add(given)
    store.feeds.give(given.id, login="reader:sesame", proxy="direct")
    assert store.feeds.get(given.id) == replace(given, login="reader:sesame", proxy="direct", next_poll=None)
    with pytest.raises(NotFound):
        store.feeds.give("feed-none", login="", proxy="")


def test_a_feed_that_was_removed_is_not_revived_by_a_seed_but_by_a_person(store: Store) -> None:
    given = feed()
    store.feeds.merge_seed(given)
    store.feeds.remove(given.id)
    assert not store.feeds.merge_seed(given)
    assert store.feeds.list() == []
    assert store.feeds.list(include_removed=True) == [replace(given, removed=True)]
    assert store.feeds.add(given)
    assert store.feeds.list() == [given]


def test_an_unknown_feed_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.feeds.get("feed-none")
    with pytest.raises(NotFound):
        store.feeds.remove("feed-none")


def test_history_is_newest_first_and_does_not_grow_for_ever(store: Store) -> None:
    given = feed()
    store.feeds.add(given)
    lines = [FetchLine(given.id, NOW + timedelta(minutes=n), "ok", 200, n) for n in range(3000)]
    for start in range(0, len(lines), 20):
        store.feeds.log(*lines[start : start + 20])
    assert store.feeds.history(given.id, 2) == [lines[2999], lines[2998]]
    assert 500 <= len(store.feeds.history(given.id, 3000)) < 1000


def test_the_pace_of_a_feed_is_counted_from_the_dates_of_its_entries(store: Store) -> None:
    known, unknown = feed(), feed("https://other.example/feed")
    for one in (known, unknown):
        store.feeds.add(one)
    days = [0, 1, 2, 8, 12, 16, 20, 21, 100]
    dated = [entry(n, published=NOW - timedelta(days=day)) for n, day in enumerate(days)]
    store.entries.put([*dated, entry(50, published=None), entry(51, published=NOW + timedelta(days=3))], NOW)
    paces = store.feeds.paces(NOW)
    assert paces[unknown.id] == FeedPace(0, None)
    assert (paces[known.id].week, paces[known.id].usual) == (3, pytest.approx(2.5))


def test_a_host_that_asked_for_peace_is_left_alone_for_the_longer_of_two_times(store: Store) -> None:
    assert store.feeds.host_hold("mill.example") is None
    store.feeds.hold_host("mill.example", NOW + HOUR, "429")
    store.feeds.hold_host("mill.example", NOW, "429")
    assert store.feeds.host_hold("mill.example") == NOW + HOUR
    assert store.feeds.holds(NOW) == {"mill.example": NOW + HOUR}
    assert store.feeds.holds(NOW + HOUR) == {}


def test_an_entry_comes_back_with_its_dates_as_the_feed_told_them(store: Store) -> None:
    store.feeds.add(feed())
    late = datetime.fromisoformat("2026-03-01T23:30:00-05:00")
    given = entry(published=late, enclosures=("https://a/b",), guid="g", date_note="zone assumed")
    assert store.entries.put([given], NOW) == [given.id]
    [found] = store.entries.get([given.id])
    assert found == given
    assert found.published is not None
    assert found.published.isoformat() == "2026-03-01T23:30:00-05:00"


def test_an_entry_that_says_the_same_again_is_not_touched(store: Store) -> None:
    store.feeds.add(feed())
    store.entries.put([entry()], NOW)
    store.work.claim("entry", 1, "me", NOW, LEASE)
    store.work.finish("entry", [entry().id], "me")
    assert store.entries.put([entry()], NOW) == []
    assert store.work.count("entry")[WorkState.DONE] == 1


def test_an_entry_that_says_something_else_waits_again(store: Store) -> None:
    store.feeds.add(feed())
    store.entries.put([entry()], NOW)
    store.work.claim("entry", 1, "me", NOW, LEASE)
    store.work.finish("entry", [entry().id], "me")
    assert store.entries.put([entry(title="Another title")], NOW) == [entry().id]
    assert store.work.count("entry")[WorkState.WAITING] == 1
    assert store.entries.put([entry(title="Another title", author="Somebody")], NOW) == []


def test_an_entry_remembers_its_article_when_the_feed_repeats_it(store: Store) -> None:
    store.feeds.add(feed())
    store.entries.put([entry()], NOW)
    stored = store.articles.put(article())
    store.entries.link_article(entry().id, stored.id)
    store.entries.put([entry(title="Another title")], NOW)
    assert [one.article_id for one in store.entries.all()] == [stored.id]
    assert store.entries.of_article(stored.id) == store.entries.get([entry().id])


def test_text_that_no_database_can_keep_is_kept_readable(store: Store) -> None:
    store.feeds.add(feed())
    given = entry(title="nul\x00 and \ud800", summary="x" * 20_000)
    assert store.entries.put([given], NOW) == [given.id]
    assert store.entries.put([given], NOW) == []
    assert store.entries.get([given.id])[0].title == "nul\ufffd and \ufffd"


def test_an_address_too_long_for_an_index_and_a_date_before_time_are_stored(store: Store) -> None:
    store.feeds.add(feed())
    dawn = datetime.fromisoformat("0001-01-01T00:00:00+14:00")
    given = entry(url="https://mill.example/" + "ä" * 5000, published=dawn)
    store.entries.put([given], NOW)
    assert store.entries.get([given.id])[0] == replace(given, published=None)
    long = replace(article(), url=given.url, canonical_url=given.url)
    store.articles.put(long)
    assert store.articles.by_url(given.url)[0].id == long.id
    store.addresses.put(Address(given.url, "https://mill.example/short"))
    assert store.addresses.of(given.url) == Address(given.url, "https://mill.example/short")


def test_entries_are_found_by_the_address_they_lead_to_and_done_by_its_article(store: Store) -> None:
    store.feeds.add(feed())
    one, twin = entry(url="http://mill.example/1?utm_medium=feed", pdf="https://mill.example/1.pdf"), entry(2)
    other = replace(twin, id="other", url="https://www.mill.example/1")
    store.entries.put([one, twin, other], NOW)
    store.articles.put(article())
    [held] = store.work.claim("entry", 1, "me", NOW, LEASE)
    store.work.set_aside("entry", held, "nothing to read", "me", NOW)
    store.entries.link_article(held, article().id)
    assert store.work.count("entry")[WorkState.SET_ASIDE] == 0
    assert {one.id for one in store.entries.of_address(page_id(article().url))} == {one.id, "other"}
    assert store.entries.get([one.id])[0].pdf == one.pdf
