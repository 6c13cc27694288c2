"""Dates: what happens on them."""

from spacy.tokens import Token

from monitor.nlp.clauses import shared_subject
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import gerund
from monitor.nlp.phrases import Phrase
from monitor.nlp.ties import Anchor

_DONE_TO = frozenset({"dobj", "nsubjpass"})
_GOING_WITH = frozenset({"prt", "advmod", "prep", "acomp", "oprd", "dobj", "attr", "xcomp", "ccomp"})
_UP_TO = frozenset({"until", "till", "through"})
_RUNNING = "start of operation"


def dated(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "hall opening date" for "the hall is to open in May", "launch date" for "the launch slipped to May"."""
    noun, verb = anchor.noun, anchor.verb
    if noun is not None and noun.pos_ == "NOUN" and (verb is None or _colours(anchor.head, noun)):
        return _happening(noun, phrase)
    if verb is None:
        return []
    event, word = _event(verb, cues)
    thing = _thing(verb, word)
    if event is None and anchor.preposition in _UP_TO:
        event = "end"
    lemma = verb.lemma_.lower()
    if event is None and (lemma in cues.happening or word is not None):
        return _happening(thing, phrase) if thing is not None else []
    event = event or gerund(lemma)
    own = thing is not None and event != _RUNNING and not phrase.is_barred(thing)
    return [*([thing.lower_] if own and thing is not None else []), *event.split(), "date"]


def _colours(figure: Token, noun: Token) -> bool:
    """Whether a date stands before its noun: "the 2031 opening"."""
    return figure.head == noun and figure.i < noun.i


def _thing(verb: Token, word: Token | None) -> Token | None:
    """What is acted on, or what does it: "filing" in "file in May", of "a filing, once promised for May"."""
    found = next(
        (child for child in verb.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN" and child != word), None
    )
    if found is None and verb.dep_ == "acl" and verb.tag_ == "VBN":
        found = verb.head
    if found is None:
        found = shared_subject(verb)
    return found if found is not None and found.pos_ == "NOUN" else None


def _event(verb: Token, cues: MetricCues) -> tuple[str | None, Token | None]:
    """The noun of what the verb says, and the word that goes with the verb: "return" and "back" for "come back"."""
    lemma = verb.lemma_.lower()
    for child in verb.rights:
        if child.dep_ in _GOING_WITH:
            event = cues.events.get(f"{lemma} {child.lower_}") or cues.events.get(f"{lemma} {child.lemma_.lower()}")
            if event or f"{lemma} {child.lower_}" in cues.happening:
                return event, child
    return cues.events.get(lemma), None


def _happening(noun: Token, phrase: Phrase) -> list[str]:
    """ "first flight date": the noun names what happens."""
    first = ["first"] if any(child.lower_ == "first" for child in noun.lefts) else []
    words = phrase.of(noun, 1)
    return [*first, *words, *([] if words[-1:] in (["date"], ["deadline"]) else ["date"])] if words else []
