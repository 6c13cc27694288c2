"""A name server that answers otherwise the next time gains nothing: we connect to the address that was checked."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from newsstand import Newsstand, answering
from servers.scenario import ScenarioServer, scenario_server

ALLOWED, PRIVATE = "127.0.0.2", "127.0.0.1"
NAME = "rebind.test"
_real = socket.getaddrinfo


class NameServer:
    """Knows one name, and gives one of these addresses after the other for it; the last one stays."""

    def __init__(self, *addresses: str) -> None:
        self.left, self.given = list(addresses), list[str]()

    def __call__(self, host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host != NAME:
            return _real(host, port, *rest, **more)
        self.given.append(self.left.pop(0) if len(self.left) > 1 else self.left[0])
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (self.given[-1], port))]


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/feed", answering())
        yield running


@pytest.fixture
def stand(tmp_path: Path) -> Newsstand:
    return Newsstand(tmp_path / "here", {"MONITOR_FETCH__ALLOW_NETWORKS": ALLOWED})


def poll(stand: Newsstand, names: NameServer) -> int:
    with mock.patch.object(socket, "getaddrinfo", names):
        return stand.poll().code


def test_one_look_up_is_checked_and_used(server: ScenarioServer, stand: Newsstand) -> None:
    url, names = server.url("/feed", host=NAME), NameServer(ALLOWED, PRIVATE)
    stand.take(url)
    assert poll(stand, names) == 0
    assert names.given == [ALLOWED]
    assert [asked.headers["host"] for asked in server.asked] == [f"{NAME}:{server.port}"]


def test_a_name_that_has_come_to_lead_inside_is_refused_from_then_on(server: ScenarioServer, stand: Newsstand) -> None:
    url, names = server.url("/feed", host=NAME), NameServer(ALLOWED, PRIVATE)
    stand.take(url)
    assert [poll(stand, names), poll(stand, names)] == [0, 1]
    assert server.paths() == ["/feed"]
    assert stand.feed(url)["condition"] == "refused"
    assert PRIVATE in stand.error(url)


def test_no_redirect_to_a_name_gets_inside(server: ScenarioServer, stand: Newsstand) -> None:
    target = server.url("/feed", host=NAME)
    url = server.on("/old", lambda exchange: exchange.redirect(target)).replace(PRIVATE, ALLOWED)
    stand.take(url)
    assert poll(stand, NameServer(PRIVATE, ALLOWED)) == 1
    assert server.paths() == ["/old"]
