"""Which stretches of an article put right what was printed before, and which figures they name."""

import pytest
from tellings import ontology, tell

from monitor.domain.evidence import Evidence, Where
from monitor.domain.notice import is_told_as_wrong, names, notices


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Ships came.\n\nCorrection: the port has 14 cranes.", "Correction: the port has 14 cranes."),
        (
            "Ships came.\n\nClarification\n\nThe port has 14 cranes.\n\nIt rained.",
            "Clarification|The port has 14 cranes.",
        ),
        (
            "Ships came. An earlier version of this article gave 41 cranes.",
            "An earlier version of this article gave 41 cranes.",
        ),
        ("Ships came. This report was corrected on 4 May. It is 14.", "This report was corrected on 4 May. It is 14."),
        ("A report by auditors said that the port had misstated its 41 cranes.", ""),
        ("We wrongly said that the port has 41 cranes.", "We wrongly said that the port has 41 cranes."),
        ("The ministry corrected its forecast to 14 cranes.", ""),
        ("The correction of the river took 14 years.", ""),
        ("The port's report was wrong, the union said.", ""),
        ("This article has been updated with the union's answer.", ""),
        ("The index is 14 percent off its peak: a correction.", ""),
    ],
)
def test_a_notice_is_where_a_paper_puts_its_own_words_right(text: str, notice: str) -> None:
    assert "|".join(notices("The port", text, ontology())) == notice


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Correction", 2),
        ("Corrections and clarifications", 2),
        ("Correction: Port-Cranes", 2),
        ("Correction hits shares", 0),
    ],
)
def test_under_a_heading_of_corrections_every_paragraph_is_one(title: str, count: int) -> None:
    assert len(notices(title, "The port has 14 cranes.\n\nThe dam holds 340 million tonnes.", ontology())) == count


@pytest.mark.parametrize(
    ("notice", "span", "is_named"),
    [
        ("It is 2.4 million, not 4.2 million.", "4.2 million tonnes", True),
        ("It is 2.4 million, not 4.2.", "4.2 million tonnes", True),
        ("It is 14.2 million.", "4.2 million tonnes", False),
        ("It is 4.25 million.", "4.2 million tonnes", False),
        ("It is 1,200 jobs.", "1,200", True),
        ("It was printed on 5 May.", "5 ships", False),
        ("It had said five ships.", "five ships", True),
    ],
)
def test_a_notice_names_a_figure_by_its_digits_or_its_words(notice: str, span: str, is_named: bool) -> None:
    assert names(notice, Evidence(Where.BODY, span, 0, len(span), span, 0, len(span))) is is_named


@pytest.mark.parametrize(
    ("quote", "is_wrong"),
    [
        ("An earlier version of this article gave 38 percent; it is 55.", True),
        ("This article incorrectly put the yield at 38 percent.", True),
        ("An earlier version misstated the yield, which is 38 percent.", False),
        ("This article was corrected: the yield is 38 percent.", False),
        ("The yield is 38 percent.", False),
    ],
)
def test_a_figure_is_told_as_wrong_by_its_own_clause(quote: str, is_wrong: bool) -> None:
    assert is_told_as_wrong(tell("38", quote=quote).claim, ontology()) is is_wrong
