"""A figure in its sentence → its words, and which of them are nearer to it than to another figure of the sentence."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.domain.ontology import Ontology, Words
from monitor.domain.stems import root, stem

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_][\w'’-]*|[;:,()]")
_MARKS = frozenset(";:,()")
_YEAR = re.compile(r"1\d{3}|20\d\d")
_SENTENCE_END = re.compile(r"(?:\A|[.!?])\W*\Z")
# What a comma or a joining word adds to the words between; what stands behind a figure is more likely its own.
_EDGE, _BEHIND, _SLOPE = 3.0, 0.8, 2.0
_NONE = 99.0


@dataclass(frozen=True)
class OwnWords:
    """Telling words by their start. `distance`: how far from the figure each is; `own`: how far the figure's own, 0 to 1.

    `names`: those with a capital inside the sentence. `roles`: class → values that the figure's own words have.
    """

    distance: Mapping[str, float]
    own: Mapping[str, float]
    names: frozenset[str]
    roles: Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str
    is_number: bool
    is_name: bool


def own_words(sentence: str, start: int, end: int, ontology: Ontology) -> OwnWords:
    """The words around the figure that stands between `start` and `end`."""
    words = ontology.words
    tokens = [_token(found, sentence, words) for found in _TOKEN.finditer(sentence)]
    inside = [at for at, one in enumerate(tokens) if one.start < end and start < one.end] or [0]
    first, last = inside[0], inside[-1]
    others = [at for at, one in enumerate(tokens) if _is_other(one) and not first <= at <= last]
    edges = _edges(tokens, words)
    distance, own, names, roles = dict[str, float](), dict[str, float](), set[str](), dict[str, set[int]]()
    for at, one in enumerate(tokens):
        if one.is_number or one.word in _MARKS:
            continue
        mine = _far(at, first, last, edges)
        theirs = min((_far(at, other, other, edges) for other in others), default=_NONE)
        if mine <= theirs + 1:
            for name, value in words.roles.get(stem(one.word), ()):
                roles.setdefault(name, set()).add(value)
        if one.word in words.unasked or first <= at <= last:
            continue
        key = root(one.word)
        distance[key] = min(mine, distance.get(key, _NONE))
        own[key] = max(_share(mine - theirs), own.get(key, 0.0))
        if one.is_name:
            names.add(key)
    return OwnWords(distance, own, frozenset(names), {name: frozenset(values) for name, values in roles.items()})


def _token(found: re.Match[str], sentence: str, words: Words) -> _Token:
    low = found[0].lower().replace("’", "'").removesuffix("'s")
    is_number = found[0][0].isdigit() or low in words.number_words
    is_name = found[0][0].isupper() and not _SENTENCE_END.search(sentence[: found.start()])
    return _Token(*found.span(), low, is_number, is_name)


def _is_other(one: _Token) -> bool:
    """Whether it is a figure that words can belong to; a year mostly tells when."""
    return one.is_number and not _YEAR.fullmatch(one.word)


def _edges(tokens: list[_Token], words: Words) -> list[float]:
    """What the commas and joining words up to each token add."""
    found = [0.0]
    for one in tokens:
        found.append(found[-1] + (_EDGE if one.word in _MARKS or one.word in words.joining else 0.0))
    return found


def _far(at: int, first: int, last: int, edges: list[float]) -> float:
    if at < first:
        return first - at + edges[first] - edges[at + 1]
    return (at - last) * _BEHIND + edges[at] - edges[last + 1] if at > last else 0.0


def _share(nearer: float) -> float:
    """1 where the figure is no farther than another, from there on less."""
    return min(1.0, 2 / (1 + math.exp(nearer / _SLOPE)))
