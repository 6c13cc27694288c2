"""Whom a pronoun that speaks takes up."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.source import SourceKind
from monitor.nlp.clauses import end_of, subject_of
from monitor.nlp.speaker_bodies import as_organisation, called_itself, organisation_at
from monitor.nlp.speaker_names import PEOPLES, acts, full_name, kind_of, say
from monitor.nlp.speaker_people import last_anonymous, part
from monitor.nlp.speaking import Speakers, Voice


def pronoun(known: Speakers, head: Token) -> Voice | None:
    lower = head.lower_
    if lower in known.cues.pronouns_person | {"his", "her"}:
        found = _last_person(known, head) or _with_a_surname(known, head)
    elif lower in known.cues.pronouns_plural | {"their"}:
        found = next((v for v in reversed(known.voices) if v.plural and v.at < head.i), None) or _antecedent(known, head)
    elif lower in {"it", "its"}:
        found = _subject_beside(known, head) or _last_body(known, head)
    elif lower in known.cues.parts:
        return part(known, head)
    else:
        return None
    if found is not None and lower in {"it", "its"} and found.nearest.name:
        papers = tuple(link for link in found.chain if link.kind is not SourceKind.DOCUMENT or link.name)
        found = replace(found, chain=papers)
    return replace(found, start=head.idx, end=end_of(head), at=head.i) if found else None


def _last_person(known: Speakers, head: Token) -> Voice | None:
    """Who was named last, or somebody unnamed who was introduced later: "a nurse said ...", not "the leader said"."""
    named, unnamed = _last(known, {SourceKind.PERSON}, head), last_anonymous(known, head)
    if named is None or unnamed is None or unnamed.at < named.at:
        return named or unnamed
    called = [v for v in known.voices if v.at <= unnamed.at and v.words & unnamed.words]
    return unnamed if any(known.doc[v.at].left_edge.lower_ in {"a", "an", "one"} for v in called) else named


def _with_a_surname(known: Speakers, head: Token) -> Voice | None:
    """ "Holt said ... She added": whom only a pronoun tells to be a person, named by one word that no tagger knew."""
    for voice in reversed(known.voices):
        name = voice.nearest.name or ""
        if voice.at < head.i and voice.nearest.kind is SourceKind.COMPANY and name.istitle() and " " not in name:
            return replace(voice, chain=(replace(voice.nearest, kind=SourceKind.PERSON), *voice.chain[1:]))
    return None


def _antecedent(known: Speakers, head: Token) -> Voice | None:
    """Whom "they" takes up who have not spoken yet: the subject of the sentence before, by name if it has one."""
    if head.sent.start == 0:
        return None
    verb = known.doc[head.sent.start - 1].sent.root
    subject = subject_of(verb)
    if subject is None or subject.i >= head.i or subject.pos_ == "PRON":
        return None
    if verb.lemma_.lower() in {"call", "name"} and (last := called_itself(known, verb)) is not None:
        named = as_organisation(known, last)
        return say(known, last, named.name, SourceKind.COMPANY) if named is not None else None
    plural = subject.tag_ in {"NNS", "NNPS"} or subject.i in known.at
    return known.voice(subject) if plural else None


def _subject_beside(known: Speakers, head: Token) -> Voice | None:
    """The organisation that is the subject before "it" in its sentence: "the ministry is hopeful: it sees ..."."""
    subjects = [t for t in known.doc[head.sent.start : head.i] if t.dep_ == "nsubj" and t.pos_ in {"NOUN", "PROPN"}]
    return organisation_at(known, subjects[-1]) if subjects else None


def _last_body(known: Speakers, head: Token) -> Voice | None:
    """The last organisation or document that spoke or acted, or passed on what somebody unnamed told it."""
    found = _last(known, set(SourceKind) - {SourceKind.PERSON, SourceKind.ANONYMOUS}, head)
    for voice in reversed(known.voices):
        if voice.at >= head.i or voice.nearest.kind is not SourceKind.ANONYMOUS:
            continue
        told = next((s for s in voice.chain if s.kind is SourceKind.MEDIA and not known.is_publisher(s)), None)
        later = found is None or voice.at > found.at
        return replace(voice, chain=(told,), words=frozenset()) if told is not None and later else found
    return found


def _last(known: Speakers, kinds: set[SourceKind], head: Token) -> Voice | None:
    """The last one who spoke, or, if later, the last one named as subject of a clause."""
    spoken = next(
        (
            v
            for v in reversed(known.voices)
            if v.at < head.i and v.chain[-1].kind in kinds | {v.nearest.kind} and v.nearest.kind in kinds
        ),
        None,
    )
    for named in reversed(known.named):
        if named.stop > head.i:
            continue
        if spoken is not None and named.first <= spoken.at:
            break
        kind = kind_of(known, named)
        if kind in kinds and named.kind not in PEOPLES | {"place"} and acts(known, named):
            return say(known, known.doc[named.stop - 1], full_name(known, named), kind)
    return spoken
