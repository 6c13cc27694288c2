"""Statements that deny a deed without a figure: "no ransom was paid"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.quantity import Quantity
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import clause_of

_OBJECTS = frozenset({"dobj", "nsubjpass"})


def find_denials(doc: Doc, deeds: frozenset[str]) -> Iterator[tuple[QuantitySpan, Token, Token]]:
    """Spans with an empty quantity, the verb denied and what it would have been done to, one for each verb."""
    seen: set[int] = set()
    for mode in doc._.modalities:
        if mode.modality is not Modality.DENIED:
            continue
        cue = doc.char_span(mode.cue_start, mode.cue_end, alignment_mode="expand")
        if cue is None:
            continue
        verb = clause_of(cue.root)
        thing = next((child for child in verb.children if child.dep_ in _OBJECTS and child.pos_ == "NOUN"), None)
        if verb.i in seen or verb.lemma_.lower() not in deeds or thing is None:
            continue
        seen.add(verb.i)
        tokens = [cue.root, verb, thing]
        start = min(token.idx for token in tokens)
        end = max(token.idx + len(token) for token in tokens)
        if any(start < quantity.end and quantity.start < end for quantity in doc._.quantities):
            continue
        yield QuantitySpan(start, end, Quantity(unit=""), start, start, end, end), verb, thing
