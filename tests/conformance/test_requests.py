"""What a poll says to a publisher's server, and what it makes of the answer. Seen from the server's side."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
from backports import zstd
from newsstand import MILL, Newsstand, answering, header, rss
from servers.scenario import Exchange, ScenarioServer


def test_a_request_says_who_asks_and_nothing_of_anybody_else(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__CONTACT": "https://mill.example/robot"})
    stand.take(server.on("/feed", answering(set_cookie="id=1; Path=/")))
    for _ in range(2):
        stand.poll()
    agents = header(server, "User-Agent")
    assert re.fullmatch(rb"claim-monitor/\d[\d.]* \(\+https://mill\.example/robot\)", agents[0] or b"")
    assert len(set(agents)) == 1
    for name in ("Cookie", "Referer", "Authorization", "From", "X-Forwarded-For"):
        assert header(server, name) == [None, None]
    assert header(server, "Accept-Encoding")[0] == b"gzip, br, zstd"
    assert header(server, "Host")[0] == f"127.0.0.1:{server.port}".encode()


def test_somebody_can_be_reached_even_where_no_contact_is_set(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", answering()))
    stand.poll()
    assert re.search(rb" \(\+\S+@\S+\)$", header(server, "User-Agent")[0] or b"")


ETAGS = [
    b'"abc"', b'W/"abc"', b"unquoted", b'"two  spaces, a comma"', b'"\xe9\xff\x80"', b'""', b'"tab\there"', b"'single'",
    b'W/"a"b"', b'"' + b"long" * 1_000 + b'"',
]  # fmt: skip
DATES = [b"Mon, 06 Jan 2025 10:00:00 GMT", b"Mon, 6 Jan 2025 10:00:00 CET", b"yesterday, about \xbd ten", b"1736157600"]


def test_validators_come_back_byte_for_byte(server: ScenarioServer, stand: Newsstand) -> None:
    etags = {
        server.on(f"/etag{n}", remembering(b"ETag: " + etag, "if-none-match", etag)): etag for n, etag in enumerate(ETAGS)
    }
    dates = {
        server.on(f"/date{n}", remembering(b"Last-Modified:" + date + b"  ", "if-modified-since", date)): date
        for n, date in enumerate(DATES)
    }
    stand.take(*etags, *dates)
    stand.poll()
    assert stand.poll().code == 0
    for found, absent, sent in (
        ("If-None-Match", "If-Modified-Since", etags),
        ("If-Modified-Since", "If-None-Match", dates),
    ):
        for url, validator in sent.items():
            path = url.removeprefix(server.url(""))
            assert header(server, found, path) == [None, validator]
            assert header(server, absent, path) == [None, None]
    assert {feed["status"] for feed in stand.feeds().values()} == {"not_modified"}


def remembering(line: bytes, name: str, value: bytes) -> Callable[[Exchange], None]:
    """A feed that is sent with a validator, and 304 to whoever brings it back as it was."""

    def scenario(exchange: Exchange) -> None:
        if exchange.headers.get(name, "").encode("latin-1") == value:
            exchange.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            length = b"Content-Length: %d" % len(MILL)
            exchange.send(b"\r\n".join((b"HTTP/1.1 200 OK", line, length, b"", MILL)))

    return scenario


def test_the_first_repeat_is_conditional_after_a_restart_too(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", remembering(b'ETag: "\xe9"', "if-none-match", b'"\xe9"')))
    assert stand.poll_after_restart().code == 0
    assert stand.poll_after_restart().code == 0
    assert header(server, "If-None-Match") == [None, b'"\xe9"']


def test_both_validators_go_together(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", answering(etag='"1"', last_modified="Mon, 06 Jan 2025 10:00:00 GMT")))
    for _ in range(2):
        stand.poll()
    assert (header(server, "If-None-Match")[1], header(server, "If-Modified-Since")[1]) == (
        b'"1"',
        b"Mon, 06 Jan 2025 10:00:00 GMT",
    )


def in_turn(*scenarios: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    """The first request gets the first answer, and so on; the last one stays."""
    left = list(scenarios)
    return lambda exchange: (left.pop(0) if len(left) > 1 else left[0])(exchange)


def test_a_new_validator_is_kept_though_the_body_is_the_same(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", in_turn(*(answering(etag=f'"{number}"') for number in (1, 2, 3)))))
    for _ in range(3):
        stand.poll()
    assert header(server, "If-None-Match") == [None, b'"1"', b'"2"']


def test_a_validator_that_is_no_longer_sent_is_no_longer_used(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", in_turn(answering(etag='"1"'), answering())))
    for _ in range(3):
        stand.poll()
    assert header(server, "If-None-Match") == [None, b'"1"', None]


def test_a_304_may_bring_a_new_validator(server: ScenarioServer, stand: Newsstand) -> None:
    unchanged = answering(b"", 304, etag='"2"')
    stand.take(server.on("/feed", in_turn(answering(etag='"1"'), unchanged)))
    for _ in range(3):
        stand.poll()
    assert header(server, "If-None-Match") == [None, b'"1"', b'"2"']


def test_validators_of_what_could_not_be_read_are_dropped(server: ScenarioServer, stand: Newsstand) -> None:
    page = answering(b"<html><body>Please log in</body></html>", etag='"2"', content_type="text/html")
    stand.take(server.on("/feed", in_turn(answering(etag='"1"'), page)))
    for _ in range(3):
        stand.poll()
    assert header(server, "If-None-Match") == [None, b'"1"', None]


def test_validators_outlive_a_server_that_is_down(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", in_turn(answering(etag='"1"'), answering(b"down", 500))))
    for _ in range(3):
        stand.poll()
    assert header(server, "If-None-Match") == [None, b'"1"', b'"1"']


WORDS = rss("Packed mill", padding=20_000)
PACKED = {
    "gzip": gzip.compress(WORDS),
    "br": brotli.compress(WORDS),
    "zstd": zstd.compress(WORDS),
    "gzip, br": brotli.compress(gzip.compress(WORDS)),
    "zstd,gzip": gzip.compress(zstd.compress(WORDS)),
}


def test_packed_feeds_are_read(server: ScenarioServer, stand: Newsstand) -> None:
    urls = {
        server.on(f"/{number}", answering(packed, content_encoding=encoding)): len(packed)
        for number, (encoding, packed) in enumerate(PACKED.items())
    }
    stand.take(*urls)
    assert stand.poll().code == 0
    assert {feed["title"] for feed in stand.feeds().values()} == {"Packed mill"}
    assert {url: stand.feed(url)["fetches"][0]["bytes_read"] for url in urls} == urls


def test_plain_feeds_under_a_wrong_label_are_read(server: ScenarioServer, stand: Newsstand) -> None:
    labels = ("gzip", "br", "zstd", "gzip, br", "none", "utf-8")
    stand.take(*(server.on(f"/{n}", answering(content_encoding=label)) for n, label in enumerate(labels)))
    assert stand.poll().code == 0
    assert {feed["title"] for feed in stand.feeds().values()} == {"Mill"}


def test_a_packed_feed_that_stops_early_is_a_failure(server: ScenarioServer, stand: Newsstand) -> None:
    for encoding in ("gzip", "br", "zstd"):
        half = answering(PACKED[encoding][:-5], content_encoding=encoding, etag='"half"')
        stand.take(server.on(f"/{encoding}", half))
    for _ in range(2):
        assert stand.poll().code == 1
    assert all("stop before their end" in feed["last_error"] for feed in stand.feeds().values())
    assert header(server, "If-None-Match") == [None] * 6


def test_a_feed_that_stops_before_its_stated_length_is_a_failure(server: ScenarioServer, stand: Newsstand) -> None:
    url = server.on("/feed", lambda exchange: exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 900\r\n\r\n" + MILL))
    stand.take(url)
    assert stand.poll().code == 1
    assert "connection broke" in stand.error(url)


def test_a_wish_to_be_left_alone_is_understood(server: ScenarioServer, stand: Newsstand) -> None:
    waits = ("7200", "Wed, 06 May 2026 14:00:00 GMT")
    cases = [(status, wait) for status in (429, 503) for wait in waits]
    for number, (status, wait) in enumerate(cases, 2):
        url = server.on(f"/{number}", answering(b"", status, retry_after=wait, date="Wed, 06 May 2026 12:00:00 GMT"))
        stand.take(url.replace("127.0.0.1", f"127.0.0.{number}"))  # a host of its own: it is the host that is left alone
    assert stand.poll().code == 1
    assert all("Retry-After" in feed["next_poll_reason"] for feed in stand.feeds().values())
