"""What a number without a measured unit counts."""

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.nlp.draft import Draft
from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed

_NOUNS = ("NOUN", "PROPN")
_MORE = frozenset({"more", "further", "additional", "extra"})
_HURTS = ("injury", "wound", "burn")
_CARES = ("treat", "hospitalise", "hospitalize")
_INSIDE = ("ADJ", "NOUN", "PROPN", "VERB", "PART", "PUNCT")


@dataclass(frozen=True)
class Counted:
    """The noun phrase counted ("field hospitals"), its characters, its head, and the unit that it makes."""

    text: str
    start: int
    end: int
    head: Token | None
    unit: str


class Tokens:
    """Character offsets → tokens of a Doc."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._starts = [token.idx for token in doc]

    def at(self, offset: int) -> Token:
        """The token that holds this character, or the last before it."""
        return self.doc[max(0, bisect_right(self._starts, offset) - 1)]


def counted_by(draft: Draft, lexed: Lexed, tokens: Tokens, cues: FigureCues) -> Counted | None:
    """The noun that a number counts, from the words after it and the parse; None for a bare number."""
    after = draft.upper.last if draft.upper else draft.number.last
    state = _state(lexed, after, tokens, cues)
    if state is not None:
        return state
    last = tokens.at(lexed.pieces[after - 1].end - 1)
    if lexed.low(after) == "of":
        return _of_phrase(last, tokens, cues)
    head = _head(last) or _following(last)
    return None if head is None else _counted(last.i + 1, head, tokens, cues)


def _state(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues) -> Counted | None:
    """ "31 dead", "a further 26 missing"."""
    word = lexed.low(index)
    if word not in cues.states:
        return None
    piece = lexed.pieces[index]
    token = tokens.at(piece.start)
    if token.dep_ in ("amod", "compound") and token.head.pos_ in _NOUNS and token.head.i == token.i + 1:
        return None
    return Counted(piece.text, piece.start, piece.end, token, f"count:{cues.states[word]}")


def _of_phrase(last: Token, tokens: Tokens, cues: FigureCues) -> Counted | None:
    """ "Dozens of people", "nine of 13 analysts", "five of its mills"."""
    if last.i + 1 >= len(tokens.doc):
        return None
    of = tokens.doc[last.i + 1]
    for child in of.rights:
        if child.dep_ == "pobj" and child.lower_ == "us":
            return Counted(of.doc[of.i : child.i + 1].text, of.idx, child.idx + len(child), child, "count:person")
        if child.dep_ == "pobj" and (child.pos_ in _NOUNS or child.lower_ in cues.states):
            whose = max((t.right_edge.i + 1 for t in child.lefts if t.dep_ == "poss"), default=0)
            first = next((t.i for t in child.subtree if t.i >= whose and t.pos_ in _INSIDE and t.dep_ != "det"), child.i)
            return _counted(min(first, child.i), child, tokens, cues)
        break
    return None


def _head(last: Token) -> Token | None:
    """The noun right of the number that the parser hangs it on."""
    token = last
    for _ in range(4):
        head = token.head
        if head.i == token.i or head.sent.start != last.sent.start:
            return None
        if head.i > last.i and head.pos_ in _NOUNS and token.dep_ in ("nummod", "compound", "amod", "nmod", "quantmod"):
            near = head.i - last.i <= 6 and head.lemma_ != "one" and _unbroken(last, head)
            return head if near else None
        if head.pos_ != "NUM" and head.i > last.i:
            return None
        token = head
    return None


def _unbroken(last: Token, head: Token) -> bool:
    return all(token.text not in ",;:()—–" for token in last.doc[last.i + 1 : head.i])


def _following(last: Token) -> Token | None:
    """Adjectives and nouns right after the number, up to a plural: where the parse failed."""
    found = None
    for token in last.doc[last.i + 1 : last.i + 5]:
        if token.tag_ in ("NNS", "NNPS"):
            found = token
        elif token.pos_ not in ("ADJ", "NOUN", "PROPN") or found is not None:
            break
    return found


def _counted(first: int, head: Token, tokens: Tokens, cues: FigureCues) -> Counted:
    while first < head.i and _is_before_things(tokens.doc[first]):
        first += 1
    phrase = tokens.doc[first : head.i + 1]
    return Counted(phrase.text, phrase.start_char, phrase.end_char, head, f"count:{noun_of(head, cues)}")


def _is_before_things(token: Token) -> bool:
    """The "more" of "six more ladders", the "and 7" of "5 and 7 trucks"."""
    numeral = token.like_num or token.text[:1].isdigit()
    return token.lower_ in _MORE or numeral or token.pos_ == "CCONJ" or token.is_punct


def noun_of(head: Token, cues: FigureCues) -> str:
    """The singular noun, lower case; people and individuals are persons, and deaths where the verb says so."""
    word = head.lower_
    if word in cues.states:
        return cues.states[word]
    if word in cues.people or (head.ent_type_ == "NORP" and head.tag_ in ("NNS", "NNPS")):
        fate = fate_of(head, cues)
        if fate is not None:
            return fate
        if word in cues.as_person or word not in cues.people:
            return "person"
    return _singular(head)


def _singular(noun: Token) -> str:
    """The lemma, and for a plural that the lemmatizer leaves as it is the word without its s."""
    lemma, word = noun.lemma_.lower(), noun.lower_
    plural = noun.tag_ in ("NNS", "NNPS", "NNP") and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if lemma == word and plural and len(word) > 3 else lemma


def fate_of(token: Token, cues: FigureCues) -> str | None:
    """What became of those counted, from the verb that they are the object or the subject of."""
    for child in token.rights:
        if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in cues.outcomes:
            return cues.outcomes[child.lemma_.lower()]
    verb, dep = _governor(token, cues)
    if verb.pos_ in ("VERB", "AUX") and dep in ("dobj", "nsubj", "nsubjpass"):
        lemma = verb.lemma_.lower()
        for child in verb.rights:
            # "were still missing", "have been left homeless", "are listed as missing"
            state = next((t for t in (child, *child.rights) if t.lower_ in cues.states and t.pos_ != "NOUN"), None)
            among = child.lower_ == "among" and next((t for t in child.rights if t.lower_ in cues.states), None)
            if among:
                return cues.states[among.lower_]  # "three are among the injured"
            hurt = next((t for t in child.rights if child.dep_ == "prep" and t.lemma_.lower() in _HURTS), None)
            if hurt is not None and lemma in _CARES:
                return cues.states["injured"]
            if state is not None and child.dep_ in ("acomp", "oprd", "attr", "advcl", "prep", "xcomp", "ccomp"):
                return cues.states[state.lower_]
        active_subject = dep == "nsubj" and lemma not in ("die", "perish", "drown")
        if lemma in cues.outcomes and not active_subject:
            return cues.outcomes[lemma]
    return None


def _governor(token: Token, cues: FigureCues) -> tuple[Token, str]:
    """What a number hangs on, and how; over a hedge that is parsed as a preposition: "injuring around 50"."""
    head = token.head
    if token.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in cues.lists["hedging_prepositions"]:
        return head.head, "dobj"
    return head, token.dep_
