"""Texts and evidence at the shell: what is stored can be listed, shown, compared, checked and taken away."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import archive_sample
import pytest
from terminal import Terminal

from monitor.app import App
from monitor.domain.article import Reading
from monitor.settings import Settings


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Terminal, App]]:
    url = f"sqlite:///{tmp_path}/monitor.db"
    app = App(Settings(database_url=url), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    yield Terminal(tmp_path / "here", {"MONITOR_DATABASE_URL": url}), app
    app.close()


def test_articles_are_listed_page_by_page_in_every_form_and_shown(place: tuple[Terminal, App]) -> None:
    terminal, app = place
    first = json.loads(terminal("articles", "list", "--limit", "20", "--json").out)
    rest = terminal("articles", "list", "--limit", "100", "--jsonl", "--cursor", first["page"]["next"])
    ids = [one["id"] for one in first["data"]] + [json.loads(one)["id"] for one in rest.out.splitlines()]
    assert sorted(ids) == sorted(one.id for one in app.store.articles.all() if one.is_latest)
    assert first["page"]["count"] == len(ids)
    table = list(csv.DictReader(io.StringIO(terminal("articles", "list", "--limit", "100", "--csv").out)))
    assert [row["id"] for row in table] == ids
    shown = json.loads(terminal("articles", "show", ids[0], "--json").out)["data"]
    assert all(shown["text"][one["start"] : one["end"]] == one["quote"] for one in shown["claims"])
    assert shown["text"] in terminal("articles", "show", ids[0]).out
    assert (terminal("articles", "show", "art-none").code, terminal("articles", "list", "--cursor", "x").code) == (1, 2)


def test_two_versions_are_compared_line_by_line(place: tuple[Terminal, App]) -> None:
    terminal, app = place
    changed = next(one for one in app.store.articles.all() if one.version == 2)
    said = terminal("articles", "diff", changed.id)
    assert "-The ferry Skua will sail again on 4 May 2031" in said.out
    assert "+The ferry Skua will sail again on 18 May 2031" in said.out
    assert terminal("articles", "diff", changed.id, "1..2").out == said.out
    assert terminal("articles", "diff", changed.id, "1..7").code == 2


def test_every_claim_is_looked_up_in_the_stored_text(place: tuple[Terminal, App]) -> None:
    terminal, app = place
    count = len(list(app.store.claims.all()))
    sound = terminal("verify")
    assert (sound.code, sound.out) == (0, "")
    assert f"{count} of {count} claims" in sound.err
    one = next(app.store.claims.all())
    moved = replace(one, evidence=replace(one.evidence, start=one.evidence.start + 1))
    others = [claim for claim in app.store.claims.of_article(one.article_id) if claim.id != one.id]
    app.store.claims.settle_reading(Reading(one.article_id, (moved, *others), ()), {}, "none", archive_sample.NOW)
    broken = terminal("verify", "--json")
    assert broken.code == 1
    assert [found["claim"] for found in json.loads(broken.out)["data"]["misplaced"]] == [one.id]


def test_a_claim_is_taken_away_with_its_evidence(place: tuple[Terminal, App]) -> None:
    terminal, app = place
    claim = next(app.store.claims.all())
    pack = terminal("claims", "show", claim.id, "--md")
    assert "Stored copy: sha256 " in pack.out
    assert f"/claims/{claim.id}>" in pack.out
    assert json.loads(terminal("claims", "show", claim.id, "--jsonld").out)["text"] == claim.evidence.quote
    assert terminal("claims", "show", claim.id, "--md", "--json").code == 2
