"""What the words in and around a name say of the kind of thing that bears it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from monitor.nlp.name_cues import NameCues
from monitor.nlp.naming import fold

_AGE = re.compile(r"[1-9]\d")  # "Orlan, 31, won"
_HELD = frozenset({"share", "stake", "stock", "interest", "investment", "confidence", "invest"})


def evidence_of_kind(doc: Doc, span: Span, proposed: str, cues: NameCues) -> Iterator[tuple[str, float]]:
    """What the words in and around a mention say of its kind."""
    yield proposed, 1.0
    publisher = doc._.article.publisher if doc._.article is not None else ""
    if publisher and fold(span.text) == fold(publisher):
        yield "publisher", 10.0
    if span[-1].lower_ in cues.heads and len(span) > 1:
        yield "organisation", 4.0
    before = doc[span.start - 1].lower_ if span.start else ""
    if before in cues.titles:
        yield "person", 2.0
    if before == "of" and span.start > 1:
        of = doc[span.start - 2]
        if cues.nominals.get(of.lemma_) == "place":
            yield "place", 4.0
        elif of.lower_ in cues.state_parts and len(span) < 3:
            yield "place", 2.5
    if before == "in" and _is_held(doc[span.start - 2] if span.start > 1 else None):
        yield "organisation", 2.5
    elif before in {"near", "around", "across", "round", "outside", "throughout"}:
        yield "place", {"other": 1.2, "person": 2.2, "organisation": 1.6}.get(proposed, 0.6)
    elif before in {"in", "at"} and proposed != "organisation":
        yield "place", {"other": 1.2, "person": 2.2}.get(proposed, 0.6)
    elif before == "in":
        yield "place", 1.6
    last = span[-1]
    is_place = cues.nominals.get(last.lower_) == "place" and last.lower_ not in cues.heads
    is_site = last.lower_ in cues.sites or (is_place and (last.text.islower() or cues.nouns.get(last.lower_) == "things"))
    if (span[0].lower_ in cues.place_openers or is_site) and len(span) > 1:
        yield "place", 4.0
    if doc._.paragraphs and span.start_char == doc._.paragraphs[0][0] and span.text.isupper():
        yield "place", 4.0
    yield from _preceding(doc, span, cues)
    yield from _following(doc, span, cues)
    if proposed in {"place", "organisation", "other", "person"} and len(span) == 1:
        yield from _owned(doc, span, cues)
    yield from _acting(span, proposed, cues)
    yield from _in_title(doc, span, proposed, cues)


def _acting(span: Span, proposed: str, cues: NameCues) -> Iterator[tuple[str, float]]:
    """Kind of whoever employs, ships or sells, and of whoever says that "it" will: no person, and seldom a place."""
    verb = span.root.head
    if span.root.dep_ != "nsubj" or verb.pos_ != "VERB" or proposed in {"product", "chip", "model", "process", "event"}:
        return
    if verb.lemma_.lower() in cues.company_verbs and proposed != "person":
        yield "organisation", 1.2
    said = next((child for child in verb.rights if child.dep_ == "ccomp"), verb)
    own = any(child.lower_ == "it" and child.dep_ in {"nsubj", "nsubjpass"} for child in said.lefts)
    if own or any(child.lower_ in {"its", "which"} for child in span.root.head.subtree if child.i > span.end):
        yield "organisation", {"person": 2.0, "other": 1.5}.get(proposed, 1.0 if own else 0.0)


def _in_title(doc: Doc, span: Span, proposed: str, cues: NameCues) -> Iterator[tuple[str, float]]:
    """Kind of the noun before the name in the title, of what the title puts "in" it, and of who does business there."""
    words = doc._.article.title.split() if doc._.article is not None and doc._.where == "body" else []
    for before, word in pairwise(words):
        if fold(word.strip(",.:;")) == fold(span[0].text):
            kind = cues.nominals.get(before.lower())
            if kind is not None:
                yield kind, 1.5
            elif before.lower() in {"in", "near", "across"}:
                yield "place", 1.2
    for word, after in pairwise(words):
        if fold(word.strip(",.:;")) == fold(span[-1].text) and after.removesuffix("s") in cues.company_verbs:
            yield "organisation", {"person": 0.0, "product": 0.0}.get(proposed, 1.5)


def _is_held(noun: Token | None) -> bool:
    """ "Shares in X", "a stake in X" are no signs of a place."""
    return noun is not None and noun.lemma_ in _HELD


def _owned(doc: Doc, span: Span, cues: NameCues) -> Iterator[tuple[str, float]]:
    """Kind of the owner in "X's parliament" or "X's shareholders"."""
    if span.end + 1 >= len(doc) or doc[span.end].tag_ != "POS":
        return
    for token in doc[span.end + 1 : span.end + 4]:
        if token.lower_ in cues.state_parts:
            yield "place", 2.5
        elif token.lower_ in cues.company_parts:
            yield "organisation", 2.5
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or token.lower_ in cues.state_parts | cues.company_parts:
            return


def _preceding(doc: Doc, span: Span, cues: NameCues) -> Iterator[tuple[str, float]]:
    """Kind of the noun in "the research firm X", "the language model X" or "its developer, X,"."""
    at = span.start - 1
    comma = at > 0 and doc[at].text == ","
    token = doc[at - 1 if comma else at] if at >= 0 else None
    if token is None or token.pos_ != "NOUN" or token.text != token.lower_ or token.lemma_ not in cues.nominals:
        return
    closed = span.end < len(doc) and doc[span.end].text in {",", "."}
    definite = any(child.lower_ in {"the", "its", "their", "a", "an"} for child in token.lefts)
    kind = cues.nominals[token.lemma_]
    if not comma or (closed and definite and (kind == "place" or token.dep_ not in {"pobj", "conj"})):
        yield kind, 3.0


def _following(doc: Doc, span: Span, cues: NameCues) -> Iterator[tuple[str, float]]:
    """Kind of the noun in "Bolsa X grain exchange" or "X, a maker of …"."""
    tokens = [token for token in doc[span.end : span.end + 3] if not token.is_space]
    if [token.lower_ for token in tokens[:2]] == [",", "who"] and len(span) > 1 and span.root.tag_ != "NNPS":
        yield "person", 2.0
    for token in tokens:
        if token.pos_ not in {"NOUN", "ADJ"} or not token.text.islower():
            break
        if token.lemma_ in cues.nominals:
            kind = cues.nominals[token.lemma_]
            if kind == "event" and token.lower_ in cues.events:
                # "the X earthquake", "the X leak": it happened at X or to X, which is no event itself
                if token.lower_ in cues.natural:
                    yield "place", 2.0
                break
            yield ("organisation" if kind == "person" else kind), 3.0  # "X engineers" are the engineers of X
            break
    if len(tokens) > 2 and [tokens[0].text, tokens[2].text] == [",", ","] and _AGE.fullmatch(tokens[1].text):
        yield "person", 3.0
    if len(tokens) > 1 and tokens[0].text == "," and tokens[1].lower_ in {"a", "an", "the"}:
        for token in doc[span.end + 2 : span.end + 10]:
            if token.lemma_ in cues.nominals and token.dep_ in {"appos", "conj", "attr"}:
                yield cues.nominals[token.lemma_], 3.0
                break
            if token.text in {",", ".", ";"}:
                break
