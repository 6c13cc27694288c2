"""Things without a name as what a figure is of: "A hosepipe ban saves 5 percent", "The organ needs £90,000"."""

from spacy.tokens import Token

from monitor.nlp.anchors import Anchor
from monitor.nlp.cast import Cast
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.owners import clause_subject
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.world import is_told

_NAMED_BY = frozenset({"organisation", "product", "chip", "model", "process", "place", "group", "other"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "our", "his", "her"})
_NEW = frozenset({"a", "an", "another", "each", "every", "no", "any"})
_HAVING = frozenset({"have", "hold", "boast", "carry", "need", "require", "offer", "get", "gain", "lose", "reach", "see"})
_CONCRETE = frozenset({"things", "bodies", "places"})


def thing_of(anchor: Anchor, cast: Cast, phrase: Phrase, owner: Player | None) -> Player | None:
    """The common noun that is the subject of the clause, where it has figures of its own.

    Something known already is told from its like by its owner ("Halden organ"); something new stands for itself.
    """
    doer = clause_subject(anchor)
    if doer is None or not _is_common(doer) or is_told(anchor, cast.named.world.cues):
        return None
    if doer in {anchor.counted, anchor.whole} or cast.named.at(doer) is not None or _does_to_other(doer, anchor):
        return None
    sort, is_new = sort_of(doer, cast), is_new_thing(doer)
    if doer == anchor.noun and (is_new or sort not in _CONCRETE or not _is_definite(doer)):
        return None
    topic = cast.topic()
    if topic is not None and topic.kind == "event" and not cast.named.is_sort_of_thing(doer):
        return None  # "The water reached 4 metres" of a flood
    if is_new:
        is_harm = cast.event is not None and sort == "happenings"
        return called(doer, phrase) if sort != "people" and not is_harm else None
    if sort == "people" and doer.tag_ == "NNS":
        return _owned(doer, phrase, owner)
    if sort not in _CONCRETE:
        return None
    return _owned(doer, phrase, owner) if _is_definite(doer) or sort == "bodies" else called(doer, phrase)


def _is_common(noun: Token) -> bool:
    return noun.pos_ in {"NOUN", "PROPN"} and noun.text[1:].islower() and not noun.like_num and not noun.ent_type_


def _does_to_other(doer: Token, anchor: Anchor) -> bool:
    """Whether the figure is of something that the subject only acts on: "parliament approved the 34 km line"."""
    verb, noun = anchor.verb, anchor.noun
    has = verb is not None and verb.lemma_.lower() in _HAVING
    return noun is not None and noun != doer and not has


def sort_of(noun: Token, cast: Cast) -> str:
    """The sort of thing that a common noun names; empty for one that no list knows."""
    lemma, cues = noun.lemma_.lower(), cast.named.world.cues
    kind = {"organisation": "bodies", "product": "things", "place": "places", "person": "people", "event": "happenings"}
    if lemma in cues.works:
        return "things"
    known = cast.named.nominals.get(lemma)
    return kind[known] if known in kind else cues.nouns.get(lemma, "")


def called(noun: Token, phrase: Phrase) -> Player | None:
    """A thing by its own words."""
    name = " ".join(phrase.of(noun, 3)) if noun.pos_ in {"NOUN", "PROPN"} else ""
    return Player(name, "other", entity_id(name)) if name else None


def is_new_thing(noun: Token) -> bool:
    """Whether a thing is brought in here: "a ban", "another ferry"."""
    return any(child.lower_ in _NEW for child in noun.lefts)


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in _DEFINITE and child.dep_ in {"det", "poss"} for child in noun.lefts)


def _owned(noun: Token, phrase: Phrase, owner: Player | None) -> Player | None:
    own = called(noun, phrase)
    if own is None or owner is None or owner.kind not in _NAMED_BY:
        return own
    name = f"{owner.name} {own.name}"
    return Player(name, "other", entity_id(name))
