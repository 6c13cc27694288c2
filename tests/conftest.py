"""What all tests share."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers.postgres import Postgres, running_postgres

# The models come with packages; a test that asked a hub for one would hang or lie.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# A developer's own settings must not leak into what tests see.
for name in [name for name in os.environ if name.startswith("MONITOR_")]:
    del os.environ[name]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, None]:
    """Turn a skip into a failure where nothing may be skipped: on the machine that decides what lands."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("TESTS_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be skipped: {call.excinfo and call.excinfo.value}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what was not tested."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("NOT TESTED HERE", sep="!")
        for report in skipped:
            terminalreporter.line(f"SKIPPED {report.nodeid}: {report.longrepr[2] if report.longrepr else ''}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for all tests of this run."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of its own, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/monitor.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"test_{abs(hash(request.node.nodeid)):x}"
    server.drop(name)
    try:
        yield server.create(name)
    finally:
        server.drop(name)
