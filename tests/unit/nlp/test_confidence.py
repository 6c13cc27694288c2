"""From how a claim was found to how likely it is right."""

import hashlib
import re
from pathlib import Path

from tellings import tell

from monitor.domain.trace import FIELDS, Trace
from monitor.nlp.confidence import known_of
from monitor.nlp.weighing import Weighing

WEIGHTS = Path(__file__).resolve().parents[3] / "models" / "weights" / "confidence"
CLAIM = tell("40", "t", quote="The mill used 40 tonnes of salt.", subject="Orsel Mill", metric="salt used").claim
RULES = ("number", "unit", "noun", "level", "publication", "plain", "plain", "own", "none", "usual")
TRACES = tuple(Trace(field, rule, trust=0.9) for field, rule in zip(FIELDS, RULES, strict=True))


def test_what_is_known_lies_between_0_and_1_and_names_the_rules() -> None:
    known = known_of(CLAIM, TRACES)
    assert all(0 <= value <= 1 for value in known.values())
    assert known["subject=noun"] == known["metric=level"] == known["source=own"] == 1
    assert known["sort=measure"] == 1
    assert known["metric said"] == 1


def test_the_card_is_that_of_the_weights() -> None:
    card = (WEIGHTS / "card.md").read_text(encoding="utf-8")
    named = re.search(r"`([0-9a-f]{64})`", card)
    assert named is not None
    assert named[1] == hashlib.sha256((WEIGHTS / "weights.toml").read_bytes()).hexdigest()
    assert Weighing.read(WEIGHTS / "weights.toml").weights["both trusts"] > 0
