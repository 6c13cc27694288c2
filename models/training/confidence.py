"""Makes ../weights/confidence/ and ../quality/reliability.svg from the gold sets.

    python models/training/confidence.py

Reads the articles of the dev part, sees which claims are right (value, subject, metric and asserter), and fits a
logistic regression on what is known of a claim when it is read. Five ways are compared by five-fold cross-validation.
The held part is measured with the weights that are kept; only numbers of it are printed.
"""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from logistic import Case, Fit, applied, base_rate, by_rule, crossed, fitted, judged, keep, logistic, strongest, written
from readings import MODELS, found_in
from sklearn.isotonic import IsotonicRegression

from monitor.domain.claim import Claim, Modality
from monitor.domain.trace import Trace
from monitor.nlp.confidence import known_of
from monitor.quality import load_pins
from monitor.quality.calibration import Judged, brier, calibration_error, log_loss, ranking
from monitor.quality.diagram import diagram

STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
FOLDS = 5


def main() -> int:
    """Compare, fit, measure, write."""
    dev, held = cases("dev"), cases("held")
    strength = strongest(dev, STRENGTHS, FOLDS)
    drop = unseen()
    base, weights = fitted(dev, strength)
    dev_judged = judged(dev, crossed(dev, logistic(strength), FOLDS))
    unshifted, shifted = (judged(held, applied(held, base - off, weights)) for off in (0.0, drop))
    said = compared(dev)
    said += ["", "held, as on dev         " + numbers(unshifted), "held, as it is kept     " + numbers(shifted)]
    print("\n".join(said))
    template = Path(__file__).with_name("confidence_card.md")
    text = written("confidence", base - drop, weights)
    keep(MODELS / "weights" / "confidence", text, template, said, strength=strength, drop=drop, claims=len(dev))
    parts = {"dev, cross-validated": dev_judged, "held, as kept": shifted}
    picture = diagram("Confidence against what is right", parts)
    (MODELS / "quality" / "reliability.svg").write_text(picture, encoding="utf-8", newline="\n")
    return 0


def cases(part: str) -> list[Case]:
    """The claims found in the articles of a part."""
    return [
        Case(known_of(one.told.claim, one.traces), trusts(one.told.claim, one.traces), one.whole, one.matter)
        for one in found_in(part)
    ]


def trusts(claim: Claim, traces: Sequence[Trace]) -> float:
    """The sum of the trusts in subject, metric and time that stood for the confidence before."""
    of = {trace.field: trace.trust or 0.0 for trace in traces}
    trust = 0.3 + 0.35 * of["subject"] + 0.3 * of["metric"] + 0.05 * of["time"]
    trust -= 0.1 if claim.modality in {Modality.HYPOTHETICAL, Modality.QUESTION} else 0.0
    return min(max(0.25 + 1.1 * (trust - 0.5), 0.05), 0.95)


def compared(dev: Sequence[Case]) -> list[str]:
    """A table of all ways."""
    ways: dict[str, Fit] = {
        "base rate": base_rate,
        "sum of trusts": by_rule,
        "isotonic on that sum": isotonic,
        **{f"logistic, C {strength}": logistic(strength) for strength in STRENGTHS},
    }
    rows = [f"{name:24}{numbers(judged(dev, crossed(dev, fit, FOLDS)))}" for name, fit in ways.items()]
    title = (
        f"{'dev, cross-validated':24}{'log loss':>9} {'Brier':>7} {'error':>7} {'ranking':>8} {'claims':>7} {'right':>6}"
    )
    return [title, *rows]


def numbers(of: Judged) -> str:
    share = sum(right for _, right in of) / len(of)
    return (
        f"{log_loss(of):9.3f} {brier(of):7.3f} {calibration_error(of):7.3f} {ranking(of):8.3f} {len(of):7} {share:6.3f}"
    )


def isotonic(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
    model = IsotonicRegression(out_of_bounds="clip").fit([one.by_rule for one in known], [one.right for one in known])
    return [float(sure) for sure in model.predict([one.by_rule for one in asked])]


def unseen() -> float:
    """How much lower the log odds of being right are on texts that no rule was tuned on.

    By the pinned precision of whole claims: rules are tuned on dev, and only the table of held is looked at.
    """
    pins = [load_pins((MODELS / "quality" / "pinned.toml").read_text(encoding="utf-8"), part) for part in ("dev", "held")]
    tuned, other = (one.at_least["whole_claims_precision"] for one in pins)
    return math.log(tuned / (1 - tuned)) - math.log(other / (1 - other))


if __name__ == "__main__":
    sys.exit(main())
