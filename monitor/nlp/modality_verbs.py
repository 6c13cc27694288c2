"""Verbs and auxiliaries of forecast, plan, estimate, hypothesis and hearsay, and what they rule."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.nlp.attributes import Attribution
from monitor.nlp.clauses import VERBAL, ancestors, subject_of
from monitor.nlp.modality_cues import ModalityCues
from monitor.nlp.modality_denials import is_negated
from monitor.nlp.modality_scopes import Found, complement, own_clause, phrase, said_before


def by_verb(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    """What a verb rules that foresees, plans, reckons or supposes: "expects", "is set to", "is thought", "depends on"."""
    if token.pos_ not in VERBAL or is_negated(token):
        return
    passive = any(c.dep_ == "auxpass" for c in token.children)
    kind = _passive_kind(token, cues) if passive else None
    if kind is not None:
        yield Found(kind, token, own_clause(token))
        return
    kind = _kind(token, cues)
    if kind is not None and token.dep_ == "acl" and token.tag_ == "VBN":
        yield Found(kind, token, phrase(_measured(token.head)))
    elif kind is not None and passive:
        yield Found(kind, token, own_clause(token) + complement(token))
    elif kind is not None:
        yield Found(kind, token, complement(token) + said_before(token, attributions))
    else:
        yield from _by_its_clause(token, cues, attributions)


def _measured(noun: Token) -> Token:
    """ "Tonnes" of "9 tonnes of rice expected to arrive": what is foreseen is so many."""
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return over if any(c.dep_ == "nummod" for c in over.children) else noun


def _kind(verb: Token, cues: ModalityCues) -> Modality | None:
    kinds = (
        (cues.forecast_verbs, Modality.FORECAST),
        (cues.plan_verbs, Modality.PLANNED),
        (cues.estimate_verbs, Modality.ESTIMATED),
        (cues.assume_verbs, Modality.HYPOTHETICAL),
    )
    return next((modality for words, modality in kinds if verb.lemma_.lower() in words), None)


def _passive_kind(verb: Token, cues: ModalityCues) -> Modality | None:
    """ "Is thought to be", "was supposed to cost", "is said to have"; not "were told to leave", which is an order."""
    lemma = verb.lemma_.lower()
    if lemma in cues.estimate_passives:
        return Modality.ESTIMATED
    told = (c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "oprd"})
    if lemma in cues.hearsay_passives and any(not (lemma in cues.orders and is_infinitive(c)) for c in told):
        return Modality.REPORTED
    if lemma in cues.plan_participles and any(c.dep_ == "xcomp" for c in verb.children):
        return Modality.PLANNED
    return None


def _by_its_clause(verb: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    """Verbs that only what hangs on them makes a plan or forecast: "wants to build", "is to close", "hopes for"."""
    lemma = verb.lemma_.lower()
    to_do = any(c.dep_ == "xcomp" and is_infinitive(c) for c in verb.children)
    is_on = verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    if lemma in cues.plan_infinitives and to_do:
        yield Found(Modality.PLANNED, verb, complement(verb) + said_before(verb, attributions))
    elif (lemma in cues.under_way and is_on) or (lemma == "be" and to_do and subject_of(verb) is not None):
        yield Found(Modality.PLANNED, verb, own_clause(verb))
    elif _hopes_for(verb, cues) or (lemma in cues.forecast_sees and _looks_ahead(verb, cues)):
        yield Found(Modality.FORECAST, verb, complement(verb))
    elif lemma in cues.hinging_verbs and any(c.dep_ == "prep" and c.lower_ in {"on", "upon"} for c in verb.children):
        yield Found(Modality.HYPOTHETICAL, verb, own_clause(verb))
    elif lemma in cues.likely_results and any(c.dep_ == "aux" and c.lower_ == "should" for c in verb.children):
        yield Found(Modality.FORECAST, verb, own_clause(verb))


def is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _hopes_for(verb: Token, cues: ModalityCues) -> bool:
    """ "Had hoped for 5 percent"."""
    return verb.lemma_.lower() in cues.forecast_for and any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children)


def _looks_ahead(verb: Token, cues: ModalityCues) -> bool:
    subject = subject_of(verb)
    about_future = subject is not None and subject.lemma_.lower() in cues.forecast_nouns
    return about_future or (verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ == "see")


def by_auxiliary(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    lower = token.lower_
    if token.dep_ != "aux" or token.tag_ != "MD":
        return
    verb = token.head
    if lower in cues.forecast_auxiliaries:
        yield Found(future(verb, cues), token, own_clause(verb))
    elif lower in cues.maybe_auxiliaries and not _is_ban(verb):
        modality = Modality.HYPOTHETICAL
        if lower in {"would", "'d", "’d"} and _is_future_in_past(token, verb, attributions):
            modality = future(verb, cues)
        yield Found(modality, token, own_clause(verb))


def _is_ban(verb: Token) -> bool:
    """ "No class may have more than 22 pupils": a rule, not a possibility."""
    subject = subject_of(verb)
    return subject is not None and any(c.lower_ == "no" for c in subject.children)


def future(verb: Token, cues: ModalityCues) -> Modality:
    return Modality.PLANNED if verb.lemma_.lower() in cues.deliberate_verbs else Modality.FORECAST


def _is_future_in_past(aux: Token, verb: Token, attributions: Sequence[Attribution]) -> bool:
    """ "said it would": the future, told afterwards; not "would, if"."""
    if any(
        c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in {"if", "unless"} for m in c.children)
        for c in verb.children
    ):
        return False
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
        return False
    if any(step.dep_ == "ccomp" and step.head.tag_ in {"VBD", "VBN"} for step in ancestors(verb)):
        return True
    return any(a.start <= aux.idx < a.end for a in attributions)
