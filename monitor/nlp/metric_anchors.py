"""The anchor of a figure put right where the words of its noun or verb say that the parse took it wrongly."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.ties import Anchor, Tie

_NEAR = 4  # tokens between a number and what it counts
# "Finished 18,900 homes" counts homes, "finished at 7,400 points" is a level.
_TRANSITIVE = frozenset(
    {"finish", "close", "open", "start", "begin", "run", "end", "change", "touch", "move", "turn", "work"}
)


def read_right(figure: QuantitySpan, anchor: Anchor) -> Anchor:
    """The anchor, with the noun that is really meant."""
    return _counting(figure, _multiplied(figure, _named(_referred(anchor))))


def _referred(anchor: Anchor) -> Anchor:
    """The noun that "which" stands for: "cover, which was extended to three years"."""
    noun, verb = anchor.noun, anchor.verb
    if noun is None or verb is None or noun.tag_ != "WDT" or verb.dep_ != "relcl" or verb.head.pos_ != "NOUN":
        return anchor
    return replace(anchor, noun=verb.head)


def _named(anchor: Anchor) -> Anchor:
    """ "reactor" for the name in "a 900-megawatt Tarn-2 reactor"."""
    noun = anchor.noun
    if noun is None or noun.pos_ != "PROPN" or noun.dep_ != "compound" or noun.head.pos_ != "NOUN":
        return anchor
    return replace(anchor, noun=noun.head) if anchor.head.i < noun.i and anchor.tie is Tie.LEVEL else anchor


def _multiplied(figure: QuantitySpan, anchor: Anchor) -> Anchor:
    """What doubled, where the verb is itself the figure."""
    verb = anchor.head
    if anchor.noun is not None or figure.quantity.unit != "ratio" or verb.pos_ != "VERB" or not _holds(figure, verb):
        return anchor
    done = next((child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    noun = done if done is not None else shared_subject(verb)
    return replace(anchor, noun=noun, tie=Tie.CHANGE) if noun is not None else anchor


def _holds(figure: QuantitySpan, token: Token) -> bool:
    return figure.start <= token.idx < figure.end


def _counting(figure: QuantitySpan, anchor: Anchor) -> Anchor:
    """A count whose noun is itself what is counted, and one of things that somebody finished or opened."""
    noun, counted, unit = anchor.noun, anchor.counted, figure.quantity.unit
    if not unit.startswith("count:") or anchor.tie is not Tie.LEVEL or noun is None:
        return anchor
    is_done = counted is not None and anchor.head.dep_ == "dobj" and anchor.verb is not None
    if is_done and anchor.verb is not None and anchor.verb.lemma_.lower() in _TRANSITIVE:
        return replace(anchor, noun=None, tie=Tie.COUNT)
    own = unit.removeprefix("count:").split("_")[-1:] == [noun.lemma_.lower()]
    if not own or noun.idx < figure.start or noun.i - anchor.head.i > _NEAR:
        return anchor
    return replace(anchor, noun=None, counted=noun, head=noun, tie=Tie.COUNT)
