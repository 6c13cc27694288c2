"""Settings: one file, the environment over it, and a clear word about anything that is wrong."""

import tomllib
from pathlib import Path

import pytest

from monitor import settings
from monitor.errors import SettingsWrong
from monitor.settings import Settings, load

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ("feeds", "watches", "entities", "metrics", "rates")


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_of_the_distribution_holds_every_key_with_its_default() -> None:
    written = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))
    usual = Settings().model_dump(mode="json")
    for name in SEEDS:
        usual.pop(name)
        written.pop(name, None)
    usual["fetch"]["allow_networks"] = list(usual["fetch"]["allow_networks"])
    usual["digest"]["at"] = usual["digest"]["at"][:5]
    assert written == usual


def test_the_file_of_the_distribution_mentions_every_key_of_the_seeds() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    for key in settings.all_keys():
        section, _, name = key.partition(".")
        if section in SEEDS:
            assert f"[[{section}]]" in text
            assert f"\n{name} = " in text or f"\n# {name} = " in text, key


def test_the_file_of_the_distribution_can_be_read() -> None:
    read = load(ROOT / "config.toml")
    assert len(read.feeds) >= 12
    assert all(feed.url.startswith("https://") for feed in read.feeds)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "[fetch]\npause_per_host_seconds = 3\nmin_interval_seconds = 60\n")
    monkeypatch.setenv("MONITOR_FETCH__PAUSE_PER_HOST_SECONDS", "0")
    monkeypatch.setenv("MONITOR_FETCH__ALLOW_NETWORKS", "127.0.0.0/8, ::1/128")
    monkeypatch.setenv("MONITOR_DATABASE_URL", "sqlite:///other.db")
    read = load(path)
    assert read.fetch.pause_per_host_seconds == 0
    assert read.fetch.min_interval_seconds == 60
    assert read.fetch.allow_networks == ("127.0.0.0/8", "::1/128")
    assert read.database_url == "sqlite:///other.db"


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match=r"fetch\.timeout_seconds"):
        load(write(tmp_path, "[fetch]\ntimeout_second = 3\n"))
    with pytest.raises(SettingsWrong, match="database_url"):
        load(write(tmp_path, 'databse_url = "sqlite:///x.db"\n'))
    with pytest.raises(SettingsWrong, match=r"feeds\.publisher"):
        load(write(tmp_path, '[[feeds]]\nurl = "https://a.example/feed"\npublsher = "A"\n'))


def test_an_unknown_variable_names_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_WEB__PROT", "80")
    with pytest.raises(SettingsWrong, match=r"web\.port"):
        load(None)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[web]\nport = "eighty"\n', "web.port"),
        ("[web]\nport = 99999\n", "web.port"),
        ('[digest]\nzone = "Mars/Olympus"\n', "digest.zone"),
        ("[fetch]\ntimeout_seconds = 0\n", "fetch.timeout_seconds"),
        ("fetch = 3\n", "fetch"),
        ('[smtp]\nsecurity = "ssl"\n', "smtp.security"),
    ],
)
def test_a_wrong_value_names_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(SettingsWrong) as caught:
        load(write(tmp_path, text))
    assert key in caught.value.what


def test_a_broken_or_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="not TOML"):
        load(write(tmp_path, "[web\n"))
    with pytest.raises(SettingsWrong, match="Cannot read"):
        load(tmp_path / "none.toml")


def test_a_secret_comes_from_a_file_and_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n", encoding="utf-8")
    monkeypatch.setenv("MONITOR_SMTP__PASSWORD_FILE", str(secret))
    read = load(None)
    assert read.smtp.password == "open sesame"
    assert "sesame" not in repr(read)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().web.port = 1  # type: ignore[misc]


def test_data_lies_beside_a_projects_file(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    assert settings.database_url(load(path), path) == f"sqlite:///{tmp_path}/data/monitor.db"


def test_each_value_knows_where_it_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "[web]\nport = 81\n")
    monkeypatch.setenv("MONITOR_WEB__HOST", "::1")
    origins = settings.origins(path)
    assert (origins["web.port"], origins["web.host"]) == (str(path), "environment")
    assert origins["web.title"] == "default"


def test_hours_and_languages_are_lists_with_commas_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_FETCH__REVISIT_HOURS", "0.5, 12")
    monkeypatch.setenv("MONITOR_FETCH__CLOSED_PAGE_HOURS", "")
    monkeypatch.setenv("MONITOR_MODELS__LANGUAGES", "en,de")
    read = load()
    assert (read.fetch.revisit_hours, read.fetch.closed_page_hours) == ((0.5, 12), ())
    assert read.models.languages == ("en", "de")
    monkeypatch.setenv("MONITOR_FETCH__REVISIT_HOURS", "1,-2")
    with pytest.raises(SettingsWrong, match=r"REVISIT_HOURS|revisit_hours"):
        load()
    monkeypatch.setenv("MONITOR_FETCH__REVISIT_HOURS", "1")
    monkeypatch.setenv("MONITOR_MODELS__LANGUAGES", "English")
    with pytest.raises(SettingsWrong, match=r"LANGUAGES|languages"):
        load()
