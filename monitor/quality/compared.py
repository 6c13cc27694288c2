"""Whether the right claims were set against each other.

What counts is not mentions but answers - a question and a position on it - so that a figure repeated in five sentences
counts once. A found relation is read as one between the answers that its two claims give.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.domain.gold import SOFT, Gold, GoldClaim
from monitor.domain.relation import CONFLICTS, Relation

_CONFLICTS = frozenset(kind.value for kind in CONFLICTS)
LOOKALIKE = "unrelated_lookalike"
Answers = frozenset[tuple[str, str]]


@dataclass
class Asked:
    """What a gold set says of a pair of answers: relations, others that are not wrong."""

    kinds: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)

    @property
    def conflict_wanted(self) -> bool:
        return bool(self.kinds & _CONFLICTS) and self.also <= _CONFLICTS

    @property
    def conflict_allowed(self) -> bool:
        return bool((self.kinds | self.also) & _CONFLICTS)

    def is_only(self, kind: str) -> bool:
        return self.kinds == {kind} and not self.also


@dataclass(frozen=True)
class Compared:
    """Pairs of answers. `stray`: conflicts in which one side is no claim of the gold set."""

    wanted: frozenset[Answers]
    flagged: frozenset[Answers]
    false_alarms: frozenset[Answers]
    stray: int
    lookalikes: frozenset[Answers]
    related: Mapping[Answers, frozenset[str]]
    asked: Mapping[Answers, Asked]

    @property
    def found(self) -> frozenset[Answers]:
        return self.wanted & self.flagged

    def recalled(self, kind: str) -> tuple[int, int]:
        """Of the pairs that are nothing but `kind`: how many were found to be so, and how many there are."""
        pairs = [pair for pair, asked in self.asked.items() if asked.is_only(kind)]
        return sum(kind in self.related.get(pair, ()) for pair in pairs), len(pairs)


def compare(gold: Gold, relations: Iterable[Relation], known: Mapping[str, GoldClaim]) -> Compared:
    """`known`: id of a found claim → the gold claim it is."""
    asked = _asked(gold)
    related: dict[Answers, set[str]] = defaultdict(set)
    stray: set[frozenset[str]] = set()
    for relation in relations:
        a, b = known.get(relation.a), known.get(relation.b)
        if a and b:
            related[frozenset({a.answer, b.answer})].add(relation.kind.value)
        elif relation.kind in CONFLICTS:
            stray.add(frozenset({relation.a, relation.b}))
    flagged = frozenset(pair for pair, kinds in related.items() if kinds & _CONFLICTS)
    nothing = Asked()
    return Compared(
        wanted=frozenset(pair for pair, one in asked.items() if one.conflict_wanted),
        flagged=flagged,
        false_alarms=frozenset(pair for pair in flagged if not asked.get(pair, nothing).conflict_allowed),
        stray=len(stray),
        lookalikes=frozenset(pair for pair, one in asked.items() if one.is_only(LOOKALIKE)),
        related={pair: frozenset(kinds) for pair, kinds in related.items()},
        asked=asked,
    )


def _asked(gold: Gold) -> Mapping[Answers, Asked]:
    answers = {one.claim.id: one.answer for one in gold.claims}
    asked: dict[Answers, Asked] = defaultdict(Asked)
    for pair in gold.pairs:
        one = asked[frozenset({answers[pair.a], answers[pair.b]})]
        if SOFT in pair.also_ok:
            one.also |= {pair.relation, *pair.also_ok}
        else:
            one.kinds.add(pair.relation)
            one.also |= pair.also_ok
    return asked


def together(matched: Sequence[tuple[str | None, str | None]]) -> tuple[int, int, int]:
    """Of (question found, question in the gold set): pairs of claims rightly on one, put on one, belonging on one."""
    right = put = belong = 0
    for at, (ours, theirs) in enumerate(matched):
        for other_ours, other_theirs in matched[at + 1 :]:
            one, same = ours is not None and ours == other_ours, theirs is not None and theirs == other_theirs
            right, put, belong = right + (one and same), put + one, belong + same
    return right, put, belong
