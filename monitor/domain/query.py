"""What a reader asks of the archive: a tree of parts, the same for search and for watches.

Parts ask something of one claim and its article. `Not` is what its part is not: an undated article is not of March.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from monitor.domain.claim import ClaimStatus, Modality


class NameField(StrEnum):
    """Fields that are asked by name: what the figure is of, what it measures, who printed it, who says it first."""

    ENTITY = "entity"
    METRIC = "metric"
    SOURCE = "source"
    ASSERTER = "asserter"


class DayField(StrEnum):
    PUBLISHED = "published"
    AS_OF = "as-of"


@dataclass(frozen=True)
class Words:
    """A word in whatever form, in the statement, the title or the publisher. `phrase`: as quoted, word beside word."""

    text: str
    phrase: bool = False


@dataclass(frozen=True)
class Named:
    """A name stands in the field, singular or plural. `whole`: it is the field, letter by letter."""

    field: NameField
    name: str
    whole: bool = False


@dataclass(frozen=True)
class Kind:
    modality: Modality


@dataclass(frozen=True)
class State:
    """The claim has this status; any, if None."""

    status: ClaimStatus | None = ClaimStatus.CURRENT


@dataclass(frozen=True)
class Figure:
    """The figure reaches into a range, its ends included unless open. With a unit (canonical): in it, converted where the
    dimension is the same. Without ends: any figure of that dimension."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None


@dataclass(frozen=True)
class Days:
    """The day of publication, or the time that the figure is of, meets these days. What is not known meets none."""

    field: DayField
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Worth:
    """How much it is worth a reader's attention, 0 to 1, its ends included unless open. Unweighed claims have none."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True)
class FirstHand:
    """Whoever the claim goes back to speaks for himself in this article: `Claim.is_first_hand`."""


@dataclass(frozen=True)
class Not:
    part: "Part"


@dataclass(frozen=True)
class All:
    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Part", ...]


Leaf = Words | Named | Kind | State | Figure | Days | Worth | FirstHand
Part = Leaf | Not | All | Either
CURRENT = State()


@dataclass(frozen=True)
class Query:
    """A question, parsed. `text` is what was typed; `warnings` say what of it was not understood."""

    part: Part = CURRENT
    text: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[Words, ...]:
        """The words that an answer may have: what it is ranked by. Those left out are none."""
        return tuple(leaf for leaf, without in leaves(self.part) if isinstance(leaf, Words) and not without)

    @property
    def meaning(self) -> str:
        """What to look for by meaning: nothing where words are quoted, for then they alone are meant."""
        asked = self.words
        return "" if any(one.phrase for one in asked) else " ".join(one.text for one in asked)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that every current claim answers."""
        return self.part == CURRENT


def all_of(parts: Iterable[Part]) -> Part | None:
    """What holds where all of these hold; None where there is none."""
    return _joined(All, parts)


def either_of(parts: Iterable[Part]) -> Part | None:
    """What holds where one of these holds; None where there is none."""
    return _joined(Either, parts)


def without(part: Part) -> Part:
    """What holds where this does not."""
    return part.part if isinstance(part, Not) else Not(part)


def standing(part: Part | None) -> Part:
    """The part, of claims that stand: of those alone unless a state is asked for in it."""
    if part is None:
        return CURRENT
    if any(isinstance(leaf, State) for leaf, _ in leaves(part)):
        return part
    return All((*part.parts, CURRENT)) if isinstance(part, All) else All((part, CURRENT))


def asking(*parts: Part) -> Query:
    """The query for claims that stand, of which all this holds."""
    return Query(standing(all_of(parts)))


def leaves(part: Part, *, turned: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """What is asked, in order, each with whether it is left out."""
    match part:
        case Not():
            yield from leaves(part.part, turned=not turned)
        case All() | Either():
            for below in part.parts:
                yield from leaves(below, turned=turned)
        case _:
            yield part, turned


def _joined(kind: type[All] | type[Either], parts: Iterable[Part]) -> Part | None:
    flat: list[Part] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)
