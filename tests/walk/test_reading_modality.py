"""How surely a figure is said, in short texts of many fields. They need the packaged language model, loaded once."""

import pytest
from readings import Read, claim

from monitor.domain.claim import Modality

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
def test_a_cue_rules_what_it_is_said_of(read: Read, text: str, figure: str, modality: Modality) -> None:
    assert claim(read(text), figure).modality is modality


@pytest.mark.parametrize(
    ("title", "figure", "modality"),
    [
        ("Halden to cut 1,200 jobs, orders 20 jets", "20 jets", Modality.ASSERTED),
        ("Halden to cut 1,200 jobs, orders 20 jets", "1,200", Modality.PLANNED),
        ("Halden lifts profit outlook, sales up 3 percent", "3 percent", Modality.ASSERTED),
    ],
)
def test_a_plan_in_a_headline_ends_at_the_next_piece_of_news(
    read: Read, title: str, figure: str, modality: Modality
) -> None:
    assert claim(read("Halden makes boats.", title), figure, "title").modality is modality
