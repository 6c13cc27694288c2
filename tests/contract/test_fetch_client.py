"""The client against a real server that misbehaves in every way the web knows."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from backports import zstd
from fetching import MakeClient, failure, stopped, text
from servers.scenario import Exchange, ScenarioServer, scenario_server

from monitor.errors import FetchRefused, SettingsWrong
from monitor.fetch.failures import Stopped

CERTIFICATE = Path(__file__).parent.parent / "samples" / "tls" / "scenario.pem"


def test_an_answer_comes_with_its_lower_case_headers(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/feed", text(b"<rss/>", etag='W/"1"', x_strange="Yes"))
    page = client().get(url)
    assert (page.url, page.status, page.body, page.hops) == (url, 200, b"<rss/>", ())
    assert (page.headers["etag"], page.headers["x-strange"]) == ('W/"1"', "Yes")


def test_a_request_says_who_asks_and_carries_no_cookie_and_no_referer(server: ScenarioServer, client: MakeClient) -> None:
    asking = client(product="heron", version="2.1", contact="https://heron.test/about")
    url = server.on("/feed", text(set_cookie="a=1; Path=/"))
    asking.get(url)
    asking.get(url)
    for asked in server.asked:
        assert asked.headers["user-agent"] == "heron/2.1 (+https://heron.test/about)"
        assert "atom+xml" in asked.headers["accept"]
        assert not {"cookie", "referer", "authorization"} & set(asked.headers)
    asking.get(url, kind="page")
    assert {"text/html", "application/pdf;q=0.9"} <= set(server.asked[-1].headers["accept"].split(", "))


def test_validators_go_back_byte_for_byte_and_a_304_has_no_body(server: ScenarioServer, client: MakeClient) -> None:
    def conditional(exchange: Exchange) -> None:
        if exchange.headers.get("if-none-match") == 'W/"a;  b"':
            exchange.send(b'HTTP/1.1 304 Not Modified\r\nETag: "new"\r\n\r\n')
        else:
            exchange.answer(b"body")

    url = server.on("/feed", conditional)
    page = client().get(url, etag='W/"a;  b"', last_modified="Mon, 1 Jan 2024 0:0:0 CET")
    assert (page.status, page.body, page.headers["etag"]) == (304, b"", '"new"')
    assert server.asked[0].headers["if-modified-since"] == "Mon, 1 Jan 2024 0:0:0 CET"


WORDS = b" ".join(b"%x" % (number * number) for number in range(50_000))
COMPRESSED = {
    "gzip": gzip.compress(WORDS),
    "deflate": zlib.compress(WORDS),
    "br": brotli.compress(WORDS, quality=5),
    "zstd": zstd.compress(WORDS),
}


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_compressed_bodies_are_expanded(server: ScenarioServer, client: MakeClient, encoding: str) -> None:
    url = server.on("/feed", text(COMPRESSED[encoding], content_encoding=encoding))
    page = client().get(url)
    assert (page.body, page.wire_bytes) == (WORDS, len(COMPRESSED[encoding]))


def test_raw_deflate_members_of_gzip_and_stacked_encodings_are_read(server: ScenarioServer, client: MakeClient) -> None:
    packer = zlib.compressobj(wbits=-15)
    raw = packer.compress(b"raw") + packer.flush()
    members = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0 rubbish"
    stacked = brotli.compress(gzip.compress(b"twice"))
    for path, body, encoding, expected in (
        ("/raw", raw, "deflate", b"raw"),
        ("/members", members, "gzip", b"one two"),
        ("/stacked", stacked, "gzip, br", b"twice"),
    ):
        assert client().get(server.on(path, text(body, content_encoding=encoding))).body == expected


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_damaged_and_cut_off_bodies_are_failures(server: ScenarioServer, client: MakeClient, encoding: str) -> None:
    whole = COMPRESSED[encoding]
    hurt = whole[: len(whole) // 2] + b"\xff" * 40 + whole[len(whole) // 2 + 40 :]
    for path, body in (("/damaged", hurt), ("/cut", whole[:-3])):
        assert failure(client(), server.on(path, text(body, content_encoding=encoding))).retry


@pytest.mark.parametrize("encoding", [*COMPRESSED, "none", "utf-8", "identity"])
def test_a_plain_body_is_read_whatever_encoding_is_claimed(
    server: ScenarioServer, client: MakeClient, encoding: str
) -> None:
    for body in (b"<rss>plain words</rss>", b'{"version": "1"}', b"\xef\xbb\xbf<?xml version='1.0'?><feed/>", b""):
        assert client().get(server.on("/plain", text(body, content_encoding=encoding))).body == body


BOMBS = {
    "gzip": lambda: gzip.compress(bytes(200_000_000), 6),
    "br": lambda: brotli.compress(bytes(200_000_000), quality=2),
    "zstd": lambda: zstd.compress(bytes(200_000_000)),
}


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_costs_no_memory(server: ScenarioServer, client: MakeClient, encoding: str) -> None:
    url = server.on("/bomb", text(BOMBS[encoding](), content_encoding=encoding))
    asking = client(feed_body_bytes=1_000_000)
    tracemalloc.start()
    try:
        error = failure(asking, url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "larger than 1,000,000 bytes after expansion" in error.why
    assert peak < 20_000_000
    assert not error.retry


def test_a_body_that_says_it_is_too_large_is_not_read(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/large", lambda exchange: exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 99999999\r\n\r\nstart"))
    assert "on the wire" in failure(client(), url).why


def test_an_endless_body_is_cut_at_the_limit(server: ScenarioServer, client: MakeClient) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            exchange.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")

    error = failure(client(feed_wire_bytes=300_000), server.on("/endless", endless))
    assert "larger than 300,000 bytes on the wire" in error.why


def test_pages_have_limits_of_their_own(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/thing", text(b"x" * 5000))
    asking = client(page_wire_bytes=4000)
    assert len(asking.get(url).body) == 5000
    assert "4,000" in failure(asking, url, kind="page").why


def drip_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 10000\r\n\r\n")
    exchange.drip(b"x" * 10_000, 0.05)


def drip_head(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\n")
    exchange.drip(b"X-Long: " + b"y" * 10_000, 0.05)


def stay_silent(exchange: Exchange) -> None:
    time.sleep(20)


@pytest.mark.parametrize("scenario", [drip_body, drip_head, stay_silent])
def test_the_deadline_is_for_the_whole_exchange(
    server: ScenarioServer, client: MakeClient, scenario: Callable[[Exchange], None]
) -> None:
    started = time.monotonic()
    error = failure(client(exchange_seconds=0.6), server.on("/slow", scenario))
    assert "not complete after 0.6 seconds" in error.why
    assert error.retry
    assert time.monotonic() - started < 10  # it would be minutes, byte by byte


def test_the_deadline_is_shared_by_all_hops(server: ScenarioServer, client: MakeClient) -> None:
    for number in range(4):

        def slow(exchange: Exchange, number: int = number) -> None:
            time.sleep(0.4)
            exchange.redirect(f"/{number + 1}")

        server.on(f"/{number}", slow)
    assert "not complete" in failure(client(exchange_seconds=1.0), server.url("/0")).why


def test_redirects_are_followed_and_written_down(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/a", lambda exchange: exchange.redirect("/b", 301))
    server.on("/b", lambda exchange: exchange.redirect("c?x=1", 307))
    server.on("/c?x=1", text(b"end"))
    page = client().get(server.url("/a"))
    assert (page.url, page.body) == (server.url("/c?x=1"), b"end")
    assert page.hops == ((301, server.url("/b")), (307, server.url("/c?x=1")))


def test_five_hops_are_followed_and_six_are_not(server: ScenarioServer, client: MakeClient) -> None:
    for number in range(6):
        server.on(f"/{number}", lambda exchange, number=number: exchange.redirect(f"/{number + 1}"))  # type: ignore[misc]
    server.on("/6", text())
    assert len(client().get(server.url("/1")).hops) == 5
    assert "more than 5 redirects" in failure(client(), server.url("/0")).why


def test_a_circle_of_redirects_is_seen(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/a", lambda exchange: exchange.redirect("/b"))
    server.on("/b", lambda exchange: exchange.redirect("/a"))
    assert "circle" in failure(client(), server.url("/a")).why
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "gopher://127.0.0.1/x"]
)
def test_redirects_out_of_the_web_are_refused(server: ScenarioServer, client: MakeClient, target: str) -> None:
    url = server.on("/a", lambda exchange: exchange.redirect(target))
    with pytest.raises(FetchRefused):
        client().get(url)


def test_user_name_and_password_never_follow_a_redirect(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/a", lambda exchange: exchange.redirect(server.url("/b", host="127.0.0.2")))
    server.on("/b", text())
    client().get(server.url("/a", host="someone:secret@127.0.0.1"))
    assert ["authorization" in asked.headers for asked in server.asked] == [True, False]


def test_no_message_shows_a_password(server: ScenarioServer, client: MakeClient) -> None:
    error = failure(client(), server.url("/missing", host="someone:secret@127.0.0.1"))
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "[::1]", "[fe80::1]", "[fd00:ec2::254]",
        "[ff02::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_unless_allowed(client: MakeClient, host: str) -> None:
    with pytest.raises(FetchRefused, match="no address of the public internet"):
        client(allow_networks=()).get(f"http://{host}/")


def test_an_allowed_network_lets_in_that_network_alone(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/", text())
    asking = client(allow_networks=["127.0.0.2", "10.0.0.0/8"])
    assert asking.get(server.url("/", host="127.0.0.2")).status == 200
    with pytest.raises(FetchRefused):
        asking.get(server.url("/", host="127.0.0.3"))
    with pytest.raises(SettingsWrong, match=r"10\.0\.0\.0/8"):
        client(allow_networks=["the office"])


def test_a_redirect_into_a_private_network_is_refused(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/a", lambda exchange: exchange.redirect("http://169.254.169.254/latest/meta-data"))
    with pytest.raises(FetchRefused):
        client().get(url)


def test_a_name_server_that_changes_its_answer_gains_nothing(server: ScenarioServer, client: MakeClient) -> None:
    """The first look-up is harmless, every later one private: the connection goes where the check looked."""
    answers = [["127.0.0.2"], ["127.0.0.1"]]

    def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    server.on("/", text(b"public"))
    asking = client(allow_networks=["127.0.0.2"], resolve=rebinding)
    page = asking.get(server.url("/", host="rebind.test"))
    assert page.body == b"public"
    assert len(answers) == 1
    assert server.asked[0].headers["host"] == f"rebind.test:{server.port}"
    with pytest.raises(FetchRefused):
        asking.get(server.url("/again", host="rebind.test"))


def test_of_several_addresses_only_the_public_ones_are_tried(server: ScenarioServer, client: MakeClient) -> None:
    server.on("/", text())
    asking = client(allow_networks=["127.0.0.2"], resolve=lambda host, port: ["127.0.0.1", "127.0.0.2"])
    assert asking.get(server.url("/", host="both.test")).status == 200


def test_a_name_without_address_and_a_name_server_that_hangs_are_failures(client: MakeClient) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("Name or service not known")

    def hanging(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    assert "no address is known for the host gone.test" in failure(client(resolve=unknown), "http://gone.test/").why
    slow = failure(client(resolve=hanging, exchange_seconds=0.3), "http://slow.test/")
    assert "in time" in slow.why


def test_a_closed_port_is_a_failure_with_a_reason(client: MakeClient) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    assert "refused" in failure(client(), f"http://127.0.0.1:{port}/").why.lower()


def test_a_connection_that_breaks_is_a_failure(server: ScenarioServer, client: MakeClient) -> None:
    short = server.on("/short", lambda exchange: exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 50\r\n\r\nabc"))
    nothing = server.on("/nothing", lambda exchange: None)
    rubbish = server.on("/rubbish", lambda exchange: exchange.send(b"\x00\x01\x02 rubbish\r\n\r\n"))
    for url in (short, nothing, rubbish):
        assert "connection broke" in failure(client(), url).why


@pytest.mark.parametrize(
    ("status", "retry"), [(404, False), (403, False), (410, False), (429, True), (500, True), (503, True)]
)
def test_statuses_are_failures_that_know_whether_to_try_again(
    server: ScenarioServer, client: MakeClient, status: int, retry: bool
) -> None:
    error = failure(client(), server.on("/s", lambda exchange: exchange.answer(b"x", status)))
    assert (error.status, error.retry) == (status, retry)
    assert str(status) in error.why


def test_retry_after_is_read_as_seconds_and_as_a_date_by_the_servers_clock(
    server: ScenarioServer, client: MakeClient
) -> None:
    dates = {"date": "Wed, 06 May 2026 12:00:00 GMT", "retry_after": "Wed, 06 May 2026 12:02:00 GMT"}
    seconds = server.on("/seconds", lambda exchange: exchange.answer(b"", 429, retry_after="90"))
    date = server.on("/date", lambda exchange: exchange.answer(b"", 503, **dates))
    zoneless = {"date": "Wed, 06 May 2026 12:00:00 -0000", "retry_after": "Wed, 06 May 2026 12:02:00 GMT"}
    odd = server.on("/odd", lambda exchange: exchange.answer(b"", 503, **zoneless))
    silent = server.on("/silent", lambda exchange: exchange.answer(b"", 503))
    asked = [failure(client(), url).retry_after_seconds for url in (seconds, date, odd, silent)]
    assert asked == [90.0, 120.0, 120.0, None]


def test_starts_at_one_host_keep_their_distance_and_other_hosts_do_not_wait(
    server: ScenarioServer, client: MakeClient
) -> None:
    server.on("/", text())
    asking = client(pause_per_host_seconds=0.4)
    urls = [server.url("/", host=host) for host in ("127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.9")]
    threads = [threading.Thread(target=asking.get, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mine = sorted(asked.at for asked in server.asked if asked.headers["host"].startswith("127.0.0.1"))
    other = [asked.at for asked in server.asked if asked.headers["host"].startswith("127.0.0.9")]
    assert all(later - earlier > 0.3 for earlier, later in pairwise(mine))
    assert other[0] < mine[2]


def test_a_host_gets_two_feeds_and_one_page_at_once(server: ScenarioServer, client: MakeClient) -> None:
    running, most, lock = [0], {"feed": 0, "page": 0}, threading.Lock()

    def busy(kind: str) -> Callable[[Exchange], None]:
        def scenario(exchange: Exchange) -> None:
            with lock:
                running[0] += 1
                most[kind] = max(most[kind], running[0])
            time.sleep(0.15)
            with lock:
                running[0] -= 1
            exchange.answer(b"x")

        return scenario

    asking = client()
    for kind in ("feed", "page"):
        url = server.on(f"/{kind}", busy(kind))
        threads = [threading.Thread(target=asking.get, args=(url,), kwargs={"kind": kind}) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == {"feed": 2, "page": 1}


def test_closing_the_client_ends_the_waiting(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/", text())
    asking = client(pause_per_host_seconds=60.0)
    asking.get(url)
    errors: list[Stopped] = []
    thread = threading.Thread(target=lambda: errors.append(stopped(asking, url)))
    thread.start()
    time.sleep(0.1)
    asking.close()
    thread.join(10)
    assert [error.why for error in errors] == ["the program is being stopped"]


def test_https_is_verified_against_the_name(client: MakeClient) -> None:
    with scenario_server(CERTIFICATE) as secure:
        secure.on("/", text(b"secret"))
        local = {"resolve": lambda host, port: ["127.0.0.1"]}
        trusting = client(ca_file=CERTIFICATE, **local)
        assert trusting.get(secure.url("/", host="scenario.test")).body == b"secret"
        assert "cannot be trusted" in failure(trusting, secure.url("/", host="other.test")).why
        assert "cannot be trusted" in failure(client(**local), secure.url("/", host="scenario.test")).why
