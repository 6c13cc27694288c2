"""What pronouns and common nouns stand for: "its", "the company", "the plant" are names said before."""

from spacy.tokens import Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.centres import SAYING, centre_before
from monitor.nlp.clauses import ancestors, shared_subject, subject_of
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.named import Named
from monitor.nlp.players import Player, token_at, words_of
from monitor.nlp.sites import LANDS, TOWNS, site_before
from monitor.nlp.text import text_of

_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers"})
_THING = frozenset({"it", "its", "itself", "they", "their", "them", "theirs", "we", "our", "us"})
_MANY = frozenset({"they", "their", "them", "theirs"})
_I = frozenset({"i", "me", "my", "mine"})
_WE = frozenset({"we", "our", "us", "ours"})
_ACTORS = frozenset({"organisation", "product", "chip", "model", "process", "place", "group"})
_COMPARING = frozenset({"than", "against", "versus", "unlike", "like"})
_WATCHING = frozenset({"agency", "authority", "ministry", "bureau"})
_CENTRES = _ACTORS | {"other", "event"}
NOMINAL_REACH_CHARS = 4000
SHORTEST_PART = 4  # letters of a noun that stands for a compound of it
MAX_BEFORE_TOKENS = 100


class References:
    """Resolves the words of one Doc against its named things: the most salient compatible name before them."""

    def __init__(self, named: Named, event: Player | None) -> None:
        self._named, self._event = named, event

    def meant(self, token: Token) -> Player | None:
        """What a name, a pronoun or "the company" stands for; None for other nouns."""
        named = self._named.at(token)
        if named is not None:
            return named
        if token.pos_ == "NOUN" and (beside := self._beside(token)) is not None:
            return beside
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$"}:
            return self._pronoun(token)
        lemma = token.lemma_.lower()
        kind = self._named.nominals.get(lemma)
        headed = self._headed(lemma) if _is_definite(token) else None
        if headed is not None:
            return headed
        if kind == "product" and not _is_definite(token) and token.dep_ == "nsubj" and token.lower_ == lemma:
            # "A vaccine cut cases …. The vaccine, known as NB-17, …"
            return self._sole(lemma)
        named_by = self._named_by(token) if kind in {None, "place"} else None
        if named_by is not None:
            return named_by
        if kind in {"organisation", "place"} and self._is_placed(token):
            return None
        if kind is None or not _is_definite(token):
            owned = self._employed(token, kind)
            return owned or (
                self._told_as(token) or site_before(token, self._named) if kind is None and _is_definite(token) else None
            )
        if kind == "place" and lemma not in LANDS | TOWNS:
            return self._nominal(token, kind) or site_before(token, self._named)
        if token.lemma_.lower() in self._named.events and self._event is not None:
            return self._event
        return self._body_of_state(token) or self._employed(token, kind) or self._nominal(token, kind)

    def _beside(self, token: Token) -> Player | None:
        """ "Fructa" of "the cooperative, Fructa, pays …"."""
        named = (self._named.at(child) for child in token.rights if child.dep_ == "appos")
        return next((player for player in named if player is not None), None)

    def _headed(self, lemma: str) -> Player | None:
        """The one site whose name ends in a noun, or in a longer one: "the yard" of "Selby shipyard"."""
        found = {player for last, player in self._named.headed.items() if last == lemma or _ends_in(last, lemma)}
        return found.pop() if len(found) == 1 else None

    def _named_by(self, token: Token) -> Player | None:
        """ "Tolvar" in "the town of Tolvar"."""
        if self._named.nominals.get(token.lemma_.lower()) != "place":
            return None
        inner = (c for of in token.rights if of.lower_ == "of" for c in of.children if c.dep_ == "pobj")
        return next((player for child in inner if (player := self._named.at(child)) is not None), None)

    def _is_placed(self, token: Token) -> bool:
        """Whether a place tells a thing from its like: "the hospital in Tolvar town" is none that was named before."""
        inner = (c for prep in token.rights if prep.lower_ in {"in", "at", "near"} for c in prep.children)
        return any(child.dep_ == "pobj" and self._placed_by(child) for child in inner)

    def _placed_by(self, token: Token) -> bool:
        around = [token, *(child for child in token.lefts if child.dep_ == "compound")]
        return any(player is not None and player.kind == "place" for player in map(self._named.at, around))

    def _told_as(self, token: Token) -> Player | None:
        """ "the project" for the one thing that was called a project before: "its Sal project"."""
        lemma = token.lemma_.lower()
        told = {
            mention.name: mention
            for mention in self._named.mentions
            if mention.kind != "person"
            and self._named.described.told_at.get((mention.name, lemma), token.idx) < token.idx
        }
        return Player.of(next(iter(told.values()))) if len(told) == 1 else None

    def _employed(self, token: Token, kind: str | None) -> Player | None:
        """Of "Rovers chairman Owen Bell said his club …" Rovers: what is his is the body that he speaks for."""
        owner = next((child for child in token.lefts if child.tag_ == "PRP$" and child.lower_ in _HUMAN), None)
        if owner is None or (kind or self._sort(token)) not in {"organisation", "bodies"}:
            return None
        person = next((m for m in reversed(self._named.mentions) if m.start < owner.idx and m.kind == "person"), None)
        return self._employer(person) if person is not None else None

    def _sort(self, token: Token) -> str:
        return self._named.world.cues.nouns.get(token.lemma_.lower(), "")

    def _sole(self, lemma: str) -> Player | None:
        """The one product that the article says is such a thing."""
        named = {
            m.name: m
            for m in self._named.mentions
            if lemma in self._named.described.words[m.name] and m.kind == "product"
        }
        return Player.of(next(iter(named.values()))) if len(named) == 1 else None

    def _pronoun(self, token: Token) -> Player | None:
        word = token.lower_
        if word in _HUMAN:
            return self._latest(token, {"person"})
        if word in _WE | _I and not self._is_said(token):
            return self._named.author
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
                or self._centre(token)
                or self._nominal_before(token)
                or (None if self._is_of_thing(token) else self._named_before(token))
            )
        return None

    def _are_people(self, token: Token) -> bool:
        """Of "Tenants are worse off. They spend …" the tenants: many without a name."""
        said = next((step.head for step in ancestors(token) if step.dep_ == "ccomp"), None)
        speaker = subject_of(said) if said is not None else None
        if speaker is not None and speaker.tag_ == "NNS" and self._named.at(speaker) is None:
            return True
        start = token.sent.start
        before = self._named.doc[start - 1].sent if start and token.i - start < 3 else None
        subject = (
            next((t for t in before[:MAX_BEFORE_TOKENS] if t.dep_ in {"nsubj", "nsubjpass"}), None) if before else None
        )
        return subject is not None and subject.tag_ == "NNS" and self._named.at(subject) is None

    def _is_said(self, token: Token) -> bool:
        """Whether somebody other than whoever writes the text says a word, be it nobody knows who."""
        told = any(one.start <= token.idx < one.end and one.chain for one in self._named.doc._.attributions)
        paragraph = next(((a, b) for a, b in self._named.doc._.paragraphs if a <= token.idx < b), (0, token.idx))
        before = text_of(self._named.doc)[paragraph[0] : token.idx]
        return told or before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def _we(self, token: Token) -> Player | None:
        """Whom "we" stands for in what somebody says: his organisation."""
        around = [told for told in self._named.doc._.attributions if told.start <= token.idx < told.end]
        chain = min(around, key=lambda told: told.end - told.start).chain if around else ()
        named = words_of(chain[0].name) if chain and chain[0].name else frozenset()
        for mention in self._named.mentions if named else ():
            if not named & words_of(mention.name):
                continue
            if mention.kind == "organisation":
                return Player.of(mention)
            employer = self._employer(mention)
            if employer is not None:
                return employer
        return None

    def _employer(self, person: EntitySpan) -> Player | None:
        """The organisation in the words that bring a person in: "its chief, …", "…, an analyst at Quarn"."""
        root = token_at(self._named.doc, person)
        if root is None:
            return None
        office = root.head if root.dep_ in {"appos", "compound"} else root
        for child in office.subtree:
            if child.dep_ in {"poss", "compound", "nmod"} or child.ent_type_ == "ORG":
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
            if step.dep_ == "ccomp" and step.head.pos_ == "VERB" and step.head.lemma_ in SAYING:
                subject = subject_of(step.head)
                if subject is None or subject.pos_ == "PRON" or subject.i >= token.i or self._is_document(subject):
                    return None
                player = self.meant(subject)
                return None if player is not None and player.kind == "person" else player
        return None

    def _is_document(self, noun: Token) -> bool:
        """Whether a noun is that of a study, survey or the like, which tells of other things and not of itself."""
        return self._named.at(noun) is None and noun.lemma_.lower() in self._named.world.cues.reports

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

    def _centre(self, token: Token) -> Player | None:
        """What the sentence before is about, for an "it" that opens its own: its subject, where that is a thing."""
        before = centre_before(token, self._named)
        player = self.meant(before) if before is not None else None
        return player if player is not None and player.kind in _CENTRES else None

    def _is_of_thing(self, token: Token) -> bool:
        """Whether "it" stands for a site or body without a name: "The hospital in Tolvar has nine wards. It has …"."""
        before = centre_before(token, self._named)
        if before is None or before.pos_ != "NOUN" or before.lemma_.lower() not in self._named.world.cues.works:
            return False
        return self.meant(before) is None

    def _nominal_before(self, token: Token) -> Player | None:
        """Of "…, the company said. It aims …" the company, where the sentence before has no named subject."""
        if token.lower_ not in {"it", "its"} or not token.sent.start or token.i - token.sent.start > 2:
            return None
        before = self._named.doc[token.sent.start - 1].sent
        subjects = [t for t in before[:MAX_BEFORE_TOKENS] if t.dep_ == "nsubj"]
        if any(self._named.at(t) is not None for t in subjects):
            return None
        for subject in subjects:
            if self._named.nominals.get(subject.lemma_.lower()) == "organisation" and _is_definite(subject):
                return self.meant(subject)
        return None

    def _named_before(self, token: Token) -> Player | None:
        things = {"organisation", "product", "chip", "model", "process"}
        return self._subject_before(token) or self._latest(token, things)

    def _subject_before(self, token: Token) -> Player | None:
        """The subject of the clause or sentence before, where parallel position makes it the likeliest."""
        sentence = token.sent
        rivals = []
        tellers = self._tellers(token)
        for mention in self._named.mentions:
            if mention.start >= token.idx or mention.kind not in _ACTORS or mention.start < sentence.start_char - 400:
                continue
            if mention.start in tellers:
                continue
            root = token_at(self._named.doc, mention)
            if root is None:
                continue
            inside = mention.start >= sentence.start_char
            is_subject = root.dep_ in {"nsubj", "nsubjpass"} or (
                root.dep_ == "poss" and root.head.dep_ in {"nsubj", "nsubjpass"}
            )
            score = (2.0 if is_subject else 0.0) + (1.0 if inside else 0.0) + (0.5 if mention.kind != "place" else -0.5)
            score += min(self._named.weights[mention.name], 12.0) / 8.0
            score -= (token.idx - mention.start) / 400.0
            rivals.append((score, -mention.start, mention))
        return Player.of(max(rivals, key=lambda rival: rival[:2])[2]) if rivals else None

    def _tellers(self, token: Token) -> set[int]:
        """Where names stand in the phrase of a study that says the clause: "a survey by Quarn says it is …"."""
        for step in ancestors(token):
            if step.dep_ == "ccomp" and step.head.pos_ == "VERB":
                subject = subject_of(step.head)
                if subject is not None and self._is_document(subject):
                    end = subject.right_edge.idx + len(subject.right_edge)
                    return {mention.start for mention in self._named.within(subject.left_edge.idx, end)}
        return set()

    def place_before(self, token: Token) -> Player | None:
        """The place named last before a word such as "there"."""
        return self._latest(token, {"place"})

    def _latest(self, token: Token, kinds: set[str]) -> Player | None:
        before = [m for m in self._named.mentions if m.start < token.idx and m.kind in kinds]
        return Player.of(before[-1]) if before else None

    def _nominal(self, token: Token, kind: str) -> Player | None:
        lemma = token.lemma_.lower()
        modifiers = {child.lower_ for child in token.lefts if child.dep_ in {"compound", "amod"}}
        rivals = []
        for mention in self._named.mentions:
            if abs(token.idx - mention.start) > NOMINAL_REACH_CHARS or (mention.kind == "person" and kind != "person"):
                continue
            words = self._named.described.words.get(mention.name, set())
            fits = lemma in words
            if not fits and not self._may_be(mention, lemma, kind):
                continue
            # what a thing is only called further down counts little here
            told = fits and self._named.described.since.get((mention.name, lemma), 0) <= token.idx
            score = (
                (4.0 if told else 1.0 if fits else 0.0)
                + 2.0 * len(words & modifiers)
                + min(self._named.weights[mention.name], 15.0) / 2.0
            )
            distance = token.idx - mention.start
            score -= distance / 1000.0 if distance >= 0 else 3.0
            score -= 3.0 if self._is_compared(mention) else 0.0
            rivals.append((score, -abs(distance), mention))
        return Player.of(max(rivals, key=lambda rival: rival[:2])[2]) if rivals else None

    def _may_be(self, mention: EntitySpan, lemma: str, kind: str) -> bool:
        """Whether a thing nowhere called so may be meant: a body by "the company", the main place by "the town"."""
        if kind == "place":
            return lemma in LANDS | TOWNS and self._is_main_place(mention, lemma)
        if mention.kind != kind and (mention.kind, kind) != ("other", "organisation"):
            return False
        if kind != "organisation":
            return True
        words = self._named.described.words.get(mention.name, set())
        special = self._named.world.cues.public | self._named.world.cues.learned
        return lemma not in special | _WATCHING and not words & special

    def _is_main_place(self, mention: EntitySpan, lemma: str) -> bool:
        if mention.kind != "place" or self._named.is_works(Player.of(mention)):
            return False
        if lemma in TOWNS and not self._named.is_about(Player.of(mention)):
            return False
        main = self._named.main_country() if lemma in LANDS else None
        is_country = mention.name in self._named.countries.values()
        if main is not None:
            return mention.name == main.name
        return is_country if lemma in LANDS and self._names_country() else not is_country

    def _names_country(self) -> bool:
        countries = set(self._named.countries.values())
        return any(mention.name in countries for mention in self._named.mentions)

    def _is_compared(self, mention: EntitySpan) -> bool:
        """Whether a name only serves to compare another with it: "less power than the A8"."""
        root = token_at(self._named.doc, mention)
        return root is not None and root.head.lower_ in _COMPARING

    def _body_of_state(self, token: Token) -> Player | None:
        """The government, army or central bank of the country that the sentence or the article is about."""
        lemma = token.lemma_.lower()
        before = [child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"}]
        noun = f"{before[-1]} {lemma}" if before and f"{before[-1]} {lemma}" in self._named.state else lemma
        public = lemma in self._named.world.cues.public
        if noun not in self._named.state and not public:
            return None
        if any(set(noun.split()) <= words for words in self._named.described.words.values()):
            return None
        if noun not in self._named.state:
            sort = [child.lower_ for child in token.lefts if child.dep_ in {"amod", "compound"} and child.text.islower()]
            own = " ".join([*sort, lemma])
            return Player(own, "organisation", entity_id(own))
        inside = self._named.within(token.left_edge.idx, token.idx)
        named = [m.name for m in inside if m.name in self._named.countries]
        country = Player(named[0], "place", entity_id(named[0])) if named else self._named.main_country()
        name = f"{country.name} {noun}" if country is not None else noun
        return Player(name, "organisation", entity_id(name))


def _ends_in(long: str, short: str) -> bool:
    return len(short) >= SHORTEST_PART and long.endswith(short)


def _is_definite(token: Token) -> bool:
    if token.tag_ in {"NNS", "NNPS"} and token.lemma_ != token.lower_:
        return False
    determiners = {child.lower_ for child in token.lefts if child.dep_ in {"det", "poss"}}
    return bool(determiners & {"the", "this", "that", "its", "their", "our"})
