"""The gold sets themselves: made from the marked texts, exact to the character, in legal words only."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from monitor.app import GOLD
from monitor.assets import models
from monitor.domain.claim import Modality, Polarity
from monitor.domain.gold import SOFT
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction
from monitor.domain.relation import RelationKind
from monitor.domain.source import SourceKind
from monitor.domain.unit import Units
from monitor.interchange import article_from_line, gold_from_lines
from monitor.units import load_units

QUALITY = Path(__file__).resolve().parents[2] / "models" / "quality"
PARTS = sorted(folder for folder in (QUALITY / "gold").iterdir() if folder.is_dir())
RELATIONS = {*RelationKind, "unrelated_lookalike"}


@pytest.fixture(params=PARTS, ids=lambda folder: folder.name)
def part(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def claims(part: Path) -> list[dict[str, Any]]:
    return rows(part / "claims.jsonl")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


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


def test_no_article_stands_in_two_parts() -> None:
    ids = [row["id"] for part in PARTS for row in rows(part / "articles.jsonl")]
    assert len(ids) == len(set(ids))


def test_every_field_of_a_gold_claim_has_a_legal_value(claims: list[dict[str, Any]]) -> None:
    for claim in claims:
        also = claim.get("also", {})
        assert {claim["modality"], *also.get("modality", ())} <= set(Modality), claim["id"]
        assert {claim["approximation"], *also.get("approximation", ())} <= set(Approximation), claim["id"]
        assert claim["polarity"] in set(Polarity)
        assert claim.get("direction", "up") in set(Direction)
        for time in (claim["time"], *also.get("time", ())):
            Period.parse(time)
        for chain in (claim["source_chain"], *also.get("source_chain", ())):
            assert {link["kind"] for link in chain} <= set(SourceKind), claim["id"]
            assert [link["kind"] for link in chain].index("publisher") == len(chain) - 1, claim["id"]
        assert ("value" in claim) != ("low" in claim or "high" in claim), claim["id"]
        assert claim["metric"].strip()
        assert claim["subject"].strip()


def test_every_unit_of_a_gold_claim_is_in_the_vocabulary(claims: list[dict[str, Any]]) -> None:
    units = load_units((models() / "ontology" / "units.toml").read_text(encoding="utf-8"))
    odd = {claim["unit"] for claim in claims if not known(claim["unit"], units)}
    assert not odd


def known(unit: str, units: Units) -> bool:
    """A unit of the table, a date, a count; a rate of such units and nouns (wafer/month, child/woman)."""
    if unit in units.table or unit == "date" or unit.startswith("count:"):
        return True
    parts = unit.split("/")
    return len(parts) == 2 and all(one in units.table or re.fullmatch(r"[a-z]+", one) for one in parts)


def test_every_pair_is_in_legal_words(part: Path) -> None:
    for pair in rows(part / "pairs.jsonl"):
        assert pair["relation"] in RELATIONS
        assert set(pair["also_ok"]) <= {*RELATIONS, SOFT}
        assert pair["a"] != pair["b"]
