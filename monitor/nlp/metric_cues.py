"""How English ties a figure to what it measures: lists and frames of cues/en/metrics.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.nlp.anchors import VerbCues
from monitor.nlp.metric_name_cues import MetricNames


@dataclass(frozen=True)
class MetricCues:
    """Lemma lists and verb frames of cues/en/metrics.toml, and the nouns of verbs of events.toml."""

    verbs: VerbCues
    flows: frozenset[str]
    priced: frozenset[str]
    priced_per: frozenset[str]
    light: frozenset[str]
    growths: frozenset[str]
    prices: frozenset[str]
    share_price: str
    empty: frozenset[str]
    dropped: frozenset[str]
    outlook: frozenset[str]
    modifiers: frozenset[str]
    places: frozenset[str]
    event_nouns: frozenset[str]
    event_verbs: frozenset[str]
    frames: Mapping[str, Mapping[str, str]]
    participles: Mapping[str, str]
    deliberate: Mapping[str, str]
    traded: Mapping[str, str]
    company: frozenset[str]
    idle: frozenset[str]
    measures: frozenset[str]
    deeds: frozenset[str]
    kept: frozenset[str]
    yearly: frozenset[str]
    change_names: Mapping[str, str]
    canonical: Mapping[str, str]
    unit_metrics: Mapping[str, str]
    mass_names: Mapping[str, str]
    irregular: Mapping[str, str]
    generic: frozenset[str]
    differences: frozenset[str]
    comparing: frozenset[str]
    events: Mapping[str, str]
    happening: frozenset[str]
    lasting: frozenset[str]
    plain: Mapping[str, str]
    people: frozenset[str]
    valuing: frozenset[str]
    bearings: frozenset[str]
    lengths: frozenset[str]
    dimensions: Mapping[str, str]
    water_levels: Mapping[str, str]
    polls: frozenset[str]
    leads: Mapping[str, str]
    money_forms: frozenset[str]
    names: MetricNames
    reckoning: frozenset[str]
    price_verbs: frozenset[str]
    paying: frozenset[str]
    conditions: Mapping[str, str]
    comparatives: Mapping[str, str]
    amounts: Mapping[str, str]
    containers: frozenset[str]
    aiming: frozenset[str]

    @staticmethod
    def read(path: Path) -> "MetricCues":
        """The cues of a TOML file, and of events.toml and metric_names.toml beside it."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        events = tomllib.loads((path.parent / "events.toml").read_text(encoding="utf-8"))
        words = {key: frozenset(value) for key, value in data.items() if isinstance(value, list)}
        return MetricCues(
            VerbCues(words["level_verbs"], words["change_verbs"], words["give_verbs"], words["change_nouns"]),
            words["flow_nouns"],
            words["priced_nouns"],
            words["priced_per"],
            words["light_verbs"],
            words["growth_nouns"],
            words["price_nouns"],
            data["share_price"],
            words["empty_nouns"],
            words["dropped_nouns"],
            words["outlook_nouns"],
            words["dropped_modifiers"],
            words["place_nouns"],
            words["event_nouns"],
            words["event_verbs"],
            data["frames"],
            data["participles"],
            data["deliberate"],
            {word: metric for metric, words in data["traded"].items() for word in words},
            words["company_nouns"],
            words["idle_verbs"],
            frozenset(data["measures"]["percent"]),
            words["denied_deeds"],
            words["kept_modifiers"],
            words["yearly"],
            data["change_names"],
            data["canonical"],
            data["unit_metrics"],
            data["mass_names"],
            data["irregular"],
            words["generic_words"],
            words["difference_nouns"],
            words["comparing_words"],
            {verb: name for name, verbs in events["events"].items() for verb in verbs},
            frozenset(events["happening"]),
            words["lasting_nouns"],
            data["plain"],
            words["person_nouns"],
            words["valuing_verbs"],
            words["bearings"],
            words["length_units"],
            data["dimensions"],
            {word: name for name, words in data["water_levels"].items() for word in words},
            words["poll_words"],
            data["leads"],
            words["money_forms"],
            MetricNames.read(path.parent / "metric_names.toml"),
            words["reckoning_verbs"],
            words["price_verbs"],
            words["paying_verbs"],
            {word: name for name, words in data["conditions"].items() for word in words},
            {word: name for name, words in data["comparatives"].items() for word in words},
            data["amounts"],
            words["container_nouns"],
            words["aiming_verbs"],
        )
