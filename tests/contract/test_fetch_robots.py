"""robots.txt governs article pages, and never feeds."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import pytest
from fetching import MakeClient, clients, failure, stopped
from servers.scenario import Exchange, ScenarioServer, scenario_server

from monitor.domain.page import Page
from monitor.errors import FetchFailed, FetchRefused
from monitor.fetch.failures import Stopped
from monitor.fetch.robots import Manners, Robots
from monitor.fetch.target import target_of
from monitor.storage.store import Store


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/open", lambda exchange: exchange.answer(b"open"))
        running.on("/closed/a", lambda exchange: exchange.answer(b"closed"))
        yield running


@pytest.fixture
def client() -> Iterator[MakeClient]:
    with clients() as make:
        yield partial(make, product="heron")


RULES = b"User-agent: *\nDisallow: /closed/\n\nUser-agent: heron\nDisallow: /closed/\nDisallow: /open\n"


def rules(body: bytes, status: int = 200) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(body, status)


def test_pages_that_the_rules_forbid_are_not_asked_for(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b"User-agent: *\nDisallow: /closed/\n"))
    asking = client()
    assert asking.get(server.url("/open"), kind="page").body == b"open"
    with pytest.raises(FetchRefused, match=r"robots\.txt of 127\.0\.0\.1 forbids it to heron"):
        asking.get(server.url("/closed/a"), kind="page")
    assert server.paths() == ["/robots.txt", "/open"]


def test_rules_for_us_by_name_come_before_rules_for_all(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(RULES))
    with pytest.raises(FetchRefused):
        client().get(server.url("/open"), kind="page")
    assert client(product="crane").get(server.url("/open"), kind="page").status == 200


def test_feeds_are_not_governed(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b"User-agent: *\nDisallow: /\n"))
    assert client().get(server.url("/open"), kind="feed").status == 200
    assert server.paths() == ["/open"]


@pytest.mark.parametrize("status", [404, 403, 401])
def test_no_rules_allow_everything(server: ScenarioServer, client: MakeClient, status: int) -> None:
    server.on("/robots.txt", rules(b"", status))
    assert client().get(server.url("/closed/a"), kind="page").status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_that_cannot_say_its_rules_now_is_left_to_wait(
    server: ScenarioServer, client: MakeClient, status: int
) -> None:
    server.on("/robots.txt", rules(b"", status))
    asking = client()
    for _ in range(2):
        with pytest.raises(FetchFailed, match=r"Waiting for .*robots\.txt") as caught:
            asking.get(server.url("/open"), kind="page")
        assert caught.value.retry
        assert caught.value.retry_after_seconds
    assert server.paths() == ["/robots.txt"]


def test_the_rules_are_asked_for_once_until_they_are_old(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b""))
    asking = client(robots_cache_seconds=0.3)
    for pause in (0.0, 0.0, 0.5):
        time.sleep(pause)
        asking.get(server.url("/open"), kind="page")
    assert server.paths().count("/robots.txt") == 2


def test_a_redirect_to_a_forbidden_page_is_refused_there(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b"User-agent: *\nDisallow: /closed/\n"))
    url = server.on("/way", lambda exchange: exchange.redirect("/closed/a"))
    with pytest.raises(FetchRefused):
        client().get(url, kind="page")
    assert "/closed/a" not in server.paths()


def test_a_crawl_delay_is_kept_between_pages(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b"User-agent: *\nCrawl-delay: 0.5\n"))
    asking = client()
    for _ in range(2):
        asking.get(server.url("/open"), kind="page")
    first, second = (asked.at for asked in server.asked if asked.path == "/open")
    assert second - first > 0.4


def test_rules_outlive_the_program(server: ScenarioServer, client: MakeClient, store: Store) -> None:
    server.on("/robots.txt", rules(b"User-agent: *\nDisallow: /closed/\n"))
    for _ in range(2):
        asking = client(robots_memory=store.robots)
        asking.get(server.url("/open"), kind="page")
        with pytest.raises(FetchRefused):
            asking.get(server.url("/closed/a"), kind="page")
        asking.close()
    assert server.paths().count("/robots.txt") == 1


def test_a_site_that_cannot_say_its_rules_is_left_to_wait_by_the_next_program_too(
    server: ScenarioServer, client: MakeClient, store: Store
) -> None:
    server.on("/robots.txt", lambda exchange: exchange.answer(b"", 503, retry_after="4000"))
    for _ in range(2):
        error = failure(client(robots_memory=store.robots), server.url("/open"), kind="page")
        assert error.status == 503
        assert 3900 < (error.retry_after_seconds or 0) <= 4000
    assert server.paths() == ["/robots.txt"]


def test_a_site_that_could_not_say_its_rules_is_asked_again(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/robots.txt", rules(b"", 500))
    asking = client(robots_retry_seconds=0.2)
    failure(asking, server.url("/open"), kind="page")
    time.sleep(0.3)
    server.on("/robots.txt", rules(b"User-agent: *\nAllow: /\n"))
    assert asking.get(server.url("/open"), kind="page").body == b"open"


def test_rules_that_go_round_in_a_circle_are_none_and_those_behind_a_redirect_hold(
    server: ScenarioServer, client: MakeClient
) -> None:
    server.on("/robots.txt", lambda exchange: exchange.redirect("/robots.txt"))
    assert client().get(server.url("/closed/a"), kind="page").body == b"closed"
    server.on("/robots.txt", lambda exchange: exchange.redirect(server.url("/rules", host="127.0.0.2")))
    server.on("/rules", rules(b"User-agent: *\nDisallow: /closed/\n"))
    with pytest.raises(FetchRefused):
        client().get(server.url("/closed/a"), kind="page")


def test_rules_beyond_half_a_megabyte_are_left_away_by_the_line(server: ScenarioServer, client: MakeClient) -> None:
    start = b"User-agent: *\nDisallow: /closed/\n"
    padding = b"# " + b"x" * (512_000 - len(start) - 14) + b"\n"
    server.on("/robots.txt", rules(start + padding + b"Disallow: /open/later\n" + b"Disallow: /\n" * 100_000))
    asking = client()
    assert asking.get(server.url("/open"), kind="page").body == b"open"
    with pytest.raises(FetchRefused):
        asking.get(server.url("/closed/a"), kind="page")


def test_many_who_want_the_rules_at_once_ask_once(server: ScenarioServer, client: MakeClient) -> None:
    def slow(exchange: Exchange) -> None:
        time.sleep(0.2)
        exchange.answer(b"")

    server.on("/robots.txt", slow)
    asking = client()
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: asking.get(server.url("/open"), kind="page"), range(8)))
    assert len(pages) == 8
    assert server.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("delay", "kept"), [("0.05", 0.05), ("1000", 0.1), ("inf", 0.0), ("-5", 0.0), ("nan", 0.0), ("never", 0.0)]
)
def test_a_crawl_delay_is_kept_to_no_longer_than_we_want(delay: str, kept: float) -> None:
    def ask(url: str, proxy: object) -> Page:
        return Page(url, 200, {}, f"User-agent: *\nCrawl-delay: {delay}\n".encode())

    manners = Manners("heron", longest_delay_seconds=0.1)
    robots = Robots(ask, manners, lambda: datetime(2031, 3, 4, tzinfo=UTC))
    assert robots.check(target_of("https://tide.example/open")) == kept


def test_a_program_that_is_stopped_remembers_nothing_of_it(
    server: ScenarioServer, client: MakeClient, store: Store
) -> None:
    server.on("/robots.txt", lambda exchange: time.sleep(20))
    asking = client(robots_memory=store.robots)
    errors: list[Stopped] = []
    thread = threading.Thread(target=lambda: errors.append(stopped(asking, server.url("/open"), kind="page")))
    thread.start()
    while not server.asked:
        time.sleep(0.01)
    asking.close()
    thread.join(10)
    assert [error.why for error in errors] == ["the program is being stopped"]
    assert store.robots.get(f"http://127.0.0.1:{server.port}") is None
