"""Pages made to tie up a reader are read as far as any article goes."""

import pytest

from monitor.articles.extract import extract
from monitor.articles.plain import extract_fragment

PROSE = "<p>" + "The harbour board met on Tuesday and counted 14 ships, two more than a year before. " * 6 + "</p>"
SIZE = 1_000_000


def page(more: str) -> str:
    return f"<html><head><title>Ships</title></head><body><article>{PROSE}{more}</article></body></html>"


@pytest.mark.parametrize(
    "unit",
    [
        "<br>",
        "a<br><br>",
        "<h1>one</h1>",
        "<b><p>x y z",
        "<a href='/x'>some more words</a> ",
        "<li><a href='/x'>some more words</a></li>",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<p>12 March 2020</p>",
        "<div class='related'>",
        "<div class='t'><h3><a href='/a'>A headline here</a></h3><p>and its text</p></div>",
        "<noscript>a</noscript>",
        "<form><button>Accept cookies</button></form>",
    ],
)
def test_a_page_of_a_million_bytes_of_one_thing_keeps_its_article(unit: str) -> None:
    assert "counted 14 ships" in extract(page(unit * (SIZE // len(unit))), "https://h.test/news/1").text


def test_thousands_of_attributes_are_not_compared() -> None:
    crowd = "<div " + " ".join(f"a{n}=b" for n in range(90_000)) + ">Tin</div>"
    assert "counted 14 ships" in extract(page(crowd), "https://h.test/news/1").text
    assert extract_fragment(crowd) == "Tin"


def test_what_looks_like_a_crowded_tag_in_a_script_harms_nothing() -> None:
    script = "<script>for(i=0;i<a;){" + "b c d " * 3000 + "}</script>"
    assert "last of all" in extract(page(f"{script}<p>And this is the last of all.</p>"), "https://h.test/news/1").text


def test_what_stands_behind_fifteen_thousand_elements_is_not_read() -> None:
    lines = "".join(f"<p>Line {n} of the minutes says that all went well on that day.</p>" for n in range(40_000))
    text = extract(page(lines), "https://h.test/news/1").text
    assert "Line 9000 of" in text
    assert "Line 39000 of" not in text
