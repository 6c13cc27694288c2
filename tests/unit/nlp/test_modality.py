"""How surely it is said: cues of invented news and the figures they rule."""

from pathlib import Path

import pytest
from parses import parsed

from monitor.domain.claim import Modality, Polarity
from monitor.nlp import sources
from monitor.nlp.modality import find_modalities, modality_at, read_cues

MODELS = Path(__file__).parents[3] / "models/cues/en"
SPEECH = sources.read_cues((MODELS / "sources.toml").read_text(encoding="utf-8"))
CUES = read_cues((MODELS / "modality.toml").read_text(encoding="utf-8"))


def both(text: str, figure: str) -> tuple[Modality, Polarity]:
    """Modality and polarity at a figure."""
    doc = parsed(text)
    doc._.attributions = sources.find_attributions(doc, "Valley Mirror", [], SPEECH)
    start = text.index(figure)
    end = start + len(figure)
    told = sources.attribution_at(doc._.attributions, start, end)
    doc._.modalities = find_modalities(doc, CUES)
    return modality_at(doc, told, start, end)


def modality(text: str, figure: str) -> Modality:
    return both(text, figure)[0]


CASES = [
    ("The mill paid 40 people last year.", "40", Modality.ASSERTED),
    ("Ada Brandt said about 40 people were paid.", "40", Modality.ASSERTED),
    ("Norvik Shipping expects revenue of 90 million euros.", "90 million", Modality.FORECAST),
    ("The crop will reach 12 million tonnes.", "12 million", Modality.FORECAST),
    ("Rainfall is forecast to hit 80 millimetres.", "80", Modality.FORECAST),
    ("The institute cut its growth forecast to 1.2 percent.", "1.2", Modality.FORECAST),
    ("Ada Brandt said the toll would rise to 50.", "50", Modality.FORECAST),
    ("Norvik Shipping plans to cut 300 jobs.", "300", Modality.PLANNED),
    ("The target is 70 percent by 2030.", "70 percent", Modality.PLANNED),
    ("The ferry is scheduled to carry 900 cars.", "900", Modality.PLANNED),
    ("The council will build 60 flats.", "60", Modality.PLANNED),
    ("The insurers estimate the loss at 4 million euros.", "4 million", Modality.ESTIMATED),
    ("An estimated 7,000 birds died.", "7,000", Modality.ESTIMATED),
    ("The herd is thought to number 350 animals.", "350", Modality.ESTIMATED),
    ("If the valve fails, 20 villages lose water.", "20 villages", Modality.HYPOTHETICAL),
    ("A second dam could flood 900 homes.", "900", Modality.HYPOTHETICAL),
    ("Assume a fleet of 50 buses.", "50", Modality.HYPOTHETICAL),
    ("The singer reportedly earned 3 million dollars.", "3 million", Modality.REPORTED),
    ("The yard has sold 3 ferries, people close to the deal said.", "3 ferries", Modality.REPORTED),
    ("Did the mill really lose 9 million pounds?", "9 million", Modality.QUESTION),
    ("Norvik Shipping denied that it had lost 12 containers.", "12", Modality.DENIED),
    ("The mayor rejected reports that 400 trees were felled.", "400", Modality.DENIED),
    ("The claim that 15 people fell ill is false.", "15", Modality.DENIED),
    ("There is no evidence that 200 votes were lost.", "200", Modality.DENIED),
    ("Ada Brandt said no ransom of 5 million dollars was paid.", "5 million", Modality.DENIED),
    ("The harvest came to 22 million tonnes, not 24 million tonnes.", "24 million", Modality.DENIED),
]


@pytest.mark.parametrize(("text", "figure", "expected"), CASES)
def test_a_cue_rules_the_figure_in_its_clause(text: str, figure: str, expected: Modality) -> None:
    assert modality(text, figure) is expected


def test_all_cases_are_kept_as_parses() -> None:
    for text, _, _ in CASES:
        assert parsed(text).text == text


def test_a_denial_is_negated_and_what_stands_beside_it_is_not() -> None:
    text = "Norvik Shipping, which has 60 vessels, denied that it had lost 12 containers."
    assert both(text, "12")[1] is Polarity.NEGATED
    assert both(text, "60") == (Modality.ASSERTED, Polarity.AFFIRMED)
    corrected = "The harvest came to 22 million tonnes, not 24 million tonnes."
    assert both(corrected, "22 million") == (Modality.ASSERTED, Polarity.AFFIRMED)


def test_no_more_than_is_a_bound_and_no_denial() -> None:
    assert both("The repair took no more than 5 days.", "5") == (Modality.ASSERTED, Polarity.AFFIRMED)


def test_a_forecast_does_not_rule_a_relative_clause_in_the_past() -> None:
    text = "The plant, which cost 5 million euros, will employ 80 people."
    assert modality(text, "5 million") is Modality.ASSERTED
    assert modality(text, "80") is Modality.FORECAST


def test_a_figure_compared_with_a_forecast_is_no_forecast() -> None:
    text = "Norvik Shipping expects to carry 90 cargoes this year, against 70 cargoes last year."
    assert modality(text, "90") is Modality.FORECAST
    assert modality(text, "70") is Modality.ASSERTED


def test_a_plan_in_so_many_words_outweighs_hearsay_and_a_bare_will_does_not() -> None:
    assert modality("Norvik Shipping plans to close 3 yards, people close to it said.", "3 yards") is Modality.PLANNED
    assert modality("Norvik Shipping will close 3 yards, people close to it said.", "3 yards") is Modality.REPORTED


def test_calling_the_sentence_before_false_denies_it() -> None:
    text = "Norvik Shipping knows of rumours that 40 seamen fell ill. Those rumours are false."
    assert both(text, "40") == (Modality.DENIED, Polarity.NEGATED)


def test_what_a_doubt_or_a_comment_withheld_is_about_is_not_denied() -> None:
    assert both("The mayor did not comment on the 40 dismissals.", "40") == (Modality.ASSERTED, Polarity.AFFIRMED)
    assert both("The rate has not changed from 3 percent.", "3 percent") == (Modality.ASSERTED, Polarity.AFFIRMED)
