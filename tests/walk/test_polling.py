"""What is asked, what is not, and what becomes of answers when our own side fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server

from monitor.app import App
from monitor.domain.entry import ParsedFeed
from monitor.domain.feed import Feed, FetchLine
from monitor.errors import StorageFailed
from monitor.feeds.parse import parse_feed
from monitor.pipeline.edges import Edges
from monitor.settings import Settings
from monitor.tasks.polling import Poller

NOW = datetime(2026, 5, 6, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ITEMS = "".join(f"<item><title>Note {number}</title><guid>n{number}</guid></item>" for number in range(3))
MILL = f'<rss version="2.0"><channel><title>Mill</title>{ITEMS}</channel></rss>'.encode()


def mill(exchange: Exchange) -> None:
    exchange.answer(MILL, content_type="application/rss+xml")


@dataclass
class Desk:
    """The service at a moment, and the server of its feeds."""

    app: App
    server: ScenarioServer

    @property
    def edges(self) -> Edges:
        return self.app.parts.edges

    def follow(self, name: str, **known: Any) -> Feed:
        """A feed of this name; it is due unless something else is known of it."""
        feed = replace(self.app.parts.feed(self.server.on(f"/{name}", mill)), **known)
        self.app.store.feeds.add(feed)
        return feed

    def row(self, feed: Feed) -> Feed:
        return self.app.store.feeds.get(feed.id)

    def ask_due(self, edges: Edges | None = None) -> list[FetchLine]:
        """Ask what is due; the lines that this adds to the histories."""
        lines: list[FetchLine] = []
        with poller(edges or self.edges, lines) as asking:
            asking.ask_due()
        return lines


@contextmanager
def poller(edges: Edges, lines: list[FetchLine]) -> Iterator[Poller]:
    asking = Poller(edges, told=lambda feed, line: lines.append(line))
    yield asking
    asking.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    usual = Settings()
    fetch = usual.fetch.model_copy(update={"allow_networks": ("127.0.0.0/8",), "pause_per_host_seconds": 0.0})
    own = {"database_url": f"sqlite:///{tmp_path}/monitor.db", "feeds": (), "fetch": fetch}
    app = App(usual.model_copy(update=own), now=lambda: NOW)
    with scenario_server() as server:
        yield Desk(app, server)
        app.close()


def test_what_is_due_is_asked_once_and_its_entries_are_stored(desk: Desk) -> None:
    feeds = [desk.follow(name) for name in "abc"]
    later = desk.follow("later", next_poll=NOW + HOUR)
    lines = desk.ask_due()
    assert sorted(line.feed_id for line in lines) == sorted(feed.id for feed in feeds)
    assert [(line.status, line.new_entries, line.bytes_read) for line in lines] == [("ok", 3, len(MILL))] * 3
    assert sorted(desk.server.paths()) == ["/a", "/b", "/c"]
    assert desk.row(later) == later
    assert desk.ask_due() == []
    assert {desk.row(feed).last_new for feed in feeds} == {NOW}


def test_a_feed_that_became_due_while_the_service_was_down_is_not_asked_in_an_hour_that_it_rules_out(desk: Desk) -> None:
    feed = desk.follow("mill", skip_hours=(12,), next_poll=NOW - 3 * HOUR)
    (line,) = desk.ask_due()
    assert (line.status, desk.server.paths()) == ("held", [])
    assert desk.row(feed).next_poll == NOW.replace(hour=13, minute=0)
    assert "skipHours" in desk.row(feed).next_poll_reason
    desk.app.polling.poll([feed.id], walk=False)
    assert desk.server.paths() == ["/mill"]


def test_no_feed_of_a_host_that_wants_its_peace_is_asked_not_even_by_hand(desk: Desk) -> None:
    feed = desk.follow("mill")
    desk.app.store.feeds.hold_host("127.0.0.1", NOW + HOUR, "429")
    assert [line.status for line in desk.ask_due()] == ["held"]
    assert desk.row(feed).next_poll == NOW + HOUR
    assert desk.app.polling.poll([feed.id], walk=False).held == 1
    assert desk.server.paths() == []


def test_a_feed_that_somebody_else_asks_or_that_is_paused_meanwhile_is_not_asked(desk: Desk) -> None:
    others, paused, first = desk.follow("others"), desk.follow("paused", next_poll=NOW), desk.follow("first")
    desk.app.store.polls.take([others.id], "somebody", NOW, HOUR, lambda feed: feed)

    def pausing(exchange: Exchange) -> None:
        desk.app.store.feeds.pause(paused.id, True)
        mill(exchange)

    desk.server.on("/first", pausing)
    desk.ask_due(replace(desk.edges, limits=replace(desk.edges.limits, feeds_per_host=1)))
    assert desk.server.paths() == ["/first"]
    assert desk.row(first).status == "ok"


def test_a_feed_on_which_our_own_program_breaks_is_put_off_and_harms_no_other(desk: Desk) -> None:
    bad, good = desk.follow("bad"), desk.follow("good")

    def parse(body: bytes, *, url: str, **rest: Any) -> ParsedFeed:
        if url.endswith("/bad"):
            raise ZeroDivisionError("it is ours")
        return parse_feed(body, url=url, **rest)

    desk.ask_due(replace(desk.edges, parse=parse))
    assert (desk.row(good).status, desk.row(bad).status) == ("ok", "failed")
    assert desk.row(bad).last_error == "ZeroDivisionError: it is ours"
    when = desk.row(bad).next_poll
    assert when is not None
    assert when > NOW


def test_a_feed_that_is_being_asked_when_the_program_stops_counts_as_asked_and_not_as_failed(desk: Desk) -> None:
    feed = desk.follow("mill", failures=2, failing_since=NOW - HOUR, status="failed", interval_seconds=3600)
    desk.server.on("/mill", lambda exchange: desk.app.parts.web.close())
    assert [(line.status, line.error) for line in desk.ask_due()] == [("held", "the program was being stopped")]
    after = desk.row(feed)
    assert (after.failures, after.status, after.last_error) == (2, "failed", "")
    assert after.next_poll is not None
    assert after.next_poll >= NOW + HOUR
    assert [one.id for one in desk.app.store.polls.take([feed.id], "next", NOW, HOUR, lambda one: one, early=True)] == [
        feed.id
    ]


def test_a_login_is_not_sent_to_another_port_of_the_host_to_which_the_feed_has_moved(desk: Desk) -> None:
    with scenario_server() as other:
        address = other.on("/mill", mill)
        desk.follow("stays", login="ann:sesame")
        desk.follow("moved", login="ann:sesame", fetch_url=address)
        assert [line.status for line in desk.ask_due()] == ["ok", "ok"]
        assert ["authorization" in asked.headers for asked in desk.server.asked] == [True]
        assert ["authorization" in asked.headers for asked in other.asked] == [False]


def test_an_answer_that_cannot_be_written_for_now_is_kept_and_nobody_is_asked_again(desk: Desk) -> None:
    big = "".join(f"<item><guid>{number}</guid><title>{'oats ' * 2000}</title></item>" for number in range(50))
    feed = desk.follow("mill")
    whole = f'<rss version="2.0"><channel><title>Mill</title>{big}</channel></rss>'.encode()
    desk.server.on("/mill", lambda exchange: exchange.answer(whole, content_type="application/rss+xml"))
    engine = desk.app.store._transactions.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 5}")
    lines: list[FetchLine] = []
    with poller(desk.edges, lines) as asking:
        with pytest.raises(StorageFailed, match="full"):
            asking.ask_due()
        assert "lost" in desk.row(feed).next_poll_reason
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        asking.ask_due()
    assert [(line.status, line.new_entries) for line in lines] == [("ok", 50)]
    assert desk.server.paths() == ["/mill"]
