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
from monitor.relations.mention import Mention, Stamp, dimension_of, way_of

Figure = tuple[Mention, QuantitySpan | DateSpan]
RANK = "rank"
"""The dimension of what is counted off: the 7th, number 7, #7."""
ITEM = "count:item"
"""The unit of a bare number."""
_TIME = "count:time"
_YEAR = re.compile(r"1\d{3}|20\d\d")
_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b[^.\d]{0,12}\bcentur\w*", re.IGNORECASE)
_RANK = re.compile(r"(?:# ?|\bnumber |\bno\. ?)(\d+)\b|\b(\d+)(?:st|nd|rd|th)\b(?![^.]{0,12}\bcentur)", re.IGNORECASE)
_ORDINALS = [
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
]
_ORDINAL = "|".join(_ORDINALS)
_CENTURY_IN_WORDS = re.compile(rf"\b({_ORDINAL}|twenty-first)[ -]centur\w*", re.IGNORECASE)
_CARDINALS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_PLACED = r"\b(?:finish|com|came|rank|plac|debut|peak|enter|end|start|stood|stand|seed)\w*(?: up| in| at| off)?(?: the)? "
_RANKS_IN_WORDS = (
    re.compile(rf"\b({_ORDINAL})(?=[ -](?:most|least|place|placed)\b|[ -][a-z]+est\b)", re.IGNORECASE),
    re.compile(rf"{_PLACED}(?i:({_ORDINAL}))\b(?= (?:in|at|on|with|behind|out|among|of|overall|to|and)\b|[.,;)]|\Z)"),
    re.compile(rf"\b(?:number|no\.)[ -]({'|'.join(_CARDINALS)})\b", re.IGNORECASE),
    re.compile(r"\b(?:ranked|ranks|ranking|placed|seeded|peaked at|debuted at)(?: as)? (\d{1,3})(?![\d.,%]*\d|%| \w)"),
)
# What is counted off is asked for where it is said of a thing, or had: "is the third album", "won their fourth cup".
_TOLD = frozenset({"attr", "oprd", "appos", "dobj"})
_TIMES = {"twice": 2, "thrice": 3}
_AS_OF = re.compile(r"\bas (?:of|at)\b(?: \w+)?\W*\Z", re.IGNORECASE)
_MODIFIERS = frozenset({"nummod", "compound", "amod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def figures(doc: Any, heading: str, units: Units, ontology: Ontology) -> list[Figure]:
    """Every number of a sentence, claimed or not, every rank and every date, each with where it stands.

    The digits of a date are no number and no rank. A date that only says which thing is meant ("the 2014 games") or as of
    when the rest holds places the others in time, and is none itself; "it is a 2014 film" answers when.
    """
    dated = {at for one in doc._.dates for at in range(one.start, one.end)}
    ranks = [one for one in _ranks(doc) if dated.isdisjoint(range(one.start, one.end))]
    taken = {at for one in (*doc._.dates, *ranks) for at in range(one.start, one.end)}
    read = (*doc._.quantities, *doc._.passing, *_times_over(doc.text))
    numbers = [one for one in read if taken.isdisjoint(range(one.start, one.end))]
    dates = [*doc._.dates, *(_year(doc, one) for one in numbers if _is_year(doc, one)), *_centuries(doc.text)]
    numbers = [one for one in numbers if not _is_year(doc, one)]
    found: list[Figure] = [(_number(doc, one, heading, dates, units, ontology), one) for one in numbers]
    found += [(_rank(doc, one, heading, dates, ontology), one) for one in ranks]
    asked = [one for one in dates if not _places(doc, one)]
    # Where a sentence says nothing else, which one is meant is what it says: "She starred in the 1994 film".
    answers = asked if found or asked else [one for one in dates if not _is_as_of(doc.text, one)]
    return found + [(_date(doc, one, heading, dates, ontology), one) for one in answers]


def _is_year(doc: Any, one: QuantitySpan) -> bool:
    """Whether a bare number is a year: far in the past the sentence says so in no other way ("in 1187")."""
    return one.quantity.unit == ITEM and _YEAR.fullmatch(doc.text[one.start : one.end]) is not None


def _year(doc: Any, one: QuantitySpan) -> DateSpan:
    return DateSpan(one.start, one.end, Period.parse(doc.text[one.start : one.end]))


def _centuries(text: str) -> Iterator[DateSpan]:
    found = [(int(one[1]), one.span()) for one in _CENTURY.finditer(text)]
    words = [*_ORDINALS, "twenty-first"]
    found += [(words.index(one[1].lower()) + 1, one.span()) for one in _CENTURY_IN_WORDS.finditer(text)]
    for number, span in found:
        last = number * 100
        yield DateSpan(*span, Period(date(max(last - 99, 1), 1, 1), date(max(last, 1), 12, 31)))


def _ranks(doc: Any) -> Iterator[QuantitySpan]:
    """What is counted off, in digits and in words, each once."""
    text, taken = doc.text, set[int]()
    found = [(one.span(), one.span(1) if one[1] else one.span(2)) for one in _RANK.finditer(text)]
    found += [(one.span(1), one.span(1)) for pattern in _RANKS_IN_WORDS for one in pattern.finditer(text)]
    found += [(span, span) for span in _told_ordinals(doc)]
    for (start, end), (at, to) in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            quantity = Quantity(ITEM, Decimal(_counted_off(text[at:to])))
            yield QuantitySpan(start, end, quantity, at, to, to, to)


def _told_ordinals(doc: Any) -> Iterator[tuple[int, int]]:
    for token in doc:
        if token.lower_ in _ORDINALS and token.dep_ == "amod" and token.head.dep_ in _TOLD:
            owned = token.head.dep_ != "dobj" or any(child.dep_ == "poss" for child in token.head.children)
            if owned:
                yield token.idx, token.idx + len(token)


def _counted_off(word: str) -> int:
    low = word.lower()
    words = _ORDINALS if low in _ORDINALS else _CARDINALS
    return int(low) if low.isdigit() else words.index(low) + 1


def _times_over(text: str) -> Iterator[QuantitySpan]:
    """How often something was done, in one word: "won it twice"."""
    for found in re.finditer(rf"\b({'|'.join(_TIMES)})\b(?! as\b| the\b)", text, re.IGNORECASE):
        start, end = found.span()
        yield QuantitySpan(start, end, Quantity(_TIME, Decimal(_TIMES[found[1].lower()])), start, end, end, end)


def _places(doc: Any, one: DateSpan) -> bool:
    """Whether a date says which thing is meant, or as of when something holds, and answers no "when?"."""
    if _is_as_of(doc.text, one):
        return True
    span = doc.char_span(one.start, one.end, alignment_mode="contract")
    if span is None:
        return False
    last = span[-1]
    named = last.head
    return last.dep_ in _MODIFIERS and named.i >= span.end and named.pos_ in _NOUNS and named.dep_ != "attr"


def _is_as_of(text: str, one: DateSpan) -> bool:
    first = text[one.start : one.end].split()[0]
    return bool(_AS_OF.search(text[: one.start + len(first)]) or _AS_OF.search(text[: one.start]))


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
