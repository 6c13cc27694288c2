"""Noun phrases without names, numbers and time words, and what is said of a noun behind it."""

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.metric_cues import MetricCues

# These go with the clause, not with the noun in front of them: "trained on 9 trillion tokens using 800 chips".
_LOOSE = frozenset({"using", "including", "excluding", "compared", "according", "following", "depending", "based"})
_LEFT = frozenset({"compound", "amod", "nmod"})
# With a bare noun they say how somebody is.
STATING = frozenset({"on", "in", "at"})
STATE_ADVERBS = frozenset({"aboard", "ashore", "adrift", "underground"})


class Phrase:
    """Builds noun phrases without names, numbers and time words."""

    def __init__(self, doc: Doc, entities: list[EntitySpan], barred: list[tuple[int, int]], cues: MetricCues) -> None:
        self._cues = cues
        names = ((entity.start, entity.end) for entity in entities if entity.kind != "event")
        self._barred = frozenset(at for start, end in (*barred, *names) for at in range(start, end))
        self._figures = [(figure.start, figure.end) for figure in doc._.quantities]

    def is_barred(self, token: Token) -> bool:
        """Whether the token belongs to a name, a figure or a date."""
        return token.idx in self._barred

    def of(self, noun: Token, depth: int = 0) -> list[str]:
        """The words of a noun phrase: content modifiers, the noun, and its complement where it needs one."""
        words = [_whole_word(token) for token in self._left(noun)]
        lemma = noun.lemma_.lower()
        tail = self._complement(noun, depth) if depth < 3 else []
        if lemma == "number" and not tail and (clause := relative_of(noun, self))[:1] == ["who"]:
            tail = ["people", *clause]
        if lemma in self._cues.dropped and tail:
            return words + tail
        if lemma in self._cues.outlook and tail:
            return words + tail + [lemma]
        if noun.pos_ == "PRON" or noun.lower_ == "own" or self.is_barred(noun) or not noun.text[:1].isalpha():
            return words + tail
        if (
            tail
            and not words
            and {lemma, noun.lower_} & self._cues.changes.flows
            and (first := self._bare(noun)) is not None
        ):
            return [*(_whole_word(token) for token in self._left(first)), first.lemma_.lower(), noun.lower_]
        joiner = ["of"] if tail else []
        return [*words, noun.lower_, *joiner, *tail]

    def _left(self, noun: Token) -> list[Token]:
        kept = []
        for child in noun.lefts:
            if child.lower_ in self._cues.kept and child.dep_ in _LEFT:
                kept.append(child)
                continue
            if child.dep_ not in _LEFT or self.is_barred(child) or child.like_num or child.is_punct:
                continue
            if (
                child.lower_ in self._cues.modifiers
                or child.tag_ in {"JJR", "JJS"}
                or child.ent_type_ in {"DATE", "CARDINAL", "ORDINAL", "PERCENT", "MONEY"}
            ):
                continue
            kept += [*self._left(child), child]
        return kept

    def _complement(self, noun: Token, depth: int) -> list[str]:
        lemma = noun.lemma_.lower()
        wanted = {"of", "for", "in"} if lemma in self._cues.outlook else {"of"}
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in wanted:
                for inner in child.children:
                    if inner.lemma_.lower() in {"percent", "%", "cent", "point"}:
                        continue
                    if self._has_figure(noun, inner):
                        continue  # "revenue of $3 billion and spending of": the second is not what the revenue is of
                    if inner.dep_ == "pobj" and inner.pos_ in {"NOUN", "PROPN", "ADJ"} and not inner.like_num:
                        words = self.of(inner, depth + 1)
                        return words + self._done_to(inner)
                    if inner.dep_ == "pcomp" and inner.pos_ == "VERB":
                        return [inner.lower_, *self._object_of(inner, depth)]
        return []

    def _bare(self, noun: Token) -> Token | None:
        """The cars of "output of cars", which is a car output; None for a noun with more to it."""
        inner = (of.children for of in noun.rights if of.dep_ == "prep" and of.lower_ == "of")
        thing = next((token for tokens in inner for token in tokens if token.dep_ == "pobj"), None)
        if thing is None or thing.pos_ != "NOUN" or self.is_barred(thing) or len(self._left(thing)) > 1:
            return None
        return thing if all(child.dep_ in {"amod", "compound", "prep", "punct"} for child in thing.children) else None

    def _has_figure(self, noun: Token, inner: Token) -> bool:
        """Whether a figure stands between two words."""
        return any(noun.idx < start and end <= inner.idx for start, end in self._figures)

    def _object_of(self, verb: Token, depth: int) -> list[str]:
        for child in verb.children:
            if child.dep_ == "dobj" and depth < 2:
                return self.of(child, depth + 1)
        return []

    def _done_to(self, noun: Token) -> list[str]:
        """The participle after a noun: "killed" in "the number of people killed"."""
        return relative_of(noun, self)


def _whole_word(token: Token) -> str:
    """ "new-crop" for the "crop" that the parser cut from it."""
    if token.i > 1 and token.nbor(-1).text in "-‐‑" and not token.nbor(-1).whitespace_:
        return f"{token.nbor(-2).lower_}-{token.lower_}"
    return token.lower_


def is_mere_name(noun: Token, phrase: Phrase) -> bool:
    """Whether a name has only words before it that say what sort of thing bears it: "rival Orlan Steel"."""
    return noun.pos_ == "PROPN" and phrase.is_barred(noun) and not any(child.dep_ == "prep" for child in noun.rights)


def done_with(noun: Token, cues: MetricCues) -> list[str]:
    """ "planted" of "the area planted was 3 million acres", where no more than the participle is said."""
    if noun.i + 1 >= len(noun.doc) or noun.pos_ != "NOUN":
        return []
    verb = noun.nbor(1)
    is_plain = verb.dep_ == "acl" and verb.head == noun and verb.tag_ == "VBN" and not list(verb.children)
    return [verb.lower_] if is_plain and verb.lemma_.lower() not in cues.reckoning else []


def relative_of(counted: Token, phrase: Phrase) -> list[str]:
    """ "whose data was taken", "displaced", "who lost homes", "awaiting trial", "without power" after the noun."""
    for child in counted.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return [child.lower_]
        if child.dep_ == "acl" and child.tag_ == "VBG" and not phrase.is_barred(child) and child.lower_ not in _LOOSE:
            return [child.lower_, *objects_of(child, phrase)]
        found = _clause_of(child, phrase) if child.dep_ == "relcl" else []
        if found:
            return found
    return _read_on(counted) or _lacking(counted, phrase)


def _clause_of(verb: Token, phrase: Phrase) -> list[str]:
    """The relative clause with this verb, where its subject is a relative word."""
    subject = next((token for token in verb.lefts if token.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return []
    passive = [token.lower_ for token in verb.lefts if token.dep_ == "auxpass"][:1]
    if any(token.lower_ == "whose" for token in subject.lefts):
        return ["whose", *phrase.of(subject, 2), *passive, verb.lower_]
    if subject.lower_ not in {"who", "that", "which"} or verb.pos_ != "VERB":
        return []
    return [verb.lower_] if passive else [subject.lower_, verb.lower_, *objects_of(verb, phrase)]


def objects_of(verb: Token, phrase: Phrase) -> list[str]:
    return [word for token in verb.rights if token.dep_ == "dobj" for word in phrase.of(token, 2)]


def _read_on(noun: Token) -> list[str]:
    """ "whose tax number was stolen" word by word, where the parse gave the clause to something else."""
    doc, at = noun.doc, noun.i + 1
    if at >= len(doc) or doc[at].lower_ != "whose":
        return []
    words = ["whose"]
    for token in doc[at + 1 : at + 8]:
        if token.is_punct or token.like_num:
            return []
        if token.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "AUX"}:
            words.append(token.lower_)
        if token.pos_ == "VERB":
            return words
    return []


def _lacking(noun: Token, phrase: Phrase) -> list[str]:
    """ "without power" of "homes without power", "in custody" of "people in custody"."""
    if noun.i + 1 >= len(noun.doc):
        return []
    following = noun.nbor(1)
    if following.lower_ in STATE_ADVERBS:
        return [following.lower_]
    if following.lower_ not in {"without", "with", "under"} and not names_state(following):
        return []
    inner = next((child for child in following.children if child.dep_ == "pobj" and child.pos_ == "NOUN"), None)
    return [following.lower_, *phrase.of(inner, 3)] if inner is not None and not phrase.is_barred(inner) else []


def names_state(preposition: Token) -> bool:
    """Whether it says with a bare noun how somebody is: "on board", "in custody", "at risk"; not "in the street"."""
    if preposition.lower_ not in STATING:
        return False
    inner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if inner is None or inner.tag_ != "NN" or inner.ent_type_:
        return False
    return all(child.dep_ in {"amod", "compound"} for child in inner.lefts) and not any(inner.rights)
