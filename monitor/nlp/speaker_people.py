"""People without a name: officers who speak for their house, roles, groups and parts of groups."""

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import end_of, noun_phrase, subject_of
from monitor.nlp.speaker_bodies import company_before, organisation_at, speak_for
from monitor.nlp.speaker_names import (
    MISTAKEN,
    ORGANISATION_KINDS,
    apposed_person,
    described_as,
    full_name,
    is_definite,
    kind_of,
    say,
    words_of,
)
from monitor.nlp.speaking import Speakers, Voice


def people(known: Speakers, head: Token) -> Voice:
    start, end = noun_phrase(head)
    body = _speaks_for(known, head)
    if body is not None:
        return speak_for(known, head, body)
    if is_definite(known, head) and head.tag_ == "NN" and head.lemma_.lower() in known.cues.titles:
        source = Source(known.text[start:end], SourceKind.PERSON)
        return Voice((source,), start, end, head.i, words_of(known, head))
    source = Source(known.text[start:end], SourceKind.ANONYMOUS)
    return Voice((source,), start, end, head.i, words_of(known, head), head.tag_ == "NNS", Modality.REPORTED)


def _speaks_for(known: Speakers, head: Token) -> Voice | None:
    """Whose word an unnamed officer's is: "its chairman", "analysts at the bank Corvo", "brokers Harrow & Lint"."""
    lemma = head.lemma_.lower()
    for child in head.children:
        if child.dep_ == "appos" and child.i in known.at:
            found = known.at[child.i]
            if found.kind in ORGANISATION_KINDS | MISTAKEN and (kind := kind_of(known, found)) is not None:
                return say(known, child, found.name, kind)
        if (
            lemma in known.cues.titles | known.cues.desks
            and child.dep_ in {"poss", "compound"}
            and (v := organisation_at(known, child))
        ):
            return v
        if child.dep_ == "prep" and (
            (child.lower_ == "of" and lemma in known.cues.titles)
            or (child.lower_ in {"at", "with"} and lemma in known.cues.desks)
        ):
            for noun in child.children:
                if noun.dep_ == "pobj" and (v := organisation_at(known, noun)):
                    return v
    return None


def spokesperson(known: Speakers, head: Token) -> Voice | None:
    """An unnamed spokesperson speaks for the organisation; "spokeswoman Ana Reyes" is herself."""
    renamed = apposed_person(known, head)
    if renamed is not None:
        return renamed
    for child in head.children:
        if child.dep_ in {"compound", "poss", "nmod", "amod"} and (v := organisation_at(known, child)):
            return speak_for(known, head, v)
        if child.dep_ == "prep" and child.lower_ in {"for", "of", "at", "from", "with"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and (v := organisation_at(known, noun)):
                    return speak_for(known, head, v)
    if any(c.dep_ == "prep" and c.lower_ == "for" for c in head.children):
        return people(known, head)  # of somebody whom we cannot name
    if (own := _told_of(known, head)) is not None:
        return speak_for(known, head, own)
    for voice in reversed(known.voices):
        if voice.nearest.name and voice.nearest.kind in {
            SourceKind.COMPANY,
            SourceKind.GOVERNMENT,
            SourceKind.THINK_TANK,
        }:
            return speak_for(known, head, voice)
    earlier = company_before(known, head)
    if earlier is not None:
        return say(known, head, earlier[0], earlier[1])
    return people(known, head)


def _told_of(known: Speakers, head: Token) -> Voice | None:
    """ "A spokeswoman said Norvik had repaid 62 percent": she speaks for the one that she tells of."""
    clause = next((c for c in head.head.children if head.dep_ == "nsubj" and c.dep_ == "ccomp" and c.i > head.i), None)
    subject = subject_of(clause) if clause is not None else None
    named = subject is not None and subject.i in known.at and not is_definite(known, head)
    return organisation_at(known, subject) if subject is not None and named else None


def person_by_role(known: Speakers, head: Token) -> Voice | None:
    """ "The governor": the person who was introduced with that title."""
    if not is_definite(known, head) or head.tag_ == "NNS":
        return None
    lemma = head.lemma_.lower()
    for named in reversed(known.named):
        if named.kind == "person" and named.first < head.i and lemma in described_as(known, named):
            return say(known, head, full_name(known, named), SourceKind.PERSON)
    return _just_named(known, head)


def _just_named(known: Speakers, head: Token) -> Voice | None:
    """ "Owen Bragg alleged fraud. "...," the opposition leader said": whom the sentence before is about, by his post."""
    if head.lemma_.lower() not in known.cues.titles | known.cues.offices or head.sent.start == 0:
        return None
    before = known.doc[head.sent.start - 1].sent
    subject = subject_of(before.root)
    voice = known.voice(subject) if subject is not None and subject.pos_ == "PROPN" else None
    if voice is None or voice.nearest.kind is not SourceKind.PERSON or not voice.nearest.name:
        return None
    if "\n" in known.text[before.start_char : head.idx].rstrip():
        return None
    return say(known, head, voice.nearest.name, SourceKind.PERSON)


def part(known: Speakers, head: Token) -> Voice | None:
    """ "One of the engineers", "another", "both": of a group named here or before."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                found = known.voice(noun, loose=True) if noun.dep_ == "pobj" else None
                if found is not None:
                    start, end = noun_phrase(head)
                    label = known.text[start:end]
                    return Voice(
                        (Source(label, SourceKind.ANONYMOUS),),
                        start,
                        end,
                        head.i,
                        found.words,
                        False,
                        Modality.REPORTED,
                    )
    group = next((v for v in reversed(known.voices) if v.nearest.kind is SourceKind.ANONYMOUS and v.at < head.i), None)
    if group is None:
        return None
    start, end = noun_phrase(head)
    source = Source(
        f"{known.text[start:end]} of {group.nearest.label}" if group.plural else group.nearest.label,
        SourceKind.ANONYMOUS,
    )
    return Voice((source,), start, end, head.i, group.words, False, Modality.REPORTED)


def last_anonymous(known: Speakers, head: Token) -> Voice | None:
    return next(
        (v for v in reversed(known.voices) if v.nearest.kind is SourceKind.ANONYMOUS and not v.plural and v.at < head.i),
        None,
    )


def unknown(known: Speakers, head: Token) -> Voice | None:
    """Somebody whom only a pronoun names: kept as the text calls them rather than dropped."""
    if head.lower_ not in known.cues.pronouns_person | known.cues.pronouns_plural:
        return None
    source = Source(head.text, SourceKind.ANONYMOUS)
    return Voice((source,), head.idx, end_of(head), head.i, frozenset(), modality=Modality.REPORTED)
