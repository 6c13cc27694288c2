"""Documents that are made to be costly: reading them is stopped, said, and harms no other feed."""

import random
import threading
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from monitor.domain.entry import ParsedFeed
from monitor.errors import FeedUnreadable
from monitor.pipeline.parser import Parser

MEMORY = 80 * 2**20


def items(number: int, length: int = 100) -> str:
    words = "oats " * (length // 5)
    item = "<item><title>Note {0}</title><guid>n{0}</guid><description>{1}</description></item>"
    return "".join(item.format(one, words) for one in range(number))


def rss(inside: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Mill</title>{inside}</channel></rss>'.encode()


SMALL = rss(items(3))
BROKEN = rss(items(3)).replace(b"</title>", b"", 1)
LARGE = rss(items(3000))


@pytest.fixture
def parser() -> Iterator[Parser]:
    parser = Parser()
    yield parser
    parser.close()


def read(parser: Parser, body: bytes) -> ParsedFeed:
    return parser(body, url="https://mill.example/feed", feed_id="feed-mill")


def others() -> list[psutil.Process]:
    """Processes of ours that do the work: not the one that keeps account of them, nor the servers of other tests."""
    return [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]


def test_a_small_sound_feed_needs_no_other_process(parser: Parser) -> None:
    assert len(read(parser, SMALL).entries) == 3
    assert others() == []


@pytest.mark.parametrize(("body", "number"), [(LARGE, 3000), (BROKEN, 2)])
def test_a_large_or_broken_one_is_read_in_one_other_process(parser: Parser, body: bytes, number: int) -> None:
    assert len(read(parser, body).entries) >= number
    assert len(read(parser, body).entries) >= number
    assert len(others()) == 1
    parser.close()
    assert others() == []


def test_what_is_no_feed_is_said_by_the_other_process_too(parser: Parser) -> None:
    with pytest.raises(FeedUnreadable, match="HTML page"):
        read(parser, b"<html><body>" + b"<p>Hello</p>" * 50_000)


def test_a_document_that_takes_too_long_is_left_and_the_next_one_is_read() -> None:
    parser = Parser(seconds=0.001)
    with pytest.raises(FeedUnreadable, match=r"longer than 0\.001 seconds"):
        read(parser, LARGE)
    assert others() == []
    parser.close()
    patient = Parser()
    assert len(read(patient, LARGE).entries) == 3000
    patient.close()


def test_a_document_that_takes_too_much_memory_is_left_and_the_next_one_is_read() -> None:
    parser = Parser(memory_bytes=MEMORY)
    with pytest.raises(FeedUnreadable, match=r"more than 80 MiB|died of it"):
        read(parser, rss(items(24_000, 1000)))
    assert len(read(parser, LARGE).entries) == 3000
    parser.close()


HOSTILE = {
    "nested": b"<rss version='2.0'><channel><item>" + b"<a>" * 300_000,
    "nested and broken": b"<rss version='2.0'><channel>" + b"<item><b>" * 200_000,
    "entities": b'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (one, b"&a%d;" % (one - 1) * 10) for one in range(1, 10))
    + b']><rss version="2.0"><channel><title>&a9;</title>'
    + b"<item><title>&a9;</title></item>" * 100
    + b"</channel></rss>",
    "attributes": b"<rss version='2.0'><channel " + b"".join(b"a%d='1' " % one for one in range(200_000)) + b"/></rss>",
    "ampersands": rss("<item><title>" + "&" * 1_000_000 + "</title></item>"),
    "unclosed sections": b"<rss version='2.0'><channel>" + b"<![CDATA[" * 200_000,
    "comments": b"<rss version='2.0'><channel>" + b"<!--" * 500_000,
    "nested lists": b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 1_000_000,
    "noise": random.Random(3).randbytes(2_000_000),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_document_takes_more_than_its_time_and_memory(parser: Parser, body: bytes) -> None:
    """An answer comes, whatever it is: the other process may not take more, or it is gone."""
    with suppress(FeedUnreadable):
        assert read(parser, body).format
    assert len(read(parser, SMALL).entries) == 3


def test_many_threads_share_the_other_process(parser: Parser) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(read(parser, LARGE).entries))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3000] * 4
    assert len(others()) == 1
