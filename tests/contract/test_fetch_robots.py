"""robots.txt governs article pages, and never feeds."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server

from monitor.errors import FetchFailed, FetchRefused
from monitor.fetch.client import Client


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/open", lambda exchange: exchange.answer(b"open"))
        running.on("/closed/a", lambda exchange: exchange.answer(b"closed"))
        yield running


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(**settings: Any) -> Client:
        settings = {
            "allow_networks": ("127.0.0.0/8",),
            "pause_per_host_seconds": 0.0,
            "product": "heron",
            "now": present,
        } | settings
        made.append(Client(**settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


def present() -> datetime:
    return datetime.now(UTC)


MakeClient = Callable[..., Client]
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
