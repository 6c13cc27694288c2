"""What is known of a claim → a number from 0 to 1: a weight for each thing known, their sum, and a curve.

The weights are fitted on the gold set by the scripts in models/training.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LEAST, MOST = 0.02, 0.98  # what people put in is surer than any reading


@dataclass(frozen=True)
class Weighing:
    """A weight for each thing that may be known; what has none does not count. `usual`: how much of each a claim has."""

    base: float
    weights: Mapping[str, float]
    usual: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def read(path: Path) -> "Weighing":
        """The weights of a file."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return Weighing(float(table["base"]), _numbers(table["weights"]), _numbers(table.get("usual", {})))

    def of(self, known: Mapping[str, float]) -> float:
        """How likely it is, in hundredths."""
        total = self.base + sum(self.weights.get(name, 0.0) * value for name, value in known.items())
        return round(min(max(1 / (1 + math.exp(-total)), LEAST), MOST), 2)

    def reasons(self, known: Mapping[str, float]) -> list[tuple[str, float]]:
        """What sets it off from the usual claim and by how much, most first; "hedge" stands for all "hedge=…"."""
        moved: dict[str, float] = {}
        for name, weight in self.weights.items():
            sort = name.partition("=")[0]
            moved[sort] = moved.get(sort, 0.0) + weight * (known.get(name, 0.0) - self.usual.get(name, 0.0))
        return sorted(moved.items(), key=lambda one: (-abs(one[1]), one[0]))


def _numbers(table: Mapping[str, object]) -> dict[str, float]:
    return {name: float(str(value)) for name, value in table.items()}
