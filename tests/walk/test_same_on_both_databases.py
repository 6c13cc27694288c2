"""The sample newsroom by every way in - polled or ingested, on SQLite or PostgreSQL - and what comes out is the same."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from servers.postgres import Postgres

from monitor.app import EXPORTS, App
from monitor.demo.newsroom import Newsroom, load
from monitor.demo.run import Clock
from monitor.demo.server import NewsroomServer, serve
from monitor.settings import Settings

Line = dict[str, Any]
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Walked:
    """Services that took the newsroom in, by how (poll, ingest) and by database; the lines that each exports."""

    apps: dict[tuple[str, str], App]
    lines: dict[tuple[str, str], dict[str, list[str]]]
    articles: Path

    def read(self, how: str, kind: str, database: str = "sqlite") -> list[Line]:
        return [json.loads(line) for line in self.lines[how, database][kind]]


@pytest.fixture(scope="module")
def walked(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    newsroom, folder = load(), tmp_path_factory.mktemp("both")
    clock = Clock(datetime.combine(min(story.published for story in newsroom.versions).date(), time(7), UTC))
    apps: dict[tuple[str, str], App] = {}
    for how in ("poll", "ingest"):
        postgres.drop(f"both_{how}")
        apps[how, "sqlite"] = open_app(f"sqlite:///{folder}/{how}.db", clock)
        apps[how, "postgresql"] = open_app(postgres.create(f"both_{how}"), clock)
    share_models(list(apps.values()))
    with serve(newsroom, clock.at) as server:
        for database in DATABASES:
            for publisher in newsroom.publishers.values():
                apps["poll", database].feeds.add(server.base + publisher.feed_path)
        live_through(newsroom, server, clock, [apps["poll", database] for database in DATABASES])
        articles = write_lines(newsroom, server.base, folder / "articles.jsonl")
        for database in DATABASES:
            taken, _ = apps["ingest", database].reading.ingest([str(articles)])
            assert (taken.new, taken.wrong) == (len(newsroom.versions), [])
        yield Walked(apps, {name: export(app) for name, app in apps.items()}, articles)
    for app in apps.values():
        app.close()


def open_app(url: str, clock: Clock) -> App:
    usual = Settings()
    polite = {"allow_networks": ("127.0.0.0/8",), "pause_per_host_seconds": 0.0, "min_interval_seconds": 0.0}
    changed = {
        "database_url": url,
        "fetch": usual.fetch.model_copy(update=polite),
        "models": usual.models.model_copy(update={"processes": 0}),
    }
    return App(usual.model_copy(update=changed), now=clock)


def share_models(apps: list[App]) -> None:
    """Load the models once for all of them: they hold no state."""
    for app in apps[1:]:
        app.parts.readers = apps[0].parts.readers
        app.parts.encoder = apps[0].parts.encoder  # type: ignore[method-assign]


def live_through(newsroom: Newsroom, server: NewsroomServer, clock: Clock, apps: list[App]) -> None:
    """Poll on each day on which something was published or revised, the morning after."""
    for day in sorted({story.updated.astimezone(UTC).date() for story in newsroom.versions}):
        clock.at = server.at = datetime.combine(day + timedelta(days=1), time(0), UTC)
        for app in apps:
            polled = app.polling.poll()
            assert polled.failed == []


def write_lines(newsroom: Newsroom, base: str, path: Path) -> Path:
    """The same texts in the interchange format, in the order in which they came."""
    lines = []
    for story in sorted(newsroom.versions, key=lambda story: story.updated):
        line = {
            "url": base + story.url_path,
            "title": story.title,
            "publisher": newsroom.publishers[story.publisher].name,
            "published": story.published.isoformat(),
            "text": "\n\n".join(story.paragraphs),
        }
        if story.updated != story.published:
            line["updated"] = story.updated.isoformat()
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def export(app: App) -> dict[str, list[str]]:
    return {kind: list(app.reading.export(kind)) for kind in EXPORTS}


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("how", ["poll", "ingest"])
def test_both_databases_export_the_same_line_for_line(walked: Walked, how: str, kind: str) -> None:
    on_sqlite, on_postgresql = (walked.lines[how, database][kind] for database in DATABASES)
    assert on_sqlite == on_postgresql
    assert on_sqlite or (how, kind) == ("ingest", "entries")


def test_polling_finds_every_version_of_every_story(walked: Walked) -> None:
    newsroom = load()
    found = Counter(article["url"].partition("/20")[2] for article in walked.read("poll", "articles"))
    assert sum(found.values()) == len(newsroom.versions)
    assert len(found) == len({story.url_path for story in newsroom.versions})


def test_polled_pages_give_the_texts_titles_times_and_publishers_of_the_originals(walked: Walked) -> None:
    keys = ("url", "canonical_url", "version", "title", "text", "publisher", "published", "updated")
    polled, ingested = (
        sorted(json.dumps([line.get(key) for key in keys]) for line in walked.read(how, "articles"))
        for how in ("poll", "ingest")
    )
    assert polled == ingested


def test_copies_of_one_text_are_one_origin_by_either_way(walked: Walked) -> None:
    polled, ingested = (grouped(walked.read(how, "articles")) for how in ("poll", "ingest"))
    assert polled == ingested
    assert any(len(copies) > 1 for copies in polled)


def grouped(articles: list[Line]) -> set[frozenset[tuple[str, int]]]:
    origins: dict[str, set[tuple[str, int]]] = {}
    for article in articles:
        origins.setdefault(article["origin"], set()).add((article["url"], article["version"]))
    return {frozenset(copies) for copies in origins.values()}


def test_ingesting_the_same_texts_gives_the_claims_that_polling_gives(walked: Walked) -> None:
    polled, ingested = (Counter(map(figure, walked.read(how, "claims"))) for how in ("poll", "ingest"))
    same = (polled & ingested).total()
    assert polled.total() > 50
    assert same >= 0.95 * max(polled.total(), ingested.total()), (polled - ingested, ingested - polled)


def figure(claim: Line) -> tuple[Any, ...]:
    """What makes two claims the same figure at the same place."""
    article = claim["article"]
    values = (claim.get("value"), claim.get("low"), claim.get("high"), claim["unit"])
    return (article["url"], article["version"], claim.get("where", "body"), claim["span"], *values)


@pytest.mark.parametrize("database", DATABASES)
def test_ingesting_again_changes_nothing_and_tells_nothing(walked: Walked, database: str) -> None:
    app = walked.apps["ingest", database]
    last = app.store.events.last()
    taken, done = app.reading.ingest([str(walked.articles)])
    assert (taken.new, taken.known) == (0, len(load().versions))
    assert [step.settled for step in done.values()] == [0] * len(done)
    assert app.store.events.last() == last
    assert export(app) == walked.lines["ingest", database]


@pytest.mark.parametrize("database", DATABASES)
def test_polling_again_changes_nothing_and_tells_nothing(walked: Walked, database: str) -> None:
    app = walked.apps["poll", database]
    last = app.store.events.last()
    polled = app.polling.poll()
    assert (polled.failed, polled.entries) == ([], 0)
    assert app.store.events.last() == last
    assert export(app) == walked.lines["poll", database]
