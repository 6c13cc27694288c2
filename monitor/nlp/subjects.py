"""Figure → the thing it is of."""

from dataclasses import dataclass

from spacy.tokens import Token

from monitor.nlp.anchors import Anchor
from monitor.nlp.cast import Cast, Player
from monitor.nlp.clauses import ancestors, shared_subject
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.metrics import MetricCues, Phrase
from monitor.nlp.world import WorldCues, is_told
from monitor.nlp.worldly import place_of, world_subject

_OWNING = frozenset({"of", "in", "at", "for", "on", "by", "from", "among", "across"})
_CAUSING = frozenset({"let", "make", "help", "allow", "force", "have", "send", "leave"})
_SETTING = frozenset({"in", "at", "on", "off", "near", "with", "for", "across", "around", "outside", "under"})
_INNER = frozenset({"compound", "nmod", "amod", "poss"})
_TAKEN = frozenset({"stolen", "taken", "copied", "leaked", "paid", "ransom", "exposed", "whose"})
_SEISMIC = frozenset({"magnitude", "depth", "epicentre", "epicenter"})
_STRONG = frozenset({"organisation", "product", "chip", "model", "process", "event", "other"})


@dataclass(frozen=True)
class Subject:
    """The thing, and how sure the way to it is (0 to 1). `rule` names that way."""

    player: Player
    trust: float
    rule: str


def traded_subject(anchor: Anchor, cast: Cast, phrase: Phrase) -> Subject:
    """A thing with a price as the subject: "Czech crown", "Chicago wheat futures"."""
    assert anchor.noun is not None
    words = phrase.of(anchor.noun, 3)
    owners = [m.name for m in cast.within(anchor.noun.left_edge.idx, anchor.noun.idx) if m.kind in {"place", "group"}]
    name = " ".join([*owners[:1], *words])
    return Subject(Player(name, "product", entity_id(name)), 0.75, "traded")


def subject_of_figure(
    anchor: Anchor, cast: Cast, cues: MetricCues, carried: Player | None, *, metric: str, unit: str, phrase: Phrase
) -> Subject | None:
    """The narrowest named thing that the figure is of; `carried` is the subject of the sentence before."""
    nouns = [noun for noun in (anchor.whole, anchor.noun, anchor.move, anchor.counted, anchor.head) if noun is not None]
    if _is_of_event(anchor, cues) or _SEISMIC.intersection(metric.split()):
        event = _event(anchor, cast)
        if event is not None:
            return Subject(event, 0.85, "event")
        is_done = _clause_subject(anchor) is not None and anchor.head.dep_ == "dobj"
        where = place_of(anchor, cast, nouns, None) if unit.startswith("count") and not is_done else None
        if where is not None:
            return Subject(where, 0.65, "where")
    doer = _clause_subject(anchor)
    player = world_subject(anchor, cast, nouns, doer, metric, unit)
    if player is not None:
        return Subject(player, 0.8, "world")
    victim = _victim(cast, metric)
    if victim is not None:
        return Subject(victim, 0.75, "victim")
    if anchor.whole is not None and (people := cast.at(anchor.whole)) is not None and people.kind in {"place", "group"}:
        return Subject(people, 0.75, "whole")
    topic = cast.topic()
    for rule, trust, player in _candidates(nouns, anchor, cast, cues, metric):
        if player is not None and player.kind == "person" and unit.startswith("percent") and "vote" not in metric:
            continue
        if trust < 0.4 and topic is not None and player == topic and (named := cast.topic(beside=player)) is not None:
            player = named
        # a place or person mentioned in passing is less likely than what the article is about
        if player is not None and (trust >= 0.7 or topic is None or cast.salience(player) >= cast.salience(topic)):
            return Subject(player, trust, rule)
    topic = cast.topic()
    if cues.company.intersection(metric.split()):
        topic = topic if topic is not None and topic.kind == "organisation" else cast.main_organisation() or topic
    if carried is not None and carried.kind != "organisation" and cues.company.intersection(metric.split()):
        carried = topic
    if carried is not None and (topic is None or cast.weight(carried) * 2.5 >= cast.weight(topic)):
        return Subject(carried, 0.55, "carried")
    d = _clause_subject(anchor)
    if d is not None and d.pos_ == "NOUN" and d != anchor.noun and d != anchor.counted and not is_told(anchor, cast.world.cues) and d.lemma_.lower() not in cues.people and d.lemma_.lower() not in cues.company and (cast._nominals.get(d.lemma_.lower()) in {"product","place"} or d.lemma_.lower() in cast.world.cues.works):
        w = phrase.of(d, 3)
        if w:
            return Subject(Player(" ".join(w), "other", entity_id(" ".join(w))), 0.4, "thing")
    good = _measured_of(anchor)
    own = cues.company.intersection(metric.split()) and good is None
    if topic is None or not (cast.is_about(topic) or own):
        place = cast.main_place()
        if place is not None and cast.is_about(place):
            return Subject(place, 0.4, "place")
        thing = _generic(anchor, phrase, cast.world.cues)
        if thing is not None:
            return Subject(thing, 0.4, "generic")
    return Subject(topic, 0.45, "topic") if topic is not None else None


def _measured_of(anchor: Anchor) -> Token | None:
    """ "bicycles" of "sales of electric bicycles"."""
    inside = anchor.noun.children if anchor.noun is not None else ()
    found = (c for prep in inside if prep.lower_ in {"of", "for"} for c in prep.children if c.dep_ == "pobj")
    return next((noun for noun in found if noun.pos_ == "NOUN" and not noun.ent_type_), None)


def _generic(anchor: Anchor, phrase: Phrase, cues: WorldCues) -> Player | None:
    """A thing without a name, where the article names nothing that it is about: "The bridge will cost …"."""
    doer = _clause_subject(anchor)
    if doer == anchor.noun or is_told(anchor, cues):
        doer = None
    for noun in (_measured_of(anchor), doer, anchor.whole, anchor.counted):
        words = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" else []
        if words:
            name = " ".join(words)
            return Player(name, "other", entity_id(name))
    return None


def _candidates(
    nouns: list[Token], anchor: Anchor, cast: Cast, cues: MetricCues, metric: str
) -> list[tuple[str, float, Player | None]]:
    weak: list[tuple[str, float, Player | None]] = []
    strong: list[tuple[str, float, Player | None]] = []
    doer = _doer_of_count(anchor, cast)
    for noun in nouns:
        own = _own(noun, cast, loose=doer is None)
        if own is None and noun.lower_ in cues.prices and noun == anchor.noun:
            own = cast.main_organisation()  # "the shares"
        if own is not None:
            is_thing = _is_thing(own, cast) or _is_valued(noun, anchor, cues)
            (strong if is_thing else weak).append(("noun", 0.9 if is_thing else 0.6, own))
    subject = _clause_subject(anchor)
    player = _own(subject, cast) if subject is not None else None
    if subject is not None and player is None and subject.lower_ in cues.prices:
        player = cast.main_organisation()
    if subject is not None and player is not None:
        direct = cast.meant(subject) is not None
        is_strong, trust = _clause_trust(player, anchor, cast, direct=direct)
        (strong if is_strong else weak).append(("clause", trust, player))
    if not strong:
        front = _in_front(anchor, cast)
        if front is not None:
            return [("front", 0.7, front)]
    if not strong and not weak:
        weak += ((("beside", 0.7 if _is_thing(player, cast) else 0.6, player)) for player in _beside(anchor, cast))
    teller = _teller(anchor)
    if teller is not None:
        player = cast.meant(teller)
        if player is not None and player.kind == "organisation" and cast.is_owner(player):
            owns = bool(cues.company.intersection(metric.split())) and not cast.is_forecaster(player)
            weak.append(("teller", 0.7 if owns else 0.5, player))
    return strong + weak


def _doer_of_count(anchor: Anchor, cast: Cast) -> Player | None:
    """Who does something to what is counted: of "hired 40 people in Tolvar" and "made 9 trips for the club" the doer."""
    subject = _clause_subject(anchor)
    counted = anchor.counted if anchor.counted is not None else anchor.head
    if subject is None or counted.dep_ != "dobj" or anchor.noun is not None:
        return None
    return _own(subject, cast)


def _is_valued(noun: Token, anchor: Anchor, cues: MetricCues) -> bool:
    """Whether something is done to a person or place that gives it a figure: "values him at 40 million"."""
    verb = anchor.verb
    return verb is not None and noun.head == verb and noun.dep_ == "dobj" and verb.lemma_.lower() in cues.valuing


def _is_thing(player: Player, cast: Cast) -> bool:
    """Whether a thing has figures of its own, wherever it is named: not a person or place, but a built site."""
    return player.kind in _STRONG or (player.kind == "place" and cast.is_works(player))


def _beside(anchor: Anchor, cast: Cast) -> list[Player]:
    """Things and places that a preposition ties to the verb or to what is counted: "fell by 7 days with velimab"."""
    found = []
    for head in (anchor.counted, anchor.head, anchor.verb):
        for preposition in head.children if head is not None else ():
            if preposition.dep_ == "prep" and preposition.lower_ in _SETTING:
                inner = (child for child in preposition.children if child.dep_ == "pobj")
                found += [player for child in inner if (player := _own(child, cast)) is not None]
    return [player for player in found if player.kind not in {"person", "group"}]


def _in_front(anchor: Anchor, cast: Cast) -> Player | None:
    """The place that opens a clause, where the article is about no organisation: "In Tolvar the average was …"."""
    topic = cast.topic()
    if anchor.verb is None or (topic is not None and topic.kind in _STRONG - {"event"}):
        return None
    for preposition in anchor.verb.lefts:
        if preposition.dep_ == "prep" and preposition.lower_ in {"in", "at", "across"}:
            for inner in preposition.children:
                player = cast.meant(inner) if inner.dep_ == "pobj" else None
                if player is not None and player.kind == "place":
                    return player
    return None


def _clause_trust(player: Player, anchor: Anchor, cast: Cast, *, direct: bool) -> tuple[bool, float]:
    """Whether the subject of the clause is a strong candidate, and how much to trust it.

    Persons tell and do rather than have; a place inside a longer phrase and one who forecasts for others seldom
    are what a figure is of.
    """
    topic = cast.topic()
    if _is_reckoned(anchor, cast):
        return False, 0.3
    if player.kind == "person" and not cast.is_officer(player) and not is_told(anchor, cast.world.cues):
        return True, 0.7
    if player.kind == "place" and topic is not None and topic.kind in {"place", "group", "person"}:
        return True, 0.7  # the narrower of two places
    if player.kind == "person" or cast.is_taker(player) or not (_is_thing(player, cast) or direct):
        return False, 0.6
    rival = topic is not None and topic != player and topic.kind == "organisation"
    if rival and cast.is_forecaster(player) and is_told(anchor, cast.world.cues):
        return False, 0.5
    return True, 0.85 if _is_thing(player, cast) else 0.7


def _is_reckoned(anchor: Anchor, cast: Cast) -> bool:
    """Whether somebody only puts a number to a thing: "the agency put the cost at …"."""
    verb, noun = anchor.verb, anchor.noun
    if verb is None or noun is None or verb.lemma_.lower() not in cast.world.cues.reckoning:
        return False
    return noun.head == verb and noun.dep_ == "dobj" and not any(child.dep_ == "poss" for child in noun.lefts)


def _victim(cast: Cast, metric: str) -> Player | None:
    """Data stolen and ransom paid are figures of the organisation that was robbed, whoever tells of them."""
    if not cast.world.cues.takings.intersection(metric.split()) or not _TAKEN.intersection(metric.split()):
        return None
    topic = cast.topic()
    return topic if topic is not None and topic.kind == "organisation" else None


def _own(noun: Token, cast: Cast, *, loose: bool = True) -> Player | None:
    """The thing that the noun names, belongs to or is part of: "Halden's H5 yield" is of H5.

    `loose`: a place, person or thing behind any preposition will do, not only a thing behind "of".
    """
    if any(child.lower_ == "whose" for child in noun.lefts):
        bearer = next((step.head for step in ancestors(noun) if step.dep_ == "relcl"), None)
        if bearer is not None:
            return _own(bearer, cast)
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
                player = cast.meant(token)
                if player is not None:
                    found.append((_narrowness(player), -abs(noun.i - token.i), player))
        elif child.dep_ == "prep" and child.lower_ in _OWNING and loose:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    player = cast.meant(inner) or (_own(inner, cast) if inner.pos_ == "NOUN" else None)
                    if player is not None:
                        found.append((_narrowness(player) - 0.1, -abs(noun.i - inner.i), player))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _part(noun: Token, cast: Cast) -> Player | None:
    """A named product, or a part of an organisation that a word or a place tells from others: "Halden's memory unit"."""
    if cast.at(noun) is not None or noun.lemma_.lower() not in cast.world.cues.parts:
        return None
    inner = [child for child in noun.lefts if child.dep_ in _INNER]
    named = [(child, player) for child in inner if (player := cast.at(child)) is not None]
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


def _clause_subject(anchor: Anchor) -> Token | None:
    verb = anchor.verb
    if verb is None:
        verb = next((step for step in ancestors(anchor.head) if step.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return None
    subject = shared_subject(verb)
    if subject == anchor.head and verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_.lower() in _CAUSING:
        subject = shared_subject(verb.head)
    return subject if subject is not None and subject != anchor.head else None


def _teller(anchor: Anchor) -> Token | None:
    """Who says the clause: of "sales rose 7 percent, the company said", the company."""
    start = anchor.verb if anchor.verb is not None else anchor.head
    for step in ancestors(start):
        if step.dep_ in {"ccomp", "parataxis"} and step.head.pos_ == "VERB":
            return shared_subject(step.head)
        for child in step.children:
            if child.dep_ == "parataxis" and child.pos_ == "VERB":
                return shared_subject(child)
    return None


def _is_of_event(anchor: Anchor, cues: MetricCues) -> bool:
    nouns = {noun.lemma_.lower() for noun in (anchor.counted, anchor.noun, anchor.head) if noun is not None}
    if nouns & {"magnitude", "toll", "damage", "epicentre", "epicenter", "depth"}:
        return True
    if anchor.verb is not None and anchor.verb.lemma_.lower() in cues.event_verbs:
        return bool(nouns & cues.event_nouns) or anchor.noun is None
    near = {child.lower_ for noun in (anchor.counted, anchor.noun) if noun is not None for child in noun.subtree}
    return bool(
        near & {"killed", "dead", "injured", "displaced", "missing", "destroyed", "homeless", "wounded", "deaths"}
    )


def _event(anchor: Anchor, cast: Cast) -> Player | None:
    """The event of the clause if it names one with another place, else that of the article."""
    subject = _clause_subject(anchor)
    if subject is not None and cast.event is not None:
        for token in [subject, *subject.subtree]:
            local = cast.local_event(token)
            if local is not None:
                return local
    return cast.event
