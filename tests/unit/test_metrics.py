"""The texts of the metric ontology → Ontology."""

import pytest
from tellings import MODELS, ontology, tell, units

from monitor.domain.question import Metric, Temper
from monitor.domain.topic import claim_topic
from monitor.errors import AssetsWrong
from monitor.metrics import load_ontology, with_metrics


def test_names_and_phrases_are_unambiguous_within_a_dimension() -> None:
    seen: dict[tuple[frozenset[str], str], str] = {}
    for entries in ontology().index.values():
        for phrase, rank in entries:
            metric = ontology().metrics[rank]
            other = seen.setdefault((phrase, metric.dimension), metric.name)
            assert other == metric.name, f"{sorted(phrase)} means both {other} and {metric.name}"


def test_a_wrong_file_is_named() -> None:
    rules = (MODELS / "comparing.toml").read_text()
    with pytest.raises(AssetsWrong, match="metric ontology"):
        load_ontology("metric = [{ name = 'x', temper = 'eternal', synonyms = [] }]", rules)
    with pytest.raises(AssetsWrong, match="metric ontology"):
        load_ontology("metric = []", "[words]")
    with pytest.raises(AssetsWrong, match="metric ontology"):
        load_ontology("metric = [", rules)


def test_a_metric_of_ones_own_is_found_and_moves_no_other() -> None:
    own = Metric("ferry fares", Temper.SLOW, "money", ("crossing ticket",))
    both = with_metrics(ontology(), (own,))

    def named(metric: str, unit: str) -> str:
        return claim_topic(tell("40", unit, subject="Tarn", metric=metric).claim, both, units()).concept

    assert named("crossing ticket", "EUR") == "ferry fares"
    assert named("unemployment rate", "percent") == "unemployment rate"
    assert named("people killed", "count:person") == "deaths"
