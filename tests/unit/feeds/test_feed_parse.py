"""Feeds of every format become entries; what is no feed says what it is."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from monitor.domain.entry import ParsedFeed
from monitor.errors import FeedUnreadable
from monitor.feeds.parse import parse_feed

SAMPLES = Path(__file__).parents[2] / "samples" / "feeds"
HEAD = b"<rss version='2.0'><channel><title>x</title><item>"
TAIL = b"</item></channel></rss>"


def parsed(name: str, url: str = "https://tidewater.test/feed.xml") -> ParsedFeed:
    return parse_feed((SAMPLES / name).read_bytes(), url=url, feed_id="feed-1")


def read(body: bytes, content_type: str | None = None) -> ParsedFeed:
    return parse_feed(body, url="https://host.test/feed", feed_id="feed-1", content_type=content_type)


def test_an_rss_feed_says_what_it_is_and_when_it_wants_to_be_asked() -> None:
    feed = parsed("rss2.xml")
    assert (feed.format, feed.title, feed.link, feed.language) == (
        "rss20",
        "Tidewater Gazette & Mail",
        "https://tidewater.test/",
        "en-gb",
    )
    assert (feed.ttl_minutes, feed.update_period_minutes) == (45, 360)
    assert (feed.skip_hours, feed.skip_days) == ((0, 3), ("Sunday",))


def test_an_rss_item_becomes_an_entry_with_plain_text_and_the_offset_of_its_date() -> None:
    entry = parsed("rss2.xml").entries[0]
    assert entry.title == "Dredging costs rise to £4.1m"
    assert entry.summary == "The harbour board agreed."
    assert entry.content.startswith("<p>The harbour board agreed on Monday.</p>")
    assert (entry.guid, entry.author) == ("tw-1001", "Marla Quist")
    assert entry.url == "https://tidewater.test/port/dredging?utm_source=rss"
    assert entry.enclosures == ("https://tidewater.test/audio/1001.mp3",)
    assert entry.published == datetime(2026, 2, 3, 8, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert entry.published.utcoffset() == timedelta(hours=5, minutes=30)


def test_a_permalink_guid_is_the_address_where_there_is_no_link() -> None:
    assert parsed("rss2.xml").entries[1].url == "https://tidewater.test/port/1002"


def test_a_date_without_zone_is_utc_and_no_date_is_invented() -> None:
    _, zoneless, undated = parsed("rss2.xml").entries
    assert zoneless.published == datetime(2026, 2, 2, 7, tzinfo=UTC)
    assert undated.published is None
    assert undated.updated is None


def test_an_entry_that_a_feed_repeats_comes_once_with_the_same_id_every_time() -> None:
    first, again = parsed("rss2.xml"), parsed("rss2.xml")
    assert [entry.guid for entry in first.entries].count("tw-1001") == 1
    assert [entry.id for entry in first.entries] == [entry.id for entry in again.entries]
    assert len({entry.id for entry in first.entries}) == 3


def test_a_guid_that_every_item_shares_does_not_swallow_them() -> None:
    items = b"".join(
        b"<item><title>%d</title><link>https://h.test/%d</link><guid>https://h.test/</guid></item>" % (n, n)
        for n in range(3)
    )
    feed = read(b"<rss version='2.0'><channel><title>x</title>" + items + b"</channel></rss>")
    assert [entry.url for entry in feed.entries] == ["https://h.test/0", "https://h.test/1", "https://h.test/2"]
    assert len({entry.id for entry in feed.entries}) == 3


def test_atom_keeps_text_as_text_and_resolves_against_xml_base() -> None:
    feed = parsed("atom.xml", "https://walzwerk.test/feed")
    first, second = feed.entries
    assert (feed.format, feed.title, feed.language) == ("atom10", "Blatt für Walzwerke", "de")
    assert first.title == "Ofen 3 < Ofen 4"
    assert first.url == "https://walzwerk.test/2026/meldung/7"
    assert first.published == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert first.updated == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    assert first.published.utcoffset() == timedelta(hours=1)
    assert (first.summary, first.author) == ("Kurz gesagt.", "J. Brandl")
    assert "Lang und breit." in first.content
    assert (second.published, second.updated) == (None, datetime(2026, 2, 11, 23, 15, tzinfo=UTC))


def test_the_date_of_an_rdf_item_is_its_publication() -> None:
    (entry,) = parsed("rss1.xml").entries
    assert (entry.url, entry.title, entry.author) == ("https://quarry.test/a", "Slate output down 3%", "Ines Pardal")
    assert entry.published is not None
    assert entry.published.isoformat() == "2026-01-20T06:00:00-03:00"
    assert entry.updated is None


def test_json_feed_is_read_with_numbers_as_ids_and_authors_of_the_feed() -> None:
    feed = parsed("feed.json", "https://lantern.test/feed.json")
    first, second = feed.entries
    assert (feed.format, feed.title, feed.link) == ("json11", "Lantern notes", "https://lantern.test/")
    assert (first.guid, first.url, first.author) == ("12", "https://lantern.test/n/12", "R. Oduya")
    assert (first.summary, first.content) == ("One & two.", "<p>One &amp; two.</p>")
    assert first.enclosures == ("https://lantern.test/n/12.pdf",)
    assert first.published is not None
    assert first.published.isoformat() == "2026-04-02T11:00:00-07:00"
    assert (second.url, second.author, second.summary) == ("https://lantern.test/n/11", "P. Vail, S. Orr", "Just text")
    assert (second.published, second.updated) == (None, datetime(2026, 4, 1, 9, tzinfo=UTC))


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    body = (SAMPLES / "rss2.xml").read_bytes()
    feed = read(body[: body.index(b"<title>No date at all")])
    assert [entry.guid for entry in feed.entries][:1] == ["tw-1001"]


def test_a_whole_feed_without_entries_is_a_feed() -> None:
    feed = read(b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>")
    assert (feed.title, feed.entries) == ("Quiet", ())


PAGE = (
    b"<!DOCTYPE html><html><head><title>T</title>"
    b'<link rel="alternate" type="application/atom+xml" href="/all.atom"></head><body>x</body></html>'
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty body"),
        (b" \r\n\t ", "empty body"),
        (PAGE, "an HTML page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(32)) * 20, "binary data"),
        (b'{"error": "no"}', "JSON that is no JSON Feed"),
        (b"plain words", "XML is broken or cut off|neither RSS nor Atom"),
        (b"<?xml version='1.0'?><note><to>you</to></note>", "neither RSS nor Atom nor JSON Feed"),
        (b"<rss version='2.0'><channel><tit", "broken or cut off"),
        (b"<rss version='2.0'><channel><title>Cut of", "broken or cut off"),
        (b"<rss version='2.0'><channel><item><<<&&", "broken or cut off"),
        (b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, said: str) -> None:
    with pytest.raises(FeedUnreadable, match=said) as caught:
        read(body, "text/html")
    assert "https://host.test/feed" in caught.value.what
    assert caught.value.mend


def test_a_page_names_the_feed_that_it_announces() -> None:
    with pytest.raises(FeedUnreadable, match=r"use https://host\.test/all\.atom instead"):
        read(PAGE)


def test_a_feed_behind_a_little_rubbish_is_still_a_feed() -> None:
    body = (SAMPLES / "rss2.xml").read_bytes()
    assert len(read(b"\r\n\xef\xbb\xbf\n" + body).entries) == 3


def test_nested_tags_are_refused_at_once() -> None:
    with pytest.raises(FeedUnreadable, match="nests deeper"):
        read(HEAD + b"<a>" * 300_000 + TAIL)


def test_more_elements_than_a_feed_has_are_refused() -> None:
    with pytest.raises(FeedUnreadable, match="more than 250,000 elements"):
        read(b"<rss version='2.0'><channel>" + b"<item/>" * 300_000 + b"</channel></rss>")


def test_entity_bombs_stay_small() -> None:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    feed = read(b'<!DOCTYPE r [<!ENTITY a0 "lol">' + levels + b"]>" + HEAD + b"<title>&a9;</title>" + TAIL)
    assert all(len(entry.title) < 10_000 for entry in feed.entries)


def test_scripts_never_reach_a_title_or_summary() -> None:
    feed = read(
        HEAD
        + b"<title><![CDATA[Up<script>alert(1)</script> &amp; away]]></title>"
        + b"<link>javascript:alert(1)</link><description><![CDATA[a<style>p{}</style>b 1 < 2]]></description>"
        + TAIL
    )
    (entry,) = feed.entries
    assert (entry.title, entry.url) == ("Up & away", "")
    assert entry.summary in ("ab 1 < 2", "a b 1 < 2")


def test_each_level_of_xml_base_resolves_what_stands_in_it() -> None:
    feed = read(
        b"<rss xml:base='https://b.test/'><channel xml:base='news/'><link>./</link>"
        b"<item xml:base='2026/'><title>a</title><link>kiln</link><enclosure url='kiln.mp3'/></item>"
        b"<item><title>b</title><link xml:base='/old/'>weir</link></item>"
        b"<item><title>c</title><link>//c.test/d</link></item></channel></rss>"
    )
    assert feed.link == "https://b.test/news/"
    assert [entry.url for entry in feed.entries] == [
        "https://b.test/news/2026/kiln",
        "https://b.test/old/weir",
        "https://c.test/d",
    ]
    assert feed.entries[0].enclosures == ("https://b.test/news/2026/kiln.mp3",)


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        (b"<guid>https://h.test/a</guid>", "https://h.test/a"),
        (b"<guid>4711</guid>", ""),
        (b"<guid isPermaLink='true'>/a/4711</guid>", "https://host.test/a/4711"),
        (b"<guid isPermaLink='false'>https://h.test/a</guid>", ""),
        (b"<link>mailto:a@h.test</link>", ""),
        (b"<link>\n https://h.test/\n a </link>", "https://h.test/a"),
        (b"<link uri='at://x'>https://h.test/a</link>", "https://h.test/a"),
        (b"<guid isPermaLink='false'>1</guid><enclosure url='https://h.test/a.mp3'/>", "https://h.test/a.mp3"),
    ],
)
def test_only_what_leads_to_a_page_is_an_address(guid: bytes, url: str) -> None:
    (entry,) = read(HEAD + b"<title>a</title>" + guid + TAIL).entries
    assert entry.url == url


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        (b"<title>Less &amp;lt; more</title>", "Less < more"),
        (b"<title>AT&amp;amp;T</title>", "AT&T"),
        (b"<title>3 &lt; 4 &lt;b</title>", "3 < 4 <b"),
        (b"<title>Bold &lt;b&gt;step&lt;/b&gt;</title>", "Bold step"),
        (b"<title>H<sub>2</sub>O</title>", "H2O"),
        (b"<title/><dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>Second</dc:title>", "Second"),
    ],
)
def test_a_title_is_read_as_it_was_meant(title: bytes, read_as: str) -> None:
    (entry,) = read(HEAD + title + TAIL).entries
    assert entry.title == read_as


@pytest.mark.parametrize("written", ["m@h.test (Marla Quist)", "Marla Quist &lt;m@h.test&gt;", " Marla\n Quist "])
def test_an_author_is_a_name(written: str) -> None:
    (entry,) = read(HEAD + f"<title>a</title><author>{written}</author>".encode() + TAIL).entries
    assert entry.author == "Marla Quist"


def test_a_long_description_with_paragraphs_is_the_full_text_and_its_beginning_the_summary() -> None:
    paragraphs = "<p>The kiln was lit again on Monday.</p>" * 300
    (entry,) = read(HEAD + b"<description><![CDATA[" + paragraphs.encode() + b"]]></description>" + TAIL).entries
    assert entry.content == paragraphs
    assert 1000 < len(entry.summary) < 5000
    assert entry.summary.startswith("The kiln was lit again on Monday. The kiln")


def test_channels_of_a_feed_and_items_beside_them_are_all_read() -> None:
    feed = read(
        b"<rss><channel><title>x</title><item><title>a</title></item></channel>"
        b"<channel><title>y</title><item><title>b</title></item></channel><item><title>c</title></item></rss>"
    )
    assert feed.title == "x"
    assert sorted(entry.title for entry in feed.entries) == ["a", "b", "c"]
