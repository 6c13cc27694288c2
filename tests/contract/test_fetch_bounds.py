"""Whatever a server does, an exchange ends: in its time, and without filling the memory."""

import threading
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from fetching import MakeClient, failure
from servers.scenario import Exchange, ScenarioServer


def one_header_without_end(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\nX-Long: ")
    while True:
        exchange.send(b"y" * 10_000)


def headers_without_end(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\n")
    for number in count():
        exchange.send(b"X-%d: y\r\n" % number)


def a_status_line_without_end(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 ")
    while True:
        exchange.send(b"y" * 10_000)


def interim_answers_without_end(exchange: Exchange) -> None:
    while True:
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)


def chunks_of_one_byte(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        exchange.send(b"1;extension=" + b"z" * 50 + b"\r\nx\r\n")


def trailers_without_end(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
    while True:
        exchange.send(b"X-Later: y\r\n" * 100)


def an_error_without_end(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 X\r\n\r\n")
    while True:
        exchange.send(b"x" * 10_000)


FLOODS = (
    one_header_without_end, headers_without_end, a_status_line_without_end, interim_answers_without_end,
    chunks_of_one_byte, trailers_without_end, an_error_without_end,
)  # fmt: skip


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_ends_before_it_fills_anything(
    server: ScenarioServer, client: MakeClient, flood: Callable[[Exchange], None]
) -> None:
    sent = []

    def counted(exchange: Exchange) -> None:
        send = exchange.connection.sendall
        exchange.send = lambda data: (sent.append(len(data)), send(data))[1]  # type: ignore[method-assign]
        flood(exchange)

    error = failure(client(feed_wire_bytes=200_000), server.on("/flood", counted))
    assert error.why
    assert sum(sent) < 20_000_000  # what the sockets of both sides hold comes on top of what is read


def test_an_error_keeps_its_status_whatever_comes_with_it(server: ScenarioServer, client: MakeClient) -> None:
    def dripping(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 503 X\r\nRetry-After: 77\r\nContent-Length: 1000\r\n\r\n")
        exchange.drip(b"slow" * 250, 0.05)

    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 503 X\r\nRetry-After: 77\r\n\r\n")
        while True:
            exchange.send(b"x" * 10_000)

    def garbled(exchange: Exchange) -> None:
        exchange.answer(b"\x1f\x8b\xff no gzip", 503, content_encoding="gzip", retry_after="77")

    for scenario in (dripping, endless, garbled):
        error = failure(client(exchange_seconds=0.5), server.on("/error", scenario))
        assert (error.status, error.retry_after_seconds) == (503, 77.0)


def test_the_beginning_of_an_error_is_kept_to_tell_a_wall_by(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/error", lambda exchange: exchange.answer(b"<h1>Are you a robot?</h1>", 403, server="wall"))
    error = failure(client(), url)
    assert (error.head, error.headers["server"]) == (b"<h1>Are you a robot?</h1>", "wall")


def test_a_drip_ends_with_the_whole_exchange_over_all_redirects(server: ScenarioServer, client: MakeClient) -> None:
    def drip_on(exchange: Exchange) -> None:
        number = int(exchange.path[1:])
        exchange.drip(b"HTTP/1.1 302 X\r\nContent-Length: 0\r\n", 0.005)
        exchange.send(b"Location: /%d\r\n\r\n" % (number + 1))

    for number in range(6):
        server.on(f"/{number}", drip_on)
    error = failure(client(exchange_seconds=0.5), server.url("/0"))
    assert "not complete after 0.5 seconds" in error.why
    assert "/4" not in server.paths()


def test_a_server_that_takes_no_request_is_left(client: MakeClient, server: ScenarioServer) -> None:
    server.on("/never", lambda exchange: time.sleep(20))
    assert "not complete after 0.3 seconds" in failure(client(exchange_seconds=0.3), server.url("/never")).why


def test_many_large_bodies_at_once_are_read_a_few_at_a_time(server: ScenarioServer, client: MakeClient) -> None:
    body = b"x" * 8_000_000

    def large(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n" % len(body))
        exchange.send(body)

    urls = [server.on("/large", large).replace("0.1:", f"0.{number}:") for number in range(1, 25)]
    asking = client()
    tracemalloc.start()
    try:
        with ThreadPoolExecutor(len(urls)) as pool:
            sizes = list(pool.map(lambda url: len(asking.get(url).body), urls))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sizes == [len(body)] * len(urls)
    assert peak < 12 * len(body)


def test_large_bodies_that_are_worked_on_leave_no_room_for_others(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/large", lambda exchange: exchange.answer(b"x" * 2_000_000))
    asking, patient = client(exchange_seconds=0.5), threading.Barrier(5)

    def work() -> None:
        with asking.keeping():
            asking.get(url)
            asking.get(url)  # the same thread needs no second place
            patient.wait()
            patient.wait()

    with ThreadPoolExecutor(4) as pool:
        working = [pool.submit(work) for _ in range(4)]
        patient.wait()
        assert "not complete" in failure(asking, url).why
        patient.wait()
        for one in working:
            one.result()
    assert len(asking.get(url).body) == 2_000_000
