"""Organisations by what they are: "the ministry", "the Corvo grain exchange", "the central bank" → their names."""

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import noun_phrase
from monitor.nlp.mentioned import Named
from monitor.nlp.speaker_names import (
    ORGANISATION_KINDS,
    PEOPLES,
    acts,
    described_as,
    is_definite,
    kind_of,
    say,
    unlisted,
    words_of,
)
from monitor.nlp.speaking import Speakers, Voice
from monitor.nlp.speech_cues import SpeechCues

STEM = 6  # letters that a trade and the body named after it share: "meteor-ologists", "Meteor-ological Office"
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|its|their|his|her|our|both)\s+", re.IGNORECASE)


def organisation(known: Speakers, head: Token, kind: SourceKind) -> Voice:
    start, end = noun_phrase(head)
    label = known.text[start:end]
    inside = _name_inside(known, head)
    if (
        inside is not None
        and (k := kind_of(known, inside)) is not None
        and inside.kind not in PEOPLES | {"place", "person"}
        and known.doc[inside.first].pos_ == "PROPN"
    ):
        return say(known, head, inside.name, k, (start, end))
    definite = is_definite(known, head)
    own_name = any(c.pos_ == "PROPN" and c.dep_ == "compound" for c in head.children)
    if definite and not own_name and (earlier := _earlier(known, head, kind)) is not None:
        return say(known, head, earlier[0], earlier[1], (start, end))
    if not definite and kind is not SourceKind.GOVERNMENT:
        source = Source(label, SourceKind.ANONYMOUS if kind is not SourceKind.MEDIA else kind)
        return Voice((source,), start, end, head.i, words_of(known, head), False, Modality.REPORTED)
    return say(known, head, ARTICLE.sub("", label), kind, (start, end))


def _name_inside(known: Speakers, head: Token) -> Named | None:
    """ "The Corvo grain exchange", "the exchange Corvo", "the ministry's": a name that is part of the phrase."""
    for child in head.children:
        if child.dep_ in {"compound", "appos", "nmod"} and child.i in known.at:
            found = known.at[child.i]
            return replace(found, kind="organisation") if child.dep_ == "appos" and found.kind != "place" else found
        called = child.dep_ == "acl" and child.lemma_.lower() in {"call", "name", "dub", "know"}
        for name in child.children if called else ():
            if name.dep_ in {"oprd", "dobj", "attr", "pobj", "npadvmod"} and name.pos_ == "PROPN":
                return as_organisation(known, name)
        if called and (last := called_itself(known, child)) is not None:
            return as_organisation(known, last)
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            return as_organisation(known, child)
    return None


def called_itself(known: Speakers, verb: Token) -> Token | None:
    """ "Calling itself Black Heron": the last word of the name, wherever the parser put it."""
    at = verb.i + 1
    if at + 1 >= len(known.doc) or known.doc[at].lower_ not in {"itself", "themselves"}:
        return None
    found = known.at.get(at + 1)
    last = known.doc[found.stop - 1 if found else at + 1]
    return last if last.pos_ == "PROPN" else None


def as_organisation(known: Speakers, name: Token) -> Named | None:
    found = known.at.get(name.i) or unlisted(known, name)
    return replace(found, kind="organisation") if found else None


def _earlier(known: Speakers, head: Token, kind: SourceKind) -> tuple[str, SourceKind] | None:
    """The named organisation that "the ministry" or "the company" takes up."""
    lemma = head.lemma_.lower()
    modifiers = {c.lower_ for c in head.children if c.dep_ in {"compound", "amod", "nmod"}}
    wanted = modifiers | {lemma}
    if lemma == "bank" and modifiers == {"central"}:
        return _central_bank(known)
    for named in _organisations_before(known, head):
        if named.name.islower():
            continue  # a description itself
        words = {w.lower() for w in named.name.split()}
        if lemma in words and (not modifiers or wanted & words > {lemma}):
            found = kind_of(known, named)
            if found is not None:
                return named.name, found
    for voice in reversed(known.voices):
        link = voice.nearest
        if link.name and voice.at < head.i and lemma in voice.words and (not modifiers or modifiers & voice.words):
            return link.name, link.kind
    if kind is SourceKind.MEDIA:
        return _last_medium(known, head) if not modifiers else None
    if kind is not SourceKind.COMPANY:
        return _plain_body(known, head) if not modifiers else None
    return (
        company_before(known, head)
        or _taken_for_a_place(known, head)
        or (_main_company(known) if lemma in known.cues.generic else None)
    )


def _last_medium(known: Speakers, head: Token) -> tuple[str, SourceKind] | None:
    """ "The newspaper": the medium that was told or that passed something on last, else the last one named."""
    for voice in reversed(known.voices):
        media = (s for s in voice.chain if s.kind is SourceKind.MEDIA and s.name and not known.is_publisher(s))
        if voice.at < head.i and (link := next(media, None)) is not None:
            return link.name or "", SourceKind.MEDIA
    named = next((n for n in _organisations_before(known, head) if kind_of(known, n) is SourceKind.MEDIA), None)
    return (named.name, SourceKind.MEDIA) if named is not None else None


def _plain_body(known: Speakers, head: Token) -> tuple[str, SourceKind] | None:
    """ "The office": the last body that acted by a name which calls it nothing else; "the city": the place named last."""
    if head.lemma_.lower() in known.cues.towns:
        places = [n.name for n in known.named if n.kind == "place" and n.stop <= head.i]
        return (places[-1], SourceKind.GOVERNMENT) if places else None
    if head.lemma_.lower() not in known.cues.plain_bodies:
        return None
    others = known.cues.government - known.cues.plain_bodies
    for named in _organisations_before(known, head):
        words = {word.lower() for word in named.name.split()}
        body = kind_of(known, named) is SourceKind.GOVERNMENT or words & known.cues.statistics_offices
        if body and acts(known, named) and not named.name.islower() and not words & others:
            return named.name, SourceKind.GOVERNMENT
    return None


def _taken_for_a_place(known: Speakers, head: Token) -> tuple[str, SourceKind] | None:
    """The last one who spoke by a name that taggers took for a place: "the company", where no other company is named."""
    if head.lemma_.lower() not in known.cues.generic:
        return None
    for voice in reversed(known.voices):
        name = voice.nearest.name or ""
        governs = {word.lower() for word in name.split()} & known.cues.government_names
        if voice.nearest.kind is SourceKind.GOVERNMENT and " " in name and not name.islower() and not governs:
            return name, SourceKind.COMPANY
    return None


def _central_bank(known: Speakers) -> tuple[str, SourceKind] | None:
    """ "The central bank" is the national, state, federal or reserve bank of the article, or the Bank of a place."""
    for named in known.named:
        words = {w.lower() for w in named.name.split()}
        central = "bank" in words and words & known.cues.central_banks and not named.name.islower()
        if central and named.kind in ORGANISATION_KINDS:
            return named.name, SourceKind.GOVERNMENT
    return None


def _main_company(known: Speakers) -> tuple[str, SourceKind] | None:
    """The company that the article names most."""
    names = [n.name for n in known.named if n.kind in ORGANISATION_KINDS and kind_of(known, n) is SourceKind.COMPANY]
    return (max(names, key=names.count), SourceKind.COMPANY) if names else None


def _organisations_before(known: Speakers, head: Token) -> list[Named]:
    return [n for n in reversed(known.named) if n.stop <= head.i and n.kind in ORGANISATION_KINDS]


def company_before(known: Speakers, head: Token) -> tuple[str, SourceKind] | None:
    """The last company that spoke or was the subject of a clause or the owner of one."""
    companies = [n for n in _organisations_before(known, head) if kind_of(known, n) is SourceKind.COMPANY]
    if head.lemma_.lower() not in known.cues.generic:
        described = next((n for n in companies if head.lemma_.lower() in described_as(known, n)), None)
        narrowed = any(c.dep_ in {"amod", "compound"} for c in head.children)
        plain = not (narrowed and head.lemma_.lower() in known.cues.houses)  # not "the national park"
        only = companies[0] if plain and len({n.name for n in companies}) == 1 else None
        beside = next((n for n in companies if n.first >= head.sent.start), None)
        spoke = _spoken_companies(known) if plain else frozenset()
        meant = described or only or beside or next((n for n in companies if n.name in spoke), None)
        return (meant.name, SourceKind.COMPANY) if meant else None
    spoken = _company_that_spoke(known, head)
    acting = next((n for n in companies if acts(known, n)), None)
    if spoken is not None and (acting is None or spoken.at >= acting.first):
        return spoken.nearest.name or "", SourceKind.COMPANY
    chosen = acting or (companies[0] if companies else None)
    return (chosen.name, SourceKind.COMPANY) if chosen else None


def _spoken_companies(known: Speakers) -> frozenset[str]:
    """The company that has spoken, where only one has."""
    names = {v.nearest.name for v in known.voices if v.nearest.kind is SourceKind.COMPANY and v.nearest.name}
    return frozenset(names) if len(names) == 1 else frozenset()


def _company_that_spoke(known: Speakers, head: Token) -> Voice | None:
    kind = SourceKind.COMPANY
    return next((v for v in reversed(known.voices) if v.at < head.i and v.nearest.kind is kind and v.nearest.name), None)


def organisation_at(known: Speakers, token: Token) -> Voice | None:
    found = known.voice(token)
    kinds = {SourceKind.COMPANY, SourceKind.GOVERNMENT, SourceKind.THINK_TANK, SourceKind.MEDIA}
    return found if found is not None and found.nearest.name and found.nearest.kind in kinds else None


def body_of(known: Speakers, head: Token) -> Voice | None:
    """ "The statisticians", "the seismologists": those of the one body that is named after their trade."""
    profession = head.lemma_.lower()
    stem = profession[:STEM]
    if len(profession) <= STEM or not profession.endswith(("ist", "ian")):
        return None
    names = {n.name for n in known.named if n.kind in ORGANISATION_KINDS and stem in n.name.lower()}
    return say(known, head, names.pop(), SourceKind.GOVERNMENT) if len(names) == 1 else None


def classes(cues: SpeechCues) -> Iterable[tuple[frozenset[str], SourceKind]]:
    """Nouns for organisations, sort by sort."""
    return (
        (cues.government | {"police"}, SourceKind.GOVERNMENT),
        (cues.company, SourceKind.COMPANY),
        (cues.media, SourceKind.MEDIA),
        (cues.think_tank, SourceKind.THINK_TANK),
    )


def speak_for(known: Speakers, head: Token, organisation: Voice) -> Voice:
    said = say(known, head, organisation.nearest.name or "", organisation.nearest.kind)
    return replace(said, words=said.words | organisation.words, modality=None)
