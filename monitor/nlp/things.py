"""Things without a name as what a figure is of: "A hosepipe ban saves 5 percent", "The organ needs £90,000"."""

from spacy.tokens import Token

from monitor.nlp.cast import Cast
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.owners import clause_subject
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.ties import Anchor
from monitor.nlp.world import is_told

_NAMED_BY = frozenset({"organisation", "product", "chip", "model", "process", "place", "group", "other", "event"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "our", "his", "her"})
_NEW = frozenset({"a", "an", "another", "each", "every", "no", "any"})
_HAVING = frozenset({"have", "hold", "boast", "carry", "need", "require", "offer", "get", "gain", "lose", "reach", "see"})
_BEARING = frozenset({"of", "in", "at"})
_PHYSICAL = frozenset(
    {
        "metre",
        "kilometre",
        "centimetre",
        "millimetre",
        "mile",
        "foot",
        "inch",
        "kilogram",
        "gram",
        "tonne",
        "litre",
        "watt",
    }
    | {
        "kilowatt",
        "megawatt",
        "volt",
        "square_metre",
        "hectare",
        "degree_celsius",
        "degree_fahrenheit",
        "byte",
        "gigabyte",
    }
)
# What a disaster is made of has its figures.
_OF_DISASTERS = frozenset({"water", "floodwater", "lava", "ash", "mud", "smoke", "flame", "debris", "wave"})
_RELATIVE = frozenset({"percent", "percentage_point", "ratio"})  # said of measures rather than of things
_CONCRETE = frozenset({"things", "bodies", "places"})


def thing_of(anchor: Anchor, unit: str, cast: Cast, phrase: Phrase, owner: Player | None) -> Player | None:
    """The common noun that is the subject of the clause, where it has figures of its own.

    Something known already is told from its like by its owner ("Halden organ"); something new stands for itself.
    """
    doer = clause_subject(anchor)
    doer = cast.antecedent(doer) if doer is not None else None
    if doer is None or not _is_common(doer):
        return None
    sort, is_new = sort_of(doer, cast), is_new_thing(doer)
    if sort not in {"things", "places"} and is_told(anchor, cast.named.world.cues):
        return None  # "The campsite holds 300 tents" tells nothing
    if doer in {anchor.counted, anchor.whole} or cast.named.at(doer) is not None or _does_to_other(doer, anchor):
        return None
    is_known = _is_definite(doer)
    if doer == anchor.noun and (unit in _RELATIVE or not (is_known or is_new) or not _has_figures(sort, unit)):
        return None
    topic = cast.topic()
    if topic is not None and topic.kind == "event":
        is_own = sort in _CONCRETE and doer.lemma_.lower() not in _OF_DISASTERS
        return _owned(doer, phrase, owner, cast) if is_own else None
    if is_new:
        return called(doer, phrase) if sort != "people" else None
    if sort == "people" and doer.tag_ == "NNS":
        return _owned(doer, phrase, owner, cast)
    is_stuff = doer.tag_ == "NN" and not is_known and not is_money(unit)
    if is_stuff or not _has_figures(sort, unit):
        return None  # "Oil ran 3 miles down the creek" is of the creek
    return _owned(doer, phrase, owner, cast) if is_known or sort == "bodies" else called(doer, phrase)


def is_money(unit: str) -> bool:
    """Whether a unit is that of a sum or of a price."""
    first = unit.split("/")[0]
    return len(first) == 3 and first.isupper()


def _has_figures(sort: str, unit: str) -> bool:
    """Whether a sort of thing has figures of a unit: whatever is so many metres long or tonnes heavy is a thing."""
    is_physical = unit.split("/")[0] in _PHYSICAL
    return sort in _CONCRETE or (is_physical and sort in {"sayings", ""})


def _is_common(noun: Token) -> bool:
    return noun.pos_ in {"NOUN", "PROPN"} and noun.text[1:].islower() and not noun.like_num and not noun.ent_type_


def _does_to_other(doer: Token, anchor: Anchor) -> bool:
    """Whether the figure is of something that the subject only acts on: "parliament approved the 34 km line"."""
    verb, noun = anchor.verb, anchor.noun
    if noun is None or noun == doer or (verb is not None and verb.lemma_.lower() in _HAVING):
        return False
    is_stuff = noun.dep_ == "dobj" and not any(child.dep_ in {"det", "poss"} for child in noun.lefts)
    return not is_stuff or noun.tag_ != "NN"  # "The furnace emits 80 percent less carbon"


def bearer_of(noun: Token | None, cast: Cast, phrase: Phrase, owner: Player | None) -> Player | None:
    """A thing without a name that a measure belongs to: "the tournament's budget", "rents in the old town"."""
    if noun is None:
        return None
    near = [child for child in noun.lefts if child.dep_ == "poss"]
    near += [c for prep in noun.rights if prep.lower_ in _BEARING for c in prep.children if c.dep_ == "pobj"]
    for bearer in near:
        concrete = _is_common(bearer) and sort_of(bearer, cast) in _CONCRETE and cast.meant(bearer) is None
        if concrete and _is_definite(bearer) and bearer.tag_ == "NN":
            return _owned(bearer, phrase, owner, cast)
    return None


def sort_of(noun: Token, cast: Cast) -> str:
    """The sort of thing that a common noun names; empty for one that no list knows."""
    lemma, cues = noun.lemma_.lower(), cast.named.world.cues
    kind = {"organisation": "bodies", "product": "things", "place": "places", "person": "people", "event": "happenings"}
    if lemma in cues.works or lemma in cues.occasions:
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


def _seat(noun: Token, cast: Cast) -> Player | None:
    """ "Port Tolvar" of "the hospital at Port Tolvar"."""
    inner = (c for prep in noun.rights if prep.lower_ in {"at", "in"} for c in prep.children if c.dep_ == "pobj")
    named = (cast.named.at(child) for child in inner)
    return next((player for player in named if player is not None and player.kind == "place"), None)


def _owned(noun: Token, phrase: Phrase, owner: Player | None, cast: Cast) -> Player | None:
    own = called(noun, phrase)
    owner = _seat(noun, cast) or owner
    if own is None or owner is None or owner.kind not in _NAMED_BY:
        return own
    name = f"{owner.name} {own.name}"
    return Player(name, "other", entity_id(name))
