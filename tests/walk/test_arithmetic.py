"""Sums that a sentence does itself are shown with its figure: on the terminal, in the API and on the question's page."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from terminal import Terminal

from monitor.app import open_app

TEXT = "Varn valley lost 12 goats in May and 30 goats in June, 42 goats in all, its herders said on Tuesday."


def test_a_sum_that_bears_a_figure_out_is_shown_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(tmp_path / "here")
    row = {"id": "one", "url": "https://alp.example/goats", "title": "Goats", "publisher": "Alp Post",
           "published": "2026-07-07T07:00:00Z", "text": TEXT}  # fmt: skip
    assert terminal("ingest", "-", stdin=json.dumps(row).encode()).code == 0
    lines = [json.loads(line) for line in terminal("export", "claims").out.splitlines()]
    total = next(one for one in lines if one["value"] == 42)
    shown = terminal("questions", "show", total["question"]).out
    assert f"12 + 30 = 42 bears out {total['span']} (Alp Post)" in shown
    expected = {"claim": total["id"], "equation": "12 + 30 = 42", "holds": True}
    assert json.loads(terminal("questions", "show", total["question"], "--json").out)["data"]["arithmetic"] == [expected]
    for name, value in terminal.environ().items():
        monkeypatch.setenv(name, value)
    app = open_app(terminal.folder / "config.toml")
    with TestClient(app.site()) as client:
        assert client.get(f"/api/v1/questions/{total['question']}").json()["data"]["arithmetic"] == [expected]
        page = client.get(f"/questions/{total['question']}").text
        assert "<b>12 + 30 = 42</b> bears out" in page
    app.close()
