"""The words that the readers of figures need, from models/cues."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.nlp.hedges import Hedges
from monitor.nlp.lexing import lex
from monitor.nlp.numbers import NumberWords

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class ChangeCues:
    """Words of one direction: verbs by lemma (`transitive`: what is changed may be their object), nouns, adverbs."""

    verbs: frozenset[str]
    transitive: frozenset[str]
    nouns: frozenset[str]
    adverbs: frozenset[str]
    after: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "ChangeCues":
        """From the table `up` or `down` of a file such as models/cues/en/changes.toml."""
        names = ("verbs", "transitive", "nouns", "adverbs", "after")
        return ChangeCues(**{name: frozenset(data[name]) for name in names})


@dataclass(frozen=True)
class FigureCues:
    """All words by which numbers are judged."""

    numbers: NumberWords
    hedges: Hedges
    up: ChangeCues
    down: ChangeCues
    level: frozenset[str]
    up_to: frozenset[str]
    focus: frozenset[str]
    traded: frozenset[str]
    worth: frozenset[str]
    scale_nouns: Mapping[str, str]
    scaled_events: Mapping[str, str]
    times: frozenset[str]
    times_followers: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    states: Mapping[str, str]
    outcomes: Mapping[str, str]
    tolls: Mapping[str, str]
    as_person: frozenset[str]
    people: frozenset[str]
    fates: frozenset[str]
    score_context: frozenset[str]
    votes: frozenset[str]
    vote_unit: str
    other_unit: str
    per: frozenset[str]
    rate_articles: frozenset[str]
    each: frozenset[str]
    rate_not_after: frozenset[str]
    capita: frozenset[str]
    rate_adverbs: Mapping[str, str]
    illustration_words: frozenset[str]
    illustration_phrases: tuple[Phrase, ...]
    clock: tuple[Phrase, ...]
    idioms: tuple[Phrase, ...]
    unit_note_leads: frozenset[str]
    furniture_starts: tuple[str, ...]
    furniture_holds: tuple[str, ...]


def load_figure_cues(folder: Path) -> FigureCues:
    """The cues of a folder such as models/cues/en. Raises OSError or a TOML error where a file is not as it should be."""
    figures, changes = _read(folder / "figures.toml"), _read(folder / "changes.toml")
    scores, rates, illustration = figures["scores"], figures["rates"], figures["illustration"]
    return FigureCues(
        numbers=NumberWords.of(_read(folder / "numbers.toml")),
        hedges=Hedges.of(_read(folder / "hedges.toml")),
        up=ChangeCues.of(changes["up"]),
        down=ChangeCues.of(changes["down"]),
        level=frozenset(changes["level"]["to"]),
        up_to=frozenset(changes["up_to"]["verbs"]),
        focus=frozenset(changes["focus"]["words"]),
        traded=frozenset(changes["traded"]["nouns"]),
        worth=frozenset(changes["worth"]["nouns"]),
        scale_nouns=figures["scale_nouns"],
        scaled_events=figures["scaled_events"],
        times=frozenset(rates["times"]),
        times_followers=frozenset(rates["times_followers"]),
        lists={name: frozenset(words) for name, words in figures.items() if isinstance(words, list)},
        states=figures["states"],
        outcomes=figures["outcomes"],
        tolls=figures["tolls"],
        as_person=frozenset(figures["people"]["as_person"]),
        people=frozenset(figures["people"]["words"]),
        fates=frozenset(f"count:{fate}" for fate in (*figures["states"].values(), "person")),
        score_context=frozenset(scores["context"]),
        votes=frozenset(scores["votes"]),
        vote_unit=scores["vote_unit"],
        other_unit=scores["other_unit"],
        per=frozenset(rates["per"]),
        rate_articles=frozenset(rates["articles"]),
        each=frozenset(rates["each"]),
        rate_not_after=frozenset(rates["not_after"]),
        capita=frozenset(rates["capita"]),
        rate_adverbs=rates["adverbs"],
        illustration_words=frozenset(illustration["words"]),
        illustration_phrases=_phrases(illustration["phrases"]),
        clock=_phrases(figures["clock"]["follows"]),
        idioms=_phrases(figures["idioms"]["phrases"]),
        unit_note_leads=frozenset(figures["unit_note"]["leads"]),
        furniture_starts=tuple(figures["furniture"]["starts"]),
        furniture_holds=tuple(figures["furniture"]["holds"]),
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _phrases(phrases: list[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(piece.low for piece in lex(phrase).pieces) for phrase in phrases)
