"""Lines whose numbers are no figures: marks of a numbered list, what a page says of itself, where a paper was printed."""

import re
from collections.abc import Iterator
from itertools import pairwise

from monitor.nlp.figure_cues import FigureCues

_MARK = re.compile(r"^[ \t]*(\d{1,2})[.)](?=[ \t]+\S)", re.MULTILINE)
_LINE = re.compile(r"^.*$", re.MULTILINE)
# "Annals of Ice 71, 402-419 (2026)": volume and pages
_PRINTED = re.compile(r"\b\d{1,4}(?: ?\(\d{1,3}\))?[,:] ?\d{1,6}[–-]\d{1,6}(?=,? \((?:19|20)\d\d\))")
_LONGEST = 240  # characters of a line of furniture
_APART = 600  # characters between two marks of one list


def line_places(text: str, cues: FigureCues) -> Iterator[tuple[int, int]]:
    """Stretches of text in which no number is read."""
    yield from _list_marks(text)
    yield from (match.span() for match in _PRINTED.finditer(text))
    for match in _LINE.finditer(text):
        line = match[0].strip().lower()
        if len(line) <= _LONGEST and (
            line.startswith(cues.furniture_starts) or any(words in line for words in cues.furniture_holds)
        ):
            yield match.span()


def _list_marks(text: str) -> Iterator[tuple[int, int]]:
    """The 1 and 2 before the lines of one list; a lone "12." begins a sentence."""
    marks = list(_MARK.finditer(text))
    for before, mark in pairwise(marks):
        if int(mark[1]) == int(before[1]) + 1 and mark.start() - before.end() <= _APART:
            yield before.span(1)
            yield mark.span(1)
