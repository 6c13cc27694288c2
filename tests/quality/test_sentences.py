"""The scores that comparing must keep on pairs of single sentences of our own, half of them lookalikes."""

from pathlib import Path

import pytest

from monitor.quality import checksum, fallen, load_pins
from monitor.quality.calibration import calibration_error, ranking
from monitor.quality.score import Score
from tests.quality.adapters.likely import Likely, verdict
from tests.quality.adapters.pages import SentencePair, chosen, read_pages
from tests.quality.adapters.pairs import Sentences
from tests.quality.figures.outside import false_at_recall, false_contradictions

QUALITY = Path(__file__).resolve().parents[2] / "models" / "quality"
PAGES = QUALITY / "written" / "pages.txt"
PINS = load_pins((QUALITY / "pinned_sentences.toml").read_text(encoding="utf-8"), "sentences")


@pytest.fixture(scope="module")
def sentences() -> Likely:
    return Likely(Sentences())


@pytest.fixture(scope="module")
def every_pair(sentences: Likely) -> list[SentencePair]:
    return read_pages(PAGES, sentences)


def measured(sentences: Likely, every_pair: list[SentencePair]) -> list[Score]:
    """The scores of the chosen pairs; of all figures of one dimension, how likelihoods rank and can be believed."""
    pairs = chosen(every_pair)
    said = [verdict(sentences.answers(pair.first.figures, pair.second.figures)) for pair in pairs]
    gold = [{"id": str(at), "label": pair.label} for at, pair in enumerate(pairs)]
    lines = [{"id": str(at), "label": one, "score": sure} for at, (one, sure) in enumerate(said)]
    called = [pair.label for pair, (one, _) in zip(pairs, said, strict=True) if one == "refutes"]
    right, wanted = called.count("refutes"), sum(pair.label == "refutes" for pair in pairs)
    judged = [
        (sentences.comparable.of(one, other), same)
        for pair in every_pair
        for one, other, same in pair.figures
        if one.dimension == other.dimension
    ]
    at_recall = false_at_recall(gold, lines, 75)
    return [
        Score("pairs", len(pairs), len(pairs)),
        Score("refutes_precision", right / len(called), len(pairs)),
        Score("refutes_recall", right / wanted, len(pairs)),
        Score("ranking", ranking(judged), len(judged)),
        Score("calibration_error", calibration_error(judged), len(judged), lower_is_better=True),
        Score("lookalikes_refuted", false_contradictions(gold, lines)["share"], len(pairs), lower_is_better=True),
        Score("lookalikes_refuted_at_75", 100.0 if at_recall is None else at_recall, len(pairs), lower_is_better=True),
    ]


def test_half_of_at_least_300_pairs_are_lookalikes(every_pair: list[SentencePair]) -> None:
    pairs = chosen(every_pair)
    assert len(pairs) >= 300
    assert sum(pair.label == "nei" for pair in pairs) * 2 >= len(pairs) - 1


def test_no_score_is_worse_than_pinned(sentences: Likely, every_pair: list[SentencePair]) -> None:
    assert checksum([PAGES.read_bytes()]) == PINS.checksum, "The pages changed: measure them, and pin the scores anew."
    fell = fallen(measured(sentences, every_pair), PINS)
    assert not fell, "Fallen:\n  " + "\n  ".join(map(str, fell))


def test_nothing_that_is_measured_was_learned_from() -> None:
    learned = (QUALITY.parent / "training" / "comparable" / "pages.txt").read_text(encoding="utf-8").splitlines()
    assert not set(PAGES.read_text(encoding="utf-8").splitlines()) & set(learned) - {""}
