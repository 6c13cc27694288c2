"""Where a claim stands in the order of filing, and the keys under which it looks for its question and lies."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.place import rank
from monitor.domain.relation import Told
from monitor.domain.unit import Units
from monitor.questions import block_keys, figure_keys, rejected_keys

Place = tuple[bool, bool, float, str, str, int, str]
FIRST: Place = (False, False, float("-inf"), "", "", 0, "")
DENIED = "denied|"
_QUARTER = 92  # keys have the quarter of a day


def filing_order(one: Told) -> Place:
    """In order of publication; denials when all that they may deny is there."""
    published, evidence = one.article.published, one.claim.evidence
    stamp = published.timestamp() if published else 0.0
    return (
        one.claim.is_denial,
        published is None,
        stamp,
        one.article.id,
        evidence.where.value,
        evidence.span_start,
        one.claim.id,
    )


def rank_of(place: Place) -> float:
    """The place as one number."""
    is_denial, is_undated, stamp, *_ = place
    return rank(is_denial=is_denial, is_undated=is_undated, stamp=stamp)


@dataclass(frozen=True)
class Looks:
    """Where a claim stands in the order of filing, and the keys under which it looks and lies.

    `keys`: where it looks for its question and gives it. `by_figure`: where it lies with its figure; a denial looks there
    for what it denies. `lately`: where it looks for its figure in other words. `rejected`: where it looks for a figure
    that its sentence rejects. `reach`: where those lie that its figure may concern.
    """

    is_denial: bool
    place: Place
    keys: frozenset[str]
    by_figure: frozenset[str]
    lately: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()

    @cached_property
    def of_figure(self) -> frozenset[str]:
        """The keys of its figure, and of one that it rejects, under which it looks."""
        return self.by_figure if self.is_denial else self.lately | self.rejected

    @cached_property
    def lies(self) -> frozenset[str]:
        """The keys that it gives its question. A denial lies only where it looks for its own words."""
        return self.keys if self.is_denial else self.keys | self.by_figure

    @cached_property
    def stored(self) -> frozenset[str]:
        """The keys to store: those it gives, and those by which a figure that it denies or rejects finds it."""
        denied = self.by_figure if self.is_denial else self.rejected
        waiting = (f"{DENIED}{key}" for key in denied)
        return self.lies.union(waiting)

    @property
    def near(self) -> frozenset[str]:
        """Where the claims lie that it may concern."""
        if self.is_denial:
            return self.stored
        return self.lies | self.reach | {f"{DENIED}{key}" for key in self.by_figure}

    @cached_property
    def rank(self) -> float:
        return rank_of(self.place)

    def looked_under(self, keys: Collection[str]) -> set[str]:
        """Where those lie that look under some of the keys that it gives."""
        figures = {key.rpartition("|")[0] for key in keys}
        later = (key for key in self.reach if key.rpartition("|")[0] in figures)
        return {*keys, *(f"{DENIED}{key}" for key in self.by_figure.intersection(keys)), *later}


@kept
def looks_of(told: Told, ontology: Ontology, units: Units) -> Looks:
    """What filing needs to know of a claim."""
    claim, article = told.claim, told.article
    keys = block_keys(claim, article, ontology, units)
    by_figure = frozenset(figure_keys(claim, article, ontology))
    rejected = frozenset(rejected_keys(claim, article, ontology))
    lately = reach = frozenset[str]()
    if by_figure and not claim.is_denial:
        days = ontology.tolerances.slow_days
        lately = frozenset(figure_keys(claim, article, ontology, before=days))
        reach = frozenset(figure_keys(claim, article, ontology, after=days + _QUARTER))
    return Looks(claim.is_denial, filing_order(told), frozenset(keys), by_figure, lately, rejected, reach)
