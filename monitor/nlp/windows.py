"""Long and hostile texts: masked and read in windows, so that memory is bounded and time grows as the text does."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.domain.article import Reading
from monitor.domain.claim import Claim
from monitor.domain.entity import Mention
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.trace import Trace

WINDOW_CHARS = 12_000
LONGEST_WORD_CHARS = 200
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD_CHARS + 1},}}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# A line of dashes or a heap of quotes is no language; neither is a column of bare numbers hundreds long.
_MARKS = re.compile(r"[^\w\s]{24,}")
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W\d_]")
LONGEST_HEAP = 100  # words without a letter
LONGEST_PERIOD = 8  # words that are said over and over
MOST_REPEATED = 150  # words of such a repetition
_ENDS = ("\n\n", "\n", ". ", " ")


def masked(text: str) -> str:
    """The text with blanks, one for one, in place of what nobody could read; offsets stay as they are."""
    for pattern in (_CONTROL, _LONG_WORD, _MARKS):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    pieces, at = [], 0
    for start, end in _heaps(text):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _heaps(text: str) -> list[tuple[int, int]]:
    """Stretches of numbers and marks without a letter, and of few words said again and again."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    said = [text[start:end] for start, end in words]
    bare = [not _LETTER.search(word) for word in said]
    runs = _runs(bare, LONGEST_HEAP)
    for period in range(1, LONGEST_PERIOD + 1):
        runs += _runs([at >= period and said[at] == said[at - period] for at in range(len(said))], MOST_REPEATED)
    return _merged([(words[first][0], words[last - 1][1]) for first, last in runs])


def _runs(flags: Sequence[bool], longest: int) -> list[tuple[int, int]]:
    """Runs of true longer than `longest`."""
    found, first = [], None
    for at, flag in enumerate([*flags, False]):
        if flag and first is None:
            first = at
        elif not flag and first is not None:
            if at - first > longest:
                found.append((first, at))
            first = None
    return found


def _merged(regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(regions):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def windows(text: str) -> list[tuple[int, int]]:
    """Start and end of the stretches that are read one by one: whole paragraphs where these are short enough."""
    found, start, last = [], 0, len(text)
    while start < last:
        end = min(start + WINDOW_CHARS, last)
        if end < last:
            end = _good_end(text, start, end)
        if text[start:end].strip():
            found.append((start, end))
        start = end
    return found or [(0, min(last, WINDOW_CHARS))]


def _good_end(text: str, start: int, end: int) -> int:
    """The last place before `end` where a paragraph, line, sentence or word ends, not too near to the start."""
    for mark in _ENDS:
        at = text.rfind(mark, start + WINDOW_CHARS // 2, end)
        if at >= 0:
            return at + len(mark)
    return end


def joined(parts: Sequence[tuple[int, Reading]]) -> Reading:
    """One reading of the readings of the windows, with offsets in the whole text. Each part comes with its start."""
    claims = [claim for start, part in parts for claim in _moved(part.claims, start)]
    mentions = [_mention(mention, start) for start, part in parts for mention in part.mentions]
    traces = [
        tuple(_shifted(trace, start if claim.evidence.where is Where.BODY else 0) for trace in ways)
        for start, part in parts
        for claim, ways in zip(part.claims, part.traces, strict=True)
    ]
    return replace(parts[0][1], claims=tuple(claims), mentions=tuple(mentions), traces=tuple(traces))


def _shifted(trace: Trace, start: int) -> Trace:
    return replace(trace, start=trace.start + start) if trace.start >= 0 else trace


def _moved(claims: Sequence[Claim], start: int) -> list[Claim]:
    moved, ids = [], {}
    for claim in claims:
        at = claim.evidence
        if start and at.where is Where.BODY:
            at = replace(
                at,
                start=at.start + start,
                end=at.end + start,
                span_start=at.span_start + start,
                span_end=at.span_end + start,
            )
            claim_id = content_id(
                "clm", claim.article_id, at.where.value, at.span_start, at.span_end, claim.quantity.unit
            )
            ids[claim.id] = claim_id
            claim = replace(claim, id=claim_id, evidence=at)
        moved.append(claim)
    return [replace(claim, same_as=tuple(ids.get(other, other) for other in claim.same_as)) for claim in moved]


def _mention(mention: Mention, start: int) -> Mention:
    if mention.where != Where.BODY.value:
        return mention
    return replace(mention, start=mention.start + start, end=mention.end + start)


def verbatim(reading: Reading, title: str, text: str) -> Reading:
    """A reading whose evidence and mentions are quoted from the texts themselves, not from what was masked."""
    claims = tuple(
        replace(claim, evidence=_quoted(claim.evidence, title if claim.evidence.where is Where.TITLE else text))
        for claim in reading.claims
    )
    mentions = tuple(
        replace(mention, text=(title if mention.where == Where.TITLE.value else text)[mention.start : mention.end])
        for mention in reading.mentions
    )
    return replace(reading, claims=claims, mentions=mentions)


def _quoted(evidence: Evidence, text: str) -> Evidence:
    return replace(
        evidence, quote=text[evidence.start : evidence.end], span=text[evidence.span_start : evidence.span_end]
    )
