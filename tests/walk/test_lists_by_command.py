"""Lists as a program takes them from a command: three forms of one thing, and that is what the API gives."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import archive_sample
import pytest
from fastapi.testclient import TestClient
from terminal import Terminal

from monitor.app import App
from monitor.settings import Settings
from monitor.web.site import create

LISTS = {
    ("search", "state:any", "--limit", "200"): "/api/v1/claims?q=state:any&limit=200",
    ("claims", "list", "--limit", "200"): None,
    ("questions", "list", "--limit", "25"): "/api/v1/questions",
    ("disputes", "list"): "/api/v1/disputes",
    ("feeds", "list"): None,
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terminal, TestClient]]:
    folder: Path = tmp_path_factory.mktemp("lists")
    url = f"sqlite:///{folder}/monitor.db"
    app = App(Settings(database_url=url), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    with TestClient(create(app)) as client:
        yield Terminal(folder / "here", {"MONITOR_DATABASE_URL": url}), client
    app.close()


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_is_the_same_in_every_form(doors: tuple[Terminal, TestClient], words: tuple[str, ...]) -> None:
    terminal, client = doors
    whole = json.loads(terminal(*words, "--json").out)
    lines = [json.loads(line) for line in terminal(*words, "--jsonl").out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(terminal(*words, "--csv").out)))
    assert whole["data"] == lines
    assert len(lines) > 1
    key = "id" if "id" in lines[0] else "url"
    assert [row[key] for row in rows] == [one[key] for one in lines]
    address = LISTS[words]
    if address:
        answer = client.get(address).json()
        assert answer["data"] == lines
        assert answer["page"] == whole["page"]


def test_a_table_has_the_fields_below_a_field_side_by_side_and_no_formulas(doors: tuple[Terminal, TestClient]) -> None:
    terminal, _ = doors
    rows = list(csv.DictReader(io.StringIO(terminal("search", "reservoir", "--csv").out)))
    assert {row["article.publisher"] for row in rows} == {"Ostra Courier", "Field and Furrow"}
    assert json.loads(rows[0]["source_chain"])[-1]["kind"] == "publisher"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("noun", ["claims", "questions"])
def test_a_list_goes_on_where_it_ended(doors: tuple[Terminal, TestClient], noun: str) -> None:
    terminal, _ = doors
    whole = [one["id"] for one in json.loads(terminal(noun, "list", "--limit", "100", "--json").out)["data"]]
    found: list[str] = []
    after: tuple[str, ...] = ()
    while True:
        said = json.loads(terminal(noun, "list", "--limit", "12", "--json", *after).out)
        found += [one["id"] for one in said["data"]]
        if said["page"]["next"] is None:
            break
        after = ("--cursor", said["page"]["next"])
    assert found == whole


def test_one_form_is_asked_for_at_a_time(doors: tuple[Terminal, TestClient]) -> None:
    assert doors[0]("search", "reservoir", "--json", "--csv").code == 2


def test_a_list_that_goes_on_says_so_beside_the_data(doors: tuple[Terminal, TestClient]) -> None:
    said = doors[0]("search", "quay", "--jsonl", "--limit", "3")
    assert len(said.out.splitlines()) == 3
    assert "more with --cursor" in said.err
