"""Sums of money: what they are for, and prices of things that have one."""

from spacy.tokens import Token

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.compared import following
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import past, sort_of
from monitor.nlp.phrases import Phrase
from monitor.nlp.ties import Anchor, Tie

_BRINGING = frozenset({"fetch", "cost", "charge", "command"})
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


def price_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "wheat price" for "wheat was bid at", "transfer fee" for "splashed out on" a player, "weekly wage" for a deal."""
    verb, unit = anchor.verb, figure.quantity.unit
    if sort_of(figure) != "money":
        return []
    moved = figure.quantity.direction is not None
    period = cues.names.pay_periods.get(unit.partition("/")[2])
    if period and not moved and anchor.noun is not None and anchor.noun.lower_ in cues.names.pay_words:
        return [period, "wage"]
    if verb is None:
        return []
    lemma = verb.lemma_.lower()
    if lemma in cues.paying and not moved:
        return _fee(verb, anchor.head)
    if lemma not in cues.price_verbs:
        return []
    thing = shared_subject(verb)
    if (
        thing is None
        or thing.pos_ not in {"NOUN", "PROPN"}
        or phrase.is_barred(thing)
        or cues.company & {thing.lower_, thing.lemma_}
    ):
        return []
    is_ware = cues.names.of_things["money"].get(thing.lemma_.lower()) == "price"
    is_bought = lemma != "cost" or is_ware or ("/" in unit and period is None)
    at_price = moved or anchor.preposition in {"at", "for"} or (anchor.head.dep_ == "dobj" and lemma in _BRINGING)
    words = phrase.of(thing, 3)[-2:]
    if thing.lemma_.lower() in cues.containers:
        inside = (inner for of in thing.children if of.lower_ == "of" for inner in of.children if inner.dep_ == "pobj")
        words = next((phrase.of(inner, 3) for inner in inside if inner.pos_ == "NOUN"), words)
        is_bought = True  # "a litre of milk cost 1.12 euros"
    return [*words, "price", *(["change"] if moved else [])] if is_bought and at_price and words else []


def is_other_name(anchor: Anchor, cues: MetricCues) -> bool:
    """ "The cash, worth £40,000", "$2 million changed hands": another name for money whose use was said before."""
    verb, over = anchor.verb, anchor.head.head
    if over.lower_ == "worth":
        thing = anchor.noun if anchor.noun is not None else over.head
        return thing.pos_ == "NOUN" and thing.lemma_.lower() in cues.money_forms | cues.generic
    hands = verb is not None and verb.lemma_ == "change" and any(child.lower_ == "hands" for child in verb.rights)
    return hands and anchor.head.dep_ == "nsubj"


def lent_at(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> list[str]:
    """ "mortgage rate" for "a mortgage costs 4.6 percent"."""
    verb = anchor.verb
    if figure.quantity.unit != "percent" or verb is None or verb.lemma_ not in {"cost", "charge", "carry"}:
        return []
    thing = shared_subject(verb)
    return cues.names.of_things["percent"].get(thing.lemma_.lower(), "").split() if thing is not None else []


def price_move(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> list[str]:
    """ "price change" for "wheat futures shed 11 cents"."""
    verb = anchor.verb
    if (
        verb is None
        or sort_of(figure) != "money"
        or anchor.head.dep_ != "dobj"
        or verb.lemma_.lower() not in cues.verbs.change
    ):
        return []
    thing = shared_subject(verb)
    if thing is None:
        return []
    named = cues.traded.get(thing.lower_) or cues.traded.get(thing.lemma_.lower())
    own = cues.share_price if thing.lemma_.lower() in cues.prices else named
    return [*own.split(), "change"] if own else []


def _fee(verb: Token, figure: Token) -> list[str]:
    """What is paid for a person is a transfer fee, for a company a purchase price."""
    near = (child for token in (verb, figure) for child in token.children if child.dep_ == "prep")
    for preposition in near:
        if preposition.lower_ in {"on", "for"}:
            for inner in preposition.children:
                if inner.dep_ == "pobj" and inner.ent_type_ == "PERSON":
                    return ["transfer", "fee"]
                if inner.dep_ == "pobj" and inner.pos_ == "PROPN" and preposition.lower_ == "for":
                    return ["purchase", "price"]
    return []


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
