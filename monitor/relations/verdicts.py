"""Verdicts of pairs that were judged before: a question that gets one more claim has most of its pairs judged already."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

from monitor.domain.claim import ClaimStatus
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told

MOST = 100_000
"""Pairs that are remembered, the last ones: some fifty MiB."""

Key = tuple[Ontology, bytes, bytes, bytes]


class Verdicts:
    """What pairs of claims were to each other. A pair is known by all that its verdict rests on."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Key, Relation | None] = OrderedDict()

    def get(self, key: Key, judge: Callable[[], Relation | None]) -> Relation | None:
        """The verdict of a pair: the one that is remembered, else what `judge` says."""
        try:
            self._known.move_to_end(key)
            return self._known[key]
        except KeyError:
            found = self._known[key] = judge()
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return found


def key_of(ontology: Ontology, question: bytes, one: bytes, other: bytes) -> Key:
    """The key of a pair, whichever comes first."""
    return (ontology, question, min(one, other), max(one, other))


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
