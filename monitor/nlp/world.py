"""Figures of the world rather than of whoever tells them: harvests, prices of goods, national statistics, weather."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Token

from monitor.nlp.clauses import ancestors
from monitor.nlp.nouns import read_nouns
from monitor.nlp.ties import Anchor

_MODIFIERS = frozenset({"amod", "compound", "nmod"})
LONGEST_GOOD = 4  # words of "soft red winter wheat"
MAIN_COUNT = 3  # mentions from which on a word counts as what an article is about
OPENING_CHARS = 400
MEASURED_CHARS = 30_000
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class WorldCues:
    """Words of cues/en/names.toml, table `world`; `media` are those in names of papers, from sources.toml.

    `nouns`: common nouns and the sort of thing that they name, from ontology/nouns.toml.
    """

    crops: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    harvest: frozenset[str] = frozenset()
    farming: frozenset[str] = frozenset()
    farm_units: frozenset[str] = frozenset()
    national: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    weather: frozenset[str] = frozenset()
    prices: frozenset[str] = frozenset()
    outlook: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    forecasters: frozenset[str] = frozenset()
    harm: frozenset[str] = frozenset()
    takings: frozenset[str] = frozenset()
    takers: frozenset[str] = frozenset()
    monies: frozenset[str] = frozenset()
    reckoning: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    learned: frozenset[str] = frozenset()
    populace: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    onlookers: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    clinical: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    state_bodies: frozenset[str] = frozenset()
    event_verbs: Mapping[str, str] = field(default_factory=dict)
    responders: frozenset[str] = frozenset()
    nouns: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def read(folder: Path) -> "WorldCues":
        """The cues of a folder of cues."""
        names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
        data = names["world"] | {"public": names["state"]["public"]}
        sources = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
        media = sources["nouns"]["media_names"]
        return WorldCues(
            **{key: frozenset(words) for key, words in data.items()},
            media=frozenset(media),
            state_bodies=frozenset(names["state_bodies"]),
            responders=frozenset(names["responders"]["heads"]),
            event_verbs={verb: noun for noun, verbs in names["event_verbs"].items() for verb in verbs},
            nouns=read_nouns(folder.parents[1] / "ontology" / "nouns.toml"),
        )


@dataclass(frozen=True)
class World:
    """What an article has to do with the world's figures: its `crop`, whether it is about a country's statistics."""

    cues: WorldCues
    crop: str = ""
    national: bool = False
    harmful: bool = True


def world_of(title: str, text: str, cues: WorldCues) -> World:
    """The facts of one article. A word of the title or of the opening counts for more."""
    counts: Counter[str] = Counter(_WORD.findall(text[:MEASURED_CHARS].lower()))
    opening = Counter(_WORD.findall(text[:OPENING_CHARS].lower()))
    headline = Counter(_WORD.findall(title.lower()))

    def weight(word: str) -> int:
        return counts[word] + opening[word] + MAIN_COUNT * headline[word]

    crop = min(cues.crops, key=lambda word: (-weight(word), word), default="")
    national = sum(weight(word) for word in cues.national)
    harmful = any(counts[word] or headline[word] for word in cues.harm)
    return World(cues, crop if crop and weight(crop) >= MAIN_COUNT else "", national >= 2 * MAIN_COUNT, harmful)


def good_in(nouns: list[Token], words: list[str], cues: WorldCues) -> str:
    """The good that a metric or its noun phrase names ("barley", "crude oil")."""
    for word in words:
        if word in cues.crops or word in cues.goods:
            return word
    for noun in nouns:
        for token in [noun, *_inside(noun)]:
            lemma = token.lemma_.lower()
            if lemma in cues.crops or lemma in cues.goods:
                return lemma
    return ""


def _inside(noun: Token) -> Iterator[Token]:
    """Modifiers of a noun and of what it is "of"."""
    for child in noun.children:
        if child.dep_ in _MODIFIERS:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"of", "for", "in"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield inner
                    yield from (token for token in inner.children if token.dep_ in _MODIFIERS)


def full_good(noun: Token, good: str, names: list[tuple[int, int]]) -> str:
    """A good with the sort that the phrase gives: "soft red winter wheat"; names and numbers are no sort."""
    token = next((t for t in [noun, *_inside(noun)] if t.lemma_.lower() == good), None)
    if token is None:
        return good
    sort = [
        child.lower_
        for child in token.lefts
        if child.dep_ in _MODIFIERS
        and child.text.islower()
        and child.is_alpha
        and not any(start <= child.idx < end for start, end in names)
    ]
    return " ".join([*sort[-(LONGEST_GOOD - 1) :], token.lower_ if token.lower_ == good else good])


def is_told(anchor: Anchor, cues: WorldCues) -> bool:
    """Whether the verb of the figure only says or expects it, so that its subject need not be whose figure it is."""
    verb = anchor.verb
    if verb is None:
        verb = next((step for step in ancestors(anchor.head) if step.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    has_at = verb.lemma_ == "have" and anchor.preposition == "at"  # "Orlan has the loss at 4 million"
    return has_at or verb.lemma_.lower() in cues.telling
