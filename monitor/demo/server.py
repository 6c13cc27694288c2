"""Serves the newsroom over HTTP on loopback, as it stands at a moment that can be moved."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from monitor.demo.newsroom import Newsroom


class NewsroomServer(ThreadingHTTPServer):
    """`at`: the moment shown, to be moved from outside. `base`: the address that links start with."""

    daemon_threads = True

    def __init__(self, newsroom: Newsroom, at: datetime) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.newsroom, self.at = newsroom, at

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> tuple[bytes, str] | None:
        """Body and media type of what stands at a path at this moment; None where nothing does."""
        if path == "/":
            return self.newsroom.front(self.at, self.base), "text/html; charset=utf-8"
        for publisher in self.newsroom.publishers.values():
            if path == publisher.feed_path:
                return self.newsroom.feed(publisher.id, self.at, self.base)
            if path == f"/{publisher.id}/":
                return self.newsroom.front(self.at, self.base), "text/html; charset=utf-8"
            for story in self.newsroom.stories(publisher.id, self.at):
                if path == story.url_path:
                    return self.newsroom.page(story, self.at, self.base), "text/html; charset=utf-8"
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: NewsroomServer

    def do_GET(self) -> None:
        found = self.server.answer(self.path.partition("?")[0])
        body, media_type = found or (b"Nothing here.\n", "text/plain; charset=utf-8")
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        if found and self.headers.get("If-None-Match") == tag:
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        if found:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the demo tells its own story."""


@contextmanager
def serve(newsroom: Newsroom, at: datetime) -> Iterator[NewsroomServer]:
    """A server in a thread of its own, stopped at the end."""
    server = NewsroomServer(newsroom, at)
    thread = threading.Thread(target=server.serve_forever, name="newsroom", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
