"""Which of several places a setting comes from: the same for every key, and `config show --origin` says so."""

import json
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

from monitor import settings
from monitor.settings import Settings

KEYS = [
    key for key in settings.all_keys() if key.split(".")[0] not in ("feeds", "watches", "entities", "metrics", "rates")
]
OTHERS: dict[str, tuple[Any, Any, Any]] = {
    "log_level": ("debug", "info", "error"),
    "smtp.security": ("tls", "none", "tls"),
    "smtp.unclear": ("hold", "resend", "hold"),
    "web.editing": ("all", "nobody", "all"),
    "digest.at": ("06:01", "06:02", "06:03"),
    "digest.zone": ("Europe/Berlin", "Asia/Kolkata", "America/New_York"),
    "fetch.interval_jitter": (0.11, 0.12, 0.13),
    "compare.comparable_at_least": (0.61, 0.62, 0.63),
    "database_url": ("sqlite:///one.db", "sqlite:///two.db", "sqlite:///three.db"),
    "models.languages": (["de"], ["fr"], ["it"]),
    "fetch.allow_networks": (["10.0.0.0/8"], ["10.1.0.0/16"], ["10.2.0.0/16"]),
    "fetch.revisit_hours": ([2.0], [3.0], [4.0]),
    "fetch.closed_page_hours": ([2.0], [3.0], [4.0]),
}


def usual(key: str, read: Settings | None = None) -> Any:
    value: Any = (read or Settings()).model_dump(mode="json")
    for part in key.split("."):
        value = value[part]
    return value


def values(key: str) -> tuple[Any, Any, Any]:
    """Three values that the key can have, none of them its default (as far as there are so many)."""
    if key in OTHERS:
        return OTHERS[key]
    default = usual(key)
    if isinstance(default, bool):
        return (not default, default, not default)
    if isinstance(default, int | float):
        return (default + 1, default + 2, default + 3)
    return ("one", "two", "three")


def written(key: str, value: Any) -> str:
    section, _, name = key.rpartition(".")
    return f"[{section}]\n{name} = {json.dumps(value)}\n" if section else f"{name} = {json.dumps(value)}\n"


def variable(key: str) -> str:
    return "MONITOR_" + key.upper().replace(".", "__")


def said(value: Any) -> str:
    """The value as the environment has it."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a configuration folder of one's own and nothing set."""
    for name in list(os.environ):
        if name.startswith("MONITOR_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    settings.user_config_file().parent.mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("key", KEYS)
def test_environment_goes_before_project_before_user_before_default(
    place: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    first, second, third = values(key)
    expected = [usual(key), first, second, third]
    found: list[tuple[Any, str]] = [look(key)]
    settings.user_config_file().write_text(written(key, first), encoding="utf-8")
    found.append(look(key))
    Path("config.toml").write_text(written(key, second), encoding="utf-8")
    found.append(look(key))
    monkeypatch.setenv(variable(key), said(third))
    found.append(look(key))
    origins = ["default", str(settings.user_config_file()), "config.toml", "environment"]
    assert [(_plain(value), origin) for value, origin in found] == [
        (_plain(value), origin) for value, origin in zip(expected, origins, strict=True)
    ]


def look(key: str) -> tuple[Any, str]:
    path = settings.config_path()
    return usual(key, settings.load(path)), settings.origins(path)[key]


def _plain(value: Any) -> Any:
    return value[:5] if isinstance(value, str) and re.fullmatch(r"\d\d:\d\d:\d\d", value) else value


@pytest.mark.parametrize("key", ["smtp.password", "database_url", "fetch.proxy"])
def test_a_file_with_a_secret_goes_before_the_settings_and_after_the_environment(
    place: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    Path("config.toml").write_text(written(key, "http://of.file"), encoding="utf-8")
    secret = place / "secret"
    secret.write_text("http://of.secret\n", encoding="utf-8")
    monkeypatch.setenv(f"{variable(key)}_FILE", str(secret))
    assert look(key) == ("http://of.secret", f"the file that {variable(key)}_FILE names")
    monkeypatch.setenv(variable(key), "http://of.environment")
    assert look(key) == ("http://of.environment", "environment")


SECRETS = """[smtp]
password = "sesame-2"
[fetch]
proxy = "http://me:sesame-3@127.0.0.1:8118"
[[feeds]]
url = "https://me:sesame-4@paper.example/rss"
[[watches]]
name = "Ferries"
query = "ferry"
webhook = "https://receiver.example/sesame-5"
"""


@pytest.mark.parametrize(
    "words",
    [("config", "show"), ("config", "show", "--origin"), ("config", "show", "--json"), ("feeds", "list", "--json"),
     ("feeds", "export"), ("watches", "list", "--json"), ("watches", "list"), ("status", "--json"), ("config", "path"),
     ("doctor", "--no-models")],
    ids=" ".join,
)  # fmt: skip
def test_no_secret_is_printed(tmp_path: Path, words: tuple[str, ...]) -> None:
    terminal = Terminal(tmp_path)
    (tmp_path / "config.toml").write_text(SECRETS, encoding="utf-8")
    said = terminal(*words)
    assert said.code in (0, 1), said.err
    assert "sesame" not in said.out + said.err


def test_an_option_goes_before_the_environment(tmp_path: Path) -> None:
    """The port of the service: nothing can be listened on at a port that is taken, and the message names it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        terminal = Terminal(tmp_path, {"MONITOR_WEB__PORT": "1"})
        told = terminal("run", "--port", str(port))
    assert told.code != 0
    assert str(port) in told.err
