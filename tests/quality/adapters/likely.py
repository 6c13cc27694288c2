"""Two single sentences, of which nothing says that they can be compared: how likely do they contradict each other?

Nothing is filed. Each figure of the hypothesis is held against the figure of the premise that most likely answers the
same question (monitor/relations/comparable.py). Dates are asked for where no number can be compared; others only place a
sentence in time, in the year that the page names where they have none. A bare number is held against what is printed so.
Whether two figures meet is told as for sentences that are known to be of one thing (comparable.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from spacy.tokens import Doc

from monitor import assets
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.unit import Units
from monitor.nlp.attributes import DateSpan
from monitor.relations.accepted import printed
from monitor.relations.comparable import Comparable, Mention
from tests.quality.adapters.comparable import READ_ON, Arithmetic, Dated, date_holds, placed
from tests.quality.adapters.comparable import Figure as Printed
from tests.quality.adapters.printed import article_of
from tests.quality.adapters.sentences import ITEM, RANK, Figure, figures

_RATING = re.compile(r"\b(\d+(?:\.\d+)?) ?/ ?(4|5|10|100)\b(?! ?/)")
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
_POINTS = re.compile(r"\b\d{1,3}(?:\.\d{3})*\.000\b(?= [a-z])")
_DAY = r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4}"
_LIFE = re.compile(rf"\(({_DAY}) ?(?:-{{1,2}}|[–—]) ?({_DAY})\)")
SIDES = ("premise", "hypothesis")
_LIKELY = 0.5  # more likely of one question than not


class Reading(Protocol):
    """What reads sentences."""

    units: Units
    ontology: Ontology
    reader: Any


class Likely:
    """Reads the sentences of pairs, and compares figures that likely answer one question."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.reader = reading, reading.reader
        self.comparable = Comparable.read(assets.models() / "weights" / "comparable" / "weights.toml")
        self.arithmetic = Arithmetic(reading.units, reading.ontology)

    def labels(self, rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, float]]:
        """The label of each pair, and how likely it is a contradiction."""
        articles = [one for row in rows for one in in_one_year([_said(article_of(row, side)) for side in SIDES])]
        docs = self.docs([one.text for one in articles], articles)
        told = [self.figures(doc, article.title) for doc, article in zip(docs, articles, strict=True)]
        for premise, hypothesis in zip(told[::2], told[1::2], strict=True):
            yield verdict(self.answers(premise, hypothesis))

    def docs(self, texts: Sequence[str], articles: Sequence[Article]) -> list[Doc]:
        """Sentences, read, each as the body of an article."""
        annotated = (self.reader.annotate(text, one, Where.BODY, {}) for text, one in zip(texts, articles, strict=True))
        return list(self.reader.nlp.pipe(annotated))

    def figures(self, doc: Doc, heading: str) -> list[Figure]:
        """Every number and date of a sentence."""
        return figures(doc, heading, self.reading.units, self.reading.ontology)

    def answers(self, premise: Sequence[Figure], hypothesis: Sequence[Figure]) -> list[tuple[float, bool]]:
        """For each figure of the hypothesis how likely the premise answers it too, and whether the answers meet."""
        found: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}
        for one, span in hypothesis:
            asked = [(self.comparable.of(*_as_printed(other, (one, span))), at) for at, other in enumerate(premise)]
            sure, at = max(asked, key=lambda entry: (entry[0], -entry[1]), default=(0.0, 0))
            if sure:
                found[isinstance(span, DateSpan)].append((sure, self.agree(premise[at], (one, span))))
        return found[False] or found[True]

    def agree(self, premise: Figure, hypothesis: Figure) -> bool:
        """Whether the first figure allows the second, both of one dimension."""
        (one, span), (other, asked) = premise, hypothesis
        if isinstance(span, DateSpan) and isinstance(asked, DateSpan):
            return date_holds(_dated(other, asked), [_dated(one, span)])
        if isinstance(span, DateSpan) or isinstance(asked, DateSpan):
            return False
        return self.arithmetic.meets(Printed(_words(other), asked.quantity), Printed(_words(one), span.quantity))


def verdict(answers: Sequence[tuple[float, bool]]) -> tuple[str, float]:
    """The label that likelihoods and meetings of figures make, and how likely the pair is a contradiction.

    It is of figures that do not meet, the highest likelihood of being of one question.
    """
    refuted = max((sure for sure, agrees in answers if not agrees), default=0.0)
    if refuted >= _LIKELY:
        return "refutes", refuted
    return ("supports" if any(sure >= _LIKELY for sure, _ in answers) else "nei"), refuted


def _said(article: Article) -> Article:
    """The article with short forms as they are said."""
    return replace(article, text=as_said(article.text))


def as_said(text: str) -> str:
    """Short forms of an encyclopedia as they are said.

    "3.5/5" is "3.5 out of 5", "(2 May 1910 - 6 June 1982)" is "(born 2 May 1910, died 6 June 1982)", and the points of
    "250.000 people" are commas.
    """
    text = _RATING.sub(r"\1 out of \2", text)
    text = _LIFE.sub(r"(born \1, died \2)", text)
    return _POINTS.sub(lambda found: found[0].replace(".", ","), text)


def in_one_year(articles: Sequence[Article]) -> list[Article]:
    """Sentences of one page, read at the end of one year, so that a date without a year is of that one.

    It is the year that the heading names, else the last one in the texts, else that of reading.
    """
    named = _YEAR.findall(articles[0].title) or _YEAR.findall(" ".join(one.text for one in articles))
    year = max(map(int, named), default=READ_ON.year)
    return [replace(one, published=datetime(year, 12, 31, tzinfo=UTC)) for one in articles]


def _words(one: Mention) -> str:
    return one.sentence[one.start : one.end]


def _as_printed(one: Figure, other: Figure) -> tuple[Mention, Mention]:
    """Both mentions; a bare number is in the unit of what it is held against: "aged 54" and "he was 54"."""
    first, second = _in_unit_of(one, other), _in_unit_of(other, one)
    return first, second


def _in_unit_of(one: Figure, other: Figure) -> Mention:
    (bare, span), (mention, held) = one, other
    if isinstance(span, DateSpan) or isinstance(held, DateSpan) or mention.dimension in {"count", RANK}:
        return bare
    if bare.unit != ITEM or not bare.size or not mention.size or not (number := printed(held.quantity)):
        return bare
    scale = mention.size / float(number)
    return replace(bare, dimension=mention.dimension, unit=mention.unit, size=bare.size * scale)


def _dated(one: Mention, span: DateSpan) -> Dated:
    date = placed(one.sentence, span.start, span.period, _words(one).split()[0].lower())
    return replace(date, is_stretch=len(_YEAR.findall(_words(one))) > 1)
