"""Judging at a terminal and in the address bar: what the commands say, and where merged questions lead."""

import json
from pathlib import Path

import archive_sample
import pytest
from fastapi.testclient import TestClient
from terminal import Said, Terminal

from monitor.app import App, open_app
from monitor.domain.dispute import DisputeState
from monitor.web.site import create


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "here")
    app = open(terminal)
    archive_sample.fill(app.store)
    app.close()
    return terminal


def open(terminal: Terminal) -> App:
    return open_app(terminal.folder / "config.toml")


def data(said: Said) -> object:
    assert said.code == 0, said.err
    return json.loads(said.out)["data"]


def test_a_dispute_is_judged_judged_differently_and_the_judgement_taken_back(terminal: Terminal) -> None:
    found = data(terminal("disputes", "list", "--state", "open", "--json"))
    assert isinstance(found, list)
    name = found[0]["id"]
    judged = ("disputes", "judge", name)
    assert terminal(*judged, "explained", "different definition", "--note", "Wafers, not dies.", "--by", "ann").code == 0
    assert terminal(*judged, "dismissed", "not comparable", "--by", "ben").code == 0
    shown = terminal("disputes", "show", name).out
    assert "judged differently: ann: explained, different definition; ben: dismissed, not comparable" in shown
    assert "different definition – Wafers, not dies." in shown
    assert terminal("disputes", "undo", name, "--by", "ben").code == 0
    assert "explained" in terminal("disputes", "show", name).out.splitlines()[0]
    assert terminal("disputes", "reopen", name, "--by", "ben").code == 2
    assert terminal("disputes", "reopen", name, "--note", "New papers.", "--by", "ben").code == 0


def test_a_reason_that_there_is_not_is_refused_with_those_there_are(terminal: Terminal) -> None:
    found = data(terminal("disputes", "list", "--json"))
    assert isinstance(found, list)
    said = terminal("disputes", "judge", found[0]["id"], "settled", "everybody knows", "--by", "ann")
    assert (said.code, "superseded by later data" in said.err) == (2, True)
    assert terminal("disputes", "judge", "dsp-none", "settled", "retracted", "--by", "ann").code == 1


def test_a_merged_question_leads_to_the_other_in_commands_and_pages(terminal: Terminal) -> None:
    listed = data(terminal("questions", "list", "--json"))
    assert isinstance(listed, list)
    shares = [one["slug"] for one in listed if one["dimension"] == "share"]
    old, into = shares[0], shares[1]
    assert terminal("questions", "merge", old, into, "--by", "ann").code == 2  # without a reason
    assert terminal("questions", "merge", old, into, "--by", "ann", "--note", "One thing.").code == 0
    shown = terminal("questions", "show", old)
    assert f"{old} became part of {into}." in shown.err
    (decision,) = data(terminal("questions", "decisions", "--json"))  # type: ignore[misc]
    assert (decision["kind"], decision["by"], decision["note"]) == ("merge", "ann", "One thing.")
    app = open(terminal)
    with TestClient(create(app), follow_redirects=False) as client:
        for path, there in (
            (f"/questions/{old}", f"/questions/{into}"),
            (f"/questions/{old}.json", f"/questions/{into}.json"),
        ):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["location"]) == (301, f"http://testserver{there}")
            assert client.get(there).status_code == 200
    app.close()
    assert terminal("questions", "undo", decision["id"], "--by", "ann").code == 0
    assert f"{old} became part" not in terminal("questions", "show", old).err


def test_a_rejected_claim_says_so(terminal: Terminal) -> None:
    listed = data(terminal("claims", "list", "--json"))
    assert isinstance(listed, list)
    name = listed[0]["id"]
    assert terminal("claims", "reject", name, "--note", "A name.", "--by", "ann").code == 0
    assert "rejected" in terminal("claims", "show", name).out
    assert name not in terminal("claims", "list", "--json").out
    assert terminal("claims", "reject", name, "--note", "Again.", "--by", "ann").code == 2


def test_a_dispute_page_shows_who_judged_what(terminal: Terminal) -> None:
    app = open(terminal)
    name = app.store.disputes.list(limit=1)[0].id
    app.judging.judge(name, DisputeState.EXPLAINED, "different scope", by="ann", note="Wafers, <b>not</b> dies.")
    with TestClient(create(app)) as client:
        page, record = client.get(f"/disputes/{name}").text, client.get(f"/disputes/{name}.json").json()["data"]
    app.close()
    assert "ann</b>: explained, different scope – Wafers, &lt;b&gt;not&lt;/b&gt; dies." in page
    assert "judged by nobody" not in page
    assert [(one["by"], one["kind"], one["note"]) for one in record["judgements"]] == [
        ("ann", "explained", "Wafers, <b>not</b> dies.")
    ]
    assert record["stale"] is False


def test_a_corrected_claim_says_what_it_was_read_as_and_by_whom(terminal: Terminal) -> None:
    listed = data(terminal("claims", "list", "--json"))
    assert isinstance(listed, list)
    one = next(claim for claim in listed if claim["unit"] == "percent")
    correct = ("claims", "correct", one["id"], "--by", "ann", "--note", "Of <i>chips</i>, not wafers.")
    said = terminal(*correct, "--metric", "good chips", "--value", "31.5%", "--as-of", "2031-02")
    assert (said.code, "monitor questions undo dcn-" in said.err) == (0, True)
    assert f"metric {one['metric']} → good chips" in terminal("claims", "show", one["id"]).out
    app = open(terminal)
    with TestClient(create(app)) as client:
        page, record = client.get(f"/claims/{one['id']}").text, client.get(f"/claims/{one['id']}.json").json()["data"]
        found = client.get("/claims.json", params={"q": 'metric:="good chips" value:31.5%'}).json()["data"]
    app.close()
    assert [claim["id"] for claim in found] == [one["id"]]
    assert (record["metric"], record["value"], record["time"], record["read_by"]) == (
        "good chips",
        31.5,
        "2031-02",
        "ann",
    )
    assert record["corrections"][0]["before"]["metric"] == one["metric"]
    assert "ann corrected the reading" in page
    assert "Of &lt;i&gt;chips&lt;/i&gt;, not wafers." in page
    assert terminal("questions", "undo", record["corrections"][0]["id"], "--by", "ben").code == 0
    after = data(terminal("claims", "show", one["id"], "--json"))
    assert isinstance(after, dict)
    assert (after["metric"], after["value"], "read_by" in after) == (one["metric"], one["value"], False)
    assert after["corrections"][0]["undone_by"] == "ben"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "name what is to be read otherwise"),
        (("--value", "many"), "no figure"),
        (("--value", "5 blorps"), "no unit"),
        (("--as-of", "soon"), "not known"),
        (("--note", " "), "no reason is given"),
    ],
)
def test_a_correction_that_cannot_be_understood_changes_nothing(
    terminal: Terminal, options: tuple[str, ...], why: str
) -> None:
    listed = data(terminal("claims", "list", "--json"))
    assert isinstance(listed, list)
    note = () if "--note" in options else ("--note", "x")
    wanted = ("--metric", "staff") if "--note" in options else ()
    said = terminal("claims", "correct", listed[0]["id"], "--by", "ann", *note, *wanted, *options)
    assert (said.code, why in said.err) == (2, True), said.err
    assert data(terminal("claims", "list", "--json")) == listed
    assert data(terminal("questions", "decisions", "--json")) == []


def test_a_dry_run_tells_what_would_follow_and_stores_nothing(terminal: Terminal) -> None:
    (dispute, *_) = data(terminal("disputes", "list", "--state", "open", "--json"))  # type: ignore[misc]
    sides = [position["claims"][0] for position in dispute["positions"]]
    before = terminal("export", "claims").out, terminal("events", "--jsonl").out
    for command in (
        *(("claims", "reject", side, "--note", "A name.") for side in sides),
        ("claims", "correct", sides[0], "--metric", "staff", "--note", "Of people."),
        ("disputes", "judge", dispute["id"], "explained", "different scope"),
    ):
        said = terminal(*command, "--by", "ann", "--dry-run")
        assert said.code == 0, said.err
        assert "nothing of this was stored" in said.err
        assert f"dispute {dispute['id']}: " in said.out
    assert (terminal("export", "claims").out, terminal("events", "--jsonl").out) == before
    assert data(terminal("questions", "decisions", "--json")) == []
    assert terminal("claims", "reject", "clm-none", "--note", "x", "--by", "ann", "--dry-run").code == 1
