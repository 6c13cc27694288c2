"""The words of what a figure is of, from the place in the parse where our reader hangs it."""

from functools import cache

from spacy.tokens import Doc, Token

from monitor import assets
from monitor.nlp.anchors import Anchor, Tie, anchor
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.figure_cues import FigureCues, load_figure_cues
from monitor.nlp.metric_cues import MetricCues

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})


def concept_of(doc: Doc, span: QuantitySpan) -> list[str]:
    """The content words of the noun phrase that the figure is of; a dash where there is none."""
    hung = _anchor(doc, span)
    noun = hung.whole or hung.noun
    if noun is None or hung.tie is Tie.COUNT:
        noun = hung.noun or _subject(hung.head)
    words = [t.text for t in sorted(noun.subtree, key=lambda t: t.i) if _tells(t, noun, span)] if noun is not None else []
    return words or ["-"]


def whole_of(doc: Doc, span: QuantitySpan) -> str:
    """What a share is of, in lower case."""
    hung = _anchor(doc, span)
    if hung.whole is None or hung.whole.pos_ == "PRON":
        return "-"
    figures = [(span.number_start, span.number_end) for span in doc._.quantities]
    words = [t for t in doc[hung.whole.left_edge.i : hung.whole.i + 1] if t.pos_ in _CONTENT]
    return " ".join(t.lemma_.lower() for t in words if not any(first <= t.idx < end for first, end in figures))


def _subject(head: Token) -> Token | None:
    for token in (head, *head.ancestors):
        if token.pos_ in ("VERB", "AUX"):
            return next((c for c in token.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"), None)
    return None


def _tells(token: Token, noun: Token, span: QuantitySpan) -> bool:
    if token.pos_ not in _CONTENT or span.start <= token.idx < span.end:
        return False
    between = token
    while between.i != noun.i:
        if between.dep_ in ("relcl", "acl", "advcl", "conj", "appos") and between.dep_ != "conj":
            return False
        between = between.head
    return True


def is_noun_of_change(doc: Doc, span: QuantitySpan) -> bool:
    """ "A 4 percent drop", "an increase of 600 jobs": a noun tells the change, no verb."""
    head = _anchor(doc, span).head
    around = [head.head, *([head.head.head] if head.head.dep_ == "prep" and head.head.lower_ in ("of", "in") else [])]
    nouns = _changes().up.nouns | _changes().down.nouns
    return any(token.pos_ == "NOUN" and token.lemma_.lower() in nouns for token in around)


@cache
def _changes() -> FigureCues:
    return load_figure_cues(assets.models() / "cues" / "en")


@cache
def _cues() -> MetricCues:
    return MetricCues.read(assets.models() / "cues" / "en" / "metrics.toml")


def _anchor(doc: Doc, span: QuantitySpan) -> Anchor:
    is_change = span.quantity.direction is not None
    return anchor(doc, span.start, span.end, span.quantity.unit, _cues().verbs, is_change=is_change)
