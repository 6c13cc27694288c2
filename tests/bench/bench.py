"""`./run bench`: how fast the walk is, what it needs in memory, how soon commands start, how soon a search answers.

    ./run bench [--articles 60] [--claims 10000] [--fingerprints 10000] [--json]

Articles are made here: about 600 words each, one sentence in three with a figure. Everything happens in a temporary
folder. Compare two runs on one machine, never figures of two machines.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from origin_lookup import origin_lookup
from report import show

from monitor.app import App
from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source, SourceKind
from monitor.pipeline.walk import WALK, run_step
from monitor.settings import Settings

NAMES = [
    "Arden",
    "Belmore",
    "Castor",
    "Dunlin",
    "Eskdale",
    "Fenwick",
    "Garnet",
    "Holme",
    "Ixworth",
    "Jura",
    "Kelso",
    "Lomond",
]
THINGS = ["Steel", "Foundry", "Dairy", "Bank", "Energy", "Robotics", "Shipping", "Pharma"]
FIGURES = [
    "{name} employs {n} people in {place}, a spokesman said.",
    "Revenue rose {p} percent to ${m} million in the third quarter.",
    "The plant in {place} has a capacity of {m} megawatts.",
    "About {n} tonnes were shipped in {month}, according to the ministry.",
    "The yield of the line was {p} percent in {month}, two engineers said.",
    "{name} expects costs of {m} million euros in 2027.",
    "At least {n} people signed the petition against the new road.",
    "Shares in {name} fell {p} percent on Tuesday.",
]
TALK = [
    "The council met again without coming to a decision on the matter.",
    "Neighbours have complained about the noise since the building work began.",
    "Nobody at the company wished to comment on the plans before the meeting.",
    "The road past the gate was closed while lorries brought in new machines.",
    "A decision is expected after the summer, when the new board takes office.",
    "Critics call the scheme too large for a town of this kind.",
]
PLACES = ["Ansbury", "Port Selwyn", "Wrexley", "Elmstadt", "Kvalnes"]
MONTHS = ["January", "March", "June", "September", "October"]


def make_article(number: int, chance: random.Random, words: int = 600) -> dict[str, Any]:
    """One article as a line for `ingest`."""
    name = f"{chance.choice(NAMES)} {chance.choice(THINGS)}"
    paragraphs, total = [], 0
    while total < words:
        sentences = [
            chance.choice(FIGURES if chance.random() < 1 / 3 else TALK).format(
                name=name,
                n=chance.randint(12, 9000),
                p=chance.randint(2, 95),
                m=chance.randint(3, 900),
                place=chance.choice(PLACES),
                month=chance.choice(MONTHS),
            )
            for _ in range(5)
        ]
        paragraphs.append(" ".join(sentences))
        total += sum(len(sentence.split()) for sentence in sentences)
    published = datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(hours=number)
    return {
        "url": f"https://bench.example/{number}",
        "title": f"{name} in the news again",
        "publisher": f"Paper {number % 7}",
        "published": published.isoformat(),
        "text": "\n\n".join(paragraphs),
        "language": "en",
    }


def open_bench(folder: Path) -> App:
    """The service with its defaults on a database in this folder."""
    return App(Settings().model_copy(update={"database_url": f"sqlite:///{folder / 'bench.db'}", "feeds": ()}))


def walk_speed(folder: Path, count: int) -> dict[str, Any]:
    """Articles a second of the whole walk, and seconds by step. Models are loaded before the clock starts."""
    chance = random.Random(7)
    lines = folder / "articles.jsonl"
    lines.write_text("".join(json.dumps(make_article(n, chance)) + "\n" for n in range(count)), encoding="utf-8")
    warm = folder / "warm.jsonl"
    warm.write_text("".join(json.dumps(make_article(10_000 + n, chance)) + "\n" for n in range(2)), encoding="utf-8")
    app = open_bench(folder)
    app.parts.reading_alone = 0  # as the service reads: in processes of their own, which the first two articles start
    app.reading.ingest([str(warm)])
    seconds: dict[str, float] = {}
    started = time.perf_counter()
    from monitor.pipeline.ingest import Intake

    intake = Intake(app.parts.edges)
    with lines.open("rb") as stream:
        intake.lines(str(lines), stream)
    seconds["take in"] = time.perf_counter() - started
    for step in WALK:
        begun = time.perf_counter()
        while run_step(app.parts.edges, step).taken:
            pass
        seconds[step.name] = time.perf_counter() - begun
    total = time.perf_counter() - started
    counts = app.store.counts()
    memory = psutil.Process().memory_info().rss + sum(
        child.memory_info().rss for child in psutil.Process().children(recursive=True)
    )
    app.close()
    return {
        "articles": count,
        "claims": counts["claims"],
        "articles a second": round(count / total, 2),
        "seconds by step": {name: round(value, 2) for name, value in seconds.items()},
        "memory of all processes at the end, MiB": memory // 2**20,
        "peak memory of the main process, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def start_up(folder: Path) -> dict[str, float]:
    """Seconds until `monitor --help` has ended and until `monitor run` answers; the best of three."""
    program = [sys.executable, "-m", "monitor"]
    helps = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([*program, "--help"], check=True, capture_output=True)
        helps.append(time.perf_counter() - begun)
    return {"monitor --help": round(min(helps), 2), "monitor run": round(_until_ready(program, folder), 2)}


def _until_ready(program: list[str], folder: Path) -> float:
    import socket
    import urllib.error
    import urllib.request

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "empty.toml"
    config.write_text("")
    environment = os.environ | {
        "MONITOR_CONFIG": str(config),
        "MONITOR_DATABASE_URL": f"sqlite:///{folder / 'run.db'}",
        "MONITOR_WEB__PORT": str(port),
    }
    begun = time.perf_counter()
    process = subprocess.Popen([*program, "run"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
                return time.perf_counter() - begun
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError(f"monitor run ended with {process.returncode}")
    finally:
        process.terminate()
        process.wait()


def search_speed(folder: Path, count: int) -> dict[str, float]:
    """p50 and p95 in milliseconds of 200 searches by words and meaning over this many claims."""
    import numpy

    chance = random.Random(11)
    app = open_bench(folder / "search")
    vectors = numpy.random.default_rng(5).standard_normal((count, 384)).astype(numpy.float32)
    vectors = (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype(numpy.float16)
    for begin in range(0, count, 20):
        _store_article(app, begin, min(20, count - begin), vectors, chance)
    waits = []
    for number in range(200):
        words = f"{chance.choice(NAMES)} {chance.choice(['capacity', 'revenue', 'people', 'yield', 'tonnes'])}"
        vector = vectors[chance.randrange(count)].tobytes()
        begun = time.perf_counter()
        from monitor.archive import parse_query

        app.store.search.search(parse_query(words, app.units), vector, 20, None)
        if number >= 10:
            waits.append((time.perf_counter() - begun) * 1000)
    app.close()
    cuts = quantiles(waits, n=20)
    return {"claims": count, "p50 ms": round(cuts[9], 1), "p95 ms": round(cuts[18], 1)}


def _store_article(app: App, begin: int, count: int, vectors: Any, chance: random.Random) -> None:
    made = make_article(begin, chance, words=60)
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=begin)
    url = made["url"]
    article = Article(content_id("art", url), url, url, made["title"], made["text"], made["publisher"], moment, moment)
    claims, coded = [], {}
    for number in range(count):
        name = f"{chance.choice(NAMES)} {chance.choice(THINGS)}"
        span = str(chance.randint(1, 90_000))
        quote = f"{name} spoke of {span} {chance.choice(['tonnes', 'people', 'megawatts'])} in {chance.choice(PLACES)}."
        start = quote.index(span)
        evidence = Evidence(Where.BODY, quote, 0, len(quote), span, start, start + len(span))
        source = Source(article.publisher, SourceKind.PUBLISHER, article.publisher)
        claim_id = content_id("clm", article.id, number)
        metric = chance.choice(["capacity", "revenue", "people employed", "yield", "tonnes shipped"])
        claims.append(Claim(claim_id, article.id, evidence, name, metric, Quantity("count:thing"), (source,)))
        coded[claim_id] = vectors[begin + number].tobytes()
    with app.store.transaction():
        app.store.articles.put(article)
        app.store.claims.settle_reading(Reading(article.id, tuple(claims), ()), coded, "bench", moment)


def machine() -> dict[str, Any]:
    """What these figures were measured on."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory GiB": round(psutil.virtual_memory().total / 2**30, 1),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60, help="articles that go through the walk")
    parser.add_argument("--claims", type=int, default=10_000, help="claims that are searched")
    parser.add_argument("--fingerprints", type=int, default=10_000, help="articles among which copies are looked up")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "search").mkdir()
        report = {
            "machine": machine(),
            "start-up, seconds": start_up(folder),
            "search": search_speed(folder, options.claims),
            "copies of an article looked up": origin_lookup(folder, options.fingerprints),
            "walk": walk_speed(folder, options.articles),
        }
    show(report, as_json=options.json)


if __name__ == "__main__":
    main()
