"""What a unit says of the metric: an area, a length, a duration, an amount of stuff."""

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.compared import following
from monitor.nlp.metric_clauses import predicate
from monitor.nlp.metric_counts import counted_words
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import gerund, measured_by, past, sort_of
from monitor.nlp.phrases import Phrase
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor, Tie

_KEPT_IN = frozenset({"reserve", "storage", "stock"})  # "has 2 GW in reserve"
_DONE_TO = frozenset({"dobj", "nsubjpass"})
_WATERS = frozenset({"metre", "centimetre", "millimetre", "foot", "inch"})


def length_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase) -> list[str]:
    """ "length of free parking" for "two years of free parking"."""
    if sort_of(figure) != "time":
        return []
    for child in anchor.head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return ["length", "of", *phrase.of(inner, 1)]
    return []


def by_unit(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """What the unit itself says: an area, a price for a measure of stuff, how long something went on."""
    sort, noun, verb = sort_of(figure), anchor.noun, anchor.verb
    if anchor.head.head.lower_ == "worth":
        thing = noun if noun is not None else anchor.head.head.head
        return ["value", "of", *phrase.of(thing, 2)] if thing.pos_ == "NOUN" and phrase.of(thing, 2) else []
    name = _dimension(figure, anchor, cues)
    if name:
        return [*(phrase.of(noun, 2) if noun is not None else []), name]
    if sort in _WATERS and noun is not None and noun.lemma_.lower() in cues.units.water_levels:
        level = cues.units.water_levels[noun.lemma_.lower()].split()
        return [*level, "change"] if anchor.tie is Tie.CHANGE else level
    if sort in cues.units.lengths and _points_away(figure, anchor, cues):
        return ["distance", *(["of", *phrase.of(noun, 2)] if noun is not None and phrase.of(noun, 2) else [])]
    if is_race_time(figure) and anchor.tie is not Tie.CHANGE:
        return ["time"]
    if sort == "time" and anchor.tie is not Tie.CHANGE:
        return _lasting(anchor, phrase, cues)
    if "/" in figure.quantity.unit and sort == "money" and noun is not None and anchor.tie is Tie.LEVEL:
        per = figure.quantity.unit.split("/")[1]
        is_price = per in cues.units.priced_per and not cues.units.priced.intersection(phrase.of(noun))
        return [*phrase.of(noun, 2), "price"] if is_price else []
    if sort != "area" or anchor.tie is Tie.CHANGE:
        return []
    if noun is not None:
        words = phrase.of(noun)
        done = verb is not None and noun.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give | cues.idle
        if anchor.preposition == "on" and "yield" in words:
            return ["harvested", "area"]
        named = not words or {"area", "size", "land", "acreage"} & set(words)
        return [] if named else [*words, "area", *([past(verb, cues)] if done and verb is not None else [])]
    if verb is not None and anchor.head.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.idle:
        return [*counted_words(figure, anchor, phrase, cues), "area", past(verb, cues)]
    return []


def is_race_time(figure: QuantitySpan) -> bool:
    """ "ran the 400 metres in 47.2 seconds": parts of a second are counted in sport."""
    return figure.quantity.unit == "second" and figure.quantity.step is not None and figure.quantity.step < 1


def of_thing(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "reactor capacity" for "a 900-megawatt reactor", "expansion cost" for "a $4 billion expansion"."""
    noun, names = anchor.noun, cues.names.of_things.get(measured_by(figure, cues), {})
    if noun is None or noun.pos_ != "NOUN" or anchor.tie is not Tie.LEVEL or "/" in figure.quantity.unit:
        return []
    name = names.get(noun.lemma_.lower())
    if name is None:
        return []
    words = phrase.of(noun, 3)
    return name.split() if set(name.split()) & {*words, "deal"} else [*words[-2:], *name.split()]


def named_project(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "depot expansion cost" for "a $4 million expansion of the depot": as a sum an expansion is no move of anything."""
    noun, move = anchor.noun, anchor.move
    name = cues.names.of_things.get(measured_by(figure, cues), {}).get(move.lemma_.lower()) if move is not None else None
    if move is None or name is None:
        return []
    of = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" else []
    return [*of, move.lower_, *name.split()]


def _dimension(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> str:
    """ "height" for "140 metres high", "age" for "older than 30 years"."""
    text = text_of(anchor.head.doc)
    after = text[figure.end : figure.end + 12].lower().split()
    before = text[max(0, figure.start - 12) : figure.number_start].lower().split()
    words = [*after[:1], *before[-2:]] if sort_of(figure) in cues.units.lengths or sort_of(figure) == "time" else []
    return next(
        (cues.units.dimensions[word.strip(",.")] for word in words if word.strip(",.") in cues.units.dimensions), ""
    )


def _points_away(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> bool:
    """Whether a length says how far something lies from a place: "12 km north of the town"."""
    after = text_of(anchor.head.doc)[figure.end : figure.end + 14].lower().split()
    return bool(after) and after[0].split("-")[0] in cues.units.bearings


def _lasting(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "trial duration" for "the trial ran for two years", "duration of closing roads" for "close roads for"."""
    noun, verb = anchor.noun, anchor.verb
    if noun is not None and noun.pos_ == "NOUN":
        words = phrase.of(noun)
        is_time = not words or noun.lemma_.lower() in cues.units.lasting | cues.generic
        by_verb = verb is not None and noun.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give
        if not is_time and by_verb and anchor.preposition == "for" and verb is not None:
            return ["duration", "of", gerund(verb.lemma_.lower()), *words]
        return [] if is_time else [*words, "duration"]
    if verb is None or anchor.preposition not in {"for", "over"} or verb.lemma_.lower() in cues.idle:
        return []
    thing = next((child for child in verb.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
    return ["duration", "of", gerund(verb.lemma_.lower()), *(phrase.of(thing, 2) if thing is not None else [])]


def amount(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "ice lost" for "lost 12 metres of ice", "amount dug" for "dug 40 tonnes", "capacity unavailable"."""
    verb, name = anchor.verb, cues.units.amounts.get(measured_by(figure, cues))
    after = following(anchor.head.doc, figure)
    if name and after is not None and after.lower_ == "in" and any(c.lower_ in _KEPT_IN for c in after.children):
        return [next(c.lower_ for c in after.children if c.lower_ in _KEPT_IN), name]
    if verb is not None and name and anchor.head.dep_ == "nsubj":
        return [name, *predicate(verb, phrase)]
    if verb is None or anchor.head.dep_ not in _DONE_TO or verb.lemma_.lower() in cues.idle | cues.verbs.level:
        return []
    prepositions = (child for child in anchor.head.children if child.dep_ == "prep" and child.lower_ == "of")
    stuff = [word for of in prepositions for child in of.children if child.dep_ == "pobj" for word in phrase.of(child, 2)]
    made = "generated" if name == "electricity" and verb.lemma_.lower() in {"make", "produce"} else past(verb, cues)
    return [*(stuff or [name or "amount"]), made]


def completing(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> tuple[list[str], bool]:
    """ "full" of "the tank is 71 percent full", and whether that is a measure of its own: "containment"."""
    doc = anchor.head.doc
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None or span.end >= len(doc) or figure.quantity.unit != "percent":
        return [], False
    after = doc[span.end]
    name = cues.units.conditions.get(after.lower_)
    if name and after.dep_ not in {"amod", "nmod", "compound"}:
        return name.split(), name != "progress"
    says = after.tag_ == "JJ" and after.dep_ in {"acomp", "oprd", "amod"} and after.head.i < after.i
    return ([after.lower_] if says else []), False
