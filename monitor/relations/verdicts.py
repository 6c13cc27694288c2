"""What pairs of claims were to each other: of a question that gets one more claim only its pairs are judged."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from monitor.domain.claim import ClaimStatus
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told

MOST = 100_000
"""Relations that are remembered, of the questions judged last: some fifty MiB."""

Key = tuple[Ontology, bytes]
Pair = tuple[str, str]


@dataclass
class _Judged:
    """A question as it was judged last. `marks`: of the claims that were compared; `found`: by the ids of the two."""

    marks: frozenset[bytes] = frozenset()
    found: dict[Pair, Relation] = field(default_factory=dict)


class Verdicts:
    """What claims were to each other on the questions judged last. Each is known by all that verdicts rest on."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._known: OrderedDict[Key, _Judged] = OrderedDict()

    def of(
        self, key: Key, marked: Mapping[bytes, Told], judge: Callable[[Told, Told], Relation | None]
    ) -> list[Relation]:
        """The relations of these claims, each under its mark, on one question: `judge` is asked where one is new."""
        last = self._known.pop(key, None) or _Judged()
        self._size -= len(last.found)
        found, old = last.found, last.marks & marked.keys()
        if old != last.marks:  # some are gone, or read otherwise by now
            there = {marked[mark].claim.id for mark in old}
            found = {pair: one for pair, one in found.items() if there.issuperset(pair)}
        before = [marked[mark] for mark in old]
        for one in (told for mark, told in marked.items() if mark not in old):
            for other in before:
                relation = judge(one, other)
                if relation is not None:
                    found[relation.a, relation.b] = relation
            before.append(one)
        self._remember(key, _Judged(frozenset(marked), found))
        return list(found.values())

    def _remember(self, key: Key, judged: _Judged) -> None:
        self._known[key] = judged
        self._size += len(judged.found)
        while self._size > self._most and len(self._known) > 1:
            self._size -= len(self._known.popitem(last=False)[1].found)


@kept
def mark_of_question(question: Question) -> bytes:
    """A short mark of all that a verdict takes from a question."""
    return _mark(replace(question, claims=0))


@kept
def mark_of_told(told: Told) -> bytes:
    """A short mark of all that a verdict takes from a claim and its article, whose id stands for its words."""
    one = told.article
    claim = replace(told.claim, status=ClaimStatus.CURRENT, question_id=None)
    dates = (one.published, one.updated, one.arrived)
    return _mark((claim, one.id, one.publisher, one.origin_id, one.canonical_url, one.version, one.basis, dates))


def _mark(said: object) -> bytes:
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=12).digest()
