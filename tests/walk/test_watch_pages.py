"""Watches in a browser without script, in the API and at the terminal: one use case behind all three."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import archive_sample
import pytest
from fastapi.testclient import TestClient
from servers.scenario import ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal

from monitor.app import App
from monitor.domain.watch import Watch
from monitor.settings import FetchSettings, Settings, WebSettings
from monitor.web.site import create

US = "http://localhost:8080"
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Place:
    app: App
    client: TestClient
    terminal: Terminal
    server: ScenarioServer


def settings(folder: Path, editing: str = "local") -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder}/monitor.db",
        fetch=FetchSettings(allow_networks=("127.0.0.0/8",), pause_per_host_seconds=0),
        web=WebSettings(editing=editing),  # type: ignore[arg-type]
    )


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    app = App(settings(tmp_path), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    terminal = Terminal(tmp_path / "here", {"MONITOR_DATABASE_URL": f"sqlite:///{tmp_path}/monitor.db", **LOOPBACK})
    site = TestClient(create(app), base_url=US, client=("127.0.0.1", 50_000), follow_redirects=False)
    with site as client, scenario_server() as server:
        yield Place(app, client, terminal, server)
    app.close()


def test_a_search_becomes_a_watch_by_way_of_its_preview(place: Place) -> None:
    page = place.client.get("/claims", params={"q": "metric:yield"}).text
    assert "/watches/new?q=metric%3Ayield" in page
    tried = place.client.get("/watches/new?q=metric%3Ayield&name=Yields&threshold=5+points&tried=1&digest=yes")
    assert tried.status_code == 200
    for words in (
        "What it would have brought",
        "in the last 30 days",
        "before:",
        'value="metric:yield"',
        'value="5 points"',
    ):
        assert words in tried.text
    fields = {"q": "metric:yield", "name": "Yields", "threshold": "5 points", "digest": "yes"}
    saved = place.client.post("/watches", data=fields)
    assert saved.status_code == 303
    shown = place.client.get(saved.headers["location"]).text
    assert "5 points from the figure told before" in shown
    assert "Yields" in place.client.get("/watches").text
    assert place.app.watching.named("Yields").threshold == "5 points"


def test_a_webhooks_secret_is_shown_once_and_its_path_never(place: Place) -> None:
    hook = place.server.on("/private-path", lambda exchange: exchange.answer(status=204))
    saved = place.client.post("/watches", data={"q": "ferry", "name": "Ferries", "webhook": hook})
    watch = place.app.watching.named("Ferries")
    assert (saved.status_code, saved.headers["cache-control"]) == (201, "no-store")
    assert watch.secret in saved.text
    assert place.client.post(f"/watches/{watch.id}/test").headers["location"] == f"/watches/{watch.id}#deliveries"
    shown = [place.client.get(f"/watches/{watch.id}{end}").text for end in ("", ".json", ".atom")]
    shown += [place.client.get(f"/api/v1/watches{end}").text for end in ("", f"/{watch.id}", f"/{watch.id}/deliveries")]
    assert not [text for text in shown if watch.secret in text or "private-path" in text]
    assert "taken" in shown[0]
    (sent,) = place.client.get(f"/api/v1/watches/{watch.id}/deliveries").json()["data"]
    assert (sent["kind"], sent["state"], sent["answers"][0]["status"]) == ("watch.test", "done", 204)


def test_a_watch_is_changed_paused_resumed_and_removed_by_buttons(place: Place) -> None:
    place.client.post("/watches", data={"q": "ferry", "name": "Ferries", "digest": "yes"})
    watch = place.app.watching.named("Ferries")
    form = place.client.get(f"/watches/new?watch={watch.id}").text
    assert 'value="Ferries"' in form
    fields = {"watch": watch.id, "q": "ferry OR quay", "name": "Ships", "digest": "yes"}
    assert place.client.post("/watches", data=fields).status_code == 303
    assert place.app.store.watches.get(watch.id).name == "Ships"
    for change, paused in (("pause", True), ("resume", False)):
        assert place.client.post(f"/watches/{watch.id}/{change}").status_code == 303
        assert place.app.store.watches.get(watch.id).paused is paused
    assert place.client.post(f"/watches/{watch.id}/remove").headers["location"] == "/watches"
    assert place.client.get(f"/watches/{watch.id}").status_code == 410
    assert place.client.post(f"/watches/{watch.id}/nonsense").status_code == 410


def test_what_is_wrong_is_said_beside_the_form_which_keeps_what_was_typed(place: Place) -> None:
    answer = place.client.post("/watches", data={"q": "metrik:yield", "name": "Y", "digest": "yes", "threshold": "2%"})
    assert answer.status_code == 400
    for words in ("at character 1", "did you mean metric:", 'value="metrik:yield"', 'value="2%"'):
        assert words in answer.text
    for fields in (
        {"q": "yield", "digest": "yes"},
        {"q": "yield", "name": "Y"},
        {"q": "yield", "name": "Y", "webhook": "http://10.1.1.1/"},
    ):
        assert place.client.post("/watches", data=fields).status_code == 400


def test_a_watch_that_is_not_understood_is_marked_in_every_list(place: Place) -> None:
    place.app.store.watches.put(Watch("wat-old", "Old", "ferry metrik:price"))
    for address in ("/watches", "/watches/wat-old"):
        page = place.client.get(address).text
        assert "not understood" in page
        assert "ferry <mark>metrik:price</mark>" in page
    listed = {one["id"]: one for one in place.client.get("/api/v1/watches").json()["data"]}
    assert listed["wat-old"]["wrong"]["position"] == 6
    said = place.terminal("watches", "list")
    assert (said.code, "not understood at character 7" in said.out) == (0, True)
    assert "  ferry metrik:price\n        ^" in said.err


def test_each_watch_has_an_atom_feed_of_what_it_tells(place: Place) -> None:
    place.app.watching.save("Far", "metric:yield", threshold="10 points")
    watch = place.app.watching.named("Far")
    assert not [
        one for one in place.app.watching.news(watch, 50) if one.before and one.before.claim.modality == "forecast"
    ]
    feed = ElementTree.fromstring(place.client.get(f"/watches/{watch.id}.atom").text)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert titles
    assert any("before:" in title for title in titles)
    assert f"/watches/{watch.id}.atom" in place.client.get(f"/watches/{watch.id}").text


def test_the_api_tries_saves_pauses_and_removes(place: Place) -> None:
    tried = place.client.post("/api/v1/watch-preview", json={"query": "metric:yield"}).json()["data"]
    assert (tried["days"], tried["hits_lately"]) == (30, tried["told_lately"]["count"])
    assert len(tried["examples"]) == min(tried["hits"], 10)
    wishes = {"name": "Ferries", "query": "ferry", "webhook": place.server.url("/hook")}
    saved = place.client.post("/api/v1/watches", json=wishes)
    assert saved.status_code == 201
    record = saved.json()["data"]
    assert record["secret"].startswith("whsec_")
    address = f"/api/v1/watches/{record['id']}"
    assert (saved.headers["location"], "secret" in place.client.get(address).json()["data"]) == (address, False)
    assert place.client.post(f"{address}/pause").json()["data"]["paused"] is True
    assert place.client.post(f"{address}/resume").json()["data"]["paused"] is False
    assert place.client.delete(address).json()["data"]["name"] == "Ferries"
    assert place.client.get(address).status_code == 410
    for body in (
        {"name": "x"},
        {"name": "x", "query": "metrik:y"},
        {"name": "x", "query": "y", "webhook": "http://10.0.0.1/"},
    ):
        answer = place.client.post("/api/v1/watches", json=body)
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_an_address_that_takes_several_methods_names_them_all(place: Place) -> None:
    refused = place.client.put("/api/v1/watches")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, POST")


# Who may -------------------------------------------------------------------------------------------------------------

FIELDS = {"q": "ferry", "name": "Ferries", "digest": "yes"}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost:9999"},
        {"host": "evil.example:8080"},
        {"x-forwarded-for": "203.0.113.5"},
        {"forwarded": "for=203.0.113.5"},
    ],
)
def test_another_site_or_a_browser_elsewhere_changes_nothing(place: Place, headers: dict[str, str]) -> None:
    before = place.app.store.watches.list(include_removed=True)
    one = next(one for one in before if not one.owner)
    form = {"content-type": "application/x-www-form-urlencoded", **headers}
    assert place.client.post("/watches", content=urlencode(FIELDS), headers=form).status_code == 403
    assert place.client.post(f"/watches/{one.id}/remove", headers=headers).status_code == 403
    assert place.client.post("/api/v1/watches", json={"name": "x", "query": "y"}, headers=headers).status_code == 403
    assert place.client.delete(f"/api/v1/watches/{one.id}", headers=headers).status_code == 403
    assert place.app.store.watches.list(include_removed=True) == before


@pytest.mark.parametrize(("editing", "client", "status"), [
    ("local", "192.0.2.7", 403), ("local", "::1", 303), ("all", "192.0.2.7", 303), ("nobody", "127.0.0.1", 403),
])  # fmt: skip
def test_the_operator_says_who_may_change_watches(tmp_path: Path, editing: str, client: str, status: int) -> None:
    app = App(settings(tmp_path, editing), now=lambda: archive_sample.NOW)
    with TestClient(create(app), base_url=US, client=(client, 50_000), follow_redirects=False) as browser:
        assert browser.post("/watches", data=FIELDS).status_code == status
        assert ("New watch" in browser.get("/watches").text) is (status == 303)
    app.close()


def test_another_readers_watch_is_neither_shown_nor_changed(place: Place) -> None:
    mine = next(one for one in place.app.store.watches.list() if one.owner)
    assert place.client.get(f"/watches/{mine.id}.atom").status_code == 404
    assert place.client.get(f"/watches/new?watch={mine.id}").status_code == 404
    assert place.client.post(f"/watches/{mine.id}/remove").status_code == 404
    assert place.client.post("/watches", data={**FIELDS, "watch": mine.id}).status_code == 404
    assert place.client.get(f"/api/v1/watches/{mine.id}/deliveries").status_code == 404
    assert place.app.store.watches.get(mine.id) == mine


# At the terminal -----------------------------------------------------------------------------------------------------


def test_a_watch_lives_at_the_terminal(place: Place) -> None:
    run = place.terminal
    tried = run("watches", "preview", "metric:yield", "--threshold", "5 points")
    assert (tried.code, "in the last 30 days" in tried.out, "before:" in tried.out) == (0, True, True)
    hook = place.server.on("/hook", lambda exchange: exchange.answer(status=500))
    added = run("watches", "add", "Yields", "metric:yield", "--threshold", "5 points", "--webhook", hook)
    assert (added.code, "whsec_" in added.err, "whsec_" in added.out) == (0, True, False)
    assert "whsec_" not in run("watches", "show", "Yields").out
    assert "whsec_" in run("watches", "show", "yields", "--secret").out
    assert run("watches", "test", "Yields").code == 1
    assert "500" in run("watches", "deliveries", "Yields").out
    place.server.on("/hook", lambda exchange: exchange.answer(status=204))
    assert run("watches", "test", "Yields").code == 0
    assert run("watches", "pause", "Yields").code == 0
    assert "paused" in run("watches", "list").out
    assert run("watches", "resume", "Yields").code == 0
    changed = run("watches", "add", "Yields", "yield", "--replace")
    assert (changed.code, place.app.watching.named("Yields").query) == (0, "yield")
    assert run("watches", "remove", "Yields").code == 0
    assert run("watches", "show", "Yields").code == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("add", "Y", "metrik:x"), 2), (("add", "Y", "(yield"), 2), (("add", "Tarn yield", "yield"), 2),
     (("preview", "metrik:x"), 2), (("preview", "yield", "--threshold", "much"), 2), (("pause", "None"), 1),
     (("add", "Y", "yield", "--webhook", "http://10.0.0.1/"), 1), (("test", "Tarn yield"), 2)],
)  # fmt: skip
def test_wrong_use_is_told_by_its_exit_code(place: Place, words: tuple[str, ...], code: int) -> None:
    said = place.terminal("watches", *words)
    assert (said.code, said.out, "mend:" in said.err) == (code, "", True)


def test_lists_come_in_three_forms_that_say_the_same(place: Place) -> None:
    hook = place.server.on("/hook", lambda exchange: exchange.answer(status=204))
    watch = place.app.watching.save("Ferries", "ferry", webhook=hook)
    place.app.watching.test(watch.id)
    for words in (("list",), ("deliveries", "Ferries")):
        whole = json.loads(place.terminal("watches", *words, "--json").out)["data"]
        lines = [json.loads(line) for line in place.terminal("watches", *words, "--jsonl").out.splitlines()]
        rows = list(csv.DictReader(io.StringIO(place.terminal("watches", *words, "--csv").out)))
        assert whole == lines
        assert [row["id"] for row in rows] == [one["id"] for one in lines]
    shared = [one for one in json.loads(place.terminal("watches", "list", "--json").out)["data"] if "owner" not in one]
    assert place.client.get("/api/v1/watches").json()["data"] == shared
