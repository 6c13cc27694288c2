"""Denial, hedging, forecast, plan, estimate, hypothesis and question cues → how surely a region is said.

The words are in models/cues/en/modality.toml; scope comes from the parse: a cue rules its clause, not the sentence.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from monitor.domain.claim import Modality, Polarity
from monitor.nlp.attributes import Attribution, ModalitySpan, register
from monitor.nlp.clauses import (
    SUBJECTS,
    VERBAL,
    Region,
    ancestors,
    clause_of,
    end_of,
    is_clause,
    is_finite,
    readable,
    regions,
    subject_of,
)
from monitor.nlp.text import text_of

COMPARING = frozenset({"against", "compared", "versus"})
AFFIRMED, NEGATED = Polarity.AFFIRMED, Polarity.NEGATED


@dataclass(frozen=True)
class ModalityCues:
    """The words of models/cues/en/modality.toml, list by list."""

    forecast_verbs: frozenset[str]
    forecast_for: frozenset[str]
    forecast_sees: frozenset[str]
    forecast_nouns: frozenset[str]
    forecast_adjectives: frozenset[str]
    forecast_auxiliaries: frozenset[str]
    plan_verbs: frozenset[str]
    plan_infinitives: frozenset[str]
    plan_nouns: frozenset[str]
    plan_participles: frozenset[str]
    plan_adjectives: frozenset[str]
    plan_phrases: frozenset[str]
    deliberate_verbs: frozenset[str]
    under_way: frozenset[str]
    estimate_verbs: frozenset[str]
    estimate_nouns: frozenset[str]
    estimate_adjectives: frozenset[str]
    estimate_passives: frozenset[str]
    estimate_adverbs: frozenset[str]
    estimate_phrases: frozenset[str]
    if_words: frozenset[str]
    maybe_auxiliaries: frozenset[str]
    assume_verbs: frozenset[str]
    scenario_nouns: frozenset[str]
    hearsay_adverbs: frozenset[str]
    hearsay_passives: frozenset[str]
    orders: frozenset[str]
    hearsay_adjectives: frozenset[str]
    denial_verbs: frozenset[str]
    denial_adjectives: frozenset[str]
    truth_adjectives: frozenset[str]
    denial_nouns: frozenset[str]
    negations: frozenset[str]
    no_denial: frozenset[str]
    nobody: frozenset[str]
    idle_verbs: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Sequence[str]]]) -> "ModalityCues":
        """From the parsed file. A list that is missing is a KeyError with its name."""
        lists = {name: words for table in tables.values() for name, words in table.items()}
        return cls(**{f.name: frozenset(lists[f.name]) for f in fields(cls)})


@dataclass(frozen=True)
class Found:
    """A cue and the pieces of text it rules."""

    modality: Modality
    cue: Token | Span
    pieces: Sequence[Region]
    polarity: Polarity = AFFIRMED


def read_cues(text: str) -> ModalityCues:
    """The cues of a modality.toml."""
    return ModalityCues.from_tables(tomllib.loads(text))


def find_modalities(doc: Doc, cues: ModalityCues) -> list[ModalitySpan]:
    """Regions under a cue, in order of text. Reads `doc._.attributions`, so these come first."""
    attributions: Sequence[Attribution] = doc._.attributions
    found: list[Found] = []
    for sent in readable(doc):
        for token in sent:
            for finder in FINDERS:
                found.extend(finder(token, cues, attributions))
    found.extend(_questions(doc))
    found.extend(_phrases(doc, cues))
    spans = {
        ModalitySpan(start, end, f.modality, f.polarity, *_cue_region(f.cue)) for f in found for start, end in f.pieces
    }
    return sorted(spans, key=lambda s: (s.start, s.end, s.cue_start, s.modality, s.polarity))


def _cue_region(cue: Token | Span) -> Region:
    return (cue.idx, end_of(cue)) if isinstance(cue, Token) else (cue.start_char, cue.end_char)


# --- what holds at a place


def modality_at(doc: Doc, attribution: Attribution | None, start: int, end: int) -> tuple[Modality, Polarity]:
    """Modality and polarity of characters `start` to `end`, given the attribution that holds there.

    Denial comes first, then questions; then the closest plan, forecast, estimate or condition that is said in so many
    words; then hearsay; a bare "will" or "would" counts only where the speaker is known by name.
    """
    around = [m for m in doc._.modalities if m.start <= start and end <= m.end]
    polarity = NEGATED if any(m.polarity is NEGATED for m in around) else AFFIRMED
    for first in (Modality.DENIED, Modality.QUESTION):
        if any(m.modality is first for m in around):
            return first, polarity
    told = attribution.modality if attribution is not None else None
    open_ones = [m for m in around if m.modality not in {Modality.ASSERTED, Modality.REPORTED}]
    strong = [m for m in open_ones if not _is_soft(doc, m)]
    if strong:
        return _closest(strong), polarity
    if told is Modality.REPORTED or any(m.modality is Modality.REPORTED for m in around):
        return Modality.REPORTED, polarity
    if open_ones:
        return _closest(open_ones), polarity
    return told or Modality.ASSERTED, polarity


def _closest(spans: Sequence[ModalitySpan]) -> Modality:
    return min(spans, key=lambda m: (m.end - m.start, m.cue_start)).modality


def _is_soft(doc: Doc, span: ModalitySpan) -> bool:
    """Whether the cue is only an auxiliary: "will", "would", "could"."""
    cue = doc.char_span(span.cue_start, span.cue_end)
    return cue is not None and len(cue) == 1 and cue[0].tag_ == "MD"


# --- scopes


def own_clause(verb: Token) -> list[Region]:
    """The clause of a verb without clauses that have a tense or a subject of their own."""
    return regions(t for t in verb.subtree if _stays(t, verb))


def _stays(token: Token, verb: Token) -> bool:
    for step in ancestors(token):
        if step == verb:
            return True
        if _compares(step) or (is_clause(step) and (is_finite(step) or step.dep_ == "relcl")):
            return False
    return True


def _compares(token: Token) -> bool:
    """ "... against 80 last season", "compared with 12 in May": what is only held beside the figure."""
    return token.lower_ in COMPARING and token.dep_ in {"prep", "advcl", "pcomp"}


def complement(verb: Token) -> list[Region]:
    """What stands after the verb and hangs on it, clauses included; joined main clauses and asides are left out."""
    return regions(t for t in verb.subtree if t.i > verb.i and _completes(t, verb))


def _completes(token: Token, verb: Token) -> bool:
    for step in ancestors(token):
        if step == verb:
            return True
        if _compares(step) or (step.head == verb and step.dep_ in {"conj", "cc", "parataxis"}):
            return False
        if step.head == verb and step.dep_ == "advcl" and is_finite(step):
            return False
    return True


def phrase(noun: Token) -> list[Region]:
    """The phrase around a noun with all that specifies it."""
    return regions(t for t in noun.subtree if not _aside(t, noun))


def _aside(token: Token, noun: Token) -> bool:
    return any(step.head == noun and step.dep_ in {"conj", "cc", "punct"} for step in ancestors(token) if step != noun)


def said_with(cue: Token, attributions: Sequence[Attribution]) -> list[Region]:
    """The content of the attributions that this very word makes."""
    return [(a.start, a.end) for a in attributions if a.cue_start == cue.idx]


def said_before(verb: Token, attributions: Sequence[Attribution]) -> list[Region]:
    """Content that the verb follows: "..., the bank expects"."""
    return [region for region in said_with(verb, attributions) if region[0] < verb.idx]


# --- verbs and auxiliaries


def _verbs(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    if token.pos_ not in VERBAL or _is_negated(token):
        return
    lemma = token.lemma_.lower()
    passive = any(c.dep_ == "auxpass" for c in token.children)
    kinds = (
        (cues.forecast_verbs, Modality.FORECAST),
        (cues.plan_verbs, Modality.PLANNED),
        (cues.estimate_verbs, Modality.ESTIMATED),
        (cues.assume_verbs, Modality.HYPOTHETICAL),
    )
    for words, modality in kinds:
        if lemma in words:
            if token.dep_ == "acl" and token.tag_ == "VBN":
                yield Found(modality, token, phrase(token.head))
                return
            yield Found(
                modality,
                token,
                own_clause(token) + complement(token)
                if passive
                else complement(token) + said_before(token, attributions),
            )
            return
    if lemma in cues.plan_infinitives and any(c.dep_ == "xcomp" and _is_infinitive(c) for c in token.children):
        yield Found(Modality.PLANNED, token, complement(token) + said_before(token, attributions))
    elif passive and lemma in cues.estimate_passives:
        yield Found(Modality.ESTIMATED, token, own_clause(token))
    elif (
        passive
        and lemma in cues.hearsay_passives
        and any(
            c.dep_ in {"xcomp", "ccomp", "oprd"} and not (lemma in cues.orders and _is_infinitive(c))
            for c in token.children
        )
    ):
        yield Found(Modality.REPORTED, token, own_clause(token))
    elif (passive and lemma in cues.plan_participles and any(c.dep_ == "xcomp" for c in token.children)) or (
        lemma in cues.under_way
        and token.tag_ == "VBG"
        and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children)
    ):
        yield Found(Modality.PLANNED, token, own_clause(token))
    elif _hopes_for(token, cues) or (lemma in cues.forecast_sees and _looks_ahead(token, cues)):
        yield Found(Modality.FORECAST, token, complement(token))
    elif (
        lemma == "be"
        and any(c.dep_ == "xcomp" and _is_infinitive(c) for c in token.children)
        and subject_of(token) is not None
    ):
        yield Found(Modality.PLANNED, token, own_clause(token))


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _hopes_for(verb: Token, cues: ModalityCues) -> bool:
    """ "Had hoped for 5 percent"."""
    return verb.lemma_.lower() in cues.forecast_for and any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children)


def _looks_ahead(verb: Token, cues: ModalityCues) -> bool:
    subject = subject_of(verb)
    about_future = subject is not None and subject.lemma_.lower() in cues.forecast_nouns
    return about_future or (verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ == "see")


def _auxiliaries(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    lower = token.lower_
    if token.dep_ != "aux" or token.tag_ != "MD":
        return
    verb = token.head
    if lower in cues.forecast_auxiliaries:
        yield Found(_future(verb, cues), token, own_clause(verb))
    elif lower in cues.maybe_auxiliaries and not _is_ban(verb):
        modality = Modality.HYPOTHETICAL
        if lower in {"would", "'d", "’d"} and _is_future_in_past(token, verb, attributions):
            modality = _future(verb, cues)
        yield Found(modality, token, own_clause(verb))


def _is_ban(verb: Token) -> bool:
    """ "No class may have more than 22 pupils": a rule, not a possibility."""
    subject = subject_of(verb)
    return subject is not None and any(c.lower_ == "no" for c in subject.children)


def _future(verb: Token, cues: ModalityCues) -> Modality:
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


# --- nouns and adjectives


def _nouns(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    if token.pos_ not in {"NOUN", "PROPN"}:
        return
    lemma = token.lemma_.lower()
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
        return own + [r for r in complement(head) if r[1] > noun.idx]
    if noun.dep_ in {"attr", "appos"} and head.pos_ in VERBAL:
        return own
    if noun.dep_ == "pobj" and head.dep_ in {"prep", "agent"}:
        for cue in (head, head.head):
            if (said := said_with(cue, attributions)) and cue.lower_ in {"according", "by", "on", "in"}:
                return own + said
    return own


def _adjectives(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
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
    if lower in cues.hearsay_adverbs:
        yield Found(Modality.REPORTED, token, own_clause(clause_of(token)))


def _is_due(adjective: Token) -> bool:
    """ "Are due in 2029", "is due on Friday"."""
    return adjective.lower_ in {"due", "scheduled", "slated"} and any(
        c.dep_ == "prep" and any(t.ent_type_ in {"DATE", "TIME"} for t in c.subtree) for c in adjective.children
    )


def _equated(noun: Token) -> list[Region]:
    """ "The projected yield is 40 percent": what the subject is said to be."""
    return (
        own_clause(noun.head) if noun.dep_ in SUBJECTS and noun.head.lemma_ in {"be", "reach", "stand", "remain"} else []
    )


# --- conditions


def _conditions(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
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


# --- denial


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _denials(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL and lemma in cues.denial_verbs and not _is_negated(token):
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
    return regions(t for t in verb.subtree if t.i > verb.i and t not in instead and _completes(t, verb))


def _called_false(adjective: Token, cues: ModalityCues) -> Iterator[Found]:
    """ "The claim that ... is false", "called the figure of ... false"; with "not" it is the other way round."""
    verb = adjective.head
    if _is_negated(verb) != (adjective.lower_ in cues.truth_adjectives):
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


# --- questions, fixed phrases


def _questions(doc: Doc) -> Iterator[Found]:
    for sent in doc.sents:
        bare = sent.text.rstrip(" \n\"'”’)")
        if bare.endswith("?"):
            mark = next(t for t in reversed(list(sent)) if "?" in t.text)
            yield Found(Modality.QUESTION, mark, [(sent.start_char, sent.start_char + len(bare))])


def _phrases(doc: Doc, cues: ModalityCues) -> Iterator[Found]:
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


def _headline_plans(token: Token, cues: ModalityCues, attributions: Sequence[Attribution]) -> Iterator[Found]:
    """ "Yard to cut 40 jobs", "Frost to halve crop": in a headline an infinitive is the future."""
    if token.doc._.where != "title" or not _is_infinitive(token) or token.i < 2:
        return
    before = next(c for c in token.children if c.lower_ == "to" and c.dep_ == "aux")
    subject = token.doc[before.i - 1] if before.i else before
    if subject.pos_ in {"NOUN", "PROPN"} and (token.dep_ == "ROOT" or token.head == subject):
        modality = _future(token, cues) if subject.pos_ == "PROPN" else Modality.FORECAST
        yield Found(modality, token, regions(t for t in token.subtree if t.i > before.i))


Finder = Callable[[Token, ModalityCues, Sequence[Attribution]], Iterable[Found]]
FINDERS: tuple[Finder, ...] = (_verbs, _auxiliaries, _nouns, _adjectives, _conditions, _denials, _headline_plans)


# --- the component


@Language.factory(
    "modalities",
    default_config={"cues": "models/cues/en/modality.toml"},
    requires=["doc.sents", "token.dep", "token.tag", "token.lemma", "doc._.attributions"],
    assigns=["doc._.modalities"],
)
def make_modalities(nlp: Language, name: str, cues: str) -> Callable[[Doc], Doc]:
    """The component. `cues`: path of its cue file, read now."""
    register()
    words = read_cues(Path(cues).read_text(encoding="utf-8"))

    def modalities(doc: Doc) -> Doc:
        doc._.modalities = find_modalities(doc, words)
        return doc

    return modalities
