"""The scores that the language part and the comparing must keep on our own gold set."""

import importlib.util
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app import GOLD, App
from monitor.interchange import article_from_line, gold_from_lines
from monitor.quality import Measured
from monitor.settings import Settings

QUALITY = Path(__file__).resolve().parents[2] / "models" / "quality"
NEWS, PINNED = QUALITY / "news", QUALITY / "pinned.toml"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    path = tmp_path_factory.mktemp("quality")
    service = App(Settings(database_url=f"sqlite:///{path}/unused.db"), now=lambda: datetime(2028, 1, 1, tzinfo=UTC))
    yield service
    service.close()


@pytest.fixture(scope="module")
def measured(app: App) -> Measured:
    return app.evaluate(NEWS)


def test_no_score_is_worse_than_pinned(app: App, measured: Measured) -> None:
    fell = app.fallen(measured, NEWS, PINNED)
    assert not fell, "Fallen:\n  " + "\n  ".join(map(str, fell))


def test_every_score_is_pinned(app: App, measured: Measured) -> None:
    from monitor.quality import load_pins

    pins = load_pins(PINNED.read_text(encoding="utf-8"))
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
    for name in GOLD:
        assert (tmp_path / name).read_bytes() == (NEWS / name).read_bytes(), f"{name}: run models/quality/build.py"


def test_every_gold_span_and_sentence_stands_where_it_is_said_to() -> None:
    lines = [(NEWS / name).read_text(encoding="utf-8").splitlines() for name in GOLD]
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
