"""Which figure a denial denies: it names it, and its article speaks of what the figure is of."""

from datetime import date

from monitor.domain.claim import Modality
from monitor.domain.figure import telling_figure
from monitor.domain.fit import kinds_differ
from monitor.domain.ontology import Ontology
from monitor.domain.rejected import rejected_figures
from monitor.domain.relation import Told
from monitor.domain.repeat import may_be_reworded, repeats
from monitor.domain.source import SourceKind
from monitor.domain.stems import own_names, proper_names, spoken_of
from monitor.domain.topic import Topic
from monitor.relations.reason import asserter


def names_the_figure(denial: Told, other: Told, ontology: Ontology) -> bool:
    """Whether a denial is of the very figure of another claim, whatever its own words make of it.

    "The ministry called 8.4 a fantasy" says of nothing what it is; who has read of 8.4 metres that week knows.
    """
    if not denial.claim.is_denial or other.claim.is_denial:
        return False
    figure = telling_figure(other.claim, _day(other))
    if not figure or telling_figure(denial.claim, _day(denial)) != figure:
        return False
    if denial.claim.modality is not Modality.DENIED and asserter(denial).kind is SourceKind.PUBLISHER:
        return False  # a "no" that nobody is quoted with need not be of the figure at all
    apart = abs((_day(denial) - _day(other)).days)
    named = own_names(other.claim, ontology) & spoken_of(denial.claim, denial.article, ontology)
    return apart <= ontology.tolerances.slow_days and bool(named)


def rejects_the_figure(a: Told, b: Told, one: Topic, other: Topic, ontology: Ontology) -> bool:
    """Whether a's sentence says that the very figure of b is not so: then both are of one thing, however worded."""
    figure = "" if b.claim.is_denial else telling_figure(b.claim, _day(b))
    if (
        not figure
        or figure not in rejected_figures(a.claim, _day(a), ontology)
        or kinds_differ(one, other, wording=False)
    ):
        return False
    named = proper_names(b.claim.subject, ontology) & spoken_of(a.claim, a.article, ontology)
    return abs((_day(a) - _day(b)).days) <= ontology.tolerances.slow_days and bool(named)


def tells_again(a: Told, b: Told, one: Topic, other: Topic, ontology: Ontology) -> bool:
    """Whether two claims that are worded as if they were of two things give one figure of one thing."""
    if a.claim.is_denial or b.claim.is_denial:
        return False
    if not repeats(a.claim, b.claim, _day(a), _day(b), ontology):
        return False
    return may_be_reworded(a.claim, one, other, ontology) or may_be_reworded(b.claim, other, one, ontology)


def _day(told: Told) -> date:
    return (told.article.published or told.article.arrived).date()
