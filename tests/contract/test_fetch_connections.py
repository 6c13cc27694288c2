"""Connections are kept for the next exchange, and go through a proxy where one is set."""

from pathlib import Path
from types import MappingProxyType

import pytest
from fetching import MakeClient, failure, text
from servers.proxies import proxy_server
from servers.scenario import Exchange, ScenarioServer, scenario_server

from monitor.errors import FetchRefused, SettingsWrong

CERTIFICATE = Path(__file__).parent.parent / "samples" / "tls" / "scenario.pem"
LOCAL = MappingProxyType({"resolve": lambda host, port: ["127.0.0.1"]})


def connections(server: ScenarioServer) -> int:
    return len({asked.connection for asked in server.asked})


@pytest.mark.parametrize("status", [200, 304, 302, 404])
def test_a_connection_that_the_server_leaves_open_is_used_again(
    server: ScenarioServer, client: MakeClient, status: int
) -> None:
    server.keeps_alive = True
    server.on("/end", text(b"end"))
    body = b"" if status == 304 else b"some words"
    url = server.on(
        "/feed", lambda exchange: exchange.answer(body, status, **({"location": "/end"} if status == 302 else {}))
    )
    asking = client()
    for _ in range(2):
        if status == 404:
            failure(asking, url)
        else:
            asking.get(url, etag='"1"')
    assert len(server.asked) == (4 if status == 302 else 2)
    assert connections(server) == 1


def test_a_kept_connection_that_the_server_has_closed_is_no_failure(server: ScenarioServer, client: MakeClient) -> None:
    def answer_then_hang_up_unsaid(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\nhi")

    url = server.on("/feed", answer_then_hang_up_unsaid)
    asking = client()
    assert [asking.get(url).body for _ in range(3)] == [b"hi"] * 3
    assert connections(server) == 3


def test_a_server_that_hangs_up_in_the_middle_of_a_kept_connection_is_asked_once_more(
    server: ScenarioServer, client: MakeClient
) -> None:
    server.keeps_alive = True
    calls = []

    def moody(exchange: Exchange) -> None:
        calls.append(1)
        if len(calls) == 2:
            exchange.keeps = False  # it read the request, and hangs up instead of answering
        else:
            exchange.answer(b"hi")

    url = server.on("/feed", moody)
    asking = client()
    assert [asking.get(url).body for _ in range(2)] == [b"hi"] * 2
    assert len(server.asked) == 3


def test_an_answer_left_unread_does_not_spill_into_the_next(server: ScenarioServer, client: MakeClient) -> None:
    server.keeps_alive = True
    long = server.on("/long", lambda exchange: exchange.answer(b"x" * 500_000, 302, location="/short"))
    server.on("/short", text(b"short"))
    asking = client()
    assert [asking.get(long).body for _ in range(2)] == [b"short"] * 2
    assert "500" in failure(asking, server.on("/error", lambda exchange: exchange.answer(b"y" * 500_000, 500))).why
    assert asking.get(server.url("/short")).body == b"short"


def test_a_server_that_would_rather_speak_http_2_is_asked_in_http_1(client: MakeClient) -> None:
    with scenario_server(CERTIFICATE, protocols=("h2", "http/1.1")) as secure:
        url = secure.on("/", text(b"one at a time"))
        asking = client(ca_file=CERTIFICATE, **LOCAL)
        assert asking.get(url.replace("127.0.0.1", "scenario.test")).body == b"one at a time"
        assert secure.asked[0].head.startswith(b"GET / HTTP/1.1\r\n")


def test_a_file_without_certificates_is_a_wrong_setting(client: MakeClient, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing", encoding="utf-8")
    for path in (tmp_path / "empty.pem", tmp_path / "missing.pem"):
        with pytest.raises(SettingsWrong, match=r"fetch\.ca_file"):
            client(ca_file=path)


@pytest.mark.parametrize("kind", ["http", "socks5"])
@pytest.mark.parametrize("login", ["", "reader:open sesame"])
def test_all_goes_through_the_proxy(server: ScenarioServer, client: MakeClient, kind: str, login: str) -> None:
    server.on("/feed", text(b"through"))
    with proxy_server(kind, login) as proxy:
        user = "reader:open%20sesame@" if login else ""
        asking = client(proxy=f"{kind}://{user}127.0.0.1:{proxy.port}", allow_networks=())
        page = asking.get(server.url("/feed", host="paper.test"))
    assert (page.body, page.url) == (b"through", server.url("/feed", host="paper.test"))
    wanted = f"GET http://paper.test:{server.port}/feed HTTP/1.1" if kind == "http" else f"paper.test:{server.port}"
    assert proxy.asked == [wanted]
    assert server.asked[0].headers["host"] == f"paper.test:{server.port}"


@pytest.mark.parametrize("kind", ["http", "socks5"])
def test_what_is_encrypted_stays_so_through_the_proxy(client: MakeClient, kind: str) -> None:
    with scenario_server(CERTIFICATE) as secure, proxy_server(kind) as proxy:
        secure.on("/", text(b"secret"))
        asking = client(proxy=f"{kind}://127.0.0.1:{proxy.port}", ca_file=CERTIFICATE)
        assert asking.get(secure.url("/", host="scenario.test")).body == b"secret"
        assert "cannot be trusted" in failure(asking, secure.url("/", host="other.test")).why
        wanted = "CONNECT scenario.test:{} HTTP/1.1" if kind == "http" else "scenario.test:{}"
        assert proxy.asked[0] == wanted.format(secure.port)


def test_a_feed_has_a_proxy_of_its_own_or_none(server: ScenarioServer, client: MakeClient) -> None:
    url = server.on("/feed", text(b"here"))
    with proxy_server() as usual, proxy_server() as own:
        asking = client(proxy=f"http://127.0.0.1:{usual.port}")
        for proxy in (None, f"http://127.0.0.1:{own.port}", "direct"):
            assert asking.get(url, proxy=proxy).body == b"here"
    assert (len(usual.asked), len(own.asked), len(server.asked)) == (1, 1, 3)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "2130706433", "0x7f.1", "localhost", "x.localhost"]
)
def test_a_proxy_opens_no_way_to_private_addresses_that_show(client: MakeClient, host: str) -> None:
    with proxy_server() as proxy:
        asking = client(proxy=f"http://127.0.0.1:{proxy.port}", allow_networks=())
        with pytest.raises(FetchRefused, match="no address of the public internet"):
            asking.get(f"http://{host}:8080/")
    assert proxy.asked == []


def test_a_proxy_that_refuses_is_a_failure_that_names_it(server: ScenarioServer, client: MakeClient) -> None:
    with proxy_server(login="reader:sesame") as proxy, proxy_server("socks5", login="reader:sesame") as socks:
        asking = client(proxy=f"http://127.0.0.1:{proxy.port}")
        assert "407" in failure(asking, server.url("/feed")).why
        assert "proxy" in failure(asking, "https://paper.test/feed").why
        assert "proxy" in failure(asking, server.url("/feed"), proxy=f"socks5://127.0.0.1:{socks.port}").why
    assert server.asked == []


@pytest.mark.parametrize("proxy", ["paper.test:8080", "ftp://127.0.0.1", "http://", "http://[::1", "nonsense"])
def test_what_is_no_proxy_is_refused(client: MakeClient, proxy: str) -> None:
    with pytest.raises(FetchRefused, match="as a proxy"):
        client().get("http://127.0.0.1:1/", proxy=proxy)
    with pytest.raises(SettingsWrong, match=r"fetch\.proxy"):
        client(proxy=proxy)
