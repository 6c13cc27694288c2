"""kill -9 in the middle of polling, twenty times: no feed is asked before its time, no entry is lost or doubled."""

import random
import signal
import sqlite3
import time
from collections import defaultdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from servers.crowd import Crowd, crowd
from terminal import LOOPBACK, Terminal

KILLS, FEEDS, HOSTS = 20, 40, 20
AGE = 2
"""Seconds that the servers of these feeds want between two requests."""

PACED = LOOPBACK | {
    "MONITOR_FETCH__MIN_INTERVAL_SECONDS": "1",
    "MONITOR_FETCH__FIRST_INTERVAL_SECONDS": str(AGE),
    "MONITOR_FETCH__MAX_INTERVAL_SECONDS": str(2 * AGE),
    "MONITOR_SCHEDULE__POLL_TICK_SECONDS": "0.1",
}


def due_times(terminal: Terminal) -> dict[str, float]:
    """Address → the time before which the feed must not be asked, as it is stored; none for feeds never asked."""
    with sqlite3.connect(f"file:{terminal.database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT url, next_poll FROM feed WHERE next_poll IS NOT NULL").fetchall()
    return {url: datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() for url, when in rows}


def stored(terminal: Terminal) -> dict[str, list[int]]:
    """Address → numbers of its entries."""
    found: dict[str, list[int]] = defaultdict(list)
    with sqlite3.connect(f"file:{terminal.database}?mode=ro", uri=True) as connection:
        for url, guid in connection.execute("SELECT feed_url, guid FROM entry"):
            found[url].append(int(guid.rpartition("-")[2]))
    return {url: sorted(numbers) for url, numbers in found.items()}


def poll_and_kill(terminal: Terminal, server: Crowd, after: int) -> None:
    """Poll until so many requests have come, then kill."""
    before = server.count()
    process = terminal.start("poll", "--for", "600")
    while server.count() < before + after:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_twenty_kills_make_nobody_ask_early_and_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    terminal = Terminal(tmp_path / "monitor", PACED)
    with crowd(tmp_path) as server:
        urls = [server.url(number, HOSTS, query=f"age={AGE}&grow=30&bare=1") for number in range(FEEDS)]
        (terminal.folder / "config.toml").write_text("".join(f'[[feeds]]\nurl = "{url}"\n' for url in urls))
        for _ in range(KILLS):
            due = due_times(terminal) if terminal.database.exists() else {}
            seen = len(server.lines())
            poll_and_kill(terminal, server, chance.randint(1, FEEDS // 2))
            first = {line.url: line.at for line in reversed(server.lines()[seen:])}
            assert not [url for url, at in first.items() if at < due.get(url, 0.0)]
        time.sleep(AGE)
        assert terminal("poll", "--once").code in (0, 4)  # 4: its entries have no pages
        lines = server.lines()
    asked = defaultdict(list)
    for line in lines:
        asked[line.url].append(line)
    for url in urls:
        assert all(later.at - earlier.at >= AGE for earlier, later in pairwise(asked[url]))
        numbers = stored(terminal)[url]
        assert numbers == list(range(numbers[0], asked[url][-1].newest + 1))
        assert numbers[0] <= asked[url][0].newest
