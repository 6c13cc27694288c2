"""A web server on loopback that behaves as badly as a test wants, and writes down who asked what, when."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it. `at`: monotonic seconds; header names in lower case.

    `head`: the request line and headers as they came; `connection`: the other side's port, one for each connection.
    """

    path: str
    headers: Mapping[str, str]
    at: float
    head: bytes = b""
    connection: int = 0
    body: bytes = b""


@dataclass
class Exchange:
    """The request and the open connection: a scenario answers as it likes. `keeps`: the connection stays open after."""

    path: str
    headers: Mapping[str, str]
    connection: socket.socket
    keeps: bool = False

    def send(self, data: bytes) -> None:
        """Raw bytes, as they are."""
        self.connection.sendall(data)

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """A whole, well-formed answer. Underscores in header names stand for hyphens; values go out as Latin-1."""
        named = {"Content-Length": str(len(body)), "Content-Type": "text/plain"}
        named |= {} if self.keeps else {"Connection": "close"}
        named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.send(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode("latin-1") + body)

    def redirect(self, target: str, status: int = 302) -> None:
        self.answer(status=status, location=target)

    def drip(self, data: bytes, seconds: float) -> None:
        """One byte at a time with a pause after each, until the other side hangs up."""
        for byte in data:
            self.send(bytes([byte]))
            time.sleep(seconds)


Scenario = Callable[[Exchange], None]


@dataclass
class ScenarioServer:
    """`on` sets what a path answers; `asked` lists what came, in order. `keeps_alive`: connections stay open."""

    port: int
    scheme: str = "http"
    keeps_alive: bool = False
    asked: list[Asked] = field(default_factory=list)
    scenarios: dict[str, Scenario] = field(default_factory=dict)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def on(self, path: str, scenario: Scenario) -> str:
        """Answer a path in this way; the address of the path."""
        self.scenarios[path] = scenario
        return self.url(path)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server: ScenarioServer = self.server.scenario_server  # type: ignore[attr-defined]
        try:
            keeps = True
            while keeps:
                asked = self._asked()
                if asked is None:
                    return
                server.asked.append(asked)
                exchange = Exchange(asked.path, asked.headers, self.request, server.keeps_alive)
                scenario = server.scenarios.get(asked.path, lambda missing: missing.answer(b"nothing here", 404))
                scenario(exchange)
                keeps = exchange.keeps
        except OSError:
            pass  # the client hung up, as it should on a server like this

    def _asked(self) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.request.recv(65_536)
            if not more:
                return None
            head += more
        start, _, body = head.partition(b"\r\n\r\n")
        lines = start.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        while len(body) < int(headers.get("content-length", "0")):
            body += self.request.recv(65_536)
        return Asked(lines[0].split(" ")[1], headers, time.monotonic(), head, self.client_address[1], body)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        context: ssl.SSLContext | None = getattr(self, "tls", None)
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        return connection, address

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: broken connections are what this server is for."""


@contextmanager
def scenario_server(certificate: Path | None = None, protocols: Sequence[str] = ()) -> Iterator[ScenarioServer]:
    """A running server on all of 127.0.0.0/8. `certificate`: PEM with key and certificate, for https.

    `protocols`: those it offers there, the dearest first.
    """
    with _Server(("0.0.0.0", 0), _Handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            context.set_alpn_protocols(list(protocols))
            server.tls = context  # type: ignore[attr-defined]
        scenario = ScenarioServer(server.server_address[1], "https" if certificate else "http")
        server.scenario_server = scenario  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield scenario
        finally:
            server.shutdown()
            thread.join()
