"""Invented pages with marked figures → pairs of their sentences, each with what it is known to be.

`== Heading` opens a page; in a sentence `{key|figure}` marks a figure. Figures with one key answer one question;
`key.part` is a part, place or period of `key`: an open sentence may be held against either, two parts never against
each other. The first figure with a key is what the page says; a later one with "=" behind its key is borne out by it,
another is refuted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from monitor.relations.comparable import Mention
from tests.quality.adapters.likely import Likely, in_one_year
from tests.quality.adapters.printed import article_of
from tests.quality.adapters.sentences import Figure

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a page. `keys`: of each figure that was read and is marked."""

    page: str
    marks: tuple[tuple[int, int, str], ...]
    figures: tuple[Figure, ...]

    @property
    def keys(self) -> list[tuple[Figure, str]]:
        """The figures that were read and are marked, each with its key."""
        found = []
        for figure in self.figures:
            mention = figure[0]
            key = next((key for start, end, key in self.marks if mention.start < end and start < mention.end), None)
            if key is not None:
                found.append((figure, key))
        return found


@dataclass(frozen=True)
class SentencePair:
    """Two sentences of a page. `label`: `refutes`, `supports`, `nei`, or empty where it is open."""

    page: str
    first: Sentence
    second: Sentence
    label: str

    @property
    def figures(self) -> Iterator[tuple[Mention, Mention, bool]]:
        """All figures of the one with all of the other, and whether both answer one question."""
        for (one, _), key in self.first.keys:
            for (other, _), asked in self.second.keys:
                yield one, other, _is_one(key, asked)


def read_pages(path: Path, sentences: Likely) -> list[SentencePair]:
    """All pairs of sentences of one page, in order."""
    found: list[SentencePair] = []
    for page in _pages(path, sentences):
        first: dict[str, Sentence] = {}
        for sentence in page:
            for _, _, key in sentence.marks:
                first.setdefault(key.removesuffix("="), sentence)
        found += [SentencePair(a.page, a, b, _label(a, b, first)) for a, b in combinations(page, 2)]
    return found


def _pages(path: Path, sentences: Likely) -> Iterator[list[Sentence]]:
    parts = re.split(r"(?m)^== *", path.read_text(encoding="utf-8"))[1:]
    for part in parts:
        heading, *lines = [line for line in part.splitlines() if line.strip() and not line.startswith("#")]
        plain = [_unmarked(line) for line in lines]
        rows = [{"id": f"{heading}/{at}", "page": heading, "premise": text} for at, (text, _) in enumerate(plain)]
        # The marks are of the text as it stands, so it is not set anew: only the heading is.
        articles = in_one_year([article_of(row, "premise") for row in rows])
        docs = sentences.docs([text for text, _ in plain], articles)
        yield [
            Sentence(heading, tuple(marks), tuple(sentences.figures(doc, article.title)))
            for (_, marks), doc, article in zip(plain, docs, articles, strict=True)
        ]


def _unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, marks, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), mark[1]))
        text, at = text + mark[2], mark.end()
    return text + line[at:], marks


def _is_one(key: str, other: str) -> bool:
    one, two = key.removesuffix("="), other.removesuffix("=")
    return one == two or one.startswith(f"{two}.") or two.startswith(f"{one}.")


def _label(a: Sentence, b: Sentence, first: dict[str, Sentence]) -> str:
    """What the second sentence is to the first; open where neither is the page's own word, or one names a part."""
    keys = {key.removesuffix("=") for _, _, key in a.marks}
    answers = [key for _, _, key in b.marks if key.removesuffix("=") in keys]
    if answers:
        if any(first[key.removesuffix("=")] is not a for key in answers):
            return ""
        return "supports" if all(key.endswith("=") for key in answers) else "refutes"
    return "" if any(_is_one(key, other) for key in keys for _, _, other in b.marks) else "nei"


def chosen(pairs: Sequence[SentencePair]) -> list[SentencePair]:
    """All pairs that can be compared, and as many lookalikes: of the rest those that share most of their words.

    A pair that has no two figures of one dimension looks like nothing, and is left out.
    """
    known = [pair for pair in pairs if pair.label in {"refutes", "supports"}]
    apart = [pair for pair in pairs if pair.label == "nei" and _likeness(pair) > 0]
    return [*known, *sorted(apart, key=_likeness, reverse=True)[: len(known)]]


def _likeness(pair: SentencePair) -> float:
    """Share of words of the nearest two figures of one dimension; 0 where there are none."""
    shared = [
        (1 + len(one.words & other.words)) / (1 + min(len(one.words), len(other.words)))
        for one, other, _ in pair.figures
        if one.dimension == other.dimension
    ]
    return max(shared, default=0.0)
