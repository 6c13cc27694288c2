"""What a number stands for that has neither a unit nor a noun of its own: "the death toll rose to 74"."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from spacy.tokens import Token

from monitor.nlp.counted import fate_of, noun_of
from monitor.nlp.draft import Draft
from monitor.nlp.figure_cues import FigureCues

_REACH = 9  # tokens back to the noun that a bare number is of
_POINTING = frozenset({"them", "these", "those"})
_ALIKE = (Decimal("0.5"), Decimal(2))
_NEAR = (Decimal("0.05"), Decimal(20))


class Known(NamedTuple):
    """An earlier figure: number, unit, factor, start of its sentence; whether it was in millions, or in brackets."""

    value: Decimal
    unit: str
    factor: Decimal
    sentence: int
    scaled: bool
    bracketed: bool = False


def bare_unit(draft: Draft, token: Token, known: Sequence[Known], cues: FigureCues) -> tuple[str, Decimal]:
    """The unit of a bare number and its factor: from its verb and subject, else from the figures before it."""
    one = Decimal(1)
    joined = _like_before(draft, token, known, cues) if token.dep_ == "conj" else None
    if joined is not None:
        return joined
    part = _of_them(token, known)
    if part is not None:
        return part, one
    noun = fate_of(token, cues) or _of_subject(token, cues) or _toll(token, cues) or _antecedent(token, cues)
    if noun is not None:
        return f"count:{noun}", one
    decimal = draft.number.value != int(draft.number.value)
    scale = _scale_noun(token, cues, decimal=decimal)
    if scale is not None:
        return scale, one
    alike = _like_before(draft, token, known, cues) or _like_sentence_before(draft, token, known)
    if alike is not None:
        return alike
    return ("ratio" if decimal else "count:item"), one


def _of_them(token: Token, known: Sequence[Known]) -> str | None:
    """ "Reconnected 800 of them", "of these, 12": what the last count was of."""
    after = [word.lower_ for word in token.doc[token.i + 1 : token.i + 3]]
    before = [word.lower_ for word in token.doc[token.sent.start : token.i] if not word.is_space][:3]
    leads = before[:1] == ["of"] and before[1:2] and before[1] in _POINTING and before[2:] in ([], [","])
    if not leads and (after[:1] != ["of"] or not set(after[1:]) & _POINTING):
        return None
    return next((figure.unit for figure in reversed(known) if figure.unit.startswith("count:")), None)


def _verb(token: Token) -> Token | None:
    """The verb that a bare number hangs on, over its preposition."""
    head = token.head
    if head.dep_ == "prep" and head.i != head.head.i and token.dep_ == "pobj":
        head = head.head
    return head if head.pos_ in ("VERB", "AUX") and head.i != token.i else None


def _of_subject(token: Token, cues: FigureCues) -> str | None:
    """ "The number of visitors rose to 8,300", "deaths climb to 52", "puts the dead at 61"."""
    verb = _verb(token)
    if verb is None:
        return None
    for child in verb.lefts if token.i > verb.i else ():
        if child.dep_ in ("nsubj", "nsubjpass"):
            noun = _counted_by_noun(child, cues) or _plural(child, token, cues)
            if noun is not None:
                return noun
    for child in verb.rights:
        if child.dep_ == "dobj" and child.i < token.i:
            return _counted_by_noun(child, cues)
    return None


def _counted_by_noun(noun: Token, cues: FigureCues) -> str | None:
    if noun.lemma_.lower() in cues.tolls:
        return cues.tolls[noun.lemma_.lower()]
    if noun.lemma_.lower() in cues.lists["flows"]:
        return next((noun_of(child, cues) for child in noun.lefts if child.dep_ == "compound"), None)
    if noun.lemma_.lower() not in cues.lists["number_nouns"]:
        return None
    for of in noun.rights:
        if of.dep_ == "prep" and of.lower_ == "of":
            return next((noun_of(child, cues) for child in of.rights if child.dep_ == "pobj"), None)
    return None


def _plural(noun: Token, token: Token, cues: FigureCues) -> str | None:
    if noun.tag_ not in ("NNS", "NNPS") or noun.lower_ in cues.lists["uncounted"] or "." in token.text:
        return None
    if token.dep_ == "pobj" and token.head.lower_ not in cues.level:
        return None
    if token.dep_ in ("dobj", "pobj") and noun.head.lemma_.lower() in cues.lists["tellers"]:
        return None  # "the surveyors have 8,929,000"
    return noun_of(noun, cues)


def _toll(token: Token, cues: FigureCues) -> str | None:
    """The death toll in the same sentence, unless the number is that of others: "and 480 were hurt"."""
    if token.dep_ in ("nsubj", "nsubjpass"):
        return None
    for word in token.doc[token.sent.start : token.i]:
        if word.lower_ in cues.tolls and word.pos_ == "NOUN":
            return cues.tolls[word.lower_]
    return None


def _antecedent(token: Token, cues: FigureCues) -> str | None:
    """ "Night trains, some 210 of which": the plural before the comma."""
    after = [word.lower_ for word in token.doc[token.i + 1 : token.i + 4]]
    if "of" not in after or not {"which", "whom"} & set(after):
        return None
    for word in reversed(token.doc[token.sent.start : token.i]):
        if word.tag_ in ("NNS", "NNPS"):
            return noun_of(word, cues)
    return None


def _scale_noun(token: Token, cues: FigureCues, *, decimal: bool) -> str | None:
    for word in token.doc[max(token.sent.start, token.i - _REACH) : token.i]:
        if word.lower_ in cues.scale_nouns:
            return cues.scale_nouns[word.lower_]
    before = token.doc[token.sent.start - 1].sent.start if token.sent.start else 0
    near = token.doc[max(before, token.i - 2 * _REACH) : token.i] if decimal else ()
    return next((cues.scaled_events[word.lower_] for word in near if word.lower_ in cues.scaled_events), None)


def _like_sentence_before(draft: Draft, token: Token, known: Sequence[Known]) -> tuple[str, Decimal] | None:
    """ "The poll has them at 43 percent. The party says 37": the unit of the sentence before."""
    if token.dep_ not in ("dobj", "attr", "pobj", "ccomp", "nsubj", "npadvmod", "ROOT") or draft.number.scaled:
        return None
    before = token.doc[token.sent.start - 1].sent.start if token.sent.start else -1
    near = [f for f in known if f.sentence == before and not f.scaled and f.value and f.unit != "count:item"]
    alike = [f for f in near if _ALIKE[0] <= draft.number.value / f.value <= _ALIKE[1]]
    return (alike[-1].unit, alike[-1].factor) if alike else None


def _like_before(draft: Draft, token: Token, known: Sequence[Known], cues: FigureCues) -> tuple[str, Decimal] | None:
    """The unit of an earlier figure that this one goes on with.

    In the same sentence one of its size; anywhere the very same number; or, for millions, a recent one in millions.
    """
    value, sentence = draft.number.value, token.sent.start
    # "Rose 8 percent to 3.65": where a price or an index went is no percentage.
    goes = token.i > 0 and token.nbor(-1).lower_ in ("to", "at")
    bracketed = token.i > 0 and token.nbor(-1).text == "("
    beside = [figure for figure in known if bracketed or not figure.bracketed]
    follower = next((word for word in token.doc[token.i + 1 : token.i + 4] if word.pos_ != "NUM"), token)
    if follower.lower_ in ("more", "fewer", "less"):
        # "775 million bushels, 25 million fewer than in May"
        same = [figure for figure in beside if figure.sentence == sentence and figure.scaled == draft.number.scaled]
        if same:
            return same[-1].unit, same[-1].factor
    for figure in reversed(beside[-4:]):
        if figure.unit in ("percent", "percentage_point") and (goes or value > 100):
            continue
        if figure.sentence == sentence and figure.scaled == draft.number.scaled and _near(value, figure.value):
            return figure.unit, figure.factor
    for figure in reversed(known):
        if figure.value == value and value > 12:
            return figure.unit, figure.factor
    if draft.number.scaled:
        for figure in reversed(known[-6:]):
            if figure.scaled and _near(value, figure.value):
                return figure.unit, figure.factor
    return None


def _near(value: Decimal, other: Decimal) -> bool:
    return other != 0 and _NEAR[0] <= value / other <= _NEAR[1]
