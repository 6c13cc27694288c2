"""Who a noun phrase or pronoun means when it says something: phrase → links of a source chain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import Region, end_of, noun_phrase, shared_subject, subject_of
from monitor.nlp.mentioned import Named
from monitor.nlp.speech_cues import SpeechCues

ORGANISATION_KINDS = frozenset({"organisation", "publisher", "company", "government", "think_tank", "media"})
MISTAKEN = frozenset({"event", "other"})  # what taggers call the names of groups they do not know; events say nothing
PEOPLES = frozenset({"people", "group"})
STEM = 6  # letters that a trade and the body named after it share: "meteor-ologists", "Meteor-ological Office"
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "said"})
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|its|their|his|her|our|both)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Voice:
    """A phrase that speaks. `start`/`end`: the phrase; `at`: its head token; `words`: what it was called, lower case."""

    chain: tuple[Source, ...]
    start: int
    end: int
    at: int
    words: frozenset[str] = frozenset()
    plural: bool = False
    modality: Modality | None = None

    @property
    def nearest(self) -> Source:
        return self.chain[0]


@dataclass
class Speakers:
    """The article's named things and, as reading goes on, those who have spoken."""

    doc: Doc
    text: str
    publisher: str
    cues: SpeechCues
    named: list[Named]
    spoken_from: int = 0  # character: what stands before is a dateline
    voices: list[Voice] = field(default_factory=list)
    at: dict[int, Named] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at = {i: n for n in self.named for i in range(n.first, n.stop)}

    def remember(self, voice: Voice) -> None:
        self.voices.append(voice)

    def voice(self, head: Token, *, loose: bool = False) -> Voice | None:
        """Whom the phrase around `head` means; None where it can be no source. `loose`: accept any noun as a speaker."""
        lower = head.lower_
        if any(c.lower_ == "my" for c in head.children):
            return None
        if head.idx < self.spoken_from:
            return self._after_dateline()
        if lower == "whose" and head.head.head.dep_ == "relcl":
            return self.voice(head.head.head.head)
        if head.pos_ == "PRON" or lower in self.cues.pronouns_person | self.cues.pronouns_plural | {"it"}:
            return self._pronoun(head)
        if lower in self.cues.parts and head.pos_ != "PROPN":
            return self._part(head)
        if head.lemma_.lower() in self.cues.spokespeople and head.i not in self.at:
            return self._spokesperson(head)
        return self._named(head) or self._described(head, loose=loose)

    # --- names

    def _after_dateline(self) -> Voice | None:
        """Parsers take the place of a dateline for the subject; the real one follows it."""
        first = next((n for n in self.named if self.doc[n.first].idx >= self.spoken_from), None)
        start = self.doc[first.first].idx if first is not None else 0
        return self._named(self.doc[first.stop - 1]) if first is not None and start - self.spoken_from < 40 else None

    def _named(self, head: Token) -> Voice | None:
        renamed = self._apposed_person(head)
        if renamed is not None:
            return renamed
        found = self.at.get(head.i)
        if found is None and self._is_role_in_title(head):
            return None
        if found is None and (head.pos_ == "PROPN" or (head.text[0].isupper() and self._is_explained(head))):
            found = self._unlisted(head)
        if found is None:
            return None
        if found.name.islower() and self._is_definite(head):
            return None  # a description that is to be resolved, not a name
        found = self._as_person(found)
        kind = self.kind_of(found)
        if kind is None:
            return None
        return self._say(head, found.name, kind)

    def _is_role_in_title(self, head: Token) -> bool:
        """ "Minister Rejects Report": a headline's capital makes no name."""
        alone = not any(c.pos_ == "PROPN" for c in head.children)
        return self.doc._.where == "title" and alone and head.lower_ in self.cues.titles | self.cues.headline

    def _is_explained(self, head: Token) -> bool:
        """ "Ironworks, a trade magazine": an apposition tells that a capitalised noun is a name."""
        kinds = self.cues.media | self.cues.company | self.cues.think_tank | self.cues.government
        return any(c.dep_ == "appos" and c.lemma_.lower() in kinds for c in head.children)

    def _as_person(self, found: Named) -> Named:
        """A lone surname of somebody whom the article names in full, whatever the tagger made of it."""
        if " " in found.name:
            return found
        owner = next((n for n in self.named if n.kind == "person" and n.name.endswith(f" {found.name}")), None)
        return replace(found, name=owner.name, kind="person") if owner is not None else found

    def _say(self, head: Token, name: str, kind: SourceKind, region: Region | None = None) -> Voice:
        start, end = region or noun_phrase(head)
        modality = Modality.REPORTED if kind is SourceKind.MEDIA else None
        label = self.text[start:end]
        plural = head.tag_ in {"NNS", "NNPS"} or kind in {
            SourceKind.COMPANY,
            SourceKind.GOVERNMENT,
            SourceKind.THINK_TANK,
        }
        return Voice((Source(label, kind, name),), start, end, head.i, self._words(head), plural, modality)

    def _apposed_person(self, head: Token) -> Voice | None:
        """ "The chief executive, Ana Reyes, said": the person is in the apposition."""
        if head.i in self.at or (head.pos_ == "PROPN" and head.lemma_.lower() not in self.cues.anonymous):
            return None
        for child in head.children:
            found = self.at.get(child.i)
            if child.dep_ == "appos" and found is not None and found.kind == "person":
                start, _ = noun_phrase(head)
                return self._say(child, self.full_name(found), SourceKind.PERSON, (start, noun_phrase(child)[1]))
        return None

    def _unlisted(self, head: Token) -> Named | None:
        """A proper noun that nobody has tagged: a company, or a person if it is called one later."""
        first = head.i
        while first and self.doc[first - 1].pos_ == "PROPN" and first - 1 not in self.at:
            first -= 1
        known = {t for n in self.named for t in n.name.split()}
        text = self.doc[first : head.i + 1].text
        if text.isupper() and len(text) > 5 and text not in known:
            text = text.title()
        kind = next((n.kind for n in self.named if text in n.name.split()), "organisation")
        return Named(first, head.i + 1, text, kind)

    def full_name(self, found: Named) -> str:
        """ "Reyes" → "Ana Reyes", where the article gives the full name somewhere."""
        if found.kind != "person" or " " in found.name.strip():
            return found.name
        for other in self.named:
            if other.kind == "person" and " " in other.name and other.name.split()[-1] == found.name:
                return other.name
        return found.name

    def kind_of(self, found: Named) -> SourceKind | None:
        """What kind of source a named thing is; None for things that cannot speak."""
        if self._apposed_words(found) & self.cues.media:
            return SourceKind.MEDIA
        if found.kind == "person":
            return SourceKind.PERSON
        words = {w.lower().strip(".,'’") for w in found.name.split()}
        if found.kind in {"media", "publisher"} or (words & self.cues.media_names and words.isdisjoint({"office"})):
            return SourceKind.MEDIA
        if found.kind in {"place", "government"}:
            return SourceKind.GOVERNMENT
        if found.kind in ORGANISATION_KINDS | MISTAKEN:
            if words & self.cues.think_tank_names:
                return SourceKind.THINK_TANK
            return SourceKind.GOVERNMENT if words & self.cues.government_names else SourceKind.COMPANY
        return SourceKind.ANONYMOUS if found.kind in PEOPLES else None

    # --- nouns

    def _described(self, head: Token, *, loose: bool) -> Voice | None:
        if head.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}:
            return None
        lemma = head.lemma_.lower()
        if lemma in self.cues.documents | self.cues.data | self.cues.utterances:
            if any(c.lower_ in {"my", "our", "your"} for c in head.children):
                return None
            found = self._document(head, lemma)
            if found is not None:
                return found
        pair = f"{self.doc[head.i - 1].lower_} {lemma}" if head.i else lemma
        for words, kind in self._classes():
            if lemma in words or pair in words:
                return self._organisation(head, kind) if head.tag_ != "NNS" or lemma == "police" else self._people(head)
        if lemma in self.cues.anonymous:
            return self._person_by_role(head) or self._people(head)
        if head.tag_ == "NNS" and self._is_definite(head) and (body := self._body_of(lemma)) is not None:
            return self._say(head, body, SourceKind.GOVERNMENT)
        return self._people(head) if loose else None

    def _body_of(self, profession: str) -> str | None:
        """ "The statisticians", "the seismologists": those of the one body that is named after their trade."""
        stem = profession[:STEM]
        if len(profession) <= STEM or not profession.endswith(("ist", "ian")):
            return None
        names = {n.name for n in self.named if n.kind in ORGANISATION_KINDS and stem in n.name.lower()}
        return names.pop() if len(names) == 1 else None

    def _classes(self) -> Iterable[tuple[frozenset[str], SourceKind]]:
        return (
            (self.cues.government | {"police"}, SourceKind.GOVERNMENT),
            (self.cues.company, SourceKind.COMPANY),
            (self.cues.media, SourceKind.MEDIA),
            (self.cues.think_tank, SourceKind.THINK_TANK),
        )

    def _people(self, head: Token) -> Voice:
        start, end = noun_phrase(head)
        body = self._speaks_for(head)
        if body is not None:
            return self._for(head, body)
        if self._is_definite(head) and head.tag_ == "NN" and head.lemma_.lower() in self.cues.titles:
            source = Source(self.text[start:end], SourceKind.PERSON)
            return Voice((source,), start, end, head.i, self._words(head))
        source = Source(self.text[start:end], SourceKind.ANONYMOUS)
        return Voice((source,), start, end, head.i, self._words(head), head.tag_ == "NNS", Modality.REPORTED)

    def _speaks_for(self, head: Token) -> Voice | None:
        """Whose word an unnamed officer's is: "its chairman", "analysts at the bank Corvo", "brokers Harrow & Lint"."""
        lemma = head.lemma_.lower()
        for child in head.children:
            if child.dep_ == "appos" and child.i in self.at:
                found = self.at[child.i]
                if found.kind in ORGANISATION_KINDS | MISTAKEN and (kind := self.kind_of(found)) is not None:
                    return self._say(child, found.name, kind)
            if lemma in self.cues.titles and child.dep_ in {"poss", "compound"} and (v := self._organisation_at(child)):
                return v
            if child.dep_ == "prep" and (
                (child.lower_ == "of" and lemma in self.cues.titles)
                or (child.lower_ in {"at", "with"} and lemma in self.cues.desks)
            ):
                for noun in child.children:
                    if noun.dep_ == "pobj" and (v := self._organisation_at(noun)):
                        return v
        return None

    def _organisation(self, head: Token, kind: SourceKind) -> Voice:
        start, end = noun_phrase(head)
        label = self.text[start:end]
        inside = self._name_inside(head)
        if (
            inside is not None
            and (k := self.kind_of(inside)) is not None
            and inside.kind not in PEOPLES | {"place", "person"}
            and self.doc[inside.first].pos_ == "PROPN"
        ):
            return self._say(head, inside.name, k, (start, end))
        definite = self._is_definite(head)
        own_name = any(c.pos_ == "PROPN" and c.dep_ == "compound" for c in head.children)
        if definite and not own_name and (earlier := self._earlier(head, kind)) is not None:
            return self._say(head, earlier[0], earlier[1], (start, end))
        if not definite and kind is not SourceKind.GOVERNMENT:
            source = Source(label, SourceKind.ANONYMOUS if kind is not SourceKind.MEDIA else kind)
            return Voice((source,), start, end, head.i, self._words(head), False, Modality.REPORTED)
        return self._say(head, ARTICLE.sub("", label), kind, (start, end))

    def _name_inside(self, head: Token) -> Named | None:
        """ "The Corvo grain exchange", "the exchange Corvo", "the ministry's": a name that is part of the phrase."""
        for child in head.children:
            if child.dep_ in {"compound", "appos", "nmod"} and child.i in self.at:
                found = self.at[child.i]
                return replace(found, kind="organisation") if child.dep_ == "appos" and found.kind != "place" else found
            called = child.dep_ == "acl" and child.lemma_.lower() in {"call", "name", "dub", "know"}
            for name in child.children if called else ():
                if name.dep_ in {"oprd", "dobj", "attr", "pobj", "npadvmod"} and name.pos_ == "PROPN":
                    return self._as_organisation(name)
            if called and (last := self._called_itself(child)) is not None:
                return self._as_organisation(last)
            if child.dep_ == "appos" and child.pos_ == "PROPN":
                return self._as_organisation(child)
        return None

    def _called_itself(self, verb: Token) -> Token | None:
        """ "Calling itself Black Heron": the last word of the name, wherever the parser put it."""
        at = verb.i + 1
        if at + 1 >= len(self.doc) or self.doc[at].lower_ not in {"itself", "themselves"}:
            return None
        found = self.at.get(at + 1)
        last = self.doc[found.stop - 1 if found else at + 1]
        return last if last.pos_ == "PROPN" else None

    def _as_organisation(self, name: Token) -> Named | None:
        found = self.at.get(name.i) or self._unlisted(name)
        return replace(found, kind="organisation") if found else None

    def _is_definite(self, head: Token) -> bool:
        if any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in head.children) or head.lower_ == "police":
            return True
        first = head.left_edge.i
        return first > 0 and self.doc[first - 1].lower_ == "the"

    def _earlier(self, head: Token, kind: SourceKind) -> tuple[str, SourceKind] | None:
        """The named organisation that "the ministry" or "the company" takes up."""
        lemma = head.lemma_.lower()
        modifiers = {c.lower_ for c in head.children if c.dep_ in {"compound", "amod", "nmod"}}
        wanted = modifiers | {lemma}
        if lemma == "bank" and modifiers == {"central"}:
            return self._central_bank()
        for named in self._organisations_before(head):
            if named.name.islower():
                continue  # a description itself
            words = {w.lower() for w in named.name.split()}
            if lemma in words and (not modifiers or wanted & words > {lemma}):
                found = self.kind_of(named)
                if found is not None:
                    return named.name, found
        for voice in reversed(self.voices):
            link = voice.nearest
            if link.name and voice.at < head.i and lemma in voice.words and (not modifiers or modifiers & voice.words):
                return link.name, link.kind
        if kind is not SourceKind.COMPANY:
            return None
        return self._company_before(head) or (self._main_company() if lemma in self.cues.generic else None)

    def _central_bank(self) -> tuple[str, SourceKind] | None:
        """ "The central bank" is the national, state, federal or reserve bank of the article, or the Bank of a place."""
        for named in self.named:
            words = {w.lower() for w in named.name.split()}
            central = "bank" in words and words & self.cues.central_banks and not named.name.islower()
            if central and named.kind in ORGANISATION_KINDS:
                return named.name, SourceKind.GOVERNMENT
        return None

    def _main_company(self) -> tuple[str, SourceKind] | None:
        """The company that the article names most."""
        names = [n.name for n in self.named if n.kind in ORGANISATION_KINDS and self.kind_of(n) is SourceKind.COMPANY]
        return (max(names, key=names.count), SourceKind.COMPANY) if names else None

    def _organisations_before(self, head: Token) -> list[Named]:
        return [n for n in reversed(self.named) if n.stop <= head.i and n.kind in ORGANISATION_KINDS]

    def _company_before(self, head: Token) -> tuple[str, SourceKind] | None:
        """The last company that spoke or was the subject of a clause or the owner of one."""
        companies = [n for n in self._organisations_before(head) if self.kind_of(n) is SourceKind.COMPANY]
        if head.lemma_.lower() not in self.cues.generic:
            described = next((n for n in companies if head.lemma_.lower() in self._described_as(n)), None)
            only = companies[0] if len({n.name for n in companies}) == 1 else None
            beside = next((n for n in companies if n.first >= head.sent.start), None)
            meant = described or only or beside
            return (meant.name, SourceKind.COMPANY) if meant else None
        spoken = self._company_that_spoke(head)
        acting = next((n for n in companies if self._acts(n)), None)
        if spoken is not None and (acting is None or spoken.at >= acting.first):
            return spoken.nearest.name or "", SourceKind.COMPANY
        chosen = acting or (companies[0] if companies else None)
        return (chosen.name, SourceKind.COMPANY) if chosen else None

    def _company_that_spoke(self, head: Token) -> Voice | None:
        kind = SourceKind.COMPANY
        return next(
            (v for v in reversed(self.voices) if v.at < head.i and v.nearest.kind is kind and v.nearest.name), None
        )

    def _acts(self, named: Named) -> bool:
        head = self.doc[named.stop - 1]
        return any(
            t.dep_ in {"nsubj", "nsubjpass"} or (t.dep_ == "poss" and t.head.dep_ in {"nsubj", "nsubjpass"})
            for t in (head, self.doc[named.first])
        )

    # --- people

    def _spokesperson(self, head: Token) -> Voice | None:
        """An unnamed spokesperson speaks for the organisation; "spokeswoman Ana Reyes" is herself."""
        renamed = self._apposed_person(head)
        if renamed is not None:
            return renamed
        for child in head.children:
            if child.dep_ in {"compound", "poss", "nmod", "amod"} and (v := self._organisation_at(child)):
                return self._for(head, v)
            if child.dep_ == "prep" and child.lower_ in {"for", "of", "at", "from", "with"}:
                for noun in child.children:
                    if noun.dep_ == "pobj" and (v := self._organisation_at(noun)):
                        return self._for(head, v)
        for voice in reversed(self.voices):
            if voice.nearest.name and voice.nearest.kind in {
                SourceKind.COMPANY,
                SourceKind.GOVERNMENT,
                SourceKind.THINK_TANK,
            }:
                return self._for(head, voice)
        earlier = self._company_before(head)
        if earlier is not None:
            return self._say(head, earlier[0], earlier[1])
        return self._people(head)

    def _organisation_at(self, token: Token) -> Voice | None:
        found = self.voice(token)
        kinds = {SourceKind.COMPANY, SourceKind.GOVERNMENT, SourceKind.THINK_TANK, SourceKind.MEDIA}
        return found if found is not None and found.nearest.name and found.nearest.kind in kinds else None

    def _for(self, head: Token, organisation: Voice) -> Voice:
        said = self._say(head, organisation.nearest.name or "", organisation.nearest.kind)
        return replace(said, words=said.words | organisation.words, modality=None)

    def _person_by_role(self, head: Token) -> Voice | None:
        """ "The governor": the person who was introduced with that title."""
        if not self._is_definite(head) or head.tag_ == "NNS":
            return None
        lemma = head.lemma_.lower()
        for named in reversed(self.named):
            if named.kind == "person" and named.first < head.i and lemma in self._described_as(named):
                return self._say(head, self.full_name(named), SourceKind.PERSON)
        return None

    def _described_as(self, named: Named) -> set[str]:
        """Title words before the name and the apposition after it."""
        head = self.doc[named.stop - 1]
        tokens = [
            t
            for i in range(named.first, named.stop)
            for t in self.doc[i].children
            if t.dep_ in {"compound", "appos", "amod", "nmod", "relcl"}
        ]
        if head.dep_ == "appos":
            tokens.append(head.head)
        words = {t.lemma_.lower() for token in tokens for t in ([token] if token.dep_ != "relcl" else token.subtree)}
        return words | {t.lower_ for t in self.doc[max(0, named.first - 3) : named.first] if t.pos_ in {"NOUN", "PROPN"}}

    def _apposed_words(self, named: Named) -> set[str]:
        """ "Ironworks, a trade magazine": what an apposition calls it."""
        head = self.doc[named.stop - 1]
        tokens = [c for c in head.children if c.dep_ == "appos"] + ([head.head] if head.dep_ == "appos" else [])
        return {t.lemma_.lower() for t in tokens}

    # --- documents

    def _document(self, head: Token, lemma: str) -> Voice | None:
        """A document and, before it, whoever issued it; data and utterances are their owner's own word."""
        owner = self._owner(head)
        start, end = noun_phrase(head, after=("prep",))
        label = self.text[start:end]
        modality = Modality.REPORTED if self._is_leaked(head) else None
        if lemma in self.cues.data | self.cues.utterances:
            if owner is not None:
                return replace(owner, start=start, end=end, at=head.i)
            if lemma in self.cues.utterances:
                return None
        if owner is None and self._is_definite(head):
            for voice in reversed(self.voices):
                papered = lemma in self.cues.own_works or any(s.kind is SourceKind.DOCUMENT for s in voice.chain)
                if lemma in voice.words and voice.at < head.i and papered:
                    return replace(voice, start=start, end=end, at=head.i)
        if owner is None and lemma in self.cues.data:
            owner = self._statistics_office(head)
            if owner is not None:
                return replace(owner, start=start, end=end, at=head.i)
        document = Source(label, SourceKind.DOCUMENT)
        holder = self._seen_by(head)
        if owner is not None and self._is_own_work(lemma, owner) and modality is None and holder is None:
            words = self._words(head) | owner.words
            return replace(owner, start=start, end=end, at=head.i, words=words)
        chain = (*(owner.chain if owner is not None else ()), document, *((holder,) if holder else ()))
        return Voice(chain, start, end, head.i, self._words(head), head.tag_ == "NNS", modality)

    def _statistics_office(self, head: Token) -> Voice | None:
        """Whose "flash estimate" it is: that of the one statistics office that the article names."""
        if not any(c.lower_ in self.cues.statistical for c in head.children):
            return None
        names = {n.name for n in self.named if {w.lower() for w in n.name.split()} & self.cues.statistics_offices}
        return self._say(head, names.pop(), SourceKind.GOVERNMENT) if len(names) == 1 else None

    def _is_own_work(self, lemma: str, owner: Voice) -> bool:
        """Whether a document is only how a named source publishes: its survey, its notice, a slide it put up."""
        return lemma in self.cues.own_works and bool(owner.nearest.name)

    def _is_leaked(self, head: Token) -> bool:
        return any(c.lower_ in self.cues.leaked for c in head.children) or any(
            c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in self.cues.leaked_verbs for c in head.children
        )

    def _seen_by(self, head: Token) -> Source | None:
        """The medium that saw the document, when it is another than the one we read."""
        for clause in head.children:
            if clause.dep_ != "acl" or clause.lemma_.lower() not in self.cues.leaked_verbs:
                continue
            for by in clause.children:
                for noun in by.children:
                    found = self.voice(noun) if by.lower_ in {"by", "to"} else None
                    if found and found.nearest.kind is SourceKind.MEDIA and not self.is_publisher(found.nearest):
                        return found.nearest
        return None

    def is_publisher(self, source: Source) -> bool:
        """Whether the source is the publisher of this very article, possibly in short ("the Sentinel")."""
        ours = {w.lower() for w in self.publisher.split()} - {"the"}
        theirs = {w.lower() for w in (source.name or source.label).split()} - {"the"}
        return bool(ours and theirs) and theirs <= ours

    def _owner(self, head: Token) -> Voice | None:
        """Who issued it: "the bank's report", "its filing", "data from the office", "a study by Ana Reyes"."""
        for child in head.children:
            if child.dep_ == "poss":
                return self._possessor(child)
            kinds = ORGANISATION_KINDS | (MISTAKEN if head.lemma_.lower() in self.cues.surveys else frozenset())
            if child.dep_ in {"compound", "nmod"} and child.i in self.at and self.at[child.i].kind in kinds:
                return self._named(child)
            if child.dep_ == "compound" and child.lemma_.lower() in self.cues.government and child.i + 1 == head.i:
                return self._organisation(child, SourceKind.GOVERNMENT)
            if (
                child.dep_ in {"relcl", "acl"}
                and child.lemma_.lower() in self.cues.issue
                and (issuer := self._issuer(child, head))
            ):
                return issuer
        for child in head.children:
            verb = child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() not in self.cues.leaked_verbs
            for by in child.children if verb else (child,):
                if by.dep_ in {"prep", "agent"} and by.lower_ in {"by", "from"}:
                    for noun in by.children:
                        if noun.dep_ == "pobj" and (found := self.voice(noun)) is not None:
                            return found
        return self._presenter(head)

    def _possessor(self, poss: Token) -> Voice | None:
        """ "Its accounts", beside a subject ("monitors counted ..."): the subject's, not the last speaker's."""
        if poss.lower_ not in {"its", "their"}:
            return self.voice(poss)
        subject = subject_of(poss.sent.root)
        if subject is None or subject.i > poss.i or subject.pos_ == "PRON" or subject == poss.head:
            return self.voice(poss)
        plural = subject.tag_ in {"NNS", "NNPS"}
        if plural != (poss.lower_ == "their"):
            return self.voice(poss)
        owner = self.voice(subject)
        return owner if owner is not None and owner.nearest.name else None

    def _presenter(self, document: Token) -> Voice | None:
        """ "The engineer showed a chart": who shows a document speaks through it."""
        verb = document.head
        if document.dep_ != "dobj" or verb.lemma_.lower() not in self.cues.issue:
            return None
        subject = shared_subject(verb)
        return self.voice(subject) if subject is not None and subject.i < document.i else None

    def _issuer(self, verb: Token, document: Token) -> Voice | None:
        """ "The tables that the company files", "a survey she ran"."""
        for child in verb.children:
            if child.dep_ == "nsubj" and child.i > document.i and child.tag_ not in {"WDT", "WP"}:
                return self.voice(child)
        return None

    # --- pronouns

    def _pronoun(self, head: Token) -> Voice | None:
        lower = head.lower_
        if lower in self.cues.pronouns_person | {"his", "her"}:
            found = self._last({SourceKind.PERSON}, head) or self._last_anonymous(head)
        elif lower in self.cues.pronouns_plural | {"their"}:
            found = next((v for v in reversed(self.voices) if v.plural and v.at < head.i), None) or self._antecedent(head)
        elif lower in {"it", "its"}:
            found = self._subject_beside(head) or self._last(
                set(SourceKind) - {SourceKind.PERSON, SourceKind.ANONYMOUS}, head
            )
        elif lower in self.cues.parts:
            return self._part(head)
        else:
            return None
        return replace(found, start=head.idx, end=end_of(head), at=head.i) if found else None

    def unknown(self, head: Token) -> Voice | None:
        """Somebody whom only a pronoun names: kept as the text calls them rather than dropped."""
        if head.lower_ not in self.cues.pronouns_person | self.cues.pronouns_plural:
            return None
        source = Source(head.text, SourceKind.ANONYMOUS)
        return Voice((source,), head.idx, end_of(head), head.i, frozenset(), modality=Modality.REPORTED)

    def _antecedent(self, head: Token) -> Voice | None:
        """Whom "they" takes up who have not spoken yet: the subject of the sentence before, by name if it has one."""
        if head.sent.start == 0:
            return None
        verb = self.doc[head.sent.start - 1].sent.root
        subject = subject_of(verb)
        if subject is None or subject.i >= head.i or subject.pos_ == "PRON":
            return None
        if verb.lemma_.lower() in {"call", "name"} and (last := self._called_itself(verb)) is not None:
            named = self._as_organisation(last)
            return self._say(last, named.name, SourceKind.COMPANY) if named is not None else None
        plural = subject.tag_ in {"NNS", "NNPS"} or subject.i in self.at
        return self.voice(subject) if plural else None

    def _subject_beside(self, head: Token) -> Voice | None:
        """The organisation that is the subject before "it" in its sentence: "the ministry is hopeful: it sees ..."."""
        subjects = [t for t in self.doc[head.sent.start : head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"}]
        return self._organisation_at(subjects[-1]) if subjects else None

    def _last_anonymous(self, head: Token) -> Voice | None:
        return next(
            (
                v
                for v in reversed(self.voices)
                if v.nearest.kind is SourceKind.ANONYMOUS and not v.plural and v.at < head.i
            ),
            None,
        )

    def _last(self, kinds: set[SourceKind], head: Token) -> Voice | None:
        """The last one who spoke, or, if later, the last one named as subject of a clause."""
        spoken = next(
            (
                v
                for v in reversed(self.voices)
                if v.at < head.i and v.chain[-1].kind in kinds | {v.nearest.kind} and v.nearest.kind in kinds
            ),
            None,
        )
        for named in reversed(self.named):
            if named.stop > head.i:
                continue
            if spoken is not None and named.first <= spoken.at:
                break
            kind = self.kind_of(named)
            if kind in kinds and named.kind not in PEOPLES | {"place"} and self._acts(named):
                return self._say(self.doc[named.stop - 1], self.full_name(named), kind)
        return spoken

    def _part(self, head: Token) -> Voice | None:
        """ "One of the engineers", "another", "both": of a group named here or before."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for noun in child.children:
                    found = self.voice(noun, loose=True) if noun.dep_ == "pobj" else None
                    if found is not None:
                        start, end = noun_phrase(head)
                        label = self.text[start:end]
                        return Voice(
                            (Source(label, SourceKind.ANONYMOUS),),
                            start,
                            end,
                            head.i,
                            found.words,
                            False,
                            Modality.REPORTED,
                        )
        group = next((v for v in reversed(self.voices) if v.nearest.kind is SourceKind.ANONYMOUS and v.at < head.i), None)
        if group is None:
            return None
        start, end = noun_phrase(head)
        source = Source(
            f"{self.text[start:end]} of {group.nearest.label}" if group.plural else group.nearest.label,
            SourceKind.ANONYMOUS,
        )
        return Voice((source,), start, end, head.i, group.words, False, Modality.REPORTED)

    def _words(self, head: Token) -> frozenset[str]:
        """What the phrase calls the source: lemmas of its head, modifiers and apposition."""
        near = [head, *(c for c in head.children if c.dep_ in {"compound", "amod", "appos", "nmod", "poss"})]
        return frozenset(t.lemma_.lower() for t in near)
