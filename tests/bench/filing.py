"""`./run bench filing`: how many claims a second are filed and compared, and what an article costs as the archive grows.

    ./run bench filing [--claims 20000] [--database URL] [--picture FOLDER] [--json]

The press is made by a script (filing_world.py): wire copies, updates, contradictions, denials, lookalikes, popular
names. Articles and claims are stored as reading stores them, without vectors; then the steps "file" and "compare" take
them as the service does, so many articles at a time. What is measured is those two steps, by the clock and in seconds
of the processor; what storing costs is given beside it. At ten sizes of the archive articles come in singly.
"""

import argparse
import json
import resource
import tempfile
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import machine
from filing_picture import picture
from filing_world import Told, press
from report import show

from monitor.app import App
from monitor.domain.article import Reading
from monitor.pipeline.walk import WALK, run_step
from monitor.settings import Settings

AT_ONCE = 60
SINGLY = 60
PARTS = 10


@dataclass
class Spent:
    """Seconds by the clock and of the processor."""

    wall: float = 0.0
    processor: float = 0.0
    _begun: tuple[float, float] = field(default=(0.0, 0.0))

    def __enter__(self) -> "Spent":
        self._begun = (time.perf_counter(), time.process_time())
        return self

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._begun[0]
        self.processor += time.process_time() - self._begun[1]


def store(app: App, some: list[Told]) -> int:
    """Store articles with their claims, in one transaction, as one batch of reading would. How many claims."""
    edges = app.parts.edges
    with edges.store.transaction():
        for told in some:
            edges.store.articles.put(told.article)
            edges.store.claims.settle_reading(Reading(told.article.id, told.claims, ()), {}, "bench", told.at)
    return sum(len(told.claims) for told in some)


def walk(app: App) -> None:
    """File and compare until nothing waits."""
    for step in WALK:
        if step.name in ("file", "compare"):
            while run_step(app.parts.edges, step).taken:
                pass


def one_by_one(app: App, some: list[Told]) -> tuple[list[float], int]:
    """Milliseconds of the processor that each of these articles costs, stored, filed and compared alone; their claims."""
    costs, claims = [], 0
    for told in some:
        claims += store(app, [told])
        with Spent() as spent:
            walk(app)
        costs.append(1000 * spent.processor)
    return costs, claims


def measure(app: App, claims: int) -> dict[str, Any]:
    """Everything that the benchmark prints."""
    stream, done = press(), 0
    parts, sizes = [], []
    for part in range(1, PARTS + 1):
        storing, walking, begun = Spent(), Spent(), done
        while done < claims * part / PARTS or done == begun:
            some = list(islice(stream, AT_ONCE))
            with storing:
                done += store(app, some)
            with walking:
                walk(app)
        parts.append(_part(done, done - begun, storing, walking))
        costs, more = one_by_one(app, list(islice(stream, SINGLY)))
        sizes.append(_size(done, costs))
        done += more
        print(json.dumps(parts[-1] | sizes[-1]), flush=True)
    counts = app.store.counts()
    return {
        "tenths": parts,
        "one article": sizes,
        "counts": {name: counts[name] for name in ("articles", "claims", "questions", "relations", "disputes")},
    }


def _part(done: int, claims: int, storing: Spent, walking: Spent) -> dict[str, Any]:
    return {
        "claims": done,
        "a second": round(claims / walking.processor),
        "a second by the clock": round(claims / walking.wall),
        "stored a second": round(claims / storing.processor),
        "peak memory, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _size(done: int, costs: list[float]) -> dict[str, Any]:
    cuts = quantiles(costs, n=20)
    return {"claims": done, "p50 ms": round(cuts[9], 1), "p95 ms": round(cuts[18], 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--database", help="an empty database; without it SQLite in a temporary folder")
    parser.add_argument("--picture", type=Path, help="folder into which filing.svg is drawn")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "bench.db"
        url = options.database or f"sqlite:///{file}"
        app = App(Settings().model_copy(update={"database_url": url, "feeds": ()}))
        report: dict[str, Any] = {"machine": machine(), **measure(app, options.claims)}
        if file.exists():
            report["counts"]["database, MiB"] = sum(one.stat().st_size for one in Path(name).iterdir()) // 2**20
        app.close()
    if options.picture:
        (options.picture / "filing.svg").write_text(picture(report), encoding="utf-8")
    shown = {name: rows for name, rows in report.items() if name not in ("tenths", "one article")}
    show(report if options.json else shown, as_json=options.json)


if __name__ == "__main__":
    main()
