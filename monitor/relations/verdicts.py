"""What pairs of claims were to each other: of a question that gets one more claim only its pairs are judged."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
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
"""Relations and claims that are remembered, of the questions judged last: some fifty MiB."""
MOST_LEFT = 64 * 2**20
"""Bytes of what is left of the questions judged before: a hundred thousand of ten claims."""
_MARK_BYTES, _BESIDE = 12, 400
_WEIGHT = 10  # of a question that has neither

Key = tuple[Ontology, bytes]


@dataclass
class _Judged:
    """A question as it was judged last. `marks`: of the claims that were compared.

    `written`: what was stored of it, and `stored`: the marks of then. `is_whole`: whether what is found but not stored is
    remembered, too.
    """

    marks: frozenset[bytes] = frozenset()
    found: ByKind = field(default_factory=ByKind)
    written: Written = field(default_factory=Written)
    stored: frozenset[bytes] = frozenset()
    is_whole: bool = True

    @property
    def weight(self) -> int:
        return len(self.found) + len(self.marks) + _WEIGHT


@dataclass(frozen=True)
class _Left:
    """What is left of a question when its relations are forgotten: the stamp under which the store has them.

    `marks`: of the claims that were compared, one behind the other. `is_whole`: whether the store has all that was found.
    """

    stamp: str
    marks: bytes
    is_whole: bool

    @property
    def size(self) -> int:
        return len(self.marks) + _BESIDE


class Verdicts:
    """What claims were to each other on the questions judged last. Each is known by all that verdicts rest on.

    Of the questions judged before them so much is left that what the store has of their relations can be taken up again.
    """

    def __init__(self, most: int = MOST, most_left: int = MOST_LEFT) -> None:
        self._most, self._weight = most, 0
        self._known: OrderedDict[Key, _Judged] = OrderedDict()
        self._most_left, self._size_left = most_left, 0
        self._left: OrderedDict[Key, _Left] = OrderedDict()
        self._stamps = count(1)

    def of(self, key: Key, marked: Mapping[bytes, Told], judge: Callable[[Told, Told], Relation | None]) -> ByKind:
        """The relations of these claims, each under its mark, on one question: `judge` is asked where one is new."""
        last = self._taken(key)
        found, old = last.found, last.marks & marked.keys()
        if old != last.marks and not last.is_whole:
            found, old = ByKind(), frozenset()
        elif old != last.marks:  # some are gone, or read otherwise by now
            there = {marked[mark].claim.id for mark in old}
            found = found.without({pair for pair in found.found if not there.issuperset(pair)})
        before, new = [marked[mark] for mark in old], []
        for one in (told for mark, told in marked.items() if mark not in old):
            new += [relation for relation in (judge(one, other) for other in before) if relation is not None]
            before.append(one)
        found = found.with_more(new) if new else found
        is_whole = last.is_whole or not old
        self._remember(key, _Judged(frozenset(marked), found, last.written, last.stored, is_whole))
        return found

    def stamp_left(self, key: Key) -> str:
        """The stamp under which the store has the relations on a question that were forgotten, as far as it is known."""
        return "" if key in self._known or key not in self._left else self._left[key].stamp

    def take_up(self, key: Key, marked: Mapping[bytes, Told], relations: Iterable[Relation]) -> None:
        """Remember a question again, of which the store has these relations under the stamp that was left."""
        left = self._let_go(key)
        if left is None:
            return
        marks = frozenset(left.marks[at : at + _MARK_BYTES] for at in range(0, len(left.marks), _MARK_BYTES))
        found, names = ByKind.of(relations), frozenset(marked[mark].claim.id for mark in marks & marked.keys())
        self._remember(key, _Judged(marks, found, Written(found, names, left.stamp), marks, left.is_whole))

    def written(self, key: Key) -> Written:
        """What was stored of a question last, as far as it is remembered."""
        return self._known[key].written if key in self._known else Written()

    def note(self, key: Key, written: Written) -> None:
        """Remember what was stored of a question."""
        if key in self._known:
            judged = self._known[key]
            judged.written, judged.stored = written, judged.marks

    def stamp(self, owner: str) -> str:
        """A stamp that nobody had before."""
        return f"{owner} {next(self._stamps)}"

    def _taken(self, key: Key) -> _Judged:
        """What is remembered of a question, which is forgotten then."""
        judged = self._known.pop(key, None)
        if judged is None:
            return _Judged()
        self._weight -= judged.weight
        return judged

    def _remember(self, key: Key, judged: _Judged) -> None:
        self._let_go(key)
        self._known[key] = judged
        self._weight += judged.weight
        while self._weight > self._most and len(self._known) > 1:
            self._forget(next(iter(self._known)))

    def _forget(self, key: Key) -> None:
        """Keep of a question no more than where its relations are stored, if they are."""
        judged = self._taken(key)
        if not judged.written.stamp or judged.stored != judged.marks or not judged.found:
            return
        left = _Left(
            judged.written.stamp,
            b"".join(judged.marks),
            judged.is_whole and len(judged.found) == len(judged.written.relations),
        )
        self._left[key] = left
        self._size_left += left.size
        while self._size_left > self._most_left:
            self._let_go(next(iter(self._left)))

    def _let_go(self, key: Key) -> _Left | None:
        """What is left of a question, which is forgotten, too."""
        left = self._left.pop(key, None)
        if left is not None:
            self._size_left -= left.size
        return left


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
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=_MARK_BYTES).digest()
