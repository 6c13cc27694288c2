"""Two single sentences, of which nothing says that they can be compared: how likely do they contradict each other?

Nothing is filed. Each figure of the hypothesis is held against the figure of the premise that most likely answers the
same question (monitor/relations/comparable.py). Dates are asked for where no number can be compared; others only place a
sentence in time. Whether two figures meet is told as for sentences that are known to be of one thing (comparable.py).
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from spacy.tokens import Doc

from monitor import assets
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.unit import Units
from monitor.nlp.attributes import DateSpan
from monitor.relations.comparable import Comparable, Mention
from tests.quality.adapters.comparable import Arithmetic, Dated, date_holds, placed
from tests.quality.adapters.comparable import Figure as Printed
from tests.quality.adapters.printed import article_of
from tests.quality.adapters.sentences import Figure, figures

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
        articles = [article_of(row, side) for row in rows for side in ("premise", "hypothesis")]
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
            asked = [(self.comparable.of(other, one), at) for at, (other, _) in enumerate(premise)]
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


def _words(one: Mention) -> str:
    return one.sentence[one.start : one.end]


def _dated(one: Mention, span: DateSpan) -> Dated:
    return placed(one.sentence, span.start, span.period, _words(one).split()[0].lower())
