"""What somebody wants, praises, refuses or decides: told of a source, yet nobody's assertion of a figure.

Such a sentence belongs to the one whose stance it is; it does not go on with the speaker before. The words are in
models/cues/en/sources.toml.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from monitor.nlp.clauses import VERBAL, end_of, readable, regions, shared_subject
from monitor.nlp.reports import Page, Report
from monitor.nlp.speaker_people import unknown
from monitor.nlp.speaking import Voice

PARTS_BEFORE = frozenset({"prt", "aux", "neg", "advmod"})
OTHER_CLAUSES = frozenset({"conj", "cc", "punct", "parataxis", "advcl", "npadvmod"})
ABOUT = frozenset({"about", "of", "against", "for", "on", "over", "out"})
TOWARDS = frozenset({"to", "toward", "towards", "with"})
CIRCUMSTANCES = frozenset({"in", "at", "on", "during", "after", "before", "since", "amid", "despite", "following", "by"})


def find_stances(page: Page, reports: Sequence[Report]) -> list[Report]:
    """Stances in order of text, where no report has the same words."""
    told = [report for report in reports if not report.weak]
    words = page.cues.stances | page.cues.stance_nouns
    tokens = (token for sent in readable(page.doc) for token in sent if token.lemma_.lower() in words)
    free = (token for token in tokens if not _is_told(token, told))
    return [found for token in free if (found := _stance(page, token)) is not None and found.pieces]


def _is_told(token: Token, reports: Sequence[Report]) -> bool:
    """Whether the word gives a report already, or stands in what somebody says."""
    return any(report.cue_start == token.idx or report.covers(token.idx) for report in reports)


def _stance(page: Page, token: Token) -> Report | None:
    lemma = token.lemma_.lower()
    if token.pos_ in VERBAL and lemma in page.cues.stances:
        return _by_verb(page, token)
    if token.pos_ == "NOUN" and lemma in page.cues.stance_nouns:
        return _by_noun(page, token)
    return None


def _by_verb(page: Page, verb: Token) -> Report | None:
    """ "The union demands 8 percent", "she criticised the plan", "the plan is opposed by the union"."""
    if not _is_taken(verb) or not _is_about_something(verb):
        return None
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}):
        return _by_agent(page, verb)
    subject = shared_subject(verb)
    if subject is None or subject.dep_ == "expl" or _is_inside_own_words(page, subject, verb):
        return None
    voice = _voice(page, subject)
    return _report(voice, verb, _after(verb)) if voice is not None else None


def _is_taken(verb: Token) -> bool:
    """Whether the stance is taken: "opposes", "has opposed", "opposing", not "to oppose" or "would oppose"."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return verb.tag_ != "VB" or any(c.lemma_ == "do" for c in aux)


def _is_about_something(verb: Token) -> bool:
    """An object, a clause, an infinitive, or "about" it: not "spoke to reporters", "called her on Friday"."""
    after = [c for c in verb.children if c.i > verb.i]
    about = any(c.dep_ == "prep" and c.lower_ in ABOUT and c.i - verb.i <= 2 for c in after)
    if verb.lemma_ in {"call", "speak", "talk"}:
        return about or any(c.dep_ in {"oprd", "ccomp"} for c in after)
    towards = any(c.dep_ == "prep" and c.lower_ in TOWARDS and c.i - verb.i <= 2 for c in after)
    return about or towards or any(c.dep_ in {"dobj", "xcomp", "ccomp", "oprd", "dative"} for c in after)


def _by_agent(page: Page, verb: Token) -> Report | None:
    agents = (n for c in verb.children if c.dep_ == "agent" for n in c.children if n.dep_ == "pobj")
    noun = next(agents, None)
    voice = _voice(page, noun) if noun is not None else None
    return _report(voice, verb, (t for t in verb.subtree if t.i < verb.i)) if voice is not None else None


def _by_noun(page: Page, noun: Token) -> Report | None:
    """ "Her criticism of the plan", "the mayor's decision to close two schools"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    voice = _voice(page, owner) if owner is not None else None
    told = [c for c in noun.children if c.i > noun.i and c.dep_ in {"prep", "acl", "ccomp"}]
    return _report(voice, noun, (t for c in told for t in c.subtree)) if voice is not None else None


def _report(voice: Voice, cue: Token, tokens: Iterable[Token]) -> Report:
    return Report(voice, cue.idx, end_of(cue), tuple(regions(tokens)))


def _after(verb: Token) -> list[Token]:
    """Object, infinitive and the like behind the verb, without the clauses beside them."""
    told = [c for c in verb.children if c.i > verb.i and c.dep_ not in OTHER_CLAUSES | PARTS_BEFORE]
    left_out = {t for c in told for t in _circumstances(verb, c)}
    return [t for c in told for t in c.subtree if t not in left_out]


def _circumstances(verb: Token, part: Token) -> Iterable[Token]:
    """When and where it was said, and what a comma sets off from the thing itself."""
    has_object = any(c.dep_ in {"dobj", "xcomp", "ccomp"} and verb.i < c.i < part.i for c in verb.children)
    if has_object and part.dep_ == "prep" and part.lower_ in CIRCUMSTANCES:
        yield from part.subtree
    for inner in part.children:
        if inner.dep_ in {"relcl", "appos"} and verb.doc[inner.left_edge.i - 1].text == ",":
            yield from inner.subtree


def _voice(page: Page, subject: Token) -> Voice | None:
    return page.speakers.voice(subject) or unknown(page.speakers, subject)


def _is_inside_own_words(page: Page, subject: Token, verb: Token) -> bool:
    """Whether a speaker tells it in a quotation: "I want", "he opposes it"."""
    return subject.lower_ in page.cues.pronouns_self or page.quote_at(verb.idx) is not None
