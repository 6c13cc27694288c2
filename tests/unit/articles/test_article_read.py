"""Bytes become text in the character set they are in, and an article by the kind they are of."""

import pytest

from monitor.articles.decode import decoded
from monitor.articles.read import read_page
from monitor.errors import ArticleUnreadable

PAGE = "<html><head><title>Brücke</title>{meta}</head><body><article>{text}</article></body></html>"
TEXT = "<p>Die Brücke über die Tal wird für zwei Jahre gesperrt, sagte der Bürgermeister am Dienstag in Värde.</p>" * 3


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("Brücke – 5 €".encode(), "", "Brücke – 5 €"),
        ("Brücke – 5 €".encode(), "text/html; charset=iso-8859-1", "Brücke – 5 €"),
        ("Brücke – 5 €".encode("cp1252"), "text/html; charset=ISO-8859-1", "Brücke – 5 €"),
        ("<meta charset='windows-1250'>Příliš".encode("cp1250"), "text/html", "<meta charset='windows-1250'>Příliš"),
        ("\ufeffBrücke".encode(), "text/plain; charset=latin1", "Brücke"),
        ("Brücke".encode("utf-16"), "", "Brücke"),
        ("新しい船".encode("shift_jis"), "text/html; charset=Shift_JIS", "新しい船"),
        ("新しい船".encode("iso2022_jp"), "text/html; charset=ISO-2022-JP", "新しい船"),
        (("Brücke " * 60).encode() + b"\xff", "text/html; charset=utf-8", "Brücke " * 60 + "\ufffd"),
        ("Brücke".encode("cp1252"), "text/html; charset=nonsense", "Brücke"),
        ("Brücke".encode("cp1252"), "text/html; charset=rot13", "Brücke"),
        ("Мост закрыт на два года, сказал мэр".encode("cp1251"), "", "Мост закрыт на два года, сказал мэр"),
        (b"", "", ""),
    ],
)
def test_a_body_is_read_in_the_set_that_it_is_in(body: bytes, header: str, text: str) -> None:
    assert decoded(body, header) == text


def test_a_page_in_the_set_of_its_header_becomes_an_article() -> None:
    body = PAGE.format(meta="", text=TEXT).encode("cp1252")
    assert "Bürgermeister" in read_page(body, "https://h.test/a", "text/html; charset=windows-1252").text


@pytest.mark.parametrize(
    "media_type", ["text/html", "", "application/octet-stream", "text/plain", "application/xhtml+xml"]
)
def test_markup_is_markup_whatever_its_server_says(media_type: str) -> None:
    found = read_page(PAGE.format(meta="", text=TEXT).encode(), "https://h.test/a", media_type)
    assert (found.title, found.basis) == ("Brücke", "page")


def test_plain_text_has_its_first_line_as_title() -> None:
    found = read_page(
        "Zinn\n\nDer Preis für Zinn stieg.".encode("cp1252"), "https://h.test/a", "text/plain; charset=latin1"
    )
    assert (found.title, found.text) == ("Zinn", "Der Preis für Zinn stieg.")


@pytest.mark.parametrize("media_type", ["image/png", "application/json", "video/mp4"])
def test_what_is_no_text_is_refused_by_name(media_type: str) -> None:
    with pytest.raises(ArticleUnreadable, match=media_type):
        read_page(b"\x89PNG\0\0", "https://h.test/a", media_type)
    with pytest.raises(ArticleUnreadable):
        read_page(b"\0\1\2\3", "https://h.test/a", "")
