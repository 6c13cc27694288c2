"""Independent voices? Same text, same asserter, one that cites the other: these count once."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from monitor.domain.article import fullness
from monitor.domain.known import kept
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind
from monitor.relations.reason import asserter

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "a", "an", "s"})


class Voices(NamedTuple):
    """Who speaks in two claims.

    `copies`: two addresses that carry one text, or an article and what a feed carried of it. `versions`: two versions at
    one address. `is_relayed`: one cites the other's publisher. `newer_version`: 1 if the second claim's article is the
    newer version, -1 if the first's.
    """

    same_article: bool
    copies: bool
    versions: bool
    same_asserter: bool
    is_relayed: bool
    newer_version: int = 0

    @property
    def independent(self) -> bool:
        return not (self.same_article or self.copies or self.versions or self.same_asserter or self.is_relayed)


def compare_voices(a: Told, b: Told, common: frozenset[str] = frozenset()) -> Voices:
    """Who speaks in the two claims, and whether that is one voice. `common`: words of names that many things share."""
    one, other = a.article, b.article
    first, second = _speaker(a), _speaker(b)
    same_article = one.id == other.id
    versions = not same_article and one.canonical_url == other.canonical_url
    return Voices(
        same_article=same_article,
        copies=are_copies(a, b),
        versions=versions,
        same_asserter=_same_source(first, second, common, same_article=same_article or versions),
        is_relayed=_cites(first, second) or _cites(second, first),
        newer_version=(one.version < other.version) - (one.version > other.version) if versions else 0,
    )


def are_copies(a: Told, b: Told) -> bool:
    """Whether two addresses carry one text, or these are an article and what a feed carried of it."""
    one, other = a.article, b.article
    if one.canonical_url == other.canonical_url:
        return one.id != other.id and fullness(one.basis) != fullness(other.basis)
    return one.origin_id is not None and one.origin_id == other.origin_id and one.id != other.id


@dataclass(frozen=True)
class _Speaker:
    """Who speaks in a claim, as words. `cited`: the names of its chain."""

    source: Source
    words: frozenset[str]
    publisher: frozenset[str]
    cited: frozenset[frozenset[str]]


@kept
def _speaker(told: Told) -> _Speaker:
    source = asserter(told)
    cited = frozenset(_words(one.name or "") for one in told.claim.sources)
    return _Speaker(source, _words(source.name or source.label), _words(told.article.publisher), cited)


def _same_source(a: _Speaker, b: _Speaker, common: frozenset[str], *, same_article: bool) -> bool:
    one, other, first, second = a.source, b.source, a.words, b.words
    if not first or not second:
        return False
    if one.name and other.name:
        return first <= second or second <= first
    if one.name or other.name:
        # A description is short for a name: "the exchange" and "the Varde exchange" for
        # "Bolsa Varde"; "Ostrel engineers" are not Ostrel.
        name, description = (first, second) if one.name else (second, first)
        telling = description - common
        return description <= name or (bool(telling & name) and telling <= name)
    # Nobody is named: "two engineers" here and there need not be the same two.
    return first == second and (same_article or SourceKind.ANONYMOUS not in (one.kind, other.kind))


def _cites(one: _Speaker, other: _Speaker) -> bool:
    """Whether one article's chain has the other's publisher, without being of that publisher itself."""
    return bool(other.publisher) and other.publisher != one.publisher and other.publisher in one.cited


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _ARTICLES
