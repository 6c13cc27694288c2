"""Text → its words as stems, in the ontology's reading; which of them name something."""

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.ontology import Ontology

_WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*")
_YEAR = re.compile(r"(?:fy)?(?:19|20)\d\d\Z|[qh][1-4]\Z|\d{1,3}\Z|\d{1,2}(?:st|nd|rd|th)\Z")
_JOINED = re.compile(r"(\d+(?:\.\d+)?)[ -]?(nm|nanomet(?:re|er)s?|mm|cm|km|gb|tb|mw|gw|kw|bit)\b")
_POSSESSIVE = re.compile(r"['’]s?\b")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")
_LEAD = 1000
# What is longer is no phrase or sentence that comes back, and its stems take room.
_PHRASE = 500


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """A word without its plural, lower case."""
    low = word.lower()
    if len(low) < 4 or low.endswith(("ss", "us", "is")):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses", "zes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") else low


def stems(text: str, ontology: Ontology) -> list[str]:
    """The words of a phrase in order, as stems, each read as the word that the ontology reads it as."""
    if len(text) > _PHRASE:
        return _stemmed(text, ontology)
    return list(_known_stems(text, ontology))


@lru_cache(maxsize=8192)
def _known_stems(text: str, ontology: Ontology) -> tuple[str, ...]:
    """The stems of a phrase; each claim is compared with many."""
    return tuple(_stemmed(text, ontology))


def _stemmed(text: str, ontology: Ontology) -> list[str]:
    same, low = ontology.words.same, text.lower()
    if _JOINED.search(low):
        low = _JOINED.sub(lambda size: size[1] + ("nm" if size[2].startswith("nano") else size[2]), low)
    if "'" in low or "’" in low:
        low = _POSSESSIVE.sub("", low)
    return [same.get(word, word) for word in map(stem, _WORD.findall(low))]


def own_names(claim: Claim, ontology: Ontology) -> frozenset[str]:
    """The words of a claim's subject that not everything is called by."""
    return frozenset(stems(claim.subject, ontology)) - ontology.words.common - ontology.words.weak


def proper_names(subject: str, ontology: Ontology) -> frozenset[str]:
    """The words of a subject by which its own article and others call it: those with a capital, else all."""
    named = " ".join(_NAME.findall(subject)) or subject
    return frozenset(stems(named, ontology)) - ontology.words.common - ontology.words.weak


def trade_of(name: str, ontology: Ontology) -> frozenset[str]:
    """What of a firm's name says what it does: "airline" of "Kestrel Airlines". None where nothing else names it."""
    words, trade = name.split(), set()
    while len(words) > 1 and words[-1][:1].isupper() and stem(words[-1]) in ontology.words.trade:
        trade.update(stems(words.pop(), ontology))
    is_name = words[-1:] and words[-1][:1].isupper() and stem(words[-1]) not in ontology.words.common
    return frozenset(trade if is_name else ())


def spoken_of(claim: Claim, article: Article, ontology: Ontology) -> frozenset[str]:
    """The names that a reader of a claim has before him: its subject, and what headline, opening and sentence name."""
    named = _NAME.findall(f"{article.title} {article.text[:_LEAD]} {claim.evidence.quote}")
    return frozenset(stems(f"{claim.subject} {' '.join(named)}", ontology)) - ontology.words.common - ontology.words.weak


def telling(words: Iterable[str], empty: frozenset[str]) -> list[str]:
    """The words that say which thing it is."""
    return [word for word in words if word not in empty and not _YEAR.match(word)]
