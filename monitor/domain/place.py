"""Where a claim stands in the order of filing, as one number: what is stored of the order, and can be compared."""

from dataclasses import dataclass
from datetime import UTC, datetime

_UNDATED, _DENIAL = 2e12, 4e12  # seconds, beyond every date; the undated come behind the dated, denials behind both
_EARLIEST = -6e10  # seconds, of the first century
BEHIND_ALL = 1e13


def rank(*, is_denial: bool, is_undated: bool, stamp: float) -> float:
    """The rank of a claim. Of two claims the later has no lower one; claims of one article share it.

    `stamp`: seconds since 1970, of publication.
    """
    return _DENIAL * is_denial + _UNDATED * is_undated + stamp


def moment_of(rank: float) -> datetime | None:
    """When a claim of a rank was published; None for one without a date, and for denials."""
    return datetime.fromtimestamp(max(rank, _EARLIEST), UTC) if rank < _UNDATED / 2 else None


@dataclass(frozen=True)
class Reach:
    """How far the claims on a question reach. `last`: rank of the last. `steady`: since which it reads as stored."""

    steady: float
    last: float


NOWHERE = Reach(-BEHIND_ALL, -BEHIND_ALL)
"""Of a question without claims."""
