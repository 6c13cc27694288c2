"""The client speaks HTTP/2 where the server does."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest

from monitor.errors import FetchFailed
from monitor.fetch.client import Client

CERTIFICATE = Path(__file__).parent.parent / "samples" / "tls" / "scenario.pem"


def serve(connection: ssl.SSLSocket) -> None:
    """Answer every request of one connection: /silent never, all others with the path as body."""
    state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    state.initiate_connection()
    connection.sendall(state.data_to_send())
    while data := connection.recv(65_536):
        for event in state.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                path = dict(event.headers)[b":path"]
                if path != b"/silent":
                    state.send_headers(event.stream_id, [(":status", "200"), ("etag", '"2"')])
                    state.send_data(event.stream_id, path, end_stream=True)
        connection.sendall(state.data_to_send())


@pytest.fixture
def port() -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            while True:
                try:
                    raw, _ = listening.accept()
                    with context.wrap_socket(raw, server_side=True) as secure:
                        serve(secure)
                except OSError:
                    if listening.fileno() < 0:
                        return

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(
        allow_networks=["127.0.0.1"],
        pause_per_host_seconds=0.0,
        exchange_seconds=1.0,
        ca_file=CERTIFICATE,
        resolve=lambda host, port: ["127.0.0.1"],
    )
    yield made
    made.close()


def test_answers_come_over_one_connection(port: int, client: Client) -> None:
    for path in ("/a", "/b"):
        page = client.get(f"https://scenario.test:{port}{path}")
        assert (page.status, page.body, page.headers["etag"]) == (200, path.encode(), '"2"')


def test_the_deadline_holds_there_too(port: int, client: Client) -> None:
    with pytest.raises(FetchFailed, match="not complete after 1 seconds"):
        client.get(f"https://scenario.test:{port}/silent")
