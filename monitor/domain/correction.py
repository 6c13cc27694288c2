"""A figure read otherwise than the extractor reads it: what a person asks for, and what that changes of a claim."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from monitor.domain.claim import Claim, Modality
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity

Fields = Mapping[str, Any]
"""Of a claim, by name: plain values that outlive versions of program and rules. See `differing`."""
_PLAIN = ("subject", "subject_id", "subject_kind", "metric", "time_text", "confidence", "reader", "read_by")
_NUMBERS = frozenset({"value", "low", "high", "step"})


@dataclass(frozen=True)
class Correction:
    """How somebody wants a figure to be read; what is empty stays as it was. `place`: which of a text, 1 for the first.

    `figure`: as one types it in a search (`55%`, `>=30 tonnes`, `20..30`); `time`: an ISO day, month, year or interval.
    """

    place: int = 1
    subject: str = ""
    metric: str = ""
    figure: str = ""
    hedge: str = ""
    time: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be read otherwise."""
        return not (self.subject or self.metric or self.figure or self.hedge or self.time or self.kind)


def differing(before: Claim, after: Claim) -> tuple[Fields, Fields]:
    """The fields in which two readings of one claim differ, as each has them."""
    old, new = _plain(before), _plain(after)
    names = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def read_as(claim: Claim, said: Fields) -> Claim:
    """The claim with these of its fields."""
    values: dict[str, Any] = {name: said[name] for name in _PLAIN if name in said}
    if "quantity" in said:
        values["quantity"] = _quantity(said["quantity"])
    if "time" in said:
        values["time"] = None if said["time"] is None else Period.parse(said["time"])
    if "modality" in said:
        values["modality"] = Modality(said["modality"])
    return replace(claim, **values)


def _plain(claim: Claim) -> dict[str, Any]:
    figure = {one.name: getattr(claim.quantity, one.name) for one in fields(Quantity)}
    figure |= {name: str(figure[name]) for name in _NUMBERS if figure[name] is not None}
    return {
        **{name: getattr(claim, name) for name in _PLAIN},
        "quantity": figure,
        "time": None if claim.time is None else claim.time.iso(),
        "modality": claim.modality.value,
    }


def _quantity(said: Fields) -> Quantity:
    numbers = {name: None if said[name] is None else Decimal(said[name]) for name in _NUMBERS}
    direction = None if said["direction"] is None else Direction(said["direction"])
    kinds = {"approximation": Approximation(said["approximation"]), "direction": direction}
    return Quantity(**{**said, **numbers, **kinds})
