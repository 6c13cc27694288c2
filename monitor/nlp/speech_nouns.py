"""Nouns that attribute: "the bank's forecast of 3 percent", and the "..., a poll shows" that taggers take for nouns."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import SourceKind
from monitor.nlp.clauses import VERBAL, end_of, is_finite, regions, shared_subject
from monitor.nlp.reports import Page, Report
from monitor.nlp.speech_content import ASIDE_LENGTH


def by_noun(page: Page, noun: Token) -> Report | None:
    """ "the bank's forecast of 3 percent", "an estimate by the exchange", "the ministry's claim that ..."."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in page.cues.forecasts | page.cues.data | page.cues.utterances:
        return None
    voice = page.speakers.voice(noun)
    if (
        voice is None
        or not _has_content(noun)
        or (voice.nearest.kind is SourceKind.DOCUMENT and not _runs_to(page, noun))
    ):
        return None
    verb = noun.head
    shows = verb.pos_ in VERBAL and verb.lemma_.lower() in page.cues.show | page.cues.equate
    if noun.dep_ in {"nsubj", "nsubjpass"} and shows:
        joined = {t for c in verb.children if c.dep_ in {"conj", "cc"} for t in c.subtree}
        return Report(voice, noun.idx, end_of(noun), tuple(regions(t for t in verb.subtree if t not in joined)))
    relative = {t for c in noun.subtree if c.dep_ == "relcl" and c.i > noun.i for t in c.subtree}
    tokens = [t for t in noun.subtree if t.i > noun.i and t not in relative]
    return Report(voice, noun.idx, end_of(noun), tuple(regions(tokens)))


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
    doc, lemma = page.doc, noun.lower_.removesuffix("s")
    if lemma not in page.cues.say | page.cues.show | page.cues.think:
        return None
    if noun.pos_ != "NOUN" and not (noun.pos_ in VERBAL and shared_subject(noun) is None):
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


def _aside_start(noun: Token) -> int | None:
    """The token after the comma that the aside stands behind, not far back in the sentence."""
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - ASIDE_LENGTH - 1), -1):
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
