"""Sums of money: what they are for, and prices of things that have one."""

from monitor.nlp.anchors import Anchor, Tie
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.compared import following
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import past, sort_of
from monitor.nlp.phrases import Phrase

_DONE_TO = frozenset({"dobj", "nsubjpass"})


def sum_for(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "debt" for "£190m of debt", "emergency aid promised" for "promised $80 million in emergency aid"."""
    verb, doc = anchor.verb, anchor.head.doc
    after = following(doc, figure)
    if (
        sort_of(figure) != "money"
        or figure.quantity.direction is not None
        or after is None
        or after.lower_ not in {"of", "in"}
    ):
        return []
    thing = next((inner for inner in after.children if inner.dep_ == "pobj" and inner.pos_ == "NOUN"), None)
    if thing is None or thing.ent_type_ or phrase.is_barred(thing) or thing.lemma_.lower() in cues.generic:
        return []
    is_named = any(child.dep_ in {"det", "poss", "nummod"} for child in thing.lefts)
    if after.lower_ == "in" and (is_named or thing.lower_ in cues.money_forms or anchor.noun is not None):
        return []
    done = verb is not None and anchor.head.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give | cues.idle
    return [*phrase.of(thing, 2), *([past(verb, cues)] if done and verb is not None else [])]


def traded_metric(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> list[str]:
    """The price or rate of a thing that has one, where the thing itself is what rose or stood; else nothing."""
    if anchor.noun is None or anchor.head.head.lower_ == "worth":
        return []
    name = cues.traded.get(anchor.noun.lower_) or cues.traded.get(anchor.noun.lemma_.lower())
    sort = sort_of(figure)
    is_move = anchor.tie is Tie.CHANGE
    if not name or not (sort in {"money", "ratio"} or (is_move and sort in {"percent", "percentage_point"})):
        return []
    return [*name.split(), "change"] if is_move else name.split()
