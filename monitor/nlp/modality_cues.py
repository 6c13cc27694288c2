"""The words of models/cues/en/modality.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class ModalityCues:
    """The words of models/cues/en/modality.toml, list by list."""

    forecast_verbs: frozenset[str]
    forecast_for: frozenset[str]
    forecast_sees: frozenset[str]
    likely_results: frozenset[str]
    likely_adverbs: frozenset[str]
    forecast_nouns: frozenset[str]
    forecast_adjectives: frozenset[str]
    forecast_auxiliaries: frozenset[str]
    plan_verbs: frozenset[str]
    plan_infinitives: frozenset[str]
    plan_nouns: frozenset[str]
    plan_participles: frozenset[str]
    plan_adjectives: frozenset[str]
    plan_phrases: frozenset[str]
    deliberate_verbs: frozenset[str]
    under_way: frozenset[str]
    estimate_verbs: frozenset[str]
    estimate_nouns: frozenset[str]
    estimate_adjectives: frozenset[str]
    estimate_passives: frozenset[str]
    estimate_adverbs: frozenset[str]
    estimate_phrases: frozenset[str]
    if_words: frozenset[str]
    maybe_auxiliaries: frozenset[str]
    assume_verbs: frozenset[str]
    hinging_verbs: frozenset[str]
    scenario_nouns: frozenset[str]
    hearsay_adverbs: frozenset[str]
    hearsay_passives: frozenset[str]
    orders: frozenset[str]
    hearsay_adjectives: frozenset[str]
    denial_verbs: frozenset[str]
    denial_adjectives: frozenset[str]
    truth_adjectives: frozenset[str]
    denial_nouns: frozenset[str]
    negations: frozenset[str]
    no_denial: frozenset[str]
    nobody: frozenset[str]
    idle_verbs: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Sequence[str]]]) -> "ModalityCues":
        """From the parsed file. A list that is missing is a KeyError with its name."""
        lists = {name: words for table in tables.values() for name, words in table.items()}
        return cls(**{f.name: frozenset(lists[f.name]) for f in fields(cls)})


def read_cues(text: str) -> ModalityCues:
    """The cues of a modality.toml."""
    return ModalityCues.from_tables(tomllib.loads(text))
