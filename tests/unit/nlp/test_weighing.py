"""What is known of a claim, weighed."""

from pathlib import Path

import pytest

from monitor.nlp.weighing import LEAST, MOST, Weighing


def test_weights_add_up_and_certainty_is_never_reached() -> None:
    known = {"title": 1.0, "words": 0.5}
    assert Weighing(0.0, {}).of(known) == 0.5
    assert Weighing(0.0, {"title": 1.0}).of(known) == 0.73
    assert Weighing(0.0, {"words": 2.0}).of(known) == 0.73
    assert Weighing(0.0, {"change": 1.0}).of(known) == 0.5
    assert Weighing(20.0, {}).of(known) == MOST
    assert Weighing(-20.0, {}).of(known) == LEAST


def test_reasons_are_what_sets_it_off_from_the_usual() -> None:
    usual = {"title": 0.5, "kind=place": 0.5, "kind=person": 0.5, "late": 1.0}
    weighing = Weighing(3.0, {"title": 1.0, "kind=place": -2.0, "kind=person": 2.0, "late": 5.0}, usual)
    assert weighing.reasons({"title": 1.0, "kind=place": 1.0, "late": 1.0}) == [
        ("kind", -2.0),
        ("title", 0.5),
        ("late", 0.0),
    ]


def test_a_file_of_weights_is_read(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text('base = -1\n[weights]\n"kind=place" = 2\n[usual]\n"kind=place" = 0.25\n')
    weighing = Weighing.read(tmp_path / "w.toml")
    assert weighing.of({"kind=place": 0.5}) == 0.5
    assert weighing.reasons({}) == [("kind", pytest.approx(-0.5))]
