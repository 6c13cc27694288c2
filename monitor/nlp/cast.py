"""Who and what an article is about: the named things, how salient each is, and what stands for them.

"the company", "its", "the plant" are read as the most salient compatible name before them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.domain.source import SourceKind
from monitor.nlp.attributes import EntitySpan
from monitor.nlp.clauses import ancestors, shared_subject, subject_of
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.world import World, WorldCues

_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers"})
_THING = frozenset({"it", "its", "itself", "they", "their", "them", "theirs", "we", "our", "us"})
_SETTINGS = frozenset({"place", "group"})
_MANY = frozenset({"they", "their", "them", "theirs"})
_WE = frozenset({"we", "our", "us", "ours"})
_SELF = frozenset({"it", "its", "we", "our", "i", "my"})
_ACTORS = frozenset({"organisation", "product", "chip", "model", "process", "place", "group"})
# How much less often than things persons and places are what figures are of.
_TOPICALITY = {"place": 0.4, "group": 0.3, "person": 0.25, "other": 0.6}
_COMPARING = frozenset({"than", "against", "versus", "unlike", "like"})
_CENTRAL_BANKS = (" national bank", " central bank", " reserve bank", " federal reserve", " bank of ")
_SAYING = frozenset({"say", "announce", "claim", "tell", "add", "warn", "report", "confirm", "deny", "state", "think"})
OPENING_WEIGHT = 2.0  # of what the opening names in its own right
MODIFIER_WEIGHT = 0.5  # of a place that only says what sort a thing is: "a Danish carmaker"
ASSERTER_WEIGHT = 0.5  # of a name that is only there as the one who says something
NOMINAL_REACH_CHARS = 4000
MAX_BEFORE_TOKENS = 100


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
        self.mentions = [mention for mention in self.mentions if not self._is_passing(mention)]
        self._weights = self._weigh()
        self._described = self._descriptions()
        self._headed = self._heads()
        self._state_names: set[str] = set()
        self._event_weight = 0.0
        self.event = self._main_event()

    def _is_passing(self, mention: EntitySpan) -> bool:
        """Papers that are only cited, and the money in which something was paid, are what no figure is of."""
        cues = self.world.cues
        if mention.name.lower() in cues.monies:
            return self._doc.text[max(0, mention.start - 3) : mention.start].lower() == "in "
        if mention.kind in {"event", "other"} and mention.name not in self._favoured and self._is_report(mention):
            return True
        is_paper = mention.kind != "place" and mention.name.lower().split()[-1] in cues.media
        return is_paper and mention.name not in self._favoured

    def _is_report(self, mention: EntitySpan) -> bool:
        """Whether a name is that of a study or poll: it says what figures are of other things."""
        root = self._token_at(mention)
        near = {root.lemma_.lower(), root.head.lemma_.lower()} if root is not None else set()
        return bool(near & self.world.cues.reports)

    def _weigh(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        first_end = next((end for _, end in self._doc._.paragraphs), 0)
        asserting = self._asserting()
        self._owning = {mention.name for mention in self.mentions if mention.start not in asserting}
        for mention in self.mentions:
            if mention.start in asserting:
                weights[mention.name] = weights.get(mention.name, 0.0) + ASSERTER_WEIGHT
                continue
            weight = 1.0 + (1.5 if mention.start < first_end else 0.0)
            token = self._token_at(mention)
            if token is not None and token.dep_ in {"nsubj", "nsubjpass"}:
                weight += 0.5
            if token is not None and mention.kind in _SETTINGS and _is_modifier(token):
                weight = MODIFIER_WEIGHT
            weights[mention.name] = weights.get(mention.name, 0.0) + weight
        for name in self._favoured:
            if name in weights:
                weights[name] += 3.0
        return weights

    def _asserting(self) -> set[int]:
        """Where names stand only because they say something: "…, Quarn Research said", "according to Quarn"."""
        found = set()
        for told in self._doc._.attributions:
            names = [_words(source.name) for source in told.chain if source.name]
            cue = self._doc.char_span(told.cue_start, told.cue_end, alignment_mode="expand")
            if cue is None or self._is_of_itself(told.start, told.end):
                continue
            sentence = cue.root.sent
            for mention in self.within(sentence.start_char, sentence.end_char):
                root = self._token_at(mention)
                if root is None or told.start <= mention.start < told.end or self._is_told_of(root):
                    continue
                if _is_below(root, cue.root) and any(_words(mention.name) & name for name in names):
                    found.add(mention.start)
        return found

    def is_about(self, player: Player) -> bool:
        """Whether the article is about a thing, rather than to quote it or to name it once in passing."""
        if player.kind == "event" or player.name in self._favoured:
            return True
        if player.kind not in {"person", *_SETTINGS}:
            return self.is_owner(player) and (self._is_early(player) or self._count(player) > 2)
        often = sum(mention.name == player.name for mention in self.mentions) > 1
        return self.is_owner(player) and (often or (player.kind != "person" and self.weight(player) > OPENING_WEIGHT))

    def _count(self, player: Player) -> int:
        return sum(mention.name == player.name for mention in self.mentions)

    def _is_early(self, player: Player) -> bool:
        """Whether the opening names a thing."""
        ends = [end for _, end in self._doc._.paragraphs[:2]]
        early = ends[0] if ends and ends[0] > 200 else ends[-1] if ends else 0
        return any(mention.name == player.name and mention.start < early for mention in self.mentions)

    def _is_of_itself(self, start: int, end: int) -> bool:
        """Whether a statement is about the one who makes it: "said it would …", "says its …", "we …"."""
        said = self._doc.char_span(start, end, alignment_mode="expand")
        return said is not None and any(t.lower_ in _SELF and t.dep_ in {"nsubj", "nsubjpass", "poss"} for t in said)

    def _is_told_of(self, root: Token) -> bool:
        """Whether a relative clause says something of a name."""
        return any(child.dep_ == "relcl" for child in root.rights)

    def is_owner(self, player: Player) -> bool:
        """Whether a named thing has more to do with the article than to be quoted in it."""
        return player.name in self._owning or player.name in self._favoured

    def _token_at(self, mention: EntitySpan) -> Token | None:
        span = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return span.root if span is not None else None

    def _descriptions(self) -> dict[str, set[str]]:
        """Common nouns that say what a named thing is: in its name, behind it, or in apposition."""
        described: dict[str, set[str]] = {}
        self._described_at: dict[tuple[str, str], int] = {}
        self._told_at: dict[tuple[str, str], int] = {}
        self._titles: dict[str, set[str]] = {}
        for mention in self.mentions:
            sorts = set(self._sorts(mention))
            words = {*mention.name.lower().split(), *sorts}
            for sort in sorts:
                self._told_at.setdefault((mention.name, sort), mention.start)
            self._titles.setdefault(mention.name, set()).update(self._before(mention))
            described.setdefault(mention.name, set()).update(words)
            for word in words:
                self._described_at.setdefault((mention.name, word), mention.start)
        return described

    def _before(self, mention: EntitySpan) -> set[str]:
        """The two words before a name: "Defence Minister Ana Kole", "chief executive Jon Varga"."""
        span = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return {token.lower_ for token in self._doc[max(0, span.start - 2) : span.start]} if span is not None else set()

    def _sorts(self, mention: EntitySpan) -> Iterator[str]:
        """The common nouns that one mention ties to its name."""
        root = self._token_at(mention)
        if root is None:
            return
        if root.dep_ in {"compound", "nmod"} and root.head.pos_ == "NOUN" and mention.kind != "group":
            yield root.head.lemma_.lower()
        if root.dep_ in {"pobj", "oprd"} and (named := _named_as(root)) is not None:
            yield named.lemma_.lower()
        if root.dep_ == "appos" and root.head.pos_ == "NOUN":
            yield root.head.lemma_.lower()
        said = root.head.children if root.dep_ == "nsubj" and root.head.lemma_ == "be" else ()
        for child in [*root.children, *said]:
            if child.dep_ in {"appos", "attr"} and child.pos_ == "NOUN":
                yield child.lemma_.lower()

    def _heads(self) -> dict[str, Player]:
        """Common noun that ends a name → its bearer, where only one bears it: "line" of "Osier Street tram line"."""
        found: dict[str, set[str]] = {}
        players = {}
        for mention in self.mentions:
            last = mention.name.split()[-1]
            if last.islower() and mention.kind == "place" and " " in mention.name:
                found.setdefault(last, set()).add(mention.name)
                players[last] = Player.of(mention)
        return {last: players[last] for last, names in found.items() if len(names) == 1}

    def at(self, token: Token) -> Player | None:
        """The named thing whose mention covers the token."""
        for mention in self.mentions:
            if mention.start <= token.idx < mention.end:
                return Player.of(mention)
        return None

    def within(self, start: int, end: int) -> list[EntitySpan]:
        """Mentions inside a region, in order."""
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]

    def topic(self, beside: Player | None = None) -> Player | None:
        """What the article is most about: its event, or the most salient thing; places and persons count for less.

        `beside`: of which it is known that it is not this.
        """
        mentions = [m for m in self.mentions if beside is None or m.name != beside.name]
        if self.event is not None and self._event_weight >= max(self._weights.values(), default=0.0):
            return self.event
        if not mentions:
            return None
        best = min(mentions, key=lambda m: (-self._weights[m.name] * _TOPICALITY.get(m.kind, 1.0), m.start))
        if self.event is not None and best.kind == "place" and best.name in self.event.name:
            return self.event
        return Player.of(best)

    def meant(self, token: Token) -> Player | None:
        """What a name, a pronoun or "the company" stands for; None for other nouns."""
        named = self.at(token)
        if named is not None:
            return named
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$"}:
            return self._pronoun(token)
        lemma = token.lemma_.lower()
        kind = self._nominals.get(lemma)
        if _is_definite(token) and lemma in self._headed:
            return self._headed[lemma]
        if kind == "product" and not _is_definite(token) and token.dep_ == "nsubj" and token.lower_ == lemma:
            # "A vaccine cut cases …. The vaccine, known as NB-17, …"
            return self._sole(lemma)
        named_by = self._named_by(token) if kind in {None, "place"} else None
        if named_by is not None:
            return named_by
        if kind is None or not _is_definite(token):
            return self._told_as(token) if kind is None and _is_definite(token) else None
        if token.lemma_.lower() in self._events and self.event is not None:
            return self.event
        return self._body_of_state(token) or self._nominal(token, kind)

    def _named_by(self, token: Token) -> Player | None:
        """ "Tolvar" in "the town of Tolvar"."""
        if self._nominals.get(token.lemma_.lower()) != "place":
            return None
        inner = (c for of in token.rights if of.lower_ == "of" for c in of.children if c.dep_ == "pobj")
        return next((player for child in inner if (player := self.at(child)) is not None), None)

    def _told_as(self, token: Token) -> Player | None:
        """ "the project" for the one thing that was called a project before: "its Sal project"."""
        lemma = token.lemma_.lower()
        told = {
            mention.name: mention
            for mention in self.mentions
            if mention.kind != "person" and self._told_at.get((mention.name, lemma), token.idx) < token.idx
        }
        return Player.of(next(iter(told.values()))) if len(told) == 1 else None

    def _sole(self, lemma: str) -> Player | None:
        """The one product that the article says is such a thing."""
        named = {m.name: m for m in self.mentions if lemma in self._described[m.name] and m.kind == "product"}
        return Player.of(next(iter(named.values()))) if len(named) == 1 else None

    def _pronoun(self, token: Token) -> Player | None:
        word = token.lower_
        if word in _HUMAN:
            return self._latest(token, {"person"})
        if word in _THING:
            doer = self._doer_of(token)
            if doer is not None and doer.lower_ in _THING:
                return self._pronoun(doer)
            if word in _MANY and self._are_people(token):
                return None
            return (
                (self._we(token) if word in _WE else None)
                or self._speaker(token)
                or self._own_subject(token)
                or self._nominal_before(token)
                or self._subject_before(token)
                or self._latest(token, {"organisation", "product", "chip", "model", "process"})
            )
        return None

    def _are_people(self, token: Token) -> bool:
        """Of "Tenants are worse off. They spend …" the tenants: many without a name."""
        said = next((step.head for step in ancestors(token) if step.dep_ == "ccomp"), None)
        speaker = subject_of(said) if said is not None else None
        if speaker is not None and speaker.tag_ == "NNS" and self.at(speaker) is None:
            return True
        start = token.sent.start
        before = self._doc[start - 1].sent if start and token.i - start < 3 else None
        subject = (
            next((t for t in before[:MAX_BEFORE_TOKENS] if t.dep_ in {"nsubj", "nsubjpass"}), None) if before else None
        )
        return subject is not None and subject.tag_ == "NNS" and self.at(subject) is None

    def _we(self, token: Token) -> Player | None:
        """Whom "we" stands for in what somebody says: his organisation."""
        around = [told for told in self._doc._.attributions if told.start <= token.idx < told.end]
        chain = min(around, key=lambda told: told.end - told.start).chain if around else ()
        named = _words(chain[0].name) if chain and chain[0].name else frozenset()
        for mention in self.mentions if named else ():
            if not named & _words(mention.name):
                continue
            if mention.kind == "organisation":
                return Player.of(mention)
            employer = self._employer(mention)
            if employer is not None:
                return employer
        return None

    def _employer(self, person: EntitySpan) -> Player | None:
        """The organisation in the words that bring a person in: "its chief, …", "…, an analyst at Quarn"."""
        root = self._token_at(person)
        if root is None:
            return None
        office = root.head if root.dep_ in {"appos", "compound"} else root
        for child in office.subtree:
            if child.dep_ == "poss" or child.ent_type_ == "ORG":
                is_pronoun = child.tag_ == "PRP$"
                player = self._latest(child, {"organisation"}) if is_pronoun else self.meant(child)
                if player is not None and player.kind == "organisation":
                    return player
        return None

    def _speaker(self, token: Token) -> Player | None:
        """Of "the army said it had …" the army: who speaks of "it" in a clause of saying speaks of itself."""
        if token.lower_ not in {"it", "its", "they", "their"}:
            return None
        for step in ancestors(token):
            if step.dep_ == "ccomp" and step.head.pos_ == "VERB" and step.head.lemma_ in _SAYING:
                subject = subject_of(step.head)
                if subject is None or subject.pos_ == "PRON" or subject.i >= token.i:
                    return None
                return self.meant(subject)
        return None

    def _doer_of(self, token: Token) -> Token | None:
        """Of "the mill shut its line" the mill: a possessive goes with the subject of its own clause."""
        if token.lower_ not in {"its", "their", "our"}:
            return None
        verb = next((step for step in ancestors(token) if step.pos_ in {"VERB", "AUX"}), None)
        subject = shared_subject(verb) if verb is not None else None
        return None if subject is None or subject.i >= token.i or token in subject.subtree else subject

    def _own_subject(self, token: Token) -> Player | None:
        doer = self._doer_of(token)
        player = self.meant(doer) if doer is not None else None
        return player if player is not None and player.kind in _ACTORS else None

    def _nominal_before(self, token: Token) -> Player | None:
        """Of "…, the company said. It aims …" the company, where the sentence before has no named subject."""
        if token.lower_ not in {"it", "its"} or not token.sent.start or token.i - token.sent.start > 2:
            return None
        before = self._doc[token.sent.start - 1].sent
        subjects = [t for t in before[:MAX_BEFORE_TOKENS] if t.dep_ == "nsubj"]
        if any(self.at(t) is not None for t in subjects):
            return None
        for subject in subjects:
            if self._nominals.get(subject.lemma_.lower()) == "organisation" and _is_definite(subject):
                return self.meant(subject)
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

    def place_before(self, token: Token) -> Player | None:
        """The place named last before a word such as "there"."""
        return self._latest(token, {"place"})

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
            if not fits and mention.kind != kind and (mention.kind, kind) != ("other", "organisation"):
                continue
            if not fits and kind == "place":
                continue
            # what a thing is only called further down counts little here
            told = fits and self._described_at.get((mention.name, lemma), 0) <= token.idx
            score = (
                (4.0 if told else 1.0 if fits else 0.0)
                + 2.0 * len(words & modifiers)
                + min(self._weights[mention.name], 15.0) / 2.0
            )
            distance = token.idx - mention.start
            score -= distance / 1000.0 if distance >= 0 else 3.0
            score -= 3.0 if self._is_compared(mention) else 0.0
            rivals.append((score, -abs(distance), mention))
        return Player.of(max(rivals, key=lambda rival: rival[:2])[2]) if rivals else None

    def _is_compared(self, mention: EntitySpan) -> bool:
        """Whether a name only serves to compare another with it: "less power than the A8"."""
        root = self._token_at(mention)
        return root is not None and root.head.lower_ in _COMPARING

    def weight(self, player: Player) -> float:
        """How salient a thing is; 0 for one that is not named."""
        return self._weights.get(player.name, 3.0 if player.kind == "event" else 0.0)

    def salience(self, player: Player) -> float:
        """Its weight as something that figures are of: places and persons count for less than things."""
        return self.weight(player) * _TOPICALITY.get(player.kind, 1.0)

    def main_country(self) -> Player | None:
        """The country named most, in the names of its institutions too ("Czech National Bank")."""
        votes: dict[str, float] = {}
        for mention in self.mentions:
            named = (self._countries.get(word) for word in (mention.name, mention.name.split()[0]))
            country = next((name for name in named if name is not None), None) or self._country_in(mention)
            if country is not None:
                votes[country] = votes.get(country, 0.0) + 1.0 + (mention.kind == "place")
        if not votes:
            return None
        name = min(votes, key=lambda country: (-votes[country], country))
        return Player(name, "place", entity_id(name))

    def _country_in(self, mention: EntitySpan) -> str | None:
        """A country that no list names: of "National Bank of Velmia", "Velmia's parliament", "the army of Velmia"."""
        if mention.kind == "organisation" and _is_central_bank(mention.name) and " of " in mention.name:
            return mention.name.rsplit(" of ", 1)[1]
        if mention.kind != "place":
            return None
        if mention.name not in self._state_names:
            span = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
            bodies = self.world.cues.state_bodies
            after = [t.lower_ for t in self._doc[span.end : span.end + 3]] if span is not None else []
            before = [t.lower_ for t in self._doc[max(0, span.start - 2) : span.start]] if span is not None else []
            owns = after[:1] in (["'s"], ["’s"]) and bool(bodies.intersection(after))
            if not owns and not (before[-1:] == ["of"] and bodies.intersection(before)):
                return None
            self._state_names.add(mention.name)
        return mention.name

    def central_bank(self, noun: Token | None = None, place: Player | None = None) -> Player | None:
        """The bank that sets rates: in the noun's phrase; without a noun the main one, that of the country, or just
        "central bank".
        """
        named = [m for m in self.mentions if m.kind == "organisation" and _is_central_bank(m.name)]
        if noun is not None:
            end = noun.right_edge.idx + len(noun.right_edge)
            inside = [m for m in named if noun.left_edge.idx <= m.start < end]
            return Player.of(inside[0]) if inside else None
        if named:
            return Player.of(min(named, key=lambda m: (-self._weights[m.name], m.start)))
        country = place or self.main_country()
        name = f"{country.name} central bank" if country is not None else "central bank"
        return Player(name, "organisation", entity_id(name))

    def is_forecaster(self, player: Player) -> bool:
        """Whether a thing is one of those that tell figures of others: an exchange, a research firm, an agency."""
        words = self._described.get(player.name, set()) | set(player.name.lower().split())
        return bool(words & self.world.cues.forecasters)

    def medicine(self) -> Player | None:
        """The medicine that the article is most about."""
        named = [m for m in self.mentions if m.kind == "product" and self._is_medicine(m)]
        best = min(named, key=lambda m: (-self._weights[m.name], m.start), default=None)
        is_main = best is not None and (best.name in self._favoured or sum(m.name == best.name for m in named) > 1)
        return Player.of(best) if best is not None and is_main else None

    def _is_medicine(self, mention: EntitySpan) -> bool:
        in_small = any(m.name == mention.name and self._doc.text[m.start].islower() for m in self.mentions)
        return in_small or bool(self._described.get(mention.name, set()) & self.world.cues.medicines)

    def is_sort_of_thing(self, noun: Token) -> bool:
        """Whether a common noun is that of built or made things, and not of people or bodies."""
        lemma = noun.lemma_.lower()
        return self._nominals.get(lemma) in {"product", "place"} or lemma in self.world.cues.works

    def is_works(self, player: Player) -> bool:
        """Whether a thing is a built site: a plant, a mine, a bridge."""
        return player.name.split()[-1].lower() in self.world.cues.works and " " in player.name

    def is_officer(self, player: Player) -> bool:
        """Whether a person speaks and acts for others: a minister, a chief executive."""
        words = {*self._described.get(player.name, ()), *self._titles.get(player.name, ())}
        return bool(words & self.world.cues.officers)

    def is_taker(self, player: Player) -> bool:
        """Whether a thing is a gang or the like, which tells what it took from others."""
        return bool(self._described.get(player.name, set()) & self.world.cues.takers)

    def main_organisation(self) -> Player | None:
        """The most salient organisation."""
        names = [mention for mention in self.mentions if mention.kind == "organisation"]
        return Player.of(min(names, key=lambda m: (-self._weights[m.name], m.start))) if names else None

    def _body_of_state(self, token: Token) -> Player | None:
        """The government, army or central bank of the country that the sentence or the article is about."""
        lemma = token.lemma_.lower()
        before = [child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"}]
        noun = f"{before[-1]} {lemma}" if before and f"{before[-1]} {lemma}" in self._state else lemma
        public = lemma in self.world.cues.public
        if noun not in self._state and not public:
            return None
        if any(set(noun.split()) <= words for words in self._described.values()):
            return None
        if noun not in self._state:
            sort = [child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"} and child.text.islower()]
            own = " ".join([*sort, lemma])
            return Player(own, "organisation", entity_id(own))
        inside = self.within(token.left_edge.idx, token.idx)
        named = [m.name for m in inside if m.name in self._countries]
        country = Player(named[0], "place", entity_id(named[0])) if named else self.main_country()
        name = f"{country.name} {noun}" if country is not None else noun
        return Player(name, "organisation", entity_id(name))

    def main_place(self) -> Player | None:
        """The most salient place."""
        places = [mention for mention in self.mentions if mention.kind == "place"]
        return Player.of(min(places, key=lambda m: (-self._weights[m.name], m.start))) if places else None

    def _main_event(self) -> Player | None:
        """The event that the article is about: its commonest event noun with the place it struck."""
        counts: dict[str, list[Token]] = {}
        for token in self._doc if self.world.harmful else ():
            noun = self._events.get(token.lemma_.lower()) or self._events.get(token.lower_)
            if token.pos_ == "VERB":
                noun = self.world.cues.event_verbs.get(token.lemma_.lower())
            if noun is not None and token.pos_ in {"NOUN", "PROPN", "VERB"}:
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
        """The place that an event is named by: said of it or struck by it, salient, and narrower than a country."""
        struck = {mention.start for token in tokens for mention in self._struck(token)}
        near = {m.name for token in tokens for m in self.within(token.sent.start_char, token.sent.end_char)}
        scores: dict[str, float] = {}
        first: dict[str, EntitySpan] = {}
        for mention in self.mentions:
            if mention.kind not in {"place", "group"}:
                continue
            first.setdefault(mention.name, mention)
            score = 4.0 if mention.start in struck else 0.0
            # people of a country are hurt far from it too ("three Britons")
            is_people = self._doc.text[mention.start : mention.end].lower() not in {mention.name.lower()}
            score -= 0.5 if is_people and mention.name in self._countries.values() else 0.0
            scores[mention.name] = scores.get(mention.name, 0.0) + score
        if not first:
            return self.main_place()

        def weight(name: str) -> float:
            wide = 0.35 if name in self._countries else 1.0
            return (self._weights[name] * (1.5 if name in near else 1.0) + scores[name]) * wide

        return Player.of(first[min(first, key=lambda name: (-weight(name), first[name].start))])

    def _struck(self, token: Token) -> list[EntitySpan]:
        """Places in the phrase of an event's noun, or behind the verb of which it is the subject."""
        start, end = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
        found = self.within(start, end)
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ == "VERB":
            for child in token.head.rights:
                if child.dep_ in {"dobj", "prep"}:
                    found += self.within(child.left_edge.idx, child.right_edge.idx + len(child.right_edge))
        return [mention for mention in found if mention.kind == "place"]

    def local_event(self, token: Token) -> Player | None:
        """An event named by a noun of this sentence that is not the main one ("the 2018 tremors on the next island")."""
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


def _is_modifier(token: Token) -> bool:
    return token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ == "NOUN"


def _is_below(token: Token, verb: Token) -> bool:
    """Whether a token belongs to the clause of a verb, and to none inside it."""
    for step in ancestors(token):
        if step == verb:
            return True
        if step != token and step.pos_ in {"VERB", "AUX"}:
            return False
    return False


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


def _named_as(root: Token) -> Token | None:
    """The noun that a name is given to: "the vaccine, known as NB-17"."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "as" else root.head
    is_naming = verb.lemma_ in {"know", "call", "name", "dub", "brand", "market"} and verb.dep_ == "acl"
    return verb.head if is_naming and verb.head.pos_ == "NOUN" else None


def _is_definite(token: Token) -> bool:
    if token.tag_ in {"NNS", "NNPS"} and token.lemma_ != token.lower_:
        return False
    determiners = {child.lower_ for child in token.lefts if child.dep_ in {"det", "poss"}}
    return bool(determiners & {"the", "this", "that", "its", "their", "our"})
