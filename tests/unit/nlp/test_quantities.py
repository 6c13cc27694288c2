"""Numbers, units and what they count, in sentences of invented news."""

from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from parses import VOCAB, parsed
from spacy.tokens import Doc

from monitor.domain.quantity import Approximation, Direction
from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.nlp.date_cues import load_date_cues
from monitor.nlp.figure_cues import load_figure_cues
from monitor.nlp.lexing import lex
from monitor.nlp.numbers import last_digit_worth, number_at
from monitor.nlp.periods import find_dates
from monitor.nlp.quantities import find_quantities
from monitor.units import load_units

MODELS = Path(__file__).parents[3] / "models"
CUES = load_figure_cues(MODELS / "cues/en")
DATE_CUES = load_date_cues(MODELS / "cues/en")
UNITS = load_units((MODELS / "ontology/units.toml").read_text(encoding="utf-8"))


def all_of(text: str) -> list[QuantitySpan]:
    doc = parsed(text)
    dates: list[DateSpan] = find_dates(doc, None, DATE_CUES)
    doc._.dates = dates
    return find_quantities(doc, UNITS, CUES)


def figures(text: str) -> list[QuantitySpan]:
    return [span for span in all_of(text) if not span.aside]


def told(text: str) -> list[tuple[str, str, str]]:
    """Span, number or ends, and unit of every figure."""
    return [(text[s.start : s.end], _number(s), s.quantity.unit) for s in figures(text)]


def _number(span: QuantitySpan) -> str:
    q = span.quantity
    return f"{q.value}" if q.value is not None else f"{q.low}..{q.high}"


def one(text: str) -> QuantitySpan:
    found = figures(text)
    assert len(found) == 1, [text[s.start : s.end] for s in found]
    return found[0]


def test_money_is_read_with_its_sign_code_or_name() -> None:
    assert told("The dam cost $5.5bn and the canal £2.5m.") == [
        ("$5.5bn", "5500000000", "USD"),
        ("£2.5m", "2500000", "GBP"),
    ]
    assert told("Sales reached EUR 310.4 million.") == [("EUR 310.4 million", "310400000", "EUR")]
    assert told("Shares in the bakery closed at NT$612.") == [("NT$612", "612", "TWD")]
    assert told("The state set aside Rs 3 crore for wells.") == [("Rs 3 crore", "30000000", "INR")]
    assert told("The fine was 40 cents.") == [("40 cents", "0.4", "USD")]


def test_a_shared_name_of_money_follows_the_words_around_it() -> None:
    assert told("The Czech brewer paid 600 crowns in Prague.")[0][2] == "CZK"
    assert told("The Swedish brewer paid 600 crowns in Stockholm.")[0][2] == "SEK"


def test_measures_keep_their_unit_but_watts_and_basis_points_are_converted() -> None:
    assert told("The farm needs 2 GW and the mill 300 kW.") == [
        ("2 GW", "2000", "megawatt"),
        ("300 kW", "0.3", "megawatt"),
    ]
    assert told("The bank cut its rate by 25 basis points.") == [("25 basis points", "0.25", "percentage_point")]
    assert told("Ohio ships 24 million short tons.") == [("24 million short tons", "24000000", "short_ton")]


def test_numbers_in_words_are_read() -> None:
    assert told("Six million litres were spilt.")[0][:2] == ("Six million litres", "6000000")
    assert told("Two-thirds of the staff stayed away.") == [("Two-thirds", "66.67", "percent")]
    assert told("One in five pumps failed.") == [("One in five", "20", "percent")]
    assert told("Fees are now two and a quarter per cent.") == [("two and a quarter per cent", "2.25", "percent")]
    assert told("The rate fell by a quarter of a percentage point.")[0][1:] == ("0.25", "percentage_point")
    assert told("About half the hens were lost.") == [("About half", "50", "percent")]


def test_words_of_many_have_the_ends_that_a_reader_accepts() -> None:
    span = one("Tens of thousands of homes lost power.")
    assert (span.quantity.low, span.quantity.high) == (Decimal(20000), Decimal(99999))
    assert span.quantity.vague
    assert span.quantity.unit == "count:home"


def test_hedges_belong_to_the_span_and_make_bounds() -> None:
    about = one("The yield is roughly 20 percent.")
    assert about.quantity.approximation is Approximation.ABOUT
    least = one("The club holds at least 31 boats.")
    assert (least.quantity.low, least.quantity.high, least.quantity.value) == (Decimal(31), None, None)
    most = one("The pool could cost up to 700 million euros.")
    assert (most.quantity.approximation, most.quantity.high) == (Approximation.AT_MOST, Decimal(700_000_000))
    over = one("The net weighed just over 80 tonnes.")
    assert over.quantity.approximation is Approximation.MORE_THAN
    more = one("Buyers want 12 tonnes or more.")
    assert more.quantity.approximation is Approximation.AT_LEAST


def test_up_to_after_a_verb_of_movement_is_no_bound() -> None:
    assert one("Unemployment crept up to 6.3 per cent.").quantity.value == Decimal("6.3")


def test_ranges_share_scale_and_unit() -> None:
    assert told("The firm expects sales of EUR 3,400-3,700 million.")[0][1] == "3400000000..3700000000"
    assert told("Losses are between 18 and 25 percent.") == [("between 18 and 25 percent", "18..25", "percent")]
    assert told("Growers lost 20-30% of their plums.") == [("20-30%", "20..30", "percent")]


def test_old_and_new_level_are_two_figures() -> None:
    assert [number for _, number, _ in told("The margin rose from 13 to 14 percent.")] == ["13", "14"]
    assert told("Output rose by 2.3 per cent to 18.9 per cent.")[1][1] == "18.9"


def test_a_list_shares_its_unit() -> None:
    assert [unit for *_, unit in told("The parks deliver 5, 10 and 15 MW.")] == ["megawatt"] * 3


def test_a_change_has_a_direction_and_a_level_has_none() -> None:
    fall, level = figures("Sales fell 4.2 percent to 310 million euros.")
    assert fall.quantity.direction is Direction.DOWN
    assert level.quantity.direction is None
    assert one("Exports were up 38 percent.").quantity.direction is Direction.UP
    assert one("The guild wants a 7 % increase.").quantity.direction is Direction.UP
    assert one("The mill doubled its output.").quantity.unit == "ratio"


def test_a_number_counts_the_noun_after_it() -> None:
    span = one("The navy sent two field hospitals.")
    assert (span.counted, span.quantity.unit, span.quantity.step) == ("field hospitals", "count:hospital", Decimal(0))
    assert one("The ferry carried 1.2 million people.").quantity.unit == "count:person"


def test_what_became_of_people_is_what_is_counted() -> None:
    assert one("The flood killed at least 31 people.").quantity.unit == "count:death"
    assert [unit for *_, unit in told("The crash left 31 dead and 200 wounded.")] == [
        "count:death",
        "count:injured person",
    ]
    assert told("The death toll rose to 74.") == [("74", "74", "count:death")]


def test_rates_name_what_they_are_per() -> None:
    assert told("Fields gave 3.4 tonnes per hectare.")[0][1:] == ("3.4", "tonne/hectare")
    assert told("The line starts 50,000 wafers a month.")[0][1:] == ("50000", "wafer/month")
    assert told("Pickers earn $2 an hour.") == [("$2 an hour", "2", "USD/hour")]
    assert told("Power costs 0.07 dollars per kilowatt-hour.")[0][1:] == ("70", "USD/megawatt-hour")
    assert told("Sales of $4 million a year ago were higher.")[0][2] == "USD"


TABLE = """Apple crop by sort (thousand tonnes)

Sort | 2025 | 2026
Red | 905 | 868.5
Green | 12 | 9
"""


def test_a_cell_is_in_the_unit_of_its_caption() -> None:
    assert told(TABLE) == [
        ("905", "905000", "tonne"),
        ("868.5", "868500", "tonne"),
        ("12", "12000", "tonne"),
        ("9", "9000", "tonne"),
    ]


def test_the_head_of_a_column_names_its_unit() -> None:
    text = "Town | Sales, EUR m | Margin (%) | Staff\nBaskow | 412 | 3.5 | 88\nTorv | 96 | 2.1 | 14"
    assert [unit for *_, unit in told(text)] == ["EUR", "percent", "count:employee"] * 2
    assert told(text)[0][1] == "412000000"


def test_a_table_of_people_counts_persons() -> None:
    text = "Population, thousand\nTown | 2026\nBaskow | 2,204.1\nTorv | 90.5"
    assert told(text) == [("2,204.1", "2204100", "count:person"), ("90.5", "90500", "count:person")]


def test_a_list_counts_what_its_heading_names() -> None:
    text = "Suspected cases (confirmed) and deaths by town\n- Baskow: 201 (77), 29 deaths\n- Torv: 64 (17), 7 deaths"
    assert [unit for *_, unit in told(text)] == ["count:case", "count:case", "count:death"] * 2


def test_a_number_in_brackets_is_of_the_sort_of_the_one_before() -> None:
    text = "Net sales: SEK 7,412 million (6,980)."
    assert told(text) == [("SEK 7,412 million", "7412000000", "SEK"), ("6,980", "6980000000", "SEK")]


def test_a_bare_number_goes_on_outside_brackets_with_what_stands_outside() -> None:
    text = "The loss narrowed to 180 million crowns ($17 million) from 265 million."
    assert [unit for *_, unit in told(text)] == ["SEK", "USD", "SEK"]


def test_a_comma_alone_shares_no_unit() -> None:
    assert told("The index will end at 16,644, 16 per cent above March.")[0][2] != "percent"


def test_a_scale_or_an_ordinal_without_a_number_is_none() -> None:
    assert told("Crop (million bushels)") == []
    assert told("The strike entered its ninth day.") == []


def test_a_bare_number_counts_what_its_clause_is_about() -> None:
    assert told("Population grew to 8.94 million.")[0][2] == "count:person"
    assert told("Wafer starts reached 15,000 in May.")[0][2] == "count:wafer"
    assert told("The ministry raised the death toll of the flood to 16.")[0][2] == "count:death"
    assert told("The town counts 412 cases. Of these, 138 are confirmed.")[1][2] == "count:case"
    assert told("The quake killed 74 people, and 480 were being treated for injuries.")[1][2] == "count:injured person"


def test_people_by_nation_are_persons() -> None:
    assert told("Twelve Germans were on the ship.")[0][2] == "count:person"
    assert told("Three Germans are among the injured.")[0][2] == "count:injured person"
    assert told("About thirty of us slept there.") == [("About thirty", "30", "count:person")]


def test_a_bare_number_is_in_the_unit_of_the_sentence_before() -> None:
    assert told("They sell 43 per cent of the milk. Brix says 37.")[1][1:] == ("37", "percent")
    assert told("There were many aftershocks. The strongest measured 5.6.")[0][2] == "magnitude"
    text = "Exports were put at 775 million bushels, 25 million fewer than expected."
    assert [unit for *_, unit in told(text)] == ["bushel", "bushel"]


def test_two_units_of_one_measure_are_one_figure() -> None:
    assert told("The trip took two hours and ten minutes.") == [("two hours and ten minutes", "130", "minute")]
    assert told("The door is 6 feet 2 inches high.")[0][1:] == ("74", "inch")
    assert [number for _, number, _ in told("It took 2 hours and 90 minutes.")] == ["2", "90"]


def test_one_thing_in_so_many_is_a_share() -> None:
    assert told("One grower in ten lost the crop.") == [("One grower in ten", "10", "percent")]
    assert told("One clinic in three towns closed.") == [("three towns", "3", "count:town")]


def test_fractions_behind_decimals_are_parts_of_the_last_digit() -> None:
    assert told("Wheat closed at $5.62¾ a bushel.") == [("$5.62¾ a bushel", "5.6275", "USD/bushel")]
    assert told("He drank 2½ litres.")[0][1] == "2.5"


def test_decimals_may_be_spoken() -> None:
    assert told("Prices rose three point five percent.") == [("three point five percent", "3.5", "percent")]


def test_a_price_told_without_its_verb_keeps_what_it_is_per() -> None:
    text = "Aldo pays 38.5p a litre this month, Brix 36.75p."
    assert [unit for *_, unit in told(text)] == ["GBP/litre", "GBP/litre"]


def test_a_range_of_grouped_numbers_is_no_telephone_number() -> None:
    assert told("The mine will yield 190,000-200,000 t.") == [("190,000-200,000 t", "190000..200000", "tonne")]


def test_what_only_looks_like_a_change_has_no_direction() -> None:
    for text in (
        "The gunners shot down 71 drones.",
        "The river was two metres above the mark.",
        "The bridge cost twice as much as planned.",
        "They recovered 400 gallons of oil.",
    ):
        assert one(text).quantity.direction is None, text


def test_changes_are_found_behind_other_words() -> None:
    for text in (
        "The price fell by 7.1 cents in May and by 4.3 cents in June.",
        "Futures shed 11 cents.",
        "Markets expect 50 basis points of cuts.",
        "The shares lost half of their value.",
    ):
        assert {span.quantity.direction for span in figures(text)} == {Direction.DOWN}, text
    assert one("The price is up by only 4 per cent.").quantity.direction is Direction.UP


def test_marks_of_lists_ages_and_numbers_to_dial_are_no_figures() -> None:
    assert told("Notes. 1) Rounding may matter. 2) Some are new.") == []
    assert told("The hotline is 1155.") == []
    assert told("I am 52 and I know.") == []
    assert told("A reader, 81, wrote to us.") == []
    assert told("Pupils in Year 6 sing.") == []


def test_the_hours_over_which_something_happened_only_place_it() -> None:
    assert told("Some 120 millimetres fell in 24 hours.")[0][0] == "Some 120 millimetres"
    assert len(told("Some 120 millimetres fell in 24 hours.")) == 1
    assert told("It stopped 38 seconds early.") == [("38 seconds", "38", "second")]


def test_some_of_those_just_counted_are_a_count() -> None:
    assert told("Nineteen people were in hospital, four of them in danger.")[1][1:] == ("4", "count:person")
    assert [n for _, n, _ in told("She said 64 of 71 schools were ready.")] == ["64", "71"]


def test_a_change_and_the_level_it_led_to_are_two_figures() -> None:
    change, level = figures("The stock rose 12.5p to 310p.")
    assert (change.quantity.direction, level.quantity.direction) == (Direction.UP, None)
    assert [number for _, number, _ in told("Oil rose $2 to $83 a barrel.")] == ["2", "83"]
    assert told("Prices rose 5 to 10 percent.")[0][1] == "5..10"


def test_one_person_hurt_is_a_count() -> None:
    assert told("One person was killed and four were injured.") == [
        ("One person", "1", "count:death"),
        ("four", "4", "count:injured person"),
    ]
    assert told("One person may vote.") == []


def test_numerals_of_codes_are_no_figures() -> None:
    assert told("The EN 4417-3 test was passed.") == []
    assert told("The new Torva 12 is out.") == []


def test_what_is_counted_is_the_things_alone() -> None:
    assert [s.counted for s in figures("The crew needs six more ladders.")] == ["ladders"]
    assert [s.counted for s in figures("Three of Berg's cousins left.")] == ["cousins"]


def test_a_vote_stands_on_its_first_number() -> None:
    text = "The board backed the merger in a 5-2 vote."
    assert told(text) == [("5-2", "5", "count:vote")]
    assert [span.aside for span in all_of(text)] == ["", "score"]


def test_two_readings_of_one_figure_name_each_other() -> None:
    yuan, dollars = figures("The tower cost 1.2 billion yuan ($180 million).")
    assert (yuan.same_as, dollars.same_as) == (1, 0)


def test_the_worth_of_the_last_digit_is_kept() -> None:
    assert one("The margin was 41.5 percent.").quantity.step == Decimal("0.1")
    assert one("The group made 1.28 billion euros.").quantity.step == Decimal(10_000_000)
    assert one("The line holds 50,000 wafers.").quantity.step == Decimal(10_000)


def test_numbers_in_names_are_no_quantities() -> None:
    assert all_of("The H100, GPT-4 and the 910B were banned under Section 301.") == []
    assert all_of("A Boeing 737 landed on Route 66.") == []
    assert all_of("The S&P 500 closed flat.") == []


def test_dates_times_and_telephone_numbers_are_no_quantities() -> None:
    assert all_of("On 9 April 2025 at 8.30 a.m. the 2018 budget was read.") == []
    assert all_of("Call 1-800-555-0199 or +44 20 7946 0991.") == []


def test_what_is_no_figure_says_why() -> None:
    def asides(text: str) -> list[str]:
        return [span.aside for span in all_of(text)]

    assert asides("The 7 nm yield was read aloud.") == ["scope"]
    assert asides("Maria Voss, 51, resigned.") == ["age"]
    assert asides("A 34-year-old man was held.") == ["age"]
    assert asides("Two people familiar with the matter said so.") == ["sources"]
    assert asides("It was the best harvest in five years.") == ["period"]
    assert asides("Assume a loss of 0.7 percent.") == ["illustration"]
    assert asides("The two agreed.") == ["definite"]
    assert asides("It lost its three largest customers.") == ["rank"]


def test_one_as_a_pronoun_is_no_number() -> None:
    assert all_of("One of the clerks said no one had asked.") == []


def test_offsets_of_number_and_unit_are_exact() -> None:
    text = "Prices rose about 1.2 million rupiah."
    span = one(text)
    assert text[span.number_start : span.number_end] == "1.2 million"
    assert text[span.unit_start : span.unit_end] == "rupiah"


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    found = number_at(lex(f"{number:,}"), 0, CUES.numbers)
    assert found is not None
    assert found.value == number


@given(st.text(max_size=80))
def test_lexing_keeps_the_characters_of_any_text(text: str) -> None:
    for piece in lex(text).pieces:
        assert text[piece.start : piece.end] == piece.text


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_the_worth_of_the_last_digit_divides_the_number(number: Decimal) -> None:
    assert number % last_digit_worth(str(number)) == 0


@given(st.text(alphabet="0123456789.,-–%$€ ()/amkbnthousdilepfrw\n", max_size=120))
def test_any_jumble_gives_spans_within_the_text(jumble: str) -> None:
    doc = Doc(VOCAB, words=jumble.split() or ["x"], sent_starts=[True] + [False] * (max(1, len(jumble.split())) - 1))
    doc._.dates = find_dates(doc, None, DATE_CUES)
    for span in find_quantities(doc, UNITS, CUES):
        assert 0 <= span.start <= span.number_start < span.number_end <= len(doc.text)
        assert span.start < span.end <= len(doc.text)


def test_ten_thousand_digits_are_no_number() -> None:
    assert number_at(lex("1" * 10_000), 0, CUES.numbers) is None


def test_powers_of_ten_belong_to_the_number() -> None:
    assert told("The grain weighs 2.5×10−4 kg and holds 3.1 × 10^6 cells.") == [
        ("2.5×10−4 kg", "0.00025", "kilogram"),
        ("3.1 × 10^6 cells", "3100000", "count:cell"),
    ]
    assert told("The gas had 2.6×1013 cm−3 of it.")[0][1:] == ("26000000000000", "1/cubic_centimetre")
    assert told("The hall is 3 x 10 metres.")[-1] == ("10 metres", "10", "metre")


def test_units_with_powers_are_rates() -> None:
    assert told("Water ran at 0.8 m s−1 through the pipe.") == [("0.8 m s−1", "0.8", "metre/second")]
    assert told("Lead stood at 0.3 mg/L in the well.") == [("0.3 mg/L", "0.3", "milligram/litre")]
    assert told("The room is 80m2 large.") == [("80m2", "80", "square_metre")]


def test_a_tolerance_makes_a_figure_approximate() -> None:
    span = one("The furnace ran at 815 ± 20 °C that day.")
    assert (span.quantity.value, span.quantity.approximation) == (Decimal(815), Approximation.ABOUT)
    assert told("Support is at 41 percent, plus or minus 3 points.")[0][:2] == ("41 percent", "41")


def test_a_letter_is_a_unit_only_among_words_of_its_dimension() -> None:
    assert told("At this temperature of 310 K the film holds.") == [("310 K", "310", "kelvin")]
    assert told("Vitamin K is sold in 30 K form.")[0][2] != "kelvin"
    assert told("The capacitor holds 2.5 F at most.")[0][2] == "farad"
    assert told("The flight to Lagos cost N90,000 on Sunday.")[0][2] == "NGN"
    assert all_of("The N1 wave and the P3 model failed.") == []


def test_a_code_that_is_also_a_name_needs_its_country() -> None:
    assert told("AMD 70,000 sheets were sold.")[0][2] != "AMD"
    assert told("In Yerevan the coat costs AMD 70,000.")[0][1:] == ("70000", "AMD")
    assert told("The pen is 5 top quality pens.")[0][2] != "TOP"


def test_a_scale_and_a_code_may_be_one_word() -> None:
    assert told("The loan grew to 64 MEUR.") == [("64 MEUR", "64000000", "EUR")]


def test_marks_of_references_and_labels_are_no_figures() -> None:
    assert told("As shown before [4,9], rents fell [31–34] in three towns.") == [("three towns", "3", "count:town")]
    assert told("The paper (PMID: 882045) was cited by Orme (2011c).") == []
    assert told("The salt was Ba(NO3)2 in every sample.") == []
    assert told("At rounds 2, 4 and 6, and in Eqs. (3), (4), it held.") == []
    assert told("In months 20 people left.")[0][:2] == ("20 people", "20")
    assert told("The wall was built between A.D. 300 and 415.") == []


def test_scores_count_before_of_only() -> None:
    assert [n for _, n, _ in told("Scores of barns burned, and test scores fell 5 percent.")] == ["40..99", "5"]


def test_a_unit_behind_an_adjective_is_one() -> None:
    assert told("They lost two difficult years and 200 additional tonnes.") == [
        ("two difficult years", "2", "year"),
        ("200 additional tonnes", "200", "tonne"),
    ]
    assert told("Three front yards were dug up.")[0][2] == "count:yard"


def test_what_hyphens_suspend_is_shared() -> None:
    spans = all_of("The maker has two-, three- and five-drawer chests.")
    assert {span.quantity.unit for span in spans} == {"count:drawer"}


def test_an_index_stands_at_points() -> None:
    assert told("The index shed 84.6 points to end at 6,310.2.") == [
        ("84.6 points", "84.6", "point"),
        ("6,310.2", "6310.2", "point"),
    ]
    assert told("The gauge fell 6 percent to 2,870 points.")[1][2] == "point"
    assert told("The index shed 84.6 points, or 1.3 percent, to end at 6,310.2.")[2][2] == "point"


def test_two_readings_of_a_change_go_one_way() -> None:
    first, second = figures("Temperatures dropped by 2 degrees Celsius (3.6 Fahrenheit).")
    assert first.quantity.direction is second.quantity.direction is Direction.DOWN


def test_below_a_limit_said_by_a_prefix() -> None:
    assert one("He sells sub-$90 kettles.").quantity.approximation is Approximation.LESS_THAN


def test_the_new_level_may_be_a_range() -> None:
    assert told("Its worth will rise from 6.1 to 8-9 billion euros.") == [
        ("6.1", "6100000000", "EUR"),
        ("8-9 billion euros", "8000000000..9000000000", "EUR"),
    ]


def test_a_span_keeps_to_its_own_side_of_a_bracket() -> None:
    assert [span for span, _, _ in told("The bid is C$20 (US$14.60) per bond.")] == ["C$20", "US$14.60"]


def test_times_in_three_parts_are_one_figure() -> None:
    assert told("The run took 2 hours, 3 minutes, and 5 seconds.") == [
        ("2 hours, 3 minutes, and 5 seconds", "7385", "second")
    ]


def asides_of(text: str) -> list[str]:
    return [span.aside for span in all_of(text)]


def test_how_often_and_what_was_told_before_are_no_counts() -> None:
    assert asides_of("In four of the last six winters the lake froze.") == ["period", "rank"]
    assert asides_of("Critics had wanted half of that.") == ["definite"]
    assert told("Half of that town burned.")[0][2] == "percent"
    assert asides_of("Tin regained roughly a third of the drop.") == ["definite"]
    assert told("Exports accounted for half of the increase.")[0][2] == "percent"
    assert asides_of("She sang in nine operas, three of them new.") == ["", "definite"]
    assert asides_of("Every bale is then five sacks.") == ["illustration"]
    assert asides_of("Three commas were lost in print.") == ["writing"]
    assert asides_of("Someone who rents two flats pays three deposits.") == ["illustration", "illustration"]


def test_nothing_is_counted_in_negative_numbers() -> None:
    assert told("The fund bought CORDA -12 kits.") == []
    assert told("It was -23 degrees in town.")[0][1] == "-23"


def test_a_far_year_is_one_behind_until() -> None:
    assert told("The dunes will move by 2145.") == []
    assert told("The road is 2145 metres long.")[0][1] == "2145"


def test_one_before_a_numeral_counts_nothing() -> None:
    assert [n for _, n, _ in told("It runs just one 700 litre-a-day still.")] == ["700"]


def test_a_verb_left_out_is_the_one_before() -> None:
    way = [span.quantity.direction for span in figures("Oats were down 2 percent, barley by 3 percent.")]
    assert way == [Direction.DOWN, Direction.DOWN]


def test_dollars_and_cents_are_one_sum() -> None:
    assert told("Lunch came to 8 dollars and 25 cents.") == [("8 dollars and 25 cents", "8.25", "USD")]
    assert told("The lamp costs 31 dollars 40.") == [("31 dollars 40", "31.4", "USD")]
    assert [n for _, n, _ in told("It pays 8 dollars, 25 cents more than before.")] == ["8", "0.25"]


def test_lower_case_codes_and_leads_are_money() -> None:
    assert told("The seat is usd 20 today.") == [("usd 20", "20", "USD")]
    assert told("The seat is aud$ 26 today.") == [("aud$ 26", "26", "AUD")]


def test_the_number_of_an_account_is_none() -> None:
    assert told("Pay to 1111-2222-3333 by noon.") == []
