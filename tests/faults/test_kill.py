"""kill -9 in the middle of an ingest, and the same command again: the export is that of an undisturbed run."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.app import EXPORTS, App
from monitor.settings import Settings

PUBLISHERS = ("Tarn Valley Post", "Orrin Gazette", "Northgate Wire")
PLANTS = ("Tarn Mills", "Orrin Glass", "Veldt Copper", "Marrow Steel")
GIVE_UP_SECONDS = 300


def records(folder: Path) -> Path:
    """Twelve short articles: for each of four plants three papers that agree and disagree."""
    lines = []
    for number, plant in enumerate(PLANTS):
        for paper, publisher in enumerate(PUBLISHERS):
            output, staff = 40 + number + 20 * (paper == 2), 300 + 10 * number
            text = (
                f"{plant} made {output},000 tonnes of goods in April, the company said on Monday.\n\n"
                f"The plant employs {staff} people. Output rose {paper + 3} percent, said Ada Quill, its director."
            )
            lines.append(
                {
                    "id": f"{number}-{paper}",
                    "url": f"https://paper{paper}.example/{number}",
                    "title": f"{plant} makes {output},000 tonnes",
                    "publisher": publisher,
                    "published": f"2026-05-{10 + number:02}T0{paper + 6}:00:00Z",
                    "text": text,
                }
            )
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def start(articles: Path, database: Path) -> subprocess.Popen[bytes]:
    environ = os.environ | {
        "MONITOR_DATABASE_URL": f"sqlite:///{database}",
        "MONITOR_LIMITS__BATCH": "2",
        "MONITOR_CONFIG": "",
    }
    command = [sys.executable, "-m", "monitor", "ingest", str(articles)]
    return subprocess.Popen(command, env=environ, cwd=articles.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(articles: Path, database: Path) -> None:
    process = start(articles, database)
    _, errors = process.communicate(timeout=GIVE_UP_SECONDS)
    assert process.returncode == 0, errors.decode()


def kill_when(articles: Path, database: Path, reached: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    """Start an ingest and kill it as soon as the database has come so far. What was done by then."""
    process = start(articles, database)
    end = time.monotonic() + GIVE_UP_SECONDS
    done: dict[str, int] = {}
    while process.poll() is None and time.monotonic() < end:
        done = progress(database)
        if reached(done):
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.002)
    process.communicate()
    return done


def progress(database: Path) -> dict[str, int]:
    """Kind of row → how many are done."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return {
                kind: connection.execute(f"SELECT count(*) FROM {kind} WHERE state = 'done'").fetchone()[0]
                for kind in ("article", "claim", "question")
            }
    except sqlite3.OperationalError:  # not made yet
        return {}


def exports(database: Path) -> dict[str, list[str]]:
    app = App(Settings(database_url=f"sqlite:///{database}"))
    try:
        return {kind: list(app.reading.export(kind)) for kind in EXPORTS}
    finally:
        app.close()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return records(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="module")
def calm(articles: Path) -> Path:
    """A database after an ingest that nobody disturbed."""
    database = articles.parent / "calm.db"
    finish(articles, database)
    return database


@pytest.mark.parametrize("step", ["article", "claim"])
def test_a_killed_ingest_that_is_run_again_equals_an_undisturbed_one(
    articles: Path, calm: Path, tmp_path: Path, step: str
) -> None:
    database = tmp_path / "killed.db"
    done = kill_when(articles, database, lambda done: done.get(step, 0) > 0)
    assert done["question"] == 0, "it was killed too late to show anything"
    finish(articles, database)
    expected = exports(calm)
    assert len(expected["articles"]) == 12
    assert len(expected["claims"]) > 12
    assert expected["relations"]
    assert exports(database) == expected


def test_an_ingest_that_is_run_again_changes_nothing(articles: Path, calm: Path) -> None:
    before = exports(calm)
    finish(articles, calm)
    assert exports(calm) == before
