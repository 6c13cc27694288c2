"""Date words that are part of a name, and say nothing of when a figure holds: "December futures", "at 2026 prices"."""

import re

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import ancestors
from monitor.nlp.text import text_of
from monitor.nlp.time_cues import TimeCues

_NEXT = re.compile(r"[\s-]+(?:constant\s|current\s)?([A-Za-z]+)")
_AT = re.compile(r"(?:at|in)\s(?:constant\s)?\d{4}\Z", re.IGNORECASE)
_MONTH_DAYS = (28, 31)


def is_part_of_name(doc: Doc, date: DateSpan, cues: TimeCues) -> bool:
    """Whether the words name what is traded, the money that is counted in, or a sort of crop."""
    text = text_of(doc)
    following = _NEXT.match(text, date.end)
    word = following[1].lower() if following else ""
    if word in cues.dated_goods:
        return True
    if word in cues.price_bases and _AT.search(text[date.start : date.end]):
        return True
    span = doc.char_span(date.start, date.end, alignment_mode="expand")
    return span is not None and span[-1].lower_ in cues.seasons and _is_sort(span[-1], cues)


def _is_sort(season: Token, cues: TimeCues) -> bool:
    """ "winter wheat", "summer tyres", but not "the summer season", "summer sales"."""
    if season.i + 1 >= len(season.doc) or season.dep_ not in {"compound", "amod", "nmod"}:
        return False
    noun = season.nbor(1)
    return noun.pos_ in {"NOUN", "PROPN"} and not {noun.lower_, noun.lemma_} & (cues.season_nouns | cues.stretch)


def is_delivery(root: Token, date: DateSpan, unit: str, cues: TimeCues) -> bool:
    """Whether a price is for what is handed over then: "wheat for December rose to 214 euros a tonne"."""
    chain = list(ancestors(root))[:4]
    if "/" not in unit or date.period.days not in range(_MONTH_DAYS[0], _MONTH_DAYS[1] + 1):
        return False
    if any(step.lemma_ == "delivery" for step in chain):
        return True
    led = next((step for step in chain if step.dep_ == "prep"), None)
    return (
        led is not None
        and led.lower_ == "for"
        and led.head.pos_ in {"NOUN", "PROPN"}
        and not {led.head.lower_, led.head.lemma_} & cues.quotations
    )
