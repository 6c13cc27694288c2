"""Quoted and reported speech → who asserts which part of a text. The words are in models/cues/en/sources.toml."""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.attributes import Attribution, EntitySpan, register
from monitor.nlp.clauses import paragraph_regions
from monitor.nlp.quotes import Quote, find_quotes
from monitor.nlp.speakers import Speakers, SpeechCues, Voice, named_things
from monitor.nlp.speech import Page, Report, find_reports

WORDS_OF_A_QUOTATION = 4  # fewer words in quotation marks are a turn of phrase, not somebody's statement
DATELINE_REACH = 140  # characters from the start of a text within which a wire credit stands
CREDIT = re.compile(r"^[^\n]{0,90}?\((?P<name>[A-Z][^()\n]{1,40})\)\s*[-–—]{1,2}\s", re.MULTILINE)


def read_cues(text: str) -> SpeechCues:
    """The cues of a sources.toml."""
    return SpeechCues.from_tables(tomllib.loads(text))


def open_page(doc: Doc, publisher: str, entities: Sequence[EntitySpan], cues: SpeechCues) -> Page:
    """The text with its quotations, paragraphs and named things at hand."""
    paragraphs = paragraph_regions(doc)
    speakers = Speakers(doc, publisher, cues, named_things(doc, entities))
    return Page(doc, cues, speakers, find_quotes(doc.text, paragraphs), paragraphs)


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
    reports += _open_quotations(page, reports)
    return reports


def attribution_at(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost attribution around a span."""
    around = [a for a in attributions if a.start <= start and end <= a.end]
    return min(around, key=lambda a: (a.end - a.start, a.cue_start), default=None)


def _attributions(page: Page, report: Report, reports: Sequence[Report]) -> list[Attribution]:
    chain, modality = _whole_chain(page, report, reports)
    return [Attribution(start, end, chain, report.cue_start, report.cue_end, modality) for start, end in report.pieces]


def _whole_chain(page: Page, report: Report, reports: Sequence[Report]) -> tuple[tuple[Source, ...], Modality | None]:
    """The speaker's links, then those of whoever reports the speaker's words, from the inside out."""
    chain, modality = list(report.voice.chain), report.voice.modality
    outer = [r for r in reports if r is not report and r.covers(report.cue_start) and not report.covers(r.cue_start)]
    for other in sorted(outer, key=lambda r: sum(e - s for s, e in r.pieces)):
        for link in other.voice.chain:
            if not any(_same(link, known) for known in chain):
                chain.append(link)
        modality = modality or other.voice.modality
    chain = [link for link in chain if not page.speakers.is_publisher(link)] or chain[:1]
    return tuple(chain), modality


def _same(a: Source, b: Source) -> bool:
    return a.name == b.name if a.name or b.name else a.label.lower() == b.label.lower()


# --- quotations without a speaker of their own


def _open_quotations(page: Page, reports: Sequence[Report]) -> list[Report]:
    """Quotations that nobody is named for: the last speaker of the paragraph goes on, or who led into them."""
    found: list[Report] = []
    for quote in page.quotes:
        if len(page.doc.text[quote.start : quote.end].split()) < WORDS_OF_A_QUOTATION:
            continue
        known = [*reports, *found]
        if any(r.covers(quote.start + 1) for r in known):
            continue
        voice = _carried(page, quote, known) or _led_in(page, quote, known)
        if voice is not None:
            found.append(Report(voice, quote.start, quote.start + 1, ((quote.start, quote.end),), weak=True))
    return found


def _carried(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """The speaker of the quotation that runs on into this one, or the last speaker of the paragraph."""
    before = next((q for q in reversed(page.quotes) if q.end <= quote.start), None)
    if before is not None and before.goes_on and before.end + 4 > quote.start:
        return next((r.voice for r in reports if r.covers(before.start + 1)), None)
    low, _ = page.paragraph_at(quote.start)
    spoken = [r for r in reports if low <= r.cue_start < quote.start]
    return max(spoken, key=lambda r: r.cue_start).voice if spoken else None


def _led_in(page: Page, quote: Quote, reports: Sequence[Report]) -> Voice | None:
    """A quotation that is its whole paragraph: the speaker of the paragraph before, or a person who heads it."""
    low, high = page.paragraph_at(quote.start)
    number = next((i for i, p in enumerate(page.paragraphs) if p == (low, high)), 0)
    if quote.start - low > 1 or not number:
        return None
    start, end = page.paragraphs[number - 1]
    line = page.doc.text[start:end].rstrip()
    people = [n for n in page.speakers.named if n.kind == "person" and start <= page.doc[n.first].idx < end]
    if people and (line.endswith(":") or (len(line) < 90 and not line.endswith((".", "!", "?", '"', "”")))):
        return page.speakers.voice(page.doc[people[-1].stop - 1])
    spoken = [r for r in reports if start <= r.cue_start < end and r.voice.nearest.kind is not SourceKind.DOCUMENT]
    return max(spoken, key=lambda r: r.cue_start).voice if spoken else None


# --- the credit of an agency


def find_wire_credit(text: str) -> Source | None:
    """The agency that a dateline credits, "LIMA, March 3 (Andes Press) -": it precedes the publisher in every chain."""
    found = CREDIT.search(text[:DATELINE_REACH])
    if found is None:
        return None
    name = found["name"].strip()
    return Source(name, SourceKind.MEDIA, name)


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
