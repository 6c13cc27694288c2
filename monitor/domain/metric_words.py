"""The words of a metric's phrase and those beside its figure → the metric of the ontology that they name."""

import re
from collections.abc import Iterable, Sequence

from monitor.domain.evidence import Evidence
from monitor.domain.ontology import Ontology
from monitor.domain.question import Metric
from monitor.domain.stems import stems, telling

_STAKES = frozenset({"share", "stock"})
_LINKS = re.compile(
    r"(?<![\w-])(?:of|in|on|for|at|by|to|from|with|per|whose|who|which|that|under|over|within|among|after|before|than|as"
    r"|into|including|excluding|without)(?![\w-])|,"
)
# What stands between a figure and the next number, bracket or stop is said of that figure.
_EDGE = re.compile(r"[;:()\d]|\.\s")
_JOINT = re.compile(r",|\b(?:and|but|while|whereas|against|than|compared)\b")


def known_metric(
    said: Sequence[str], family: str, ontology: Ontology, *, is_part: bool = False
) -> tuple[Metric | None, frozenset[str]]:
    """The metric whose longest head phrase is all among the words, and those words.

    Of phrases of one length the one of just this dimension wins where its words are no further from the head, then the
    one named nearer to it, then the first of the file. `said`: the head first. `is_part`: the words speak of a share
    of something, which is no price of a share.
    """
    places = {word: place for place, word in reversed(list(enumerate(said)))}
    found = [
        (-len(phrase), min(places[one] for one in phrase), ontology.metrics[rank].dimension != family, rank, phrase)
        for word in places
        for phrase, rank in ontology.index.get(word, ())
        if phrase <= places.keys()
        and _can_measure(ontology.metrics[rank], family)
        and not (is_part and family == "share" and phrase <= _STAKES)
    ]
    if not found:
        return None, frozenset()
    *_, rank, phrase = min(found, key=lambda match: match[:4])
    return ontology.metrics[rank], phrase


def from_head(phrase: str, ontology: Ontology) -> list[str]:
    """The words of a phrase from its head on: "wheat exports of Norland" → export, wheat, norland.

    What a thing is without says what it is: "without" is kept.
    """
    parts = _LINKS.split(phrase.lower().replace(" without ", ", without_"))
    return [word for part in parts for word in reversed(stems(part.replace("_", " "), ontology))]


def _can_measure(metric: Metric, family: str) -> bool:
    return metric.dimension in {"", family} or family in {"", "share"}


def words_beside(spoken: Evidence, ontology: Ontology) -> frozenset[str]:
    """The stems of a figure and beside it, up to a stop or bracket, or to the joint before the next number."""
    start, end = spoken.span_start - spoken.start, spoken.span_end - spoken.start
    ahead, behind = spoken.quote[:start], spoken.quote[end:]
    edges, edge = list(_EDGE.finditer(ahead)), _EDGE.search(behind)
    if edges:
        ahead = ahead[edges[-1].end() :]
        if edges[-1][0].isdigit():
            ahead = _JOINT.split(ahead, maxsplit=1)[-1]
    if edge:
        behind = behind[: edge.start()]
        if edge[0].isdigit():
            behind = _JOINT.split(behind)[0]
    return frozenset(stems(f"{ahead} {spoken.span} {behind}", ontology))


def metric_beside(
    spoken: Evidence, nouns: Iterable[str], family: str, ontology: Ontology
) -> tuple[Metric | None, frozenset[str]]:
    """The metric of just this dimension that the words beside the figure name, and the words that do.

    The longest phrase wins; where two metrics are named equally well, nobody knows, and none is.
    """
    said = words_beside(spoken, ontology) | frozenset(nouns)
    found = {
        rank: phrase
        for word in said
        for phrase, rank in sorted(ontology.index.get(word, ()), key=lambda entry: len(entry[0]))
        if phrase <= said and ontology.metrics[rank].dimension == family
    }
    longest = max(map(len, found.values()), default=0)
    best = [rank for rank, phrase in found.items() if len(phrase) == longest]
    if len(best) != 1:
        return None, frozenset()
    return ontology.metrics[best[0]], found[best[0]]


def narrower(known: Metric, used: frozenset[str], spoken: Evidence, ontology: Ontology) -> tuple[Metric, frozenset[str]]:
    """The metric that the words beside a figure make of a bare one: "training it cost 5 million" is a training cost."""
    if known.name not in ontology.bare:
        return known, used
    said = words_beside(spoken, ontology)
    found = [
        (-len(phrase), rank, phrase)
        for word in said
        for phrase, rank in ontology.index.get(word, ())
        if used < phrase <= said and ontology.metrics[rank].dimension == known.dimension
    ]
    if not found:
        return known, used
    _, rank, phrase = min(found, key=lambda match: match[:2])
    return ontology.metrics[rank], phrase


def head_of(phrase: str, nouns: Iterable[str], ontology: Ontology) -> tuple[str, frozenset[str]]:
    """The last telling word before the first link ("share of exports to Brazil" → export), and the words it uses."""
    words = ontology.words
    empty = words.silent
    for part in [*_LINKS.split(phrase.lower()), " ".join(nouns)]:
        said = telling(stems(part, ontology), empty)
        if said:
            return said[-1], frozenset(said[-1:])
    return "", frozenset()
