"""Lists as a program takes them from a command: three forms of one thing, and that is what the API gives."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import archive_sample
import jsonschema
import pytest
import typer
from fastapi.testclient import TestClient
from terminal import Terminal

from monitor.app import App
from monitor.cli.main import app as commands
from monitor.settings import Settings
from monitor.web.site import create

LISTS = {
    ("search", "state:any", "--limit", "200"): "/api/v1/claims?q=state:any&limit=200",
    ("claims", "list", "--limit", "200"): None,
    ("questions", "list", "--limit", "25"): "/api/v1/questions",
    ("disputes", "list"): "/api/v1/disputes",
    ("feeds", "list"): None,
    ("articles", "list", "--limit", "25"): "/api/v1/articles",
    ("entities", "list", "--limit", "100"): "/api/v1/entities",
    ("sources", "list"): "/api/v1/sources",
    ("events",): "/api/v1/events",
}
SHOWN = {
    "claims": "/claims/{claim_id}",
    "questions": "/questions/{slug}",
    "disputes": "/disputes/{dispute_id}",
    "articles": "/articles/{article_id}",
    "entities": "/entities/{entity_id}",
    "sources": "/sources/{name}",
    "feeds": "/feeds/{feed_id}",
    "watches": "/watches/{watch_id}",
    "digest": "/digests/{issue_id}",
}
"""A group of commands → the address at which the API shows one of its things."""
LISTED = {
    ("search", "state:any"): "/claims",
    ("claims", "list"): "/watches/{watch_id}/hits",  # claims without what a search adds
    ("watches", "list"): "/watches",
    ("watches", "deliveries", "Tarn yield"): "/watches/{watch_id}/deliveries",
    ("digest", "list"): "/digests",
    **{(noun, "list"): f"/{noun}" for noun in ("questions", "disputes", "articles", "entities", "sources", "feeds")},
    ("events",): "/events",
}
OTHERWISE = {
    *("config show", "db status", "doctor", "eval", "explain", "feeds add", "feeds import", "feeds test", "poll"),
    *("reextract", "retry", "verify", "watches test", "extract", "export", "ingest"),
}
"""Commands that do something and tell what came of it, or write a form of their own: no reading of what is stored."""


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
    key = next(key for key in ("number", "id", "name") if key in lines[0])
    assert [row[key] for row in rows] == [str(one[key]) for one in lines]
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


@pytest.fixture(scope="module")
def described(doors: tuple[Terminal, TestClient]) -> Any:
    return doors[1].get("/api/v1/openapi.json").json()


def _check(described: Any, path: str, document: Any) -> None:
    """Whether a document is what the API's description says of the answer at an address."""
    path = path if path in described["paths"] else path.replace("}", ":path}")
    taken = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(document, {**taken, "components": described["components"]})


@pytest.mark.parametrize("words", LISTED, ids=" ".join)
def test_a_list_is_as_the_description_of_the_api_says(
    doors: tuple[Terminal, TestClient], described: Any, words: tuple[str, ...]
) -> None:
    said = doors[0](*words, "--json")
    assert (said.code, said.err) == (0, "") or "There is more" in said.err or "more with" in said.err
    _check(described, f"/api/v1{LISTED[words]}", json.loads(said.out))


@pytest.mark.parametrize("group", SHOWN)
def test_one_thing_is_as_the_description_of_the_api_says_in_every_form(
    doors: tuple[Terminal, TestClient], described: Any, group: str
) -> None:
    terminal, client = doors
    first = json.loads(terminal(group, "list", "--jsonl").out.splitlines()[0])
    name = first.get("slug") or first.get("id") or first["name"]
    whole = json.loads(terminal(group, "show", name, "--json").out)
    _check(described, f"/api/v1{SHOWN[group]}", whole)
    assert [json.loads(line) for line in terminal(group, "show", name, "--jsonl").out.splitlines()] == [whole["data"]]
    assert csv.DictReader(io.StringIO(terminal(group, "show", name, "--csv").out)).fieldnames
    if group in ("claims", "questions", "disputes", "articles", "entities", "sources"):
        noun = SHOWN[group].split("/")[1]
        assert client.get(f"/api/v1/{noun}/{name}").json() == whole


def test_whoever_reads_can_take_it_in_three_forms() -> None:
    found = _commands(typer.main.get_command(commands))
    reading = {name for name, options in found.items() if "--json" in options} - OTHERWISE
    assert {"search", "status", "check", "events", "subscribers list", "questions decisions"} <= reading
    assert [name for name in sorted(reading) if not {"--jsonl", "--csv"} <= found[name]] == []


def _commands(command: Any, before: str = "") -> dict[str, set[str]]:
    """Each command with its options."""
    if hasattr(command, "commands"):
        below = {f"{before} {name}".strip(): one for name, one in command.commands.items()}
        return {name: options for path, one in below.items() for name, options in _commands(one, path).items()}
    return {before: {word for parameter in command.params for word in parameter.opts}}


def test_what_is_told_of_readers_at_the_terminal_holds_no_key_to_their_subscription(
    doors: tuple[Terminal, TestClient],
) -> None:
    for words in (("subscribers", "list", "--json"), ("digest", "list", "--json")):
        said = doors[0](*words).out
        assert archive_sample.READER in said
        assert archive_sample.TOKEN not in said
