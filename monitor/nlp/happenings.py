"""The event that an article is about: an earthquake, a crash; named by its sort and the place that it struck."""

import re

from spacy.tokens import Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.named import Named
from monitor.nlp.players import Player
from monitor.nlp.text import text_of

_EARLIER = frozenset({"a", "an", "another", "last", "previous", "earlier", "similar", "worst", "deadliest", "comparable"})
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_THEN = frozenset({"in", "of"})
_THERE = frozenset({"in", "on", "at", "off", "near", "across"})


class Happenings:
    """The events of one Doc. `main`: the one that it is about; `weight`: how much it is."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self.weight = 0.0
        self.noun = ""
        self.main = self._main_event()

    def _main_event(self) -> Player | None:
        """The event that the article is about: its commonest event noun with the place it struck."""
        counts: dict[str, list[Token]] = {}
        for token in self._named.doc if self._named.world.harmful else ():
            noun = self._named.events.get(token.lemma_.lower()) or self._named.events.get(token.lower_)
            if token.pos_ == "VERB":
                noun = self._named.world.cues.event_verbs.get(token.lemma_.lower())
            if token.dep_ == "compound" and token.head.lemma_.lower() in self._named.world.cues.responders:
                continue
            if noun is not None and token.pos_ in {"NOUN", "PROPN", "VERB"}:
                counts.setdefault(noun, []).append(token)
        if not counts:
            return None
        early = next((end for _, end in self._named.doc._.paragraphs[1:2]), 600)
        noun, tokens = min(
            counts.items(), key=lambda item: (-(len(item[1]) + 2 * (item[1][0].idx < early)), item[1][0].idx)
        )
        if len(tokens) < 2 and tokens[0].idx > early:
            return None
        self.noun = noun
        titled = self._titled(noun)
        named = titled.name if titled is not None else _proper_name(tokens)
        if named:
            self.weight = 1.5 * len(tokens) + 3.0
            return Player(named, "event", entity_id(named))
        self.weight = 1.5 * len(tokens) + 1.5 * (tokens[0].idx < early)
        return event_player(noun, self._event_place(tokens))

    def _titled(self, noun: str) -> EntitySpan | None:
        """The event that the title names by its own name: "Crag Point Fire"."""
        named = (m for m in self._named.mentions if m.name in self._named.favoured and " " in m.name)
        return next((m for m in named if self._named.events.get(m.name.split()[-1].lower()) == noun), None)

    def _event_place(self, tokens: list[Token]) -> Player | None:
        """The place that an event is named by: said of it or struck by it, salient, and narrower than a country."""
        struck = {mention.start for token in tokens for mention in self._struck(token)}
        near = {m.name for token in tokens for m in self._named.within(token.sent.start_char, token.sent.end_char)}
        scores: dict[str, float] = {}
        first: dict[str, EntitySpan] = {}
        for mention in self._named.mentions:
            if mention.kind not in {"place", "group"}:
                continue
            first.setdefault(mention.name, mention)
            score = 4.0 if mention.start in struck else 0.0
            # people of a country are hurt far from it too ("three Britons")
            is_people = text_of(self._named.doc)[mention.start : mention.end].lower() not in {mention.name.lower()}
            score -= 0.5 if is_people and mention.name in self._named.countries.values() else 0.0
            scores[mention.name] = scores.get(mention.name, 0.0) + score
        if not first:
            return self._named.main_place()

        def weight(name: str) -> float:
            wide = 0.35 if name in self._named.countries else 1.0
            return (self._named.weights[name] * (1.5 if name in near else 1.0) + scores[name]) * wide

        return Player.of(first[min(first, key=lambda name: (-weight(name), first[name].start))])

    def _struck(self, token: Token) -> list[EntitySpan]:
        """Places in the phrase of an event's noun, or behind the verb of which it is the subject."""
        start, end = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
        found = self._named.within(start, end)
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ == "VERB":
            for child in token.head.rights:
                if child.dep_ in {"dobj", "prep"}:
                    found += self._named.within(child.left_edge.idx, child.right_edge.idx + len(child.right_edge))
        return [mention for mention in found if mention.kind == "place"]

    def earlier(self, verb: Token) -> Player | None:
        """The event of another year that a clause tells of: "In 2018 tremors on Lombok killed 500"; None for others.

        It is named by that year, by the place that the clause names, and by its sort.
        """
        article = self._named.doc._.article
        published = article.published.year if article is not None and article.published is not None else None
        inside = [t for t in verb.children if t.dep_ == "prep"]
        years = (t for prep in inside if prep.lower_ in _THEN for t in prep.subtree if _YEAR.fullmatch(t.text))
        year = next((t.text for t in years if t.ent_type_ == "DATE"), "")
        if published is None or not year or int(year) >= published:
            return None
        subjects = [t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}]
        near = [*subjects, *(prep for prep in inside if prep.lower_ in _THERE)]
        noun = next(
            (n for t in subjects for s in t.subtree if (n := self._named.events.get(s.lemma_.lower()))), self.noun
        )
        places = (m for t in near for m in self._named.within(*_edges(t)) if m.kind == "place")
        return event_player(f"{noun} of {year}", next((Player.of(place) for place in places), None))

    def local_event(self, token: Token) -> Player | None:
        """An event named by a noun of this sentence that is not the main one ("the 2018 tremors on the next island")."""
        noun = self._named.events.get(token.lemma_.lower())
        named = _proper_name([token]) if noun else ""
        if named:
            return Player(named, "event", entity_id(named))
        year = _year_before(token) if noun else ""
        if year:
            return Player(f"{year} {noun}", "event", entity_id(f"{year} {noun}"))
        start, end = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
        inside = [mention for mention in self._named.within(start, end) if mention.kind == "place"]
        place = Player.of(inside[0]) if noun and inside else None
        if noun is None or place is None:
            return None
        return event_player(noun, place)


def _edges(token: Token) -> tuple[int, int]:
    return token.left_edge.idx, token.right_edge.idx + len(token.right_edge)


def _proper_name(tokens: list[Token]) -> str:
    """ "Storm Petra" where an event has a name of its own."""
    for token in tokens:
        after = token.nbor() if token.i + 1 < len(token.doc) else token
        if token.text.istitle() and after.text.istitle() and after.pos_ == "PROPN" and after.ent_type_ != "GPE":
            return f"{token.text} {after.text}"
    return ""


def _year_before(token: Token) -> str:
    """The year of an earlier event: of "in 1994 another quake …", "the last eruption, in 1998, …"."""
    modifiers = {child.lower_ for child in token.lefts}
    if not modifiers & _EARLIER:
        return ""
    near = token.doc[token.sent.start : min(token.sent.end, token.i + 6)]
    return next((other.text for other in near if _YEAR.fullmatch(other.text)), "")


def event_player(noun: str, place: Player | None) -> Player:
    """An event named by its place and sort."""
    if place is not None and place.name.lower().endswith(f" {noun}"):
        return Player(place.name, "event", entity_id(place.name))
    name = f"{place.name} {noun}" if place is not None else noun
    return Player(name, "event", entity_id(name))
