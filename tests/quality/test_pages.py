"""Pages with marked figures: which pairs of sentences they make, and what is known of each."""

from pathlib import Path

import pytest

from tests.quality.adapters.likely import Likely
from tests.quality.adapters.pages import SentencePair, read_pages
from tests.quality.adapters.pairs import Sentences


@pytest.fixture(scope="module")
def likely() -> Likely:
    return Likely(Sentences())


def pairs(likely: Likely, folder: Path, *lines: str) -> list[SentencePair]:
    page = folder / "page.txt"
    page.write_text("== Weir Lane\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return read_pages(page, likely)


def test_a_marked_sentence_alone_is_held_against_the_others(likely: Likely, tmp_path: Path) -> None:
    lines = ("> It has {bells|four bells}.", "It has {bells|six bells}.", "It has {doors|two doors}.")
    found = pairs(likely, tmp_path, *lines)
    assert [one.label for one in found] == ["refutes", "nei"]
    assert all(one.first.alone for one in found)


@pytest.mark.parametrize(("later", "same"), [("90", True), ("140", False)])
def test_a_count_that_only_grows_is_not_smaller_later(likely: Likely, tmp_path: Path, later: str, same: bool) -> None:
    lines = ("On 3 May {cases@1|120 people} were ill.", f"On 9 May {{cases@2|{later} people}} were ill.")
    (pair,) = pairs(likely, tmp_path, *lines)
    assert [one for _, _, one in pair.figures] == [same]


def test_of_a_whole_and_a_part_nothing_is_told(likely: Likely, tmp_path: Path) -> None:
    (pair,) = pairs(likely, tmp_path, "It has {bells|four bells}.", "The tower has {bells.tower|two bells}.")
    assert list(pair.figures) == []
    assert pair.label == ""
