"""Nouns that attribute: "the bank's forecast of 3 percent", and the "..., a poll shows" that taggers take for nouns."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import SourceKind
from monitor.nlp.clauses import VERBAL, end_of, is_finite, regions, shared_subject
from monitor.nlp.reports import Page, Report

LONGEST_ASIDE = 14  # tokens: "a poll by the institute for the evening paper found"


def by_noun(page: Page, noun: Token) -> Report | None:
    """ "the bank's forecast of 3 percent", "an estimate by the exchange", "the ministry's claim that ..."."""
    if noun.pos_ != "NOUN":
        return None
    lemma = noun.lemma_.lower()
    if lemma in page.cues.documents and (told := _told_in(page, noun)):
        voice = page.speakers.voice(noun)
        return Report(voice, noun.idx, end_of(noun), tuple(regions(told))) if voice is not None else None
    if lemma not in page.cues.forecasts | page.cues.data | page.cues.utterances or not _has_content(noun):
        return None
    voice = page.speakers.voice(noun)
    if voice is None or (voice.nearest.kind is SourceKind.DOCUMENT and not _runs_to(page, noun)):
        return None
    if lemma in page.cues.aiming and voice.nearest.kind is SourceKind.GOVERNMENT:
        return None
    verb = noun.head
    shows = verb.pos_ in VERBAL and verb.lemma_.lower() in page.cues.show | page.cues.equate
    if noun.dep_ in {"nsubj", "nsubjpass"} and shows:
        joined = {t for c in verb.children if c.dep_ in {"conj", "cc"} for t in c.subtree}
        return Report(voice, noun.idx, end_of(noun), tuple(regions(t for t in verb.subtree if t not in joined)))
    relative = {t for c in noun.subtree if c.dep_ == "relcl" and c.i > noun.i for t in c.subtree}
    tokens = [t for t in noun.subtree if t.i > noun.i and t not in relative]
    return Report(voice, noun.idx, end_of(noun), tuple(regions(tokens)))


def _told_in(page: Page, document: Token) -> list[Token]:
    """What a document tells: "a report by the union that 900 posts would go", "presented a budget with a gap of 6 bn"."""
    for clause in document.children:
        mark = any(m.lower_ == "that" and m.dep_ == "mark" for m in clause.children)
        if clause.dep_ in {"acl", "ccomp", "relcl"} and is_finite(clause) and mark:
            return list(clause.subtree)
    shown = document.dep_ == "dobj" and document.head.lemma_.lower() in page.cues.issue
    near = [*document.children, *document.head.children] if shown else []
    with_figure = (c for c in near if c.lower_ == "with" and c.i > document.i and any(t.like_num for t in c.subtree))
    return [t for c in with_figure for t in c.subtree]


def by_owner(page: Page, own: Token) -> Report | None:
    """ "Above the company's own 1.5 billion", "against its own 40": whose number it is called asserts it."""
    phrase = own.head
    if own.lower_ != "own" or own.i == 0 or phrase.i < own.i:
        return None
    owner = next((c for c in phrase.children if c.dep_ == "poss"), None)
    tokens = [t for t in phrase.subtree if t.i > own.i]
    if owner is None or not any(t.like_num or t.text[0].isdigit() for t in tokens[:2]):
        return None
    voice = page.speakers.voice(owner)
    return Report(voice, own.idx, end_of(own), tuple(regions(tokens))) if voice is not None else None


def _runs_to(page: Page, noun: Token) -> bool:
    """ "Independent estimates run to 300": figures of nobody in particular, and not of the last speaker."""
    return (
        noun.tag_ == "NNS"
        and noun.dep_ == "nsubj"
        and noun.lemma_.lower() in page.cues.forecasts & page.cues.data
        and noun.head.lemma_.lower() in page.cues.equate - {"be"}
    )


def _has_content(noun: Token) -> bool:
    return noun.dep_ in {"nsubj", "nsubjpass"} or any(
        c.i > noun.i and (c.dep_ in {"acl", "relcl", "ccomp", "appos"} or c.lower_ in {"of", "for", "at"})
        for c in noun.children
    )


def by_aside(page: Page, noun: Token) -> Report | None:
    """ "..., the filing shows, ...", "..., a poll for the paper shows.": a verb that the tagger took for a noun."""
    doc, lemma = page.doc, noun.lemma_.lower() if noun.pos_ in VERBAL else noun.lower_.removesuffix("s")
    if lemma not in page.cues.say | page.cues.show | page.cues.think:
        return None
    if noun.pos_ != "NOUN" and not (noun.pos_ in VERBAL and not _has_subject_before(noun)):
        return None
    first = _aside_start(noun)
    if first is None or not _aside_ends(noun) or noun.i - first < 1:
        return None
    aside = doc[first : noun.i]
    if any(t.pos_ in VERBAL or t.like_num for t in aside):
        return None
    head = next((doc[t.i - 1] for t in aside if t.pos_ == "ADP" and t.i > first), doc[noun.i - 1])
    voice = page.speakers.voice(head)
    if voice is None or voice.nearest.kind is SourceKind.ANONYMOUS:
        return None
    stop = _aside_stop(noun)
    rest = [t for t in noun.sent if not first <= t.i < stop]
    if not any(t.pos_ in VERBAL and is_finite(t) for t in rest):
        return None
    modality = None
    if lemma in page.cues.forecasting | page.cues.calculating:
        modality = Modality.ESTIMATED if lemma in page.cues.calculating else Modality.FORECAST
    voice = replace(voice, modality=voice.modality or modality)
    return Report(voice, noun.idx, end_of(noun), tuple(regions(rest)))


def _has_subject_before(verb: Token) -> bool:
    """Whether the verb has a subject, other than that of a clause behind it which a parser made its head."""
    subject = shared_subject(verb)
    return subject is not None and subject.i < verb.i


def _aside_start(noun: Token) -> int | None:
    """The token after the comma that the aside stands behind, not far back in the sentence."""
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - LONGEST_ASIDE - 1), -1):
        if noun.doc[i].text == ",":
            return i + 1
    return None


def _aside_ends(noun: Token) -> bool:
    stop = _aside_stop(noun)
    return stop >= len(noun.doc) or noun.doc[stop].text in {",", ".", ";"} or noun.doc[stop].is_space


def _aside_stop(noun: Token) -> int:
    """The token after the verb and its words of time: "forecast on Monday"."""
    stop = noun.i + 1
    while stop < len(noun.doc) and stop - noun.i < 4 and noun.doc[stop].text not in {",", ".", ";"}:
        token = noun.doc[stop]
        if not (token.ent_type_ in {"DATE", "TIME"} or token.lower_ in {"on", "in", "this", "last", "earlier"}):
            break
        stop += 1
    return stop
