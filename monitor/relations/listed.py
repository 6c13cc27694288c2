"""A long list in one article: its first figures on a question are compared, the others are left out and counted.

All pairs of 5,000 figures are twelve million, and a text that gives so many of one thing gives them of many.
"""

from collections import Counter
from collections.abc import Sequence

from monitor.domain.ontology import Ontology
from monitor.domain.relation import Told


def compared(told: Sequence[Told], ontology: Ontology) -> list[Told]:
    """The claims of a question that are compared, in their order: of each article the first so many in its text."""
    most = ontology.tolerances.listed
    counts = Counter(one.article.id for one in told)
    if all(count <= most for count in counts.values()):
        return list(told)
    first = sorted(told, key=lambda one: (one.claim.evidence.where.value != "title", one.claim.evidence.span_start))
    seen, kept = Counter[str](), set[str]()
    for one in first:
        seen[one.article.id] += 1
        if seen[one.article.id] <= most:
            kept.add(one.claim.id)
    return [one for one in told if one.claim.id in kept]


def left_out(told: Sequence[Told], ontology: Ontology) -> int:
    """How many claims of a question are not compared."""
    return len(told) - len(compared(told, ontology))
