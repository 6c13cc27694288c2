"""Doc → mentions before they are resolved: those of the catalogue, of statistics, and by how a name is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from monitor.domain.entity import Entity
from monitor.nlp.gazetteer import Gazetteer
from monitor.nlp.name_cues import NameCues
from monitor.nlp.revealed import is_period, opens_with_name, quoted_titles

_KINDS = {
    "ORG": "organisation",
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "NORP": "group",
}
_DESIGNATOR = re.compile(r"[A-Z][A-Za-z]{0,11}-?\d{1,4}[A-Za-z]{0,3}|\d{1,4}[A-Z]{1,2}\Z")
_NAMEPART = re.compile(r"[^\W\d_]", re.UNICODE)
_DASHES = frozenset({"-", "–", "—", "--"})
_NO_NAME = re.compile(r"[\d.,%$€£¥\s–-]+\Z")
LONGEST_NAME_TOKENS = 6
LONGEST_NAME_CHARS = 80


@dataclass(frozen=True)
class Found:
    """A mention before it is resolved: tokens, the kind proposed, the catalogue's entity if it is known."""

    start: int
    end: int
    kind: str
    known: Entity | None = None


def catalogued(doc: Doc, gazetteer: Gazetteer) -> Iterator[Found]:
    for match in gazetteer.find(doc):
        yield Found(match.start, match.end, match.entity.kind, match.entity)


def statistical(doc: Doc, cues: NameCues) -> Iterator[Found]:
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind is None or len(ent) > LONGEST_NAME_TOKENS + 2:
            continue
        for start, end in _trimmed(doc, ent):
            span = doc[start:end]
            if (
                span.text.lower() in cues.titles
                or is_period(span.text)
                or (kind == "organisation" and _is_no_body(span, cues))
            ):
                continue
            if _looks_like_name(span) and not _opens_sentence_by_chance(span, cues):
                yield Found(start, end, kind)


def _trimmed(doc: Doc, ent: Span) -> Iterator[tuple[int, int]]:
    """The parts of a proposed name: cut after a possessive, without articles, titles, quotes and stray numbers."""
    start = ent.start
    for i in range(ent.start, ent.end + 1):
        if i == ent.end or _ends_name(doc[i]):
            a, b = start, i
            while a < b and _is_margin(doc[a]):
                a += 1
            while a < b and (_is_margin(doc[b - 1]) and doc[b - 1].text != "."):
                b -= 1
            if a < b:
                yield a, b
            start = i + 1


def _ends_name(token: Token) -> bool:
    """Whether a name cannot go on over a word: a possessive, a colon, the dash behind a dateline."""
    if token.text in _DASHES:
        return bool(token.i and token.nbor(-1).whitespace_ and token.whitespace_)
    return (is_possessive(token) and not _is_of_members(token)) or token.text in {":", ";", "|", "\n\n"}


def _is_of_members(token: Token) -> bool:
    """The apostrophe of "Players' Association": the name of a body goes on behind those who are in it."""
    if token.text not in {"'", "’"} or token.i + 1 >= len(token.doc) or not token.i:
        return False
    return token.nbor(-1).text.istitle() and token.nbor(-1).lower_.endswith("s") and token.nbor().text.istitle()


def is_possessive(token: Token) -> bool:
    return token.tag_ == "POS" or token.text in {"'s", "’s"}


def _is_margin(token: Token) -> bool:
    text = token.text
    return (
        text.lower() in {"the", "a", "an", "each", "every", "its", "their", "his", "her", "this", "that", "'s", "’s"}
        or bool(_NO_NAME.match(text))
        or not any(character.isalnum() for character in text)
    )


def _looks_like_name(span: Span) -> bool:
    text = span.text
    return (
        len(text) <= LONGEST_NAME_CHARS
        and "\n" not in text
        and bool(_NAMEPART.search(text))
        and any(character.isupper() for character in text)
    )


def _opens_sentence_by_chance(span: Span, cues: NameCues) -> bool:
    """A common word that only its place at the head of a sentence has given a capital ("Nationwide, …")."""
    token = span[0]
    if len(span) > 1 or not token.is_sent_start or token.is_upper or not token.vocab.has_vector(token.lower_):
        return False
    owns = span.end < len(span.doc) and is_possessive(span.doc[span.end])
    if token.tag_ == "NNP" and owns:
        return False  # "Nadir's parliament"
    if opens_with_name(token, cues.nouns):
        return False
    return not any(other.text == token.text and not other.is_sent_start for other in token.doc)


def _is_no_body(span: Span, cues: NameCues) -> bool:
    """ "Transport" of "Transport minister Ada Holm", and what a notice defines: "the Offer", "the Closing Price"."""
    follows = span.doc[span.end] if span.end < len(span.doc) else None
    is_office = len(span) == 1 and follows is not None and follows.text in cues.portfolios
    is_defined = all(token.lower_ in cues.defined for token in span)
    return all(token.text.istitle() for token in span) and (is_office or is_defined)


def designators(doc: Doc) -> Iterator[Found]:
    """Words such as H5 or H100 that no component before took for a name."""
    for token in doc:
        if _DESIGNATOR.fullmatch(token.text) and not token.like_num and not is_period(token.text):
            yield Found(token.i, token.i + 1, "product")


def titled(doc: Doc) -> Iterator[Found]:
    """Films, books and other works."""
    return (Found(start, end, "product") for start, end in quoted_titles(doc))


def untagged(doc: Doc, proposed: Sequence[Found], cues: NameCues) -> Iterator[Found]:
    """Runs of proper nouns inside sentences that nothing has taken for a name yet."""
    taken = {i for mention in proposed for i in range(mention.start, mention.end)}
    run: list[Token] = []
    for token in [*doc, None]:
        if token is not None and token.i not in taken and (_is_untagged(token, cues) or _goes_on(token, run)):
            run.append(token)
            continue
        is_title = run and token is not None and token.i in taken and run[0].lower_ in cues.titles
        if run and not is_title and not _is_no_body(doc[run[0].i : run[-1].i + 1], cues):
            yield Found(run[0].i, run[-1].i + 1, "other")
        run = []


def _goes_on(token: Token, run: Sequence[Token]) -> bool:
    """ "Bank" in "Skerry Bank": a sort of thing is a part of the name that it follows."""
    return bool(run) and token.pos_ == "PROPN" and token.text.istitle() and token.text.isalpha() and not token.ent_type_


def _is_untagged(token: Token, cues: NameCues) -> bool:
    strange = token.pos_ in {"NOUN", "ADJ"} and token.is_oov and bool(token.vocab.vectors_length)
    return (
        (token.pos_ == "PROPN" or _is_introduced(token, cues) or (strange and token.doc._.where == "body"))
        and (token.text.istitle() or (token.text.isupper() and _is_introduced(token, cues)))
        and token.text.isalpha()
        and len(token.text) > 2
        and (not token.is_sent_start or opens_with_name(token, cues.nouns))
        and not token.ent_type_
        and token.lower_ not in cues.titles
        and token.lower_ not in cues.nominals
    )


def _is_introduced(token: Token, cues: NameCues) -> bool:
    """ "the toy maker Sonnet": a capital behind the word for its sort."""
    if token.pos_ not in {"NOUN", "ADJ", "PROPN"} or not token.i or token.doc._.where != "body":
        return False
    before = token.nbor(-1)
    return before.text.islower() and before.lemma_ in cues.nominals and before.pos_ == "NOUN"
