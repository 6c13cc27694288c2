"""Every custom attribute of Doc, in one list. Offsets are characters of `doc.text`, half-open."""

from dataclasses import dataclass
from decimal import Decimal

from spacy.tokens import Doc

from monitor.domain.claim import Modality, Polarity
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source


@dataclass(frozen=True)
class QuantitySpan:
    """A figure with its hedge ("about 55 per cent"). `counted`: the noun phrase counted ("people", "H100 GPUs"), or None.

    `number_start`/`number_end`: the bare number without hedge and unit. `unit_start`/`unit_end`: the unit or counted
    noun phrase, equal where there is none; it may lie outside the span (in a list that shares a unit).
    `same_as`: index in `doc._.quantities` of the other reading of this figure.
    `aside`: why this is not a figure to claim: "scope" (the 7 nm of "7 nm yield": a qualifier), "age", "sources"
    (a count of sources), "period" (places the sentence in time), "illustration", "definite" ("the two"), "writing" (of
    a text's own words); empty for a figure. In `doc._.passing`: "one" (one thing, not counted among more), "window"
    (a date's: "the past two years").
    `factor`: what the number as written was multiplied by to be in its unit (25 basis points: 0.01).
    """

    start: int
    end: int
    quantity: Quantity
    number_start: int
    number_end: int
    unit_start: int
    unit_end: int
    counted: str | None = None
    same_as: int | None = None
    aside: str = ""
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class DateSpan:
    """Date words and the period they mean. `is_figure`: the date is itself what is stated ("slips to March 2027")."""

    start: int
    end: int
    period: Period
    is_figure: bool = False


@dataclass(frozen=True)
class EntitySpan:
    """A mention. `known`: from the gazetteer or settings, not proposed by statistics or this article alone."""

    start: int
    end: int
    entity_id: str
    name: str
    kind: str
    known: bool = False


@dataclass(frozen=True)
class Attribution:
    """A region of text and who asserts it, nearest first, without the publisher. `modality`: what the cue implies."""

    start: int
    end: int
    chain: tuple[Source, ...]
    cue_start: int
    cue_end: int
    modality: Modality | None = None


@dataclass(frozen=True)
class ModalitySpan:
    """A region of text under a cue of denial, hedging, forecast, plan, estimate, hypothesis or question."""

    start: int
    end: int
    modality: Modality
    polarity: Polarity
    cue_start: int
    cue_end: int


ATTRIBUTES: dict[str, object] = {
    "article": None,  # domain Article being read
    "where": "body",  # body or title: each is a Doc of its own
    "paragraphs": [],  # (start, end) of each paragraph
    "headings": [],  # (start, end) of paragraphs that are headings
    "quantities": [],
    "passing": [],  # numbers that nothing is claimed of and no figure goes on with
    "dates": [],
    "entities": [],
    "names": {},  # folded surface → canonical name; a title's Doc comes with those of its body
    "world": None,  # world.World: what the article has to do with harvests, national statistics and the like
    "attributions": [],
    "modalities": [],
}


def register() -> None:
    """Make the attributes known to spaCy. Safe to call twice."""
    for name, default in ATTRIBUTES.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
