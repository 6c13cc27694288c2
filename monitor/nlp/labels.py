"""What a label in front of a figure names: "Net sales: EUR 7 million", "Opening: spring 2031"."""

from spacy.tokens import Doc, Span

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.compared import following
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor

LONGEST_LABEL = 7  # words
_OPENERS = " \t•*·–—-"
_QUOTES = " \t\"'“‘(~"
_GOES_ON = frozenset({"ADP", "CCONJ", "PUNCT", "SPACE", "SYM", "ADV", "NUM"})
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def labelled_metric(doc: Doc, figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> str:
    """The label as a metric; empty where a sentence rather than a label stands before the colon, or only a name."""
    unit = figure.quantity.unit
    if anchor.whole is not None or (unit.startswith("count") and unit != "count:item"):
        return ""
    label = _label(doc, figure.start)
    if label is None or not _stands_alone(doc, figure):
        return ""
    words = [
        token.lower_
        for token in label
        if token.pos_ in {"NOUN", "ADJ", "PROPN", "ADP", "VERB"}
        and token.is_alpha
        and (token.lower_ in cues.company or not phrase.is_barred(token))
    ]
    if not words or all(word in cues.generic | cues.empty | cues.polls for word in words):
        return ""
    return " ".join([*words, "date"] if unit == "date" and "date" not in words else words)


def _label(doc: Doc, start: int) -> Span | None:
    """The words between the beginning of the line or sentence and a colon just before `start`."""
    line = text_of(doc).rfind("\n", 0, start) + 1
    colon = text_of(doc).rfind(":", line, start)
    if colon < 0 or text_of(doc)[colon + 1 : start].strip(_QUOTES):
        return None
    first = max(line, text_of(doc).rfind(". ", line, colon) + 1)
    text = text_of(doc)[first:colon]
    opened = first + len(text) - len(text.lstrip(_OPENERS))
    span = doc.char_span(opened, colon, alignment_mode="expand") if text.strip(_OPENERS) else None
    if span is None or len(text.split()) > LONGEST_LABEL or any(token.tag_ in _FINITE for token in span):
        return None
    return span


def _stands_alone(doc: Doc, figure: QuantitySpan) -> bool:
    """Whether no noun or verb follows that the figure would be of: not "Poll: 34 percent back the plan"."""
    after = following(doc, figure)
    return after is None or after.is_quote or after.pos_ in _GOES_ON
