"""Makes ../weights/comparable/, ../quality/comparable.svg and ../quality/comparable_curve.svg.

    python -m models.training.comparable

Learns whether two figures answer one question, in two ways. For sentences that stand alone from the pages of
comparable/: most of all from those in which one sentence is held against what is said of it in short, by cross-validation
in which a page is in one fold; measured on the pairs of ../quality/written/pages.txt, from which nothing is learned. For
claims whose subject and metric were read from the gold set dev, with all articles on one matter in one fold. Needs
scikit-learn, which comes with sentence-transformers.
"""

import hashlib
import importlib.metadata
import sys
from collections.abc import Iterable, Mapping, Sequence
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
from monitor.relations.comparable import LEAST, MOST
from monitor.relations.mention import Mention, mention_of
from monitor.relations.seen import seen_of
from tests.quality.adapters.likely import Likely
from tests.quality.adapters.pages import SentencePair, read_pages
from tests.quality.adapters.pairs import Sentences

MODELS = Path(__file__).resolve().parent.parent
GOLD = MODELS / "quality" / "gold" / "dev"
WEIGHTS = MODELS / "weights" / "comparable"
PAGES = Path(__file__).with_name("comparable")
MEASURED = MODELS / "quality" / "written" / "pages.txt"
TEMPLATE = Path(__file__).with_name("comparable_card.md")
STRENGTHS = (0.01, 0.03, 0.1, 0.3)
FOLDS = 6
LOOSE = (
    0.3  # what a pair of any two sentences of a page counts: they differ by more than a sentence and what is said of it
)
SMALLEST = 0.005  # weights below this are left out
HEADER = "# Made by ../../training/comparable.py; card.md tells how. Do not edit.\n"


@dataclass(frozen=True)
class Case:
    """Two figures: what is seen of them, whether they answer one question, of what matter. `worth`: what it counts."""

    seen: dict[str, float]
    same: bool
    matter: str
    worth: float = 1.0


def main() -> int:
    """Compare, fit, measure, write."""
    sentences = Likely(Sentences())
    pages = [pair for path in sorted(PAGES.glob("*.txt")) for pair in read_pages(path, sentences)]
    learned, measured = cases_of(pages), cases_of(read_pages(MEASURED, sentences))
    dev = cases_of_gold(sentences)
    alone, said = compared("sentences", learned)
    read, told = compared("claims of dev", dev)
    weights = fitted(learned, alone)
    text = written({"alone": weights, "read": fitted(dev, read)})
    parts = {
        "sentences, none learned from": judged(measured, applied(measured, *weights)),
        "dev, cross-validated": judged(dev, crossed(dev, read)),
    }
    said += ["", *told, "", *(f"{name:30}{numbers(result)}" for name, result in parts.items())]
    print("\n".join(said))
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "weights.toml").write_text(text, encoding="utf-8", newline="\n")
    facts = {"pages": len({pair.page for pair in pages}), "learned": len(learned), "dev": len(dev), "loose": LOOSE}
    (WEIGHTS / "card.md").write_text(card(text, said, alone=alone, read=read, **facts), encoding="utf-8", newline="\n")
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
        Case(seen_of(one, other), same, pair.page, 1.0 if pair.first.alone else LOOSE)
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


def compared(name: str, cases: Sequence[Case]) -> tuple[float, list[str]]:
    """The strength of the weights with the least log loss on what counts in full, and a table of all."""
    whole = [one for one in cases if one.worth == 1]
    ways = {"base rate": judged(whole, [sum(one.same for one in whole) / len(whole)] * len(whole))}
    for strength in STRENGTHS:
        given = zip(cases, crossed(cases, strength), strict=True)
        ways[f"logistic, C {strength}"] = [(sure, one.same) for one, sure in given if one.worth == 1]
    best = min(STRENGTHS, key=lambda strength: log_loss(ways[f"logistic, C {strength}"]))
    title = f"{name + ', crossed':30}{'log loss':>9} {'Brier':>7} {'error':>7} {'ranking':>8} {'pairs':>7} {'same':>6}"
    return best, [title, *(f"{way:30}{numbers(result)}" for way, result in ways.items())]


def numbers(of: Judged) -> str:
    share = sum(right for _, right in of) / len(of)
    return (
        f"{log_loss(of):9.3f} {brier(of):7.3f} {calibration_error(of):7.3f} {ranking(of):8.3f} {len(of):7} {share:6.3f}"
    )


def crossed(cases: Sequence[Case], strength: float) -> list[float]:
    """The probability of each pair by weights that saw no pair on its matter."""
    given = [0.0] * len(cases)
    matters = [one.matter for one in cases]
    for known, asked in GroupKFold(FOLDS).split(matters, groups=matters):
        weights = fitted([cases[at] for at in known], strength)
        for at, sure in zip(asked, applied([cases[at] for at in asked], *weights), strict=True):
            given[at] = sure
    return given


def judged(of: Sequence[Case], given: Sequence[float]) -> Judged:
    return [(sure, one.same) for one, sure in zip(of, given, strict=True)]


def fitted(known: Sequence[Case], strength: float) -> tuple[float, dict[str, float]]:
    """Base and weights of what is seen as it is: the scale on which they were fitted is taken out of them."""
    table, scale = DictVectorizer(sparse=False), StandardScaler()
    inputs = scale.fit_transform(table.fit_transform([one.seen for one in known]))
    worth = numpy.array([one.worth for one in known])
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(inputs, numpy.array([one.same for one in known]), sample_weight=worth)
    slopes = model.coef_[0] / scale.scale_
    base = float(model.intercept_[0] - (slopes * scale.mean_).sum())
    return base, {name: float(slope) for name, slope in zip(table.get_feature_names_out(), slopes, strict=True)}


def applied(asked: Sequence[Case], base: float, weights: dict[str, float]) -> list[float]:
    totals = [base + sum(weights.get(name, 0.0) * value for name, value in one.seen.items()) for one in asked]
    return [min(max(float(1 / (1 + numpy.exp(-total))), LEAST), MOST) for total in totals]


def written(ways: Mapping[str, tuple[float, dict[str, float]]]) -> str:
    return HEADER + "\n".join(_table(name, base, weights) for name, (base, weights) in ways.items())


def _table(name: str, base: float, weights: dict[str, float]) -> str:
    lines = [f'"{seen}" = {weight:.3f}' for seen, weight in sorted(weights.items()) if abs(weight) >= SMALLEST]
    return f"[{name}]\nbase = {base:.3f}\n\n[{name}.weights]\n" + "\n".join(lines) + "\n"


def card(text: str, said: Sequence[str], **facts: float) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "numpy", "spacy"))
    return TEMPLATE.read_text(encoding="utf-8").format(
        **facts,
        table="\n".join(f"    {line}".rstrip() for line in said),
        versions=versions,
        python=".".join(map(str, sys.version_info[:3])),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        checksum=hashlib.sha256(text.encode()).hexdigest(),
    )


if __name__ == "__main__":
    sys.exit(main())
