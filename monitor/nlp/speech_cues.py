"""The words by which English says who asserts something, as models/cues/en/sources.toml lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property


@dataclass(frozen=True)
class SpeechCues:
    """The words of models/cues/en/sources.toml, list by list."""

    say: frozenset[str]
    speak: frozenset[str]
    equate: frozenset[str]
    think: frozenset[str]
    show: frozenset[str]
    figure: frozenset[str]
    plan: frozenset[str]
    deny: frozenset[str]
    change: frozenset[str]
    unmoved: frozenset[str]
    needs_clause: frozenset[str]
    asking: frozenset[str]
    using: frozenset[str]
    hoping: frozenset[str]
    aiming: frozenset[str]
    speaking_of: frozenset[str]
    having: frozenset[str]
    sure: frozenset[str]
    right: frozenset[str]
    cite: frozenset[str]
    cite_to: frozenset[str]
    statistical: frozenset[str]
    statistics_offices: frozenset[str]
    surveys: frozenset[str]
    central_banks: frozenset[str]
    calculating: frozenset[str]
    desks: frozenset[str]
    own_works: frozenset[str]
    issue: frozenset[str]
    by_nouns: frozenset[str]
    by_prepositions: frozenset[str]
    turn: frozenset[str]
    leaked: frozenset[str]
    leaked_verbs: frozenset[str]
    release_verbs: frozenset[str]
    release_marks: frozenset[str]
    documents: frozenset[str]
    data: frozenset[str]
    utterances: frozenset[str]
    forecasts: frozenset[str]
    results: frozenset[str]
    foreign: frozenset[str]
    generic: frozenset[str]
    neg_raising: frozenset[str]
    placing: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    put_passives: frozenset[str]
    forecasting: frozenset[str]
    own_papers: frozenset[str]
    spokespeople: frozenset[str]
    anonymous: frozenset[str]
    company: frozenset[str]
    houses: frozenset[str]
    government: frozenset[str]
    think_tank: frozenset[str]
    media: frozenset[str]
    media_names: frozenset[str]
    government_names: frozenset[str]
    think_tank_names: frozenset[str]
    pronouns_person: frozenset[str]
    pronouns_plural: frozenset[str]
    pronouns_self: frozenset[str]
    writers: frozenset[str]
    inferring: frozenset[str]
    wanting: frozenset[str]
    general: frozenset[str]
    taking_up: frozenset[str]
    parts: frozenset[str]
    headline: frozenset[str]
    urging: frozenset[str]
    naming: frozenset[str]
    traded: frozenset[str]
    stances: frozenset[str]
    stance_nouns: frozenset[str]
    plain_bodies: frozenset[str]
    towns: frozenset[str]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """All verbs by which somebody may give a figure."""
        said = self.say | self.think | self.show | self.figure | self.plan | self.deny | self.change
        return said | self.naming | self.using | self.hoping | self.speaking_of | self.having

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Sequence[str]]]) -> "SpeechCues":
        """From the parsed file. A list that is missing is a KeyError with its name."""
        lists = {name: words for table in tables.values() for name, words in table.items()}
        return cls(**{f.name: frozenset(lists[f.name]) for f in fields(cls)})
