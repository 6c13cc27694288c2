"""What is never asked, whatever a feed or an operator's address says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsstand import Newsstand, answering, rss
from servers.proxies import proxy_server
from servers.scenario import ScenarioServer, scenario_server


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/feed", answering())
        yield running


HOSTS = (
    "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1.", "0.0.0.0",
    "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::1%25lo]",
)  # fmt: skip


def test_this_machine_is_not_asked_in_any_spelling_unless_allowed(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__ALLOW_NETWORKS": ""})
    urls = [server.url("/feed", host=host) for host in HOSTS]
    stand.take(*urls)
    assert stand.poll().code == 1
    assert server.asked == []
    assert "fetch.allow_networks" in stand.error(urls[0])
    allowing = Newsstand(tmp_path / "here", {"MONITOR_FETCH__ALLOW_NETWORKS": "127.0.0.1"})
    assert allowing.poll().code == 4
    assert allowing.feed(urls[0])["status"] == "ok"


def test_an_allowed_network_opens_no_other(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__ALLOW_NETWORKS": "127.0.0.2,10.0.0.0/8"})
    stand.take(server.url("/feed", host="127.0.0.2"), server.url("/feed", host="127.0.0.3"))
    assert stand.poll().code == 4
    assert [asked.headers["host"] for asked in server.asked] == [f"127.0.0.2:{server.port}"]


def test_a_page_of_a_private_network_is_not_asked_for(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__ALLOW_NETWORKS": "127.0.0.1"})
    inside = server.on("/inside", answering(b"<html><body>Inside</body></html>")).replace("127.0.0.1", "127.0.0.2")
    stand.take(server.on("/list", answering(rss("Mill", inside, "http://localhost:1/", "file:///etc/passwd"))))
    stand.poll()
    assert server.paths() == ["/list"]


def test_all_goes_through_the_proxy_of_the_settings(server: ScenarioServer, tmp_path: Path) -> None:
    with proxy_server(login="me:sesame") as proxy:
        usual = f"http://me:sesame@127.0.0.1:{proxy.port}"
        stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__PROXY": usual, "MONITOR_FETCH__ALLOW_NETWORKS": ""})
        stand.take(server.url("/feed", host="mill.example"), server.url("/feed"))
        assert stand.poll().code == 4
        assert proxy.asked == [f"GET http://mill.example:{server.port}/feed HTTP/1.1"]
        assert "public internet" in stand.error(server.url("/feed"))
    assert len(server.asked) == 1
    assert "sesame" not in stand.terminal("config", "show").out
