"""Words around and inside names, from cues/en/names.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.nlp.nouns import read_nouns


@dataclass(frozen=True)
class NameCues:
    """The lists that tell where a name is and what kind of thing bears it. `nouns`: common nouns and their sorts."""

    legal_forms: frozenset[str]
    heads: frozenset[str]
    titles: frozenset[str]
    nominals: Mapping[str, str]
    sites: frozenset[str] = frozenset()
    place_openers: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    drug_stems: frozenset[str] = frozenset()
    state_parts: frozenset[str] = frozenset()
    company_parts: frozenset[str] = frozenset()
    company_verbs: frozenset[str] = frozenset()
    portfolios: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    natural: frozenset[str] = frozenset()
    nouns: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def read(path: Path) -> "NameCues":
        """The cues of a TOML file."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        nominals = {word: kind for kind, words in reversed(data["nominals"].items()) for word in words}
        return NameCues(
            frozenset(data["legal_forms"]),
            frozenset(data["organisation_heads"]),
            frozenset(data["person_titles"]),
            nominals,
            frozenset(data["sites"]),
            frozenset(data["place_openers"]),
            frozenset(word for words in data["events"].values() for word in words),
            frozenset(data["numbered"]),
            frozenset(data["stages"]),
            frozenset(data["drug_stems"]),
            frozenset(data["state_parts"]),
            frozenset(data["company_parts"]),
            frozenset(data["company_verbs"]),
            frozenset(data["portfolio_heads"]),
            frozenset(data["defined_terms"]),
            frozenset(word for noun in data["natural_events"] for word in data["events"][noun]),
            read_nouns(path.parents[2] / "ontology" / "nouns.toml"),
        )

    def nouns_for(self, *kinds: str) -> frozenset[str]:
        """Common nouns for named things of these kinds."""
        return frozenset(noun for noun, kind in self.nominals.items() if kind in kinds)
