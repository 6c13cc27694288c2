"""Pins: a score may rise; where it falls, its name, the pin and what was found are told."""

import pytest

from monitor.errors import AssetsWrong
from monitor.quality import Score, checksum, fallen, load_pins

PINS = load_pins('[dev]\nchecksum = "x"\n[dev.at_least]\nsubject = 0.8\n[dev.at_most]\nnegatives_taken = 0.1\n', "dev")


def test_scores_at_their_pins_or_better_are_no_fall() -> None:
    assert fallen([Score("subject", 0.8, 10), Score("negatives_taken", 0.1, 10, True)], PINS) == []
    assert fallen([Score("subject", 0.9, 10), Score("negatives_taken", 0.0, 10, True)], PINS) == []


def test_a_fall_names_the_score_its_pin_and_what_was_found() -> None:
    fell = fallen([Score("subject", 0.75, 10), Score("negatives_taken", 0.2, 10, True)], PINS)
    assert [str(one) for one in fell] == [
        "subject: pinned 0.800, found 0.750",
        "negatives_taken: pinned 0.100, found 0.200",
    ]


def test_a_score_that_is_no_longer_measured_has_fallen() -> None:
    assert [str(one) for one in fallen([Score("negatives_taken", 0.0, 10, True)], PINS)] == [
        "subject: pinned 0.800, found not measured"
    ]


def test_the_checksum_knows_which_file_holds_what() -> None:
    assert checksum([b"ab", b"c"]) != checksum([b"a", b"bc"])


def test_pins_of_another_part_only_are_an_error_that_names_the_missing_part() -> None:
    with pytest.raises(AssetsWrong, match='has no part "held"'):
        load_pins('[dev]\nchecksum = "x"\n', "held")


@pytest.mark.parametrize(
    "text", ["dev = 1", "[dev", "[dev]", '[dev]\nchecksum = "x"\n[dev.at_least]\nsubject = "high"\n']
)
def test_a_broken_file_of_pins_is_an_error_with_a_mend(text: str) -> None:
    with pytest.raises(AssetsWrong, match="Cannot read the pinned scores"):
        load_pins(text, "dev")
