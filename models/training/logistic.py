"""A logistic regression on what is known of claims, compared, fitted and written. Used by the scripts beside it.

Ways are compared by cross-validation in which all articles on one matter are in one fold. Needs scikit-learn, which
comes with sentence-transformers.
"""

import hashlib
import importlib.metadata
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from monitor.nlp.weighing import LEAST, MOST
from monitor.quality.calibration import Judged, log_loss

SMALLEST = 0.005  # weights below this are left out


@dataclass(frozen=True)
class Case:
    """A claim: what is known of it, what a plain rule makes of it, and whether it is right."""

    known: dict[str, float]
    by_rule: float
    right: bool
    matter: str


Fit = Callable[[Sequence[Case], Sequence[Case]], Sequence[float]]


def base_rate(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
    return [sum(one.right for one in known) / len(known)] * len(asked)


def by_rule(_: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
    return [one.by_rule for one in asked]


def logistic(strength: float) -> Fit:
    """`strength`: how far the weights may go."""

    def fit(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
        return applied(asked, *fitted(known, strength))

    return fit


def strongest(cases: Sequence[Case], strengths: Sequence[float], folds: int) -> float:
    """The strength with the least log loss."""
    return min(strengths, key=lambda strength: log_loss(judged(cases, crossed(cases, logistic(strength), folds))))


def crossed(cases: Sequence[Case], fit: Fit, folds: int) -> list[float]:
    """The probability of each claim by a model that saw no article on its matter."""
    given = [0.0] * len(cases)
    matters = [one.matter for one in cases]
    for known, asked in GroupKFold(folds).split(matters, groups=matters):
        for at, sure in zip(asked, fit([cases[i] for i in known], [cases[i] for i in asked]), strict=True):
            given[at] = min(max(float(sure), LEAST), MOST)
    return given


def judged(cases: Sequence[Case], given: Sequence[float]) -> Judged:
    return [(sure, one.right) for one, sure in zip(cases, given, strict=True)]


def fitted(cases: Sequence[Case], strength: float) -> tuple[float, dict[str, float]]:
    """Base and weights."""
    table = DictVectorizer(sparse=False)
    inputs = table.fit_transform([one.known for one in cases])
    model = LogisticRegression(C=strength, max_iter=5000).fit(inputs, numpy.array([one.right for one in cases]))
    weights = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    return float(model.intercept_[0]), {name: float(weight) for name, weight in weights.items()}


def applied(asked: Sequence[Case], base: float, weights: dict[str, float]) -> list[float]:
    totals = [base + sum(weights.get(name, 0.0) * value for name, value in one.known.items()) for one in asked]
    return [min(max(1 / (1 + math.exp(-total)), LEAST), MOST) for total in totals]


def written(maker: str, base: float, weights: Mapping[str, float], usual: Mapping[str, float] | None = None) -> str:
    """The weights as a file. `maker`: the script that makes it."""
    kept = {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}
    text = f"# Made by ../../training/{maker}.py; card.md tells how. Do not edit.\nbase = {base:.3f}\n\n[weights]\n"
    text += "".join(f'"{name}" = {weight:.3f}\n' for name, weight in kept.items())
    if usual is not None:
        text += "\n[usual]\n" + "".join(f'"{name}" = {usual[name]:.3f}\n' for name in kept)
    return text


def keep(folder: Path, text: str, template: Path, said: Sequence[str], **facts: object) -> None:
    """Write weights and card into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "numpy", "spacy"))
    card = template.read_text(encoding="utf-8").format(
        table="\n".join(f"    {line}".rstrip() for line in said),
        versions=versions,
        python=".".join(map(str, sys.version_info[:3])),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        **facts,
    )
    (folder / "weights.toml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "card.md").write_text(card, encoding="utf-8", newline="\n")
