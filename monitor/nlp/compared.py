"""Figures that say how one thing compares with another: so many points ahead, so many times the estimate."""

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase

_LEADS = frozenset({"percent", "percentage_point", "count:point", "count:seat", "count:vote"})
REACH = 6  # tokens between a figure and what it is compared with
_MORE = frozenset({"more", "less", "fewer", "higher", "lower"})


def lead(doc: Doc, figure: QuantitySpan, cues: MetricCues) -> str:
    """ "lead over sarn" for "three points ahead of Sarn"; empty where no lead is given."""
    after = following(doc, figure)
    name = cues.leads.get(after.lower_) if after is not None and figure.quantity.unit in _LEADS else None
    if name is None or after is None:
        return ""
    rival = next((inner for of in after.children if of.dep_ == "prep" for inner in of.children), None)
    words = [t.lower_ for t in rival.lefts if t.dep_ in {"compound", "amod"}] if rival is not None else []
    return " ".join([name, "over", *words, rival.lower_]) if rival is not None else name


def multiple(doc: Doc, figure: QuantitySpan, phrase: Phrase) -> str:
    """ "official count" for "three times the official count"; empty where nothing is named."""
    token = following(doc, figure) if figure.quantity.unit == "ratio" else None
    if token is None or token.pos_ not in {"DET", "PRON", "ADJ", "NOUN"}:
        return ""
    head = token
    for _ in range(4):
        if head.pos_ == "NOUN" and head.dep_ not in {"compound", "poss", "nmod"}:
            return " ".join(phrase.of(head, 2)) if not phrase.is_barred(head) else ""
        head = head.head
    return ""


def is_more_than_before(doc: Doc, figure: QuantitySpan, before: QuantitySpan) -> bool:
    """Whether a figure says how far what the one before gave lies above another: "310 in May, 6 percent more than"."""
    after = following(doc, figure)
    if after is None or after.lower_ not in _MORE:
        return False
    between = doc.char_span(before.end, figure.start, alignment_mode="contract") or ()
    is_near = len(between) <= REACH and not any(token.pos_ in {"VERB", "AUX"} for token in between)
    return is_near and (not between or between[-1].text in {",", "–", "—", "-", "(", "or"})


def following(doc: Doc, figure: QuantitySpan) -> Token | None:
    """The first word behind a figure."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    rest = doc[span.end : span.end + 2] if span is not None else ()
    return next((token for token in rest if not token.is_space), None)
