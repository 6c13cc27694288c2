"""What two claims on one question are to each other."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Told(Known):
    """A claim with the article version that tells it."""

    claim: Claim
    article: Article
