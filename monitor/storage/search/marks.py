"""Where in a sentence the words stand that it was found by."""

import re
from collections.abc import Iterator, Sequence

from monitor.domain.query import Words
from monitor.storage.search.words import stems

_TOKEN = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")  # with accents that are signs of their own


def marks(asked: Sequence[Words], text: str) -> tuple[tuple[int, int], ...]:
    """Half-open stretches of the text that are words asked for in whatever form, in order; none touches another."""
    tokens = [(match.span(), stem) for match in _TOKEN.finditer(text) for stem in stems(match[0])]
    found = sorted(span for one in dict.fromkeys(asked) for span in _spans(stems(one.text), tokens))
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
