"""Figure of the world → its subject: a crop and its country, a country for its statistics, the good that has a price."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from monitor.nlp.cast import Cast
from monitor.nlp.clauses import ancestors
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.players import Player
from monitor.nlp.ties import Anchor
from monitor.nlp.world import World, full_good, good_in, is_told

_SHARES = frozenset({"percent", "percentage_point", "ratio"})
# Sorts of prices and of inflation: they need one of the second set beside them.
_SORTS = frozenset({"consumer", "food", "energy", "core", "headline", "services"})
_PRICED = frozenset({"price", "prices", "inflation", "rate", "cpi"})
_RATE = frozenset({"rate", "rates"})
_LOANS = frozenset({"mortgage", "mortgages", "loan", "loans", "savings", "bond", "swap", "occupancy", "swaps"})
# What companies and clubs have as well as countries.
_PAID = frozenset({"pay", "wage", "wages", "pension", "pensions", "deficit", "energy", "food"})
_HOMES = frozenset({"household", "households"})  # that are counted may be anybody's customers
_REGION = frozenset({"in", "across", "throughout", "at"})


def world_subject(
    anchor: Anchor, cast: Cast, nouns: Sequence[Token], doer: Token | None, metric: str, unit: str
) -> Player | None:
    """The subject of a figure that is the world's; None where it is somebody's own."""
    words = metric.split()
    for find in (_rate, _national, _price, _crop, _weather, _market, _trial):
        player = find(anchor, cast, [*nouns], doer, words, unit)
        if player is not None:
            return player
    return None


def _named(name: str, kind: str) -> Player:
    return Player(name, kind, entity_id(name))


def _is_money(unit: str) -> bool:
    first = unit.split("/")[0]
    return len(first) == 3 and first.isupper()


def _rate(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """What a central bank sets."""
    if unit not in _SHARES or not _RATE.intersection(words) or _LOANS.intersection(words):
        return None
    if not cast.named.world.cues.rates.intersection(words):
        return None
    near = [*nouns, *([doer] if doer is not None else [])]
    named = next((bank for noun in near if (bank := cast.named.central_bank(noun)) is not None), None)
    return named or cast.named.central_bank(place=place_of(anchor, cast, nouns, doer))


def _national(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """Statistics of a country, or of the place that the clause names."""
    cues = cast.named.world.cues
    found = cues.national.intersection(words)
    if found <= _SORTS and not _PRICED.intersection(words):
        found = frozenset()
    if unit.startswith("count"):
        found -= _HOMES
    outlook = bool(words) and cues.outlook.issuperset(words) and unit in _SHARES and cast.named.world.national
    if not found and not outlook:
        return None
    if "rate" not in words and _PAID & found and (_is_own(anchor, cast, doer) or _is_of_company(cast)):
        return None
    own = place_of(anchor, cast, nouns, doer)
    place = own or cast.named.main_country() or cast.named.main_place()
    topic = cast.topic()
    if own is None and place is not None and topic is not None and not _is_named_more(place, topic, cast):
        place = topic
    if place is not None and cast.named.is_works(place):
        # a dam has no turnout, the land that votes on it has
        place = topic if topic is not None and topic.kind in {"organisation", "place"} else None
    if place is not None:
        return place
    if cast.named.issuer is not None and topic is not None and topic.name == cast.named.issuer.name:
        return topic
    # with no place named every article must call it the same: the statistic itself
    statistic = min(found - _SORTS, default="")
    return _named(statistic or (f"{min(found)} prices" if found else "economy"), "other")


def _is_named_more(place: Player, topic: Player, cast: Cast) -> bool:
    """Whether a place is more than one named in passing, where the article is about another place or a body."""
    return cast.named.is_about(place) or topic.kind not in {"place", "organisation"} or cast.named.is_forecaster(topic)


def _is_own(anchor: Anchor, cast: Cast, doer: Token | None) -> bool:
    player = cast.meant(doer) if doer is not None else None
    return player is not None and player.kind == "organisation" and not cast.named.is_forecaster(player)


def _is_of_company(cast: Cast) -> bool:
    """Whether the article is about a body with figures of its own and not about a country's statistics."""
    topic = cast.topic()
    owns = (
        topic is not None
        and topic.kind == "organisation"
        and cast.named.is_owner(topic)
        and not cast.named.is_forecaster(topic)
    )
    return owns and not cast.named.world.national


def _price(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """A good and its sort, for a price of it: "Barley cost $212 a tonne"."""
    is_money, cues = _is_money(unit), cast.named.world.cues
    if not (is_money and "/" in unit) and not cues.prices.intersection(words):
        return None
    if not is_money and unit not in _SHARES:
        return None
    near = [*nouns, *([doer] if doer is not None else [])]
    good = good_in(near, words, cues)
    # "sold coffee worth $3 million" is of the seller
    if not good or (_is_own(anchor, cast, doer) and not is_told(anchor, cues)):
        return None
    names = [(mention.start, mention.end) for mention in cast.named.mentions]
    full = next((name for noun in near if (name := full_good(noun, good, names)) != good), good)
    place = place_of(anchor, cast, near[:1], None)
    return _named(f"{place.name} {full}" if place is not None else full, "product")


def _crop(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """A crop and where it grows, for harvests, sowings and what is expected of them."""
    cues, crop = cast.named.world.cues, cast.named.world.crop
    named = good_in(nouns, words, cues)
    named = named if named in cues.crops else ""
    if not named and not crop:
        return None
    if not _is_farming(cast.named.world, words, unit, named=bool(named)):
        return None
    if not cues.harvest.intersection(words) and not is_told(anchor, cues) and _buys(anchor, cast, doer):
        return None
    place = place_of(anchor, cast, nouns, doer) or cast.named.main_country() or _about_place(cast)
    good = named or crop
    return _named(f"{place.name} {good}" if place is not None else good, "product")


def _about_place(cast: Cast) -> Player | None:
    place = cast.named.main_place()
    return place if place is not None and cast.named.is_about(place) else None


def _is_farming(world: World, words: list[str], unit: str, *, named: bool) -> bool:
    cues = world.cues
    if unit in cues.farm_units:
        return True
    if _is_money(unit) or unit.startswith("count") or unit == "date":
        return False
    if cues.harvest.intersection(words):
        return True
    return bool(cues.farming.intersection(words)) and (named or bool(world.crop))


def _buys(anchor: Anchor, cast: Cast, doer: Token | None) -> bool:
    """Whether somebody named handles the crop himself: imports, mills or sells it."""
    player = cast.meant(doer) if doer is not None else None
    return player is not None and player.kind in {"organisation", "person"} and not cast.named.is_forecaster(player)


def _weather(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    cues = cast.named.world.cues
    found = cues.weather.intersection(words)
    if not found or unit.startswith(("count", "megawatt")):
        return None
    if _is_money(unit):
        return None
    place = place_of(anchor, cast, nouns, doer)
    if place is None and cast.event is None:
        place = cast.named.main_place() or cast.named.main_country() or _named(min(found), "other")
    return place


def _market(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """The market itself: "The market for training services was worth …"."""
    for noun in [*nouns, *([doer] if doer is not None else [])]:
        if noun.lemma_.lower() != "market" or "share" in words:
            continue
        goods = [
            inner
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ in {"for", "in"}
            for inner in child.children
            if inner.dep_ == "pobj" and inner.pos_ == "NOUN"
        ] or [child for child in noun.lefts if child.dep_ == "compound" and child.pos_ == "NOUN"][-1:]
        if goods:
            sort = [t.lower_ for t in goods[0].lefts if t.dep_ in {"amod", "compound"} and t.text.islower()]
            return _named(" ".join([*sort, goods[0].lower_, "market"]), "other")
    return None


def _trial(
    anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None, words: list[str], unit: str
) -> Player | None:
    """A medicine, for what its trial found in those who took it; one named in the clause itself goes first."""
    if not cast.named.world.cues.clinical.intersection(words) or _is_money(unit):
        return None
    told = cast.meant(doer) if doer is not None else None
    own = told is not None and told.kind in {"product", "event", "other"}
    near = [noun for noun in (*nouns, doer, anchor.verb) if noun is not None]
    return None if own or any(_names_thing(cast, noun) for noun in near) else cast.named.medicine()


def _names_thing(cast: Cast, noun: Token) -> bool:
    inside = cast.named.within(noun.left_edge.idx, noun.right_edge.idx + len(noun.right_edge))
    return any(mention.kind in {"product", "event", "other"} for mention in inside)


def place_of(anchor: Anchor, cast: Cast, nouns: list[Token], doer: Token | None) -> Player | None:
    """The place of a clause: in the noun's phrase, beside its verb ("In Poland …"), or in the subject's phrase."""
    for noun in nouns:
        place = _nearest(cast, noun)
        if place is not None:
            return place
    for preposition in _beside(anchor):
        for inner in preposition.children:
            place = _nearest(cast, inner) if inner.dep_ == "pobj" else None
            if place is not None:
                return place
    return _nearest(cast, doer) if doer is not None else None


def _beside(anchor: Anchor) -> Iterator[Token]:
    start = anchor.verb if anchor.verb is not None else anchor.head
    for step in ancestors(start):
        if step.pos_ in {"VERB", "AUX"}:
            yield from (child for child in step.children if child.dep_ == "prep" and child.lower_ in _REGION)
            return


def _nearest(cast: Cast, noun: Token) -> Player | None:
    inside = cast.named.within(noun.left_edge.idx, noun.right_edge.idx + len(noun.right_edge))
    places = [mention for mention in inside if mention.kind in {"place", "group"}]
    return Player.of(min(places, key=lambda mention: abs(mention.start - noun.idx))) if places else None
