"""Shares: what a percentage is a share of, and what is said of that share."""

from monitor.nlp.anchors import Anchor
from monitor.nlp.metric_clauses import predicate, towards
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import past
from monitor.nlp.phrases import Phrase

_DONE_TO = frozenset({"dobj", "nsubjpass"})


def share(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    assert anchor.whole is not None
    words = ["share", "of", *phrase.of(anchor.whole)]
    noun = anchor.noun
    own = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" and _stands(anchor) else []
    if own and noun is not None and noun.lemma_.lower() not in {"share", "proportion", "percentage", "part"}:
        return [*own, "as", *words]
    holder = anchor.head.head
    if anchor.head.dep_ == "pobj" and holder.lower_ in {"in", "among"} and holder.head.pos_ == "VERB":
        found = next((child for child in holder.head.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
        if found is not None:
            return [*words, "with", *phrase.of(found, 2)]
    if (
        anchor.verb is not None
        and anchor.head.dep_ == "dobj"
        and anchor.verb.lemma_.lower() not in cues.light | cues.idle
    ):
        return [*words, past(anchor.verb, cues), *towards(anchor.verb, anchor.head, phrase)]
    verb = anchor.verb if anchor.verb is not None else (anchor.head.head if anchor.head.head.pos_ == "VERB" else None)
    if verb is not None and anchor.head.dep_ in {"nsubj", "nsubjpass"}:
        words += predicate(verb, phrase)
    return words


def _stands(anchor: Anchor) -> bool:
    """Whether a share is where something stands: "exports are 40 percent of output", "rose to 2 percent of output"."""
    return anchor.head.dep_ in {"attr", "acomp"} or anchor.preposition in {"to", "from", "of"}
