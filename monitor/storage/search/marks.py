"""Where in a sentence the words stand that it was found by."""

import re
from collections.abc import Iterator, Sequence

from monitor.domain.query import Words
from monitor.domain.words import words
from monitor.storage.search.words import stem_of, stems

_TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")  # with accents that are signs of their own


def marks(asked: Sequence[Words], text: str) -> tuple[tuple[int, int], ...]:
    """Half-open stretches of the text that are words asked for in whatever form, in order; none touches another."""
    wanted = [stems(one.text) for one in dict.fromkeys(asked)]
    first = {stem[0] for one in wanted for stem in one}  # to find stems takes long: only of words that can be meant
    told = ((match.span(), word) for match in _TOKEN.finditer(text) for word in words(match[0]))
    tokens = [(span, stem_of(word) if word[0] in first else word) for span, word in told]
    found = sorted(span for one in wanted for span in _spans(one, tokens))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return tuple(joined)


def _spans(wanted: list[str], tokens: list[tuple[tuple[int, int], str]]) -> Iterator[tuple[int, int]]:
    told = [stem for _, stem in tokens]
    for place in range(len(told) - len(wanted) + 1 if wanted else 0):
        if told[place : place + len(wanted)] == wanted:
            yield tokens[place][0][0], tokens[place + len(wanted) - 1][0][1]
