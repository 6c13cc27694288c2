"""Single sentences, read: which figures are asked about, and what they are held against."""

from dataclasses import replace
from typing import Any

import pytest

from tests.quality.adapters.likely import Likely, as_said, in_one_year
from tests.quality.adapters.pairs import Sentences
from tests.quality.adapters.printed import article_of


@pytest.fixture(scope="module")
def likely() -> Likely:
    return Likely(Sentences())


def asked(likely: Likely, sentence: str, heading: str = "Weir Lane") -> list[tuple[str, str]]:
    """The figures of a sentence, each with its dimension."""
    articles = in_one_year([article_of({"id": "1", "page": heading, "premise": sentence}, "premise")])
    (doc,) = likely.docs([articles[0].text], articles)
    return [(one.sentence[one.start : one.end], one.dimension) for one, _ in likely.figures(doc, heading)]


@pytest.mark.parametrize(("sentence", "figures"), [
    ("The abbey was begun in 1187.", [("1187", "date")]),
    ("The abbey is of the 12th century.", [("12th century", "date")]),
    ("She rowed in the 2014 World Regatta.", []),
    ("As of 9 March, the ferry is idle.", []),
    ("Weir Lane is an Irish 1974 novel.", [("1974", "date")]),
    ("The weir was opened on June 12th, 1919.", [("on June 12th, 1919", "date")]),
    ("The tune peaked at number 17 and came 5th in the vote.", [("number 17", "rank"), ("5th", "rank")]),
    ("The tune reached # 9.", [("# 9", "rank")]),
    ("Readers give it 4.6 out of 10.", [("4.6 out of 10", "share")]),
])  # fmt: skip
def test_what_a_sentence_answers(likely: Likely, sentence: str, figures: list[tuple[str, str]]) -> None:
    assert asked(likely, sentence) == figures


@pytest.mark.parametrize(("premise", "hypothesis", "label"), [
    ("The tune peaked at number 17.", "The tune peaked at number 4.", "refutes"),
    ("The tune peaked at number 17.", "The tune peaked at #17.", "supports"),
    ("The weir was opened on 24 August.", "The weir was opened in February.", "refutes"),
    ("The weir was opened on 24 August.", "The weir was opened after August 21, 1974.", "supports"),
    ("The keeper retired aged 54.", "The keeper retired at 61.", "refutes"),
    ("The critic rated the play 3.5/5.", "The critic rated the play 2.5/5.", "refutes"),
])  # fmt: skip
def test_what_two_sentences_say_to_each_other(likely: Likely, premise: str, hypothesis: str, label: str) -> None:
    row: dict[str, Any] = {"id": "1", "page": "Weir Lane", "premise": premise, "hypothesis": hypothesis}
    assert [said for said, _ in likely.labels([row])] == [label]


@pytest.mark.parametrize(("end", "agrees"), [(1974, True), (1971, False)])
def test_two_stretches_agree_only_if_both_ends_do(likely: Likely, end: int, agrees: bool) -> None:
    texts = ["The mill ran between 1952 and 1974.", f"The mill ran between 1952 and {end}."]
    articles = [article_of({"id": "1", "page": "Weir Lane", "premise": text}, "premise") for text in texts]
    first, second = (likely.figures(doc, "Weir Lane") for doc in likely.docs(texts, articles))
    assert [one for _, one in likely.answers(first, second)] == [agrees]


def test_dates_without_a_year_are_of_the_one_that_the_heading_or_a_sentence_names() -> None:
    bare = article_of({"id": "1", "page": "Weir Lane", "premise": "It was opened in May."}, "premise")
    headed, dated = replace(bare, title="1974 opening of Weir Lane"), replace(bare, text="It was built in 1971.")
    years = [[one.published.year for one in in_one_year(sides) if one.published]
             for sides in ([headed, dated], [bare, dated], [bare])]  # fmt: skip
    assert years == [[1974, 1974], [1971, 1971], [2020]]


@pytest.mark.parametrize(("short", "said"), [
    ("He gave it 3.5/5 and 87 / 100.", "He gave it 3.5 out of 5 and 87 out of 100."),
    ("It was on 3/5/2014.", "It was on 3/5/2014."),
    ("Ida Rook (2 May 1910 -- June 6, 1982) wove.", "Ida Rook (born 2 May 1910, died June 6, 1982) wove."),
    ("Weir Lane (1910-1982) was a magazine.", "Weir Lane (1910-1982) was a magazine."),
    ("It has 250.000 readers and costs 1.250.000 crowns.", "It has 250,000 readers and costs 1,250,000 crowns."),
    ("It weighs 2.500 grams, to be exact 2.000.", "It weighs 2.500 grams, to be exact 2.000."),
])  # fmt: skip
def test_short_forms_are_written_as_they_are_said(short: str, said: str) -> None:
    assert as_said(short) == said
