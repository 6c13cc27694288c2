"""A store on an empty database, once on SQLite and once on PostgreSQL; a web server and clients that ask it."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fetching import MakeClient, clients
from servers.postgres import Postgres
from servers.scenario import ScenarioServer, scenario_server
from sqlalchemy import Engine

from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.upgrade import upgrade

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "monitor.db"
    _upgraded(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    _upgraded(postgres.create("contract_template"))
    return "contract_template"


def _upgraded(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine, MIGRATIONS)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "monitor.db")
        opened = open_engine(f"sqlite:///{tmp_path}/monitor.db")
        yield opened
        opened.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"contract_{next(_numbers)}"
    opened = open_engine(server.create(name, request.getfixturevalue("postgres_template")))
    yield opened
    opened.dispose()
    server.drop(name)


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        yield running


@pytest.fixture
def client() -> Iterator[MakeClient]:
    with clients() as make:
        yield make
