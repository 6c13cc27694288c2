"""Whether a figure is a change, and which way."""

from spacy.tokens import Token

from monitor.domain.quantity import Direction
from monitor.nlp.drafts import Draft
from monitor.nlp.figure_cues import ChangeCues, FigureCues
from monitor.nlp.lexing import Lexed

_REACH = 4  # pieces between an adverb and its figure


def direction_of(draft: Draft, lexed: Lexed, head: Token, cues: FigureCues, *, share: bool) -> Direction | None:
    """Up or down for a change, None for a level. `head`: the token of number or unit that the sentence hangs it on.

    `share`: whether the figure is in percent or points, which verbs such as "raise" take as the size of a change.
    """
    if draft.number.kind == "multiple":
        return Direction.DOWN if draft.number.value == 50 else Direction.UP
    for cue, direction in ((cues.up, Direction.UP), (cues.down, Direction.DOWN)):
        if _said(draft, lexed, head, cue, cues, share=share):
            return direction
    return None


def _said(draft: Draft, lexed: Lexed, head: Token, cue: ChangeCues, cues: FigureCues, *, share: bool) -> bool:
    before, after = lexed.low(draft.start - 1), lexed.low(draft.end)
    if before in cue.adverbs and not _is_up_to(lexed, draft):
        return True
    if before == "by" and lexed.low(draft.start - 2) in cue.adverbs:
        return True
    if before in cues.level or before == "from":
        return False
    if after in cue.after and _compares(lexed, draft.end, share=share):
        return True
    return _by_parse(head, cue, share=share, measured=draft.surface is not None)


def _is_up_to(lexed: Lexed, draft: Draft) -> bool:
    return lexed.low(draft.start) == "to"


def _compares(lexed: Lexed, index: int, *, share: bool) -> bool:
    """ "7% higher", "12 points below"; but "3 more hospitals" is a count."""
    return share or lexed.low(index) in ("higher", "lower", "cheaper", "above", "below") or lexed.low(index + 1) == "than"


def _by_parse(head: Token, cue: ChangeCues, *, share: bool, measured: bool) -> bool:
    if head.dep_ == "conj" and any(child.lower_ == "or" for child in head.head.children):
        # "By 300 jobs, or 2.2 percent": the second is the same change.
        head = head.head
    parent, dep = head.head, head.dep_
    if parent.i == head.i:
        return False
    if dep == "pobj":
        return _by_preposition(parent, cue)
    lemma = parent.lemma_.lower()
    if parent.pos_ in ("VERB", "AUX"):
        direct = dep in ("dobj", "npadvmod", "advmod", "attr", "oprd", "nummod", "ccomp", "xcomp", "dep")
        said = lemma in cue.verbs or (share and lemma in cue.transitive and not _part_of(head))
        # "Recovered 88 bodies" is no rise: things counted are what the verb is done to.
        done_to = dep == "dobj" and head.tag_ in ("NNS", "NN") and not share and not measured
        return (direct and said and head.i > parent.i and not done_to) or (share and dep == "attr" and _grew(parent, cue))
    if parent.pos_ in ("NOUN", "PROPN"):
        return dep in ("nummod", "compound", "amod", "nmod", "npadvmod") and lemma in cue.nouns
    return False


def _part_of(head: Token) -> bool:
    """ "Cut 28 percent of the area": how much was cut, not by how much something fell."""
    return head.i + 1 < len(head.doc) and head.nbor().lower_ == "of"


def _grew(verb: Token, cue: ChangeCues) -> bool:
    """ "Growth was 7 percent"."""
    return verb.lemma_ == "be" and any(c.dep_ == "nsubj" and c.lemma_.lower() in cue.nouns for c in verb.lefts)


def _by_preposition(preposition: Token, cue: ChangeCues) -> bool:
    """ "Fell by 3 points", "a rise of 7 percent"."""
    word, parent = preposition.lower_, preposition.head
    lemma = parent.lemma_.lower()
    if word == "by":
        return lemma in cue.verbs or lemma in cue.transitive or lemma in cue.nouns
    return word in ("of", "at") and parent.pos_ in ("NOUN", "PROPN") and lemma in cue.nouns
