"""`monitor run` as a process: it polls, reads, shows pages, and ends cleanly on SIGTERM."""

import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal

PATIENCE_SECONDS = 240


@pytest.fixture(scope="module")
def newspaper() -> Iterator[ScenarioServer]:
    with scenario_server() as server:
        server.on("/feed", lambda exchange: exchange.answer(_feed(server), content_type="application/rss+xml"))
        server.on("/glass", _story)
        yield server


def _feed(server: ScenarioServer) -> bytes:
    item = f"<item><title>Panes</title><link>{server.url('/glass')}</link><guid>1</guid></item>"
    return f'<rss version="2.0"><channel><title>Tarn Post</title>{item}</channel></rss>'.encode()


def _story(exchange: Exchange) -> None:
    body = (
        "<p>Orrin Glass sold about 40 tonnes of panes in April 2026, the company said on Monday.</p>"
        "<p>The works by the river have been making panes for the windows of the town since the old days.</p>"
    )
    page = f"<html><body><article><h1>Panes</h1>{body}</article></body></html>"
    exchange.answer(page.encode(), content_type="text/html")


def wait_for(process: "subprocess.Popen[str]", text: str) -> str:
    """Read what the service tells until this comes; all of it so far."""
    assert process.stderr is not None
    told, end = "", time.monotonic() + PATIENCE_SECONDS
    while text not in told and time.monotonic() < end:
        line = process.stderr.readline()
        if not line:
            break
        told += line
    assert text in told, told
    return told


def stop(process: "subprocess.Popen[str]") -> float:
    """End the service as a machine does. How many seconds it took."""
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE_SECONDS)
    return time.monotonic() - started


def test_the_service_polls_reads_shows_and_stops(tmp_path: Path, newspaper: ScenarioServer) -> None:
    terminal = Terminal(tmp_path, LOOPBACK | {"MONITOR_WEB__MEANING": "false"})
    terminal("feeds", "add", newspaper.url("/feed"))
    service = terminal.start("run", "--port", "0")
    try:
        told = wait_for(service, "First poll: 1 of 1 feeds answered")
        address = told.partition("The archive: ")[2].split()[0]
        with urllib.request.urlopen(address) as page:
            assert page.status == 200
        end = time.monotonic() + PATIENCE_SECONDS
        while not terminal("claims", "list").out and time.monotonic() < end:
            time.sleep(0.5)
        assert "about 40 tonnes" in terminal("claims", "list").out
    finally:
        seconds = stop(service)
    assert service.returncode == 0
    assert seconds < PATIENCE_SECONDS
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address)


def test_where_no_feed_can_be_reached_it_says_so_and_names_the_demo(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, {"MONITOR_WEB__MEANING": "false"})
    terminal("feeds", "add", "--no-check", "http://nowhere.invalid/feed")
    service = terminal.start("run", "--port", "0")
    try:
        told = wait_for(service, "./run demo")
    finally:
        stop(service)
    assert "No feed could be reached" in told
    assert "nowhere.invalid" in told


def test_a_port_that_is_taken_is_told_with_a_way_out(tmp_path: Path, newspaper: ScenarioServer) -> None:
    taken = newspaper.url("/").rstrip("/").rpartition(":")[2]
    said = Terminal(tmp_path)("run", "--port", taken)
    assert said.code == 78
    assert "Choose another port" in said.err
