"""What a careful reader found in some articles: the measure of what we find."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.domain.relation import Told
from monitor.domain.source import Source

SOFT = "none"


@dataclass(frozen=True)
class GoldClaim:
    """A claim with its article, the question it answers (`claim.question_id`) and which answer it gives.

    `worth`: whether it is asked for. `also`: field → other values of it that are right. `also_chains`: other chains.
    """

    told: Told
    position: str = ""
    worth: bool = True
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also_chains: tuple[tuple[Source, ...], ...] = ()

    @property
    def claim(self) -> Claim:
        return self.told.claim

    @property
    def answer(self) -> tuple[str, str]:
        """Question and position: what all claims that say the same share."""
        return self.claim.question_id or self.claim.id, self.position


@dataclass(frozen=True)
class GoldPair:
    """What two claims are to each other: a kind of relation, or `unrelated_lookalike`. Ids of claims.

    `also_ok`: other relations that are not wrong; `none` among them: the pair may be left alone.
    """

    a: str
    b: str
    relation: str
    also_ok: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Negative:
    """A number that is no claim, where it stands, and why it is none."""

    article_id: str
    where: Where
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True)
class Gold:
    """Everything that is to be found in a folder of articles, and some of what is not."""

    claims: tuple[GoldClaim, ...]
    pairs: tuple[GoldPair, ...] = ()
    negatives: tuple[Negative, ...] = ()
