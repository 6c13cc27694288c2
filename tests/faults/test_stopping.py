"""Told to stop in the middle of something: it ends soon, says how, and the same command goes on from there."""

import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal

ENDLESS_SECONDS = 600
"""How long the feed of these tests would keep us waiting."""

QUIET = {"MONITOR_WEB__MEANING": "false", "MONITOR_FETCH__TIMEOUT_SECONDS": str(ENDLESS_SECONDS)}


def drips(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 100000\r\n\r\n")
    exchange.drip(b"<rss>" * 20_000, 0.1)


@pytest.fixture
def dripping(tmp_path: Path) -> Iterator[tuple[Terminal, ScenarioServer]]:
    """A service whose only feed never ends."""
    with scenario_server() as server:
        terminal = Terminal(tmp_path, LOOPBACK | QUIET)
        assert terminal("feeds", "add", "--no-check", server.on("/feed", drips)).code == 0
        yield terminal, server


def wait_until_asked(server: ScenarioServer, process: "subprocess.Popen[str]") -> None:
    while "/feed" not in server.paths():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_the_service_told_to_stop_while_it_polls_ends_cleanly_and_leaves_the_feed_free(
    dripping: tuple[Terminal, ScenarioServer],
) -> None:
    terminal, server = dripping
    service = terminal.start("run", "--port", "0")
    wait_until_asked(server, service)
    started = time.monotonic()
    service.send_signal(signal.SIGTERM)
    _, told = service.communicate(timeout=ENDLESS_SECONDS)
    assert service.returncode == 0, told
    assert "Stopping" in told
    assert "Traceback" not in told
    assert time.monotonic() - started < ENDLESS_SECONDS / 10  # it did not wait for the feed
    server.on("/feed", lambda exchange: exchange.answer(b"<rss version='2.0'><channel><title>T</title></channel></rss>"))
    said = terminal("poll", "--once")
    assert said.code == 0, said.err
    assert "1 feeds, 1 ok" in said.out


def test_a_service_says_that_it_is_well_while_it_polls(dripping: tuple[Terminal, ScenarioServer]) -> None:
    terminal, server = dripping
    service = terminal.start("run", "--port", "0")
    try:
        wait_until_asked(server, service)
        assert service.stderr is not None
        address = None
        while address is None:
            address = re.search(r"The archive: (http\S+)/ ", service.stderr.readline())
        with urllib.request.urlopen(f"{address[1]}/healthz") as answer:
            assert answer.status == 200
    finally:
        service.kill()
        service.communicate()


def test_a_poll_that_is_interrupted_says_that_nothing_is_lost(dripping: tuple[Terminal, ScenarioServer]) -> None:
    terminal, server = dripping
    process = terminal.start("poll", "--once")
    wait_until_asked(server, process)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=ENDLESS_SECONDS)
    assert process.returncode == 130, told
    assert "Interrupted. Nothing is lost" in told
    assert "Traceback" not in told
