"""What a page says of itself: its address, its people, its dates, however it writes them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.articles.extract import extract
from monitor.domain.article import Extracted

PROSE = "<p>" + "The harbour board met on Tuesday and counted 14 ships, two more than a year before. " * 6 + "</p>"


def read(head: str = "", body: str = "", url: str = "https://www.gazette.test/news/1") -> Extracted:
    return extract(f"<html><head>{head}</head><body><article>{body}{PROSE}</article></body></html>", url)


def said(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.mark.parametrize(
    ("head", "url", "canonical"),
    [
        (
            "<link rel='CANONICAL' href='/news/1?utm_source=x'>",
            "https://m.gazette.test/news/1",
            "https://m.gazette.test/news/1",
        ),
        (
            "<link rel=canonical href='https://www.gazette.test/a'>",
            "https://m.gazette.test/a?x=1",
            "https://www.gazette.test/a",
        ),
        (
            "<link rel=canonical href='https://gazette.test/a'>",
            "https://amp.gazette.test/a/amp",
            "https://gazette.test/a",
        ),
        (
            "<link rel=canonical href='https://gazette-test.cdn.ampproject.org/c/s/gazette.test/a'>",
            "https://gazette.test/a/amp",
            "https://gazette.test/a",
        ),
        ("", "https://www.google.com/amp/s/gazette.test/a", "https://gazette.test/a"),
        ("", "https://gazette-test.cdn.ampproject.org/c/s/gazette.test/a", "https://gazette.test/a"),
        (
            "<meta property='og:url' content='https://gazette.test/a#top'>",
            "https://gazette.test/a?id=9",
            "https://gazette.test/a",
        ),
        (
            said(mainEntityOfPage={"@id": "https://gazette.test/a"}),
            "https://gazette.test/a?print=1",
            "https://gazette.test/a",
        ),
        (
            "<link rel=canonical href='https://news.gazette.co.uk/a'>",
            "https://m.gazette.co.uk/a",
            "https://news.gazette.co.uk/a",
        ),
        (
            "<link rel=canonical href='https://gazette.test/a'>",
            "http://127.0.0.1:8000/sites/gazette/a",
            "https://gazette.test/a",
        ),
    ],
)
def test_a_page_is_known_by_the_address_that_it_calls_its_own(head: str, url: str, canonical: str) -> None:
    assert read(head, url=url).canonical_url == canonical


@pytest.mark.parametrize(
    "link", ["https://victim.test/story", "https://other.co.uk/news/1", "javascript:x()", "mailto:a@b.test"]
)
def test_no_page_takes_the_address_of_another_site(link: str) -> None:
    head = f"<link rel='canonical' href='{link}'><meta property='og:url' content='{link}'>"
    assert read(head, url="https://gazette.co.uk/news/1").canonical_url is None


def test_titles_and_names_are_read_without_the_escapes_of_markup() -> None:
    found = read(said(headline="Tin &#8211; up &amp; away", author={"name": "Ana O&#039;Neil"}))
    assert (found.title, found.author) == ("Tin – up & away", "Ana O'Neil")


def test_authors_that_are_named_elsewhere_on_the_page_are_found() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Tin", "author": [{"@id": "#lena"}, {"@id": "#piet"}]},
            {"@type": "Person", "@id": "#lena", "name": "Lena Okafor"},
            {"@type": "Person", "@id": "#piet", "name": "Piet Brandsma"},
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert read(script).author == "Lena Okafor, Piet Brandsma"


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ("<meta name=author content='By Lena Okafor'>", "", "Lena Okafor"),
        ("", "<p class='byline'>By <a rel='author' href='/lena'>Lena Okafor</a></p>", "Lena Okafor"),
        ("", "<div class='author-name'>Lena van den Berg</div>", "Lena van den Berg"),
        ("", "", ""),
    ],
)
def test_authors_are_those_of_the_page(head: str, body: str, author: str) -> None:
    assert read(head, body).author == author


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (said(datePublished="March 9, 2026 6:30 pm EST"), "", "2026-03-09T18:30:00-05:00"),
        ("<meta name=date content='2026-03-09T18:30:00+0530'>", "", "2026-03-09T18:30:00+05:30"),
        ("", "<time datetime='2026-03-09T18:30Z'>yesterday</time>", "2026-03-09T18:30:00+00:00"),
        (said(datePublished="2026-03-09", dateModified="x"), "", "2026-03-09T00:00:00+00:00"),
        (said(datePublished="1970-01-01T00:00:00Z"), "<time datetime='2026-03-09'></time>", "2026-03-09T00:00:00+00:00"),
    ],
)
def test_the_date_is_read_however_it_is_written(head: str, body: str, published: str) -> None:
    assert read(head, body).published == datetime.fromisoformat(published)


def test_a_changed_page_says_when() -> None:
    found = read(said(datePublished="2026-03-09T08:00:00Z", dateModified="2026-03-10T09:00:00Z"))
    assert found.updated == datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["[" * 90_000, '{"@graph":' * 900 + "1" + "}" * 900, '{"@type":"Article","author":' + "[" * 900 + "]" * 900 + "}"],
)
def test_linked_data_that_nests_without_end_is_passed_over(value: str) -> None:
    assert read(f'<script type="application/ld+json">{value}</script>').author == ""
