"""What a figure is of where its sentence leaves that to the text before."""

from pathlib import Path

import pytest
import spacy

from monitor.nlp.echoes import Echoes, Told, compares
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.ties import Tie

CUES = MetricCues.read(Path(__file__).parents[3] / "models/cues/en/metrics.toml")


def heard(*told: tuple[str, str, Tie], measure: str = "") -> Echoes:
    """The echoes of figures told so far."""
    echoes = Echoes(CUES, measure)
    for metric, unit, tie in told:
        echoes.learn(metric, unit, tie)
    return echoes


@pytest.mark.parametrize(
    ("metric", "tie", "full"),
    [
        ("target", Tie.LEVEL, "vaccination rate target"),
        ("average forecast", Tie.LEVEL, "vaccination rate forecast"),
        ("gap", Tie.LEVEL, "vaccination rate difference"),
        ("rise", Tie.LEVEL, "vaccination rate change"),
        ("", Tie.CHANGE, "vaccination rate change"),
        ("", Tie.LEVEL, "vaccination rate"),
        ("figure", Tie.LEVEL, "vaccination rate"),
        ("turnout", Tie.LEVEL, "turnout"),
        ("yield forecast", Tie.LEVEL, "yield forecast"),
    ],
)
def test_words_that_say_nothing_take_what_was_said(metric: str, tie: Tie, full: str) -> None:
    echoes = heard(("vaccination rate", "percent", Tie.LEVEL), measure="")
    echoes.levels["percent"] = "vaccination rate"
    assert echoes.complete(metric, "percent", tie, None) == full


def test_nothing_said_before_leaves_generic_words_empty() -> None:
    assert heard().complete("figure", "percent", Tie.LEVEL, None) == ""


def test_a_short_name_is_read_as_the_long_one() -> None:
    echoes = heard(("main repo rate", "percent", Tie.LEVEL), ("people whose data was stolen", "count:person", Tie.COUNT))
    assert echoes.complete("rate", "percent", Tie.LEVEL, None) == "main repo rate"
    assert echoes.complete("people", "count:person", Tie.COUNT, None) == "people whose data was stolen"


def test_a_measure_goes_before_a_share_that_is_none() -> None:
    echoes = heard(("big furnace", "percent", Tie.LEVEL), measure="yield")
    assert echoes.complete("goal", "percent", Tie.LEVEL, None) == "yield goal"


def test_a_forecast_of_before_lends_its_stem_only() -> None:
    echoes = heard(("barley production forecast", "tonne", Tie.LEVEL))
    assert echoes.complete("estimate", "tonne", Tie.LEVEL, None) == "barley production estimate"


def test_changes_and_shares_are_no_levels() -> None:
    echoes = heard(("sales growth", "percent", Tie.CHANGE), ("share of fields", "percent", Tie.SHARE))
    assert echoes.levels == {}


def test_a_bare_number_takes_the_noun_of_its_metric() -> None:
    echoes = heard(("people evacuated", "count:person", Tie.COUNT))
    assert echoes.unit_of("people evacuated", "count:item") == "count:person"
    assert echoes.unit_of("people evacuated", "count:house") == "count:house"


@pytest.mark.parametrize(
    ("text", "unit", "beside"),
    [
        ("It was 4 percent, up from the 3 percent", "percent", True),
        ("It was 4 percent, compared with 3 percent", "percent", True),
        ("It was 4 percent, with 3 percent", "percent", False),
        ("It was 4 percent, up from 3 plants", "count:plant", False),
    ],
)
def test_what_is_set_beside_a_figure(text: str, unit: str, beside: bool) -> None:
    doc = spacy.blank("en")(text)
    assert compares(doc, text.rindex("3"), unit, Told("turnout", "percent"), CUES) is beside
