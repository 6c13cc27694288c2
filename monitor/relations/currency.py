"""Sums in two currencies: compared at the rate of the days on which they were told, where an operator gave one."""

from datetime import date
from decimal import Decimal

from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told
from monitor.domain.unit import Units

# Rates are counted in it.
_BASE = "USD"


def worths(a: Told, b: Told, units: Units, ontology: Ontology) -> tuple[Decimal, Decimal] | None:
    """What one unit of each figure is worth in US dollars; None unless they are sums in two currencies of known rates."""
    if not ontology.rates:
        return None
    (one, below), (other, other_below) = (_parts(told) for told in (a, b))
    if one == other or below != other_below:
        return None
    if not all(units.get(name).dimension.startswith("money") for name in (one, other)):
        return None
    first, second = _worth(one, _day(a), ontology), _worth(other, _day(b), ontology)
    return None if first is None or second is None else (first, second)


def _worth(currency: str, day: date, ontology: Ontology) -> Decimal | None:
    if currency == _BASE:
        return Decimal(1)
    known = (rate.worth for rate in ontology.rates if rate.currency == currency and rate.first <= day <= rate.last)
    return next(known, None)


def _parts(told: Told) -> tuple[str, str]:
    above, _, below = told.claim.quantity.unit.partition("/")
    return above, below


def _day(told: Told) -> date:
    return (told.article.published or told.article.arrived).date()
