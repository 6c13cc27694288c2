"""Quoted and reported speech → who asserts which part of a text. The words are in models/cues/en/sources.toml."""

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.attributes import Attribution, EntitySpan, register
from monitor.nlp.carrying import carry_on, find_issuer
from monitor.nlp.clauses import ancestors, paragraph_regions, subject_of
from monitor.nlp.headlines import in_headline
from monitor.nlp.layout import find_dateline
from monitor.nlp.mentioned import named_things
from monitor.nlp.quotes import Quote, find_quotes
from monitor.nlp.reports import Page, Report
from monitor.nlp.speakers import open_speakers
from monitor.nlp.speaking import Voice
from monitor.nlp.speech import find_reports
from monitor.nlp.speech_cues import SpeechCues
from monitor.nlp.text import text_of

COMPARING = frozenset({"than", "against", "from", "above", "below", "over", "with", "to", "versus"})
WORDS_OF_A_QUOTATION = 4  # fewer words in quotation marks are a turn of phrase, not somebody's statement


def read_cues(text: str) -> SpeechCues:
    """The cues of a sources.toml."""
    return SpeechCues.from_tables(tomllib.loads(text))


def open_page(doc: Doc, publisher: str, entities: Sequence[EntitySpan], cues: SpeechCues) -> Page:
    """The text with its quotations, paragraphs and named things at hand."""
    paragraphs = paragraph_regions(doc)
    text = text_of(doc)
    dateline = find_dateline(text, paragraphs)
    spoken_from = dateline.end if dateline is not None else 0
    speakers = open_speakers(doc, publisher, cues, named_things(doc, entities, spoken_from), spoken_from)
    return Page(doc, text, cues, speakers, find_quotes(text, paragraphs), paragraphs)


def find_attributions(doc: Doc, publisher: str, entities: Sequence[EntitySpan], cues: SpeechCues) -> list[Attribution]:
    """Regions of the text with their chains, nearest asserter first, publisher left out; inner regions are smaller.

    What no region covers is the publisher's own word. Where several cover a place, the smallest one holds.
    """
    page = open_page(doc, publisher, entities, cues)
    reports = collect_reports(page)
    found = [a for report in reports for a in _attributions(page, report, reports)]
    return sorted(found, key=lambda a: (a.start, a.end, a.cue_start))


def collect_reports(page: Page) -> list[Report]:
    """Reports with a speaker of their own, then quotations and sentences that go on with the last one."""
    reports = find_reports(page)
    if page.doc._.where == "title":
        spoken = any(_is_spoken(page, report) for report in reports)
        return reports if spoken else in_headline(page) or reports
    reports += _open_quotations(page, reports)
    reports += carry_on(page, reports)
    issuer = find_issuer(page)
    if issuer is not None:
        reports.append(Report(issuer, issuer.start, issuer.end, ((0, len(page.text)),), weak=True))
    return reports


def _is_spoken(page: Page, report: Report) -> bool:
    """Whether it is a verb or "according to" that gives the report, not a noun ("Data of ...")."""
    cue = _cue(page, report)
    return cue is not None and cue.pos_ != "NOUN" and cue.pos_ != "PROPN"


def attribution_at(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost attribution around a span."""
    around = [a for a in attributions if a.start <= start and end <= a.end]
    return min(around, key=lambda a: (a.end - a.start, a.cue_start, a.modality is None), default=None)


def _attributions(page: Page, report: Report, reports: Sequence[Report]) -> list[Attribution]:
    chain, modality = _whole_chain(page, report, reports)
    return [Attribution(start, end, chain, report.cue_start, report.cue_end, modality) for start, end in report.pieces]


def _whole_chain(page: Page, report: Report, reports: Sequence[Report]) -> tuple[tuple[Source, ...], Modality | None]:
    """The speaker's links, then those of whoever reports the speaker's words, from the inside out."""
    chain, modality = list(report.voice.chain), report.voice.modality
    if report.weak:
        return tuple(chain), modality
    outer = [
        r
        for r in reports
        if r is not report
        and not r.weak
        and r.covers(report.cue_start)
        and not report.covers(r.cue_start)
        and not _is_apart(page, r, report)
    ]
    outer.sort(key=lambda r: sum(e - s for s, e in r.pieces))
    if outer and (_is_meant(page, report) or _is_set_aside(page, report)):
        return _whole_chain(page, outer[0], reports)
    if outer and (_is_compared(page, report) or _is_elsewhere(page, report)):
        return tuple(chain), modality
    for other in outer:
        if report.voice.words and report.voice.words == other.voice.words and not other.voice.nearest.name:
            continue  # "two managers said ...; one of them added ...": a part of those who speak around it
        for link in other.voice.chain:
            if not any(_same(link, known) for known in chain):
                chain.append(link)
        modality = modality or other.voice.modality
    chain = [link for link in chain if not page.speakers.is_publisher(link)] or chain[:1]
    return tuple(chain), modality


def _is_apart(page: Page, one: Report, other: Report) -> bool:
    """Whether a semicolon outside quotation marks keeps the two apart: "police count 9; the union puts it at 12"."""
    if page.quote_at(other.cue_start) is not None:
        return False
    low, high = sorted((one.cue_start, other.cue_start))
    return any(page.quote_at(at) is None for at in range(low, high) if page.text[at] == ";")


def _cue(page: Page, report: Report) -> Token | None:
    span = page.doc.char_span(report.cue_start, report.cue_end, alignment_mode="expand")
    return span.root if span is not None else None


def _is_meant(page: Page, report: Report) -> bool:
    """Whether the report is only of an intention ("plans to raise"), which whoever tells of it asserts."""
    cue = _cue(page, report)
    cues = page.cues
    meant = (cues.plan - cues.say - cues.think) | (cues.placing & cues.think)
    return cue is not None and cue.lemma_.lower() in meant


def _is_set_aside(page: Page, report: Report) -> bool:
    """Whether the speaker around denies what the report gives: "not the 9 that the army counted", "rejecting ..."."""
    cue = _cue(page, report)
    if cue is not None and cue.pos_ == "NOUN" and not report.voice.nearest.name:
        return cue.dep_ == "dobj" and cue.head.lemma_.lower() in page.cues.deny  # "denied a report that ..."
    if cue is None or cue.dep_ not in {"acl", "relcl"}:
        return False
    first = cue.head.left_edge.i
    if page.doc[first].lower_ == "not" or (first and page.doc[first - 1].lower_ == "not"):
        return True
    return any(step.lemma_.lower() in page.cues.deny for step in list(ancestors(cue))[1:5])


def _is_elsewhere(page: Page, report: Report) -> bool:
    """ "... to 20, after the union raised its own to 30": what somebody else did is that one's word alone."""
    cue = _cue(page, report)
    return cue is not None and cue.dep_ == "advcl" and cue.lemma_.lower() in page.cues.change | page.cues.figure


def _is_compared(page: Page, report: Report) -> bool:
    """Whether the report is of a figure set beside the speaker's own: "more than the 14 named by the union"."""
    cue = _cue(page, report)
    if cue is None or (cue.dep_ not in {"acl", "relcl"} and cue.lower_ != "own"):
        return False
    noun = cue.head
    if report.voice.nearest.kind is SourceKind.ANONYMOUS and cue.lemma_.lower() in page.cues.think:
        return True  # "beat the 3 percent that analysts had expected"
    return noun.dep_ == "pobj" and noun.head.lower_ in COMPARING


def _same(a: Source, b: Source) -> bool:
    return a.name == b.name if a.name or b.name else a.label.lower() == b.label.lower()


# --- quotations without a speaker of their own


def _open_quotations(page: Page, reports: Sequence[Report]) -> list[Report]:
    """Quotations that nobody is named for: the last speaker of the paragraph goes on, or who led into them."""
    found: list[Report] = []
    for quote in page.quotes:
        words = page.text[quote.start : quote.end]
        if len(words.split()) < WORDS_OF_A_QUOTATION and not _is_sentence(words):
            continue
        known = [*reports, *found]
        if any(r.covers(quote.start + 1) for r in known):
            continue
        voice = (
            _introduced(page, quote)
            or _carried(page, quote, known)
            or _followed(page, quote, known)
            or _run_on(page, quote, known)
            or _led_in(page, quote, known)
            or _presented(page, quote)
        )
        if voice is not None:
            found.append(Report(voice, quote.start, quote.start + 1, ((quote.start, quote.end),), weak=True))
    return found


def _introduced(page: Page, quote: Quote) -> Voice | None:
    """ "The mayor made this comment: ...": the subject of the sentence that a colon ends."""
    before = page.text[: quote.start].rstrip()
    if not before.endswith(":"):
        return None
    colon = page.doc.char_span(len(before) - 1, len(before), alignment_mode="expand")
    if colon is None or colon.start == 0:
        return None
    lead = page.doc[colon.start - 1].sent
    subject = subject_of(lead.root)
    return page.speakers.voice(subject) if subject is not None else None


def _carried(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """The speaker of the quotation that runs on into this one, or the last speaker of the paragraph."""
    before = next((q for q in reversed(page.quotes) if q.end <= quote.start), None)
    if before is not None and before.goes_on and before.end + 4 > quote.start:
        return next((r.voice for r in reports if r.covers(before.start + 1)), None)
    low, _ = page.paragraph_at(quote.start)
    spoken = [r for r in reports if low <= r.cue_start < quote.start]
    return max(spoken, key=lambda r: r.cue_start).voice if spoken else None


def _is_sentence(words: str) -> bool:
    return words[1:2].isupper() and words.rstrip('"”»').endswith((".", "!", "?"))


def _followed(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """The one who is quoted next in the same paragraph, and named there."""
    _, high = page.paragraph_at(quote.start)
    later = [r for r in reports if quote.end <= r.cue_start < high and any(page.quote_at(s) for s, _ in r.pieces)]
    return min(later, key=lambda r: r.cue_start).voice if later else None


def _run_on(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """The one who is named after a later paragraph of the same speech."""
    for later in page.quotes[page.quotes.index(quote) + 1 :] if quote.goes_on else ():
        if (found := next((r.voice for r in reports if r.covers(later.start + 1)), None)) is not None:
            return found
        if not later.goes_on:
            return None
    return None


def _presented(page: Page, quote: Quote) -> Voice | None:
    """ "Ana Reyes knows the farm. "We had nine cows": the person whom the sentence just before is about."""
    low, _ = page.paragraph_at(quote.start)
    before = page.doc.char_span(low, quote.start, alignment_mode="contract")
    if before is None or not _is_sentence(page.text[quote.start : quote.end]):
        return None
    subject = subject_of(before[-1].sent.root)
    voice = page.speakers.voice(subject) if subject is not None and subject.idx >= low else None
    return voice if voice is not None and voice.nearest.kind is SourceKind.PERSON else None


def _led_in(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """A quotation that is its whole paragraph: the speaker of the paragraph before, or a person who heads it."""
    low, high = page.paragraph_at(quote.start)
    number = next((i for i, p in enumerate(page.paragraphs) if p == (low, high)), 0)
    if quote.start - low > 1 or not number:
        return None
    start, end = page.paragraphs[number - 1]
    line = page.text[start:end].rstrip()
    people = [n for n in page.speakers.named if n.kind == "person" and start <= page.doc[n.first].idx < end]
    if people and (line.endswith(":") or (len(line) < 90 and not line.endswith((".", "!", "?", '"', "”")))):
        return page.speakers.voice(page.doc[people[-1].stop - 1])
    spoken = [r for r in reports if start <= r.cue_start < end and r.voice.nearest.kind is not SourceKind.DOCUMENT]
    if spoken:
        return max(spoken, key=lambda r: r.cue_start).voice
    heard = [v for v in page.speakers.voices if v.nearest.kind is SourceKind.PERSON and v.start < quote.start]
    return max(heard, key=lambda v: v.start) if heard else None


# --- the component


@Language.factory(
    "attributions",
    default_config={"cues": "models/cues/en/sources.toml"},
    requires=["doc.sents", "token.dep", "token.tag", "token.lemma"],
    assigns=["doc._.attributions"],
)
def make_attributions(nlp: Language, name: str, cues: str) -> Callable[[Doc], Doc]:
    """The component. `cues`: path of its cue file, read now."""
    register()
    words = read_cues(Path(cues).read_text(encoding="utf-8"))

    def attributions(doc: Doc) -> Doc:
        article = doc._.article
        doc._.attributions = find_attributions(doc, article.publisher if article else "", doc._.entities, words)
        return doc

    return attributions
