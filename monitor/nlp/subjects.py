"""Figure → the thing it is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from monitor.nlp.anchors import is_stake
from monitor.nlp.cast import Cast
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.owners import (
    clause_subject,
    is_thing,
    measured_of,
    owner_of,
    place_in_front,
    teller_of,
    things_beside,
)
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.text import text_of
from monitor.nlp.things import bearer_of, called, is_money, sort_of, thing_of
from monitor.nlp.ties import Anchor, Tie
from monitor.nlp.world import is_told
from monitor.nlp.worldly import place_of, world_subject

_LABEL = re.compile(r"[ \t]*(?:[-–—•*·]|\d{1,2}[.)])[ \t]*([^:\n]{2,60}):")
RECKONER = 0.3  # trust in whoever only puts a number to a thing
RECKONED = 0.5  # the same in whoever writes, of what he works out
SURE = 0.7  # trust from which on a thing need not be as salient as what the article is about
_TAKEN = frozenset({"stolen", "taken", "copied", "leaked", "paid", "ransom", "exposed", "whose"})
_CASUALTIES = frozenset(
    {"count:death", "count:injured person", "count:missing person", "count:displaced person", "count:evacuated person"}
)
# With the figures that only companies have, those that whoever tells them has: "output will fall, Halden said".
_OWN_FIGURES = frozenset(
    {"output", "production", "deliveries", "shipments", "costs", "customers", "subscribers", "stores"}
)
# Behind "share" they say that those of a company are meant, and no part of something.
_SHARES_OF_COMPANY = frozenset(
    {"price", "prices", "capital", "buyback", "buybacks", "issue", "offering", "count", "sale"}
)
_SEISMIC = frozenset({"magnitude", "depth", "epicentre", "epicenter"})


@dataclass(frozen=True)
class Subject:
    """The thing, and how sure the way to it is (0 to 1). `rule` names that way."""

    player: Player
    trust: float
    rule: str


@dataclass(frozen=True)
class Asked:
    """A figure whose subject is wanted: where it hangs, its metric and unit; `carried`: the subject of the one before."""

    anchor: Anchor
    metric: str
    unit: str
    carried: Player | None = None

    @property
    def nouns(self) -> list[Token]:
        """The nouns that the figure may be of, nearest first."""
        hung = self.anchor
        return [noun for noun in (hung.whole, hung.noun, hung.move, hung.counted, hung.head) if noun is not None]

    @property
    def words(self) -> frozenset[str]:
        """The words of the metric, without those that only say that it is a share of something."""
        words = self.metric.split()
        is_part = words[:1] == ["share"] and not _SHARES_OF_COMPANY.intersection(words[1:2])
        return frozenset(words[1:] if is_part else words)


def subject_of_figure(asked: Asked, cast: Cast, cues: MetricCues, phrase: Phrase) -> Subject | None:
    """The narrowest named thing that the figure is of; without one the thing that the article is about."""
    special = (
        _of_label(asked, cast)
        or _of_holder(asked, cast)
        or _of_event(asked, cast, cues)
        or _of_world(asked, cast)
        or _of_victim(asked, cast)
        or _of_people(asked, cast)
        or _of_bodies(asked, cast, phrase)
        or _of_stuff(asked, cast, cues, phrase)
    )
    return special or _named(asked, cast, cues) or _left_to_text(asked, cast, cues, phrase)


def _of_label(asked: Asked, cast: Cast) -> Subject | None:
    """The name that a line sets off from its figure with a colon: "2. Orlan Works: 31 percent"."""
    head = asked.anchor.head
    text = text_of(cast.named.doc)
    start = text.rfind("\n", 0, head.idx) + 1
    label = _LABEL.match(text, start, head.idx)
    if label is None:
        return None
    named = cast.named.within(label.start(1), label.end(1))
    if named and (named[0].start, named[-1].end) == label.span(1):
        return Subject(Player.of(named[0]), 0.85, "label")
    words = label[1].split()
    nouns = cast.named.world.cues.nouns
    is_name = all(word.istitle() and not {word.lower(), word.lower().removesuffix("s")} & nouns.keys() for word in words)
    return Subject(Player(label[1], "other", entity_id(label[1])), 0.7, "label") if is_name else None


def _of_holder(asked: Asked, cast: Cast) -> Subject | None:
    """Who owns a share of another: "Norl, which owns 6 percent of Barlow"."""
    verb = asked.anchor.verb
    if verb is None or not is_stake(asked.unit, asked.anchor):
        return None
    doer = clause_subject(asked.anchor)
    bearer = verb.head if verb.dep_ == "relcl" and (doer is None or doer.lower_ in {"which", "who", "that"}) else doer
    holder = owner_of(bearer, cast) if bearer is not None else None
    return Subject(holder, 0.85, "clause") if holder is not None else None


def traded_subject(anchor: Anchor, cast: Cast, phrase: Phrase) -> Subject:
    """A thing with a price as the subject: "Czech crown", "Chicago wheat futures"."""
    assert anchor.noun is not None
    words = phrase.of(anchor.noun, 3)
    owners = [
        m.name for m in cast.named.within(anchor.noun.left_edge.idx, anchor.noun.idx) if m.kind in {"place", "group"}
    ]
    name = " ".join([*owners[:1], *words])
    return Subject(Player(name, "product", entity_id(name)), 0.75, "traded")


def _of_event(asked: Asked, cast: Cast, cues: MetricCues) -> Subject | None:
    """Casualties and damage: of the event, else of the place where they happened."""
    anchor = asked.anchor
    if not (_is_of_event(anchor, cues) or _SEISMIC & asked.words or asked.unit in _CASUALTIES):
        return None
    if asked.unit not in _CASUALTIES and _is_deed(anchor, cast):
        return None
    event = _event(anchor, cast)
    if event is not None:
        return Subject(event, 0.85, "event")
    is_done = clause_subject(anchor) is not None and anchor.head.dep_ == "dobj"
    where = place_of(anchor, cast, asked.nouns, None) if asked.unit.startswith("count") and not is_done else None
    return Subject(where, 0.65, "where") if where is not None else None


def _of_world(asked: Asked, cast: Cast) -> Subject | None:
    player = world_subject(asked.anchor, cast, asked.nouns, clause_subject(asked.anchor), asked.metric, asked.unit)
    return Subject(player, 0.8, "world") if player is not None else None


def _of_victim(asked: Asked, cast: Cast) -> Subject | None:
    """Data stolen and ransom paid are figures of the organisation that was robbed, whoever tells of them."""
    if not cast.named.world.cues.takings & asked.words or not _TAKEN & asked.words:
        return None
    topic = cast.topic()
    return Subject(topic, 0.75, "victim") if topic is not None and topic.kind == "organisation" else None


def _of_people(asked: Asked, cast: Cast) -> Subject | None:
    """ "Czechs" of "40 percent of Czechs"."""
    whole = asked.anchor.whole
    people = cast.named.at(whole) if whole is not None else None
    if people is not None and people.kind in {"place", "group"}:
        return Subject(people, 0.75, "whole")
    if whole is None or whole.lemma_.lower() not in cast.named.world.cues.populace or owner_of(whole, cast) is not None:
        return None
    place = cast.named.main_country() or cast.named.main_place()
    if place is None or not cast.named.is_about(place):
        place = Player(whole.lower_, "group", entity_id(whole.lower_))
    return Subject(place, SURE, "whole")


def _of_bodies(asked: Asked, cast: Cast, phrase: Phrase) -> Subject | None:
    """ "hospital groups" of "43 percent of hospital groups": many that nobody owns, whatever the article is about."""
    whole = asked.anchor.whole
    if whole is None or whole.tag_ != "NNS" or any(child.dep_ in {"det", "poss"} for child in whole.lefts):
        return None
    if sort_of(whole, cast) != "bodies" or owner_of(whole, cast) is not None:
        return None
    own = called(whole, phrase) or _plainly(whole)
    return Subject(own, SURE, "whole") if own is not None else None


def _of_stuff(asked: Asked, cast: Cast, cues: MetricCues, phrase: Phrase) -> Subject | None:
    """Stuff that anybody may buy, of what its price does: "Steel plate has risen 12 percent"."""
    noun, unit = asked.anchor.noun, asked.unit
    is_price = unit == "percent" or (is_money(unit) and "/" in unit)
    if noun is None or not is_price or noun.dep_ != "nsubj" or noun.tag_ != "NN" or asked.anchor.tie is Tie.SHARE:
        return None
    if any(child.dep_ in {"det", "poss"} for child in noun.lefts) or cues.company & {noun.lemma_.lower(), noun.lower_}:
        return None
    if (
        sort_of(noun, cast) != "things"
        or owner_of(noun, cast) is not None
        or is_told(asked.anchor, cast.named.world.cues)
    ):
        return None
    own = called(noun, phrase)
    return Subject(own, 0.75, "traded") if own is not None else None


def _named(asked: Asked, cast: Cast, cues: MetricCues) -> Subject | None:
    """The best of the things named in the clause; one in passing only if it is as salient as the article's topic."""
    topic = cast.topic()
    for candidate in _candidates(asked, cast, cues):
        player = candidate.player
        if player.kind == "person" and asked.unit.startswith("percent") and "vote" not in asked.metric:
            continue
        if candidate.trust < RECKONER + 0.1 and player == topic:
            player = cast.topic(beside=player) or player
        if candidate.trust >= SURE or topic is None or cast.salience(player) >= cast.salience(topic):
            return Subject(player, candidate.trust, candidate.rule)
    return None


def _candidates(asked: Asked, cast: Cast, cues: MetricCues) -> list[Subject]:
    near = [*_of_nouns(asked, cast, cues), *_of_clause(asked, cast, cues)]
    strong = [found for found in near if found.trust >= SURE]
    weak = [found for found in near if found.trust < SURE]
    front = place_in_front(asked.anchor, cast) if not strong else None
    if front is not None:
        return [Subject(front, SURE, "front")]
    if not near:
        beside = things_beside(asked.anchor, cast)
        weak += [Subject(player, SURE if is_thing(player, cast) else 0.6, "beside") for player in beside]
    return [*strong, *weak, *_of_teller(asked, cast, cues)]


def _of_nouns(asked: Asked, cast: Cast, cues: MetricCues) -> Iterator[Subject]:
    """The owners of the nouns that the figure may be of."""
    anchor = asked.anchor
    done = _doer_of_count(anchor, cast) is not None
    for noun in asked.nouns:
        player = owner_of(noun, cast, loose=not done)
        if player is None and noun == anchor.noun:
            player = _listed(noun, cast, cues)
        if player is not None:
            placed = player.kind in {"place", "group"} and noun == anchor.noun and not cues.company & asked.words
            sure = is_thing(player, cast) or placed or _is_valued(noun, anchor, cues)
            yield Subject(player, 0.9 if sure else 0.6, "noun")


def _of_clause(asked: Asked, cast: Cast, cues: MetricCues) -> Iterator[Subject]:
    """The owner of the subject of the clause."""
    subject = clause_subject(asked.anchor)
    player = owner_of(subject, cast) or _listed(subject, cast, cues) if subject is not None else None
    if subject is not None and player is not None:
        direct = cast.meant(subject) is not None
        trust = _clause_trust(player, asked.anchor, cast, direct=direct)
        is_author = player == cast.named.author and not cast.named.is_owner(player)
        if direct and is_author and not asked.unit.startswith("count"):
            trust = min(trust, RECKONED)  # "I get 44 percent"
        yield Subject(player, trust, "clause")


def _of_teller(asked: Asked, cast: Cast, cues: MetricCues) -> Iterator[Subject]:
    """Who says the clause: surely so of a company's figures ("sales rose, Halden said")."""
    teller = teller_of(asked.anchor)
    player = cast.meant(teller) if teller is not None else None
    if player is None or player.kind != "organisation":
        return
    owns = bool((cues.company | _OWN_FIGURES) & asked.words) and not cast.named.is_onlooker(player)
    if owns or cast.named.is_owner(player):
        yield Subject(player, SURE if owns else 0.5, "teller")


def _listed(noun: Token, cast: Cast, cues: MetricCues) -> Player | None:
    """The company of "the shares"."""
    return cast.named.main_organisation() if noun.lower_ in cues.prices else None


def _left_to_text(asked: Asked, cast: Cast, cues: MetricCues, phrase: Phrase) -> Subject | None:
    """Where the clause names nothing: the thing of the figure before, a thing without a name, or the article's topic."""
    topic, carried = cast.topic(), asked.carried
    is_company = bool(cues.company & asked.words)
    if is_company and (topic is None or topic.kind != "organisation"):
        company = cast.named.main_organisation()
        topic = company if company is not None and not cast.named.is_onlooker(company) else topic
    if carried is not None and carried.kind != "organisation" and is_company:
        carried = topic
    is_near = carried is not None and (topic is None or cast.weight(carried) * 2.5 >= cast.weight(topic))
    is_measured = is_company and asked.anchor.noun is not None
    owner = carried if is_near else topic
    thing = bearer_of(asked.anchor.noun, cast, phrase, owner)
    thing = thing or (None if is_measured else thing_of(asked.anchor, asked.unit, cast, phrase, owner))
    if thing is not None:
        return Subject(thing, 0.5, "thing")
    if carried is not None and is_near:
        return Subject(carried, 0.55, "carried")
    is_own = is_company and measured_of(asked.anchor) is None
    is_bystander = topic is not None and topic.kind == "person" and topic.name not in cast.named.favoured
    if topic is None or is_bystander or not (cast.named.is_about(topic) or is_own):
        other = _unnamed(asked.anchor, cast, phrase)
        if other is not None:
            return other
    return Subject(topic, 0.45, "topic") if topic is not None else None


def _unnamed(anchor: Anchor, cast: Cast, phrase: Phrase) -> Subject | None:
    """Where the article is about nothing named: its place, else what the figure's words themselves are about."""
    place = cast.named.main_place()
    if place is not None and cast.named.is_about(place):
        return Subject(place, 0.4, "place")
    doer = clause_subject(anchor)
    doer = None if doer == anchor.noun or is_told(anchor, cast.named.world.cues) else doer
    for noun in (measured_of(anchor), doer, anchor.whole, anchor.counted):
        player = (called(noun, phrase) or _plainly(noun)) if noun is not None else None
        if player is not None:
            return Subject(player, 0.4, "generic")
    return None


def _plainly(noun: Token) -> Player | None:
    """What is counted, where the figure itself holds the noun: "schools" of "64 of 71 schools"."""
    return Player(noun.lower_, "other", entity_id(noun.lower_)) if noun.pos_ == "NOUN" else None


def _doer_of_count(anchor: Anchor, cast: Cast) -> Player | None:
    """Who does something to what is counted: of "hired 40 people in Tolvar" and "made 9 trips for the club" the doer."""
    subject = clause_subject(anchor)
    counted = anchor.counted if anchor.counted is not None else anchor.head
    if subject is None or counted.dep_ != "dobj" or anchor.noun is not None:
        return None
    return owner_of(subject, cast)


def _is_valued(noun: Token, anchor: Anchor, cues: MetricCues) -> bool:
    """Whether something is done to a person or place that gives it a figure: "values him at 40 million"."""
    verb = anchor.verb
    return verb is not None and noun.head == verb and noun.dep_ == "dobj" and verb.lemma_.lower() in cues.valuing


def _clause_trust(player: Player, anchor: Anchor, cast: Cast, *, direct: bool) -> float:
    """How much to trust the subject of the clause.

    Persons tell and do rather than have; a place inside a longer phrase and one who forecasts for others seldom
    are what a figure is of.
    """
    topic = cast.topic()
    if _is_reckoned(anchor, cast):
        return RECKONER
    told = is_told(anchor, cast.named.world.cues)
    if player.kind == "person" and not cast.named.is_officer(player) and not told:
        return SURE
    if player.kind == "place" and direct and (not told or topic is None or topic.kind in {"place", "group", "person"}):
        return SURE  # "Velmia lost 12 percent"; of two places the narrower
    if player.kind == "person" or cast.named.is_taker(player) or not (is_thing(player, cast) or direct):
        return 0.6
    if told and topic is not None and cast.named.is_onlooker(player):
        return RECKONER if anchor.noun is None or anchor.noun.dep_ in {"dobj", "pobj"} else 0.5
    return 0.85 if is_thing(player, cast) else SURE


def _is_reckoned(anchor: Anchor, cast: Cast) -> bool:
    """Whether somebody only puts a number to a thing: "the agency put the cost at …"."""
    verb, noun = anchor.verb, anchor.noun
    if verb is None or noun is None or verb.lemma_.lower() not in cast.named.world.cues.reckoning:
        return False
    return noun.head == verb and noun.dep_ == "dobj" and not any(child.dep_ == "poss" for child in noun.lefts)


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


def _is_deed(anchor: Anchor, cast: Cast) -> bool:
    """Whether somebody does it: "gunners downed 13 drones" is of these, "the storm destroyed 9 homes" is not."""
    doer = clause_subject(anchor)
    if doer is None or anchor.head.dep_ != "dobj" or doer.lemma_.lower() in cast.named.events:
        return False
    player = cast.meant(doer)
    return sort_of(doer, cast) in {"bodies", "people"} if player is None else player.kind in {"organisation", "person"}


def _event(anchor: Anchor, cast: Cast) -> Player | None:
    """The event of the clause if it names one with another place or year, else that of the article."""
    subject = clause_subject(anchor)
    earlier = cast.earlier_event(anchor.verb) if anchor.verb is not None and cast.event is not None else None
    if earlier is not None:
        return earlier
    if subject is not None and cast.event is not None:
        for token in [subject, *subject.subtree]:
            local = cast.local_event(token)
            if local is not None:
                return local
    return cast.event
