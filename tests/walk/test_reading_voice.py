"""Who says a figure, and how, in whole invented texts. They need the packaged language model, loaded once."""

import pytest
from readings import Read, chain, claim

from monitor.domain.claim import Modality, Polarity


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        # A relative clause names whose figure it is.
        ("Costs were above the 40 million that the union counted.", "40", ["union"]),
        ("Floods ruined half of the 12 million acres the bureau counted in May.", "12 million", ["bureau"]),
        # Hope, speech and corrections as speech acts.
        ("Economists at Tarn Bank had hoped for 50 percent.", "50", ["Tarn Bank"]),
        ("The interior ministry of Sarra still speaks of nine dead.", "nine", ["interior ministry of Sarra"]),
        ("The ports agency corrected its reading to 8.2 metres.", "8.2", ["ports agency"]),
        ("Lina Orr, the finance chief, is proud that debt never rose above 4.5 percent.", "4.5", ["Lina Orr"]),
        ("Ada Brandt reminded everyone that the pier had cost 9 million euros.", "9", ["Ada Brandt"]),
        ("Pollwell has the Harbour party on 34 percent.", "34", ["Pollwell"]),
        ("The lead is down to three points, a Pollwell survey for the North Ledger shows.", "three", ["Pollwell"]),
        # Asides whose verb taggers take for a noun.
        ("By 2040, the ministry forecasts, Sarra will have 9 million people.", "9 million", ["ministry"]),
        # A trailing scrap leaves the sentence the speaker's.
        (
            "Fever has killed at least 80 people, the nurses' union SNIB said on Friday, three times the official count.",
            "80",
            ["SNIB"],
        ),
        # Bodies and groups of all kinds, each its own half of a sentence.
        ("The mayor's office puts attendance at 60,000; organisers claimed 200,000.", "200,000", ["~organisers"]),
        ("In its annual report, the museum put its deficit at 2 million euros.", "2", ["museum"]),
        ("Ana Reyes, the fire chief, put the area burnt at 12,000 hectares.", "12,000", ["Ana Reyes"]),
        # Reasons that go with a figure.
        ("The agency raised the toll to 34 after three of the wounded died.", "three", ["agency"]),
        # Whoever denies asserts, and not the subject of what is denied.
        (
            "Director Hana Brode said the club owed 65 million euros, and denied that it owed the city 70 million.",
            "70",
            ["Hana Brode"],
        ),
        ("The river stood at 8 metres, not the 9 metres that the coastguard gave, Ada Brandt said.", "9", ["Ada Brandt"]),
        # "They" who have not spoken yet.
        ("The thieves call themselves Grey Otter. They say they hold 3 million files.", "3 million", ["Grey Otter"]),
        # A description takes the name of what it describes.
        (
            "The Arran National Bank met. Core inflation was 3.1 percent, a spokesman for the bank said.",
            "3.1",
            ["Arran National Bank"],
        ),
        ("The firm Halvard, whose own count is under 100, disagrees.", "100", ["Halvard"]),
    ],
)
def test_somebody_says_it(read: Read, text: str, span: str, expected: list[str]) -> None:
    assert chain(read(text), span) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        # The standard of a comparison is no statement.
        ("The lab owns more machines than the brochure suggests: around 11,000 looms.", "11,000"),
        # Those who are told, and the day by which something is given, say nothing.
        ("Parliament was told to expect a bill of 3 billion euros.", "3 billion"),
        ("Just 5,300 doses had been given by Thursday.", "5,300"),
        # What somebody is going to publish is not said yet.
        ("Halvard Foods will publish 14 reports in June.", "14"),
        # A law, history, other places, sums and the writer's own words do not go on with the last speaker.
        ("Lina Orr said the dam leaked. State law allows fines of 10,000 dollars.", "10,000"),
        ("Lina Orr said the dam leaked. In 1998 a flood there killed 300 people.", "300"),
        ("The bureau said barley yields fell. Danish growers averaged 9 tonnes a hectare.", "9"),
        ("The bureau said 40 ships called, up from 30. The increase is therefore 10 ships.", "10"),
        ("The bureau said 40 ships called. Our own survey counted 46 ships.", "46"),
        ("Lina Orr said the dam leaked. The contractor wants 400 million euros.", "400 million"),
    ],
)
def test_nobody_is_named_who_did_not_say_it(read: Read, text: str, span: str) -> None:
    assert chain(read(text), span) == []


def test_what_stands_between_two_sentences_of_a_voice_is_that_voices(read: Read) -> None:
    text = (
        "Prices rose 2.8 percent in April, the Sarran Statistics Office said.\n\n"
        "On the month, prices were 0.5 percent higher. The Sarran Statistics Office said rents were the reason."
    )
    assert chain(read(text), "0.5") == ["Sarran Statistics Office"]


def test_a_figure_of_the_books_keeps_its_company_beside_what_others_hoped_for(read: Read) -> None:
    text = (
        "Norvik Pumps reported better margins than expected. "
        "The margin widened to 14 percent; the market had been looking for 13 percent."
    )
    reading = read(text)
    assert chain(reading, "14") == ["Norvik Pumps"]
    assert chain(reading, "13") == ["~the market"]
    assert claim(reading, "13").modality is Modality.FORECAST


def test_if_somebody_is_right_it_is_that_ones_figure_and_hearsay(read: Read) -> None:
    reading = read("Boards cost about $28,000, if Lantern Weekly's price is right.")
    assert chain(reading, "28,000") == ["Lantern Weekly"]
    assert claim(reading, "28,000").modality is Modality.REPORTED
    assert claim(read("If the survey is right, two in five ferries leak."), "two").modality is Modality.REPORTED
    assert claim(read("If the valve breaks, 20 villages lose water."), "20").modality is Modality.HYPOTHETICAL


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ('"Nobody here has ever seen a bill for 70 million euros," Ada Brandt said.', "70", Polarity.NEGATED),
        ("A spokesman for Halvard said the board had never seen a cut of 6 percent.", "6", Polarity.NEGATED),
        ("The ministry denied that 14 people had died, saying the town had lost ten people.", "ten", Polarity.AFFIRMED),
        ("No class may have more than 22 pupils.", "22", Polarity.AFFIRMED),
    ],
)
def test_what_a_denial_is_of(read: Read, text: str, span: str, expected: Polarity) -> None:
    assert claim(read(text), span).polarity is expected


@pytest.mark.parametrize(
    ("title", "span", "expected"),
    [
        ("Northrail to cut 400 jobs", "400", Modality.PLANNED),
        ("Blight to halve potato crop to 3m tonnes", "3m", Modality.FORECAST),
    ],
)
def test_an_infinitive_in_a_headline_is_the_future(read: Read, title: str, span: str, expected: Modality) -> None:
    assert claim(read("The town is worried.", title), span, "title").modality is expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("The market had been looking for 40 million euros.", "40", Modality.FORECAST),
        ("The striker is set to be sold for 35 million euros.", "35", Modality.PLANNED),
        ("Nine families were told to leave 9 homes.", "9 homes", Modality.ASSERTED),
    ],
)
def test_how_it_is_said(read: Read, text: str, span: str, expected: Modality) -> None:
    assert claim(read(text), span).modality is expected
