"""From a figure up the parse to what it measures: by prepositions, nouns and verbs."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.nlp.clauses import SUBJECTS, ancestors, shared_subject
from monitor.nlp.ties import Anchor, Tie, VerbCues

_VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp", "dative"})


_WAYS = frozenset({"up", "down", "higher", "lower"})
# Of these the thing that grew or shrank is what they add to: "adds 4 percent to the cost".
_ADDING = {"add": "to", "knock": "off", "shave": "off", "take": "off", "wipe": "off"}


# Whoever does this to "a gain of 3 percent" did not gain.
_FORESEEING = frozenset({"forecast", "expect", "predict", "project", "see", "estimate", "anticipate", "foresee"})
_TRANSITIVE = frozenset({"cut", "raise", "lower", "lift", "trim", "reduce", "hike"})
# "In the range of 7 to 8 million" is where something lies, not what is measured.
_ROUGHLY = frozenset({"range", "region", "vicinity", "neighbourhood", "neighborhood", "order", "area"})


def climb(token: Token, cues: VerbCues, depth: int) -> Anchor:
    """Follow the head until a verb or a measured noun is found."""
    head, dep = token.head, token.dep_
    if depth > 6 or head == token:
        verb = token if token.pos_ in _VERBS else None
        return Anchor(token, Tie.LOOSE, verb=verb)
    if dep in {"pobj", "pcomp"}:
        return _of_preposition(head, cues, depth)
    if dep in {"conj", "appos", "dep", "parataxis"} and head.pos_ not in _VERBS:
        return climb(head, cues, depth + 1)
    if head.pos_ in _VERBS:
        return _of_verb(token, head, cues)
    if dep in {"nummod", "nmod", "compound", "amod", "quantmod", "npadvmod", "advmod", "poss"}:
        if head.pos_ in {"NOUN", "PROPN"} and not is_figure(head):
            return _of_noun(head, cues, depth)
        return climb(head, cues, depth + 1)
    if dep in {"nsubj", "nsubjpass"} or dep in _OBJECTS:
        return climb(head, cues, depth + 1)
    return climb(head, cues, depth + 1)


def _of_preposition(preposition: Token, cues: VerbCues, depth: int) -> Anchor:
    over, word = preposition.head, preposition.lower_
    if over == preposition:
        return Anchor(preposition, Tie.LOOSE, preposition=word)
    acted = _acted_on(over, word, cues)
    if acted is not None:
        return replace(acted, preposition=word)
    if over.lemma_.lower() in _ROUGHLY and over.dep_ == "pobj" and over.head.lower_ == "in":
        return _of_preposition(over.head, cues, depth + 1)
    if is_figure(over):
        # "by 40 basis points to 5.1%": the second figure hangs on the first, and both on the verb
        found = replace(climb(over, cues, depth + 1), preposition=word)
        return replace(found, tie=Tie.LEVEL) if word in {"to", "from"} and found.tie is Tie.CHANGE else found
    if over.pos_ in {"NOUN", "PROPN"}:
        if word in {
            "of",
            "on",
            "about",
            "at",
            "to",
            "from",
            "with",
            "by",
            "above",
            "below",
            "between",
            "over",
            "under",
            "around",
            "near",
        }:
            return replace(_of_noun(over, cues, depth), preposition=word)
        return replace(climb(over, cues, depth + 1), preposition=word)
    if over.pos_ in _VERBS:
        found = replace(_of_verb(preposition, over, cues), preposition=word)
        moved = word == "by" and preposition.i > 0 and preposition.nbor(-1).lower_ in _WAYS
        return replace(found, tie=Tie.CHANGE) if moved else found
    # "up from 41 percent", "compared with 9 percent", "according to": on to what that hangs on
    found = replace(climb(over, cues, depth + 1), preposition=word)
    return replace(found, tie=Tie.CHANGE) if word == "by" and over.lower_ in _WAYS else found


def _acted_on(over: Token, word: str, cues: VerbCues) -> Anchor | None:
    """The object of "put the share of dice from its line at 38 percent", "lifts sales by 17 percent".

    Parsers hang the figure on the noun next to it.
    """
    if word not in {"at", "by", "to"} or over.pos_ not in {"NOUN", "PROPN"} or is_figure(over):
        return None
    step = over
    for _ in range(6):
        if step.dep_ not in {"pobj", "prep", "compound", "appos"} or step.head == step:
            break
        step = step.head
    verb = step if step.pos_ in _VERBS else step.head
    target = step if step.dep_ == "dobj" else _object(verb, over) if verb.pos_ in _VERBS else None
    lemma = verb.lemma_.lower()
    if target is None or target.i > over.i or verb.pos_ not in _VERBS:
        return None
    if word == "by" and lemma in cues.change and target.lemma_.lower() not in cues.change_nouns:
        return Anchor(over, Tie.CHANGE, noun=target, verb=verb)
    if word == "to" and lemma in cues.change and over != target:
        return Anchor(over, Tie.LEVEL, noun=target, verb=verb)
    if word == "at" and lemma in cues.give and over != target:
        return Anchor(over, Tie.LEVEL, noun=target, verb=verb)
    return None


def is_figure(token: Token) -> bool:
    """Whether a token is part of a number with its unit rather than a thing."""
    return (
        token.like_num
        or token.ent_type_ in {"PERCENT", "MONEY", "QUANTITY", "CARDINAL"}
        or token.lemma_ in {"percent", "%", "cent", "point"}
    )


def _of_noun(noun: Token, cues: VerbCues, depth: int) -> Anchor:
    """The figure is of the noun; a noun such as "increase" passes on what increased."""
    verb = next((step for step in ancestors(noun) if step.pos_ in _VERBS), None)
    if noun.lemma_.lower() in cues.change_nouns:
        of = _moved(noun)
        if of is None and verb is not None and verb.lemma_.lower() not in _FORESEEING:
            of = shared_subject(verb)
        return Anchor(noun, Tie.CHANGE, noun=of if of != noun else None, verb=verb, move=noun)
    return Anchor(noun, Tie.LEVEL, noun=noun, verb=verb)


def _moved(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "of", "to"}:
            for inner in child.children:
                if (
                    inner.dep_ == "pobj"
                    and not inner.like_num
                    and inner.pos_ in NOUNS
                    and inner.ent_type_ not in {"PERCENT", "MONEY", "QUANTITY", "DATE"}
                    and inner.lemma_ not in {"percent", "%", "point", "cent"}
                ):
                    return inner
    for child in noun.children:
        if (
            child.dep_ in {"compound", "nmod"}
            and child.pos_ == "NOUN"
            and not child.like_num
            and child.lemma_ not in {"percent", "%", "point", "cent", "percentage"}
        ):
            return child
    return None


def _of_verb(token: Token, verb: Token, cues: VerbCues) -> Anchor:
    """The figure hangs on a verb: as its object, complement, subject or by a preposition."""
    lemma = verb.lemma_.lower()
    subject = shared_subject(verb) or _left_subject(verb)
    target = _object(verb, token)
    added = _added_to(verb, token) if token.dep_ in _OBJECTS else None
    if added is not None:
        return Anchor(token, Tie.CHANGE, noun=added, verb=verb)
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return Anchor(token, Tie.COUNT, verb=verb)
    if target is None and lemma in _TRANSITIVE and (subject is None or subject.pos_ == "PRON"):
        target = _object_above(verb, token)
    if lemma in cues.change:
        by_level = token.dep_ == "prep" and token.lower_ in {"to", "from", "at", "above", "below"}
        noun = target if target is not None else subject
        return Anchor(token, Tie.LEVEL if by_level else Tie.CHANGE, noun=noun, verb=verb)
    if lemma in cues.give and target is not None and token.dep_ == "prep":
        return Anchor(token, Tie.LEVEL, noun=target, verb=verb)
    if token.lower_ == "for" and target is not None and target.dep_ == "dobj":
        # "Close the bridges for four days": what is done goes on so long
        return Anchor(token, Tie.LOOSE, verb=verb)
    if lemma in cues.level or token.dep_ in {"attr", "acomp"}:
        return Anchor(token, Tie.LEVEL, noun=subject, verb=verb)
    return Anchor(token, Tie.COUNT if token.dep_ in _OBJECTS else Tie.LOOSE, verb=verb)


def _object_above(verb: Token, token: Token) -> Token | None:
    """The object of the clause around: of "it changed the rate when it cut by a quarter point", rate."""
    for step in ancestors(verb):
        if step != verb and step.pos_ in _VERBS:
            found = _object(step, token)
            return found if found is not None and found.pos_ == "NOUN" and found.i < verb.i else None
    return None


def _left_subject(verb: Token) -> Token | None:
    """The subject that the parse gave to another verb: of "The number of people whose name was taken rose", number."""
    for step in ancestors(verb):
        if step.pos_ not in _VERBS:
            return None
        found = [c for c in step.children if c.dep_ in SUBJECTS and c.i < verb.i and c.pos_ in {"NOUN", "PROPN"}]
        if found and step != verb and step.i < verb.i:
            return found[0]
    return None


def _added_to(verb: Token, figure: Token) -> Token | None:
    """What "adds 4 percent to the cost" makes larger."""
    wanted = _ADDING.get(verb.lemma_.lower())
    for child in (*verb.children, *(step for token in figure.children for step in (token, *token.children))):
        if wanted and child.dep_ in {"prep", "prt", "dative"} and child.lower_ == wanted:
            return next((inner for inner in child.children if inner.dep_ == "pobj" and inner.pos_ == "NOUN"), None)
    return None


def _object(verb: Token, token: Token) -> Token | None:
    """What the verb acts on, other than the figure itself; of a passive its subject."""
    for child in verb.children:
        if child == token or child.like_num or (child.pos_ not in NOUNS and child.lower_ != "own"):
            continue
        if child.dep_ == "dobj" and token.i not in {inner.i for inner in child.subtree}:
            return child
        if child.dep_ == "nsubjpass":
            return child
    # "puts inflation at 2.1%" may be parsed with a small clause
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ in NOUNS and child != token:
            return child
    return None
