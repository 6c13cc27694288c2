"""Values in, words out: nothing is rounded away, nothing unknown is filled in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from archive_sample import article, claim, percent

from monitor.app import wording
from monitor.domain.claim import Modality
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.source import Source, SourceKind
from monitor.web import tags


@pytest.mark.parametrize(
    ("value", "words"),
    [("1280000", "1,280,000"), ("41.50", "41.5"), ("1E+3", "1,000"), ("0.001", "0.001"), ("-3", "-3"), ("100", "100")],
)
def test_numbers_are_plain_and_grouped(value: str, words: str) -> None:
    assert wording.number(Decimal(value)) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Quantity("percent", Decimal(55), approximation=Approximation.ABOUT), "about 55 %"),
        (Quantity("percent", low=Decimal(18), high=Decimal(25), approximation=Approximation.RANGE), "18 to 25 %"),
        (Quantity("count:wafer", low=Decimal(10000), approximation=Approximation.MORE_THAN), "more than 10,000 wafers"),
        (Quantity("tonne/hectare", Decimal("3.2")), "3.2 tonnes per hectare"),
        (Quantity("percentage_point", Decimal(3), direction=Direction.DOWN), "down by 3 percentage points"),
        (Quantity("date", date="2031-05"), "May 2031"),
        (Quantity("USD", Decimal(5600000)), "5,600,000 USD"),
        (Quantity("count:city", Decimal(1)), "1 city"),
        (Quantity("count:city", Decimal(2)), "2 cities"),
        (Quantity("percent"), "no figure"),
    ],
)
def test_figures_keep_hedge_unit_and_direction(figure: Quantity, words: str) -> None:
    assert wording.quantity(figure) == words


def test_a_time_that_the_text_does_not_state_is_not_stated() -> None:
    told_in = article("Paper", "T", "Yield is 5 percent.", "2031-03-04T08:00+00:00")
    silent = claim(told_in, "5 percent", "X", "yield", percent("5"))
    assert silent.time == Period(date(2031, 3, 4), date(2031, 3, 4))
    assert "not stated" in tags.as_of_tag(silent)
    spoken = claim(told_in, "5 percent", "X", "yield", percent("5"), when="2031-02", words="in February")
    assert tags.as_of_tag(spoken) == '<time datetime="2031-02">Feb 2031</time>'


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert tags.day_tag(None) == '<span class="unknown">date unknown</span>'
    assert tags.moment_tag(None) == '<span class="unknown">never</span>'


def test_an_instant_keeps_its_offset() -> None:
    told = datetime(2031, 3, 4, 8, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert tags.moment_tag(told) == '<time datetime="2031-03-04T08:05:00+05:30">4 Mar 2031, 08:05 +05:30</time>'
    assert "08:05 UTC" in tags.moment_tag(told.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2031", "2031"),
        ("2031-02", "Feb 2031"),
        ("2031-02-03", "3 Feb 2031"),
        ("2031-04-01/2031-06-30", "Q2 2031"),
        ("2031-04-01/..", "from 1 Apr 2031"),
        ("../2031-04-01", "until 1 Apr 2031"),
        ("2031-04-02/2031-06-30", "2 Apr 2031 to 30 Jun 2031"),
    ],
)
def test_periods_in_words(iso: str, words: str) -> None:
    assert wording.period(Period.parse(iso)) == words


def test_the_figure_is_marked_in_its_sentence_and_the_rest_is_harmless() -> None:
    text = "He said <b>about 5 percent</b> & more."
    told_in = article("Paper", "T", text, None)
    one = claim(told_in, "about 5 percent", "X", "y", percent("5"))
    assert tags.marked(one) == "He said &lt;b&gt;<mark>about 5 percent</mark>&lt;/b&gt; &amp; more."


def test_a_figure_known_through_another_outlet_is_relayed() -> None:
    told_in = article("Paper", "T", "Yield is 5 percent.", None)
    company = Source("Tarn", SourceKind.COMPANY, "Tarn")
    other = Source("the Gazette", SourceKind.MEDIA, "Gazette")
    assert not wording.relayed(claim(told_in, "5 percent", "X", "y", percent("5"), sources=[company]))
    assert wording.relayed(claim(told_in, "5 percent", "X", "y", percent("5"), sources=[company, other]))
    assert wording.relayed(claim(told_in, "5 percent", "X", "y", percent("5"), sources=[other]))


def test_a_denial_without_a_figure_says_so() -> None:
    told_in = article("Paper", "T", "It denies it.", None)
    one = claim(told_in, "", "X", "y", Quantity("percent"), modality=Modality.DENIED)
    assert wording.printed(one) == "denied"


def test_relative_words() -> None:
    now = datetime(2031, 1, 2, tzinfo=UTC)
    assert wording.ago(now - timedelta(hours=3), now) == "3 hours ago"
    assert wording.ago(now + timedelta(minutes=1), now) == "in 1 minute"
    assert wording.ago(None, now) == ""


def test_an_article_says_what_it_was_taken_from_where_that_is_not_its_page() -> None:
    page = article("Tarn Post", "Rye", "Forty tonnes.", None)
    assert wording.resting(page) == ""
    walled = replace(page, basis="summary", label="subscription", label_reason="only the first lines are shown")
    assert wording.resting(walled) == (
        "This is the summary that the feed carries, not the whole article. The page was a wall for subscribers when it "
        "was asked (only the first lines are shown)."
    )
    assert wording.resting(replace(page, basis="pdf")) == "This text was read from a PDF."


def test_languages_have_names() -> None:
    assert wording.language("de") == "German"
    assert wording.language("pt-BR") == "Portuguese"
    assert wording.language("xx-nonsense-99") == "xx-nonsense-99"
