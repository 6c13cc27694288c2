"""What figures measure, from invented sentences of many fields. They need the packaged language model, loaded once."""

import pytest
from readings import Read, claim

DATES = [
    ("The harbour tunnel is expected to open in June 2029.", "2029", "tunnel opening date"),
    ("The filing, once promised for August, was made in October.", "August", "filing date"),
    ("The first flight of the glider will not take place before March 2028.", "2028", "first flight"),
    ("Unit 2 of the dam is to come back on 8 August.", "8 August", "return date"),
    ("The museum will stay closed until 21 June.", "21 June", "museum reopening date"),
    ("The ban takes effect on 1 January 2028.", "2028", "ban entry into force date"),
    ("The smelter could be running by 2031.", "2031", "start of operation date"),
    ("Talks on fishing quotas will resume on 12 December.", "12 December", "talks restart date"),
]


@pytest.mark.parametrize(("text", "span", "metric"), DATES)
def test_a_date_is_of_what_happens_then(read: Read, text: str, span: str, metric: str) -> None:
    assert claim(read(text), span).metric.removesuffix(" forecast").startswith(metric)


UNITS = [
    ("The turbine (14 MW, in use since 2019) was switched off.", "14 MW", "turbine capacity"),
    ("The thieves copied 480 gigabytes.", "480", "data copied"),
    ("The plants made 612 gigawatt-hours last year.", "612", "electricity generated"),
    ("The network has 1.9 GW in reserve.", "1.9", "reserve capacity"),
    ("At Orla mill 38 of its 120 looms are idle.", "38", "looms idle"),
    ("At Orla mill 38 of its 120 looms are idle.", "120", "looms"),
    ("The runner clocked 10.61 seconds in the heat.", "10.61", "time"),
    ("The coast is eroding by 4 centimetres a year.", "4 centimetres", "eroding"),
    ("The beach is getting shorter by two metres every year.", "two metres", "shortening"),
    ("A 32-page toy catalogue lists the scooter, which fetched 140 euros.", "140", "scooter price"),
    ("Barley was bid at $5.28 a bushel on Tuesday.", "5.28", "barley price"),
    ("A litre of milk cost 1.12 euros in November.", "1.12", "milk price"),
    ("The port exported 41,000 bags of cocoa in May.", "41,000", "cocoa exports"),
    ("The mine will yield 60,000 ounces of gold.", "60,000", "gold yield"),
]


@pytest.mark.parametrize(("text", "span", "metric"), UNITS)
def test_the_unit_and_the_verb_name_the_quantity(read: Read, text: str, span: str, metric: str) -> None:
    assert claim(read(text), span).metric.removesuffix(" forecast") == metric


SHARES = [
    ("On transport, 58 percent want trams extended.", "58", "share who want trams extended"),
    ("The line was available 87 percent of the time.", "87", "availability"),
    ("The serum was 82 percent effective.", "82", "effectiveness"),
    (
        "The insurer put losses at 58 million euros and said that reinsurance would cover less than half.",
        "half",
        "covered",
    ),
    ("The operating profit was 18 million euros, or 14 percent of net sales.", "14 percent", "operating margin"),
    ("The share of working chips rose to 62 percent.", "62", "die yield"),
    ("The pass mark is 70 percent.", "70", "pass mark"),
]


@pytest.mark.parametrize(("text", "span", "metric"), SHARES)
def test_a_share_is_of_what_its_clause_says(read: Read, text: str, span: str, metric: str) -> None:
    assert metric in claim(read(text), span).metric


def test_inflation_without_more_is_that_of_consumer_prices(read: Read) -> None:
    assert claim(read("Inflation was 4.1 percent in Peru in April."), "4.1").metric == "consumer price inflation"
    assert claim(read("Core inflation was 4.1 percent in Peru in April."), "4.1").metric == "core inflation"
    assert claim(read("Food price inflation was 4.1 percent in April."), "4.1").metric == "food price inflation"


def test_the_key_rate_of_a_bank_goes_by_its_name(read: Read) -> None:
    told = read("The National Bank of Poland left its main interest rate at 5.75 percent on Wednesday.")
    assert claim(told, "5.75").metric == "reference rate"
    other = read("Kovar Bank left its savings rate at 2.75 percent on Wednesday.")
    assert claim(other, "2.75").metric == "savings rate"


def test_rates_in_a_sentence_on_loans_are_not_the_banks(read: Read) -> None:
    told = read(
        "The National Bank of Poland met on Wednesday. Many mortgages were taken out when rates were below 2 percent."
    )
    assert claim(told, "2 percent").metric == "rates"


def test_money_by_another_name_is_of_what_it_was_for(read: Read) -> None:
    told = read("The mine paid kidnappers 2 million euros. A driver moved the cash, worth 1.9 million euros.")
    assert claim(told, "1.9").metric == claim(told, "2 million").metric


def test_a_figure_that_points_back_is_of_the_figure_before(read: Read) -> None:
    told = read("The harvest of olives came to 312,000 tonnes. That is 9 percent more than a year before.")
    assert claim(told, "9 percent").metric == "harvest of olives change"
    they = read("Look at unsold flats. They stood at 41,000 at the end of May.")
    assert claim(they, "41,000").metric == "unsold flats"


def test_a_second_figure_is_no_part_of_the_first_phrase(read: Read) -> None:
    told = read("The group forecasts revenue of $3.1 billion and capital spending of $400 million.")
    assert claim(told, "3.1").metric == "revenue forecast"


def test_what_goes_with_the_clause_does_not_colour_the_noun(read: Read) -> None:
    told = read("The model was trained on 15 trillion tokens using 8,000 accelerators.")
    assert claim(told, "15 trillion").metric == "tokens"


MEANT = [
    ("Kestrel Air's 900-seat Tarn-2 hangar has a 40-megawatt Tarn-3 boiler.", "40", "boiler capacity"),
    ("The free parking, which has been extended to three years, is liked.", "three years", "free parking duration"),
    ("Masons finished 18,900 flats last year.", "18,900", "flats finished"),
    ("Cocoa futures shed 11 cents on Friday.", "11 cents", "price change"),
    ("On Monday the council put a $4.2 million expansion of the depot on ice.", "4.2", "depot expansion cost"),
    ("Thieves made off with the addresses of 12,000 patients.", "12,000", "patients whose addresses was stolen"),
    ("A new mortgage costs 4.6 percent.", "4.6", "mortgage rate"),
    ("Pulp and board stayed weak, with sales down 7 percent.", "7 percent", "pulp and board sales change"),
    ("The mill had a good year, with sales up 4 percent.", "4 percent", "sales growth"),
    ("Cocoa was bid at $4.20 a kilo, up 3 cents.", "3 cents", "cocoa price change"),
    ("Barley sowing stood at 74 percent.", "74", "sowing progress"),
    ("The surcharge adds 4 percent to the cost of freight.", "4 percent", "cost of freight change"),
]


@pytest.mark.parametrize(("text", "span", "metric"), MEANT)
def test_the_noun_that_is_meant_is_found(read: Read, text: str, span: str, metric: str) -> None:
    assert claim(read(text), span).metric == metric


def test_the_dead_of_a_disease_were_not_killed(read: Read) -> None:
    sick = "The measles outbreak in Varo goes on. The virus spreads, and 90 patients are ill. 36 deaths were recorded."
    assert claim(read(sick), "36").metric.startswith("deaths")
    shot = "A bomb went off in Varo on Monday. 36 deaths were recorded, police said."
    assert claim(read(shot), "36").metric.startswith("people killed")


def test_what_nothing_is_said_of_measures_what_its_sort_does_here(read: Read) -> None:
    told = read("The quay cost 41 million euros, the port said. The union says 55 million euros.")
    assert claim(told, "55").metric == claim(told, "41").metric


def test_a_loss_of_money_is_a_measure_and_no_change_of_what_was_counted_before(read: Read) -> None:
    stranded = "The Norvik Line said 9,500 passengers were stranded. It expects losses of 3.4 million euros this year."
    assert claim(read(stranded), "3.4").metric.startswith("loss")
    after = "Revenue was 10 million euros at the Norvik Line. It expects losses of 3 million euros this year."
    assert claim(read(after), "3").metric.startswith("loss")
    voted = "The Greens won 31 seats, a loss of 12 on the last election."
    assert claim(read(voted), "12").metric == "seats won change"


def test_a_share_that_happens_to_be_as_high_keeps_its_own_metric(read: Read) -> None:
    told = read("The yield of the Arlen line was 41 percent in May. Arlen has a market share of 41 percent in Europe.")
    assert [claim.metric for claim in told.claims if claim.evidence.span == "41 percent"][1] == "market share"


MEASURED = [
    # where a figure lies is not what it measures
    ("Bridge tolls are expected to be in the region of 40 to 45 euros.", "40 to 45", "bridge tolls"),
    ("Rents in the town were in the range of 9 to 11 euros.", "9 to 11", "rents"),
    # a range whose ends the parse gives to two words
    ("The clinic kept its plan, including a bed occupancy of 80 percent to 85 percent.", "80", "bed occupancy"),
    # what a participle behind a noun adds
    ("Waste recycled was 40,000 tonnes.", "40,000", "waste recycled"),
    ("Timber sold was 3,000 tonnes.", "3,000", "timber sold"),
    # whose who are counted
    ("The number who have asked for asylum rose to 2,401.", "2,401", "people who asked"),
    (
        "The line said regional trains, roughly 40 of which were cancelled, will run in May.",
        "40",
        "regional trains cancelled",
    ),
    ("Wooden houses, some 60 of which were rebuilt, cost more.", "60", "wooden houses rebuilt"),
    # what is no longer there
    ("The growers reported a loss of 900 tonnes of cherries.", "900", "cherries lost"),
    ("The utility blamed a loss of 40 megawatts of power.", "40", "power lost"),
    ("The pump has failed four times since 2015.", "four times", "times failed"),
    ("The moorland fire is 30% contained.", "30%", "containment"),
    ("The vaccine drive is 62% complete.", "62%", "progress"),
]


@pytest.mark.parametrize(("text", "span", "metric"), MEASURED)
def test_a_figure_measures_what_its_words_say(read: Read, text: str, span: str, metric: str) -> None:
    assert claim(read(text), span).metric.removesuffix(" forecast") == metric


def test_a_fall_is_no_growth_and_goods_go_before_their_output(read: Read) -> None:
    assert claim(read("Output of bricks in the valley fell by 12 percent."), "12").metric == "brick output change"
    assert claim(read("Exports of frozen fish grew by 12 percent."), "12").metric == "frozen fish exports growth"
    assert claim(read("The bank said orders of pumps were down 4 percent."), "4").metric == "pump orders change"


def test_prices_are_those_that_the_text_speaks_of(read: Read) -> None:
    assert "inflation" in claim(read("Inflation slowed. On the month, prices rose 0.2 percent."), "0.2").metric
    assert claim(read("Cocoa butter was scarce, and prices were up 41 percent."), "41").metric == "price change"
    cabin = "Average cabin prices in Torv reached 310,000 euros. This year prices fell by 3 percent."
    assert claim(read(cabin), "3 percent").metric == "average cabin prices change"


def test_a_share_of_those_who_did_not_says_so(read: Read) -> None:
    assert "not" in claim(read("In the survey 12 percent said they had not voted."), "12").metric.split()


def test_a_rival_measures_nothing(read: Read) -> None:
    text = "Yield at Orlan Chips was 60 percent. Rival Tessen Micro said that it had reached 72 percent."
    assert claim(read(text), "72").metric == "yield"


def test_sums_and_shares_of_what_was_named_before(read: Read) -> None:
    assert claim(read("The trust posted a quarterly loss of 63 cents per share."), "63").metric == "quarterly loss"
    assert "staff" in claim(read("The mill has 600 staff, almost half of whom work at night."), "half").metric
    assert (
        claim(read("The film, with 2.7m combined digital and physical sales, led."), "2.7").quantity.unit == "count:sale"
    )


def test_units_stand_in_brackets_and_behind_a_country(read: Read) -> None:
    assert claim(read("The crate weighs 20 (kg) when full."), "20").quantity.unit == "kilogram"
    assert claim(read("The freight was 300 [t] in May."), "300").quantity.unit == "tonne"
    assert claim(read("Crude peaked at $76 US a barrel in October."), "$76").quantity.unit == "USD/barrel"
    assert str(claim(read("The ticket costs 15 dollars and 50."), "15").quantity.value) == "15.5"
    assert claim(read("Among the fallers was Torv Group, down 68 p at 1112 p."), "68").quantity.unit == "GBP"


def test_whoever_tells_a_number_is_not_counted(read: Read) -> None:
    assert "surveyor" not in claim(read("The surveyors have 8,929,000, after a correction."), "8,929,000").quantity.unit
    assert "rescuer" not in claim(read("The rescuers say 140."), "140").quantity.unit


STATES = [
    ("About 240 people were on board.", "240", "people on board"),
    ("The council knows of 85 people in custody.", "85", "people in custody"),
    ("Some 1,300 nurses were on strike.", "1,300", "nurses on strike"),
]


@pytest.mark.parametrize(("text", "span", "metric"), STATES)
def test_a_bare_noun_says_how_those_who_are_counted_are(read: Read, text: str, span: str, metric: str) -> None:
    assert claim(read(text), span).metric == metric


def test_what_became_of_people_is_read_over_a_hedge_that_is_taken_for_a_preposition(read: Read) -> None:
    found = read("A van hit a tram near Orla, killing at least six people and injuring around 40, the fire service said.")
    assert claim(found, "40").metric == "people injured"
    assert claim(found, "six").subject != "Orla fire"


def test_a_debt_is_owed_to_somebody(read: Read) -> None:
    assert claim(read("The brewery owed its owner 65 million euros."), "65").metric == "debt to owner"


def test_who_sticks_to_a_number_is_not_what_it_counts(read: Read) -> None:
    found = read("The fire killed 120 people in Orla, the town says. The rangers stick to 90.")
    assert claim(found, "90").quantity.unit != "count:ranger"
