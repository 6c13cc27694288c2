"""Documents, data and utterances that say something, and whose they are."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import noun_phrase, shared_subject, subject_of
from monitor.nlp.speaker_bodies import organisation
from monitor.nlp.speaker_names import MISTAKEN, ORGANISATION_KINDS, by_name, is_definite, say, words_of
from monitor.nlp.speaking import Speakers, Voice


def document(known: Speakers, head: Token, lemma: str) -> Voice | None:
    """A document and, before it, whoever issued it; data and utterances are their owner's own word."""
    owner = _owner(known, head)
    start, end = noun_phrase(head, after=("prep",))
    label = known.text[start:end]
    modality = Modality.REPORTED if _is_leaked(known, head) else None
    if lemma in known.cues.data | known.cues.utterances:
        if owner is not None:
            return replace(owner, start=start, end=end, at=head.i)
        if lemma in known.cues.utterances:
            return None
    if owner is None and is_definite(known, head):
        for voice in reversed(known.voices):
            papered = lemma in known.cues.own_works or any(s.kind is SourceKind.DOCUMENT for s in voice.chain)
            if lemma in voice.words and voice.at < head.i and papered:
                return replace(voice, start=start, end=end, at=head.i)
    if owner is None and lemma in known.cues.data:
        owner = _statistics_office(known, head)
        if owner is not None:
            return replace(owner, start=start, end=end, at=head.i)
    document = Source(label, SourceKind.DOCUMENT)
    holder = _seen_by(known, head)
    if owner is not None and _is_own_work(known, lemma, owner) and modality is None and holder is None:
        words = words_of(known, head) | owner.words
        return replace(owner, start=start, end=end, at=head.i, words=words)
    chain = (*(owner.chain if owner is not None else ()), document, *((holder,) if holder else ()))
    return Voice(chain, start, end, head.i, words_of(known, head), head.tag_ == "NNS", modality)


def _statistics_office(known: Speakers, head: Token) -> Voice | None:
    """Whose "flash estimate" it is: that of the one statistics office that the article names."""
    if not any(c.lower_ in known.cues.statistical for c in head.children):
        return None
    names = {n.name for n in known.named if {w.lower() for w in n.name.split()} & known.cues.statistics_offices}
    return say(known, head, names.pop(), SourceKind.GOVERNMENT) if len(names) == 1 else None


def _is_own_work(known: Speakers, lemma: str, owner: Voice) -> bool:
    """Whether a document is only how a named source publishes: its survey, its notice, a slide it put up."""
    return lemma in known.cues.own_works and bool(owner.nearest.name)


def _is_leaked(known: Speakers, head: Token) -> bool:
    return any(c.lower_ in known.cues.leaked for c in head.children) or any(
        c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in known.cues.leaked_verbs for c in head.children
    )


def _seen_by(known: Speakers, head: Token) -> Source | None:
    """The medium that saw the document, when it is another than the one we read."""
    for clause in head.children:
        if clause.dep_ != "acl" or clause.lemma_.lower() not in known.cues.leaked_verbs:
            continue
        for by in clause.children:
            for noun in by.children:
                found = known.voice(noun) if by.lower_ in {"by", "to"} else None
                if found and found.nearest.name and not known.is_publisher(found.nearest):
                    return replace(found.nearest, kind=SourceKind.MEDIA)
    return None


def _owner(known: Speakers, head: Token) -> Voice | None:
    """Who issued it: "the bank's report", "its filing", "data from the office", "a study by Ana Reyes"."""
    for child in head.children:
        if child.dep_ == "poss":
            return _possessor(known, child)
        kinds = ORGANISATION_KINDS | (MISTAKEN if head.lemma_.lower() in known.cues.surveys else frozenset())
        if child.dep_ in {"compound", "nmod"} and child.i in known.at and known.at[child.i].kind in kinds:
            return by_name(known, child)
        if child.dep_ == "compound" and child.lemma_.lower() in known.cues.government and child.i + 1 == head.i:
            return organisation(known, child, SourceKind.GOVERNMENT)
        if (
            child.dep_ in {"relcl", "acl"}
            and child.lemma_.lower() in known.cues.issue
            and (issuer := _issuer(known, child, head))
        ):
            return issuer
    for child in head.children:
        verb = child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() not in known.cues.leaked_verbs
        for by in child.children if verb else (child,):
            if by.dep_ in {"prep", "agent"} and by.lower_ in {"by", "from"}:
                for noun in by.children:
                    if noun.dep_ == "pobj" and (found := known.voice(noun)) is not None:
                        return found
    return _printed_in(known, head) or _presenter(known, head)


def _printed_in(known: Speakers, document: Token) -> Voice | None:
    """ "A report in the Gazette": the medium that it stands in."""
    for inside in document.children:
        for noun in inside.children if inside.dep_ == "prep" and inside.lower_ == "in" else ():
            found = known.voice(noun) if noun.i in known.at else None
            if found is not None and found.nearest.kind is SourceKind.MEDIA:
                return found
    return None


def _possessor(known: Speakers, poss: Token) -> Voice | None:
    """ "Its accounts", beside a subject ("monitors counted ..."): the subject's, not the last speaker's."""
    if poss.lower_ not in {"its", "their"}:
        return known.voice(poss)
    subject = subject_of(poss.sent.root)
    if subject is None or subject.i > poss.i or subject.pos_ == "PRON" or subject == poss.head:
        return known.voice(poss)
    plural = subject.tag_ in {"NNS", "NNPS"}
    if plural != (poss.lower_ == "their"):
        return known.voice(poss)
    owner = known.voice(subject)
    return owner if owner is not None and owner.nearest.name else None


def _presenter(known: Speakers, document: Token) -> Voice | None:
    """ "The engineer showed a chart": who shows a document speaks through it."""
    verb = document.head
    if document.dep_ != "dobj" or verb.lemma_.lower() not in known.cues.issue:
        return None
    subject = shared_subject(verb)
    return known.voice(subject) if subject is not None and subject.i < document.i else None


def _issuer(known: Speakers, verb: Token, document: Token) -> Voice | None:
    """ "The tables that the company files", "a survey she ran"."""
    for child in verb.children:
        if child.dep_ == "nsubj" and child.i > document.i and child.tag_ not in {"WDT", "WP"}:
            return known.voice(child)
    return None
