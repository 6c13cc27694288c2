"""Which claims their publisher has put right in print since, and by which claim."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from monitor.domain.claim import ClaimStatus
from monitor.domain.known import kept
from monitor.domain.notice import is_told_as_wrong, names, notices, stands_in
from monitor.domain.ontology import Ontology
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.source import SourceKind

_BY_RULE = frozenset({ClaimStatus.CURRENT, ClaimStatus.SUPERSEDED, ClaimStatus.CORRECTED})


def puts_right(newer: Told, older: Told, ontology: Ontology) -> bool:
    """Whether the newer article prints a correction by which the older claim's figure was wrong.

    A newer version of the page that announces a correction of the one figure or to the other, or a correction that the
    same publisher prints elsewhere, which names the older figure and of which the newer claim is a part.
    """
    found = _notices(newer, ontology)
    if not found or _is_own_mistake(newer, ontology) or not are_of_one_press(newer, older):
        return False
    of_older = [notice for notice in found if names(notice, older.claim.evidence)]
    if newer.article.id == older.article.id:
        return _is_own_mistake(older, ontology) and bool(of_older)
    if newer.article.canonical_url == older.article.canonical_url:
        announced = of_older or any(names(notice, newer.claim.evidence) for notice in found)
        return newer.article.version > older.article.version and bool(announced)
    in_time = None in (newer.article.published, older.article.published) or _published(older) <= _published(newer)
    return in_time and any(stands_in(notice, newer.claim.evidence) for notice in of_older)


def corrections(told: Sequence[Told], relations: Iterable[Relation], ontology: Ontology) -> dict[str, str]:
    """Claim → the claim that puts it right: one with a figure rather than a bare denial, the first printed of several."""
    if not any(_notices(one, ontology) for one in told):
        return {}
    by_id = {one.claim.id: one for one in told}
    found: dict[str, list[Told]] = defaultdict(list)
    agreeing = set()
    for relation in relations:
        newer, older = by_id[relation.a], by_id[relation.b]
        if relation.kind is RelationKind.AGREES:
            agreeing.add(frozenset((relation.a, relation.b)))
        denied = relation.kind is RelationKind.DENIES and _is_of_publisher(newer)
        if (denied or relation.kind is RelationKind.UPDATES) and puts_right(newer, older, ontology):
            found[older.claim.id].append(newer)
    chosen = {older: min(newer, key=lambda one: _rank(one, ontology)).claim.id for older, newer in found.items()}
    # What puts a figure right and is then put right itself, back to that figure, has corrected nothing.
    return {
        older: newer for older, newer in chosen.items() if frozenset((chosen.get(newer, newer), older)) not in agreeing
    }


def as_corrected(told: Iterable[Told], corrected: Mapping[str, str]) -> list[Told]:
    """Claims as they stand: those put right are corrected, others are as their version. What people decided stays."""
    found = []
    for one in told:
        claim, by = one.claim, corrected.get(one.claim.id)
        plain = ClaimStatus.CURRENT if one.article.is_latest else ClaimStatus.SUPERSEDED
        status = claim.status if claim.status not in _BY_RULE else ClaimStatus.CORRECTED if by else plain
        if claim.status is ClaimStatus.CORRECTED or status is ClaimStatus.CORRECTED:
            one = Told(replace(claim, status=status, corrected_by=by), one.article)
        found.append(one)
    return found


def is_named_as_wrong(told: Told, ontology: Ontology) -> bool:
    """Whether a claim only names what its publisher had printed wrongly: nobody gives that figure any more."""
    return bool(_notices(told, ontology)) and _is_own_mistake(told, ontology)


@kept
def _notices(told: Told, ontology: Ontology) -> tuple[str, ...]:
    return notices(told.article.title, told.article.text, ontology)


@kept
def _is_own_mistake(told: Told, ontology: Ontology) -> bool:
    claim = told.claim
    return is_told_as_wrong(claim, ontology) and any(stands_in(one, claim.evidence) for one in _notices(told, ontology))


def are_of_one_press(a: Told, b: Told) -> bool:
    """Whether one paper printed both, or one page."""
    one, other = a.article, b.article
    if one.canonical_url == other.canonical_url:
        return True
    return bool(one.publisher) and one.publisher.casefold() == other.publisher.casefold()


def _is_of_publisher(told: Told) -> bool:
    return all(source.kind is SourceKind.PUBLISHER for source in told.claim.sources)


def _published(told: Told) -> float:
    return told.article.published.timestamp() if told.article.published else 0.0


def _rank(told: Told, ontology: Ontology) -> tuple[bool, int, float, bool, str, str, int, str]:
    evidence = told.claim.evidence
    outside = not any(stands_in(notice, evidence) for notice in _notices(told, ontology))
    printed = (told.article.updated or told.article.published or told.article.arrived).timestamp()
    place = told.article.id, evidence.where.value, evidence.span_start, told.claim.id
    return told.claim.is_denial, told.article.version, printed, outside, *place
