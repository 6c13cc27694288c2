"""A publisher's server, and the monitor that polls it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsstand import Newsstand
from servers.scenario import ScenarioServer, scenario_server


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        yield running


@pytest.fixture
def stand(tmp_path: Path) -> Newsstand:
    return Newsstand(tmp_path / "here", {})
