"""Two readings of one figure? What a text gives in two currencies, the one right behind the other."""

import re

from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told
from monitor.domain.unit import Units

_WORD = re.compile(r"[\w.]+")
_OPENS = re.compile(r"\s*[(\[=/]")


def are_readings(a: Told, b: Told, units: Units, ontology: Ontology) -> bool:
    """Whether two sums of a sentence are one: their reader says so, or they are "250 billion rupiah ($15.2 million)"."""
    if b.claim.id in a.claim.same_as or a.claim.id in b.claim.same_as:
        return True
    if a.article.id != b.article.id:
        return False
    first, second = sorted((a.claim.evidence, b.claim.evidence), key=lambda one: one.span_start)
    if first.where is not second.where or first.start != second.start:
        return False
    if not _is_money(a, units) or not _is_money(b, units) or a.claim.quantity.unit == b.claim.quantity.unit:
        return False
    between = first.quote[first.span_end - first.start : second.span_start - first.start].lower()
    said = _WORD.findall(f"{between} {second.span.lower()}" if between.strip() == "," else between)
    hedges = ontology.words.readings
    if between.strip() == ",":  # a bare comma sets two sums side by side; a hedge behind it says one of them again
        return bool(said) and said[0] in hedges
    return all(word in hedges for word in said) and bool(said or _OPENS.match(between))


def _is_money(told: Told, units: Units) -> bool:
    return units.get(told.claim.quantity.unit).dimension.startswith("money")
