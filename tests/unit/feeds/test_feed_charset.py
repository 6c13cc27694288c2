"""Whatever is said of the charset, right or wrong, the text comes out as it was written."""

import codecs

import pytest

from monitor.feeds.charset import as_utf8
from monitor.feeds.parse import parse_feed

TITLE = "Kraków’s “straße” costs €5"
POLISH = "Łódź: 40 gęsi"
CHINESE = "钢铁产量下降百分之三，工会表示担忧"


def title(body: bytes, content_type: str | None = None) -> str:
    return parse_feed(body, url="https://host.test/feed", feed_id="feed-1", content_type=content_type).title


def feed(text: str, declared: str | None) -> str:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    return f"{declaration}<rss version='2.0'><channel><title>{text}</title></channel></rss>"


@pytest.mark.parametrize(
    ("charset", "declared", "content_type"),
    [
        ("utf-8", None, None),
        ("utf-8", "utf-8", "text/xml"),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", "utf-16", None),
        ("utf-8", "no-such-charset", "text/xml; charset=nonsense"),
        ("utf-8", "windows-1251", "application/xml; charset=ISO-8859-1"),
        ("utf-8-sig", "windows-1252", "text/xml; charset=windows-1252"),
        ("cp1252", "windows-1252", None),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "utf-8", None),
        ("cp1252", None, "text/xml; charset=iso-8859-1"),
        ("utf-16", "utf-16", None),
        ("utf-16", "utf-8", "text/xml; charset=utf-8"),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", None, None),
        ("utf-32", "utf-32", None),
    ],
)
def test_a_title_survives(charset: str, declared: str | None, content_type: str | None) -> None:
    text = TITLE.replace("ó", "o") if charset == "cp1252" else TITLE
    body = feed(text, declared).encode(charset)
    assert title(body, content_type) == text


@pytest.mark.parametrize(
    ("text", "charset", "declared", "content_type"),
    [
        (POLISH, "iso-8859-2", "iso-8859-2", None),
        (POLISH, "iso-8859-2", None, "text/xml; charset=iso-8859-2"),
        (POLISH, "iso-8859-2", "iso-8859-2", "text/xml; charset=iso-8859-1"),
        (CHINESE, "gb18030", "gb2312", None),
        (CHINESE, "gb18030", "utf-8", 'text/xml; charset="GBK"'),
        (CHINESE, "utf-8", "gb2312", None),
        (CHINESE, "big5hkscs", "big5", None),
        ("日本の鉄鋼", "shift_jis", "Shift_JIS", None),
        ("日本の鉄鋼", "iso-2022-jp", "iso-2022-jp", None),
        ("Сталь", "koi8-r", "koi8-r", "text/xml"),
    ],
)
def test_charsets_of_the_world_are_read(text: str, charset: str, declared: str | None, content_type: str | None) -> None:
    text = text if charset != "big5hkscs" else "鋼鐵產量下降"
    assert title(feed(text, declared).encode(charset), content_type) == text


def test_single_bytes_of_windows_in_utf_8_are_read_as_such() -> None:
    body = feed("Größe ## Maß", "utf-8").encode().replace(b"##", b"\x93x\x94")
    assert title(body) == "Größe “x” Maß"


def test_utf_8_that_was_encoded_twice_is_set_right() -> None:
    twice = "Größe".encode().decode("latin-1")
    assert title(feed(twice, "utf-8").encode()) == "Größe"


def test_characters_by_their_number_in_windows_are_set_right() -> None:
    assert title(feed("10 &#150; 20 &#133;", None).encode()) == "10 – 20 …"


@pytest.mark.parametrize("label", ["punycode", "idna", "zlib", "rot13", "unicode_escape", "utf-7"])
def test_codecs_that_are_no_charsets_are_not_asked(label: str) -> None:
    body = f"<?xml version='1.0' encoding='{label}'?><a>\u00e9</a>".encode("latin-1")
    assert as_utf8(body).endswith("<a>é</a>".encode())


def test_no_bytes_are_too_strange() -> None:
    for body in (b"", b"\xff", b"\x81\x8d" * 99, codecs.BOM_UTF16_LE + b"\x00\xd8x", bytes(range(256)) * 4):
        as_utf8(body, "text/xml; charset=utf-16").decode("utf-8")
