"""`monitor run`: the whole service in one process."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.poll import tell_feed
from monitor.cli.printing import note
from monitor.errors import SettingsWrong

if TYPE_CHECKING:
    from monitor.app import App, Polled

_PATIENCE_SECONDS = 2.0
_LONGEST_STOP_SECONDS = 8.0


def run(
    host: Annotated[str | None, typer.Option(help="Where the archive listens; web.host if not given.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Its port; web.port if not given.")] = None,
) -> None:
    """Run the service: ask feeds, read, compare, mail, and show the archive. Ctrl-C or SIGTERM ends it cleanly.

    monitor run

    monitor run --port 8090
    """
    from monitor.app import open_app

    app = open_app()
    log_as(app.settings.log_level)
    listening = _listen(host or app.settings.web.host, app.settings.web.port if port is None else port)
    try:
        app.parts.use_port(listening.getsockname()[1])
        app.parts.reading_alone = 0  # pages stay quick while articles are read
        _serve(app, listening)
    finally:
        listening.close()
        app.close()
    _leave()


def log_as(level: str) -> None:
    """Log as much as the setting says (debug, info, warning, error), or more where -v asked for it."""
    log, wanted = logging.getLogger("monitor"), logging.getLevelNamesMapping()[level.upper()]
    asked = logging.getLogger().level
    log.setLevel(min(wanted, asked) if asked < logging.WARNING else wanted)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise SettingsWrong(
            f"Cannot listen on {host} port {port}",
            why=error.strerror or str(error),
            mend="Choose another port: monitor run --port 8090, or web.port in config.toml.",
        ) from error
    return listening


def _serve(app: "App", listening: socket.socket) -> None:
    """The pages in this thread, everything else in the timetable's, until a signal comes."""
    import uvicorn

    note(f"The database is {app.parts.shown_database_url}")
    site = app.site()
    note(f"The archive: {app.parts.base_url}/   (Ctrl-C ends the service)")
    stopping = threading.Event()
    timetable = app.timetable(told=tell_feed, first=_first_poll, stopping=stopping)
    server = uvicorn.Server(
        uvicorn.Config(site, log_level="warning", access_log=False, timeout_graceful_shutdown=3, lifespan="off")
    )
    timetable.start()
    with _signals(stopping):
        server.run(sockets=[listening])
    stopping.set()
    _stop(app, timetable.stop)


@contextlib.contextmanager
def _signals(stopping: threading.Event) -> Iterator[None]:
    """While the server runs it catches signals itself and hands them on when it has closed: then it is our turn.

    A second signal ends the process at once.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        if stopping.is_set():
            os._exit(128 + number)
        note("Stopping: what is in hand is finished first.")
        stopping.set()
        watch = threading.Timer(_LONGEST_STOP_SECONDS, _leave)
        watch.daemon = True
        watch.start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(app: "App", stop: Callable[[], None]) -> None:
    """Wait for what is in hand; what takes too long is given back and done again at the next start."""
    waiting = threading.Thread(target=stop, daemon=True)
    waiting.start()
    waiting.join(_PATIENCE_SECONDS)
    if waiting.is_alive():
        app.parts.stop_reading()
        waiting.join(_PATIENCE_SECONDS)
    if waiting.is_alive():
        note("Something does not end; it is given back and done again at the next start.")
        app.store.work.release(app.parts.owner)
        _leave()


def _leave() -> None:
    """End now. Libraries that still load a model in their threads would hold up an orderly exit, or abort it.

    Rows that were not given back are so at the next start, when this process is seen to be no more.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _first_poll(polled: "Polled") -> None:
    """What the first round came to; where nothing answered, what to do about it."""
    if not polled.asked:
        note("No feed is due now. Add some: monitor feeds add https://example.org/feed.xml")
        return
    good = polled.ok + polled.unchanged
    note(f"First poll: {good} of {polled.asked} feeds answered, {polled.entries} new entries.")
    if not good:
        note("No feed could be reached: this machine seems to have no way to the web.")
        note("The service keeps trying. To see it at work without the web: ./run demo (or: monitor demo)")
