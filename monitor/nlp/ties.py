"""How a figure hangs in its sentence: the noun it measures, the verb between them, and the tie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token


class Tie(StrEnum):
    """How a figure is tied to its noun: as its level, as how much it moved, as a count of it, or as a share."""

    LEVEL = "level"
    CHANGE = "change"
    COUNT = "count"
    SHARE = "share"
    LOOSE = "loose"


@dataclass(frozen=True)
class VerbCues:
    """Lemmas of cues/en/metrics.toml."""

    level: frozenset[str]
    change: frozenset[str]
    give: frozenset[str]
    change_nouns: frozenset[str]


@dataclass(frozen=True)
class Anchor:
    """`noun` is measured, `verb` says so, `counted` is the noun counted, `whole` what a share is of."""

    head: Token
    tie: Tie
    noun: Token | None = None
    verb: Token | None = None
    counted: Token | None = None
    whole: Token | None = None
    preposition: str = ""
    move: Token | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
