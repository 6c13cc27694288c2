"""`./run bench polling`: how many small feeds a second are asked, what that costs, and how late feeds are asked.

    ./run bench polling [--feeds 1000] [--hosts 200] [--seconds 60] [--pace 15] [--json]

The feeds are served on loopback by another process, with no pause between requests to a host. Cold: none was asked
before, all entries are new; warm: all answer with 304. Then one in twenty never answers or drips, and the service is
left to itself: how late, against the stored time, were the others asked? Polling runs in a process of its own, without
anything that reads articles. Compare two runs on one machine, never figures of two machines.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from report import show
from servers.crowd import Crowd, crowd

from monitor.app import App
from monitor.domain.feed import Feed, FetchLine
from monitor.settings import Settings

HEAVY = frozenset({"spacy", "torch", "sentence_transformers"})
WARM_ROUNDS = 3


def open_polling(folder: Path, **paced: float) -> App:
    """The service on a database in this folder, allowed to ask this machine and in no need to be patient with it."""
    usual = Settings()
    polite = {"allow_networks": ("127.0.0.0/8",), "pause_per_host_seconds": 0.0}
    fetch = usual.fetch.model_copy(update=polite | paced)
    return App(usual.model_copy(update={"database_url": f"sqlite:///{folder}/polling.db", "feeds": (), "fetch": fetch}))


def add_feeds(app: App, urls: list[str]) -> None:
    with app.store.transaction():
        for url in urls:
            app.store.feeds.add(app.parts.feed(url))


def measure_speed(folder: Path, urls: list[str]) -> dict[str, Any]:
    """Feeds a second, and milliseconds of processor for each, over all threads."""
    app = open_polling(folder)
    add_feeds(app, urls)
    rounds: dict[str, Any] = {}
    for name in ("cold", *(f"warm {number}" for number in range(1, WARM_ROUNDS + 1))):
        wall, processor = time.perf_counter(), time.process_time()
        polled = app.polling.poll(walk=False)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        assert (polled.ok, polled.unchanged) == ((len(urls), 0) if name == "cold" else (0, len(urls))), polled.failed[:3]
        each = round(processor * 1000 / len(urls), 2)
        rounds[name] = {"feeds a second": round(len(urls) / wall), "ms of processor each": each}
    rounds["entries"] = app.store.counts()["entries"]
    app.close()
    return rounds | _memory()


def measure_lateness(folder: Path, urls: list[str], seconds: float, pace: float) -> dict[str, Any]:
    """Leave the service to itself. `due`: address and stored time of each poll that was to come."""
    app = open_polling(folder, min_interval_seconds=pace, max_interval_seconds=pace)
    add_feeds(app, urls)
    started = time.time()
    due = [(url, started) for url in urls]

    def told(feed: Feed, line: FetchLine) -> None:
        if feed.next_poll is not None:
            due.append((feed.url, feed.next_poll.timestamp()))

    poller = app.polling.poller(told)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        poller.ask_due(lambda: time.monotonic() >= end)
        time.sleep(app.settings.schedule.poll_tick_seconds)
    poller.close()
    app.close()
    return {"due": due, "started": started} | _memory()


def _memory() -> dict[str, Any]:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return {
        "peak memory of all processes, MiB": sum(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024,
        "loaded for reading articles": sorted(HEAVY & set(sys.modules)),
    }


def in_a_process(what: str, folder: Path, urls: list[str], seconds: float, pace: float) -> dict[str, Any]:
    (folder / "urls.json").write_text(json.dumps(urls))
    command = [sys.executable, __file__, "--inside", what, "--folder", str(folder), "--seconds", str(seconds)]
    command += ["--pace", str(pace)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def inside(what: str, folder: Path, seconds: float, pace: float) -> None:
    urls = json.loads((folder / "urls.json").read_text())
    found = measure_speed(folder, urls) if what == "speed" else measure_lateness(folder, urls, seconds, pace)
    print(json.dumps(found))


def lateness(server: Crowd, found: dict[str, Any]) -> dict[str, Any]:
    """How late the feeds that behave were asked: of those all due at the start, and of all that came later."""
    asked: dict[str, list[float]] = {}
    for line in server.lines():
        asked.setdefault(line.url, []).append(line.at)
    late: dict[bool, list[float]] = {True: [], False: []}
    for url, when in found["due"]:
        at = next((at for at in asked.get(url, ()) if at >= when), None)
        if "/plain" in url and at is not None:
            late[when == found["started"]].append(at - when)
    return {
        "all due at the start, seconds late": _spread(late[True]),
        "in the time after, seconds late": _spread(late[False]),
    }


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {"number": len(values)}
    cuts = quantiles(values, n=100)
    return {"number": len(values), "p50": round(cuts[49], 2), "p99": round(cuts[98], 2), "most": round(max(values), 2)}


def behaviour(number: int) -> str:
    """One in twenty hangs or drips, on hosts all over."""
    if number * 7919 % 20:
        return "plain"
    return "hang" if number % 2 else "drip"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60, help="how long the service is left to itself")
    parser.add_argument("--pace", type=float, default=15, help="seconds between two polls of a feed then")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--inside", choices=("speed", "lateness"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside, options.folder, options.seconds, options.pace)
        return
    report: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        for what in ("speed", "lateness"):
            folder = Path(name) / what
            folder.mkdir()
            with crowd(folder) as server:
                kinds = ["plain" if what == "speed" else behaviour(number) for number in range(options.feeds)]
                urls = [server.url(number, options.hosts, kind) for number, kind in enumerate(kinds)]
                found = in_a_process(what, folder, urls, options.seconds, options.pace)
                report[what] = (
                    found
                    if what == "speed"
                    else lateness(server, found)
                    | {key: value for key, value in found.items() if key not in ("due", "started")}
                )
    show(report, as_json=options.json)


if __name__ == "__main__":
    main()
