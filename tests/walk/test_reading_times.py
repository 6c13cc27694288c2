"""When a figure holds, in short texts of many fields. They need the packaged language model, loaded once."""

import pytest
from readings import Read, time_of

TODAY = "2027-05-12"
TABLE = "Visitors by site\n\nSite | 2025 | 2026\nAbbey | 4,100 | 4,300\nCastle | 5,200 | 5,700\n\nBoth are open."
COUNTED = "Pupils by town, 1 September\n\nTown | 2025 | 2026\nOrben | 1,940 | 2,010\n\nThe school in Marra is shut."
LIST = (
    "First half 2026 (first half 2025 in brackets)\n\n• Revenue: EUR 40 million (38)\n"
    "• Operating profit: EUR 4 million (3)\n\nThe board met in Leeds."
)


CASES = [
    # what is compared with has a time of its own, told from the one said before
    ("Traffic at Lindow grew 6 percent in April, against 4 percent in the previous month.", "4 percent", "2027-03"),
    ("The ferry carried 310 cars in the first quarter, up from 290 cars in the same period last year.", "290", "2026Q1"),
    ("In Q4 the airline flew 2.2 million people, versus 3 million in the year-ago quarter.", "3 million", "2025Q4"),
    ("The pit gave 9,000 tonnes in the third quarter of 2026, up from 7,500 a year earlier.", "7,500", "2025Q3"),
    ("Sales for the week ended May 6 were 412 tons, up from 255 tons the week before.", "255", "2027-04-23/2027-04-29"),
    ("Turnout was 61 percent on Sunday, down from 66 percent four years ago.", "66", "2023"),
    ("Profit fell to $96 million from $118 million, or $2.31, a year ago.", "96", TODAY),
    # "when" and "since" tie a clause to its date
    ("It was the biggest rally since October, when 8,000 people came.", "8,000", "2026-10"),
    ("Since talks broke down in March, 45 flights have been cancelled.", "45", "2027-03-01/2027-05-12"),
    # what was expected of a time that is over
    ("Analysts had expected a fall of 3 percent in April.", "3 percent", "2027-04"),
    ("Exports rose 2 percent in April. Economists had forecast 5 percent.", "5 percent", "2027-04"),
    # what lies ahead
    ("Forecasters expect 30 mm of rain by Friday evening.", "30 mm", "2027-05-14"),
    ("Another 40,000 doses are expected in the week of 14 June.", "40,000", "2027-06-14/2027-06-20"),
    ("It promised 8 million euros, of which a quarter would be paid before the end of July.", "a quarter", "2027-07-31"),
    ("The lender cut its forecast for the year to 190,000 loans from 215,000 loans.", "215,000", "2027"),
    # what holds now, beside what happened
    ("The union, which has 12,000 members, struck on Monday.", "12,000", TODAY),
    ("Exports fell 5 percent in February. The country imports 60 percent of its fuel.", "60 percent", TODAY),
    ("Exports fell 5 percent in February. Imports rose 2 percent.", "2 percent", "2027-02"),
    ("Shares in Orbel fell 3 percent after the brewer said sales slid to 4 million euros in April.", "3 percent", TODAY),
    # the day of a remark about a thing is not that of the clause around it
    ("Its shares, which fell 4 percent on Friday, won back 2 percent on Monday to end at 62 euros.", "62", "2027-05-10"),
    ("Shares in Orbel closed at 41 euros on Monday. That was 3 percent more than in January.", "3 percent", "2027-05-10"),
    # the day of a document, or of telling, is not that of the figure
    ("The broker put its value at 70 million euros in a note to clients on Thursday.", "70", TODAY),
    ("Inflation was 2.8 percent in March, it said on Monday, revising up an estimate of 2.6 percent.", "2.6", "2027-03"),
    # dates that are part of a name
    ("Cotton for December rose on Tuesday to 81 euros a tonne.", "81", "2027-05-11"),
    ("September futures shed 3 euros on Tuesday to settle at 214 euros a tonne.", "214", "2027-05-11"),
    ("The winter barley crop came to 4 million tonnes in 2026.", "4 million", "2026"),
    ("At 2020 prices the bridge has cost 74 million crowns.", "74", TODAY),
    ("The bonds, due in 2034, are an issue of 40 million euros.", "40", TODAY),
    ("The bond pays 4 percent until 2035.", "4 percent", TODAY),
    ("The line crossed 55 percent in its second quarter of production, in 2024.", "55", "2024"),
    # weeks and years told by their first day, days told from the one said before
    ("Exports in the marketing year that began July 1 were 775 tonnes.", "775", "2026-07-01/2027-06-30"),
    ("On 3 March a landslide killed 14 people. The same day 200 houses were cleared.", "200", "2027-03-03"),
    # stretches that end today, or with the day that the text gives
    ("Wages rose 3 percent in a year.", "3 percent", "2026-05-12/2027-05-12"),
    ("Over the past decade rents doubled.", "doubled", "2017-05-12/2027-05-12"),
    ("So far this year 92 wolves have been counted.", "92", "2027-01-01/2027-05-12"),
    ("As of 30 April the foundation had 640 donors.", "640", "2027-04-30"),
    ("In the year to March it spent 7 million pounds, and rents were 62 percent of it.", "62", "2026-04-01/2027-03-31"),
    # a sort, a state and a past figure each keep to their own time
    ("The winter tyre market is worth 800 million euros.", "800", TODAY),
    ("The factory employs 900 people and made 40,000 pumps in 2026.", "900", TODAY),
    ("The lender, which targets 3 percent growth, has kept its fee at 2 euros since March.", "3 percent", TODAY),
    ("The previous toll, given on Sunday, was 31.", "31", "2027-05-09"),
    ("A quake struck Marra on Saturday. Experts put its magnitude at 6.1.", "6.1", "2027-05-08"),
    ("With 40,000 tonnes of rice expected to arrive by July, the port is busy.", "40,000", "2027-07"),
    # what was said long ago was so then; what is set for a time ahead is of that time
    ("Each boat costs 1.1 million dollars to build, the yard told investors in 2024.", "1.1", "2024"),
    ("The institute found two years ago that 15 percent of the water never reaches a tap.", "15", "2025"),
    ("The ministry has set the quota for cod at 196,000 tonnes for 2028.", "196,000", "2028"),
    ("The town this week cut its budget for next year by 52,000 euros.", "52,000", "2028"),
    ("The club is drowning in 190 million euros of debt and could go bust by Christmas.", "190", TODAY),
    ("A storm killed 31 sailors on Sunday, the navy said.", "31", "2027-05-09"),
    ("A second delivery of 35,000 doses is to arrive on Tuesday.", "35,000", "2027-05-18"),
    # a day's stock says nothing of when the flow beside it was
    ("Marra grew in 2026. On 1 January 2027 it had 4,000 people. There were 31 marriages.", "31", "2026"),
    ("Orbel grew in the first quarter. Cash was 9 million on 31 March. Revenue was 4 million.", "4 million", "2027Q1"),
    # quarters by their last day
    ("Profit was 212 million pounds in its fiscal fourth quarter, which ended on 31 March.", "212", "2027Q1"),
    ("It made 9 million euros in the third quarter that ended in February.", "9 million", "2026-12-01/2027-02-28"),
    ("Sales came to 12 million euros in the three months to end-April.", "12 million", "2027-02-01/2027-04-30"),
    # tables and lists
    (TABLE, "4,100", "2025"),
    (TABLE, "5,700", "2026"),
    (COUNTED, "1,940", "2025-09-01"),
    (COUNTED, "2,010", "2026-09-01"),
    (LIST, "4 million", "2026-01-01/2026-06-30"),
    (LIST, "38", "2025-01-01/2025-06-30"),
]  # fmt: skip
QUARTERS = {"Q1": "01-01/{}-03-31", "Q2": "04-01/{}-06-30", "Q3": "07-01/{}-09-30", "Q4": "10-01/{}-12-31"}


def spelled(time: str) -> str:
    """2026Q1 as an interval."""
    quarter = QUARTERS.get(time[4:])
    return f"{time[:4]}-{quarter.format(time[:4])}" if quarter else time


@pytest.mark.parametrize(("text", "figure", "time"), CASES)
def test_a_figure_is_of_the_time_that_its_text_gives(read: Read, text: str, figure: str, time: str) -> None:
    assert time_of(read(text), figure) == spelled(time)


def test_a_title_is_of_the_time_that_its_body_is_about(read: Read) -> None:
    reading = read("Orders at Halden came to 9 million euros in the first quarter.", "Halden lifts sales by 17 percent")
    assert time_of(reading, "17", "title") == spelled("2027Q1")
