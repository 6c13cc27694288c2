"""Two figures in their sentences → how likely they answer one question, whatever they say.

The weights are made by models/training/comparable.py and applied here: a sum, and a curve from 0 to 1. There are two
sets of them: for claims whose subject and metric were read, and for sentences that stand alone.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.errors import AssetsWrong
from monitor.relations.mention import Mention
from monitor.relations.seen import READ, seen_of

LEAST, MOST = 0.01, 0.99


@dataclass(frozen=True)
class Weights:
    """A weight for each thing that may be seen of two mentions; what has none does not count."""

    base: float
    each: Mapping[str, float]

    def likelihood(self, seen: Mapping[str, float]) -> float:
        """0 to 1, never quite either."""
        total = self.base + sum(self.each.get(name, 0.0) * value for name, value in sorted(seen.items()))
        return min(max(1 / (1 + math.exp(-total)), LEAST), MOST)


@dataclass(frozen=True)
class Comparable:
    """`read`: where subject and metric of both are known, `alone`: where there are the sentences only."""

    alone: Weights
    read: Weights

    @staticmethod
    def at(path: Path) -> "Comparable":
        """The weights of a file. AssetsWrong where it cannot be understood."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            return Comparable(_weights(table["alone"]), _weights(table["read"]))
        except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise AssetsWrong(f"Cannot read {path}", why=str(error), mend="Install the package again.") from error

    def of(self, one: Mention, other: Mention) -> float:
        """How likely both answer one question, in hundredths; the order does not matter. 0 across dimensions."""
        if one.dimension != other.dimension:
            return 0.0
        seen = seen_of(one, other)
        return round((self.read if READ in seen else self.alone).likelihood(seen), 2)


def _weights(table: Mapping[str, Any]) -> Weights:
    return Weights(float(table["base"]), {name: float(value) for name, value in table["weights"].items()})
