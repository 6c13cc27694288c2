"""Dates: what happens on them."""

from monitor.nlp.anchors import Anchor
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import gerund
from monitor.nlp.phrases import Phrase

_DONE_TO = frozenset({"dobj", "nsubjpass"})


def dated(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "hall opening date" for "the hall is to open in May", "launch date" for "the launch slipped to May"."""
    if figure.quantity.unit != "date":
        return []
    verb = anchor.verb
    if verb is None:
        return [*phrase.of(anchor.noun, 1), "date"] if anchor.noun is not None else ["date"]
    thing = next((child for child in verb.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
    if thing is None:
        found = shared_subject(verb)
        thing = found if found is not None and found.pos_ == "NOUN" else None
    words = phrase.of(thing, 2) if thing is not None else []
    lemma = verb.lemma_.lower()
    if lemma in cues.date_moves or lemma in cues.idle:
        return [*words, "date"] if words else []
    return [*words, *cues.date_verbs.get(lemma, f"{gerund(lemma)} date").split()]
