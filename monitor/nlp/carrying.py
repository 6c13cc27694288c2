"""Sentences that name no source and yet plainly go on with one: the last speaker's, a company's results, a release's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from monitor.domain.claim import Modality
from monitor.domain.source import SourceKind
from monitor.nlp.clauses import SUBJECTS, VERBAL, ancestors, subject_of
from monitor.nlp.reports import Page, Report
from monitor.nlp.speaking import Voice
from monitor.nlp.stances import find_stances

ORGANISED = frozenset({SourceKind.COMPANY, SourceKind.GOVERNMENT, SourceKind.THINK_TANK})
CARRIED = ORGANISED | {SourceKind.PERSON, SourceKind.DOCUMENT}
ASIDE = frozenset({"relcl", "advcl", "acl", "csubj", "pcomp"})
NEAR = 60  # tokens back in which a place was spoken of
RELEASE_HEAD = 3  # paragraphs in which a press release says whose it is


def carry_on(page: Page, reports: Sequence[Report]) -> list[Report]:
    """Reports that go on with an earlier voice, one a sentence. A quotation, a new speaker or a turn ends it."""
    found: list[Report] = []
    results: Voice | None = None
    before: Voice | None = None
    forecaster: Voice | None = None
    stances = {stance.cue_start: stance.voice for stance in find_stances(page, reports)}
    for low, high in page.paragraphs:
        last: Voice | None = None
        sents = list(_sentences(page, low, high))
        for number, sent in enumerate(sents):
            if number == 0:
                last = before if _points_back(sent) else None
            following = sents[number + 1] if number + 1 < len(sents) else None
            own = [r for r in reports if not r.weak and sent.start_char <= r.cue_start < sent.end_char]
            found.extend(_forecasts(page, own, forecaster))
            results = _results_voice(page, own) or results
            if own and not (number == 0 and last is not None and _main_voice(page, sent, own) is None):
                last = _main_voice(page, sent, own)
                found.extend(_after_semicolon(page, sent, own, last))
                found.extend(_before_semicolon(page, sent, own, results))
            elif not own and any(r.covers(sent.start_char + 1) for r in reports):
                continue
            elif last is not None and _is_of_another(sent, stances, last):
                last = None
            elif last is not None and (_is_known(page, last) or number == 0) and _goes_on(page, sent, last):
                found.append(_carried(sent, last))
            elif (framing := _framed(page, sent, following, reports, before)) is not None:
                found.append(_carried(sent, framing))
                last = framing
            elif results is not None and _states_results(page, sent):
                found.append(_carried(sent, results))
            elif forecaster is not None and _is_put(page, sent):
                found.append(_carried(sent, replace(forecaster, modality=Modality.FORECAST)))
            else:
                last = None
            before = last or before
            forecaster = _forecaster(page, own) or forecaster
    return found


def _is_of_another(sent: Span, stances: Mapping[int, Voice], last: Voice) -> bool:
    """Whether the sentence tells what somebody else wants or thinks of something."""
    voice = stances.get(sent.root.idx)
    return voice is not None and voice.nearest != last.nearest and voice.nearest.name != last.nearest.name


def _framed(
    page: Page, sent: Span, following: Span | None, reports: Sequence[Report], before: Voice | None
) -> Voice | None:
    """Whoever spoke last and speaks again in the next sentence of the paragraph, for figures given in between."""
    if following is None or before is None or not before.nearest.name or before.nearest.kind not in CARRIED:
        return None
    own = [r for r in reports if not r.weak and following.start_char <= r.cue_start < following.end_char]
    main = _main_voice(page, following, own) if own else None
    if main is None or main.nearest.name != before.nearest.name or not any(t.like_num for t in sent):
        return None
    words = {t.lower_ for t in sent}
    subject = subject_of(sent.root)
    told = words & (page.cues.writers | page.cues.turn | page.cues.inferring) or '"' in sent.text or "“" in sent.text
    return None if told or (subject is not None and _is_about(page, subject, before)) else before


def _points_back(sent: Span) -> bool:
    """ "That is up from 4 percent": the sentence goes on with the last one, over the end of a paragraph."""
    subject = subject_of(sent.root)
    return (
        subject is not None and subject.lower_ in {"that", "this"} and subject.pos_ == "PRON" and sent.root.lemma_ == "be"
    )


def _after_semicolon(page: Page, sent: Span, own: Sequence[Report], last: Voice | None) -> list[Report]:
    """The half of a sentence after a semicolon, where no one else speaks there."""
    at = sent.text.rfind(";")
    start, end = sent.start_char + at + 1, sent.end_char
    if at < 0 or last is None or _has_its_own(page, sent, start):
        return []
    if any(r.cue_start > start or any(s < end and e > start for s, e in r.pieces) for r in own):
        return []
    return [Report(last, last.start, last.end, ((start, end),), weak=True)]


def _has_its_own(page: Page, sent: Span, start: int) -> bool:
    """Whether somebody else says or counts something from a place on, be it one that we cannot name."""
    return any(
        t.idx > start and t.pos_ in VERBAL and t.lemma_.lower() in page.cues.say & page.cues.figure and subject_of(t)
        for t in sent
    )


def _before_semicolon(page: Page, sent: Span, own: Sequence[Report], results: Voice | None) -> list[Report]:
    """ "The margin widened to 14 percent; the market had hoped for 13": figures of the books before another's word."""
    at = sent.text.find(";")
    start, end = sent.start_char, sent.start_char + at
    if at < 0 or results is None or not _states_results(page, sent) or any(r.cue_start < end for r in own):
        return []
    return [Report(results, results.start, results.end, ((start, end),), weak=True)]


def _forecaster(page: Page, own: Sequence[Report]) -> Voice | None:
    """The organisation whose forecast or estimate a sentence gives."""
    for report in own:
        cue = page.doc.char_span(report.cue_start, report.cue_end, alignment_mode="expand")
        lemma = cue.root.lemma_.lower() if cue is not None else ""
        if report.voice.nearest.kind in ORGANISED and lemma in page.cues.forecasting:
            return report.voice
    return None


def _forecasts(page: Page, own: Sequence[Report], forecaster: Voice | None) -> list[Report]:
    """ "It puts the yield at 4 tonnes", of whoever has just given a forecast: the same in other words."""
    placed = []
    for report in own:
        cue = page.doc.char_span(report.cue_start, report.cue_end, alignment_mode="expand")
        putting = cue is not None and cue.root.lemma_.lower() in {"put", "peg", "place"}
        if putting and forecaster is not None and forecaster.nearest.name == report.voice.nearest.name:
            voice = replace(report.voice, modality=report.voice.modality or Modality.FORECAST)
            placed.append(replace(report, voice=voice, weak=True))
    return placed


def _is_put(page: Page, sent: Span) -> bool:
    """ "The yield is now put at 4 tonnes": someone puts it there, and it is not said who."""
    root = sent.root
    passive = any(c.dep_ == "auxpass" for c in root.children) and not any(c.dep_ == "agent" for c in root.children)
    return (
        passive and root.lemma_.lower() in page.cues.put_passives and any(c.lower_ in {"at", "to"} for c in root.children)
    )


def _carried(sent: Span, voice: Voice) -> Report:
    end = sent.start_char + len(sent.text.rstrip())
    return Report(voice, voice.start, voice.end, ((sent.start_char, end),), weak=True)


def _sentences(page: Page, low: int, high: int) -> Iterable[Span]:
    return (s for s in page.doc.sents if low <= s.start_char < high and not s.text.isspace())


def _main_voice(page: Page, sent: Span, own: Sequence[Report]) -> Voice | None:
    """The voice that most of the sentence is said by; None where the sentence is mostly the publisher's."""
    best = max(own, key=lambda r: (r.cue_start == sent.root.idx, sum(e - s for s, e in r.pieces), -r.cue_start))
    covered = sum(min(e, sent.end_char) - max(s, sent.start_char) for s, e in best.pieces if s < sent.end_char)
    cue = next(t for t in sent if t.idx >= best.cue_start)
    aside = cue.pos_ == "NOUN" and cue.dep_ not in SUBJECTS
    main = covered * 2 >= len(sent.text) or not (aside or any(step.dep_ in ASIDE for step in ancestors(cue)))
    return best.voice if main else None


def _is_known(page: Page, voice: Voice) -> bool:
    """Whether the voice is one that news goes on reporting: named, or a document that was introduced."""
    nearest = voice.nearest
    return nearest.kind in CARRIED and (bool(nearest.name) or not voice.words & page.cues.data)


def _goes_on(page: Page, sent: Span, voice: Voice) -> bool:
    """Whether a sentence without a source can be the voice's: no turn, no quotation, not about somebody named."""
    words = [t for t in sent if not t.is_punct and not t.is_space]
    if not words or words[0].lower_ in page.cues.turn or "?" in sent.text or '"' in sent.text or "“" in sent.text:
        return False
    if any(t.lower_ in page.cues.writers for t in words) or any(t.lower_ in page.cues.inferring for t in words[:6]):
        return False
    if voice.nearest.kind is SourceKind.PERSON and _is_narrated(page, sent):
        return False
    subject = subject_of(sent.root)
    if subject is None:
        return True
    return not (_is_about(page, subject, voice) or _is_elsewhere(page, sent, subject) or _is_settled(page, sent, subject))


def _is_narrated(page: Page, sent: Span) -> bool:
    """ "The tailwind was 1.3 metres": what happened, told on without a word that takes up what somebody said of it.

    What people said is told on as it holds ("costs 9"), backshifted ("had left", "would cost") or taken up ("both were").
    """
    verb = sent.root
    marks = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    if not any(t.tag_ == "VBD" for t in marks) or any(t.lower_ in {"had", "'d", "’d"} or t.tag_ == "MD" for t in marks):
        return False
    counted_before = any(t.tag_ == "CD" and any(c.lower_ == "the" for c in t.children) for t in sent)
    return not counted_before and all(t.lower_ not in page.cues.taking_up for t in sent)


def _is_settled(page: Page, sent: Span, subject: Token) -> bool:
    """What everybody knows or could know: a law, what a plant can do, what somebody wants, what would have been."""
    root = sent.root
    if {subject.lemma_.lower(), subject.lower_} & (page.cues.general | page.cues.traded) or _opens_in_the_past(
        page, sent
    ):
        return True
    aux = {c.lower_ for c in root.children if c.dep_ == "aux"}
    acts = root.lemma_.lower() in page.cues.wanting | (page.cues.say & page.cues.figure)
    active = subject.dep_ == "nsubj" and subject.tag_ != "CD" and subject.pos_ != "PRON"
    return "can" in aux or {"would", "have"} <= aux or (acts and active)


def _opens_in_the_past(page: Page, sent: Span) -> bool:
    """ "In 1998 a flood killed 300": history, told by whoever writes."""
    first = sent[0]
    return first.lower_ in {"in", "since"} and len(sent) > 1 and sent[1].like_num and len(sent[1]) == len("1998")


def _is_elsewhere(page: Page, sent: Span, subject: Token) -> bool:
    """ "Dutch growers averaged 9 tonnes", "Sarran dealers ...": the subject is of a place that was not spoken of."""
    places = {t.text for t in subject.subtree if t.ent_type_ in {"GPE", "NORP"} and t.i < subject.i}
    before = page.doc[max(sent.start - NEAR, 0) : sent.start]
    return bool(places) and places.isdisjoint(t.text for t in before)


def _is_about(page: Page, subject: Token, voice: Voice) -> bool:
    """Whether the subject is a named actor, or something of the voice's own: then the publisher tells of it."""
    for token in (subject, *(c for c in subject.children if c.dep_ == "poss")):
        if token.pos_ == "PRON" and token.lower_ not in {"it", "its", "he", "his", "she", "her"}:
            continue
        meant = page.speakers.voice(token)
        if meant is not None and meant.nearest.name and (token is subject or meant.nearest.name == voice.nearest.name):
            return True
    return False


# --- a company's results


def _results_voice(page: Page, own: Sequence[Report]) -> Voice | None:
    """The company whose results an article tells of: it "reported better margins", or said how sales went."""
    for report in own:
        if report.voice.nearest.kind is SourceKind.COMPANY and report.voice.nearest.name:
            tokens = (t for start, end in report.pieces for t in _tokens(page, start, end))
            if any(_is_result(page, t) for t in tokens):
                return report.voice
    return None


def _tokens(page: Page, start: int, end: int) -> Iterable[Token]:
    span = page.doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None else ()


def _is_result(page: Page, token: Token) -> bool:
    return token.lemma_.lower() in page.cues.results and token.dep_ in {"nsubj", "dobj", "nsubjpass"}


def _states_results(page: Page, sent: Span) -> bool:
    """ "Revenue came to ...": a figure of the books as subject of a finished sentence."""
    subject = next((t for t in sent if t.dep_ in SUBJECTS and t.head.pos_ in VERBAL), None)
    if subject is None or any(c.dep_ == "poss" and c.lower_ != "its" for c in subject.children):
        return False
    modifiers = {c.lower_ for c in subject.children if c.dep_ in {"compound", "amod"}}
    return subject.lemma_.lower() in page.cues.results and modifiers.isdisjoint(page.cues.foreign)


# --- a press release


def find_issuer(page: Page) -> Voice | None:
    """Whose own words the whole text is, where it has the form of a press release; None for anybody's article."""
    for low, high in page.paragraphs[:RELEASE_HEAD]:
        for sent in _sentences(page, low, high):
            issuer = _issuing(page, sent)
            if issuer is None:
                continue
            if _is_about_itself(page, issuer):
                # Taggers take many a company that they do not know for a person; a release is by no person.
                nearest = replace(issuer.nearest, kind=_body_kind(issuer.nearest.kind))
                return replace(issuer, chain=(nearest, *issuer.chain[1:]))
            if issuer.nearest.kind in ORGANISED and (_says_following(sent) or _is_release(page)):
                return issuer
    return None


def _issuing(page: Page, sent: Span) -> Voice | None:
    verb = sent.root
    if verb.lemma_.lower() not in page.cues.release_verbs:
        return None
    subject = subject_of(verb)
    voice = page.speakers.voice(subject) if subject is not None else None
    return voice if voice is not None and voice.nearest.name else None


def _body_kind(kind: SourceKind) -> SourceKind:
    return kind if kind in ORGANISED else SourceKind.COMPANY


def _says_following(sent: Span) -> bool:
    return any(t.lower_ == "following" and t.head.dep_ == "dobj" for t in sent)


def _is_about_itself(page: Page, issuer: Voice) -> bool:
    """Whether a paragraph or heading "About X" closes the text of X."""
    first = (issuer.nearest.name or "").lower().split()[:1]
    return bool(first) and any(
        page.text[low:high].lower().startswith(f"about {first[0]}") for low, high in page.paragraphs
    )


def _is_release(page: Page) -> bool:
    """Whether the text bears the marks of a release: a contact, a disclaimer."""
    text = page.text.lower()
    return any(mark in text for mark in page.cues.release_marks)
