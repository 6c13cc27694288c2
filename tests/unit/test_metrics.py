"""The texts of the metric ontology → Ontology."""

import pytest
from tellings import MODELS, ontology

from monitor.errors import AssetsWrong
from monitor.metrics import load_ontology


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
