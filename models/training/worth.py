"""Makes ../weights/worth/ from the dev part of the gold set.

    python models/training/worth.py

Reads its articles, takes the claims that were found and are in the gold set, and fits a logistic regression to which of
them a careful reader asks for (`worth`). Compared with plain ways by ten-fold cross-validation.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from logistic import Case, Fit, applied, base_rate, by_rule, crossed, fitted, judged, keep, logistic, strongest, written
from readings import MODELS, Found, found_in

from monitor.nlp.worth import Around, WorthCues, known_of
from monitor.quality.calibration import Judged, average_precision, calibration_error, log_loss, ranking

STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
FOLDS = 10
NEAR_BY = {"coming", "measured", "background", "own", "extent", "past", "date to come"}
OF_ARTICLE = {"title", "place", "subject in title", "metric in title", "unit told", "unit alone"}
AGAINST = ("measured", "background", "extent", "own", "date to come")


def main() -> int:
    """Compare, fit, write."""
    dev = cases("dev")
    strength = strongest(dev, STRENGTHS, FOLDS)
    base, weights = fitted(dev, strength)
    said = compared(dev)
    print("\n".join(said))
    usual = {name: sum(one.known.get(name, 0.0) for one in dev) / len(dev) for name in weights}
    text = written("worth", base, weights, usual)
    low = sum(not one.right for one in dev)
    template = Path(__file__).with_name("worth_card.md")
    keep(MODELS / "weights" / "worth", text, template, said, strength=strength, claims=len(dev), low=low)
    return 0


def cases(part: str) -> list[Case]:
    """The claims found in the articles of a part that are claims of the gold set."""
    cues = WorthCues.read(MODELS / "cues" / "en" / "worth.toml")
    found = [one for one in found_in(part) if one.wanted is not None]
    return [_case(one, cues) for one in found]


def _case(one: Found, cues: WorthCues) -> Case:
    known = known_of(one.told.claim, Around.of(one.told.article, one.reading.claims, cues), cues)
    return Case(known, rule(known), one.wanted is not None and one.wanted.worth, one.matter)


def rule(known: dict[str, float]) -> float:
    """The best that plain rules came to: what is in the title is worth most, what stands beside such words least."""
    score = 0.8 + 0.1 * (known["title"] + known["subject in title"]) - 0.05 * known["in words"] - 0.05 * known["past"]
    return score - 0.3 * max(known[name] for name in AGAINST)


def compared(dev: Sequence[Case]) -> list[str]:
    """A table of all ways."""
    ways: dict[str, Fit] = {
        "base rate": base_rate,
        "first in the text first": lambda _, asked: [1 - one.known["place"] for one in asked],
        "rules": by_rule,
        **{f"logistic, C {strength}": logistic(strength) for strength in STRENGTHS},
        "… without words near by": without(NEAR_BY),
        "… without the article": without(OF_ARTICLE),
    }
    rows = [f"{name:26}{numbers(judged(dev, crossed(dev, fit, FOLDS)))}" for name, fit in ways.items()]
    title = f"{'dev, cross-validated':26}{'ranking':>8} {'low found':>10} {'log loss':>9} {'error':>6}"
    return [f"{title} {'claims':>7} {'low':>6}", *rows]


def without(names: set[str]) -> Fit:
    """The logistic regression that does not know these things."""

    def less(of: Sequence[Case]) -> list[Case]:
        kept = [{name: value for name, value in one.known.items() if name not in names} for one in of]
        return [Case(known, one.by_rule, one.right, one.matter) for known, one in zip(kept, of, strict=True)]

    def fit(known: Sequence[Case], asked: Sequence[Case]) -> Sequence[float]:
        return applied(less(asked), *fitted(less(known), 1.0))

    return fit


def numbers(of: Judged) -> str:
    low = [(1 - sure, not right) for sure, right in of]
    share = sum(wanted for _, wanted in low) / len(low)
    return (
        f"{ranking(of):8.3f} {average_precision(low):10.3f} {log_loss(of):9.3f} {calibration_error(of):6.3f} "
        f"{len(of):7} {share:6.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
