"""Date words of invented news and what they mean on the day of publication, Wednesday 18 November 2026."""

from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from parses import VOCAB, parsed
from spacy.tokens import Doc

from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan
from monitor.nlp.date_cues import load_date_cues
from monitor.nlp.periods import find_dates
from monitor.nlp.stretches import around, moved, part_of, shifted, weekday_near

CUES = load_date_cues(Path(__file__).parents[3] / "models/cues/en")
PUBLISHED = datetime.fromisoformat("2026-11-18T09:00:00+01:00")


def spans(text: str, published: datetime | None = PUBLISHED) -> list[DateSpan]:
    return find_dates(parsed(text), published, CUES)


def told(text: str, published: datetime | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.period.iso()) for span in spans(text, published)]


def stated(text: str) -> list[tuple[str, str]]:
    """The dates that are what the sentence states."""
    return [(text[span.start : span.end], span.period.iso()) for span in spans(text) if span.is_figure]


def test_full_dates_are_read_in_either_order() -> None:
    assert told("It closed on November 5, 2025.") == [("on November 5, 2025", "2025-11-05")]
    assert told("It closed on 5 November 2025.") == [("on 5 November 2025", "2025-11-05")]
    assert told("It closed on 2025-11-05.") == [("on 2025-11-05", "2025-11-05")]


def test_a_day_without_a_year_is_the_nearest_past_one() -> None:
    assert told("The well failed on Nov. 10.") == [("on Nov. 10", "2026-11-10")]
    assert told("The well failed on 24 December.") == [("on 24 December", "2025-12-24")]


def test_a_weekday_looks_back_unless_the_sentence_looks_ahead() -> None:
    assert told("The court ruled on Tuesday.") == [("on Tuesday", "2026-11-17")]
    assert [period for _, period in told("The court will rule on Tuesday.")] == ["2026-11-24"]
    assert told("The court ruled last Thursday.") == [("last Thursday", "2026-11-12")]


def test_months_and_years_are_periods() -> None:
    assert told("Output fell in October.") == [("in October", "2026-10")]
    assert told("Output fell in 2024.") == [("in 2024", "2024")]
    assert told("Output fell between 2012 and 2020.") == [("between 2012 and 2020", "2012-01-01/2020-12-31")]
    assert told("The 2024/25 crop was poor.")[0][1] == "2024-07-01/2025-06-30"


def test_quarters_halves_and_runs_of_months() -> None:
    assert told("Sales fell in the third quarter.") == [("in the third quarter", "2026-07-01/2026-09-30")]
    assert told("Sales fell in Q3 2025.") == [("in Q3 2025", "2025-07-01/2025-09-30")]
    assert told("Sales fell in the second half of last year.")[0][1] == "2025-07-01/2025-12-31"
    assert told("Sales fell in the first nine months of 2025.")[0][1] == "2025-01-01/2025-09-30"
    assert told("Sales fell in the three months to September.")[0][1] == "2026-07-01/2026-09-30"


def test_parts_and_edges_of_periods() -> None:
    assert told("The mine closed in early 2024.") == [("in early 2024", "2024-01-01/2024-03-31")]
    assert [p for _, p in told("The mine will open by the end of 2027.")] == ["2027-12-31"]
    assert [p for _, p in told("The mine will open by the middle of next year.")] == ["2027-06-30"]
    assert told("The mine closed late last year.")[0][1] == "2025-10-01/2025-12-31"


def test_relative_words_count_from_the_day_of_publication() -> None:
    assert told("It rained yesterday.") == [("yesterday", "2026-11-17")]
    assert told("It rained last month.") == [("last month", "2026-10")]
    assert told("It rained two years ago.") == [("two years ago", "2024")]
    assert told("It rained over the past three weeks.") == [("over the past three weeks", "2026-10-28/2026-11-18")]
    assert told("It has rained since July.") == [("since July", "2026-07-01/2026-11-18")]


def test_a_year_earlier_goes_back_from_the_period_just_said() -> None:
    assert told("In the third quarter sales rose from a year earlier.")[1][1] == "2025-07-01/2025-09-30"


def test_the_day_of_publication_is_the_one_of_its_own_offset() -> None:
    late = datetime.fromisoformat("2026-11-18T00:30:00+09:00")
    assert told("It rained yesterday.", late) == [("yesterday", "2026-11-17")]


def test_without_a_day_of_publication_only_full_dates_have_a_period() -> None:
    assert told("It rained on 5 November 2025 and yesterday.", None) == [
        ("on 5 November 2025", "2025-11-05"),
        ("yesterday", "../.."),
    ]


def test_a_date_that_is_the_statement_is_a_figure() -> None:
    assert stated("The launch slips to March 2027.") == [("March 2027", "2027-03")]
    assert stated("The plant is due in the second quarter of 2027.")[0][1] == "2027-04-01/2027-06-30"
    assert stated("The deadline is June 30, 2027.") == [("June 30, 2027", "2027-06-30")]
    assert stated("The bridge will open by the end of 2027.") == [("the end of 2027", "2027-12-31")]


def test_a_date_that_only_places_the_sentence_is_none() -> None:
    assert stated("The plant opened in March 2024.") == []
    assert stated("Sales fell 4 percent in October, the firm said on Wednesday.") == []


def test_what_is_put_off_lies_ahead() -> None:
    assert stated("Ferry debut slips to June.") == [("June", "2027-06")]


def test_a_limit_to_what_lies_ahead_is_a_figure_of_any_verb() -> None:
    assert stated("The canal will not carry ships before 2029.") == [("2029", "2029")]
    assert stated("We hope to comply by February.") == [("February", "2027-02")]
    assert stated("The pool will stay closed until 21 January.") == [("21 January", "2027-01-21")]
    assert stated("The tram will not run before May 2027, according to two drivers.") == [("May 2027", "2027-05")]
    assert stated("Sales will rise by 2030.") == []
    assert stated("The pool stayed closed until 21 January.") == []


def test_what_is_arranged_for_a_day_is_a_figure() -> None:
    assert stated("Members vote on December 3.") == [("December 3", "2026-12-03")]
    assert stated("We are sailing in January.") == [("January", "2027-01")]


def test_a_date_that_is_promised_named_or_labelled_is_a_figure() -> None:
    assert stated("The report, once promised for March 2026, came late.") == [("March 2026", "2026-03")]
    assert stated("Opening: spring 2028.") == [("spring 2028", "2028-03-01/2028-05-31")]
    assert stated("She described mid-2030 as a dream.") == [("mid-2030", "2030-06-16/2030-07-15")]
    assert stated("He expects an opening in 2028.") == [("2028", "2028")]


def test_a_date_of_the_past_or_of_a_thing_is_no_figure() -> None:
    assert stated("At Thursday's meeting the board agreed.") == []
    assert stated("The crop was smaller than planned a month ago.") == []


def test_the_last_months_of_a_year_are_a_run() -> None:
    assert told("It closed in the final three months of the year.")[0][1] == "2026-10-01/2026-12-31"


def test_months_that_are_also_verbs_need_more_than_a_capital() -> None:
    assert told("May the best win, he said; they march on.") == []


def test_a_count_of_people_is_no_year() -> None:
    assert told("The yard employs 2000 people.") == []


def test_words_that_could_nest_for_ever_do_not() -> None:
    words = ["the", "end", "of"] * 2_000
    doc = Doc(VOCAB, words=words, sent_starts=[True] + [False] * (len(words) - 1))
    assert find_dates(doc, PUBLISHED, CUES) == []


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@given(days, st.sampled_from(["day", "week", "month", "quarter", "half", "year", "season", "decade"]))
def test_every_stretch_holds_its_day(day: date, unit: str) -> None:
    stretch = around(day, unit)
    assert stretch.start is not None
    assert stretch.end is not None
    assert stretch.start <= day <= stretch.end


@given(days, st.sampled_from(["day", "week", "month", "year"]), st.integers(-200, 200))
def test_moving_forth_and_back_stays_near(day: date, unit: str, count: int) -> None:
    back = shifted(shifted(day, unit, count), unit, -count)
    assert abs((back - day).days) <= 3


@given(days, st.sampled_from(["early", "mid", "late"]), st.sampled_from(["month", "year"]))
def test_a_part_lies_within_its_whole(day: date, part: str, unit: str) -> None:
    whole = around(day, unit)
    inner = part_of(whole, part)
    assert whole.start is not None
    assert inner.start is not None
    assert whole.end is not None
    assert inner.end is not None
    assert whole.start <= inner.start <= inner.end <= whole.end


@given(days, st.integers(0, 6))
def test_the_nearest_weekday_is_within_a_week(day: date, weekday: int) -> None:
    assert 0 <= (weekday_near(day, weekday, future=True) - day).days < 7
    assert 0 <= (day - weekday_near(day, weekday, future=False)).days < 7


def test_a_moved_month_stays_a_month() -> None:
    assert moved(Period(date(2026, 3, 1), date(2026, 3, 31)), "month", -1).iso() == "2026-02"
