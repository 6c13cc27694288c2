"""A sentence against the archive: who says the same, who disagrees, what is near but different, each with its reason."""

import json
from pathlib import Path

import pytest
from terminal import Terminal

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
    assert f"may be of one question ({first['likely']:.2f})" in first["why"]
    assert rest
    assert not any("likely" in found for found in rest)


def test_checking_stores_nothing(terminal: Terminal) -> None:
    before = terminal("export", "claims").out
    terminal("check", "The Orford paper mill employs 5,000 people.")
    assert terminal("export", "claims").out == before
