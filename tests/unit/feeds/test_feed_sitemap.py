"""Sitemaps are read like feeds; what is too much or broken of one is left out."""

import gzip
from datetime import UTC, datetime

import pytest

from monitor.domain.entry import ParsedFeed
from monitor.errors import FeedUnreadable
from monitor.feeds.parse import parse_feed

URLSET = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def read(body: bytes, now: datetime | None = None) -> ParsedFeed:
    return parse_feed(body, url="https://h.test/sitemap.xml", feed_id="feed-1", now=now)


def addresses(body: bytes) -> list[str]:
    return [entry.url for entry in read(body).entries]


def test_a_sitemap_in_gzip_with_a_mark_and_without_namespace_is_read() -> None:
    body = gzip.compress(b"\xef\xbb\xbf<?xml version='1.0'?>\n<urlset><url><loc> /a </loc></url></urlset>")
    assert addresses(body) == ["https://h.test/a"]


def test_a_sitemap_that_breaks_off_is_read_up_to_there() -> None:
    assert addresses(URLSET + b"<url><loc>https://h.test/a</loc></url><url><loc>https://h.t") == ["https://h.test/a"]


def test_bare_ampersands_in_addresses_are_set_right() -> None:
    body = URLSET + b"<url><loc>https://h.test/?a=1&b=2</loc></url><url><loc>https://h.test/c</loc></url></urlset>"
    assert addresses(body) == ["https://h.test/?a=1&b=2", "https://h.test/c"]


def test_no_more_than_50_000_pages_are_read() -> None:
    pages = b"".join(b"<url><loc>https://h.test/%d</loc></url>" % number for number in range(50_010))
    assert len(read(URLSET + pages + b"</urlset>").entries) == 50_000


def test_the_last_change_of_a_page_is_no_publication() -> None:
    body = URLSET + b"<url><loc>https://h.test/a</loc><lastmod>2026-02-03T04:00:00Z</lastmod></url></urlset>"
    (entry,) = read(body).entries
    assert (entry.published, entry.updated, entry.date_note) == (None, datetime(2026, 2, 3, 4, tzinfo=UTC), "")


def test_a_news_date_in_the_future_is_not_believed() -> None:
    body = (
        b'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://h.test/a</loc><news:news>'
        b"<news:publication_date>2062-01-01T00:00:00Z</news:publication_date></news:news></url></urlset>"
    )
    (entry,) = read(body, now=datetime(2026, 3, 1, tzinfo=UTC)).entries
    assert (entry.published, entry.date_note) == (None, "in the future")


def test_a_page_listed_twice_is_one_entry() -> None:
    assert addresses(
        URLSET + b"<url><loc>https://h.test/a</loc></url><url><loc>http://h.test/a</loc></url></urlset>"
    ) == ["https://h.test/a"]


def test_an_index_names_each_of_its_sitemaps_once() -> None:
    body = b"<sitemapindex><sitemap><loc>/1.xml</loc></sitemap><sitemap><loc>/1.xml</loc></sitemap></sitemapindex>"
    feed = read(body)
    assert (feed.format, feed.entries, feed.children) == ("sitemap-index", (), ("https://h.test/1.xml",))


def test_a_feed_that_speaks_of_sitemaps_stays_a_feed() -> None:
    body = b"<rss><channel><title><![CDATA[How to write <urlset>]]></title><item><title>A</title></item></channel></rss>"
    assert read(body).format == "rss"


def test_entities_of_its_own_are_read_and_do_not_grow() -> None:
    bomb = b'<!DOCTYPE urlset [<!ENTITY a "/b"><!ENTITY c "&a;&a;">]>'
    body = bomb + URLSET + b"<url><loc>&a;</loc></url><url><loc>/&c;d</loc></url></urlset>"
    assert addresses(body) == ["https://h.test/b", "https://h.test/&c;d"]


def test_more_attributes_than_any_sitemap_has_are_refused() -> None:
    with pytest.raises(FeedUnreadable, match="holds more than"):
        read(URLSET + b"<url " + b" ".join(b'a%d=""' % number for number in range(300_000)) + b"/></urlset>")


def test_endless_nesting_ends_early() -> None:
    assert addresses(URLSET + b"<url><loc>https://h.test/a</loc></url>" + b"<a>" * 300_000) == ["https://h.test/a"]
