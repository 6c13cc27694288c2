"""Pages become articles: their words in order, nothing that stands around them, and what they say of themselves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.articles.extract import extract
from monitor.articles.plain import extract_fragment, extract_plain
from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable

PAGES = Path(__file__).parents[2] / "samples" / "pages"
PROSE = "<p>" + "The harbour board met on Tuesday and counted 14 ships, two more than a year before. " * 6 + "</p>"


def page(name: str, url: str = "https://gazette.test/transport/ferry-electric-boats?fbclid=1") -> Extracted:
    return extract((PAGES / f"{name}.html").read_bytes(), url)


def made(head: str = "", body: str = PROSE, url: str = "https://h.test/news/1") -> Extracted:
    return extract(f"<html><head>{head}</head><body><article>{body}</article></body></html>", url)


@pytest.mark.parametrize("name", ["gazette", "report"])
def test_a_page_yields_the_text_of_its_article_and_no_more(name: str) -> None:
    assert page(name).text == (PAGES / f"{name}.txt").read_text(encoding="utf-8").strip()


def test_a_page_says_what_it_is() -> None:
    found = page("gazette")
    assert found.title == "Ferry line orders six electric boats"
    assert found.publisher == "The Orrin Gazette"
    assert found.author == "Lena Okafor, Piet Brandsma"
    assert found.canonical_url == "https://gazette.test/transport/ferry-electric-boats"
    assert found.language == "en"


def test_dates_keep_the_offset_of_the_page() -> None:
    found = page("gazette")
    assert found.published == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
    assert found.published.utcoffset() == timedelta(hours=5, minutes=30)
    assert found.updated == datetime(2026, 3, 9, 15, 30, tzinfo=UTC)


def test_a_page_that_names_only_a_day_is_of_that_day() -> None:
    found = page("report", "https://varde.test/q1")
    assert found.published == datetime(2026, 4, 14, tzinfo=UTC)
    assert (found.title, found.publisher) == ("Quarterly output of the Varde mines", "Varde Minerals")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Tin is up - again</title>", "", "Tin is up - again"),
        ("<title>Tin is up | Ore Post</title><meta property='og:site_name' content='Ore Post'>", "", "Tin is up"),
        ("<title>Tin is up – Ore Post</title>", "<h1>Tin is up</h1>", "Tin is up"),
        (
            "<meta property='og:title' content='You will not believe tin'>",
            "<h1>Tin is up</h1>",
            "You will not believe tin",
        ),
        ("", "<h1>Tin <em>is</em> up</h1>", "Tin is up"),
        ("<title>Tin: is it up?</title>", "<h1>Ore Post</h1>", "Tin: is it up?"),
    ],
)
def test_the_title_is_the_headline_without_the_name_of_the_site(head: str, body: str, expected: str) -> None:
    assert made(head, body + PROSE).title == expected


def test_copy_of_an_agency_keeps_the_address_of_the_paper_that_prints_it() -> None:
    head = (
        "<link rel='canonical' href='https://agency.test/story'>"
        "<meta property='og:url' content='https://paper.test/our/story'>"
    )
    assert made(head, url="https://paper.test/our/story?x=1").canonical_url == "https://paper.test/our/story"


def test_a_front_page_is_no_canonical_address_of_an_article() -> None:
    assert made("<link rel='canonical' href='https://h.test/'>").canonical_url is None


def test_the_headline_is_not_repeated_in_the_text() -> None:
    found = made("<title>Tin is up</title>", "<h1>Tin is up</h1>" + PROSE)
    assert not found.text.startswith("Tin is up")


def test_a_block_that_holds_the_article_stays_whatever_it_is_called() -> None:
    text = made(body=f"<div class='related newsletter share'>{PROSE}</div>").text
    assert "counted 14 ships" in text


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<html><body><p>Hi.</p></body></html>", b"\0\1\2"])
def test_a_page_without_an_article_is_unreadable(body: bytes) -> None:
    with pytest.raises(ArticleUnreadable) as caught:
        extract(body, "https://h.test/news/1")
    assert "https://h.test/news/1" in str(caught.value)


def test_a_report_of_twenty_thousand_words_is_read_whole() -> None:
    paragraphs = [
        f"Section {n} counts {n * 7} wagons on line {n}, as many as in the year before. " * 3 for n in range(450)
    ]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    text = made(body=body).text
    assert len(text.split()) > 20_000
    assert text.split("\n\n") == [text.strip() for text in paragraphs]


def test_white_space_and_invisible_signs_are_folded() -> None:
    text = made(body="<p>Four\u00a0 hun\u00addred\u200b\n thousand</p>" + PROSE).text
    assert text.startswith("Four hundred thousand\n\n")


def test_the_language_is_that_of_the_text() -> None:
    german = "<p>" + "Der Rat der Stadt hat am Dienstag beschlossen, die Brücke für zwei Jahre zu sperren. " * 5 + "</p>"
    assert (
        extract(f"<html lang='en'><body><article>{german}</article></body></html>", "https://h.test/a").language == "de"
    )


def test_full_content_of_a_feed_is_text_without_scripts_and_captions_of_its_own() -> None:
    text = extract_fragment("<p>One &amp; two.</p><script>x()</script><ul><li>Three</li></ul>Four<br><br>Five", title="T")
    assert text == "One & two.\n\nThree\n\nFour\n\nFive"
    assert (extract_fragment(""), extract_fragment("  ")) == ("", "")
    assert extract_fragment("Just\ntext.\n\nMore of it.") == "Just text.\n\nMore of it."


def test_a_text_file_has_its_first_line_as_title() -> None:
    found = extract_plain("\ufeffTin is up\n\nThe price of tin\nrose again.\n\n\nBy 3 per cent.\n")
    assert (found.title, found.text) == ("Tin is up", "The price of tin rose again.\n\nBy 3 per cent.")
    with pytest.raises(ArticleUnreadable):
        extract_plain(" \n ")
