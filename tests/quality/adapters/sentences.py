"""Single sentences, read → the figures in them, numbers and dates, ready to be held against those of another."""

from typing import Any

from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Quantity
from monitor.domain.unit import Units
from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.relations.accepted import printed
from monitor.relations.comparable import Mention, Stamp, dimension_of, way_of

Figure = tuple[Mention, QuantitySpan | DateSpan]


def figures(doc: Any, heading: str, units: Units, ontology: Ontology) -> list[Figure]:
    """Every number of a sentence, claimed or not, and every date, each with where it stands.

    The digits of a date are no number.
    """
    dated = {at for date in doc._.dates for at in range(date.start, date.end)}
    numbers = [one for one in (*doc._.quantities, *doc._.passing) if dated.isdisjoint(range(one.start, one.end))]
    found: list[Figure] = [(_number(doc, one, heading, units, ontology), one) for one in numbers]
    return found + [(_date(doc, one, heading, ontology), one) for one in doc._.dates]


def _number(doc: Any, span: QuantitySpan, heading: str, units: Units, ontology: Ontology) -> Mention:
    unit = span.quantity.unit
    return Mention(
        heading,
        doc.text,
        span.start,
        span.end,
        dimension_of(unit, units),
        unit,
        ontology,
        _size(span.quantity, units),
        None,
        span.quantity.direction,
        _times(doc, None, ontology),
    )


def _size(quantity: Quantity, units: Units) -> float | None:
    number = printed(quantity)
    return None if number is None else float(number * units.get(quantity.unit.partition("/")[0]).factor)


def _date(doc: Any, span: DateSpan, heading: str, ontology: Ontology) -> Mention:
    times = _times(doc, span, ontology)
    return Mention(heading, doc.text, span.start, span.end, "date", "date", ontology, day=span.period, times=times)


def _times(doc: Any, own: DateSpan | None, ontology: Ontology) -> tuple[Stamp, ...]:
    """The times that the sentence names, but for the one asked about, with the word ahead of each."""
    found = []
    for date in doc._.dates:
        if date is not own:
            ways = [way_of(word, ontology) for word in _ahead(doc.text, date)]
            found.append(Stamp(date.period, next(filter(None, ways), 0)))
    return tuple(found)


def _ahead(text: str, date: DateSpan) -> list[str]:
    """The first word of a date and the one before it: either may say "before" or "after"."""
    return [*text[: date.start].lower().split()[-1:], *text[date.start : date.end].lower().split()[:1]]
