"""Counts: the things counted, with what was done to them."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.metric_clauses import particle, predicate
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import past, plural
from monitor.nlp.phrases import STATING, Phrase, relative_of
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor

_DONE_TO = frozenset({"dobj", "nsubjpass"})


def stuff_of(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "coffee" of "40,000 bags of coffee"; nothing where the thing counted is no measure of another."""
    counted = anchor.counted
    if counted is None or counted.lemma_.lower() not in cues.containers:
        return []
    inside = (inner for of in counted.children if of.lower_ == "of" for inner in of.children if inner.dep_ == "pobj")
    stuff = next((inner for inner in inside if inner.pos_ == "NOUN" and not phrase.is_barred(inner)), None)
    return phrase.of(stuff, 2) if stuff is not None else []


def counted_words(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """The noun phrase of what is counted; within the figure's own span the reader of quantities gives it."""
    stuff = stuff_of(anchor, phrase, cues)
    if stuff:
        return stuff
    if figure.counted:
        return _told_apart(figure.counted.lower().split(), cues)
    return phrase.of(anchor.counted, 1) if anchor.counted is not None else []


def _told_apart(words: list[str], cues: MetricCues) -> list[str]:
    """The words without "current and former" and the like, which say nothing of what is counted."""
    kept = [word for word in words[:-1] if word not in cues.modifiers]
    while kept[:1] == ["and"]:
        kept.pop(0)
    return [*kept, *words[-1:]]


def count(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    words = counted_words(figure, anchor, phrase, cues)
    if figure.quantity.unit == "count:time" and anchor.verb is not None and anchor.verb.lemma_ not in cues.idle:
        return ["times", past(anchor.verb, cues)]
    return words if _is_total(figure, anchor) else _done(anchor, phrase, cues, words)


def _is_total(figure: QuantitySpan, anchor: Anchor) -> bool:
    """ "310" of "restored 240 of its 310 servers": of all there are, nothing was done to."""
    counted = anchor.counted
    if counted is None or counted.dep_ != "pobj" or counted.head.lower_ != "of":
        return False
    part = counted.head.head
    return part.like_num and part.idx < figure.number_start


def part_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "surgeries postponed" for "surgeries, 40 of which were put off", "homes rebuilt" for "rebuilt 40 of them"."""
    after = text_of(anchor.head.doc)[figure.end : figure.end + 12].lower().split()
    if after[:1] != ["of"] or not set(after[1:2]) & {"which", "whom", "them", "these", "those"} or anchor.verb is None:
        return []
    if anchor.head.dep_ not in {"nsubj", *_DONE_TO}:
        return []
    noun = figure.quantity.unit.removeprefix("count:").replace("_", " ")
    if not figure.quantity.unit.startswith("count:") or noun == "item":
        return []
    named = cues.unit_metrics.get(figure.quantity.unit)
    if named and " " in named:
        return named.split()
    things = anchor.verb.head if anchor.verb.dep_ == "relcl" and after[1] in {"which", "whom"} else None
    told = phrase.of(things, 3) if things is not None and things.pos_ == "NOUN" else []
    return _done(replace(anchor, counted=None), phrase, cues, told or [plural(noun)])


def _done(anchor: Anchor, phrase: Phrase, cues: MetricCues, words: list[str]) -> list[str]:
    """The things counted with what was done to them: "people killed", "people whose data was taken"."""
    verb = anchor.verb
    described = relative_of(anchor.counted, phrase) if anchor.counted is not None else []
    if described[:1] in (["with"], ["under"]) and verb is not None and verb.lemma_ not in cues.idle:
        is_done = anchor.counted is not None and anchor.counted.dep_ in _DONE_TO
        described = [*([past(verb, cues)] if is_done else []), *described]
    if described:
        return [*words, *described]
    done = _participle(anchor, cues)
    if done:
        return [*words, done]
    top = anchor.head
    is_water = top.lemma_.lower() in cues.units.water_levels
    if not is_water and top.dep_ == "pobj" and top.head.lower_ == "of":
        whole = top.head.head
        if whole.pos_ == "NOUN" or (whole.like_num and whole.dep_ == "nsubj"):
            top = whole  # "2,900 barrels of crude leaked", "38 of its 120 turbines are idle"
    if verb is not None and top.dep_ in {"nsubj", "nsubjpass"}:
        said = predicate(verb, phrase)
        does = len(said) > 1 and said[0] not in STATING
        person = top.dep_ == "nsubj" and does and anchor.head.lemma_.lower() in cues.people
        return [*words, *(["who"] if person else []), *said]
    head = anchor.counted if anchor.counted is not None else anchor.head
    is_object = "dobj" in {head.dep_, anchor.head.dep_} or (
        head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.dep_ == "dobj"
    )
    if verb is not None and is_object and verb.lemma_ not in cues.idle:
        return [*words, past(verb, cues), *particle(verb)]
    return words


def _participle(anchor: Anchor, cues: MetricCues) -> str:
    """ "killed" for "left 12 people dead" and the like."""
    near = [
        *(anchor.counted.children if anchor.counted is not None else ()),
        *(anchor.verb.children if anchor.verb is not None else ()),
    ]
    for token in near:
        if token.lower_ in cues.participles:
            return cues.participles[token.lower_]
    return ""


def owners(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "people whose data was stolen" for "stole the data of 12 people"; plain counts for "a group of 12 people"."""
    assert anchor.noun is not None
    assert anchor.counted is not None
    counted = counted_words(figure, anchor, phrase, cues)
    noun = phrase.of(anchor.noun, 3)
    are_people = bool({anchor.counted.lemma_.lower(), *(word.removesuffix("s") for word in counted[-1:])} & cues.people)
    stolen = cues.names.stolen(anchor.noun.lemma_.lower(), [token.lemma_.lower() for token in _around(anchor)])
    if are_people and stolen:
        return [*counted, "whose", *noun, "was", stolen]
    if not noun or anchor.noun.lemma_.lower() in cues.empty or anchor.verb is None:
        return _done(anchor, phrase, cues, counted)
    if are_people and anchor.noun.dep_ in _DONE_TO and anchor.verb.lemma_ not in {"be", "have"}:
        return [*counted, "whose", *noun, "was", past(anchor.verb, cues)]
    return [*noun, "of", *counted]


def _around(anchor: Anchor) -> list[Token]:
    """The verb of a figure and the participles behind what it counts."""
    behind = anchor.counted.rights if anchor.counted is not None else ()
    return [*([anchor.verb] if anchor.verb is not None else []), *(token for token in behind if token.tag_ == "VBN")]


def placed(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "children in trial" for "a trial with 40 children"."""
    assert anchor.noun is not None
    counted = counted_words(figure, anchor, phrase, cues)
    described = _done(replace(anchor, verb=None), phrase, cues, counted)
    if described != counted or anchor.noun.lemma_.lower() in cues.empty:
        return described
    noun = phrase.of(anchor.noun, 3)
    return [*counted, "in", *noun] if noun else counted
