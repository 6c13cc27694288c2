"""Whose figure it is and what it measures, in short texts of many fields. They need the packaged language model."""

import re
from pathlib import Path

import pytest
from readings import Read, claim

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "tests" / "samples" / "figures" / "whose.txt").read_text(encoding="utf-8").splitlines()
FIGURES = [[cell.strip() for cell in line.split("|")] for line in LINES if line and not line.startswith("#")]
_WEAK = frozenset({"of", "the", "a", "in", "for", "as", "who", "on", "and"})


def words(phrase: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", phrase.lower())} - _WEAK


def same(found: str, wanted: str, subject: str = "") -> bool:
    """Half of the words are shared; those of the subject do not count."""
    a, b = words(found) - words(subject), words(wanted) - words(subject)
    return 2 * len(a & b) >= (len(a) + len(b)) / 2


@pytest.mark.parametrize(("text", "span", "subjects", "metrics"), FIGURES)
def test_a_figure_has_its_subject_and_metric(read: Read, text: str, span: str, subjects: str, metrics: str) -> None:
    found = claim(read(text), span)
    assert any(words(name) <= words(found.subject) or words(found.subject) <= words(name) for name in subjects.split("/"))
    assert any(same(found.metric, metric, found.subject) or same(found.metric, metric) for metric in metrics.split("/"))


def test_who_is_only_quoted_is_not_what_an_article_is_about(read: Read) -> None:
    text = (
        "Cargo at the port of Selby fell by a tenth, the broker Quarn & Lott said.\n\n"
        "Some 40 ships were waiting on Monday, Quarn & Lott said."
    )
    assert "Selby" in claim(read(text, "Ships queue at Selby"), "40").subject


def test_we_are_whom_the_speaker_works_for(read: Read) -> None:
    text = 'The storm cut power lines, the operator Gridways said. "We lost 14 masts," said its chief, Ida Brom.'
    assert claim(read(text), "14").subject == "Gridways"


def test_a_rival_named_since_takes_its_own_figure(read: Read) -> None:
    text = (
        "In the poll, Harvest is on 31 percent and the Reform List on 22 percent. Voters were asked before the election."
    )
    assert "Reform" in claim(read(text), "22").subject


def test_a_figure_at_a_site_is_of_the_site(read: Read) -> None:
    text = "Lundgren Metals said output at its Karsholm mine slid to 71,000 tonnes."
    assert claim(read(text), "71,000").subject == "Karsholm mine"


def test_results_of_a_trial_are_of_the_medicine(read: Read) -> None:
    text = (
        "Belvar Pharma announced results of a trial of orvatinib.\n\n"
        "46 percent of patients responded, Belvar said. The company employs 640 people. It has high hopes of orvatinib."
    )
    assert claim(read(text), "46").subject == "orvatinib"
    assert claim(read(text), "640").subject == "Belvar Pharma"


def test_a_thing_without_a_name_is_called_what_it_is(read: Read) -> None:
    text = "The new footbridge will cost 2 million euros, officials said."
    assert "footbridge" in claim(read(text), "2 million").subject


def test_a_unit_is_no_metric(read: Read) -> None:
    text = "Up to 90 millimetres of rain fell in Tolvar. Forecasters expect another 20 to 30 mm by Wednesday."
    assert all("millimetre" not in claim.metric for claim in read(text).claims)


TAKEN_UP = [
    ("The guild puts the cost of the oven hall in Tolvar at €4 million. The council prefers €2.5 million.", "€4", "€2.5"),
    ("Tolvar's parks have 640 storks, the mayor said. The researchers have 710.", "640", "710"),
    ("Tolvar pays 38 per cent of its pensions late; the auditors make it 44 per cent.", "38", "44"),
]


@pytest.mark.parametrize(("text", "first", "second"), TAKEN_UP)
def test_who_only_gives_a_figure_of_his_own_answers_what_was_just_said(
    read: Read, text: str, first: str, second: str
) -> None:
    one, other = (claim(read(text), span) for span in (first, second))
    assert (one.subject, one.metric, one.quantity.unit) == (other.subject, other.metric, other.quantity.unit)


def test_another_town_that_has_a_number_has_its_own(read: Read) -> None:
    text = "Tolvar has 14 bakeries. Norlund has 9."
    assert claim(read(text), "9").subject != claim(read(text), "14 bakeries").subject
