"""Denial, hedging, forecast, plan, estimate, hypothesis and question cues → how surely a region is said.

The words are in models/cues/en/modality.toml; scope comes from the parse: a cue rules its clause, not the sentence.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from monitor.domain.claim import Modality, Polarity
from monitor.nlp.attributes import Attribution, ModalitySpan, register
from monitor.nlp.clauses import Region, end_of, readable
from monitor.nlp.modality_cues import ModalityCues, read_cues
from monitor.nlp.modality_denials import by_denial
from monitor.nlp.modality_nouns import by_adjective, by_condition, by_headline, by_noun, by_phrase, by_question
from monitor.nlp.modality_scopes import AFFIRMED, NEGATED, Found
from monitor.nlp.modality_verbs import by_auxiliary, by_verb
from monitor.nlp.text import text_of

OPEN = frozenset({Modality.FORECAST, Modality.PLANNED, Modality.ESTIMATED, Modality.HYPOTHETICAL})
POSSIBLE = frozenset({"could", "might", "may"})
# "Raised its forecast to 9 from 8 in May" tells two forecasts, "sees 9, up from 8 in May" one.
COMPARED = re.compile(
    r"\b(?:(?:up|down|higher|lower|rise|fall|rising|falling) from|than|against|versus"
    r"|compared (?:with|to)|after|below|above)\s+(?:[\w'’]+\s+){0,3}\Z"
)
Finder = Callable[[Token, ModalityCues, Sequence[Attribution]], Iterable[Found]]
FINDERS: tuple[Finder, ...] = (by_verb, by_auxiliary, by_noun, by_adjective, by_condition, by_denial, by_headline)


def find_modalities(doc: Doc, cues: ModalityCues) -> list[ModalitySpan]:
    """Regions under a cue, in order of text. Reads `doc._.attributions`, so these come first."""
    attributions: Sequence[Attribution] = doc._.attributions
    found: list[Found] = []
    for sent in readable(doc):
        for token in sent:
            for finder in FINDERS:
                found.extend(finder(token, cues, attributions))
    found.extend(by_question(doc))
    found.extend(by_phrase(doc, cues))
    spans = {
        ModalitySpan(start, end, f.modality, f.polarity, *_cue_region(f.cue)) for f in found for start, end in f.pieces
    }
    return sorted(spans, key=lambda s: (s.start, s.end, s.cue_start, s.modality, s.polarity))


def _cue_region(cue: Token | Span) -> Region:
    return (cue.idx, end_of(cue)) if isinstance(cue, Token) else (cue.start_char, cue.end_char)


def modality_at(doc: Doc, attribution: Attribution | None, start: int, end: int) -> tuple[Modality, Polarity]:
    """Modality and polarity of characters `start` to `end`, given the attribution that holds there.

    Denial comes first, then questions; then the closest plan, forecast, estimate or condition that is said in so many
    words; then hearsay; a bare "will" or "would" counts only where the speaker is known by name.
    """
    around = [m for m in doc._.modalities if m.start <= start and end <= m.end]
    if _is_of_the_past(doc, start, end):
        around = [m for m in around if m.modality not in OPEN]
    polarity = NEGATED if any(m.polarity is NEGATED for m in around) else AFFIRMED
    for first in (Modality.DENIED, Modality.QUESTION):
        if any(m.modality is first for m in around):
            return first, polarity
    told = attribution.modality if attribution is not None else None
    open_ones = [m for m in around if m.modality not in {Modality.ASSERTED, Modality.REPORTED}]
    strong = [m for m in open_ones if not _is_soft(doc, m)]
    if strong:
        return _narrowed(doc, strong, open_ones), polarity
    if told is Modality.REPORTED or any(m.modality is Modality.REPORTED for m in around):
        return Modality.REPORTED, polarity
    if open_ones:
        return _closest(open_ones), polarity
    return told or Modality.ASSERTED, polarity


def _is_of_the_past(doc: Doc, start: int, end: int) -> bool:
    """Whether a figure beside a forecast or estimate has a day of its own that is over: "up from 9 in May"."""
    article = doc._.article
    if article is None or article.published is None:
        return False
    text, today = text_of(doc), article.published.date()
    over = [d for d in doc._.dates if d.period.end is not None and d.period.end < today]
    if any(0 <= d.start - end <= 1 for d in over):
        return COMPARED.search(text, max(0, start - 40), start) is not None
    owned = (d for d in over if 0 <= start - d.end <= 30 and text[d.end : d.end + 2] in {"'s", "’s"})
    return any(COMPARED.search(text[max(0, d.start - 16) : d.start]) for d in owned)


def _narrowed(doc: Doc, strong: Sequence[ModalitySpan], open_ones: Sequence[ModalitySpan]) -> Modality:
    """The closest cue in so many words, unless a closer auxiliary says more: "fear it could pass 9", "reckon it will"."""
    closest = min(strong, key=lambda m: (m.end - m.start, m.cue_start))
    soft = [m for m in open_ones if _is_soft(doc, m) and m.end - m.start <= closest.end - closest.start]
    said = {text_of(doc)[m.cue_start : m.cue_end].lower() for m in soft}
    if said & POSSIBLE and closest.modality is not Modality.HYPOTHETICAL:
        return Modality.HYPOTHETICAL
    if closest.modality is Modality.ESTIMATED and any(m.modality is Modality.FORECAST for m in soft):
        return Modality.FORECAST
    return closest.modality


def _closest(spans: Sequence[ModalitySpan]) -> Modality:
    return min(spans, key=lambda m: (m.end - m.start, m.cue_start)).modality


def _is_soft(doc: Doc, span: ModalitySpan) -> bool:
    """Whether the cue is only an auxiliary: "will", "would", "could"."""
    cue = doc.char_span(span.cue_start, span.cue_end)
    return cue is not None and len(cue) == 1 and cue[0].tag_ == "MD"


@Language.factory(
    "modalities",
    default_config={"cues": "models/cues/en/modality.toml"},
    requires=["doc.sents", "token.dep", "token.tag", "token.lemma", "doc._.attributions"],
    assigns=["doc._.modalities"],
)
def make_modalities(nlp: Language, name: str, cues: str) -> Callable[[Doc], Doc]:
    """The component. `cues`: path of its cue file, read now."""
    register()
    words = read_cues(Path(cues).read_text(encoding="utf-8"))

    def modalities(doc: Doc) -> Doc:
        doc._.modalities = find_modalities(doc, words)
        return doc

    return modalities
