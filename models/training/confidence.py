"""Makes ../weights/confidence/ and ../quality/reliability.svg from the gold sets.

    python models/training/confidence.py

Reads the articles of the dev part, sees which claims are right (value, subject, metric and asserter), and fits a
logistic regression on what is known of a claim when it is read. Five ways are compared by five-fold cross-validation
in which all articles on one matter are in one fold. The held part is measured with the weights that are kept; only
numbers of it are printed. Needs scikit-learn, which comes with sentence-transformers.
"""

import hashlib
import importlib.metadata
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from monitor.app import App
from monitor.domain.article import Reading
from monitor.domain.claim import Claim, Modality
from monitor.domain.relation import Told
from monitor.domain.trace import Trace
from monitor.interchange import article_from_line, gold_from_lines
from monitor.nlp.confidence import LEAST, MOST, known_of
from monitor.pipeline.ingest import article_of_record
from monitor.quality import load_pins
from monitor.quality.calibration import Judged, brier, calibration_error, log_loss, ranking
from monitor.quality.diagram import diagram
from monitor.quality.fields import Same
from monitor.quality.matching import match
from monitor.settings import ModelsSettings, Settings

MODELS = Path(__file__).resolve().parent.parent
GOLD = MODELS / "quality" / "gold"
WEIGHTS = MODELS / "weights" / "confidence"
TEMPLATE = Path(__file__).with_name("confidence_card.md")
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
FOLDS = 5
SMALLEST = 0.005  # weights below this are left out
HEADER = "# Made by ../../training/confidence.py; card.md tells how. Do not edit.\n"


@dataclass(frozen=True)
class Case:
    """A claim that was found: what is known of it, how the trusts of its fields add up, and whether it is right."""

    known: dict[str, float]
    trusts: float
    right: bool
    matter: str


Fit = Callable[[Sequence[Case], Sequence[Case]], Sequence[float]]


def main() -> int:
    """Compare, fit, measure, write."""
    dev, held = cases("dev"), cases("held")
    strength, said = compared(dev)
    drop = unseen()
    base, weights = fitted(dev, strength)
    text = written(base - drop, weights)
    dev_judged = judged(dev, crossed(dev, logistic(strength)))
    unshifted, shifted = (judged(held, applied(held, base - off, weights)) for off in (0.0, drop))
    said += ["", "held, as on dev         " + numbers(unshifted), "held, as it is kept     " + numbers(shifted)]
    print("\n".join(said))
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "weights.toml").write_text(text, encoding="utf-8", newline="\n")
    (WEIGHTS / "card.md").write_text(card(text, said, strength, drop, len(dev)), encoding="utf-8", newline="\n")
    parts = {"dev, cross-validated": dev_judged, "held, as kept": shifted}
    picture = diagram("Confidence against what is right", parts)
    (MODELS / "quality" / "reliability.svg").write_text(picture, encoding="utf-8", newline="\n")
    return 0


def cases(part: str) -> list[Case]:
    """The claims found in the articles of a part."""
    lines = {
        name: (GOLD / part / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for name in ("articles", "claims", "pairs", "negatives")
    }
    gold = gold_from_lines(lines["claims"], lines["pairs"], lines["negatives"])
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/unused.db", models=ModelsSettings(processes=0))
        app = App(settings, now=lambda: datetime(2028, 1, 1, tzinfo=UTC))
        try:
            records = [article_from_line(line, number) for number, line in enumerate(lines["articles"], 1)]
            articles = [article_of_record(app.parts.edges, record, arrived=app.parts.now()) for record in records]
            readings = [_read(one) for one in app.parts.readers(articles)]
            same, units = Same(app.parts.ontology.words.weak), app.parts.units
        finally:
            app.close()
    found = [
        (Told(claim, article), traces)
        for article, reading in zip(articles, readings, strict=True)
        for claim, traces in zip(reading.claims, reading.traces, strict=True)
        if not claim.quantity.is_empty
    ]
    told = [one for one, _ in found]
    matched = match(told, gold.claims, same, units)
    return [
        Case(
            known_of(one.claim, traces),
            trusts(one.claim, traces),
            at in matched and all(check(one, gold.claims[matched[at]]) for check in same.whole),
            (one.article.given_id or "").partition("-")[0],
        )
        for at, (one, traces) in enumerate(found)
    ]


def _read(reading: Reading | Exception) -> Reading:
    if isinstance(reading, Exception):
        raise reading
    return reading


def trusts(claim: Claim, traces: Sequence[Trace]) -> float:
    """The sum of the trusts in subject, metric and time that stood for the confidence before."""
    of = {trace.field: trace.trust or 0.0 for trace in traces}
    trust = 0.3 + 0.35 * of["subject"] + 0.3 * of["metric"] + 0.05 * of["time"]
    trust -= 0.1 if claim.modality in {Modality.HYPOTHETICAL, Modality.QUESTION} else 0.0
    return min(max(0.25 + 1.1 * (trust - 0.5), 0.05), 0.95)


def compared(dev: Sequence[Case]) -> tuple[float, list[str]]:
    """The strength of the weights with the least log loss, and a table of all ways."""
    ways: dict[str, Fit] = {
        "base rate": lambda known, asked: [sum(one.right for one in known) / len(known)] * len(asked),
        "sum of trusts": lambda _, asked: [one.trusts for one in asked],
        "isotonic on that sum": isotonic,
        **{f"logistic, C {strength}": logistic(strength) for strength in STRENGTHS},
    }
    results = {name: judged(dev, crossed(dev, fit)) for name, fit in ways.items()}
    best = min(STRENGTHS, key=lambda strength: log_loss(results[f"logistic, C {strength}"]))
    rows = [f"{name:24}{numbers(result)}" for name, result in results.items()]
    title = (
        f"{'dev, cross-validated':24}{'log loss':>9} {'Brier':>7} {'error':>7} {'ranking':>8} {'claims':>7} {'right':>6}"
    )
    return best, [title, *rows]


def numbers(of: Judged) -> str:
    share = sum(right for _, right in of) / len(of)
    return (
        f"{log_loss(of):9.3f} {brier(of):7.3f} {calibration_error(of):7.3f} {ranking(of):8.3f} {len(of):7} {share:6.3f}"
    )


def crossed(dev: Sequence[Case], fit: Fit) -> list[float]:
    """The probability of each claim by a model that saw no article on its matter."""
    given = [0.0] * len(dev)
    matters = [one.matter for one in dev]
    for known, asked in GroupKFold(FOLDS).split(matters, groups=matters):
        for at, sure in zip(asked, fit([dev[i] for i in known], [dev[i] for i in asked]), strict=True):
            given[at] = min(max(float(sure), LEAST), MOST)
    return given


def judged(of: Sequence[Case], given: Sequence[float]) -> Judged:
    return [(sure, one.right) for one, sure in zip(of, given, strict=True)]


def isotonic(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
    model = IsotonicRegression(out_of_bounds="clip").fit([one.trusts for one in known], [one.right for one in known])
    return [float(sure) for sure in model.predict([one.trusts for one in asked])]


def logistic(strength: float) -> Fit:
    def fit(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
        return applied(asked, *fitted(known, strength))

    return fit


def fitted(known: Sequence[Case], strength: float) -> tuple[float, dict[str, float]]:
    """Base and weights. `strength`: how far the weights may go."""
    table = DictVectorizer(sparse=False)
    inputs = table.fit_transform([one.known for one in known])
    model = LogisticRegression(C=strength, max_iter=5000).fit(inputs, numpy.array([one.right for one in known]))
    weights = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    return float(model.intercept_[0]), {name: float(weight) for name, weight in weights.items()}


def applied(asked: Sequence[Case], base: float, weights: dict[str, float]) -> list[float]:
    totals = [base + sum(weights.get(name, 0.0) * value for name, value in one.known.items()) for one in asked]
    return [min(max(1 / (1 + math.exp(-total)), LEAST), MOST) for total in totals]


def unseen() -> float:
    """How much lower the log odds of being right are on texts that no rule was tuned on.

    By the pinned precision of whole claims: rules are tuned on dev, and only the table of held is looked at.
    """
    pins = [load_pins((MODELS / "quality" / "pinned.toml").read_text(encoding="utf-8"), part) for part in ("dev", "held")]
    tuned, other = (one.at_least["whole_claims_precision"] for one in pins)
    return math.log(tuned / (1 - tuned)) - math.log(other / (1 - other))


def written(base: float, weights: dict[str, float]) -> str:
    lines = [f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST]
    return f"{HEADER}base = {base:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n"


def card(text: str, said: Sequence[str], strength: float, drop: float, claims: int) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("scikit-learn", "numpy", "spacy"))
    python = ".".join(map(str, sys.version_info[:3]))
    table = "\n".join(f"    {line}".rstrip() for line in said)
    return TEMPLATE.read_text(encoding="utf-8").format(
        claims=claims,
        strength=strength,
        drop=drop,
        table=table,
        versions=versions,
        python=python,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        checksum=hashlib.sha256(text.encode()).hexdigest(),
    )


if __name__ == "__main__":
    sys.exit(main())
