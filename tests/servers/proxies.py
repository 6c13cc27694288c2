"""Proxies on loopback: HTTP (plain requests and tunnels) and SOCKS5. They resolve every name to this machine."""

import socket
import socketserver
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class RunningProxy:
    """`asked`: what clients wanted, in order: the first line of a request, or host:port. `login`: user:password."""

    port: int
    login: str = ""
    asked: list[str] = field(default_factory=list)


class _HttpHandler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        proxy: RunningProxy = self.server.proxy  # type: ignore[attr-defined]
        with suppress(OSError):
            head = _until(self.request, b"\r\n\r\n")
            line, _, headers = head.partition(b"\r\n")
            proxy.asked.append(line.decode("latin-1"))
            if proxy.login and b"Basic " + b64encode(proxy.login.encode()) not in headers:
                self.request.sendall(b"HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n")
                return
            method, target, _ = line.split(b" ")
            if method == b"CONNECT":
                with socket.create_connection(("127.0.0.1", int(target.rpartition(b":")[2]))) as there:
                    self.request.sendall(b"HTTP/1.1 200 Go on\r\n\r\n")
                    _join(self.request, there)
                return
            authority, _, path = target.removeprefix(b"http://").partition(b"/")
            with socket.create_connection(("127.0.0.1", int(authority.rpartition(b":")[2]))) as there:
                there.sendall(b"%s /%s HTTP/1.1\r\n%s" % (method, path, headers))
                _join(self.request, there)


class _SocksHandler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        proxy: RunningProxy = self.server.proxy  # type: ignore[attr-defined]
        with suppress(OSError):
            offered = self.request.recv(64)
            if not self._let_in(proxy, offered):
                return
            asked = self.request.recv(512)
            host = asked[5 : 5 + asked[4]].decode() if asked[3] == 3 else socket.inet_ntoa(asked[4:8])
            port = int.from_bytes(asked[-2:], "big")
            proxy.asked.append(f"{host}:{port}")
            with socket.create_connection(("127.0.0.1", port)) as there:
                self.request.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
                _join(self.request, there)

    def _let_in(self, proxy: RunningProxy, offered: bytes) -> bool:
        if not proxy.login:
            self.request.sendall(b"\x05\x00")
            return True
        if 2 not in offered[2:]:
            self.request.sendall(b"\x05\xff")
            return False
        self.request.sendall(b"\x05\x02")
        said = self.request.recv(512)
        name, rest = said[2 : 2 + said[1]], said[2 + said[1] :]
        right = name + b":" + rest[1:] == proxy.login.encode()
        self.request.sendall(b"\x01" + (b"\x00" if right else b"\x01"))
        return right


def _until(connection: socket.socket, end: bytes) -> bytes:
    data = b""
    while end not in data:
        more = connection.recv(65_536)
        if not more:
            raise OSError("the other side hung up")
        data += more
    return data


def _join(here: socket.socket, there: socket.socket) -> None:
    """Carries bytes both ways until one side hangs up."""

    def carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    back = threading.Thread(target=carry, args=(there, here), daemon=True)
    back.start()
    carry(here, there)
    back.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: clients hang up as they like."""


@contextmanager
def proxy_server(kind: str = "http", login: str = "") -> Iterator[RunningProxy]:
    """A running proxy. `kind`: http or socks5."""
    handler = {"http": _HttpHandler, "socks5": _SocksHandler}[kind]
    with _Server(("127.0.0.1", 0), handler) as server:
        running = RunningProxy(server.server_address[1], login)
        server.proxy = running  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
