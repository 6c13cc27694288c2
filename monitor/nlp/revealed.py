"""Names that only their place in the text reveals: at the head of a sentence, and in quotation marks."""

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from monitor.nlp.text import text_of

SHORTEST = 4  # letters of a name that only opens a sentence
LONGEST_TITLE = 7  # words of a book, film or song
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "poss"})
_QUOTED = re.compile(r"[\"“‘']([^\"“”‘\n]{2,60}?),?[\"”’'](?!\w)")
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "with", "by", "from", "my", "is"})
# What stands for a stretch of the business year is no name: "Q3", "1H27", "FY2026".
_PERIOD = re.compile(r"(?:[1-4][QH](?:[’']?\d{2,4})?|[QH][1-4](?:[’']\d{2})?|(?:FY|CY)[’']?\d{2,4}[AEe]?)\Z")


def is_period(text: str) -> bool:
    """Whether a word is a stretch of the business year."""
    return bool(_PERIOD.match(text))


def opens_with_name(token: Token, nouns: Collection[str]) -> bool:
    """Whether a capital at the head of a sentence is that of a name: the word is no common noun and stands nowhere small.

    `nouns`: the common nouns of the language.
    """
    if not token.is_sent_start or token.pos_ != "PROPN" or len(token) < SHORTEST:
        return False
    if not token.text.istitle() or token.tag_ == "NNPS" or token.is_stop or _is_plain(token, nouns):
        return False
    again = [other for other in token.doc if other.lower_ == token.lower_ and other.i != token.i]
    if any(other.text.islower() for other in again):
        return False
    return token.dep_ in _ARGUMENTS or any(other.text.istitle() for other in again)


def _is_plain(token: Token, nouns: Collection[str]) -> bool:
    """Whether a word is a common noun; taggers take a plural at the head of a sentence for a name."""
    low = token.lower_
    forms = {low, token.lemma_.lower(), low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ies") + "y"}
    return any(form in nouns for form in forms)


def quoted_titles(doc: Doc) -> Iterator[tuple[int, int]]:
    """Tokens of each title of a work: a few words in quotation marks that all begin with a capital."""
    text = text_of(doc)
    single: dict[str, list[tuple[int, int]]] = {}
    for match in _QUOTED.finditer(text):
        words = match[1].split()
        if len(words) > LONGEST_TITLE or not _is_titled(words):
            continue
        span = doc.char_span(match.start(1), match.end(1))
        if span is None or span.text[-1] in ".!?…":
            continue
        if len(words) > 1:
            yield span.start, span.end
        else:
            single.setdefault(match[1], []).append((span.start, span.end))
    for found in single.values():  # one word in quotation marks may be a mere remark
        if len(found) > 1:
            yield from found


def _is_titled(words: list[str]) -> bool:
    telling = [word for word in words if word.lower() not in _SMALL]
    return bool(telling) and words[0][:1].isupper() and all(word[:1].isupper() for word in telling)
