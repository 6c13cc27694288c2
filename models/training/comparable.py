"""Makes ../weights/comparable/, ../quality/comparable.svg and ../quality/comparable_curve.svg.

    python -m models.training.comparable

Learns whether two figures answer one question from the pairs of comparable/pages.txt (single sentences) and of the gold
set dev (claims in their articles), fits a logistic regression, and measures it on the pairs of
../quality/written/pages.txt, from which nothing is learned, and on dev by six-fold cross-validation in which all
articles on one matter are in one fold. Needs scikit-learn, which comes with sentence-transformers.
"""

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from monitor.domain.gold import Gold
from monitor.interchange import gold_from_lines
from monitor.quality.calibration import Judged, brier, calibration_error, log_loss, ranking
from monitor.quality.curve import curve
from monitor.quality.diagram import diagram
from monitor.relations.comparable import LEAST, METRICS, MOST, READ, SUBJECTS, Mention, mention_of, seen_of
from tests.quality.adapters.likely import Likely
from tests.quality.adapters.pages import SentencePair, read_pages
from tests.quality.adapters.pairs import Sentences

MODELS = Path(__file__).resolve().parent.parent
GOLD = MODELS / "quality" / "gold" / "dev"
WEIGHTS = MODELS / "weights" / "comparable"
PAGES = Path(__file__).with_name("comparable") / "pages.txt"
MEASURED = MODELS / "quality" / "written" / "pages.txt"
TEMPLATE = Path(__file__).with_name("comparable_card.md")
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
FOLDS = 6
ALONE = 3.0  # a pair of single sentences counts as so many of dev, which has more of them on fewer matters
SMALLEST = 0.005  # weights below this are left out
HEADER = "# Made by ../../training/comparable.py; card.md tells how. Do not edit.\n"


@dataclass(frozen=True)
class Case:
    """Two figures: what is seen of them, whether they answer one question, and the matter they are of."""

    seen: dict[str, float]
    same: bool
    matter: str


def main() -> int:
    """Compare, fit, measure, write."""
    sentences = Likely(Sentences())
    learned, measured = (cases_of(read_pages(path, sentences)) for path in (PAGES, MEASURED))
    dev = cases_of_gold(sentences)
    strength, said = compared(learned, dev)
    base, weights = fitted(learned, dev, strength)
    text = written(base, weights)
    parts = {
        "sentences, none learned from": judged(measured, applied(measured, base, weights)),
        "dev, cross-validated": judged(dev, crossed(learned, dev, strength)),
    }
    said += ["", *(f"{name:30}{numbers(result)}" for name, result in parts.items())]
    print("\n".join(said))
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "weights.toml").write_text(text, encoding="utf-8", newline="\n")
    (WEIGHTS / "card.md").write_text(card(text, said, strength, len(learned), len(dev)), encoding="utf-8", newline="\n")
    quality = MODELS / "quality"
    pictures = {
        "comparable.svg": diagram("Said to be of one question, and is", parts, of="pairs"),
        "comparable_curve.svg": curve("Two figures of one question: precision and recall", parts),
    }
    for name, picture in pictures.items():
        (quality / name).write_text(picture, encoding="utf-8", newline="\n")
    return 0


def cases_of(pairs: Iterable[SentencePair]) -> list[Case]:
    """All pairs of figures of one dimension in two sentences of one page."""
    return [
        Case(seen_of(one, other), same, pair.page)
        for pair in pairs
        for one, other, same in pair.figures
        if one.dimension == other.dimension
    ]


def cases_of_gold(sentences: Likely) -> list[Case]:
    """All pairs of claims of one dimension on one matter, but for those in one sentence."""
    of_matter: dict[str, list[tuple[Mention, str, tuple[str, int, str]]]] = {}
    for one in gold().claims:
        claim, article = one.claim, one.told.article
        if not claim.quantity.is_empty:
            mention = mention_of(one.told, sentences.reading.units, sentences.reading.ontology)
            place = (article.id, claim.evidence.start, claim.evidence.where.value)
            question = claim.question_id or claim.id
            of_matter.setdefault(question.partition("/")[0], []).append((mention, question, place))
    return [
        Case(seen_of(one, other), question == asked, matter)
        for matter, found in of_matter.items()
        for (one, question, place), (other, asked, elsewhere) in combinations(found, 2)
        if one.dimension == other.dimension and place != elsewhere
    ]


def gold() -> Gold:
    lines = ((GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() for name in ("claims", "pairs"))
    return gold_from_lines(*lines)


def compared(learned: Sequence[Case], dev: Sequence[Case]) -> tuple[float, list[str]]:
    """The strength of the weights with the least log loss on dev, and a table of all."""
    share = sum(one.same for one in learned) / len(learned)
    ways = {"base rate": judged(dev, [share] * len(dev))}
    ways |= {f"logistic, C {strength}": judged(dev, crossed(learned, dev, strength)) for strength in STRENGTHS}
    best = min(STRENGTHS, key=lambda strength: log_loss(ways[f"logistic, C {strength}"]))
    title = (
        f"{'dev, cross-validated':30}{'log loss':>9} {'Brier':>7} {'error':>7} {'ranking':>8} {'pairs':>7} {'same':>6}"
    )
    return best, [title, *(f"{name:30}{numbers(result)}" for name, result in ways.items())]


def numbers(of: Judged) -> str:
    share = sum(right for _, right in of) / len(of)
    return (
        f"{log_loss(of):9.3f} {brier(of):7.3f} {calibration_error(of):7.3f} {ranking(of):8.3f} {len(of):7} {share:6.3f}"
    )


def crossed(learned: Sequence[Case], dev: Sequence[Case], strength: float) -> list[float]:
    """The probability of each pair of dev by weights that saw no article on its matter."""
    given = [0.0] * len(dev)
    matters = [one.matter for one in dev]
    for known, asked in GroupKFold(FOLDS).split(matters, groups=matters):
        weights = fitted(learned, [dev[at] for at in known], strength)
        for at, sure in zip(asked, applied([dev[at] for at in asked], *weights), strict=True):
            given[at] = sure
    return given


def judged(of: Sequence[Case], given: Sequence[float]) -> Judged:
    return [(sure, one.same) for one, sure in zip(of, given, strict=True)]


def fitted(learned: Sequence[Case], dev: Sequence[Case], strength: float) -> tuple[float, dict[str, float]]:
    """Base and weights of what is seen as it is: the scale on which they were fitted is taken out of them.

    Each pair of dev stands there twice, once as if nobody had read its subjects and metrics: a sentence alone often
    does not say them.
    """
    known = [*learned, *dev, *map(unread, dev)]
    table, scale = DictVectorizer(sparse=False), StandardScaler()
    inputs = scale.fit_transform(table.fit_transform([one.seen for one in known]))
    worth = numpy.array([ALONE] * len(learned) + [1.0] * 2 * len(dev))
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(inputs, numpy.array([one.same for one in known]), sample_weight=worth)
    slopes = model.coef_[0] / scale.scale_
    base = float(model.intercept_[0] - (slopes * scale.mean_).sum())
    return base, {name: float(slope) for name, slope in zip(table.get_feature_names_out(), slopes, strict=True)}


def unread(case: Case) -> Case:
    """The pair without what only a reading says."""
    seen = {name: value for name, value in case.seen.items() if name not in {READ, SUBJECTS, METRICS}}
    return Case(seen, case.same, case.matter)


def applied(asked: Sequence[Case], base: float, weights: dict[str, float]) -> list[float]:
    totals = [base + sum(weights.get(name, 0.0) * value for name, value in one.seen.items()) for one in asked]
    return [min(max(float(1 / (1 + numpy.exp(-total))), LEAST), MOST) for total in totals]


def written(base: float, weights: dict[str, float]) -> str:
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST]
    return f"{HEADER}base = {base:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n"


def card(text: str, said: Sequence[str], strength: float, learned: int, dev: int) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "numpy", "spacy"))
    return TEMPLATE.read_text(encoding="utf-8").format(
        learned=learned,
        dev=dev,
        strength=strength,
        table="\n".join(f"    {line}".rstrip() for line in said),
        versions=versions,
        python=".".join(map(str, sys.version_info[:3])),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        checksum=hashlib.sha256(text.encode()).hexdigest(),
    )


if __name__ == "__main__":
    sys.exit(main())
