"""What pairs of claims were to each other: of a question that gets one more claim only its pairs are judged."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from itertools import count
from operator import attrgetter

from monitor.domain.claim import Claim
from monitor.domain.evidence import Evidence
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Quantity
from monitor.domain.question import Question
from monitor.domain.relation import ByKind, Relation, Told, Written
from monitor.domain.source import Source

MOST = 100_000
"""Relations that are remembered, of the questions judged last: some fifty MiB."""

Key = tuple[Ontology, bytes]


@dataclass
class _Judged:
    """A question as it was judged last. `marks`: of the claims that were compared; `written`: what was stored then."""

    marks: frozenset[bytes] = frozenset()
    found: ByKind = field(default_factory=ByKind)
    written: Written = field(default_factory=Written)


class Verdicts:
    """What claims were to each other on the questions judged last. Each is known by all that verdicts rest on."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._known: OrderedDict[Key, _Judged] = OrderedDict()
        self._stamps = count(1)

    def of(self, key: Key, marked: Mapping[bytes, Told], judge: Callable[[Told, Told], Relation | None]) -> ByKind:
        """The relations of these claims, each under its mark, on one question: `judge` is asked where one is new."""
        last = self._known.pop(key, None) or _Judged()
        self._size -= len(last.found)
        found, old = last.found, last.marks & marked.keys()
        if old != last.marks:  # some are gone, or read otherwise by now
            there = {marked[mark].claim.id for mark in old}
            found = found.without({pair for pair in found.found if not there.issuperset(pair)})
        before, new = [marked[mark] for mark in old], []
        for one in (told for mark, told in marked.items() if mark not in old):
            new += [relation for relation in (judge(one, other) for other in before) if relation is not None]
            before.append(one)
        found = found.with_more(new) if new else found
        self._remember(key, _Judged(frozenset(marked), found, last.written))
        return found

    def written(self, key: Key) -> Written:
        """What was stored of a question last, as far as it is remembered."""
        return self._known[key].written if key in self._known else Written()

    def note(self, key: Key, written: Written) -> None:
        """Remember what was stored of a question."""
        if key in self._known:
            self._known[key].written = written

    def stamp(self, owner: str) -> str:
        """A stamp that nobody had before."""
        return f"{owner} {next(self._stamps)}"

    def _remember(self, key: Key, judged: _Judged) -> None:
        self._known[key] = judged
        self._size += len(judged.found)
        while self._size > self._most and len(self._known) > 1:
            self._size -= len(self._known.popitem(last=False)[1].found)


def key_of(question: Question, ontology: Ontology) -> Key:
    """By what its verdicts are remembered."""
    return ontology, mark_of_question(question)


@kept
def mark_of_question(question: Question) -> bytes:
    """A short mark of all that a verdict takes from a question."""
    return _mark(replace(question, claims=0))


def _fields(kind: type, *less: str) -> Callable[[object], tuple[object, ...]]:
    """What reads all fields of a value but these."""
    return attrgetter(*(one.name for one in fields(kind) if one.name not in less))


_EVIDENCE, _QUANTITY, _SOURCE = _fields(Evidence), _fields(Quantity), _fields(Source)
_CLAIM = _fields(Claim, "status", "corrected_by", "question_id", "evidence", "quantity", "sources", "qualifiers", "time")
_ARTICLE = attrgetter("id", "publisher", "origin_id", "canonical_url", "version", "basis")


@kept
def mark_of_told(told: Told) -> bytes:
    """A short mark of all that a verdict takes from a claim and its article, whose id stands for its words."""
    claim, one = told.claim, told.article
    sources = [_SOURCE(source) for source in claim.sources]
    quantity, evidence, time = _QUANTITY(claim.quantity), _EVIDENCE(claim.evidence), claim.time and claim.time.iso()
    dates = [day and day.isoformat() for day in (one.published, one.updated, one.arrived)]
    return _mark((_CLAIM(claim), evidence, quantity, sources, claim.qualifiers, time, _ARTICLE(one), dates))


def _mark(said: object) -> bytes:
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=12).digest()
