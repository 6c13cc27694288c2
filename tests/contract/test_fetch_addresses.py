"""No spelling of an address, and no name server, opens a way into a private network."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fetching import MakeClient, failure, text
from servers.scenario import ScenarioServer, scenario_server

from monitor.errors import FetchRefused


@pytest.fixture
def server() -> Iterator[ScenarioServer]:
    with scenario_server() as running:
        running.on("/", text(b"inside"))
        yield running


SPELLINGS = (
    "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.1",
    "0177.0.0.1", "127.0.0.1%2e", "localhost", "LOCALHOST", "localhost.", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "0", "0.0.0.0", "[::]", "[::1]", "[::1%25lo]", "[fe80::1%25eth0]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[2001:0:5db8:d822:0:0:80ff:fffe]", "[::ffff:0:127.0.0.1]", "１２７.0.0.1",
    "127。0。0。1", "ⓛocalhost", "%31%32%37.0.0.1", "127.0.0.1:80@127.0.0.1", "paper.test@127.0.0.1",
    "1.2.3.4.5", "256.1.1.1",
)  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_this_machine_is_asked(server: ScenarioServer, client: MakeClient, host: str) -> None:
    asking = client(allow_networks=())
    with pytest.raises(FetchRefused):
        asking.get(f"http://{host}:{server.port}/")
    away = server.on(
        "/away", lambda exchange: exchange.redirect(f"http://{host.encode().decode('latin-1')}:{server.port}/")
    )
    with pytest.raises(FetchRefused):
        client(allow_networks=["127.0.0.9"]).get(away.replace("127.0.0.1", "127.0.0.9"))
    assert server.paths() == ["/away"]


@pytest.mark.parametrize("host", ["127.1", "2130706433", "127.0.0.1.", "localhost", "[::ffff:127.0.0.1]"])
def test_every_spelling_of_an_allowed_address_is_asked(server: ScenarioServer, client: MakeClient, host: str) -> None:
    assert client(allow_networks=["127.0.0.1", "::1"]).get(f"http://{host}:{server.port}/").body == b"inside"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.100.100.200", "192.0.0.192",
        "198.18.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:a9fe:a9fe::", "2001:0:a9fe:a9fe::", "2001:db8::1", "100::1", "3fff::1", "5f00::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_public_is_refused(client: MakeClient, address: str) -> None:
    asking = client(allow_networks=(), resolve=lambda host, port: [address])
    with pytest.raises(FetchRefused, match="no address of the public internet"):
        asking.get("http://paper.test/")


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:-1/", "http://127.0.0.1:x/", "http://[::1/", "http:///",
    "http://", "https:", "//127.0.0.1/", "127.0.0.1", "", "http://pa per.test/", "http://" + "a." * 130 + "test/",
    "http://x.test/" + "a" * 70_000,
    "ftp://127.0.0.1/", "file:///etc/passwd", "data:text/plain,hello", "feed://127.0.0.1/",
])  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(client: MakeClient, url: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        client().get(url)
    assert len(str(caught.value)) < 1000


def test_addresses_are_asked_as_browsers_write_them(server: ScenarioServer, client: MakeClient) -> None:
    client().get(server.url("/", host="127.0.0.1"))
    for path in ("/a b?q=ä&r=%20#part", "/\u4f60", "?x=1"):
        failure(client(resolve=lambda host, port: ["127.0.0.1"]), f"http://MÜHLE.test:{server.port}{path}")
    assert server.paths()[1:] == ["/a%20b?q=%C3%A4&r=%20", "/%E4%BD%A0", "/?x=1"]
    assert server.asked[1].headers["host"] == f"xn--mhle-0ra.test:{server.port}"


@contextmanager
def deaf() -> Iterator[int]:
    """A port whose connections are never taken up: its queue is full."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
            waiting.append(one)
        try:
            yield listening.getsockname()[1]
        finally:
            for one in waiting:
                one.close()


def test_a_server_that_does_not_take_up_is_left_in_time(client: MakeClient) -> None:
    with deaf() as port:
        error = failure(client(connect_seconds=0.3), f"http://127.0.0.1:{port}/")
    assert "did not accept the connection in time" in error.why
    assert error.retry


def test_an_address_that_does_not_take_up_leaves_time_for_the_next(server: ScenarioServer, client: MakeClient) -> None:
    with socket.socket() as deaf_one:  # the same port on another address, where nobody takes up
        deaf_one.bind(("127.0.0.2", 0))
        deaf_one.listen(0)
        port = deaf_one.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]
        for one in fillers:
            one.setblocking(False)
            one.connect_ex(("127.0.0.2", port))
        with socket.create_server(("127.0.0.3", port)) as listening:

            def answer() -> None:
                connection, _ = listening.accept()
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\nsecond")
                connection.close()

            threading.Thread(target=answer, daemon=True).start()
            asking = client(connect_seconds=1.0, resolve=lambda host, port: ["127.0.0.2", "127.0.0.3"])
            assert asking.get(f"http://two.test:{port}/").body == b"second"
        for one in fillers:
            one.close()


def test_encryption_that_never_comes_is_left_in_the_time_of_a_connection(client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        error = failure(client(connect_seconds=0.3), f"https://127.0.0.1:{listening.getsockname()[1]}/")
    assert "did not accept the connection in time" in error.why


def test_what_speaks_no_tls_is_not_trusted(client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            connection.sendall(b"HTTP/1.1 400 This is no place for TLS\r\n\r\n")
            connection.recv(65_536)
            connection.close()

        threading.Thread(target=answer, daemon=True).start()
        assert "cannot be trusted" in failure(client(), f"https://127.0.0.1:{listening.getsockname()[1]}/").why
