"""What two claims on one question are to each other."""

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.known import Known


class RelationKind(StrEnum):
    AGREES = "agrees"
    REFINES = "refines"
    UPDATES = "updates"
    CONTRADICTS = "contradicts"
    DENIES = "denies"
    SELF_INCONSISTENT = "self_inconsistent"


CONFLICTS = frozenset({RelationKind.CONTRADICTS, RelationKind.DENIES, RelationKind.SELF_INCONSISTENT})


@dataclass(frozen=True)
class Relation:
    """`a` is the newer in updates, the denier in denies, the tighter in refines. `score`: 0 to 1, `reason`: a sentence.

    `independent`: the two rest on different origins and nearest asserters.
    """

    a: str
    b: str
    kind: RelationKind
    score: float
    reason: str
    question_id: str
    independent: bool = True


Between = tuple[str, str]
"""Relations are known by the ids of their claims, as they stand in them."""


@dataclass(frozen=True)
class ByKind:
    """The relations on one question, each kind in an order of its own: of those that agree or refine the surest first.

    A popular question has tens of thousands: what one more claim costs must not be looking at all of them.
    """

    found: Mapping[Between, Relation] = field(default_factory=dict)
    kinds: Mapping[RelationKind, Sequence[Relation]] = field(default_factory=dict)

    @staticmethod
    def of(relations: Iterable[Relation]) -> "ByKind":
        """These relations, in whatever order."""
        found = {(one.a, one.b): one for one in relations}
        kinds: dict[RelationKind, list[Relation]] = {}
        for one in found.values():
            kinds.setdefault(one.kind, []).append(one)
        return ByKind(found, {kind: sorted(those, key=_in_its_kind) for kind, those in kinds.items()})

    def with_more(self, relations: Collection[Relation]) -> "ByKind":
        """These relations and others that are not among them."""
        if len(relations) > len(self.found):
            return ByKind.of([*self.found.values(), *relations])
        kinds = {kind: list(those) for kind, those in self.kinds.items()}
        for one in relations:
            insort(kinds.setdefault(one.kind, []), one, key=_in_its_kind)
        return ByKind({**self.found, **{(one.a, one.b): one for one in relations}}, kinds)

    def without(self, pairs: Collection[Between]) -> "ByKind":
        """These relations but for some."""
        if not pairs:
            return self
        return ByKind.of(one for pair, one in self.found.items() if pair not in pairs)

    def __iter__(self) -> Iterator[Relation]:
        return iter(self.found.values())

    def __len__(self) -> int:
        return len(self.found)

    def these(self, *kinds: RelationKind) -> Iterator[Relation]:
        """Those of some kinds, kind by kind."""
        return (one for kind in kinds for one in self.kinds.get(kind, ()))


@dataclass(frozen=True)
class Written:
    """What was written of the relations on a question. `names`: ids of the claims that were compared.

    `stamp`: stands at the question until somebody else writes its relations.
    """

    relations: ByKind = field(default_factory=ByKind)
    names: frozenset[str] = frozenset()
    stamp: str = ""


def _in_its_kind(one: Relation) -> tuple[bool, float, str, str]:
    return not one.independent, -one.score, one.a, one.b


@dataclass(frozen=True)
class Told(Known):
    """A claim with the article version that tells it."""

    claim: Claim
    article: Article
