"""The documents tell the truth: what README.md shows runs, and config.toml has the keys that Settings has."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from monitor.app import App
from monitor.interchange import article_from_line, claim_from_line, claim_line
from monitor.settings import Settings, all_keys

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def shell_blocks() -> list[str]:
    """What stands between ```sh and ```: meant to be run as it is, in order."""
    return re.findall(r"^```sh\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def indented_commands() -> list[str]:
    """Commands shown for reading: they need a mail server, the web, or do not end by themselves."""
    lines = re.findall(r"^    ((?:monitor|\./run) ?.*)$", README, flags=re.MULTILINE)
    return [line.split("#")[0].strip() for line in lines]


def test_every_command_that_the_readme_runs_does_what_it_says(tmp_path: Path) -> None:
    assert len(shell_blocks()) >= 3
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MONITOR_CONFIG": str(ROOT / "config.toml"),
        "MONITOR_DATA_FOLDER": str(tmp_path / "data"),
    }
    script = "set -eux\n" + "\n".join(shell_blocks())
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4,100 tonnes" in done.stdout
    assert '"relation":"contradicts"' in done.stdout.replace(": ", ":"), done.stdout


@pytest.mark.parametrize("command", [line for line in indented_commands() if line.startswith("monitor")])
def test_commands_that_are_only_shown_exist_with_these_options(command: str) -> None:
    words = command.split()
    verbs = [word for word in words[1:3] if re.fullmatch(r"[a-z]+", word)]
    shown = ""
    for depth in range(len(verbs), 0, -1):
        program = [sys.executable, "-m", "monitor", *verbs[:depth], "--help"]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            shown = done.stdout
            break
    assert shown, f"{command}: no such command"
    for option in (word for word in words if word.startswith("--")):
        assert option in shown, f"{command}: {option} is not in its help"


def test_the_readme_names_the_two_commands() -> None:
    assert {"./run", "./run test", "./run demo"} <= set(indented_commands())


def test_config_toml_has_every_key_of_settings_and_no_other() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    written: set[str] = set()

    def walk(table: dict[str, object], prefix: str) -> None:
        for name, value in table.items():
            for part in value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]:
                if isinstance(part, dict):
                    walk(part, f"{prefix}{name}.")
                else:
                    written.add(prefix + name)

    walk(tomllib.loads(text), "")
    commented = set(re.findall(r"^# ?(\w+) = ", text, flags=re.MULTILINE))
    missing = {key for key in all_keys() if key not in written and key.split(".")[-1] not in commented}
    assert missing == set()
    assert written <= set(all_keys())


def test_the_lines_of_the_interchange_format_are_read_and_written_as_described() -> None:
    text = (ROOT / "docs" / "interchange.md").read_text(encoding="utf-8")
    article, claim, relation = re.findall(r"^```json\n(.*)\n```", text, flags=re.MULTILINE)
    assert article_from_line(article).text == json.loads(claim)["quote"]
    assert json.loads(claim_line(*claim_from_line(claim))) == {**json.loads(claim), "status": "current"}
    keys = {key for row in re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    place = {"id", "article", "where", "quote", "start", "end", "span", "span_start", "span_end"}
    assert set(json.loads(claim)) <= keys | place
    assert set(json.loads(relation)) == {"a", "b", "relation", "score", "question", "reason", "status"}


def test_the_description_of_the_api_in_the_documents_is_the_served_one(tmp_path: Path) -> None:
    """After a change: ./run service api > docs/openapi.json"""
    app = App(Settings(database_url=f"sqlite:///{tmp_path}/monitor.db"))
    served = app.site().openapi()
    app.close()
    assert json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")) == json.loads(json.dumps(served))
