"""What finding speech gives and needs: who says which pieces of a text; the text with all that is known of it."""

from dataclasses import dataclass

from spacy.tokens import Doc

from monitor.nlp.clauses import Region
from monitor.nlp.quotes import Quote
from monitor.nlp.speaking import Speakers, Voice
from monitor.nlp.speech_cues import SpeechCues


@dataclass(frozen=True)
class Report:
    """Somebody says something. `pieces`: the content, in order. `weak`: taken over from an earlier sentence."""

    voice: Voice
    cue_start: int
    cue_end: int
    pieces: tuple[Region, ...]
    weak: bool = False

    def covers(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.pieces)


@dataclass(frozen=True)
class Page:
    """What finding speech needs to know of one text."""

    doc: Doc
    text: str  # of the Doc, which would build it anew each time
    cues: SpeechCues
    speakers: Speakers
    quotes: list[Quote]
    paragraphs: list[Region]

    def quote_at(self, at: int) -> Quote | None:
        return next((q for q in self.quotes if q.start <= at < q.end), None)

    def paragraph_at(self, at: int) -> Region:
        return next((p for p in self.paragraphs if p[0] <= at < p[1]), (0, len(self.text)))
