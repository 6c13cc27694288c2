"""Many small feeds on many loopback hosts, served by a process of its own that writes down when each was asked.

Each request becomes a line of the log: seconds since the epoch, host, path, status, newest entry. It is written before
the answer, so that what a killed client asked for stands in it. The second word of a path says how the feed behaves:
`plain` answers (with 304 where the validator is still right), `hang` never does, `drip` sends a byte a second. A query
may set the rest: `age` a max-age in seconds, `grow` the seconds in which a new entry appears, `bare` without text.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TextIO
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

ENTRIES = 20
_DAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
_WORDS = "The mill on the river ground more oats than in the spring before, its owner told the meeting of the town."


@dataclass(frozen=True)
class Line:
    """A request as the server saw it. `at`: seconds since the epoch. `newest`: number of the feed's newest entry."""

    at: float
    host: str
    path: str
    status: int
    newest: int

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


@dataclass
class Crowd:
    """The running server. `log`: the file it writes."""

    port: int
    log: Path

    def url(self, number: int, hosts: int, behaviour: str = "plain", query: str = "") -> str:
        """The address of a feed: feed `number` lives on one of so many hosts."""
        host = number % hosts
        name = f"127.0.{1 + host // 250}.{1 + host % 250}:{self.port}"
        return f"http://{name}/{number}/{behaviour}{'?' + query if query else ''}"

    def count(self) -> int:
        """How many requests have come by now."""
        return self.log.read_bytes().count(b"\n")

    def lines(self) -> list[Line]:
        """What was asked so far, in order, and nothing that is still on its way."""
        for _ in range(2):  # the first is taken up with all that came before it, the second behind it
            urlopen(f"http://127.0.0.1:{self.port}/0/mark").close()
        words = (line.split() for line in self.log.read_text(encoding="utf-8").splitlines())
        return [Line(float(at), host, path, int(status), int(newest)) for at, host, path, status, newest in words]


@contextmanager
def crowd(folder: Path) -> Iterator[Crowd]:
    """A running server; its log goes into the folder."""
    log = folder / "asked.log"
    command = [sys.executable, __file__, str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Crowd(int(process.stdout.readline()), log)
        finally:
            process.kill()


class _Connection(asyncio.Protocol):
    """One kept-alive connection; requests come one after the other."""

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self._data = b""
        self._dripping: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._dripping is not None:
            self._dripping.cancel()

    def data_received(self, data: bytes) -> None:
        self._data += data
        while b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            self._asked(head.decode("latin-1"))

    def _asked(self, head: str) -> None:
        first, *rest = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        path = first.split(" ")[1]
        parts = urlsplit(path)
        number, behaviour = parts.path.strip("/").split("/")
        wishes = {name: int(values[0]) for name, values in parse_qs(parts.query).items()}
        count = ENTRIES + (int(time.time()) // wishes["grow"] % 10_000_000 if "grow" in wishes else 0)
        tag = f'"{number}-{count}"'
        same = headers.get("if-none-match") == tag
        status = 304 if same else 200
        if behaviour != "mark":
            self._log.write(f"{time.time():.6f} {headers.get('host', '-')} {path} {status} {count}\n")
            self._log.flush()
        if behaviour == "hang":
            return
        body = b"" if same else feed(int(number), count, "" if "bare" in wishes else _WORDS)
        age = f"Cache-Control: max-age={wishes['age']}\r\n" if "age" in wishes else ""
        answer = f"HTTP/1.1 {status} X\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n{age}"
        answer += "" if same else f"Content-Length: {len(body)}\r\n"
        if behaviour == "drip":
            self._dripping = asyncio.create_task(self._drip(answer.encode() + b"\r\n" + body))
        else:
            self._transport.write(answer.encode() + b"\r\n" + body)

    async def _drip(self, data: bytes) -> None:
        for byte in data:
            self._transport.write(bytes([byte]))
            await asyncio.sleep(1)


def feed(number: int, count: int, words: str = _WORDS) -> bytes:
    """A feed whose newest entry is its `count`-th; half a day lies between two of them."""
    items = "".join(
        f'<item><title>Note {one} of mill {number}</title><guid isPermaLink="false">mill-{number}-{one}</guid>'
        f"<pubDate>{format_datetime(_DAY + timedelta(hours=12 * (one - count)))}</pubDate>"
        f"<description>{words}</description></item>"
        for one in range(count, max(0, count - ENTRIES), -1)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Mill {number}</title>'
        f"<link>http://mill{number}.example/</link><description>News of a mill</description>{items}</channel></rss>"
    ).encode()


async def _serve(log: TextIO) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(log), "0.0.0.0", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    with parser.parse_args().log.open("a", encoding="utf-8") as log:
        asyncio.run(_serve(log))


if __name__ == "__main__":
    main()
