"""Speech in sentences: verbs, "according to" and nouns that attribute → who, by which words, what."""

from collections.abc import Callable

from spacy.tokens import Token

from monitor.domain.source import SourceKind
from monitor.nlp.according import by_according, by_condition, by_finding
from monitor.nlp.clauses import VERBAL, ancestors, end_of, readable, regions, shared_subject, subject_of
from monitor.nlp.relayed import with_audience, with_cited
from monitor.nlp.reports import Page, Report
from monitor.nlp.speaker_people import unknown
from monitor.nlp.speaking import Voice
from monitor.nlp.speech_content import content_of
from monitor.nlp.speech_cues import SpeechCues
from monitor.nlp.speech_nouns import by_aside, by_noun, by_owner


def find_reports(page: Page) -> list[Report]:
    """Every report with a speaker of its own, in order of text; each speaker is remembered for the next."""
    found: list[Report] = []
    for token in (token for sent in readable(page.doc) for token in sent):
        report = next((r for find in FINDERS if (r := find(page, token)) is not None), None)
        if report is not None and report.pieces:
            found.append(report)
            page.speakers.remember(report.voice)
    return found


def by_verb(page: Page, verb: Token) -> Report | None:
    """ "X said ...", "..., said X", "the report puts the loss at ...", "X expects ...", "X denied ..."."""
    cues, lemma = page.cues, verb.lemma_.lower()
    if (
        not (verb.pos_ in VERBAL or _is_taken_for_a_noun(verb))
        or lemma not in cues.verbs
        or _is_measure(verb)
        or _is_told(verb)
    ):
        return None
    if _is_unsaid(verb) and lemma not in cues.neg_raising:
        return None
    if lemma == "see" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return None  # what one has seen is no forecast
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}):
        return _by_agent(page, verb) if lemma in cues.think | cues.figure | cues.say else None
    if (verb.dep_ == "xcomp" and any(c.dep_ == "auxpass" for c in verb.head.children)) or _is_urged(cues, verb):
        return None  # "was told to expect", "asked me to say": those who were told say nothing
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ == "aux" for c in verb.children):
        return None  # "asked whether": somebody else asked
    subject = _speaking_subject(cues, verb)
    if subject is None or subject.dep_ == "expl" or _own_words(page, subject, verb):
        return None
    pieces, strong = content_of(page, verb, subject, lemma)
    if not pieces or (lemma in cues.asking and not any(page.quote_at(start) for start, _ in pieces)):
        return None
    quoted = page.quote_at(verb.idx) is not None
    speaks = strong and lemma in cues.speak and not quoted
    voice = page.speakers.voice(subject, loose=speaks) or (unknown(page.speakers, subject) if speaks else None)
    if voice is None or not _can(cues, voice, verb, strong) or page.speakers.is_publisher(voice.nearest):
        return None
    if not strong and lemma in cues.aiming and voice.nearest.kind is SourceKind.GOVERNMENT:
        return None  # a standing target of policy, which anybody may tell
    voice = with_audience(page, verb, with_cited(page, verb, voice))
    return Report(voice, verb.idx, end_of(verb), tuple(pieces))


def _is_measure(verb: Token) -> bool:
    """ "Than the paper suggests", "than the union had counted": what is only the standard of a comparison."""
    marks = (verb.head, *verb.children)
    if any(c.tag_ in {"WP", "WDT"} for c in verb.children):
        return False  # "than what the company claims", and then the figure
    return verb.dep_ in {"advcl", "pcomp", "ccomp"} and any(
        m.lower_ == "than" and m.dep_ in {"mark", "prep", "quantmod"} and m.i < verb.i for m in marks
    )


def _speaking_subject(cues: SpeechCues, verb: Token) -> Token | None:
    """The subject; of "X said the club owed 5 million, and denied it" X: parsers join "denied" to "owed"."""
    inner = verb.head
    joined = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    if not joined or subject_of(verb) is not None or inner.dep_ != "ccomp" or inner.i > verb.i:
        return shared_subject(verb)
    outer, lemma = inner.head, verb.lemma_.lower()
    comma = any(t.text == "," for t in verb.doc[max(verb.i - 2, 0) : verb.i])
    if comma and outer.i < inner.i and outer.lemma_.lower() in cues.say and lemma in cues.speak | cues.deny:
        return shared_subject(outer)
    return shared_subject(verb)


def _is_urged(cues: SpeechCues, verb: Token) -> bool:
    """ "Readers asked me to say who is right": an infinitive that its object would do."""
    outer = verb.head
    if verb.dep_ not in {"xcomp", "ccomp"} or verb.tag_ != "VB" or outer.lemma_.lower() not in cues.urging:
        return False
    return any(
        c.dep_ in {"dobj", "dative", "nsubj"} and outer.i < c.i < verb.i for c in (*outer.children, *verb.children)
    )


def _is_taken_for_a_noun(verb: Token) -> bool:
    """ "Data from the office show that ...": taggers read the plural verb as a noun, parsers do not."""
    clause = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    return verb.pos_ == "NOUN" and verb.dep_ == "ROOT" and clause and subject_of(verb) is not None


def _is_told(verb: Token) -> bool:
    """ "Line to open late, board told": who is told something in a headline says nothing."""
    after = (c for c in verb.children if c.i > verb.i)
    return (
        verb.lemma_ == "tell"
        and verb.doc._.where == "title"
        and not any(c.dep_ in {"dobj", "dative", "ccomp", "xcomp", "prep"} for c in after)
    )


def _is_unsaid(verb: Token) -> bool:
    """ "Did not say", "gave no forecast"."""
    refused = any(c.dep_ == "dobj" and any(d.lower_ == "no" for d in c.children) for c in verb.children)
    return refused or any(c.dep_ == "neg" and c.i < verb.i for c in verb.children)


def _own_words(page: Page, subject: Token, verb: Token) -> bool:
    """Inside a quotation "I think", "we expect", "he said" are the speaker's own way of talking."""
    return subject.pos_ == "PRON" and (subject.lower_ in page.cues.pronouns_self or page.quote_at(verb.idx) is not None)


def _can(cues: SpeechCues, voice: Voice, verb: Token, strong: bool) -> bool:
    """Documents show, say and give; people and organisations do everything else, but put a figure at something."""
    lemma = verb.lemma_.lower()
    document = any(link.kind is SourceKind.DOCUMENT for link in voice.chain) or bool(voice.words & cues.own_works)
    if lemma in cues.having:
        reads = voice.nearest.kind in {SourceKind.MEDIA, SourceKind.THINK_TANK}
        return document or reads or _has_named(verb) or _at_a_level(verb)
    shown = lemma in cues.show - cues.figure - cues.think - cues.plan - cues.change - cues.speak
    if not strong and shown and not document:
        return False
    if not strong and lemma in cues.placing and not document and not _places(verb):
        return False
    if document and voice.words & cues.data - cues.documents and not voice.nearest.name:
        return lemma in cues.show
    return lemma in cues.show | cues.say | cues.think | cues.deny if document else True


def _has_named(verb: Token) -> bool:
    """ "Quorum has the Union party on 34": one that has somebody else at a figure gives it."""
    objects = (c for c in verb.children if c.dep_ == "dobj")
    return any(t.pos_ == "PROPN" for c in objects for t in (c, *(g for g in c.children if g.dep_ == "compound")))


def _at_a_level(verb: Token) -> bool:
    """ "Corvo had the rise at 9 per cent", "had profit at 3m": a level that it gives, not "300 staff at 4 plants"."""
    near = [*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.children)]
    levels = [n for c in near if c.dep_ == "prep" and c.lower_ == "at" for n in c.children if n.dep_ == "pobj"]
    return any(n.like_num or n.is_currency or n.lower_ in {"%", "percent", "cent"} for n in levels)


def _places(verb: Token) -> bool:
    """ "Put the loss at 4 million", "gave it as 7": not "put 4 million into a hotel"."""
    near = [*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.subtree)]
    nearer = any(c.dep_ == "advmod" and c.lower_ in {"closer", "nearer", "close"} for c in verb.children)
    return nearer or verb.dep_ == "relcl" or any(c.dep_ == "prep" and c.lower_ in {"at", "as"} for c in near)


def by_adjective(page: Page, adjective: Token) -> Report | None:
    """ "She is proud that the rate never rose above 4 percent": what somebody is sure or glad of is that one's word."""
    plain = {adjective.lemma_.lower(), adjective.lower_.removesuffix("er"), adjective.lower_.removesuffix("r")}
    if adjective.pos_ != "ADJ" or not plain & page.cues.sure:
        return None
    first = next((step for step in ancestors(adjective) if step.dep_ == "acomp"), adjective)
    if first.dep_ not in {"acomp", "conj"}:
        return None
    verb = first.head
    clause = next((c for c in adjective.children if c.dep_ == "ccomp" and c.i > adjective.i), None)
    subject = shared_subject(verb)
    if clause is None or subject is None or _own_words(page, subject, adjective) or _is_unsaid(verb):
        return None
    voice = page.speakers.voice(subject)
    return Report(voice, adjective.idx, end_of(adjective), tuple(regions(clause.subtree))) if voice else None


def _by_agent(page: Page, verb: Token) -> Report | None:
    """ "The loss was put at 4 million by the insurers"."""
    for agent in verb.children:
        if agent.dep_ == "agent" or (agent.dep_ == "prep" and agent.lower_ == "by"):
            for noun in agent.children:
                named = noun.dep_ == "pobj" and noun.ent_type_ not in {"DATE", "TIME"}
                voice = page.speakers.voice(noun) if named else None
                if voice is None:
                    continue
                without = {t.i for t in agent.subtree}
                clause = verb if verb.dep_ not in {"acl", "amod"} else verb.head
                pieces = regions(t for t in clause.subtree if t.i not in without)
                return Report(voice, verb.idx, end_of(verb), tuple(pieces))
    return None


FINDERS: tuple[Callable[[Page, Token], Report | None], ...] = (
    by_verb, by_adjective, by_according, by_finding, by_condition, by_noun, by_owner, by_aside,
)  # fmt: skip
