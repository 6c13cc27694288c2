"""Sources in headlines: "Dam holds 5m tonnes: ministry", "Mayor: pool cost 2m", "Crop to shrink 9% - survey"."""

import re

from monitor.nlp.reports import Page, Report
from monitor.nlp.speaking import Voice

SEPARATOR = re.compile(r"\s*:\s+|\s+[-–—]\s+")
SOURCE_WORDS = 5  # a source in a headline is short


def in_headline(page: Page) -> list[Report]:
    """The report of a headline that sets its source off with a colon or a dash; none where neither side is a source."""
    text = page.text
    marks = list(SEPARATOR.finditer(text))
    if len(marks) != 1:
        return []
    mark = marks[0]
    left, right = (0, mark.start()), (mark.end(), len(text.rstrip()))
    for source, content in ((right, left), (left, right)):
        voice = _voice(page, *source)
        if voice is not None and content[1] - content[0] > source[1] - source[0]:
            return [Report(voice, mark.start(), mark.end(), (content,))]
    return []


def _voice(page: Page, start: int, end: int) -> Voice | None:
    """The source that these words are, whole: a name, or a noun that headlines use for sources."""
    span = page.doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span.text.split()) > SOURCE_WORDS or any(t.like_num for t in span):
        return None
    head = span[-1]
    known = page.speakers.at.get(head.i)
    if any(t.dep_ == "prep" for t in span[: known.first - span.start if known else 0]):
        return None  # "Fire in Galva: 3 dead" tells where
    if known is not None or head.lemma_.lower() in page.cues.headline:
        return page.speakers.voice(head)
    return None
