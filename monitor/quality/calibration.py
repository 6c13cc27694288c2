"""Confidences and whether each claim was right → how far the ones can be believed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
_LEAST = 0.001
Judged = Sequence[tuple[float, bool]]
"""Confidence, and whether the claim was right."""


@dataclass(frozen=True)
class Bin:
    """The claims of a tenth of the scale: how many, how sure on average, and the share that is right."""

    of: int
    sure: float
    right: float


def bins(judged: Judged) -> list[Bin]:
    """The tenths of the scale that hold claims, from the least sure on."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in judged:
        held.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, right))
    return [
        Bin(len(of), sum(sure for sure, _ in of) / len(of), sum(right for _, right in of) / len(of))
        for _, of in sorted(held.items())
    ]


def calibration_error(judged: Judged) -> float:
    """How far confidence and share of right claims lie apart, tenth by tenth, each by the claims in it."""
    return sum(one.of * abs(one.sure - one.right) for one in bins(judged)) / len(judged) if judged else 0.0


def brier(judged: Judged) -> float:
    """Mean squared distance of the confidence from what was so: 0 is best, 0.25 is always saying one half."""
    return sum((sure - right) ** 2 for sure, right in judged) / len(judged) if judged else 0.0


def log_loss(judged: Judged) -> float:
    """Mean surprise, in nats: high where what was sure is wrong."""
    ends = ((min(max(sure, _LEAST), 1 - _LEAST), right) for sure, right in judged)
    return -sum(math.log(sure if right else 1 - sure) for sure, right in ends) / len(judged) if judged else 0.0


def ranking(judged: Judged) -> float:
    """How often a right claim is surer than a wrong one (area under the ROC curve); one half is chance."""
    right, wrong = ([sure for sure, is_right in judged if is_right is kind] for kind in (True, False))
    if not right or not wrong:
        return 0.5
    won = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return won / (len(right) * len(wrong))


def average_precision(judged: Judged) -> float:
    """Mean share of right claims down to each right one, surest first; chance gives the share of right claims.

    Claims that are equally sure count as one step: their order says nothing.
    """
    ranked: dict[float, list[bool]] = {}
    for sure, right in judged:
        ranked.setdefault(sure, []).append(right)
    hits = seen = 0
    total = 0.0
    for _, tied in sorted(ranked.items(), reverse=True):
        hits, seen = hits + sum(tied), seen + len(tied)
        total += sum(tied) * hits / seen
    return total / hits if hits else 0.0
