"""A claim read as somebody says it is to be read: one of a text that he gave, or one of the archive."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from monitor.domain.claim import Claim, Modality
from monitor.domain.correction import Correction
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from monitor.errors import QueryWrong

if TYPE_CHECKING:
    from monitor.app.parts import Parts
    from monitor.archive.bounds import Bounds
    from monitor.archive.figures import Amount

T = TypeVar("T")
_TIME = "Write 2026, 2026-03, 2026-03-09, or two of these with a slash between."
_RANGE = "write a number with its unit, a bound or a range: 55%, >=30 tonnes, 20..30%"


def corrected(parts: "Parts", claim: Claim, asked: Correction) -> Claim:
    """The claim with the fields that were named. QueryWrong names the one that cannot be understood."""
    if asked.figure:
        claim = replace(claim, quantity=_quantity(parts, claim.quantity, asked.figure))
    if asked.hedge:
        claim = replace(claim, quantity=_hedged(claim.quantity, _known("hedge", Approximation, asked.hedge)))
    if asked.subject and asked.subject != claim.subject:
        claim = _of(parts, claim, " ".join(asked.subject.split()))
    if asked.metric:
        claim = replace(claim, metric=" ".join(asked.metric.split()))
    if asked.time:
        claim = replace(claim, time=_known("as-of", Period.parse, asked.time, _TIME), time_text=asked.time)
    return replace(claim, modality=_known("kind", Modality, asked.kind)) if asked.kind else claim


def _of(parts: "Parts", claim: Claim, subject: str) -> Claim:
    entity = parts.store.entities.by_name(subject)
    if entity is None:
        return replace(claim, subject=subject, subject_id=content_id("ent", subject.lower()), subject_kind="other")
    return replace(claim, subject=entity.name, subject_id=entity.id, subject_kind=entity.kind)


def _quantity(parts: "Parts", before: Quantity, text: str) -> Quantity:
    from monitor.archive import figures
    from monitor.interchange import written_step

    if before.date is not None:
        return replace(before, date=_known("value", Period.parse, text, _TIME).iso())
    found = figures(text.strip(), parts.units)
    if found is None:
        raise _wrong("value", f"{text!r} is no figure", _RANGE)
    ends = [end for end in (found.low, found.high) if end is not None]
    if unknown := next((end.unknown for end in ends if end.unknown), ""):
        raise _wrong("value", f"{unknown!r} is no unit", _RANGE)
    unit = next((end.unit for end in ends if end.unit), before.unit)
    low, high = (None if end is None else end.number for end in (found.low, found.high))
    step = written_step(text, low if low is not None else high)
    if low == high:
        return Quantity(unit, low, direction=before.direction, step=step)
    return Quantity(unit, None, low, high, None, _bound(found), before.direction, step)


def _bound(found: "Bounds[Amount]") -> Approximation:
    if found.low is not None and found.high is not None:
        return Approximation.RANGE
    if found.high is None:
        return Approximation.MORE_THAN if found.low_open else Approximation.AT_LEAST
    return Approximation.LESS_THAN if found.high_open else Approximation.AT_MOST


def _hedged(quantity: Quantity, hedge: Approximation) -> Quantity:
    """A figure with another hedge: one number becomes a bound, a bound one number."""
    number = next((end for end in (quantity.value, quantity.low, quantity.high) if end is not None), None)
    if hedge is Approximation.RANGE or (quantity.low is not None and quantity.high is not None):
        if quantity.approximation is hedge:
            return quantity
        raise _wrong("hedge", "a range has two ends, and another figure one", "Write the figure as you mean it: 20..30%.")
    plain = replace(quantity, value=None, low=None, high=None, approximation=hedge)
    if hedge in (Approximation.AT_LEAST, Approximation.MORE_THAN):
        return replace(plain, low=number)
    if hedge in (Approximation.AT_MOST, Approximation.LESS_THAN):
        return replace(plain, high=number)
    return replace(plain, value=number)


def _known(parameter: str, read: Callable[[str], T], text: str, mend: str = "Take one of the list.") -> T:
    try:
        return read(text.strip())
    except ValueError as error:
        raise _wrong(parameter, f"{text!r} is not known there", mend) from error


def _wrong(parameter: str, why: str, mend: str) -> QueryWrong:
    return QueryWrong("Cannot read the figure so", why=why, mend=mend, parameter=parameter)
