"""The scores that the language part and the comparing must keep on our own gold set."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app import App
from monitor.quality import Measured, load_pins
from monitor.settings import Settings

QUALITY = Path(__file__).resolve().parents[2] / "models" / "quality"
PINNED = QUALITY / "pinned.toml"
PARTS = sorted(folder for folder in (QUALITY / "gold").iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    path = tmp_path_factory.mktemp("quality")
    service = App(Settings(database_url=f"sqlite:///{path}/unused.db"), now=lambda: datetime(2028, 1, 1, tzinfo=UTC))
    yield service
    service.close()


@pytest.fixture(scope="module", params=PARTS, ids=lambda folder: folder.name)
def part(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def measured(app: App, part: Path) -> Measured:
    return app.quality.evaluate(part)


def test_a_folder_of_gold_sets_is_its_parts_and_a_gold_set_is_one(app: App) -> None:
    assert app.quality.gold_parts(QUALITY / "gold") == PARTS
    assert app.quality.gold_parts(PARTS[0]) == [PARTS[0]]


def test_no_score_is_worse_than_pinned(app: App, part: Path, measured: Measured) -> None:
    fell = app.quality.fallen(measured, part, PINNED)
    assert not fell, "Fallen:\n  " + "\n  ".join(map(str, fell))


def test_every_score_is_pinned(part: Path, measured: Measured) -> None:
    pins = load_pins(PINNED.read_text(encoding="utf-8"), part.name)
    assert {score.name for score in measured.scores if not score.lower_is_better} == set(pins.at_least)
    assert {score.name for score in measured.scores if score.lower_is_better} == set(pins.at_most)


def test_every_span_is_the_text_it_stands_for(measured: Measured) -> None:
    assert measured.values()["evidence"] == 1
