"""What a sentence adds up: a part is no rival of a total, a total says so, a sum that fails is at odds with itself."""

import pytest
from tellings import ontology, related, tell

from monitor.domain.relation import RelationKind, Told
from monitor.relations.sums import bears_out, sum_of

HERD = {"subject": "Varn valley", "metric": "goats lost"}


def told(number: str, quote: str, paper: str = "Alp Post", by: str = "the herders") -> Told:
    return tell(number, "count:goat", by=by, paper=paper, quote=quote, **HERD)


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Varn valley lost 12 goats in May and 30 in June, 42 in all.", "12 and 30 make 42 in its sentence"),
        ("A total of 42 goats were lost: 12 in May and 30 in June.", "12 and 30 make 42 in its sentence"),
        ("It lost 42 goats, 12 on the ridge and 30 by the lake.", "12 and 30 make 42 in its sentence"),
        ("The dam takes $1.2 million and the road $3.45 million, $4.7 million in total.",
         "$1.2 million and $3.45 million make $4.7 million in its sentence"),
        ("The dairy sold 400 wheels at $30 each, or $12,000.", "400 times $30 make $12,000 in its sentence"),
        ("The dairy sold 400 wheels at $30 each, or $19,000.", "400 times $30 do not make $19,000 in its sentence"),
        ("It lost 42 goats in all: 12 in May and 35 in June.", "12 and 35 do not make 42 in its sentence"),
        ("It won 12 gold and 30 silver medals, 55 in all.", ""),
    ],
)  # fmt: skip
def test_a_sentence_does_its_sum(sentence: str, note: str) -> None:
    found = sum_of(sentence, ontology())
    assert found is not None
    assert found.note() == note


@pytest.mark.parametrize(
    ("sentence", "equation"),
    [
        ("Varn valley lost 12 goats in May and 30 in June, 42 in all.", "12 + 30 = 42"),
        ("The dairy sold 400 wheels at $30 each, or $12,000.", "400 × $30 = $12,000"),
        ("The dam takes $1.2 million and the road $3.45 million, $4.7 million in total.",
         "$1.2 million + $3.45 million ≈ $4.7 million"),
        ("It lost 42 goats in all: 12 in May and 35 in June.", "12 + 35 ≠ 42"),
    ],
)  # fmt: skip
def test_a_sum_is_shown_with_the_numbers_as_printed(sentence: str, equation: str) -> None:
    found = sum_of(sentence, ontology())
    assert found is not None
    assert found.equation == equation


def test_a_sum_bears_out_its_total_and_not_its_parts_nor_what_it_leaves_open() -> None:
    sentence = "Varn valley lost 12 goats in May and 30 in June, 42 in all."
    total, part = told("42", sentence), told("12", sentence)
    found = bears_out(total.claim.evidence, ontology())
    assert found is not None
    assert found.holds
    assert bears_out(part.claim.evidence, ontology()) is None
    medals = told("55", "It won 12 gold and 30 silver medals, 55 in all.")
    assert bears_out(medals.claim.evidence, ontology()) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "On 3 May it counted 12 goats and 9 sheep.",
        "It lost 42 goats in 2024, up from 12 and 30 in the two years before.",
        "Of 42 goats, 12 were lost in May, 20 in June and the rest later.",
        "It has 42 goats, 12 percent more than in May.",
    ],
)
def test_what_is_no_sum_or_names_not_all_of_it_is_none(sentence: str) -> None:
    assert sum_of(sentence, ontology()) is None


def test_a_part_does_not_contradict_the_total_of_another_paper_and_the_whole_does() -> None:
    quote = "Varn valley lost 12 goats on the ridge and 30 goats by the lake, 42 goats in all, the herders said."
    rival = told("55", "Varn valley lost 55 goats, the vet said.", "Lake Post", "the vet")
    assert related(told("30", quote), rival) is None
    found = related(told("42", quote), rival)
    assert found is not None
    assert found.kind is RelationKind.CONTRADICTS
    assert "12 and 30 make 42 in its sentence" in found.reason


def test_a_sum_that_does_not_come_out_is_at_odds_with_itself_once() -> None:
    quote = "Varn valley lost 42 goats in all: 12 goats on the ridge and 35 goats by the lake."
    whole, first, second = told("42", quote), told("12", quote), told("35", quote)
    found = related(whole, first)
    assert found is not None
    assert found.kind is RelationKind.SELF_INCONSISTENT
    assert "12 and 35 do not make 42" in found.reason
    assert related(whole, second) is None
    assert related(first, second) is None
