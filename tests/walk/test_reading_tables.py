"""Whose the numbers of tables and lists are and what they measure. They need the packaged language model."""

from readings import Read, claim


def test_a_row_says_whose_and_the_caption_what(read: Read) -> None:
    text = (
        "Dravia has grown.\n\nPopulation by region, thousand\n"
        "Region | 2025 | 2026\nTolvar | 2,204.1 | 2,243.8\nCoast | 3,351.6 | 3,369.0\n\nNotes follow."
    )
    found = claim(read(text), "3,369.0")
    assert (found.subject, found.metric) == ("Coast", "population")


def test_a_row_that_names_nothing_says_what_is_measured(read: Read) -> None:
    text = "Holvik Tools reports.\n\nEUR million | 2026 | 2025\nNet sales | 410 | 398\nOperating profit | 31 | 28\n"
    found = claim(read(text), "31")
    assert (found.subject, found.metric) == ("Holvik Tools", "operating profit")


def test_the_head_of_a_column_says_what_is_measured(read: Read) -> None:
    text = "Phones sold.\n\nCompany | Phones sold | Market share\nNorl | 4,100 | 31%\nBrack | 3,000 | 24%\n"
    found = claim(read(text), "24%")
    assert (found.subject, found.metric) == ("Brack", "market share")


def test_rows_under_a_whole_are_its_sorts(read: Read) -> None:
    text = "Figures.\n\nPotato harvest by colour, tonnes\n | 2025 | 2026\nRed | 710 | 690\nBlue | 55 | 61\n"
    assert claim(read(text), "710").metric.startswith("red potato")


def test_a_list_names_what_its_lines_are_of(read: Read) -> None:
    text = (
        "Marsh fever spreads.\n\nSuspected cases (confirmed) by district\n"
        "- Tolvar: 201 (77), 29 deaths\n- Port Avel: 122 (41), 16 deaths\n\nThe end."
    )
    found = claim(read(text), "122")
    assert (found.subject, found.metric) == ("Port Avel", "suspected cases")
    assert claim(read(text), "16 deaths").subject == "Port Avel"


def test_lines_with_labels_of_their_own_keep_them(read: Read) -> None:
    text = "Outlook of Holvik Tools\n\n• Net sales: EUR 40 million\n• Free cash flow: EUR 3 million\n"
    assert claim(read(text), "EUR 3 million").metric == "free cash flow"


def test_a_number_that_somebody_only_tells_is_of_what_the_one_before_was(read: Read) -> None:
    text = (
        "The flood at Tolvar killed 14 people, the mayor said. Ten died on the bridge.\n\n"
        "The interior ministry speaks of nine."
    )
    assert "flood" in claim(read(text), "nine").subject
