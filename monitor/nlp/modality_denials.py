"""Denials and negations, and what they are of."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.nlp.attributes import Attribution
from monitor.nlp.clauses import SUBJECTS, VERBAL, Region, clause_of, regions, subject_of
from monitor.nlp.modality_cues import ModalityCues
from monitor.nlp.modality_scopes import NEGATED, Found, completes, own_clause, phrase, said_before


def is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def by_denial(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL and lemma in cues.denial_verbs and not is_negated(token):
        passive = any(c.dep_ == "auxpass" for c in token.children)
        yield Found(
            Modality.DENIED,
            token,
            own_clause(token) if passive else _denied_by(token) + said_before(token, attributions),
            NEGATED,
        )
    elif token.lower_ in cues.denial_adjectives | cues.truth_adjectives and token.dep_ in {
        "acomp",
        "oprd",
        "ccomp",
        "attr",
        "xcomp",
    }:
        yield from _called_false(token, cues)
    elif token.lower_ in cues.negations:
        yield from _negated(token, cues, attributions)


def _denied_by(verb: Token) -> list[Region]:
    """What a denial is of, without what is said instead: "denied that 9 died, saying that 7 did"."""
    doc = verb.doc
    instead = {
        t
        for c in verb.children
        if c.dep_ == "advcl" and c.tag_ == "VBG" and doc[c.left_edge.i - 1].text == ","
        for t in c.subtree
    }
    return regions(t for t in verb.subtree if t.i > verb.i and t not in instead and completes(t, verb))


def _called_false(adjective: Token, cues: ModalityCues) -> Iterator[Found]:
    """ "The claim that ... is false", "called the figure of ... false"; with "not" it is the other way round."""
    verb = adjective.head
    if is_negated(verb) != (adjective.lower_ in cues.truth_adjectives):
        return
    subject = next((c for c in adjective.children if c.dep_ in SUBJECTS), None) or subject_of(verb)
    target = next((c for c in verb.children if c.dep_ == "dobj"), None) or subject
    if target is None:
        return
    back = _sentence_before(target) if target is subject and _points_back(target) else []
    yield Found(Modality.DENIED, adjective, regions(target.subtree) + back, NEGATED)


def _points_back(subject: Token) -> bool:
    """ "That is false", "those claims are false": what the sentence before has said."""
    pointing = {"that", "this", "those", "these"}
    return subject.lower_ in pointing or any(c.dep_ == "det" and c.lower_ in pointing for c in subject.children)


def _sentence_before(token: Token) -> list[Region]:
    """The sentence before the token's own, in the same paragraph."""
    start = token.sent.start
    if start == 0 or "\n" in token.doc[start - 1].text_with_ws:
        return []
    return regions(token.doc[start - 1].sent)


def _negated(neg: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    """Scope of "not", "never" and "no": what the negated verb or noun itself is about."""
    following = neg.doc[neg.i + 1] if neg.i + 1 < len(neg.doc) else neg
    if following.lower_ in cues.no_denial or following.lemma_.lower() in cues.no_denial:
        return
    contrasted = _contrasted(neg)
    if contrasted:
        yield Found(Modality.DENIED, neg, contrasted, NEGATED)
        return
    if neg.lower_ in cues.nobody and neg.dep_ in SUBJECTS and neg.head.pos_ in VERBAL:
        yield _refusal(neg, own_clause(neg.head), attributions)
    elif neg.dep_ == "det" or neg.lower_ == "no":
        yield from _no(neg, cues, attributions)
    elif neg.dep_ == "neg" and neg.head.pos_ in VERBAL:
        yield from _not(neg, cues, attributions)


def _contrasted(neg: Token) -> list[Region]:
    """ "22 tonnes, not 24", "not 24 but 22": the figure that is set aside."""
    doc = neg.doc
    if neg.lower_ not in {"not", "neither", "nor"}:
        return []
    first = neg.i + 1
    while first < len(doc) and doc[first].pos_ in {"ADP", "PART", "DET", "SYM", "ADV"} and first - neg.i < 4:
        first += 1
    if first >= len(doc) or not (doc[first].like_num or doc[first].pos_ == "NUM"):
        return []
    last = first
    while last + 1 < len(doc) and last - first < 6 and doc[last + 1].text not in {",", ".", ";", ")", "but", "as", "and"}:
        last += 1
    return regions(doc[neg.i : last + 1])


def _no(neg: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    noun = neg.head
    pieces = phrase(noun)
    verb = clause_of(noun)
    if noun.dep_ in SUBJECTS and _is_bound(verb):
        return
    if noun.dep_ in {"nsubjpass", "nsubj"} and noun.lemma_.lower() not in cues.denial_nouns:
        pieces = pieces + own_clause(verb)
    elif noun.lemma_.lower() in cues.denial_nouns:
        pieces = pieces + [
            p for c in verb.children if c.dep_ in {"ccomp", "acl"} and c.i > noun.i for p in regions(c.subtree)
        ]
    yield _refusal(neg, pieces, attributions, sure=noun.lemma_.lower() in cues.denial_nouns)


def _is_bound(verb: Token) -> bool:
    """ "No class may have more than 22 pupils": at most 22, and denied by nobody."""
    allowed = any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
    return allowed and any(t.lower_ in {"more", "fewer", "less"} and t.i > verb.i for t in verb.subtree)


def _not(neg: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    verb = neg.head
    core = [c for c in verb.children if c.i > neg.i and c.dep_ in {"dobj", "attr", "oprd", "ccomp", "xcomp"}]
    if verb.lemma_.lower() in cues.idle_verbs and neg.lower_ != "never":
        core = [c for c in core if c.dep_ == "ccomp" and verb.lemma_ in {"say", "confirm"}]
    if not core:
        return
    pieces = [p for c in core for p in regions(c.subtree)]
    yield _refusal(neg, [(neg.idx, pieces[0][1]), *pieces] if pieces else [], attributions)


def _refusal(neg: Token, pieces: Sequence[Region], attributions: Sequence[Attribution], sure: bool = False) -> Found:
    """A "no" that somebody says is a denial; in the publisher's own voice it is a negated statement."""
    said = sure or any(a.start <= neg.idx < a.end for a in attributions)
    return Found(Modality.DENIED if said else Modality.ASSERTED, neg, pieces, NEGATED)
