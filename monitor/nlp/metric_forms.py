"""Forms of words that metrics are made of, and the sort of a figure."""

from spacy.tokens import Token

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.metric_cues import MetricCues

_TIME_UNITS = frozenset({"day", "week", "month", "year", "hour", "minute", "second"})


def sort_of(figure: QuantitySpan) -> str:
    """count, percent, time, money or the unit itself: what the frames are keyed by."""
    unit = figure.quantity.unit
    first = unit.split("/")[0]
    if first.startswith("count"):
        return "count"
    if first in {"percent", "percentage_point", "ratio", "magnitude"}:
        return "percent" if first.startswith("percent") else first
    if first in _TIME_UNITS:
        return "time"
    if len(first) == 3 and first.isupper():
        return "money"
    return {"hectare": "area", "acre": "area", "square_kilometre": "area", "square_metre": "area"}.get(first, first)


def measured_by(figure: QuantitySpan, cues: MetricCues) -> str:
    """power, data, length, mass, volume, money, percent, count, time: a coarser sort than that of the frames."""
    sort = sort_of(figure)
    return cues.names.sorts.get(figure.quantity.unit.split("/")[0], sort)


def gerund(lemma: str) -> str:
    """ "opening", "using", "running"."""
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return f"{lemma[:-1]}ing"
    short = len(lemma) <= 4 and lemma[-1:] not in "aeiouwxy" and lemma[-2:-1] in tuple("aeiou")
    doubled = short and lemma[-3:-2] not in tuple("aeiou")
    return f"{lemma}{lemma[-1] if doubled else ''}ing"


def past(verb: Token, cues: MetricCues) -> str:
    lemma = verb.lemma_.lower()
    if lemma in cues.irregular:
        return cues.irregular[lemma]
    if verb.tag_ in {"VBN", "VBD"}:
        return verb.lower_
    if lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        return f"{lemma[:-1]}ied"
    return lemma + "d" if lemma.endswith("e") else lemma + "ed"


def plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    irregular = {"person": "people", "child": "children", "man": "men", "woman": "women"}
    return irregular.get(noun) or (f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s")
