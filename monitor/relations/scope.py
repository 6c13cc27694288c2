"""Same scope? Named against named must match; named against open is compatible, and says so."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from monitor.domain.claim import Claim
from monitor.domain.fit import Fit, fit, stages_differ
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told
from monitor.domain.stems import stems
from monitor.domain.topic import Topic, topic_of
from monitor.domain.unit import Units, is_count_unit
from monitor.relations.accepted import printed
from monitor.relations.bases import base_between, note_of
from monitor.relations.currency import worths
from monitor.relations.denial import names_the_figure, rejects_the_figure, tells_again
from monitor.relations.reason import as_written
from monitor.relations.wording import gives_only_another

# What a claim leaves open is what its article is about: the headline and the first sentence or two say it.
_LEAD = 250
# A happening is named after one place in the headline and after another further down.
_WIDE_LEAD = 1000
# A denial that names the very figure of another claim is of the same thing, however it words it.
_BY_FIGURE = 0.95
_PERCENTS = {"percent", "percentage_point"}
_ONE = (Decimal(1), Decimal(1))
# What the unit of a bare number counts.
_ANYTHING = "item"


class Scope(NamedTuple):
    """Whether two claims are of one thing. `why_not` is empty if so. `notes`: what one names and the other leaves open.

    `score`: 0 to 1. `unit_differs`: percent against percentage points, which are compared by their bare numbers.
    `by_figure`: one denies the very figure of the other, and so is of the same thing. `by_person`: somebody said so.
    """

    score: float
    why_not: str = ""
    notes: tuple[str, ...] = ()
    unit_differs: bool = False
    one: Topic | None = None
    other: Topic | None = None
    by_figure: bool = False
    by_person: bool = False


def same_scope(a: Told, b: Told, units: Units, ontology: Ontology) -> Scope:
    """Compare subject, metric, named scope and unit of two claims."""
    one, other = _topic(a, ontology, units), _topic(b, ontology, units)
    if (
        a.claim.is_denial != b.claim.is_denial
        and not stages_differ(one, other)
        and (names_the_figure(a, b, ontology) or names_the_figure(b, a, ontology))
    ):
        return Scope(_BY_FIGURE, one=one, other=other, by_figure=True)
    found = fit(one, other, ontology)
    if found.by_event and (a.article.id == b.article.id or a.claim.quantity.vague or b.claim.quantity.vague):
        return Scope(0.0, "one article names two things, or one says no number of what the other names otherwise")
    why_not = found.why_not or _open_side_is_other(a, b, found.only_a, found.only_b, ontology)
    if not why_not and not found.is_short_form:
        why_not = _is_part(a, b, one, found.only_a, found.only_b, ontology)
    if why_not and tells_again(a, b, one, other, ontology):
        return Scope(_BY_FIGURE, one=one, other=other, notes=("worded otherwise",), by_figure=True)
    if why_not and _rejected(a, b, one, other, units, ontology):
        return Scope(_BY_FIGURE, one=one, other=other, notes=("one rejects the other's figure",), by_figure=True)
    if why_not:
        return Scope(0.0, why_not)
    mixed = _units_mixed(a, b)
    if not mixed and not comparable_units(a, b, units, ontology):
        return Scope(0.0, _other_units(a, b))
    notes = [*_notes(a.claim, b.claim, one, other, found)]
    if a.claim.quantity.unit != b.claim.quantity.unit:
        notes += [*_rates(a, b, units, ontology), *_division(a, b, ontology)]
    return Scope(found.score, "", tuple(notes), mixed, one, other)


def _rejected(a: Told, b: Told, one: Topic, other: Topic, units: Units, ontology: Ontology) -> bool:
    if not comparable_units(a, b, units, ontology):
        return False
    return rejects_the_figure(a, b, one, other, ontology) or rejects_the_figure(b, a, other, one, ontology)


def scope_by_person(a: Told, b: Told, units: Units, ontology: Ontology) -> Scope:
    """The scope of two claims that a person put on one question: units alone can set them apart."""
    one, other, mixed = _topic(a, ontology, units), _topic(b, ontology, units), _units_mixed(a, b)
    if not mixed and not comparable_units(a, b, units, ontology):
        return Scope(0.0, _other_units(a, b))
    return Scope(1.0, "", ("a person put them on one question",), mixed, one, other, by_person=True)


def _other_units(a: Told, b: Told) -> str:
    units = (told.claim.quantity.unit.replace("count:", "").replace("_", " ").replace("/", " per ") for told in (a, b))
    return "{} and {} cannot be turned into each other".format(*units)


@kept
def _topic(told: Told, ontology: Ontology, units: Units) -> Topic:
    return topic_of(told.claim, told.article, ontology, units)


def _notes(a: Claim, b: Claim, one: Topic, other: Topic, found: Fit) -> Iterable[str]:
    """What one side names and the other leaves open."""
    if found.only_a or found.only_b:
        first, second = as_written(a, found.only_a), as_written(b, found.only_b)
        if found.only_a and found.only_b:
            yield f"one names {first}, the other {second}"
        elif first or second:
            yield f"only one of them names {first or second}"
    if bool(one.per) != bool(other.per):
        yield f"only one of them is per {one.per or other.per}"


def _rates(a: Told, b: Told, units: Units, ontology: Ontology) -> Iterable[str]:
    """At what rates two currencies were set against each other."""
    for told, worth in zip((a, b), worths(a, b, units, ontology) or (), strict=False):
        if worth != 1:
            yield f"at {worth} US dollars for 1 {told.claim.quantity.unit.partition('/')[0]}"


def _division(a: Told, b: Told, ontology: Ontology) -> Iterable[str]:
    """How a count was turned into a share."""
    base = base_between(a, b, ontology)
    if base:
        yield note_of(a if is_count_unit(a.claim.quantity.unit) else b, base)


def comparable_units(a: Told, b: Told, units: Units, ontology: Ontology) -> bool:
    """Whether one unit can be turned into the other: one dimension, or a rate whose "per" the other leaves open."""
    one, other = a.claim.quantity.unit, b.claim.quantity.unit
    if one == other or (is_count_unit(one) and is_count_unit(other)):
        return True
    if a.claim.quantity.is_empty or b.claim.quantity.is_empty or worths(a, b, units, ontology):
        return True
    if base_between(a, b, ontology):
        return True
    if "/" in one and "/" in other and _is_rate_of_counts(one, units) and _is_rate_of_counts(other, units):
        return units.get(one.partition("/")[2]).dimension == units.get(other.partition("/")[2]).dimension
    if ("/" in one) != ("/" in other):
        one, other = one.partition("/")[0], other.partition("/")[0]
        if is_count_unit(one) or is_count_unit(other):  # "15,000 a month" of what the other names
            nouns = one.rpartition(":")[2], other.rpartition(":")[2]
            return nouns[0] == nouns[1] or _ANYTHING in nouns
    return units.get(one).dimension == units.get(other).dimension


def factors(a: Told, b: Told, units: Units, ontology: Ontology) -> tuple[Decimal, Decimal]:
    """What to multiply each figure with, so that both are in one unit."""
    one, other = a.claim.quantity.unit, b.claim.quantity.unit
    if one == other:
        return _ONE
    rates = worths(a, b, units, ontology)
    if rates:
        return rates
    base = base_between(a, b, ontology)
    if base:
        share = Decimal(100) / base.value
        return (share, Decimal(1)) if is_count_unit(a.claim.quantity.unit) else (Decimal(1), share)
    if _units_mixed(a, b):
        return _ONE
    if ("/" in one) != ("/" in other):
        one, other = one.partition("/")[0], other.partition("/")[0]
    return units.get(one).factor, units.get(other).factor


def _is_rate_of_counts(unit: str, units: Units) -> bool:
    """Whether what stands above the line is a thing that is counted: no unit of the table."""
    above = unit.partition("/")[0]
    return above.startswith("count:") or (units.get(above).dimension == above and above not in units.table)


def _units_mixed(a: Told, b: Told) -> bool:
    one, other = a.claim.quantity.unit, b.claim.quantity.unit
    return one != other and {one, other} == _PERCENTS


def _open_side_is_other(a: Told, b: Told, only_a: frozenset[str], only_b: frozenset[str], ontology: Ontology) -> str:
    """In one article a narrower name is another thing; elsewhere the open side's article must speak of it, too."""
    if only_a and only_b:
        known = (only_a <= context(b, ontology, _WIDE_LEAD)) and (only_b <= context(a, ontology, _WIDE_LEAD))
        return "" if known and a.article.id != b.article.id else "the two are named after different places"
    extra, narrow, open_side = (only_a, a, b) if only_a else (only_b, b, a)
    if not extra:
        return ""
    if gives_only_another(a, b, ontology):
        return ""
    if a.article.id == b.article.id and a.claim.evidence.where == b.claim.evidence.where:
        return f"one article sets {as_written(narrow.claim, extra)} apart"
    missing = as_written(narrow.claim, extra - context(open_side, ontology))
    return f"the article of {open_side.claim.evidence.span} does not speak of {missing}" if missing else ""


def _is_part(a: Told, b: Told, topic: Topic, only_a: frozenset[str], only_b: frozenset[str], ontology: Ontology) -> str:
    """A part's count or sum under the whole's is no contradiction."""
    if topic.family not in ontology.additive or topic.is_change or bool(only_a) == bool(only_b):
        return ""
    part, whole = (a, b) if only_a else (b, a)
    small, large = printed(part.claim.quantity), printed(whole.claim.quantity)
    if small is None or large is None or small >= large:
        return ""
    return f"{part.claim.evidence.span} may be of a part of what {whole.claim.evidence.span} is of"


@kept
def context(told: Told, ontology: Ontology, lead: int = _LEAD) -> frozenset[str]:
    """The words that a reader has before him: headline, opening, and the sentence itself."""
    article = told.article
    return frozenset(stems(f"{article.title} {article.text[:lead]} {told.claim.evidence.quote}", ontology))
