"""Broken feeds are read as far as they go; those that are made to be costly are cut short or refused."""

import gzip
from contextlib import suppress

import pytest

from monitor.domain.entry import ParsedFeed
from monitor.errors import FeedUnreadable
from monitor.feeds.parse import parse_feed

HEAD = b"<rss version='2.0'><channel><title>x</title>"
TAIL = b"</channel></rss>"
ITEM = b"<item><title>Kiln %d</title><link>https://h.test/%d</link></item>"


def read(body: bytes) -> ParsedFeed:
    return parse_feed(body, url="https://h.test/feed", feed_id="feed-1", content_type="text/xml")


def titles(body: bytes) -> list[str]:
    return [entry.title for entry in read(body).entries]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"Fish & chips", "Fish & chips"),
        (b"Caf&eacute;&nbsp;Rim &hellip;", "Café Rim …"),
        (b"A\x08B\x00C", "ABC"),
        (b"<![CDATA[Bread & butter &amp; jam]]> & tea", "Bread & butter & jam & tea"),
        (b"10 &#55296;&#0; 20", "10 20"),
        (b"one &madeup; two", "one &madeup; two"),
    ],
)
def test_small_slips_are_set_right(written: bytes, title: str) -> None:
    body = HEAD + b"<item><title>" + written + b"</title><link>https://h.test/?a=1&b=2</link></item>" + TAIL
    (entry,) = read(body).entries
    assert (entry.title, entry.url) == (title, "https://h.test/?a=1&b=2")


def test_prefixes_that_nobody_declared_mean_what_they_always_mean() -> None:
    body = HEAD + b"<item><title>A</title><dc:creator>Ann Vole</dc:creator><my:own a='b'>x</my:own></item>" + TAIL
    (entry,) = read(body).entries
    assert (entry.title, entry.author) == ("A", "Ann Vole")


def test_entries_before_and_behind_a_wrong_tag_are_read() -> None:
    body = HEAD + ITEM % (1, 1) + b"<item><title>Torn</titel></item>" + ITEM % (2, 2) + TAIL
    found = titles(body)
    assert (found[0], found[-1]) == ("Kiln 1", "Kiln 2")


def test_a_feed_that_breaks_off_is_read_up_to_there() -> None:
    assert titles(HEAD + ITEM % (1, 1) + ITEM % (2, 2) + b"<item><title>Cut of")[:2] == ["Kiln 1", "Kiln 2"]


def test_a_broken_atom_feed_keeps_addresses_dates_and_names() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.test/'><title>B</title><wrong></title>"
        b"<entry><title>Kiln lit</title><link href='kiln'/><published>2026-02-03T08:00:00</published>"
        b"<author><name>Ann Vole</name></author><contributor><name>Bo Finch</name></contributor>"
        b"<link rel='enclosure' type='application/pdf' href='kiln.pdf'/></entry></feed>"
    )
    (entry,) = read(body).entries
    assert (entry.url, entry.author, entry.date_note) == ("https://b.test/kiln", "Ann Vole", "zone assumed")
    assert entry.pdf == "https://b.test/kiln.pdf"


def test_entities_that_a_feed_declares_for_itself_are_read() -> None:
    body = b"<!DOCTYPE rss [<!ENTITY firm 'Arden Clay'>]>" + HEAD + b"<item><title>&firm; grows</title></item>" + TAIL
    assert titles(body) == ["Arden Clay grows"]


@pytest.mark.parametrize("body", [b"/dev/zero", b"/etc/hostname", b"https://h.test/other", b"file:///etc/hostname"])
def test_a_body_is_never_taken_for_the_name_of_a_file_or_an_address(body: bytes) -> None:
    with pytest.raises(FeedUnreadable, match="broken or cut off"):
        read(body)


def test_a_feed_in_gzip_is_unpacked() -> None:
    assert titles(gzip.compress(HEAD + ITEM % (1, 1) + TAIL)) == ["Kiln 1"]


def test_a_packed_body_that_would_grow_too_large_is_refused() -> None:
    with pytest.raises(FeedUnreadable, match="holds more than 20,000,000 bytes"):
        read(gzip.compress(HEAD + bytes(21_000_000)))


def test_of_a_great_many_entries_the_first_are_read() -> None:
    feed = read(HEAD + b"".join(b"<item><guid>%d</guid></item>" % number for number in range(60_000)) + TAIL)
    assert len(feed.entries) == 50_000
    assert feed.entries[0].guid == "0"


NUMBERS = [b"%d" % number for number in range(50_000)]
NESTED = b"".join(b"<!ENTITY a%d '%s'>" % (n, (b"&a%d;" % (n - 1) if n else b"lots") * 10) for n in range(12))
WORDS = b"word " * 100_000
COSTLY = {
    "comments before a page": b"<!---->" * 20_000 + b"x",
    "comments that never end": HEAD + b"<item><x></y>" + b"<!--" * 20_000 + WORDS,
    "tags that never end": HEAD + b"<item><x></y>" + b"<a " * 20_000 + WORDS,
    "sections that never end": HEAD + b"<item><x></y>" + b"<![CDATA[" * 20_000 + WORDS,
    "ampersands": HEAD + b"<x></y><item><title>" + b"&" * 500_000 + b"</title></item>" + TAIL,
    "topics": HEAD + b"<x></y><item><category>" + b"</category><category>".join(NUMBERS) + b"</category></item>" + TAIL,
    "keywords": HEAD + b"<x></y><item><keywords>" + b",".join(NUMBERS) + b"</keywords></item>" + TAIL,
    "a long name": HEAD + b"<x></y><item><author>" + b"a" * 500_000 + b"</author></item>" + TAIL,
    "a long name in a sound feed": HEAD + b"<item><author>" + b"a@" * 200_000 + b"</author></item>" + TAIL,
    "attributes": HEAD + b"<x></y><item a" + b"='' a".join(NUMBERS) + b"=''/>" + TAIL,
    "prefixes": HEAD + b"<x></y><item xmlns:a" + b"='u' xmlns:a".join(NUMBERS) + b"='u'/>" + TAIL,
    "a long value for every tag": b"<!DOCTYPE rss [<!ATTLIST item x CDATA '"
    + WORDS
    + b"'>]>"
    + HEAD
    + b"<item/>" * 20_000
    + TAIL,
    "entities of entities": b"<!DOCTYPE rss [" + NESTED + b"]>" + HEAD + b"<item><title>&a11;</title></item>" + TAIL,
    "objects": b'{"items":[' + b"{}," * 300_000 + b"{}]}",
    "lists in lists": b'{"items":' + b"[" * 200_000,
    "items": HEAD + b"<x></y><item><guid>" + b"</guid></item><item><guid>".join(NUMBERS) + b"</guid></item>" + TAIL,
    "tags in a text": HEAD
    + b"<item><title><![CDATA["
    + b"<b " * 100_000
    + b"><script>" * 20_000
    + b"]]></title></item>"
    + TAIL,
}


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY)
def test_what_is_made_to_be_costly_comes_to_an_end(body: bytes) -> None:
    found = 0
    with suppress(FeedUnreadable):
        found = len(read(body).entries)
    assert found < 20_000
