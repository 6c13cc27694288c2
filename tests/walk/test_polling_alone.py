"""Polling in a process of its own, while another reads, or none."""

from pathlib import Path

import pytest
from servers.crowd import crowd
from terminal import LOOPBACK, Terminal

NEEDED_BY_READING = ("spacy", "torch", "sentence_transformers", "trafilatura", "datasketch")


@pytest.mark.parametrize("how", [("--once",), ("--for", "15")])
def test_polling_alone_leaves_entries_waiting_and_loads_nothing_that_reads_articles(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    with crowd(tmp_path) as server:
        terminal = Terminal(tmp_path / "monitor", LOOPBACK | {"PYTHONPROFILEIMPORTTIME": "1"})
        seeds = "".join(f'[[feeds]]\nurl = "{server.url(number, 3)}"\n' for number in range(5))
        (terminal.folder / "config.toml").write_text(seeds)
        out, err = terminal.start("poll", *how, "--no-walk").communicate()
    assert "5 feeds, 5 ok" in out, err
    assert "100 entries, 0 articles" in out
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in err.splitlines() if "|" in line}
    assert "sqlalchemy" in loaded
    assert not loaded & set(NEEDED_BY_READING)
