"""Two figures in their sentences → how likely they answer one question, whatever they say.

The weights are made by models/training/comparable.py and applied here: a sum, and a curve from 0 to 1. What is looked
at can be read off both sentences: no vectors, so two sentences get the same number on every machine.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Direction
from monitor.domain.relation import Told
from monitor.domain.stems import stems
from monitor.domain.unit import Units
from monitor.errors import AssetsWrong
from monitor.relations.accepted import printed

LEAST, MOST = 0.01, 0.99
_NEAR_WORDS = 5  # so many telling words on either side stand near a figure
_ROOT = 6  # "released" and "release", "carried" and "carries" are one word up to here
_NAME = re.compile(r"(?<=[\w,;:)\"'] )[A-ZÀ-Þ][\w'’-]+")
_CLAUSE = re.compile(r"[;:,()]|\b(?:and|but|while|whereas|against|which|who)\b")
_FACTORS = (("near", 0.3), ("very near", 0.1))  # natural logarithms of the factor between two figures
_FAR, _FARTHEST = 1.6, 5.0
_NEAR_YEARS, _FAR_YEARS = 3, 12
_LONG = 60  # days between two times from which on a thing is likely to have moved on
READ, SUBJECTS, METRICS = "subject and metric read", "subjects", "metrics"
_SORTS = frozenset({"date", "count", "share"})


@dataclass(frozen=True)
class Stamp:
    """A time that a sentence places its figure in. `way`: -1 before it, 1 after it, 0 in it or as of it."""

    period: Period
    way: int = 0


@dataclass(frozen=True)
class Mention:
    """A figure in its sentence, and what the text around is about.

    `start`, `end`: of the figure with its unit, in `sentence`. `dimension`: as of the table of units, `count` for all
    that is counted, `date`. `size`: the number in the dimension's first unit; of a date, `day` says it. `subject`
    and `metric` are empty where nobody has read them. `times`: other times that the sentence names.
    """

    heading: str
    sentence: str
    start: int
    end: int
    dimension: str
    unit: str
    ontology: Ontology = field(repr=False)
    size: float | None = None
    day: Period | None = None
    direction: Direction | None = None
    times: tuple[Stamp, ...] = ()
    subject: str = ""
    metric: str = ""

    @cached_property
    def figure(self) -> frozenset[str]:
        """The words of the figure itself: "people" of "300 people"."""
        return frozenset(self._told(self.sentence[self.start : self.end]))

    @cached_property
    def head(self) -> frozenset[str]:
        """The words of the heading."""
        return frozenset(self._told(self.heading))

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of the sentence without the figure's own."""
        return frozenset(self._told(f"{self.sentence[: self.start]} {self.sentence[self.end :]}"))

    @cached_property
    def clause(self) -> frozenset[str]:
        """The telling words of its clause."""
        ahead, behind = self.sentence[: self.start], self.sentence[self.end :]
        return frozenset(self._told(f"{_CLAUSE.split(ahead)[-1]} {_CLAUSE.split(behind)[0]}")) | self.figure

    @cached_property
    def near(self) -> frozenset[str]:
        """The telling words next to it, on either side."""
        ahead, behind = self._told(self.sentence[: self.start]), self._told(self.sentence[self.end :])
        return frozenset([*ahead[-_NEAR_WORDS:], *behind[:_NEAR_WORDS]]) | self.figure

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of the sentence that are not in the heading."""
        found = " ".join(match[0] for match in _NAME.finditer(self.sentence))
        return frozenset(self._told(found)) - self.head

    def _told(self, text: str) -> list[str]:
        words = self.ontology.words
        empty = words.weak | words.calendar | words.pronouns
        return [word[:_ROOT] for word in stems(text, self.ontology) if word not in empty and not word[0].isdigit()]


def mention_of(told: Told, units: Units, ontology: Ontology) -> Mention:
    """A claim as it stands in its sentence."""
    claim, evidence = told.claim, told.claim.evidence
    unit = claim.quantity.unit
    number, scale = printed(claim.quantity), units.get(unit.partition("/")[0]).factor
    day = Period.parse(claim.quantity.date) if claim.quantity.date else None
    words = claim.time_text.lower().split()
    stamps = (Stamp(claim.time, way_of(words[0], ontology)),) if claim.time and words and day is None else ()
    return Mention(
        told.article.title,
        evidence.quote,
        evidence.span_start - evidence.start,
        evidence.span_end - evidence.start,
        dimension_of(unit, units),
        unit,
        ontology,
        None if number is None or day else float(number * scale),
        day,
        claim.quantity.direction,
        stamps,
        claim.subject,
        claim.metric,
    )


def dimension_of(unit: str, units: Units) -> str:
    """The dimension above the line; all that is counted is one."""
    above = unit.partition("/")[0]
    return "count" if above.startswith("count:") else units.get(above).dimension


def way_of(word: str, ontology: Ontology) -> int:
    """Whether a word ahead of a time means before it (-1), after it (1), or neither."""
    return (word in ontology.words.later) - (word in ontology.words.sooner)


@dataclass(frozen=True)
class Comparable:
    """A weight for each thing that may be seen of two mentions; what has none does not count."""

    base: float
    weights: Mapping[str, float]

    @staticmethod
    def read(path: Path) -> "Comparable":
        """The weights of a file. AssetsWrong where it cannot be understood."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            return Comparable(float(table["base"]), {name: float(value) for name, value in table["weights"].items()})
        except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
            raise AssetsWrong(f"Cannot read {path}", why=str(error), mend="Install the package again.") from error

    def of(self, one: Mention, other: Mention) -> float:
        """How likely both answer one question, in hundredths; the order does not matter. 0 across dimensions."""
        if one.dimension != other.dimension:
            return 0.0
        seen = seen_of(one, other)
        total = self.base + sum(self.weights.get(name, 0.0) * value for name, value in sorted(seen.items()))
        return round(min(max(1 / (1 + math.exp(-total)), LEAST), MOST), 2)


def seen_of(one: Mention, other: Mention) -> dict[str, float]:
    """What is seen of two mentions, by name."""
    return {
        **_words(one, other),
        **_names(one, other),
        **_sizes(one, other),
        **_times(one, other),
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
    if not one.size or not other.size:
        return {}
    apart = abs(math.log(abs(one.size)) - math.log(abs(other.size)))
    near = {name: float(apart < reach) for name, reach in _FACTORS}
    return {**near, "apart": min(apart, _FARTHEST), "far": float(apart > _FAR)}


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
