"""Whether a figure is a change, and which way."""

from spacy.tokens import Token

from monitor.domain.quantity import Direction
from monitor.nlp.draft import Draft
from monitor.nlp.figure_cues import ChangeCues, FigureCues
from monitor.nlp.lexing import Lexed

_MEASURES = frozenset({"dobj", "npadvmod", "advmod", "attr", "oprd", "nummod", "ccomp", "xcomp", "dep"})


def direction_of(draft: Draft, lexed: Lexed, head: Token, cues: FigureCues, *, share: bool) -> Direction | None:
    """Up or down for a change, None for a level. `head`: the token of number or unit that the sentence hangs it on.

    `share`: whether the figure is in percent or points, which verbs such as "raise" take as the size of a change.
    """
    if draft.number.kind == "multiple":
        if lexed.low(draft.number.first) in cues.numbers.bare_multiples and head.pos_ != "VERB":
            return None  # "twice as deep as", "double the limit" compare
        return Direction.DOWN if draft.number.value == 50 else Direction.UP
    for cue, direction in ((cues.up, Direction.UP), (cues.down, Direction.DOWN)):
        if _said(draft, lexed, head, cue, cues, share=share):
            return direction
    return None


def _said(draft: Draft, lexed: Lexed, head: Token, cue: ChangeCues, cues: FigureCues, *, share: bool) -> bool:
    at = draft.start - 1
    while lexed.low(at) in cues.focus:
        at -= 1
    before, after = lexed.low(at), lexed.low(draft.end)
    if before in cue.adverbs and not _is_up_to(lexed, draft):
        return draft.surface is not None or not _is_particle(head, before)
    if before == "by" and lexed.low(at - 1) in cue.adverbs:
        return True
    if before in cues.level or before == "from":
        return False
    if after in cue.after and _compares(lexed, draft.end, share=share):
        return True
    return _by_parse(head, cue, cues, share=share, measured=draft.surface is not None)


def _is_up_to(lexed: Lexed, draft: Draft) -> bool:
    return lexed.low(draft.start) == "to"


def _is_particle(head: Token, adverb: str) -> bool:
    """ "Shot down 71 drones": the adverb belongs to the verb."""
    verb = head.head
    return any(child.dep_ == "prt" and child.lower_ == adverb for child in verb.children)


def _compares(lexed: Lexed, index: int, *, share: bool) -> bool:
    """ "7% higher", "12 points below"; but "3 more hospitals" is a count and "two metres above the mark" a level."""
    return share or lexed.low(index) in ("higher", "lower", "cheaper") or lexed.low(index + 1) == "than"


def _by_parse(head: Token, cue: ChangeCues, cues: FigureCues, *, share: bool, measured: bool) -> bool:
    if head.dep_ == "conj" and any(child.lower_ == "or" for child in head.head.children):
        if _part_of(head, cues):
            return False
        # "By 300 jobs, or 2.2 percent": the second is the same change.
        head = head.head
    parent, dep = head.head, head.dep_
    if parent.i == head.i:
        return False
    if share and any(noun in cue.nouns for noun in _of_nouns(head)):
        return True  # "50 basis points of cuts"
    if dep == "pobj":
        return _by_preposition(parent, cue)
    if parent.pos_ in ("VERB", "AUX"):
        return _by_verb(head, parent, cue, cues, share=share, measured=measured)
    if parent.pos_ in ("NOUN", "PROPN"):
        return dep in ("nummod", "compound", "amod", "nmod", "npadvmod") and parent.lemma_.lower() in cue.nouns
    return False


def _by_verb(head: Token, verb: Token, cue: ChangeCues, cues: FigureCues, *, share: bool, measured: bool) -> bool:
    dep, lemma = head.dep_, verb.lemma_.lower()
    if dep not in _MEASURES or head.i < verb.i:
        return share and dep == "attr" and _grew(verb, cue)
    if _part_of(head, cues):
        return False
    if lemma in cue.transitive and (share or (measured and _is_traded(verb, cues))):
        return True
    # "Recovered 88 bodies" is no rise: things counted are what the verb is done to.
    done_to = dep == "dobj" and head.tag_ in ("NNS", "NN") and not share and not measured
    return (lemma in cue.verbs and not done_to) or (share and dep == "attr" and _grew(verb, cue))


def _is_traded(verb: Token, cues: FigureCues) -> bool:
    """ "Futures shed 11 cents": what has a price, and no more than the price is said."""
    return any(child.dep_ == "nsubj" and child.lemma_.lower() in cues.traded for child in verb.lefts)


def _part_of(head: Token, cues: FigureCues) -> bool:
    """ "Cut 28 percent of the area": how much was cut, not by how much something fell; but "lost half of its value"."""
    if head.i + 1 >= len(head.doc) or head.nbor().lower_ != "of":
        return False
    return not any(noun in cues.worth for noun in _of_nouns(head))


def _of_nouns(head: Token) -> list[str]:
    """The lemma of the noun behind "of"."""
    if head.i + 1 >= len(head.doc) or head.nbor().lower_ != "of":
        return []
    return [child.lemma_.lower() for child in head.nbor().rights if child.dep_ == "pobj"]


def _grew(verb: Token, cue: ChangeCues) -> bool:
    """ "Growth was 7 percent"."""
    return verb.lemma_ == "be" and any(c.dep_ == "nsubj" and c.lemma_.lower() in cue.nouns for c in verb.lefts)


def _by_preposition(preposition: Token, cue: ChangeCues) -> bool:
    """ "Fell by 3 points and by 2 in May", "a rise of 7 percent"."""
    word, parent = preposition.lower_, preposition.head
    if preposition.dep_ == "conj" and parent.dep_ == "prep":
        parent = parent.head
    lemma = parent.lemma_.lower()
    if word == "by":
        return lemma in cue.verbs or lemma in cue.transitive or lemma in cue.nouns
    return word in ("of", "at") and parent.pos_ in ("NOUN", "PROPN") and lemma in cue.nouns
