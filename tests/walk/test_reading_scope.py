"""Time, scope and voice of whole claims, from invented news. They need the packaged language model, loaded once."""

import pytest
from readings import Read, chain, claim, time_of

from monitor.domain.claim import Modality

# --- time


@pytest.mark.parametrize(
    ("text", "span", "time"),
    [
        # A toll goes on being counted after its event; what was measured at the event does not.
        ("At least 41 people died when a ferry sank off Marra on Sunday.", "41", "2027-05-12"),
        ("Shelling killed 31 civilians on Sunday, the army said.", "31", "2027-05-09"),
        # The quarter named once holds for the results that follow.
        ("Sales rose to 90 million euros in the first quarter. Profit was 7 million.", "7", "2027-01-01/2027-03-31"),
        ("Sales were $2.3 billion in the quarter ended March 31.", "2.3", "2027-01-01/2027-03-31"),
        # A comparison keeps its time to itself.
        ("Sales were 90 million euros (80 million in 2025). Profit was 7 million euros.", "7 million", "2027-05-12"),
        # A possessive dates its own figure, in a comparison too.
        ("Denmark spent 30 billion crowns on roads, more than last year's 24 billion.", "24 billion", "2026"),
        # A record's "since" says nothing of when the figure holds; nor does a date before something came to be so.
        ("The gap of 12 points is the widest since 2019.", "12 points", "2027-05-12"),
        ("Founded in 1961, the Ostby yard employs 340 welders.", "340", "2027-05-12"),
        ("Feed prices have doubled since January, to 310 euros a tonne.", "310", "2027-05-12"),
        ("The unit would cost 80 million euros, in line with what Norvik paid for a rival in 2023.", "80", "2027-05-12"),
        ("The club has debts of 14 million euros and could be sold by December.", "14", "2027-05-12"),
        # What is expected for a time was expected for it before.
        ("The bureau raised its forecast of growth in 2028 to 2.4 percent from 1.9 percent.", "1.9", "2028"),
        # What the text tells now holds now.
        ("The line had a yield of 60 percent in 2025 and is now at 80 percent.", "80", "2027-05-12"),
        # The date of giving a figure out is not the figure's.
        ("The breach hit 3 million people, up from the 1 million it disclosed last week.", "1 million", "2027-05-12"),
        # A survey has the time of its name.
        ("A survey in 2024 found that 38 percent of ferries had too few lifejackets.", "38", "2024"),
        # A forecast is of its target.
        ("The bank expects inflation of 3 percent in 2028, it said on Monday.", "3 percent", "2028"),
    ],
)  # fmt: skip
def test_the_time_is_that_of_the_figure(read: Read, text: str, span: str, time: str) -> None:
    assert time_of(read(text), span) == time


# --- scope


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("Orrin's 5 nm yield was about 60 percent.", "60", "process", "5 nm"),
        ("Northrail employs 31,000 people in Leeds and York.", "31,000", "location", "Leeds and York"),
        ("The asthma rate among children was 9.4 percent in 2026.", "9.4", "population", "children"),
        ("Unemployment was 4.1 percent, seasonally adjusted.", "4.1", "method", "seasonally adjusted"),
        ("For fiscal 2028, Halvard Foods expects sales of $9 billion.", "9 billion", "fiscal period", "fiscal 2028"),
    ],
)
def test_the_scope_is_what_the_text_says_of_the_figure(read: Read, text: str, span: str, kind: str, value: str) -> None:
    assert claim(read(text), span).qualifiers == {kind: value}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Shares in Halvard Foods rose 6 percent in London.", "6 percent"),  # where they are traded
        ("Halvard Foods employs 900 people, 200 of them in Leeds.", "900"),  # the place of the 200
        ("The army sent 600 soldiers and a ship from Leeds.", "600"),  # where they came from
    ],
)
def test_what_is_said_of_another_figure_is_no_scope(read: Read, text: str, span: str) -> None:
    assert "location" not in claim(read(text), span).qualifiers


# --- voice


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("The flight will cost $4 million, the research firm Datum Street estimates.", "4 million", ["Datum Street"]),
        (
            "The training of the model Orrery-2 cost at least $5 million, the research firm Datum Street estimates.",
            "5",
            ["Datum Street"],
        ),
        ("The Selwyn Grain Exchange counted 40 ships, its chairman said.", "40", ["Selwyn Grain Exchange"]),
        ("Freight rose 7.5% on the day, according to brokers Harrow & Lint.", "7.5", ["Harrow & Lint"]),
        ("Ferrol Motors plans to raise 400 million euros, two bankers said.", "400", ["~two bankers"]),
        ("A survey by Tarnow University found that 11 percent of roofs leak.", "11", ["Tarnow University"]),
        ("Costs were below the 40 million that analysts expected.", "40", ["~analysts"]),
    ],
)
def test_the_nearest_asserter_is_whose_word_it_is(read: Read, text: str, span: str, expected: list[str]) -> None:
    assert chain(read(text), span) == expected


def test_initials_of_the_publisher_are_no_agency(read: Read) -> None:
    reading = read("LEEDS, May 12 (NL) - Some 400 people lost their homes.")
    assert chain(reading, "400") == []


def test_a_title_takes_the_full_name_of_its_source_from_the_body(read: Read) -> None:
    body = "The governor, Luis Ordo, said the dam would cost 9 million euros."
    reading = read(body, "Dam to cost 9 million euros, says governor")
    assert chain(reading, "9 million", "title") == ["Luis Ordo"]


@pytest.mark.parametrize(
    ("text", "span", "modality"),
    [
        ("The crane is designed to lift 14 tonnes.", "14", Modality.ASSERTED),
        ("He scored 19 goals.", "19", Modality.ASSERTED),
        ("Lumane wants to connect 2 million homes.", "2 million", Modality.PLANNED),
        ("The rule will cost 9 million euros.", "9 million", Modality.FORECAST),
        ("The mill lost 40 jobs, two workers said.", "40", Modality.REPORTED),
    ],
)
def test_modality_needs_words_for_it(read: Read, text: str, span: str, modality: Modality) -> None:
    assert claim(read(text), span).modality is modality
