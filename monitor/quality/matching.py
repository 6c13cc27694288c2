"""Which claim that was found is which claim of the gold set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitor.domain.evidence import Evidence
from monitor.domain.gold import GoldClaim
from monitor.domain.relation import Told
from monitor.domain.unit import Units
from monitor.quality.fields import Same
from monitor.quality.figures import same_figure

_LEAST_OVERLAP = 0.5


def match(found: Sequence[Told], gold: Sequence[GoldClaim], same: Same, units: Units) -> Mapping[int, int]:
    """Index of a found claim → index of the gold claim it is. One takes one; the best pairs go first."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for at, wanted in enumerate(gold):
        by_article[article_key(wanted.told)].append(at)
    pairs = [
        (share + sum(check(told, gold[at]) for check in same.whole), i, at)
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
    """How much of the shorter of two spans lies in the other; 0 in different places."""
    if a.where is not b.where:
        return 0.0
    common = min(a.span_end, b.span_end) - max(a.span_start, b.span_start)
    shorter = min(a.span_end - a.span_start, b.span_end - b.span_start)
    return max(common, 0) / shorter if shorter else 0.0
