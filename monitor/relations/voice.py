"""Independent voices? Same text, same asserter, one that cites the other: these count once."""

import re
from dataclasses import dataclass
from functools import lru_cache

from monitor.domain.article import fullness
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind
from monitor.relations.reason import asserter

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "a", "an", "s"})


@dataclass(frozen=True)
class Voices:
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
    same_article = one.id == other.id
    versions = not same_article and one.canonical_url == other.canonical_url
    same_origin = one.origin_id is not None and one.origin_id == other.origin_id
    is_excerpt = versions and fullness(one.basis) != fullness(other.basis)
    return Voices(
        same_article=same_article,
        copies=is_excerpt or (same_origin and not same_article and not versions),
        versions=versions,
        same_asserter=_same_source(asserter(a), asserter(b), common, same_article=same_article or versions),
        is_relayed=_cites(a, b) or _cites(b, a),
        newer_version=(one.version < other.version) - (one.version > other.version) if versions else 0,
    )


def _same_source(one: Source, other: Source, common: frozenset[str], *, same_article: bool) -> bool:
    first, second = _words(one.name or one.label), _words(other.name or other.label)
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


def _cites(one: Told, other: Told) -> bool:
    """Whether one article's chain has the other's publisher, without being of that publisher itself."""
    publisher = _words(other.article.publisher)
    if not publisher or publisher == _words(one.article.publisher):
        return False
    return any(publisher == _words(source.name or "") for source in one.claim.sources)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _ARTICLES
