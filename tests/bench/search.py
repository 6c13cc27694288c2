"""`./run bench search`: how soon a search of a large archive answers, and what the archive costs.

    ./run bench search [--claims 100000] [--questions 200] [--database URL] [--json]

The archive is made by `search_world` and stored as the walk stores what it reads. `--database`: its address; an empty one
is filled, one with claims is searched as it is. `postgresql` alone starts the server that the tests use. Every search
counts facets and times too. Recall: how many of the ten nearest by exact comparison the search by signs finds, among all
claims and among those that the filter of a question leaves.
Compare two runs on one machine, never figures of two machines.
"""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil
from bench import machine
from fastapi.testclient import TestClient
from numpy.typing import NDArray
from report import show
from search_world import World, reading
from sqlalchemy import Connection, text

from monitor.app import App
from monitor.archive import parse_query
from monitor.settings import Settings
from monitor.storage.engine import open_engine
from monitor.storage.search.answers import Answers
from monitor.storage.search.snapshot import Mask, Snapshot
from monitor.web.site import create

_TOGETHER = 100  # articles in one transaction
_WARM = 10  # questions before the clock starts
_COMPARED = 50  # questions whose nearest are looked up by comparing everything


def opened(url: str) -> App:
    """The service with its defaults on this database."""
    return App(Settings().model_copy(update={"database_url": url, "feeds": ()}))


def fill(app: App, world: World, claims: int) -> dict[str, Any]:
    """Store so many claims, unless they are there. How fast, without the time that it took to make them up."""
    if known := app.store.counts()["claims"]:
        return {"claims": known}
    articles, stored, seconds = world.articles(claims), 0, 0.0
    while some := list(islice(articles, _TOGETHER)):
        begun = time.perf_counter()
        with app.store.transaction():
            for told in some:
                app.store.articles.put(told.article)
            vectors = {key: vector for told in some for key, vector in told.vectors.items()}
            app.store.claims.settle_readings([reading(told) for told in some], vectors, "bench", some[-1].article.arrived)
        seconds += time.perf_counter() - begun
        stored += sum(len(told.claims) for told in some)
    return {"claims": stored, "claims stored a second": round(stored / seconds), "seconds": round(seconds)}


def waits(ask: Callable[[Any], object], asked: list[Any]) -> dict[str, float]:
    """p50 and p95 in milliseconds, wall clock and processor, of asking each after a few that do not count."""
    walls, processors = [], []
    for number, one in enumerate(asked):
        wall, processor = time.perf_counter(), time.process_time()
        ask(one)
        if number >= _WARM:
            walls.append((time.perf_counter() - wall) * 1000)
            processors.append((time.process_time() - processor) * 1000)
    return {**_cuts("", walls), **_cuts("processor ", processors)}


def _cuts(name: str, measured: list[float]) -> dict[str, float]:
    cuts = quantiles(measured, n=20)
    return {f"{name}p50 ms": round(cuts[9], 1), f"{name}p95 ms": round(cuts[18], 1)}


def first_search(app: App, asked: list[tuple[str, bytes]]) -> dict[str, Any]:
    """What the first search of a process costs: the copy in memory is made."""
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    text, vector = asked[0]
    app.store.search.search(parse_query(text, app.units), vector)
    seconds = time.perf_counter() - begun
    return {"seconds": round(seconds, 1), "memory MiB": (psutil.Process().memory_info().rss - before) // 2**20}


def searches(app: App, asked: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Waits for the first page of 20 by words and meaning, with a filter."""

    def ask(one: tuple[str, bytes], **options: Any) -> object:
        return app.store.search.search(parse_query(one[0], app.units), one[1], 20, **options)

    def unfiltered(one: tuple[str, bytes]) -> object:
        words = " ".join(part for part in one[0].split('"')[0].split() if ":" not in part)
        return app.store.search.search(parse_query(words, app.units), one[1], 20)

    def wide(one: tuple[str, bytes]) -> object:
        return app.store.search.search(parse_query(one[0].split()[0], app.units), one[1], 20)

    return {
        "words, meaning, filter": waits(ask, asked),
        "words and meaning": waits(unfiltered, asked),
        "one word and meaning": waits(wide, asked),
        "a filter alone": waits(lambda one: ask((_filter(one[0]), b"")), asked),
    }


def _filter(asked: str) -> str:
    """The part of a question that narrows it, which is its last."""
    words = asked.split(" ")
    return " ".join(words[next(place for place, word in enumerate(words) if ":" in word) :])


def claim_pages(app: App, questions: list[tuple[str, bytes]]) -> dict[str, float]:
    """Waits for the page of a claim, through the web application."""
    found = [app.store.search.search(parse_query(one, app.units), vector, 1) for one, vector in questions]
    ids = [hit.claim.id for one in found for hit in one.hits]
    with TestClient(create(app)) as client:
        return waits(lambda one: client.get(f"/claims/{one}").raise_for_status(), ids)


def recall(url: str, app: App, asked: list[tuple[str, bytes]], nearest: int = 10) -> dict[str, float]:
    """How many of the nearest by exact comparison are among those that the search by signs gives."""
    engine, snapshot, asked = open_engine(url), Snapshot(), asked[:_COMPARED]
    shares: dict[str, list[float]] = {"recall of ten": [], "recall of ten within the filter": []}
    with engine.connect() as connection:
        snapshot.refresh(connection)
        exact = _exact(connection, snapshot, [vector for _, vector in asked])
        for (question, vector), cosines in zip(asked, exact.T, strict=True):
            narrowed = Answers(connection, snapshot, app.units).allowed(parse_query(question, app.units).part)
            for name, allowed in zip(shares, (np.ones(len(snapshot), np.bool_), narrowed), strict=True):
                if wanted := _best(cosines, allowed, nearest):
                    given = snapshot.similar(connection, vector, allowed, nearest, -1.0)
                    shares[name].append(len(wanted & set(given)) / len(wanted))
    engine.dispose()
    return {"vectors": len(exact), **{name: round(sum(some) / len(some), 3) for name, some in shares.items()}}


def _exact(connection: Connection, snapshot: Snapshot, vectors: list[bytes]) -> NDArray[np.float32]:
    """The cosine of each slot with each of the vectors."""
    wanted = np.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype(np.float32).T
    slots = {claim_id: slot for slot, claim_id in enumerate(snapshot.ids)}
    cosines = np.full((len(slots), len(vectors)), -1, np.float32)
    rows = connection.execution_options(yield_per=20_000).execute(text("SELECT claim_id, vector FROM claim_vector"))
    for some in rows.partitions(20_000):
        whole = np.frombuffer(b"".join(bytes(row.vector) for row in some), "<f2").reshape(len(some), -1)
        cosines[[slots[row.claim_id] for row in some]] = whole.astype(np.float32) @ wanted
    return cosines


def _best(cosines: NDArray[np.float32], allowed: Mask, nearest: int) -> set[int]:
    """The allowed slots of the greatest cosines."""
    slots = np.flatnonzero(allowed)
    return set(slots[np.argsort(-cosines[slots])[:nearest]].tolist())


def size(url: str) -> dict[str, float]:
    """MiB on disk."""
    engine = open_engine(url)
    sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    asked = sqlite if engine.dialect.name == "sqlite" else "SELECT pg_database_size(current_database())"
    with engine.connect() as connection:
        bytes_used = connection.execute(text(asked)).scalar_one()
    engine.dispose()
    return {"MiB on disk": round(bytes_used / 2**20)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="claims that are searched")
    parser.add_argument("--questions", type=int, default=200, help="searches that are measured")
    parser.add_argument("--database", default="", help="its address; a SQLite file of its own without")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _database(options.database, Path(folder)) as url:
        app, world = opened(url), World()
        report: dict[str, dict[str, Any]] = {"machine": machine(), "import": fill(app, world, options.claims)}
        asked = list(world.questions(options.questions + _WARM))
        report["first search"] = first_search(app, asked)
        report["waits"] = searches(app, asked) | {"the page of a claim": claim_pages(app, asked)}
        report["archive"] = size(url) | recall(url, app, asked)
        app.close()
    show(report, as_json=options.json)


@contextlib.contextmanager
def _database(named: str, folder: Path) -> Iterator[str]:
    if named != "postgresql":
        yield named or f"sqlite:///{folder}/search.db"
        return
    from servers.postgres import running_postgres

    with running_postgres() as server:
        yield server.create("search")


if __name__ == "__main__":
    main()
