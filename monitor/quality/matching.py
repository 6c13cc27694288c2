"""Which claim that was found is which claim of the gold set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitor.domain.evidence import Evidence
from monitor.domain.gold import GoldClaim
from monitor.domain.relation import Told
from monitor.domain.unit import Units
from monitor.quality.fields import same_asserter, same_metric, same_subject
from monitor.quality.figures import same_figure

_LEAST_OVERLAP = 0.25


def match(found: Sequence[Told], gold: Sequence[GoldClaim], units: Units) -> Mapping[int, int]:
    """Index of a found claim → index of the gold claim it is. One takes one; the best pairs go first."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for at, wanted in enumerate(gold):
        by_article[article_key(wanted.told)].append(at)
    pairs = [
        (_likeness(told, gold[at], share), i, at)
        for i, told in enumerate(found)
        for at in by_article[article_key(told)]
        if (share := overlap(told.claim.evidence, gold[at].claim.evidence)) >= _LEAST_OVERLAP
        and same_figure(told.claim.quantity, gold[at].claim.quantity, units)
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, at in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in matched and at not in taken:
            matched[i] = at
            taken.add(at)
    return matched


def article_key(told: Told) -> str:
    """The id that whoever gave the article gave it, else its address."""
    return told.article.given_id or told.article.url


def overlap(a: Evidence, b: Evidence) -> float:
    """The share of two spans that they have in common; 0 in different places."""
    if a.where is not b.where:
        return 0.0
    common = min(a.span_end, b.span_end) - max(a.span_start, b.span_start)
    whole = max(a.span_end, b.span_end) - min(a.span_start, b.span_start)
    return max(common, 0) / whole if whole else 0.0


def _likeness(found: Told, gold: GoldClaim, share: float) -> float:
    return share + sum(same(found, gold) for same in (same_subject, same_metric, same_asserter))
