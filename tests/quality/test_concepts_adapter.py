"""What a figure is of in items of market reports, as the sets of quantities word it."""

import pytest

from tests.quality.adapters.quantities import read


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Tarn Mills — Shares of the spinner rose 3.2% before noon.", [{"Tarn", "Mills", "Shares", "spinner"}]),
        ("Worst of all was Orsel Group, down 12p at 340p.", [{"Orsel", "Group"}, {"Orsel", "Group"}]),
        ("Shares of Intel were down 2.1%, Boeing by 3.4%.", [{"Shares", "Intel"}, {"Boeing"}]),
        ("Ruth Olsen (4.5 points) came second.", [{"Ruth", "Olsen"}]),
    ],
)
def test_in_items_and_lists_a_figure_is_of_the_name_it_stands_by(text: str, concepts: list[set[str]]) -> None:
    (found,) = read([text])
    assert [set(one["concept"]) for one in found] == concepts
