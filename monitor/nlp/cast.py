"""Who and what an article is about: the named things, how salient each is, and what stands for them.

"the company", "its", "the plant" are read as the most salient compatible name before them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.domain.source import SourceKind
from monitor.nlp.attributes import EntitySpan
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.world import World, WorldCues

_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers"})
_THING = frozenset({"it", "its", "itself", "they", "their", "them", "theirs", "we", "our", "us"})
_ACTORS = frozenset({"organisation", "product", "chip", "model", "process", "place", "group"})
# How much less often than things persons and places are what figures are of.
_TOPICALITY = {"place": 0.4, "group": 0.3, "person": 0.25, "other": 0.6}
_CENTRAL_BANKS = (" national bank", " central bank", " reserve bank", " federal reserve", " bank of ")
NOMINAL_REACH_CHARS = 4000


@dataclass(frozen=True)
class Player:
    """A thing that figures can be of."""

    name: str
    kind: str
    entity_id: str

    @staticmethod
    def of(entity: EntitySpan) -> "Player":
        """The thing that a mention names."""
        return Player(entity.name, entity.kind, entity.entity_id)


class Cast:
    """The named things of one Doc. `events`: noun → event; `title`: names that its title mentions."""

    def __init__(
        self,
        doc: Doc,
        *,
        publisher: str,
        nominals: Mapping[str, str],
        events: Mapping[str, str],
        countries: Mapping[str, str],
        state: frozenset[str] = frozenset(),
        favoured: Iterable[str] = (),
        opening_end: int = 0,
    ) -> None:
        self._doc = doc
        self._nominals = nominals
        self._events = events
        self._publisher = publisher.lower()
        self._countries = countries
        self._state = state
        self.world: World = doc._.world or World(WorldCues())
        told_by = {
            source.name.lower()
            for told in doc._.attributions
            for source in told.chain
            if source.name and source.kind in {SourceKind.MEDIA, SourceKind.PUBLISHER}
        } | {self._publisher}
        papers = [_words(name) for name in told_by]
        self.mentions = [
            mention
            for mention in doc._.entities
            if mention.start >= opening_end
            and mention.kind != "publisher"
            and not any(_words(mention.name) <= paper for paper in papers)
        ]
        self._favoured = frozenset(favoured)
        self._weights = self._weigh()
        self._described = self._descriptions()
        self._event_weight = 0.0
        self.event = self._main_event()

    def _weigh(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        first_end = next((end for _, end in self._doc._.paragraphs), 0)
        for mention in self.mentions:
            weight = 1.0 + (1.5 if mention.start < first_end else 0.0)
            token = self._token_at(mention)
            if token is not None and token.dep_ in {"nsubj", "nsubjpass"}:
                weight += 0.5
            weights[mention.name] = weights.get(mention.name, 0.0) + weight
        for name in self._favoured:
            if name in weights:
                weights[name] += 3.0
        return weights

    def _token_at(self, mention: EntitySpan) -> Token | None:
        span = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return span.root if span is not None else None

    def _descriptions(self) -> dict[str, set[str]]:
        """Common nouns that say what a named thing is: in its name, behind it, or in apposition."""
        described: dict[str, set[str]] = {}
        for mention in self.mentions:
            words = described.setdefault(mention.name, set())
            words.update(word.lower() for word in mention.name.split())
            root = self._token_at(mention)
            if root is None:
                continue
            if root.dep_ in {"compound", "nmod"} and root.head.pos_ == "NOUN" and mention.kind not in {"place", "group"}:
                words.add(root.head.lemma_.lower())
            for child in root.children:
                if child.dep_ == "appos" and child.pos_ == "NOUN":
                    words.add(child.lemma_.lower())
            if root.dep_ == "appos" and root.head.pos_ == "NOUN":
                words.add(root.head.lemma_.lower())
            if root.dep_ == "nsubj" and root.head.lemma_ == "be":
                words.update(
                    child.lemma_.lower() for child in root.head.children if child.dep_ == "attr" and child.pos_ == "NOUN"
                )
        return described

    def at(self, token: Token) -> Player | None:
        """The named thing whose mention covers the token."""
        for mention in self.mentions:
            if mention.start <= token.idx < mention.end:
                return Player.of(mention)
        return None

    def within(self, start: int, end: int) -> list[EntitySpan]:
        """Mentions inside a region, in order."""
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]

    def topic(self) -> Player | None:
        """What the article is most about: its event, or the most salient thing; places and persons count for less."""
        if self.event is not None and self._event_weight >= max(self._weights.values(), default=0.0):
            return self.event
        if not self.mentions:
            return None
        return Player.of(
            min(self.mentions, key=lambda m: (-self._weights[m.name] * _TOPICALITY.get(m.kind, 1.0), m.start))
        )

    def meant(self, token: Token) -> Player | None:
        """What a name, a pronoun or "the company" stands for; None for other nouns."""
        named = self.at(token)
        if named is not None:
            return named
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$"}:
            return self._pronoun(token)
        kind = self._nominals.get(token.lemma_.lower())
        if kind is None or not _is_definite(token):
            return None
        if token.lemma_.lower() in self._events and self.event is not None:
            return self.event
        return self._body_of_state(token) or self._nominal(token, kind)

    def _pronoun(self, token: Token) -> Player | None:
        word = token.lower_
        if word in _HUMAN:
            return self._latest(token, {"person"})
        if word in _THING:
            return self._subject_before(token) or self._latest(
                token, {"organisation", "product", "chip", "model", "process"}
            )
        return None

    def _subject_before(self, token: Token) -> Player | None:
        """The subject of the clause or sentence before, where parallel position makes it the likeliest."""
        sentence = token.sent
        rivals = []
        for mention in self.mentions:
            if mention.start >= token.idx or mention.kind not in _ACTORS or mention.start < sentence.start_char - 400:
                continue
            root = self._token_at(mention)
            if root is None:
                continue
            inside = mention.start >= sentence.start_char
            is_subject = root.dep_ in {"nsubj", "nsubjpass"} or (
                root.dep_ == "poss" and root.head.dep_ in {"nsubj", "nsubjpass"}
            )
            score = (2.0 if is_subject else 0.0) + (1.0 if inside else 0.0) + (0.5 if mention.kind != "place" else -0.5)
            score += min(self._weights[mention.name], 12.0) / 8.0
            score -= (token.idx - mention.start) / 400.0
            rivals.append((score, -mention.start, mention))
        return Player.of(max(rivals, key=lambda rival: rival[:2])[2]) if rivals else None

    def _latest(self, token: Token, kinds: set[str]) -> Player | None:
        before = [m for m in self.mentions if m.start < token.idx and m.kind in kinds]
        return Player.of(before[-1]) if before else None

    def _nominal(self, token: Token, kind: str) -> Player | None:
        lemma = token.lemma_.lower()
        modifiers = {child.lower_ for child in token.lefts if child.dep_ in {"compound", "amod"}}
        rivals = []
        for mention in self.mentions:
            if abs(token.idx - mention.start) > NOMINAL_REACH_CHARS or (mention.kind == "person" and kind != "person"):
                continue
            words = self._described.get(mention.name, set())
            fits = lemma in words
            if not fits and mention.kind != kind:
                continue
            if not fits and kind == "place":
                continue
            score = (4.0 if fits else 0.0) + 2.0 * len(words & modifiers) + min(self._weights[mention.name], 15.0) / 2.0
            distance = token.idx - mention.start
            score -= distance / 1000.0 if distance >= 0 else 3.0
            rivals.append((score, -abs(distance), mention))
        return Player.of(max(rivals, key=lambda rival: rival[:2])[2]) if rivals else None

    def weight(self, player: Player) -> float:
        """How salient a thing is; 0 for one that is not named."""
        return self._weights.get(player.name, 3.0 if player.kind == "event" else 0.0)

    def main_country(self) -> Player | None:
        """The country named most, in the names of its institutions too ("Czech National Bank")."""
        votes: dict[str, float] = {}
        for mention in self.mentions:
            for word in (mention.name, mention.name.split()[0]):
                country = self._countries.get(word)
                if country is not None:
                    votes[country] = votes.get(country, 0.0) + 1.0 + (mention.kind == "place")
                    break
        if not votes:
            return None
        name = min(votes, key=lambda country: (-votes[country], country))
        return Player(name, "place", entity_id(name))

    def central_bank(self) -> Player | None:
        """The bank that sets rates: named, or that of the country, or merely "central bank"."""
        named = [m for m in self.mentions if m.kind == "organisation" and _is_central_bank(m.name)]
        if named:
            return Player.of(min(named, key=lambda m: (-self._weights[m.name], m.start)))
        country = self.main_country()
        name = f"{country.name} central bank" if country is not None else "central bank"
        return Player(name, "organisation", entity_id(name))

    def is_forecaster(self, player: Player) -> bool:
        """Whether a thing is one of those that tell figures of others: an exchange, a research firm, an agency."""
        words = self._described.get(player.name, set()) | set(player.name.lower().split())
        return bool(words & self.world.cues.forecasters)

    def main_organisation(self) -> Player | None:
        """The most salient organisation."""
        names = [mention for mention in self.mentions if mention.kind == "organisation"]
        return Player.of(min(names, key=lambda m: (-self._weights[m.name], m.start))) if names else None

    def _body_of_state(self, token: Token) -> Player | None:
        """The government, army or central bank of the country that the sentence or the article is about."""
        lemma = token.lemma_.lower()
        before = [child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"}]
        noun = f"{before[-1]} {lemma}" if before and f"{before[-1]} {lemma}" in self._state else lemma
        if noun not in self._state:
            return None
        if any(set(noun.split()) <= words for words in self._described.values()):
            return None
        inside = self.within(token.left_edge.idx, token.idx)
        named = [m.name for m in inside if m.name in self._countries]
        country = Player(named[0], "place", entity_id(named[0])) if named else self.main_country()
        if country is None:
            return None
        name = f"{country.name} {noun}"
        return Player(name, "organisation", entity_id(name))

    def main_place(self) -> Player | None:
        """The most salient place."""
        places = [mention for mention in self.mentions if mention.kind == "place"]
        return Player.of(min(places, key=lambda m: (-self._weights[m.name], m.start))) if places else None

    def _main_event(self) -> Player | None:
        """The event that the article is about: its commonest event noun with the place it struck."""
        counts: dict[str, list[Token]] = {}
        for token in self._doc:
            noun = self._events.get(token.lemma_.lower()) or self._events.get(token.lower_)
            if noun is not None and token.pos_ in {"NOUN", "PROPN"}:
                counts.setdefault(noun, []).append(token)
        if not counts:
            return None
        early = next((end for _, end in self._doc._.paragraphs[1:2]), 600)
        noun, tokens = min(
            counts.items(), key=lambda item: (-(len(item[1]) + 2 * (item[1][0].idx < early)), item[1][0].idx)
        )
        if len(tokens) < 2 and tokens[0].idx > early:
            return None
        named = _proper_name(tokens)
        if named:
            self._event_weight = 1.5 * len(tokens) + 3.0
            return Player(named, "event", entity_id(named))
        self._event_weight = 1.5 * len(tokens) + 1.5 * (tokens[0].idx < early)
        return event_player(noun, self._event_place(tokens))

    def _event_place(self, tokens: list[Token]) -> Player | None:
        """The place that an event is named by: salient, narrower than a country, and said beside it."""
        scores: dict[str, tuple[float, EntitySpan]] = {}
        near = {m.name for token in tokens for m in self.within(token.sent.start_char, token.sent.end_char)}
        for mention in self.mentions:
            if mention.kind in {"place", "group"}:
                wide = 0.35 if mention.name in self._countries else 1.0
                score = self._weights[mention.name] * wide * (1.5 if mention.name in near else 1.0)
                scores.setdefault(mention.name, (score, mention))
        if not scores:
            return self.main_place()
        return Player.of(min(scores.values(), key=lambda item: (-item[0], item[1].start))[1])

    def place_near(self, token: Token) -> Player | None:
        """The place in the noun phrase of a token, else the nearest in its sentence."""
        inside = self.within(token.left_edge.idx, token.right_edge.idx + len(token.right_edge))
        around = [m for m in (inside or self.within(token.sent.start_char, token.sent.end_char)) if m.kind == "place"]
        return Player.of(min(around, key=lambda m: (abs(m.start - token.idx), m.start))) if around else None

    def local_event(self, token: Token) -> Player | None:
        """An event named by a noun of this sentence that is not the main one ("the 2018 tremors on Lombok")."""
        noun = self._events.get(token.lemma_.lower())
        named = _proper_name([token]) if noun else ""
        if named:
            return Player(named, "event", entity_id(named))
        start, end = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
        inside = [mention for mention in self.within(start, end) if mention.kind == "place"]
        place = Player.of(inside[0]) if noun and inside else None
        if noun is None or place is None:
            return None
        return event_player(noun, place)


def _is_central_bank(name: str) -> bool:
    low = f" {name.lower()} "
    return any(
        part in low for part in (" national bank", " central bank", " reserve bank", " federal reserve", " bank of ")
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(name.lower().split()) - {"the"}


def _proper_name(tokens: list[Token]) -> str:
    """ "Storm Petra" where an event has a name of its own."""
    for token in tokens:
        after = token.nbor() if token.i + 1 < len(token.doc) else token
        if token.text.istitle() and after.text.istitle() and after.pos_ == "PROPN" and after.ent_type_ != "GPE":
            return f"{token.text} {after.text}"
    return ""


def event_player(noun: str, place: Player | None) -> Player:
    """An event named by its place and sort."""
    name = f"{place.name} {noun}" if place is not None else noun
    return Player(name, "event", entity_id(name))


def _is_definite(token: Token) -> bool:
    if token.tag_ in {"NNS", "NNPS"} and token.lemma_ != token.lower_:
        return False
    determiners = {child.lower_ for child in token.lefts if child.dep_ in {"det", "poss"}}
    return bool(determiners & {"the", "this", "that", "its", "their", "our"})
