"""A terminal and the servers of publishers: what the suites on requests share."""

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from servers.scenario import Exchange, ScenarioServer
from terminal import LOOPBACK, Said, Terminal

RSS = "application/rss+xml"


def rss(title: str, *links: str, padding: int = 0) -> bytes:
    """A feed with an entry for each link."""
    items = "".join(f"<item><title>Note {link}</title><link>{link}</link><guid>{link}</guid></item>" for link in links)
    comment = f"<!--{'x' * padding}-->" if padding else ""
    return f"<rss version='2.0'><channel><title>{title}</title>{items}{comment}</channel></rss>".encode()


MILL = rss("Mill")


def answering(body: bytes = MILL, status: int = 200, **headers: str) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(body, status, **{"content_type": RSS, **headers})


@dataclass
class Newsstand:
    """A monitor of its own, told by commands. `environment`: settings besides those that let it ask this machine."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def terminal(self) -> Terminal:
        return Terminal(self.folder, {**LOOPBACK, **self.environment})

    def take(self, *urls: str) -> None:
        """Add feeds, without asking them yet."""
        assert self.terminal("feeds", "add", "--no-check", *urls).code == 0

    def poll(self) -> Said:
        """Ask all feeds in this process."""
        return self.terminal("poll", "--once")

    def poll_after_restart(self) -> Said:
        """Ask all feeds in a program of its own."""
        process = self.terminal.start("poll", "--once")
        out, err = process.communicate()
        return Said(process.returncode, out, err)

    def poll_weighed(self) -> tuple[Said, int]:
        """Ask all feeds in a program of its own; the most memory it held, in bytes."""
        with self.terminal.start("poll", "--once") as process, ThreadPoolExecutor() as pool:
            assert process.stdout
            assert process.stderr
            out, err = (pool.submit(stream.read) for stream in (process.stdout, process.stderr))
            peak = 0  # the kernel's own account of a child begins with the memory of whoever started it
            while process.poll() is None:
                with suppress(psutil.Error):
                    peak = max(peak, psutil.Process(process.pid).memory_info().rss)
                time.sleep(0.02)
            return Said(process.returncode, out.result(), err.result()), peak

    def feeds(self) -> dict[str, dict[str, Any]]:
        """What is remembered of each feed, by its address."""
        return {feed["url"]: feed for feed in json.loads(self.terminal("feeds", "list", "--json").out)["data"]}

    def feed(self, url: str) -> dict[str, Any]:
        """What is remembered of a feed, and what came back from it."""
        shown = json.loads(self.terminal("feeds", "show", url, "--json").out)["data"]
        assert isinstance(shown, dict)
        return shown

    def error(self, url: str) -> str:
        """Why the last poll of a feed failed. It must have."""
        feed = self.feed(url)
        assert feed["status"] == "failed", feed
        return str(feed["last_error"])


def header(server: ScenarioServer, name: str, path: str | None = None) -> list[bytes | None]:
    """What each request (of a path) said under this name, byte for byte; None where it did not. One line may say it."""
    found: list[bytes | None] = []
    for asked in server.asked:
        if path not in (None, asked.path):
            continue
        lines = asked.head.split(b"\r\n\r\n")[0].split(b"\r\n")[1:]
        values = [
            line.partition(b":")[2].strip(b" ") for line in lines if line.lower().startswith(name.lower().encode() + b":")
        ]
        assert len(values) <= 1, asked.head
        found.append(values[0] if values else None)
    return found
