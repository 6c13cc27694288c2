"""Nouns, adjectives, adverbs, conditions and fixed phrases of modality, and what they rule."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from monitor.domain.claim import Modality
from monitor.nlp.attributes import Attribution
from monitor.nlp.clauses import SUBJECTS, VERBAL, Region, ancestors, clause_of, is_clause, regions
from monitor.nlp.modality_cues import ModalityCues
from monitor.nlp.modality_scopes import Found, complement, own_clause, phrase, said_with
from monitor.nlp.modality_verbs import future, is_infinitive
from monitor.nlp.text import text_of


def by_noun(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    gerund = token.tag_ == "VBG" and token.dep_ in SUBJECTS  # "modelling by the school suggests"
    if token.pos_ not in {"NOUN", "PROPN"} and not gerund:
        return
    lemma = token.lower_ if gerund else token.lemma_.lower()
    if any(c.dep_ == "nummod" for c in token.children):
        return  # "19 goals": things that are counted, not what somebody aims at
    before = token.doc[token.i - 1].lower_ if token.i else ""
    for words, modality in (
        (cues.forecast_nouns, Modality.FORECAST),
        (cues.plan_nouns, Modality.PLANNED),
        (cues.estimate_nouns, Modality.ESTIMATED),
        (cues.scenario_nouns, Modality.HYPOTHETICAL),
    ):
        if lemma in words or f"{before} {lemma}" in words:
            yield Found(
                Modality.FORECAST if f"{before} {lemma}" in cues.forecast_nouns else modality,
                token,
                _noun_scope(token, attributions),
            )
            return


def _noun_scope(noun: Token, attributions: Sequence[Attribution]) -> list[Region]:
    """A forecast rules what is said of it: its verb's clause as subject or object, else its own phrase."""
    own = phrase(noun)
    head = noun.head
    if noun.dep_ in SUBJECTS and head.pos_ in VERBAL:
        return own + own_clause(head) + [p for c in head.children if c.dep_ == "ccomp" for p in own_clause(c)]
    if noun.dep_ == "dobj" and head.pos_ in VERBAL:
        return own + [r for r in complement(head) if r[1] > noun.idx and not _is_next_in_title(noun, r)]
    if noun.dep_ in {"attr", "appos"} and head.pos_ in VERBAL:
        return own
    if noun.dep_ == "pobj" and head.lower_ == "under" and head.head.pos_ in VERBAL and _is_open(head.head):
        return own + own_clause(head.head)
    if noun.dep_ == "pobj" and head.dep_ in {"prep", "agent"}:
        for cue in (head, head.head):
            if (said := said_with(cue, attributions)) and cue.lower_ in {"according", "by", "on", "in"}:
                return own + said
    return own


def _is_open(verb: Token) -> bool:
    """ "Under the plan tolls would rise"."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _is_next_in_title(noun: Token, region: Region) -> bool:
    """Whether a comma of a headline parts a region from the noun: "Lifts its outlook, sales up 3 percent"."""
    doc = noun.doc
    return doc._.where == "title" and "," in text_of(doc)[noun.idx : region[0] + 1]


def by_adjective(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    lower = token.lower_
    for words, modality in (
        (cues.forecast_adjectives, Modality.FORECAST),
        (cues.plan_adjectives, Modality.PLANNED),
        (cues.estimate_adjectives, Modality.ESTIMATED),
        (cues.hearsay_adjectives, Modality.REPORTED),
    ):
        if lower not in words:
            continue
        if token.dep_ in {"amod", "compound"}:
            head = token.head
            yield Found(modality, token, phrase(head) + _equated(head))
        elif token.dep_ in {"acomp", "oprd", "attr"} and (
            any(c.dep_ == "xcomp" for c in token.children) or _is_due(token)
        ):
            yield Found(modality, token, own_clause(token.head))
    if lower in cues.estimate_adverbs and token.dep_ in {"advmod", "npadvmod"}:
        head = token.head
        yield Found(Modality.ESTIMATED, token, phrase(head) if head.pos_ not in VERBAL else own_clause(head))
    if lower in cues.likely_adverbs and token.dep_ == "advmod":
        yield _likely(token)
    if lower in cues.hearsay_adverbs:
        yield Found(Modality.REPORTED, token, own_clause(clause_of(token)))


def _likely(adverb: Token) -> Found:
    """ "Will probably take 9 days" foresees; "probably held 9 tonnes" reckons."""
    head = adverb.head
    if head.pos_ not in VERBAL:
        return Found(Modality.ESTIMATED, adverb, phrase(head))
    ahead = any(c.dep_ == "aux" and c.lower_ in {"will", "wo", "shall", "'ll", "’ll", "would"} for c in head.children)
    return Found(Modality.FORECAST if ahead else Modality.ESTIMATED, adverb, own_clause(head))


def _is_due(adjective: Token) -> bool:
    """ "Are due in 2029", "is due on Friday"."""
    return adjective.lower_ in {"due", "scheduled", "slated"} and any(
        c.dep_ in {"prep", "advmod", "npadvmod"} and any(t.ent_type_ in {"DATE", "TIME"} for t in c.subtree)
        for c in adjective.children
    )


def _equated(noun: Token) -> list[Region]:
    """ "The projected yield is 40 percent": what the subject is said to be."""
    return (
        own_clause(noun.head) if noun.dep_ in SUBJECTS and noun.head.lemma_ in {"be", "reach", "stand", "remain"} else []
    )


def by_condition(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    if said_with(token, attributions):
        return  # "if the survey is right": hearsay, not a condition
    if token.lower_ not in cues.if_words or token.dep_ not in {"mark", "advcl", "prep", "pcomp", "dep"}:
        return
    if token.lower_ == "whether" and token.head.dep_ not in {"ccomp", "advcl", "acl", "pcomp"}:
        return
    verb = token.head if token.dep_ == "mark" else token
    outcome = own_clause(verb.head) if verb.dep_ == "advcl" and _leads(verb) and token.lower_ != "whether" else []
    yield Found(Modality.HYPOTHETICAL, token, regions(verb.subtree) + outcome)


def _leads(condition: Token) -> bool:
    """Whether a condition stands first, so that what follows holds only under it; a past fact holds anyway."""
    return condition.i < condition.head.i and condition.head.tag_ != "VBD"


def by_question(doc: Doc) -> Iterator[Found]:
    for sent in doc.sents:
        bare = sent.text.rstrip(" \n\"'”’)")
        if bare.endswith("?"):
            mark = next(t for t in reversed(list(sent)) if "?" in t.text)
            yield Found(Modality.QUESTION, mark, [(sent.start_char, sent.start_char + len(bare))])


def by_phrase(doc: Doc, cues: ModalityCues) -> Iterator[Found]:
    lowered = text_of(doc).lower()
    if len(lowered) != len(text_of(doc)):
        return
    for words, modality in ((cues.plan_phrases, Modality.PLANNED), (cues.estimate_phrases, Modality.ESTIMATED)):
        for words_of in sorted(words):
            at = lowered.find(words_of)
            while at >= 0:
                span = doc.char_span(at, at + len(words_of))
                if span is not None:
                    yield Found(modality, span, _phrase_scope(span))
                at = lowered.find(words_of, at + 1)


def _phrase_scope(span: Span) -> list[Region]:
    clause = clause_of(span.root)
    if clause == span.root and clause.dep_ in {"advcl", "prep"}:
        clause = clause_of(clause.head)
    return own_clause(clause) if is_clause(clause) else phrase(span.root)


def by_headline(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    """ "Yard to cut 40 jobs", "Frost to halve crop": in a headline an infinitive is the future."""
    if token.doc._.where != "title" or not is_infinitive(token) or token.i < 2:
        return
    before = next(c for c in token.children if c.lower_ == "to" and c.dep_ == "aux")
    subject = token.doc[before.i - 1] if before.i else before
    if subject.pos_ in {"NOUN", "PROPN"} and (token.dep_ == "ROOT" or token.head == subject):
        modality = future(token, cues) if subject.pos_ == "PROPN" else Modality.FORECAST
        yield Found(modality, token, regions(t for t in token.subtree if t.i > before.i and not _is_next(t, token)))


def _is_next(token: Token, verb: Token) -> bool:
    """ "To cut 9 jobs, orders 20 jets": what is joined in the present has been done."""
    return any(step.dep_ == "conj" and step.tag_ in {"VBZ", "VBP", "VBD"} for step in ancestors(token) if step != verb)
