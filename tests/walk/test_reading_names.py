"""Names that look like something else: with a number behind them, or in small letters. They need the language model."""

import pytest
from readings import Read


def names(read: Read, text: str) -> list[str]:
    return [mention.text for mention in read(text).mentions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Passenger numbers on Line 7 rose 12 percent in May.", "Line 7"),
        ("Flight 212 carried 148 people.", "Flight 212"),
        ("The Aster 5 saloon costs €28,900.", "Aster 5"),
        ("The carrier bought 30 Velo 410 jets.", "Velo 410"),
        ("Kuma 4 is meant to lift 9 tonnes, a third more than Kuma 3.", "Kuma 3"),
        ("Pixa 9's battery lasts 14 hours.", "Pixa 9"),
    ],
)
def test_a_number_is_part_of_the_name_that_it_tells_from_others(read: Read, text: str, name: str) -> None:
    assert name in names(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "In Tolvar 300 people died.",
        "The court gave Ferrax 40 days.",
        "It will be sold in Dravia on May 3.",
        "The storm hit Dravia. 12 ships sank.",
    ],
)
def test_a_count_behind_a_name_is_no_part_of_it(read: Read, text: str) -> None:
    assert not any(character.isdigit() for name in names(read, text) for character in name)


def test_a_stage_is_no_name(read: Read) -> None:
    assert not any(name.startswith("Phase") for name in names(read, "Belvar began a Phase 3 trial of BV-9."))


@pytest.mark.parametrize("medicine", ["orvatinib", "tresalimab", "dolvagliptin"])
def test_a_medicine_is_a_name_in_small_letters(read: Read, medicine: str) -> None:
    text = f"{medicine.title()} cut attacks by half. Doctors gave {medicine} to 310 people."
    assert [name.lower() for name in names(read, text)].count(medicine) == 2


def test_an_unknown_word_behind_the_word_for_a_medicine_is_its_name(read: Read) -> None:
    assert "zelvoquen" in names(read, "The clinic tested the vaccine zelvoquen in 310 people.")
