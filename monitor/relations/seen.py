"""What is seen of two figures in their sentences, by name, each as a number; the order of the two does not matter.

It can be read off both sentences: no vectors, so two sentences give the same on every machine.
"""

import math

from monitor.domain.period import Period
from monitor.domain.quantity import Direction
from monitor.domain.stems import stems
from monitor.relations.answered import answered, roles
from monitor.relations.mention import Mention
from monitor.relations.moments import moments

_FACTORS = (("near", 0.3), ("very near", 0.1), ("not far", 0.7))  # how far two figures are apart, as `_apart` has it
_FAR, _FARTHEST = 1.6, 2.0
_NEAR_YEARS, _FAR_YEARS = 3, 12
_LONG = 60  # days between two times from which on a thing is likely to have moved on
# Small counts are near each other though one is twice the other; so many are added to both. Shares differ by points.
_ADDED, _POINTS = 3.0, 40.0
READ, SUBJECTS, METRICS = "subject and metric read", "subjects", "metrics"
_SORTS = frozenset({"date", "count", "share"})
_SMALL = frozenset({"count", "rank", "ratio"})


def seen_of(one: Mention, other: Mention) -> dict[str, float]:
    """What is seen of two mentions, by name."""
    return {
        **_words(one, other),
        **_names(one, other),
        **_sizes(one, other),
        **_times(one, other),
        **moments(one, other),
        **answered(one, other),
        **roles(one, other),
        **_read(one, other),
        "one unit": float(one.unit == other.unit),
        "one is a change": float((one.direction is None) != (other.direction is None)),
        "opposite changes": float({one.direction, other.direction} == {Direction.UP, Direction.DOWN}),
        f"of {one.dimension if one.dimension in _SORTS else 'another dimension'}": 1.0,
    }


def _words(one: Mention, other: Mention) -> dict[str, float]:
    first, second = one.words - one.head, other.words - other.head
    said, heard = other.words | other.figure | other.head, one.words | one.figure | one.head
    of_first, of_second = _share(one.clause, said), _share(other.clause, heard)
    return {
        "words shared": _dice(first, second),
        "words of the shorter": max(_share(first, second), _share(second, first)),
        "clauses shared": _dice(one.clause, other.clause),
        "clause found": max(of_first, of_second),
        "other clause found": min(of_first, of_second),
        "near words shared": _dice(one.near, other.near),
        "figure words shared": _dice(one.figure, other.figure),
        "other things counted": float(bool(one.figure and other.figure) and one.figure.isdisjoint(other.figure)),
    }


def _names(one: Mention, other: Mention) -> dict[str, float]:
    first, second = one.names - other.head, other.names - one.head
    only, others = first - second, second - first
    return {
        "a name shared": float(bool(first & second)),
        "other names": float(bool(only and others)),
        "a name in one": float(bool(only) != bool(others)),
    }


def _sizes(one: Mention, other: Mention) -> dict[str, float]:
    if one.day and other.day:
        years = abs(one.day.first.year - other.day.first.year)
        return {
            "near years": float(years <= _NEAR_YEARS),
            "far years": float(years > _FAR_YEARS),
            "dates as exact": float(len(one.day.iso()) == len(other.day.iso())),
        }
    if one.size is None or other.size is None:
        return {}
    apart = _apart(abs(one.size), abs(other.size), one.dimension)
    near = {name: float(apart < reach) for name, reach in _FACTORS}
    return {**near, "apart": min(apart, _FARTHEST), "far": float(apart > _FAR)}


def _apart(one: float, other: float, dimension: str) -> float:
    """The natural logarithm of the factor between two figures; of shares, what is between them."""
    if dimension == "share":
        return abs(one - other) / _POINTS
    added = _ADDED if dimension in _SMALL else 0.0
    first, second = one + added, other + added
    return abs(math.log(first) - math.log(second)) if first and second else _FARTHEST


def _times(one: Mention, other: Mention) -> dict[str, float]:
    """A figure of one time is no answer for another, and one before a day none for that day."""
    if not one.times or not other.times:
        return {"a time in one": float(bool(one.times) != bool(other.times))}
    pairs = [(a, b) for a in one.times for b in other.times]
    shared = [(a, b) for a, b in pairs if a.period.overlaps(b.period)]
    gap = min(_gap(a.period, b.period) for a, b in pairs)
    return {
        "a time shared": float(any(a.way == b.way for a, b in shared)),
        "other times": float(not shared),
        "times far apart": float(not shared and gap > _LONG),
        "on two sides of a time": float(bool(shared) and all(a.way != b.way for a, b in shared)),
    }


def _read(one: Mention, other: Mention) -> dict[str, float]:
    """What subject and metric say, from -1 to 1, where both were read."""
    if not (one.metric and other.metric):
        return {}
    told = [frozenset(stems(text, one.ontology)) for text in (one.subject, other.subject, one.metric, other.metric)]
    return {SUBJECTS: 2 * _dice(told[0], told[1]) - 1, METRICS: 2 * _dice(told[2], told[3]) - 1, READ: 1.0}


def _gap(one: Period, other: Period) -> int:
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
