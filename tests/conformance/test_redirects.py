"""Redirects lead on, but not anywhere, not for ever, and not with a password in hand."""

from collections.abc import Iterator

import pytest
from newsstand import Newsstand, answering, header
from servers.scenario import ScenarioServer, scenario_server


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/new/feed", answering(etag='"1"'))
        yield running


def test_each_kind_of_redirect_is_followed(server: ScenarioServer, stand: Newsstand) -> None:
    for status in (301, 302, 303, 307, 308):
        stand.take(server.on(f"/{status}", lambda exchange, status=status: exchange.redirect("/new/feed", status)))  # type: ignore[misc]
    assert stand.poll().code == 0
    assert server.paths().count("/new/feed") == 5
    assert all(asked.head.startswith(b"GET ") for asked in server.asked)


def test_a_target_is_read_against_the_address_that_named_it(server: ScenarioServer, stand: Newsstand) -> None:
    port = server.port
    ways = ("/new/feed", "new/feed", "./new/feed", "old/../new/feed", f"//127.0.0.1:{port}/new/feed", "/new/feed#top")
    for number, way in enumerate(ways):
        stand.take(server.on(f"/{number}", lambda exchange, way=way: exchange.redirect(way)))  # type: ignore[misc]
    assert stand.poll().code == 0
    assert server.paths().count("/new/feed") == len(ways)


def test_a_target_in_letters_of_any_script_is_asked_as_browsers_do(server: ScenarioServer, stand: Newsstand) -> None:
    for path, raw in (("/utf8", "/m\u00fchle feed".encode()), ("/latin", "/m\u00fchle feed".encode("latin-1"))):
        server.on(path, lambda exchange, raw=raw: exchange.send(b"HTTP/1.1 302 X\r\nLocation: " + raw + b"\r\n\r\n"))
    server.on("/m%C3%BChle%20feed", answering())
    stand.take(server.url("/utf8"), server.url("/latin"))
    assert stand.poll().code == 0


def test_a_circle_is_a_failure_and_is_gone_round_once(server: ScenarioServer, stand: Newsstand) -> None:
    url = server.on("/a", lambda exchange: exchange.redirect("/b"))
    server.on("/b", lambda exchange: exchange.redirect("/a#again"))
    stand.take(url)
    assert stand.poll().code == 1
    assert "circle" in stand.error(url)
    assert server.paths() == ["/a", "/b"]
    assert stand.feed(url)["condition"] == "astray"
    told = stand.terminal("feeds", "list").out
    assert "redirected to nowhere" in told
    assert "circle" in told


def test_five_redirects_are_followed_and_six_are_a_failure(server: ScenarioServer, stand: Newsstand) -> None:
    for number in range(6):
        server.on(f"/{number}", lambda exchange, number=number: exchange.redirect(f"/{number + 1}"))  # type: ignore[misc]
    server.on("/6", answering())
    stand.take(server.url("/1"))
    assert stand.poll().code == 0
    server.asked.clear()
    stand.take(server.url("/0"))
    assert stand.poll().code == 4
    assert "more than 5 redirects" in stand.error(server.url("/0"))
    assert server.paths().count("/6") == 1


def test_a_redirect_without_a_target_is_a_failure(server: ScenarioServer, stand: Newsstand) -> None:
    url = server.on("/feed", answering(b"", 302))
    stand.take(url)
    assert stand.poll().code == 1
    assert "302" in stand.error(url)


def test_validators_go_to_where_the_feed_is_now(server: ScenarioServer, stand: Newsstand) -> None:
    stand.take(server.on("/feed", lambda exchange: exchange.redirect("/new/feed")))
    for _ in range(2):
        stand.poll()
    assert header(server, "If-None-Match")[-1] == b'"1"'


def test_a_password_and_a_cookie_stay_behind(server: ScenarioServer, stand: Newsstand) -> None:
    with scenario_server() as other:
        other.on("/feed", answering())
        server.on("/a", lambda exchange: exchange.answer(status=302, location="/b", set_cookie="id=1; Path=/"))
        server.on("/b", lambda exchange: exchange.redirect(server.url("/c", host="127.0.0.2")))
        server.on("/c", lambda exchange: exchange.redirect(other.url("/feed")))
        stand.take(server.url("/a", host="reader:sesame@127.0.0.1"))
        assert stand.poll().code == 0
        assert [bool(one) for one in header(server, "Authorization")] == [True, True, False]
        assert header(server, "Cookie") == [None] * 3
        assert header(other, "Authorization") == header(other, "Cookie") == header(other, "Referer") == [None]


ELSEWHERE = (
    "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "data:,x", "http://10.0.0.1/", "http://[::1]/",
    "http://169.254.169.254/latest/meta-data", "http://0x0a000001/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/",
)  # fmt: skip


def test_no_redirect_leads_out_of_the_web_or_into_a_private_network(server: ScenarioServer, stand: Newsstand) -> None:
    for number, target in enumerate(ELSEWHERE):
        stand.take(server.on(f"/{number}", lambda exchange, target=target: exchange.redirect(target)))  # type: ignore[misc]
    assert stand.poll().code == 1
    assert {feed["status"] for feed in stand.feeds().values()} == {"failed"}
    assert sorted(server.paths()) == sorted(f"/{number}" for number in range(len(ELSEWHERE)))
