"""What the assembly of claims knows of English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.policy_rates import PolicyRates
from monitor.nlp.qualifiers import QualifierCues
from monitor.nlp.time_cues import TimeCues
from monitor.nlp.weighing import Weighing
from monitor.nlp.worth import Worth


@dataclass(frozen=True)
class AssemblyCues:
    """What the assembly knows of English, from cues/en/names.toml and metrics.toml."""

    metrics: MetricCues
    nominals: Mapping[str, str]
    events: Mapping[str, str]
    legal_forms: frozenset[str]
    agency_words: frozenset[str]
    countries: Mapping[str, str]
    state: frozenset[str]
    times: TimeCues
    qualifiers: QualifierCues
    policy_rates: PolicyRates
    confidence: Weighing
    worth: Worth

    @staticmethod
    def read(models: Path) -> "AssemblyCues":
        """The cues of a folder of models."""
        folder = models / "cues" / "en"
        names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
        countries = tomllib.loads((models / "gazetteer" / "countries.toml").read_text(encoding="utf-8"))["names"]
        return AssemblyCues(
            MetricCues.read(folder / "metrics.toml"),
            {word: kind for kind, words in reversed(names["nominals"].items()) for word in words},
            {word: noun for noun, words in names["events"].items() for word in words},
            frozenset(names["legal_forms"]),
            frozenset(names["agency_words"]),
            {surface: name for name, aliases in countries.items() for surface in (name, *aliases)},
            frozenset(names["state"]["nouns"]),
            TimeCues.read(folder),
            QualifierCues.read(folder),
            PolicyRates.read(models / "ontology" / "policy_rates.toml"),
            Weighing.read(models / "weights" / "confidence" / "weights.toml"),
            Worth.read(models),
        )
