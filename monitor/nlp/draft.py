"""A figure in the making, and what drafting needs to know."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.domain.quantity import Approximation
from monitor.domain.unit import Surface
from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.measures import Measure, UnitForms
from monitor.nlp.numbers import Number

DASHES = "-–—‑‐−"
PLAIN = ("digits", "words")


@dataclass
class Draft:
    """A figure in the making. Pieces `first` to `last` are number and unit; `start` to `end` its hedges too (half-open).

    `upper`: the other end of a range. `surface`: the unit as written, None for a count. `measure`: where it stands.
    `score`: one side of "a 3-2 vote". `below`: what the unit is divided by where powers say it ("m s−1": second).
    """

    number: Number
    first: int
    last: int
    start: int = 0
    end: int = 0
    surface: Surface | None = None
    measure: Measure | None = None
    upper: Number | None = None
    sign: int = 1
    approximation: Approximation = Approximation.EXACT
    per: str | None = None
    score: str | None = None
    shared: bool = False
    below: str = ""


@dataclass(frozen=True)
class Reading:
    """What drafting needs to know: the pieces, words, unit forms, and which pieces may not be read.

    `counts`: whether the number at this piece counts the noun after it ("in three towns", not "one in three").
    `changes_before`: whether a word of change stands before this piece in its sentence ("rose from 3 to 5").
    `moved`: whether the word before it is one of change ("rose 3p to 40p").
    `moved_up`: whether the word before this piece is a verb of movement ("edged up to").
    """

    lexed: Lexed
    cues: FigureCues
    forms: UnitForms
    blocked: Callable[[int], bool]
    changes_before: Callable[[int], bool]
    counts: Callable[[int], bool]
    moved_up: Callable[[int], bool]
    moved: Callable[[int], bool]
