"""What a command's end means to the shell, and what goes to which stream: a script can rely on both."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import archive_sample
import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal

from monitor.app import App
from monitor.settings import Settings

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Dune Post</title><link>https://dune.example/</link>'
    b"</channel></rss>"
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]|[\u2500-\u259f]")
"""Codes for a terminal, and what bars and frames are drawn with."""


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        yield running


def _well(exchange: Exchange) -> None:
    exchange.answer(FEED, content_type="application/rss+xml")


def _dead(exchange: Exchange) -> None:
    exchange.answer(b"", 500, content_type="text/plain")


@pytest.mark.parametrize(
    ("config", "well", "dead", "words", "code"),
    [
        ("", 2, 0, ("poll", "--once"), 0),
        ("", 1, 1, ("poll", "--once"), 4),
        ("", 0, 2, ("poll", "--once"), 1),
        ("", 1, 1, ("poll", "--once", "--json"), 4),
        ("", 1, 1, ("--quiet", "poll", "--once"), 4),
        ("", 0, 0, ("poll", "--twice"), 2),
        ("", 0, 0, ("poll", "--once", "--for", "5"), 2),
        ("", 0, 0, ("polls",), 2),
        ("", 0, 0, ("search", "value:>=", "--json"), 2),
        ("", 0, 0, ("search", "dune"), 0),
        ("", 0, 0, ("search", "dune", "--exit-empty"), 3),
        ("", 0, 0, ("claims", "show", "clm-none"), 1),
        ("web = 3\n", 0, 0, ("poll", "--once"), 78),
        ("no_such_key = 1\n", 0, 0, ("poll", "--once"), 78),
        ("[fetch]\ntimeout_seconds = 'soon'\n", 0, 0, ("status",), 78),
        ('database_url = "postgresql://nobody@127.0.0.1:1/none"\n', 0, 0, ("status",), 75),
    ],
)
def test_how_a_command_ended_is_told_by_its_code(
    tmp_path: Path, server: ScenarioServer, config: str, well: int, dead: int, words: tuple[str, ...], code: int
) -> None:
    terminal = Terminal(tmp_path, LOOPBACK)
    for number in range(well + dead):
        url = server.on(f"/feed-{number}", _well if number < well else _dead)
        assert terminal("feeds", "add", url, "--no-check").code == 0
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    said = terminal(*words)
    assert said.code == code, said.err
    if code in (1, 2, 75, 78) and words[-1] != "--once":
        assert (said.out, bool(said.err)) == ("", True)


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("claim", "list"), "'claims'"),
        (("serach", "dune"), "'search'"),
        (("search", "dune", "--jsn"), "--json"),
        (("claims", "list", "--sorted", "worth"), "--sort"),
        (("feeds", "lst"), "'list'"),
    ],
)
def test_a_word_that_there_is_not_names_the_nearest(tmp_path: Path, words: tuple[str, ...], near: str) -> None:
    said = Terminal(tmp_path)(*words)
    assert said.code == 2
    assert near in said.err


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder: Path = tmp_path_factory.mktemp("streams")
    url = f"sqlite:///{folder}/monitor.db"
    app = App(Settings(database_url=url), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    app.close()
    return Terminal(folder / "here", {"MONITOR_DATABASE_URL": url})


READING = [
    ("search", "percent"), ("search", "percent", "--counts"), ("claims", "list"), ("questions", "list"),
    ("questions", "show", "tarn-microworks-n5-yield"), ("disputes", "list"), ("articles", "list"), ("entities", "list"),
    ("sources", "list"), ("feeds", "list"), ("watches", "list"), ("watches", "show", "Tarn yield"), ("digest", "list"),
    ("subscribers", "list"), ("events",), ("status",), ("config", "show"), ("export", "claims"), ("feeds", "export"),
    ("--help",), ("search", "--help"),
]  # fmt: skip


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_what_goes_into_a_pipe_is_data_alone(filled: Terminal, words: tuple[str, ...]) -> None:
    forced = Terminal(filled.folder, {**filled.environment, "FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm"})
    said = forced(*words)
    assert said.code == 0
    assert said.out
    assert CONTROL.findall(said.out + said.err) == []


def test_a_process_that_writes_into_a_file_writes_no_codes_and_no_bars(filled: Terminal, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    text = "The Ossery glass works made 4,200 tonnes of bottles in April, the company said."
    said = {"url": "https://paper.example/a", "publisher": "Paper", "title": "Glass", "text": text}
    articles.write_text(json.dumps(said) + "\n", encoding="utf-8")
    done = filled.start("ingest", str(articles))
    out, err = done.communicate(timeout=300)
    assert done.returncode == 0, err
    assert CONTROL.findall(out + err) == []


@pytest.mark.parametrize("words", [("--no-color",), ()], ids=["option", "variable"])
def test_a_terminal_gets_no_colours_where_none_are_wanted(filled: Terminal, words: tuple[str, ...]) -> None:
    environment = {"TERM": "xterm-256color", **({} if words else {"NO_COLOR": "1"})}
    shown = _on_a_terminal(filled, [*words, "watches", "list"], environment)
    assert "Tarn yield" in shown
    assert re.findall(r"\x1b\[[0-9;]*(?:3[0-7]|38;|4[0-7]|9[0-7])[0-9;]*m", shown) == []


def _on_a_terminal(terminal: Terminal, words: list[str], environment: dict[str, str]) -> str:
    """What a command shows on a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "monitor", *words]
    with subprocess.Popen(
        command, cwd=terminal.folder, env=terminal.environ() | environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as running:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        assert running.wait(60) == 0
    os.close(ours)
    return shown.decode("utf-8")


def _read(stream: int) -> bytes:
    try:
        return os.read(stream, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_who_wants_no_notes_gets_results_and_errors(filled: Terminal) -> None:
    assert "more with --cursor" in filled("search", "quay", "--limit", "2").err
    said = filled("--quiet", "search", "quay", "--limit", "2")
    assert (said.code, said.err) == (0, "")
    assert said.out == filled("search", "quay", "--limit", "2").out
    assert "why:" in filled("--quiet", "claims", "show", "clm-none").err


def test_the_log_is_one_json_object_a_line_with_its_facts(filled: Terminal) -> None:
    code = (
        "import logging; from monitor.cli.main import run; "
        "run(['--log-format', 'json', 'config', 'path']); "
        "logging.getLogger('monitor.web').error('page failed', extra={'error_id': 'a1b2'})"
    )
    lines = _logged(filled, code)
    assert [(one["level"], one["logger"], one["message"], one["error_id"]) for one in map(json.loads, lines)] == [
        ("error", "monitor.web", "page failed", "a1b2")
    ]
    assert _logged(filled, code.replace("'json'", "'text'"))[0].endswith("monitor.web: page failed error_id=a1b2")


def _logged(terminal: Terminal, code: str) -> list[Any]:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=terminal.environ())
    return done.stderr.splitlines()
