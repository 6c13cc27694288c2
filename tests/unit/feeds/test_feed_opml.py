"""Lists of feeds as other programs write them, and as we do."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.feed import Feed
from monitor.domain.feed_list import FeedList
from monitor.errors import RecordWrong
from monitor.feeds.opml import read_feed_list, written_opml

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
NESTED = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0">
 <head><title>M\xfchle</title></head>
 <body>
  <outline text="Papers" title="Papers">
   <outline text="North">
    <outline type="rss" text="Tarn Post" xmlUrl="https://tarn.example/feed" htmlUrl="https://tarn.example/"/>
    <outline TEXT="Orrin &amp; S\xf6hne" xmlurl="http://orrin.example/f?a=1&amp;b=2"/>
   </outline>
  </outline>
  <outline type="link" text="A page" url="https://tarn.example/about"/>
  <outline type="include" text="More" url="https://tarn.example/more.opml"/>
  <outline text="Again" xmlUrl="http://www.tarn.example/feed"/>
  <outline text="Mail" xmlUrl="mailto:editor@tarn.example"/>
  <outline text="Old style" xmlUrl="feed://mire.example/rss"/>
 </body>
</opml>"""


def read(body: bytes) -> FeedList:
    return read_feed_list(body, "subs.opml")


def test_nested_outlines_are_read_with_their_folders_whatever_the_case_of_their_attributes() -> None:
    found = read(NESTED)
    assert [(one.url, one.title, one.folder) for one in found.feeds] == [
        ("https://tarn.example/feed", "Tarn Post", ("Papers", "North")),
        ("http://orrin.example/f?a=1&b=2", "Orrin & Söhne", ("Papers", "North")),
        ("http://mire.example/rss", "Old style", ()),
    ]


def test_what_is_no_feed_is_told_with_its_line() -> None:
    assert [(one.line, one.why) for one in read(NESTED).skipped] == [
        (11, "a link to a page"),
        (12, "another list, which is not followed"),
        (13, "the same as line 7"),
        (14, "no http address"),
    ]


def test_a_list_of_lines_may_have_titles_and_remarks() -> None:
    body = "\ufeff# mine\nhttps://tarn.example/feed\tTarn Post\n\n  https://orrin.example/rss  \nnonsense\n".encode()
    found = read(body)
    assert [(one.url, one.title, one.line) for one in found.feeds] == [
        ("https://tarn.example/feed", "Tarn Post", 2),
        ("https://orrin.example/rss", "", 4),
    ]
    assert [(one.line, one.text, one.why) for one in found.skipped] == [(5, "nonsense", "no http address")]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_lists_in_the_encodings_of_windows_are_read(encoding: str) -> None:
    found = read("https://tarn.example/feed\tMühle".encode(encoding))
    assert [one.title for one in found.feeds] == ["Mühle"]


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    broken = NESTED.replace(b"&amp;b=2", b"&b=2").replace(b" </body>\n</opml>", b"")
    assert [one.url for one in read(broken).feeds] == [
        "https://tarn.example/feed", "http://orrin.example/f?a=1&b=2", "http://mire.example/rss",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<html><body><p>Sign in</p></body></html>", "not OPML"),
        (b"<rss version='2.0'><channel/></rss>", "not OPML"),
        (b"<", "no XML"),
        (b"<!DOCTYPE opml [<!ENTITY a 'https://tarn.example/'>]><opml><body/></opml>", "declares entities"),
        (b"https://tarn.example/feed\n" * 800_000, "more than 20,000,000 bytes"),
        (b"<opml><body>" + b"<outline/>" * 100_001 + b"</body></opml>", "more than 100,000 outlines"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(body: bytes, why: str) -> None:
    with pytest.raises(RecordWrong, match=why) as caught:
        read(body)
    assert "subs.opml" in str(caught.value)


def test_a_bomb_of_entities_is_refused_before_it_is_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE opml [<!ENTITY e0 "https://tarn.example/">{levels}]>'
    bomb = f'{declared}<opml><body><outline xmlUrl="&e11;"/></body></opml>'
    with pytest.raises(RecordWrong):
        read(bomb.encode())


def test_a_file_is_not_opened_by_an_entity() -> None:
    body = b'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/hostname">]><opml><body>&f;</body></opml>'
    with pytest.raises(RecordWrong, match="entities"):
        read(body)


def test_outlines_nested_beyond_all_reason_end_where_the_parser_ends() -> None:
    deep = b"<opml><body>" + b"<outline text='x'>" * 50_000 + b"</body></opml>"
    assert read(deep).feeds == ()


def feed(url: str, **fields: str) -> Feed:
    return Feed(url, url, url, **fields)  # type: ignore[arg-type]


def test_what_is_written_holds_no_password() -> None:
    one = replace(feed("https://ann:sesame@tarn.example/feed"), login="ann:sesame", proxy="http://u:sesame@p.example:1")
    written = written_opml([one], "Feeds", NOW)
    assert b"sesame" not in written
    assert b'xmlUrl="https://tarn.example/feed"' in written


@given(st.lists(st.tuples(st.integers(0, 10**6), st.text(min_size=1)), max_size=20, unique_by=lambda pair: pair[0]))
def test_what_is_written_comes_back_as_it_was(named: list[tuple[int, str]]) -> None:
    feeds = [feed(f"https://tarn.example/{number}?a=1&b={number}", title=title) for number, title in named]
    found = read(written_opml(feeds, "Feeds & more", NOW))
    assert [one.url for one in found.feeds] == [one.url for one in feeds]
    assert found.skipped == ()
    for one, before in zip(found.feeds, feeds, strict=True):
        if before.title.isprintable():
            assert one.title == " ".join(before.title.split())


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(body: bytes) -> None:
    for text in (body, b"<opml><body><outline xmlUrl=" + body):
        with suppress(RecordWrong):
            read(text)
