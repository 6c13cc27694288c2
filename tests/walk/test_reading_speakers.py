"""Whose word a figure is, nearest first, in invented texts of many kinds of press; with the packaged language model."""

import pytest
from readings import Read, chain


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        # Trade press, wire, interview, court report, tabloid, live blog.
        (
            "The harbour lost 3 million euros in a day, its director, Ilse Marr, told the trade paper Quayside.",
            "3 million",
            ["Ilse Marr", "Quayside"],
        ),
        (
            "The port of Galva handled 410,000 containers in May, according to figures from the customs office. "
            "Volumes were up 7 percent, it added.",
            "7 percent",
            ["customs office"],
        ),
        ('Dana Holt bought the mill. "We had four looms," she says. "Now there are 62."', "62", ["Dana Holt"]),
        (
            "Prosecutors say the brothers moved 2.4 million pounds. "
            '"He never saw more than 9,000 pounds," their lawyer, Amit Roe, told the court.',
            "9,000 pounds",
            ["Amit Roe"],
        ),
        ("Detective Sam Orle testified that 17 rifles were found in the cellar.", "17 rifles", ["Sam Orle"]),
        ('"It cost us 12,000 euros," fumed Kelly Dray, who runs the chip shop.', "12,000", ["Kelly Dray"]),
        ("The mayor, Ruth Ansel, has just spoken. She says 300 homes are without water.", "300", ["Ruth Ansel"]),
        # Papers, data and studies, by whom they are and who saw them.
        (
            "The chip draws 700 watts, according to an internal memo seen by the Tech Ledger. Vantra says it is 550.",
            "700 watts",
            ["~an internal memo", "Tech Ledger"],
        ),
        ("Data from the Met Service show that July was 1.9 degrees warmer than usual.", "1.9", ["Met Service"]),
        ("A report by the union that 900 posts would go is in the drawer.", "900", ["union"]),
        (
            "The government has presented a budget with a gap of 6 billion crowns.",
            "6 billion",
            ["government", "~a budget"],
        ),
        (
            "Brill Pharma told the regulator that 90,000 people were exposed, according to a filing on Monday, "
            "up from the 12,000 it disclosed in May.",
            "12,000",
            ["Brill Pharma"],
        ),
        # Officers, offices and companies that are called by what they are.
        (
            'Norrin\'s chief executive, Piers Amory, said no list existed. "It is fourteen hundred," he told reporters.',
            "fourteen hundred",
            ["Piers Amory"],
        ),
        ("A spokeswoman said Northlink does not comment and that 62 per cent of the work was done.", "62", ["Northlink"]),
        (
            "The Device Safety Administration recalled pumps. A worn seal lets through up to 9 units, the agency said.",
            "9 units",
            ["Device Safety Administration"],
        ),
        ("The national park counted 310,000 visitors in the season.", "310,000", ["national park"]),
        # What one has at a level, what one's own number is, what one calls it, what one measured.
        ("Ostmark, a rival research house, had the increase at 9.4 per cent.", "9.4", ["Ostmark"]),
        (
            "Ana Brandt expects growth of 2.2 percent, well above the central bank's own 1.4 percent.",
            "1.4 percent",
            ["central bank"],
        ),
        (
            "Mara Dolan conceded that a pier would cost more, but called 5.4 million a number from the realm of dreams.",
            "5.4",
            ["Mara Dolan"],
        ),
        (
            "Otto Brandl is a guide. By his measurements, the glacier lost about a third of its ice since 1990.",
            "a third",
            ["Otto Brandl"],
        ),
        (
            "Minister Ana Brod spoke. She is proud of the pier and prouder still that debt never rose above 4 per cent.",
            "4 per cent",
            ["Ana Brod"],
        ),
        # A town, what one cites of oneself, one of a group, somebody's lawyer, somebody's spokesman.
        (
            "Residents of Cape Orlo must make do with 50 litres of water a day, the city announced Thursday.",
            "50 litres",
            ["Cape Orlo"],
        ),
        (
            "Ferrona, the rail firm, said the train was doing 96 kilometres an hour, citing its own reading of the tape.",
            "96",
            ["Ferrona"],
        ),
        (
            "Two former executives say the cost is 2 million dollars; one of them adds that it was 3 million dollars.",
            "3 million",
            ["~one of them of Two former executives"],
        ),
        ("Halmar Rail admits ten faults. The company's lawyer speaks of three faults.", "three", ["Halmar Rail"]),
        (
            "The league Hexford Growers said figs fell 3 percent. "
            "The plant is now expected in 40 days, a spokesman for the contractor told reporters.",
            "40 days",
            ["~a spokesman for the contractor"],
        ),
        # A "not" behind the verb denies another figure, not the saying.
        (
            "The exchange raised its estimate of the crop to 22 million tonnes, not to 24 million tonnes.",
            "22 million",
            ["exchange"],
        ),
        ("The company had told customers last autumn to expect 60 percent by now.", "60", ["company"]),
    ],
)
def test_the_chain_from_the_nearest_asserter(read: Read, text: str, span: str, expected: list[str]) -> None:
    assert chain(read(text), span) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Norvik had 300 staff at 4 plants.", "4 plants"),
        ("Lindgate said margins rose 3 percent. Shares gained 6 percent before the bell.", "6 percent"),
        ("Readers asked the bank to say when 40 branches would close.", "40"),
        ("Ana Brod said the pier was safe. The union opposes a toll of 4 euros.", "4 euros"),
        ("It is estimated that 70,000 seabirds died.", "70,000"),
    ],
)
def test_who_is_asked_or_against_it_or_has_it_asserts_nothing(read: Read, text: str, span: str) -> None:
    assert chain(read(text), span) == []


@pytest.mark.parametrize(
    ("title", "text", "span", "expected"),
    [
        ("Brill Pharma: Data of 900 patients stolen", "The leak is bad.", "900", ["Brill Pharma"]),
        ("Northlink to open three years late, board told", "Northlink is a railway.", "three years", []),
    ],
)
def test_a_headline_names_who_says_it_before_a_colon_and_never_who_was_told(
    read: Read, title: str, text: str, span: str, expected: list[str]
) -> None:
    assert chain(read(text, title), span, "title") == expected
