"""Names that only their place reveals, on hand-built Docs: no trained model."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from monitor.nlp.revealed import is_period, opens_with_name, quoted_titles

NOUNS = frozenset({"customer", "revenue", "trade"})


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def opener(nlp: Language, text: str) -> bool:
    """Whether the first word is taken for a name, where a tagger says that it is one and the subject of its sentence."""
    words = text.split()
    doc = Doc(
        nlp.vocab,
        words,
        tags=["NNP"] + ["NN"] * (len(words) - 1),
        pos=["PROPN"] + ["X"] * (len(words) - 1),
        deps=["nsubj"] + ["dep"] * (len(words) - 1),
        heads=[min(1, len(words) - 1)] * len(words),
        sent_starts=[True] + [False] * (len(words) - 1),
    )
    return opens_with_name(doc[0], NOUNS)


@pytest.mark.parametrize(
    "text", ["Orvanto charges hikers 8 euros", "Kelbrook moved 12 statues", "Tessaly feeds 400 cats"]
)
def test_an_unknown_word_that_opens_a_sentence_is_a_name(nlp: Language, text: str) -> None:
    assert opener(nlp, text)


@pytest.mark.parametrize(
    "text", ["Customers pay 8 euros", "Revenue rose 4 percent", "Sail makers know what a sail costs"]
)
def test_a_common_word_that_opens_a_sentence_is_none(nlp: Language, text: str) -> None:
    assert not opener(nlp, text)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('The choir sang "Winter of the Swans" twice.', ["Winter of the Swans"]),
        ("Her novel “Salt Road,” sold 90,000 copies.", ["Salt Road"]),
        ('"Harvest" was late. The makers of "Harvest" apologised.', ["Harvest", "Harvest"]),
        ('"That is enough," she said.', []),
        ('He called it "Nonsense" and left.', []),
        ('The sign said "no dogs".', []),
        ('"We Will Not Pay!" said a banner.', []),
    ],
)
def test_words_in_quotation_marks_that_all_have_a_capital_are_a_title(
    nlp: Language, text: str, titles: list[str]
) -> None:
    doc = nlp(text)
    assert [doc[start:end].text for start, end in quoted_titles(doc)] == titles


@pytest.mark.parametrize("word", ["Q3", "3Q26", "1H27", "H2", "FY2027", "FY26E"])
def test_a_stretch_of_the_business_year_is_no_name(word: str) -> None:
    assert is_period(word)


@pytest.mark.parametrize("word", ["H100", "R1", "Q50", "H5N1", "Fyodor"])
def test_designations_and_names_are_no_stretch_of_a_year(word: str) -> None:
    assert not is_period(word)
