"""Whose a noun is: what it names, belongs to or is part of, and what stands in its clause."""

from spacy.tokens import Token

from monitor.nlp.cast import Cast
from monitor.nlp.clauses import ancestors, shared_subject
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.players import Player
from monitor.nlp.ties import Anchor

STRONG = frozenset({"organisation", "product", "chip", "model", "process", "event", "other"})
_OWNING = frozenset({"of", "in", "at", "for", "on", "by", "from", "among", "across"})
_CAUSING = frozenset({"let", "make", "help", "allow", "force", "have", "send", "leave"})
_SETTING = frozenset({"in", "at", "on", "off", "near", "with", "for", "across", "around", "outside", "under"})
_INNER = frozenset({"compound", "nmod", "amod", "poss"})


def is_thing(player: Player, cast: Cast) -> bool:
    """Whether a thing has figures of its own, wherever it is named: not a person or place, but a built site."""
    return player.kind in STRONG or (player.kind == "place" and cast.named.is_works(player))


def owner_of(noun: Token, cast: Cast, *, loose: bool = True) -> Player | None:
    """The thing that the noun names, belongs to or is part of: "Halden's H5 yield" is of H5.

    `loose`: a place, person or thing behind any preposition will do, not only a thing behind "of".
    """
    if any(child.lower_ == "whose" for child in noun.lefts):
        bearer = next((step.head for step in ancestors(noun) if step.dep_ == "relcl"), None)
        if bearer is not None:
            return owner_of(bearer, cast)
    part = _part(noun, cast)
    if part is not None:
        return part
    meant = cast.meant(noun)
    if meant is not None:
        return meant
    found: list[tuple[float, int, Player]] = []
    for child in noun.children:
        if child.lower_ == "there" and child.dep_ == "advmod" and (there := cast.place_before(child)) is not None:
            return there
        if child.dep_ in _INNER:
            for token in [child, *(t for t in child.children if t.dep_ in _INNER)]:
                player = cast.meant(token) or _of_doer(token, cast)
                if player is not None:
                    found.append((_narrowness(player), -abs(noun.i - token.i), player))
        elif child.dep_ == "prep" and child.lower_ in _OWNING and loose:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    player = cast.meant(inner) or (owner_of(inner, cast) if inner.pos_ == "NOUN" else None)
                    if player is not None and not (child.lower_ == "from" and player.kind in {"place", "group"}):
                        found.append((_narrowness(player) - 0.1, -abs(noun.i - inner.i), player))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _of_doer(token: Token, cast: Cast) -> Player | None:
    """Whose the subject is for which "their" stands: of "shops in Tolvar lost a third of their trade" Tolvar."""
    if token.tag_ != "PRP$" or token.lower_ not in {"its", "their"}:
        return None
    verb = next((step for step in ancestors(token) if step.pos_ in {"VERB", "AUX"}), None)
    doer = shared_subject(verb) if verb is not None else None
    if doer is None or doer.i >= token.i or doer.pos_ != "NOUN" or token in doer.subtree:
        return None
    return owner_of(doer, cast)


def _part(noun: Token, cast: Cast) -> Player | None:
    """A named product, or a part of an organisation that a word or a place tells from others: "Halden's memory unit"."""
    if cast.named.at(noun) is not None or noun.lemma_.lower() not in cast.named.world.cues.parts:
        return None
    inner = [child for child in noun.lefts if child.dep_ in _INNER]
    named = [(child, player) for child in inner if (player := cast.named.at(child)) is not None]
    products = [player for _, player in named if _narrowness(player) >= 4.0]
    if products:
        return products[-1]
    owners = [player for child, player in named if player.kind == "organisation"]
    owners += [player for child in inner if child.dep_ == "poss" and (player := cast.meant(child)) is not None]
    sorts = [player.name for _, player in named if player.kind == "place"]
    sorts += [c.lower_ for c in inner if c.text.islower() and (c.dep_ == "compound" or c.tag_ == "VBG")]
    if not sorts or not owners or owners[0].kind != "organisation":
        return None
    name = " ".join([owners[0].name, *sorts, noun.lemma_.lower()])
    return Player(name, "other", entity_id(name))


def _narrowness(player: Player) -> float:
    return {
        "product": 4.0,
        "chip": 4.0,
        "model": 4.0,
        "process": 4.0,
        "event": 3.5,
        "organisation": 3.0,
        "other": 2.5,
        "person": 2.0,
    }.get(player.kind, 1.0)


def clause_subject(anchor: Anchor) -> Token | None:
    verb = anchor.verb
    if verb is None:
        verb = next((step for step in ancestors(anchor.head) if step.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return None
    subject = _told_to(verb) or shared_subject(verb)
    if subject == anchor.head and verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_.lower() in _CAUSING:
        subject = shared_subject(verb.head)
    return subject if subject is not None and subject != anchor.head else None


def _told_to(verb: Token) -> Token | None:
    """Who is to do what somebody else wants: of "ordered Halden to pay 5 million" Halden."""
    if verb.dep_ != "xcomp" or verb.head.lemma_ == "promise" or not any(child.lower_ == "to" for child in verb.lefts):
        return None
    return next((child for child in verb.head.rights if child.dep_ == "dobj" and child.i < verb.i), None)


def teller_of(anchor: Anchor) -> Token | None:
    """Who says the clause: of "sales rose 7 percent, the company said", the company."""
    start = anchor.verb if anchor.verb is not None else anchor.head
    for step in ancestors(start):
        if step.dep_ in {"ccomp", "parataxis"} and step.head.pos_ == "VERB":
            return shared_subject(step.head)
        for child in step.children:
            if child.dep_ == "parataxis" and child.pos_ == "VERB":
                return shared_subject(child)
    return None


def things_beside(anchor: Anchor, cast: Cast) -> list[Player]:
    """Things and places that a preposition ties to the verb or to what is counted: "fell by 7 days with velimab"."""
    found = []
    for head in (anchor.counted, anchor.head, anchor.verb):
        for preposition in head.children if head is not None else ():
            if preposition.dep_ == "prep" and preposition.lower_ in _SETTING:
                inner = (child for child in preposition.children if child.dep_ == "pobj")
                found += [player for child in inner if (player := owner_of(child, cast)) is not None]
    return [player for player in found if player.kind not in {"person", "group"}]


def place_in_front(anchor: Anchor, cast: Cast) -> Player | None:
    """The place that opens a clause, where the article is about no organisation: "In Tolvar the average was …"."""
    topic = cast.topic()
    if anchor.verb is None or (topic is not None and topic.kind in STRONG - {"event"}):
        return None
    for preposition in anchor.verb.lefts:
        if preposition.dep_ == "prep" and preposition.lower_ in {"in", "at", "across"}:
            for inner in preposition.children:
                player = cast.meant(inner) if inner.dep_ == "pobj" else None
                if player is not None and player.kind == "place":
                    return player
    return None


def measured_of(anchor: Anchor) -> Token | None:
    """ "bicycles" of "sales of electric bicycles"."""
    inside = anchor.noun.children if anchor.noun is not None else ()
    found = (c for prep in inside if prep.lower_ in {"of", "for"} for c in prep.children if c.dep_ == "pobj")
    return next((noun for noun in found if noun.pos_ == "NOUN" and not noun.ent_type_), None)
