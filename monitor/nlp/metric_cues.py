"""How English ties a figure to what it measures: lists and frames of cues/en/metrics.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.nlp.metric_name_cues import MetricNames
from monitor.nlp.ties import VerbCues


@dataclass(frozen=True)
class ChangeNames:
    """What a change is called, by what changed and how that is said."""

    flows: frozenset[str]
    growths: frozenset[str]
    common: Mapping[str, str]
    deliberate: Mapping[str, str]
    comparatives: Mapping[str, str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "ChangeNames":
        """The names in metrics.toml."""
        return ChangeNames(
            flows=frozenset(data["flow_nouns"]),
            growths=frozenset(data["growth_nouns"]),
            common=data["change_names"],
            deliberate=data["deliberate"],
            comparatives=_by_word(data["comparatives"]),
        )


@dataclass(frozen=True)
class UnitNames:
    """What a length, a duration, an amount or a rate measures of a thing."""

    lengths: frozenset[str]
    bearings: frozenset[str]
    lasting: frozenset[str]
    priced: frozenset[str]
    priced_per: frozenset[str]
    dimensions: Mapping[str, str]
    water_levels: Mapping[str, str]
    conditions: Mapping[str, str]
    amounts: Mapping[str, str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "UnitNames":
        """The names in metrics.toml."""
        return UnitNames(
            lengths=frozenset(data["length_units"]),
            bearings=frozenset(data["bearings"]),
            lasting=frozenset(data["lasting_nouns"]),
            priced=frozenset(data["priced_nouns"]),
            priced_per=frozenset(data["priced_per"]),
            dimensions=data["dimensions"],
            water_levels=_by_word(data["water_levels"]),
            conditions=_by_word(data["conditions"]),
            amounts=data["amounts"],
        )


@dataclass(frozen=True)
class TakingUp:
    """How a voice gives a figure for what was just said. `plainly`: verbs of any speaker; `loosely`: of those who count.

    `words`: all else that such a clause may have.
    """

    plainly: frozenset[str]
    loosely: frozenset[str]
    words: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "TakingUp":
        """The words in metrics.toml."""
        return TakingUp(frozenset(data["plainly"]), frozenset(data["loosely"]), frozenset(data["words"]))


@dataclass(frozen=True)
class MetricCues:
    """Lemma lists and verb frames of cues/en/metrics.toml, and the nouns of verbs of events.toml."""

    verbs: VerbCues
    names: MetricNames
    changes: ChangeNames
    units: UnitNames
    light: frozenset[str]
    prices: frozenset[str]
    share_price: str
    empty: frozenset[str]
    dropped: frozenset[str]
    outlook: frozenset[str]
    modifiers: frozenset[str]
    event_nouns: frozenset[str]
    event_verbs: frozenset[str]
    frames: Mapping[str, Mapping[str, str]]
    participles: Mapping[str, str]
    traded: Mapping[str, str]
    company: frozenset[str]
    idle: frozenset[str]
    measures: frozenset[str]
    deeds: frozenset[str]
    kept: frozenset[str]
    yearly: frozenset[str]
    canonical: Mapping[str, str]
    unit_metrics: Mapping[str, str]
    mass_names: Mapping[str, str]
    irregular: Mapping[str, str]
    generic: frozenset[str]
    differences: frozenset[str]
    comparing: frozenset[str]
    events: Mapping[str, str]
    happening: frozenset[str]
    plain: Mapping[str, str]
    people: frozenset[str]
    valuing: frozenset[str]
    polls: frozenset[str]
    leads: Mapping[str, str]
    money_forms: frozenset[str]
    reckoning: frozenset[str]
    price_verbs: frozenset[str]
    paying: frozenset[str]
    containers: frozenset[str]
    aiming: frozenset[str]
    taking_up: TakingUp

    @staticmethod
    def read(path: Path) -> "MetricCues":
        """The cues of a TOML file, and of events.toml and metric_names.toml beside it."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        events = tomllib.loads((path.parent / "events.toml").read_text(encoding="utf-8"))
        words = {key: frozenset(value) for key, value in data.items() if isinstance(value, list)}
        return MetricCues(
            verbs=VerbCues(words["level_verbs"], words["change_verbs"], words["give_verbs"], words["change_nouns"]),
            names=MetricNames.read(path.parent / "metric_names.toml"),
            changes=ChangeNames.of(data),
            units=UnitNames.of(data),
            light=words["light_verbs"],
            prices=words["price_nouns"],
            share_price=data["share_price"],
            empty=words["empty_nouns"],
            dropped=words["dropped_nouns"],
            outlook=words["outlook_nouns"],
            modifiers=words["dropped_modifiers"],
            event_nouns=words["event_nouns"],
            event_verbs=words["event_verbs"],
            frames=data["frames"],
            participles=data["participles"],
            traded=_by_word(data["traded"]),
            company=words["company_nouns"],
            idle=words["idle_verbs"],
            measures=frozenset(data["measures"]["percent"]),
            deeds=words["denied_deeds"],
            kept=words["kept_modifiers"],
            yearly=words["yearly"],
            canonical=data["canonical"],
            unit_metrics=data["unit_metrics"],
            mass_names=data["mass_names"],
            irregular=data["irregular"],
            generic=words["generic_words"],
            differences=words["difference_nouns"],
            comparing=words["comparing_words"],
            events=_by_word(events["events"]),
            happening=frozenset(events["happening"]),
            plain=data["plain"],
            people=words["person_nouns"],
            valuing=words["valuing_verbs"],
            polls=words["poll_words"],
            leads=data["leads"],
            money_forms=words["money_forms"],
            reckoning=words["reckoning_verbs"],
            price_verbs=words["price_verbs"],
            paying=words["paying_verbs"],
            containers=words["container_nouns"],
            aiming=words["aiming_verbs"],
            taking_up=TakingUp.of(data["taking_up"]),
        )


def _by_word(names: Mapping[str, list[str]]) -> dict[str, str]:
    """Names with their words → each word with its name."""
    return {word: name for name, words in names.items() for word in words}
