"""Single sentences, read → the figures in them, ready to be held against those of another: numbers, ranks and dates."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.unit import Units
from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.relations.accepted import printed
from monitor.relations.comparable import Mention, Stamp, dimension_of, way_of

Figure = tuple[Mention, QuantitySpan | DateSpan]
RANK = "rank"
"""The dimension of what is counted off: the 7th, number 7, #7."""
ITEM = "count:item"
"""The unit of a bare number."""
_YEAR = re.compile(r"1\d{3}|20\d\d")
_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b[^.\d]{0,12}\bcentur\w*", re.IGNORECASE)
_RANK = re.compile(r"(?:# ?|\bnumber |\bno\. ?)(\d+)\b|\b(\d+)(?:st|nd|rd|th)\b(?![^.]{0,12}\bcentur)", re.IGNORECASE)
_AS_OF = re.compile(r"\bas (?:of|at)\b(?: \w+)?\W*\Z", re.IGNORECASE)
_MODIFIERS = frozenset({"nummod", "compound", "amod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def figures(doc: Any, heading: str, units: Units, ontology: Ontology) -> list[Figure]:
    """Every number of a sentence, claimed or not, every rank and every date, each with where it stands.

    The digits of a date are no number and no rank. A date that only says which thing is meant ("the 2014 games") or as of
    when the rest holds places the others in time, and is none itself; "it is a 2014 film" answers when.
    """
    dated = {at for one in doc._.dates for at in range(one.start, one.end)}
    ranks = [one for one in _ranks(doc.text) if dated.isdisjoint(range(one.start, one.end))]
    taken = {at for one in (*doc._.dates, *ranks) for at in range(one.start, one.end)}
    numbers = [one for one in (*doc._.quantities, *doc._.passing) if taken.isdisjoint(range(one.start, one.end))]
    dates = [*doc._.dates, *(_year(doc, one) for one in numbers if _is_year(doc, one)), *_centuries(doc.text)]
    numbers = [one for one in numbers if not _is_year(doc, one)]
    found: list[Figure] = [(_number(doc, one, heading, dates, units, ontology), one) for one in numbers]
    found += [(_rank(doc, one, heading, dates, ontology), one) for one in ranks]
    return found + [(_date(doc, one, heading, dates, ontology), one) for one in dates if not _places(doc, one)]


def _is_year(doc: Any, one: QuantitySpan) -> bool:
    """Whether a bare number is a year: far in the past the sentence says so in no other way ("in 1187")."""
    return one.quantity.unit == ITEM and _YEAR.fullmatch(doc.text[one.start : one.end]) is not None


def _year(doc: Any, one: QuantitySpan) -> DateSpan:
    return DateSpan(one.start, one.end, Period.parse(doc.text[one.start : one.end]))


def _centuries(text: str) -> Iterator[DateSpan]:
    for found in _CENTURY.finditer(text):
        last = int(found[1]) * 100
        yield DateSpan(*found.span(), Period(date(max(last - 99, 1), 1, 1), date(max(last, 1), 12, 31)))


def _ranks(text: str) -> Iterator[QuantitySpan]:
    for found in _RANK.finditer(text):
        start, end = found.span(1) if found[1] else found.span(2)
        quantity = Quantity(ITEM, Decimal(text[start:end]))
        yield QuantitySpan(*found.span(), quantity, start, end, end, end)


def _places(doc: Any, one: DateSpan) -> bool:
    """Whether a date says which thing is meant, or as of when something holds, and answers no "when?"."""
    first = doc.text[one.start : one.end].split()[0]
    if _AS_OF.search(doc.text[: one.start + len(first)]) or _AS_OF.search(doc.text[: one.start]):
        return True
    span = doc.char_span(one.start, one.end, alignment_mode="contract")
    if span is None:
        return False
    last = span[-1]
    named = last.head
    return last.dep_ in _MODIFIERS and named.i >= span.end and named.pos_ in _NOUNS and named.dep_ != "attr"


def _number(
    doc: Any, span: QuantitySpan, heading: str, dates: Sequence[DateSpan], units: Units, ontology: Ontology
) -> Mention:
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
        _times(doc.text, dates, ontology),
    )


def _size(quantity: Quantity, units: Units) -> float | None:
    number = printed(quantity)
    return None if number is None else float(number * units.get(quantity.unit.partition("/")[0]).factor)


def _rank(doc: Any, span: QuantitySpan, heading: str, dates: Sequence[DateSpan], ontology: Ontology) -> Mention:
    size, times = float(span.quantity.value or 0), _times(doc.text, dates, ontology)
    place = (heading, doc.text, span.start, span.end)
    return Mention(*place, RANK, RANK, ontology, size, times=times)


def _date(doc: Any, span: DateSpan, heading: str, dates: Sequence[DateSpan], ontology: Ontology) -> Mention:
    times = _times(doc.text, [one for one in dates if one is not span], ontology)
    place = (heading, doc.text, span.start, span.end)
    return Mention(*place, "date", "date", ontology, day=span.period, times=times)


def _times(text: str, dates: Sequence[DateSpan], ontology: Ontology) -> tuple[Stamp, ...]:
    """The times of these dates, with the word ahead of each."""
    found = []
    for one in dates:
        ways = [way_of(word, ontology) for word in _ahead(text, one)]
        found.append(Stamp(one.period, next(filter(None, ways), 0)))
    return tuple(found)


def _ahead(text: str, date: DateSpan) -> list[str]:
    """The first word of a date and the one before it: either may say "before" or "after"."""
    return [*text[: date.start].lower().split()[-1:], *text[date.start : date.end].lower().split()[:1]]
