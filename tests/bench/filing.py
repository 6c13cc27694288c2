"""`./run bench filing`: how many claims a second are filed and compared, and what an article costs as the archive grows.

    ./run bench filing [--claims 20000] [--database URL] [--picture FOLDER] [--json]

The press is made by a script (filing_world.py): wire copies, updates, contradictions, denials, lookalikes, popular
names, and articles that come in up to three weeks late. Articles and claims are stored as reading stores them, without
vectors; then the steps "file" and "compare" take them as the service does, so many articles at a time. What is measured
is those two steps, together and each apart, by the clock and in seconds of the processor; what storing costs is given
beside it. At ten sizes of the archive or more, one every 10,000 claims, articles come in singly and a line is printed.
`--picture` writes filing.csv and filing.svg anew with each line, so that a long run can be looked at while it runs.
"""

import argparse
import csv
import json
import tempfile
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
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
PART_CLAIMS = 10_000


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


@dataclass(frozen=True)
class Walked:
    """What the two steps spent."""

    file: Spent = field(default_factory=Spent)
    compare: Spent = field(default_factory=Spent)

    @property
    def processor(self) -> float:
        return self.file.processor + self.compare.processor

    @property
    def wall(self) -> float:
        return self.file.wall + self.compare.wall


def walk(app: App, walked: Walked) -> None:
    """File and compare until nothing waits."""
    for step in WALK:
        if step.name in ("file", "compare"):
            with getattr(walked, step.name):
                while run_step(app.parts.edges, step).taken:
                    pass


def one_by_one(app: App, some: list[Told]) -> tuple[list[float], int]:
    """Milliseconds of the processor that each of these articles costs, stored, filed and compared alone; their claims."""
    costs, claims = [], 0
    for told in some:
        claims += store(app, [told])
        walked = Walked()
        walk(app, walked)
        costs.append(1000 * walked.processor)
    return costs, claims


def measure(app: App, claims: int, folder: Path | None) -> dict[str, Any]:
    """Everything that the benchmark prints. `folder`: where table and picture go as they grow."""
    stream, done = press(), 0
    report: dict[str, Any] = {"parts": [], "one article": []}
    number = max(PARTS, claims // PART_CLAIMS)
    for part in range(1, number + 1):
        storing, walked, begun = Spent(), Walked(), done
        while done < claims * part / number or done == begun:
            some = list(islice(stream, AT_ONCE))
            with storing:
                done += store(app, some)
            walk(app, walked)
        report["parts"].append(_part(done, done - begun, storing, walked))
        costs, more = one_by_one(app, list(islice(stream, SINGLY)))
        report["one article"].append(_size(done, costs))
        done += more
        print(json.dumps(report["parts"][-1] | report["one article"][-1]), flush=True)
        counts = app.store.counts()
        names = ("articles", "claims", "questions", "relations", "disputes")
        report["counts"] = {name: counts[name] for name in names}
        if folder is not None:
            write(report, folder)
    return report


def write(report: dict[str, Any], folder: Path) -> None:
    """Write table and picture of what was measured so far."""
    rows = [part | size for part, size in zip(report["parts"], report["one article"], strict=True)]
    with (folder / "filing.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    (folder / "filing.svg").write_text(picture(report), encoding="utf-8")


def _part(done: int, claims: int, storing: Spent, walked: Walked) -> dict[str, Any]:
    return {
        "claims": done,
        "a second": round(claims / walked.processor),
        "filed a second": round(claims / walked.file.processor),
        "compared a second": round(claims / walked.compare.processor),
        "a second by the clock": round(claims / walked.wall),
        "stored a second": round(claims / storing.processor),
        "memory, MiB": psutil.Process().memory_info().rss // 2**20,
    }


def _size(done: int, costs: list[float]) -> dict[str, Any]:
    cuts = quantiles(costs, n=20)
    return {"claims": done, "p50 ms": round(cuts[9], 1), "p95 ms": round(cuts[18], 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--database", help="an empty database; without it SQLite in a temporary folder")
    parser.add_argument("--picture", type=Path, help="folder for filing.csv and filing.svg")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "bench.db"
        url = options.database or f"sqlite:///{file}"
        app = App(Settings().model_copy(update={"database_url": url, "feeds": ()}))
        report: dict[str, Any] = {"machine": machine(), **measure(app, options.claims, options.picture)}
        if file.exists():
            report["counts"]["database, MiB"] = sum(one.stat().st_size for one in Path(name).iterdir()) // 2**20
        app.close()
    shown = {name: rows for name, rows in report.items() if name not in ("parts", "one article")}
    show(report if options.json else shown, as_json=options.json)


if __name__ == "__main__":
    main()
