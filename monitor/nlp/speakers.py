"""Who a noun phrase or pronoun means when it says something: phrase → links of a source chain."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from monitor.nlp.mentioned import Named
from monitor.nlp.speaker_bodies import body_of, classes, organisation
from monitor.nlp.speaker_documents import document
from monitor.nlp.speaker_names import after_dateline, by_name, is_definite
from monitor.nlp.speaker_people import part, people, person_by_role, spokesperson
from monitor.nlp.speaker_pronouns import pronoun
from monitor.nlp.speaking import Speakers, Voice
from monitor.nlp.speech_cues import SpeechCues
from monitor.nlp.text import text_of

SHORTEST_PERSON = 6  # letters of "broker": shorter words close too many others


def open_speakers(doc: Doc, publisher: str, cues: SpeechCues, named: Sequence[Named], spoken_from: int = 0) -> Speakers:
    """The named things of a text, of which nobody has spoken yet. `spoken_from`: what stands before is a dateline."""
    return Speakers(doc, text_of(doc), publisher, cues, list(named), resolve, spoken_from)


def resolve(known: Speakers, head: Token, loose: bool) -> Voice | None:
    """Whom the phrase around `head` means; None where it can be no source. `loose`: accept any noun as a speaker."""
    lower, cues = head.lower_, known.cues
    if any(c.lower_ == "my" for c in head.children):
        return None
    if head.idx < known.spoken_from:
        return after_dateline(known)
    if lower == "whose" and head.head.head.dep_ == "relcl":
        return known.voice(head.head.head.head)
    if head.pos_ == "PRON" or lower in cues.pronouns_person | cues.pronouns_plural | {"it"}:
        return pronoun(known, head)
    if lower in cues.parts and head.pos_ != "PROPN":
        return part(known, head)
    if head.lemma_.lower() in cues.spokespeople and head.i not in known.at:
        return spokesperson(known, head)
    return by_name(known, head) or _described(known, head, loose)


def _described(known: Speakers, head: Token, loose: bool) -> Voice | None:
    """Whom a common noun means: a document, an organisation of that sort, somebody in that post, people."""
    if head.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}:
        return None
    lemma, cues = head.lemma_.lower(), known.cues
    if lemma in cues.documents | cues.data | cues.utterances:
        if any(c.lower_ in {"my", "our", "your"} for c in head.children):
            return None
        found = document(known, head, lemma)
        if found is not None:
            return found
    pair = f"{known.doc[head.i - 1].lower_} {lemma}" if head.i else lemma
    for words, kind in classes(cues):
        if lemma in words or pair in words:
            plural = head.tag_ == "NNS" and lemma != "police"
            return people(known, head) if plural else organisation(known, head, kind)
    if head.tag_ == "NNS" and is_definite(known, head) and (body := body_of(known, head)) is not None:
        return body
    if lemma in cues.anonymous or _is_sort_of_person(cues, lemma):
        return person_by_role(known, head) or people(known, head)
    return people(known, head) if loose else None


def _is_sort_of_person(cues: SpeechCues, lemma: str) -> bool:
    """ "Shipbroker", "schoolteacher": a word for a person with another before it."""
    return any(lemma[at:] in cues.anonymous for at in range(2, len(lemma) - SHORTEST_PERSON + 1))
