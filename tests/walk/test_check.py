"""A sentence against the archive: who says the same, who disagrees, what is near but different, each with its reason."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from terminal import Terminal

from monitor.app import App
from monitor.settings import Settings
from monitor.web.bodies import MOST_BYTES
from monitor.web.check import LONGEST
from monitor.web.site import create

PAPERS = {
    "tide": "The Orford paper mill employs 420 people, the company said on Monday.",
    "coast": "The Orford paper mill employs 310 people, according to the union.",
    "wire": "The Orford paper mill made 52,000 tonnes of newsprint in 2025.",
}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("check"))
    rows = [
        {"url": f"https://{name}.example/a", "publisher": name.title(), "title": "Orford", "text": text,
         "published": "2026-03-02T08:00:00+00:00", "language": "en"}
        for name, text in PAPERS.items()
    ]  # fmt: skip
    lines = Path(terminal.folder, "articles.jsonl")
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert terminal("ingest", str(lines)).code == 0
    return terminal


def spans(terminal: Terminal, text: str) -> dict[str, list[str]]:
    said = terminal("check", text, "--json")
    assert said.code == 0, said.err
    (one,) = json.loads(said.out)["data"]
    return {name: [found["claim"]["span"] for found in one[name]] for name in ("agrees", "disagrees", "near")}


def test_what_is_said_elsewhere_agrees_or_disagrees(terminal: Terminal) -> None:
    found = spans(terminal, "The Orford paper mill employs 420 people.")
    assert (found["agrees"], found["disagrees"]) == (["420 people"], ["310 people"])
    assert "52,000 tonnes" in found["near"]


def test_a_question_is_checked_like_a_statement(terminal: Terminal) -> None:
    found = spans(terminal, "Does the Orford paper mill employ 310 people?")
    assert (found["agrees"], found["disagrees"]) == (["310 people"], ["420 people"])


def test_each_finding_says_why_and_stands_with_its_sentence(terminal: Terminal) -> None:
    said = terminal("check", "The Orford paper mill employs 420 people.").out
    assert PAPERS["coast"] in said
    assert "do not meet" in said


def test_what_nobody_wrote_of_is_unknown(terminal: Terminal) -> None:
    said = terminal("check", "The ferry to Brindal carried 900 passengers on Sunday.", "--exit-empty")
    assert (said.code, "The archive has nothing on it." in said.out) == (3, True)


def test_a_text_without_figures_says_so(terminal: Terminal) -> None:
    said = terminal("check", "-", stdin=b"The mayor smiled.")
    assert (said.code, said.out) == (0, "")
    assert "No figure" in said.err


def test_what_rules_set_apart_and_sentences_do_not_comes_first_with_its_likelihood(terminal: Terminal) -> None:
    said = terminal("check", "The Orford paper mill produced 61,000 tonnes of newsprint in 2025.", "--json")
    (one,) = json.loads(said.out)["data"]
    first, *rest = one["near"]
    assert (first["claim"]["span"], first["relation"]) == ("52,000 tonnes", None)
    assert first["likely"] > 0.5
    assert f"By their sentences they may be of one all the same ({first['likely']:.2f} of 1)." in first["why"]
    assert rest
    assert not any("likely" in found for found in rest)


def test_checking_stores_nothing(terminal: Terminal) -> None:
    before = terminal("export", "claims").out
    terminal("check", "The Orford paper mill employs 5,000 people.")
    assert terminal("export", "claims").out == before


@pytest.fixture(scope="module")
def client(terminal: Terminal) -> Iterator[TestClient]:
    app = App(Settings(database_url=f"sqlite:///{terminal.database}"))
    with TestClient(create(app), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found
    app.close()


ASKED = "The Orford paper mill employs 420 people and made 52,000 tonnes of newsprint in 2025."


def test_command_api_and_twin_of_the_page_give_the_same(terminal: Terminal, client: TestClient) -> None:
    said = json.loads(terminal("check", ASKED, "--json").out)
    answer = client.post("/api/v1/check", json={"text": ASKED})
    assert answer.status_code == 200
    for one in (answer.json(), client.get("/check.json", params={"text": ASKED}).json()):
        assert one["page"] == said["page"] == {"next": None, "count": 2, "count_is": "exact"}
        assert [[found["claim"]["id"] for found in row[name]] for row in one["data"] for name in ("agrees", "near")] == [
            [found["claim"]["id"] for found in row[name]] for row in said["data"] for name in ("agrees", "near")
        ]
    lines = [json.loads(line) for line in terminal("check", ASKED, "--jsonl").out.splitlines()]
    assert [line["claim"]["span"] for line in lines] == ["420 people", "52,000 tonnes"]
    rows = list(csv.DictReader(io.StringIO(terminal("check", ASKED, "--csv").out)))
    assert [row["claim.span"] for row in rows] == ["420 people", "52,000 tonnes"]


def test_the_page_tells_what_agrees_then_what_disagrees_then_what_is_near_each_with_its_sentence(
    client: TestClient,
) -> None:
    page = client.get("/check", params={"text": "The Orford paper mill employs 420 people."}).text
    places = [page.index(head) for head in ("Says the same", "Disagrees", "Near, but different")]
    assert places == sorted(places)
    assert places[0] < page.index("the company said on Monday") < places[1]
    assert places[1] < page.index("according to the union") < places[2]
    assert 'href="/claims/clm-' in page


def test_the_page_can_leave_out_those_who_only_relay(client: TestClient) -> None:
    text = "The Orford paper mill employs 420 people."
    page = client.get("/check", params={"text": text, "first-hand": "yes"}).text
    assert 'value="yes" checked' in page
    assert "Disagrees" in page


def test_the_page_without_a_figure_says_what_can_be_checked(client: TestClient) -> None:
    assert "No figure was read" in client.get("/check", params={"text": "The mayor smiled."}).text
    assert "No figure was read" not in client.get("/check").text


def test_what_is_too_long_is_refused_with_the_limit_and_the_text_is_not_lost(client: TestClient) -> None:
    text = "The mill employs 420 people. " * (LONGEST // 20)
    page = client.get("/check", params={"text": text})
    assert (page.status_code, f"{LONGEST:,} are read at a time" in page.text, text[:60] in page.text) == (400, True, True)
    assert client.post("/api/v1/check", json={"text": text}).status_code == 400
    big = client.post("/api/v1/check", content=b"x" * (MOST_BYTES + 1))
    assert (big.status_code, big.headers["content-type"]) == (413, "application/problem+json")
    pieces = (b"x" * 4096 for _ in range(MOST_BYTES))
    assert client.post("/api/v1/check", content=pieces).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"text": 4}',
        b'{"text": ""}',
        b'{"text": "  "}',
        b'{"txt": "x"}',
        b'{"text": "\\ud800"}',
        b"\xff",
    ],
)
def test_a_wrong_request_is_a_problem_that_names_what_is_wrong(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/check", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> employs 420 people.",
        'The "</textarea><img src=x onerror=alert(1)>" mill employs 420 people.',
        "The mill\x00\x1b[31m employs\u202e 420 people\ufffe.",
        "420 " * 1200,
        "\n" * 4000 + "1",
        "(" * 4900,
        "%s %n {{7*7}} ${jndi:ldap://x} '; DROP TABLE claim; --  employs 420 people.",
    ],
)
def test_hostile_texts_are_read_like_any_other(client: TestClient, text: str) -> None:
    answer = client.post(
        "/api/v1/check", content=json.dumps({"text": text}), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    page = client.get("/check", params={"text": text})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert client.get("/claims.json").json()["page"]["count"] == 3


def test_a_text_that_does_not_say_what_its_figure_is_of_is_told_so_and_shown_what_others_say(terminal: Terminal) -> None:
    said = terminal("check", "We employ 420 people.").out
    assert "420 people  subject not named" in said
    assert "The text does not say what this figure is of." in said
    assert "the text given ·" not in said
    (one,) = json.loads(terminal("check", "We employ 420 people.", "--json").out)["data"]
    assert (one["claim"]["subject"], one["question"], one["agrees"], one["disagrees"]) == ("", None, [], [])
    assert {found["claim"]["span"] for found in one["near"]} == {"420 people", "310 people"}
    assert all("Orford" in found["why"] for found in one["near"])


def test_a_figure_is_read_as_the_reader_says(terminal: Terminal) -> None:
    text = "It employs 4,200 people."
    before = json.loads(terminal("check", text, "--json").out)["data"][0]
    assert (before["agrees"], before["disagrees"]) == ([], [])
    said = terminal("check", text, "--subject", "Orford", "--metric", "employees", "--value", "420", "--json")
    (one,) = json.loads(said.out)["data"]
    assert (one["claim"]["subject"], one["claim"]["metric"], one["claim"]["value"]) == ("Orford", "employees", 420)
    assert [found["claim"]["span"] for found in one["agrees"]] == ["420 people"]
    assert [found["claim"]["span"] for found in one["disagrees"]] == ["310 people"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--value", ">=400"), {"low": 400, "approximation": "at_least"}),
        (("--value", "300..500"), {"low": 300, "high": 500, "approximation": "range"}),
        (("--value", "2 thousand"), {"value": 2000, "approximation": "exact"}),
        (("--hedge", "about"), {"value": 420, "approximation": "about"}),
        (("--hedge", "more_than"), {"low": 420, "approximation": "more_than"}),
        (("--as-of", "2025-11"), {"time": "2025-11"}),
        (("--kind", "planned"), {"modality": "planned"}),
    ],
)
def test_each_field_can_be_changed(terminal: Terminal, options: tuple[str, ...], expected: dict[str, object]) -> None:
    said = terminal("check", "The Orford paper mill employs 420 people.", *options, "--json")
    (one,) = json.loads(said.out)["data"]
    assert {key: one["claim"].get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--value", "many"), "no figure"),
        (("--value", "5 blorps"), "no unit"),
        (("--as-of", "next spring"), "not known"),
        (("--hedge", "range"), "two ends"),
        (("--figure", "7", "--subject", "Orford"), "has 1 figures"),
    ],
)
def test_what_cannot_be_understood_of_a_correction_is_named(
    terminal: Terminal, options: tuple[str, ...], why: str
) -> None:
    said = terminal("check", "The Orford paper mill employs 420 people.", *options)
    assert (said.code, why in said.err) == (2, True), said.err


def test_the_page_shows_how_a_figure_was_read_and_lets_each_field_be_changed(client: TestClient) -> None:
    text = "It employs 4,200 people."
    page = client.get("/check", params={"text": text}).text
    assert "Read wrongly? Correct it" in page
    for name in ("subject", "metric", "value", "hedge", "as-of", "kind"):
        assert f'name="{name}"' in page
    asked = {"text": text, "subject": "Orford", "metric": "employees", "value": "420", "kind": "", "hedge": ""}
    again = client.get("/check", params=asked)
    assert "Read as you say" in again.text
    assert "Says the same" in again.text
    twin = client.get("/check.json", params=asked).json()["data"]
    body = {"text": text, "correction": {"subject": "Orford", "metric": "employees", "value": "420"}}
    assert client.post("/api/v1/check", json=body).json()["data"] == twin
    wrong = client.get("/check", params={"text": text, "value": "many"})
    assert (wrong.status_code, "is no figure" in wrong.text) == (400, True)
