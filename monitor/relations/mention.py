"""A figure in its sentence, and what the text around it is about: what is seen of two of them is told by seen.py."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Direction
from monitor.domain.relation import Told
from monitor.domain.stems import root, stems
from monitor.domain.unit import Units
from monitor.relations.accepted import printed
from monitor.relations.own_words import OwnWords, own_words

_NEAR_WORDS = 5  # so many telling words on either side stand near a figure
_NAME = re.compile(r"(?<=[\w,;:)\"'] )[A-ZÀ-Þ][\w'’-]+")
_CLAUSE = re.compile(r"[;:,()]|\b(?:and|but|while|whereas|against|which|who)\b")


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

    @cached_property
    def own_words(self) -> OwnWords:
        """All telling words, and how far they are the figure's own."""
        return own_words(self.sentence, self.start, self.end, self.ontology)

    @cached_property
    def titled(self) -> frozenset[str]:
        """The starts of the heading's words."""
        return frozenset(map(root, re.findall(r"[^\W\d_][\w'’-]*", self.heading)))

    def _told(self, text: str) -> list[str]:
        words = self.ontology.words
        empty = words.weak | words.calendar | words.pronouns
        return [root(word) for word in stems(text, self.ontology) if word not in empty and not word[0].isdigit()]


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
