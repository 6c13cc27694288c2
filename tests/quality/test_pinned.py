"""The scores that the language part and the comparing must keep on our own gold set."""

import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app import GOLD, App
from monitor.interchange import article_from_line, gold_from_lines
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


def test_no_score_is_worse_than_pinned(app: App, part: Path, measured: Measured) -> None:
    fell = app.quality.fallen(measured, part, PINNED)
    assert not fell, "Fallen:\n  " + "\n  ".join(map(str, fell))


def test_every_score_is_pinned(part: Path, measured: Measured) -> None:
    pins = load_pins(PINNED.read_text(encoding="utf-8"), part.name)
    assert {score.name for score in measured.scores if not score.lower_is_better} == set(pins.at_least)
    assert {score.name for score in measured.scores if score.lower_is_better} == set(pins.at_most)


def test_every_span_is_the_text_it_stands_for(measured: Measured) -> None:
    assert measured.values()["evidence"] == 1


def test_the_gold_set_is_what_its_marked_texts_say(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build_gold", QUALITY / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.main(tmp_path)
    for path in (part / name for part in PARTS for name in GOLD):
        built = tmp_path / path.parent.name / path.name
        assert built.read_bytes() == path.read_bytes(), f"{path}: run models/quality/build.py"


def test_every_gold_span_and_sentence_stands_where_it_is_said_to(part: Path) -> None:
    lines = [(part / name).read_text(encoding="utf-8").splitlines() for name in GOLD]
    articles = {record.given_id: record for record in map(article_from_line, lines[0])}
    gold = gold_from_lines(*lines[1:])
    ids = {one.claim.id for one in gold.claims}
    assert len(ids) == len(gold.claims)
    for one in gold.claims:
        evidence, article = one.claim.evidence, articles[one.told.article.given_id]
        text = article.title if evidence.where.value == "title" else article.text or ""
        assert text[evidence.start : evidence.end] == evidence.quote
        assert text[evidence.span_start : evidence.span_end] == evidence.span
    assert {pair.a for pair in gold.pairs} | {pair.b for pair in gold.pairs} <= ids
    for negative in gold.negatives:
        article = articles[negative.article_id]
        text = article.title if negative.where.value == "title" else article.text or ""
        assert text[negative.start : negative.end] == negative.text
