"""Sources beside a clause: "according to X", "citing X", "by her estimate" → whose the clause around them is."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.domain.claim import Modality
from monitor.domain.source import SourceKind
from monitor.nlp.clauses import SUBJECTS, VERBAL, clause_of, end_of, regions, subject_of
from monitor.nlp.reports import Page, Report
from monitor.nlp.speaking import Voice
from monitor.nlp.speech_content import joined_quotes


def by_according(page: Page, token: Token) -> Report | None:
    """ "according to X", "citing X", "by her estimate", "in the words of X": the clause around is X's."""
    noun, first = _according(page, token)
    if noun is None:
        return None
    voice = page.speakers.voice(noun, loose=token.lower_ == "according")
    if voice is None:
        return None
    voice = _of_the_subject(page, token, voice)
    phrase = {t.i for t in token.subtree} | {t.i for t in noun.subtree}
    phrase = {i for i in phrase if i >= first}
    clause = _bearing_clause(token)
    whole = clause.sent if clause.dep_ == "ROOT" else list(clause.subtree)
    tokens = [t for t in whole if t.i not in phrase and not _contrast(page, t, token)]
    pieces = joined_quotes(page, regions(tokens), token)
    return Report(voice, token.idx, end_of(token), tuple(pieces))


def _of_the_subject(page: Page, token: Token, voice: Voice) -> Voice:
    """ "The hospital has told the state ..., according to a filing": the filing is the hospital's."""
    leaked = voice.modality is Modality.REPORTED
    if voice.nearest.kind is not SourceKind.DOCUMENT or leaked or not voice.words & page.cues.own_papers:
        return voice
    subject = subject_of(token.sent.root)
    owner = page.speakers.voice(subject) if subject is not None else None
    if owner is None or owner.nearest.kind is not SourceKind.COMPANY or not owner.nearest.name:
        return voice
    return replace(voice, chain=(owner.nearest, *voice.chain))


def _according(page: Page, token: Token) -> tuple[Token | None, int]:
    lower = token.lower_
    if lower == "according":
        return next(
            (o for c in token.children if c.lower_ == "to" for o in c.children if o.dep_ in {"pobj", "pcomp"}), None
        ), token.i
    if lower in page.cues.cite | {"citing", "quoting"} and token.tag_ == "VBG" and token.dep_ in {"advcl", "prep", "acl"}:
        said = token.head.head if token.head.dep_ == "ccomp" else token.head
        if said.lemma_.lower() in page.cues.say and subject_of(said) is not None:
            return None, token.i  # an inner link of the speaker's chain
        return next((c for c in token.children if c.dep_ in {"dobj", "pobj"}), None), token.i
    if lower in page.cues.by_prepositions:
        for noun in token.children:
            if noun.dep_ == "pobj" and noun.lemma_.lower() in page.cues.by_nouns and _set_off(token):
                owner = next((c for c in noun.children if c.dep_ == "poss"), None)
                return owner, token.i
    return None, token.i


def _set_off(token: Token) -> bool:
    """Whether the phrase stands at the edge of its clause, cut off by a comma or the start of the sentence."""
    return token.i == token.sent.start or token.doc[token.i - 1].text in {",", "—", "–", "-"}


def _bearing_clause(token: Token) -> Token:
    """The clause that an adverbial phrase is said of: a finite one, up to the sentence when it closes or opens it."""
    inner = clause_of(token.head)
    closes = token.right_edge.i >= token.sent.end - 3
    if token.i == token.sent.start and _is_said_beside(token, inner):
        return inner
    if token.i == token.sent.start or (
        closes and not (inner.dep_ in {"relcl", "acl"} and token.i < inner.right_edge.i - 3)
    ):
        return token.sent.root
    return inner


def _is_said_beside(token: Token, inner: Token) -> bool:
    """ "According to the paper 58 are dead, the filing says 41": the clause next to it stands before other words."""
    other = inner.head
    return inner.dep_ == "ccomp" and inner.i < other.i and subject_of(other) is not None and other.i - inner.i > 1


def _contrast(page: Page, token: Token, cue: Token) -> bool:
    """Whether token and cue stand on two sides of a "but"."""
    marks = [
        t.i
        for t in cue.sent
        if t.lower_ in page.cues.turn and t.dep_ in {"cc", "mark"} and t.i > 0 and page.doc[t.i - 1].text == ","
    ]
    return any((token.i >= m) != (cue.i >= m) for m in marks)


# --- in a poll


def by_finding(page: Page, token: Token) -> Report | None:
    """ "In a poll by Quorum, 54 percent were against": what a survey found, where nobody says it."""
    if token.lower_ != "in" or token.i != token.sent.start or token.dep_ != "prep" or token.head.pos_ not in VERBAL:
        return None
    noun = next((c for c in token.children if c.dep_ == "pobj" and c.lemma_.lower() in page.cues.surveys), None)
    if noun is None or token.head.lemma_.lower() in page.cues.verbs - page.cues.figure:
        return None
    voice = page.speakers.voice(noun)
    left_out = {t.i for t in token.subtree}
    pieces = regions(t for t in token.head.subtree if t.i not in left_out)
    return Report(voice, token.idx, end_of(token), tuple(pieces)) if voice is not None else None


# --- if the survey is right


def by_condition(page: Page, mark: Token) -> Report | None:
    """ "If the survey is right, two in five ...", "..., if the Courier's price is right": hearsay of that source."""
    verb = mark.head
    if mark.lower_ != "if" or mark.dep_ != "mark" or verb.dep_ != "advcl" or not _holds(page, verb):
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    voice = _behind(page, subject) if subject is not None and subject.pos_ != "PRON" else None
    if voice is None or voice.nearest.kind is SourceKind.PERSON:
        return None  # "if he is right": a condition after all
    left_out = {t.i for t in verb.subtree}
    left_out |= {t.i for c in verb.head.children if c.dep_ == "conj" and subject_of(c) is not None for t in c.subtree}
    pieces = regions(t for t in verb.head.subtree if t.i not in left_out)
    return Report(replace(voice, modality=Modality.REPORTED), mark.idx, end_of(mark), tuple(pieces))


def _holds(page: Page, verb: Token) -> bool:
    """Whether a condition only asks that something said is true."""
    said = (verb, *(c for c in verb.children if c.dep_ in {"acomp", "xcomp"}))
    return any(t.lemma_.lower() in page.cues.right or t.lower_ in page.cues.right for t in said)


def _behind(page: Page, noun: Token) -> Voice | None:
    """Who gave what may be true: the document itself, or the owner of any noun ("the Courier's price")."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    found = page.speakers.voice(noun)
    return found or (page.speakers.voice(owner) if owner is not None else None)
