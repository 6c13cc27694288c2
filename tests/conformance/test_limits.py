"""However long, large or slow an answer is, a poll ends in its time and in little memory."""

import gzip
import time
import zlib
from pathlib import Path

import brotli
from backports import zstd
from newsstand import MILL, Newsstand, answering, rss
from servers.scenario import Exchange, ScenarioServer


def bomb(megabytes: int) -> bytes:
    """So many megabytes of spaces, packed into a thousandth."""
    packer = zlib.compressobj(6, wbits=31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


def endless(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        exchange.send(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def drip_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    exchange.drip(b" " * 100_000, 0.05)


def drip_headers(exchange: Exchange) -> None:
    exchange.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 10_000, 0.05)


def header_flood(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        exchange.send(b"X-Flood: y\r\n" * 1_000)


def silence(exchange: Exchange) -> None:
    time.sleep(30)


def test_bombs_floods_and_drips_at_once_stay_within_400_mebibytes(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__TIMEOUT_SECONDS": "3"})
    words = {
        "gzip": bomb(500),
        "br": brotli.compress(bytes(100_000_000), quality=1),
        "zstd": zstd.compress(bytes(500_000_000)),
    }
    cases = {f"/{encoding}": answering(body, content_encoding=encoding) for encoding, body in words.items()}
    cases |= {"/twice": answering(gzip.compress(words["gzip"]), content_encoding="gzip, gzip")}
    cases |= {
        "/endless": endless,
        "/body": drip_body,
        "/headers": drip_headers,
        "/flood": header_flood,
        "/silent": silence,
    }
    for number, (path, scenario) in enumerate(cases.items(), 1):
        stand.take(server.on(path, scenario).replace("127.0.0.1", f"127.0.0.{number}"))
    said, peak = stand.poll_weighed()
    assert said.code == 1
    assert peak < 400 * 1024**2
    why = {path: stand.error(path) for path in cases}
    assert all("30,000,000 bytes after expansion" in why[path] for path in ("/gzip", "/br", "/zstd", "/twice"))
    assert "10,000,000 bytes on the wire" in why["/endless"]
    assert all("not complete after 3 seconds" in why[path] for path in ("/body", "/headers", "/silent"))
    assert why["/flood"]


def test_the_whole_exchange_has_one_deadline_over_all_redirects(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__TIMEOUT_SECONDS": "1"})
    for number in range(5):

        def slow(exchange: Exchange, number: int = number) -> None:
            time.sleep(0.4)
            exchange.redirect(f"/{number + 1}")

        server.on(f"/{number}", slow)
    server.on("/5", answering())
    stand.take(server.url("/0"))
    assert stand.poll().code == 1
    assert "not complete after 1 second" in stand.error(server.url("/0"))
    assert "/5" not in server.paths()


def test_limits_are_kept_to_the_byte(server: ScenarioServer, tmp_path: Path) -> None:
    large = rss("Large", padding=100_000)
    settings = {"FEED_LIMIT_BYTES": len(large), "FEED_UNPACKED_LIMIT_BYTES": len(large)}
    stand = Newsstand(tmp_path / "here", {f"MONITOR_FETCH__{name}": str(value) for name, value in settings.items()})
    good = [
        server.on("/whole", answering(large)),
        server.on("/packed", answering(gzip.compress(large), content_encoding="gzip")),
    ]
    more = rss("Large", padding=100_001)
    bad = [
        server.on("/more", answering(more)),
        server.on("/unpacked", answering(gzip.compress(more), content_encoding="gzip")),
    ]
    bad.append(
        server.on("/said", lambda exchange: exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 99999999999\r\n\r\n"))
    )
    stand.take(*good, *bad)
    assert stand.poll().code == 4
    feeds = stand.feeds()
    assert [feeds[url]["status"] for url in (*good, *bad)] == ["ok"] * 2 + ["failed"] * 3


def test_ten_megabytes_of_feed_are_read_by_default(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {})
    whole = rss("Large", padding=10_000_000 - len(rss("Large", padding=1)) + 1)
    assert len(whole) == 10_000_000
    stand.take(server.on("/whole", answering(whole)), server.on("/more", answering(whole + b"\n")))
    assert stand.poll().code == 4
    assert {url.rpartition("/")[2]: feed["status"] for url, feed in stand.feeds().items()} == {
        "whole": "ok",
        "more": "failed",
    }


def test_one_bad_server_holds_up_no_other(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__TIMEOUT_SECONDS": "2"})
    stand.take(server.on("/silent", silence), *(server.url("/feed", host=f"127.0.0.{number}") for number in range(2, 12)))
    server.on("/feed", answering(MILL))
    assert stand.poll().code == 4
    assert sorted(feed["status"] for feed in stand.feeds().values()) == ["failed"] + ["ok"] * 10
