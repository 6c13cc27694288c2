"""Two readings of one page: what is a change by its publisher, and what is not."""

import pytest

from monitor.articles.changes import is_cut, is_same_text

TITLE = "The mill in May"
TOLD = "The mill ground 40 tonnes of rye."
MORE = "Its owner said that the river had been high enough to run both wheels at once, as it was three days ago."
TEXT = f"{TOLD}\n\n{MORE}"


def same(other: str, text: str = TEXT, title: str = TITLE) -> bool:
    assert is_same_text(TITLE, text, title, other) == is_same_text(title, other, TITLE, text)
    return is_same_text(TITLE, text, title, other)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace(" ", "\u00a0"),
        f"{TOLD}\n{MORE} ",
        TEXT.replace("three days ago", "four days ago"),
        f"{TEXT}\n\nUpdated 14:05",
        f"Last updated: 4 May 2026, 11:30\n\n{TEXT}",
        f"{TEXT}\n\n214 comments",
        f"{TEXT}\n\nShare 34",
        f"{TEXT}\n\n1.2k views",
        f"4 min read\n\n{TEXT}",
        f"{TOLD}\n\nAdvertisement\n\n{MORE}",
        f"{TEXT}\n\nMore from our region",
    ],
)
def test_the_clock_the_counters_and_the_furniture_are_no_change(other: str) -> None:
    assert same(other)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("40", "14"),
        TEXT.replace("rye", "wheat"),
        TOLD,
        f"{TEXT}\n\nThe council has not yet said what it thinks of that.",
        f"{TEXT}\n\nGround in May: 44 tonnes",
        f"{MORE}\n\n{TOLD}",
        "",
    ],
)
def test_other_words_and_figures_are_a_change(other: str) -> None:
    assert not same(other)


def test_another_headline_is_a_change_but_not_other_quotation_marks() -> None:
    assert not same(TEXT, title="The mill in June")
    assert is_same_text("The “old” mill – a visit", TEXT, 'The "old" mill - a visit', TEXT)


def test_texts_of_lines_alone_are_compared_by_them() -> None:
    assert same("Rye\n\nWheat", text="Rye\n\nWheat")
    assert not same("Rye\n\nBarley", text="Rye\n\nWheat")


def test_a_reading_that_stops_before_the_middle_is_cut() -> None:
    text = "\n\n".join([TOLD, *(f"{MORE} It was the wheel number {number}." for number in range(4))])
    parts = text.split("\n\n")
    assert is_cut(text, "\n\n".join(parts[:2]))
    assert is_cut(text, f"{parts[0]}\n\n{parts[1][:40]} …")
    assert not is_cut(text, "\n\n".join(parts[:4]))
    assert not is_cut(text, parts[0].replace("40", "14"))
    assert not is_cut(text, parts[2])
    assert not is_cut(text, "")
    assert not is_cut(TOLD, text)
