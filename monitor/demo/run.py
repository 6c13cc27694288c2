"""The monitor on the sample newsroom: ten days of news in a minute, then the archive to look around in."""

import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import uvicorn

from monitor.app import App
from monitor.demo.mailbox import Mailbox, mailbox
from monitor.demo.newsroom import Newsroom, load
from monitor.demo.server import NewsroomServer, serve
from monitor.domain.dispute import DisputeState
from monitor.settings import Settings, WatchSeed
from monitor.web.site import create

READER = "reader@demo.example"
WATCHES = (WatchSeed(name="Halden", query="entity:Halden"), WatchSeed(name="Barley", query="barley"))

Say = Callable[[str], None]


@dataclass
class Clock:
    """The moment that the replay has reached."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def demo(*, port: int = 8765, open_browser: bool = True, exit_after: bool = False, say: Say = print) -> None:
    """Replay the newsroom, then show the archive on `port` (0: any free one) until Ctrl-C, unless `exit_after`.

    Everything is kept in a temporary folder and gone at the end.
    """
    port = port or free_port()
    with replayed(load(), port=port, say=say) as (app, _):
        _say_disputes(app, say)
        if not exit_after:
            _show(app, port, open_browser=open_browser, say=say)


@contextmanager
def replayed(newsroom: Newsroom, *, port: int, say: Say) -> Iterator[tuple[App, Mailbox]]:
    """The service after it has lived through the newsroom's days, one poll and one mail each morning.

    The newsroom and the mailbox go on until the end of the block; links in the mails lead to `port`.
    """
    first = min(story.published for story in newsroom.versions).astimezone(UTC).date()
    last = max(story.updated for story in newsroom.versions).astimezone(UTC).date() + timedelta(days=1)
    clock = Clock(datetime.combine(first, time(7), UTC))
    with (
        tempfile.TemporaryDirectory(prefix="monitor-demo-") as folder,
        serve(newsroom, clock.at) as server,
        mailbox() as box,
        _app(Path(folder), port, box.port, clock) as app,
    ):
        say(f"The sample newsroom: {len(newsroom.publishers)} invented publishers at {server.base}/")
        app.digests.subscribe(READER, zone="UTC", at=time(7))
        for publisher in newsroom.publishers.values():
            app.feeds.add(server.base + publisher.feed_path)
        _live_a_day(app, server, clock, box, say)
        while clock.at.date() < last:
            clock.at += timedelta(days=1)
            _live_a_day(app, server, clock, box, say)
        yield app, box


@contextmanager
def _app(folder: Path, port: int, smtp_port: int, clock: Clock) -> Iterator[App]:
    """The real service on a database of its own, allowed to ask this machine and in no need to be patient with it."""
    usual = Settings()
    settings = usual.model_copy(
        update={
            "database_url": f"sqlite:///{folder / 'demo.db'}",
            "data_folder": str(folder),
            "feeds": (),
            "watches": WATCHES,
            "fetch": usual.fetch.model_copy(
                update={"allow_networks": ("127.0.0.0/8",), "pause_per_host_seconds": 0.0, "min_interval_seconds": 0.0}
            ),
            "smtp": usual.smtp.model_copy(
                update={"host": "127.0.0.1", "port": smtp_port, "security": "none", "user": "", "password": ""}
            ),
            "web": usual.web.model_copy(update={"host": "127.0.0.1", "port": port, "base_url": ""}),
        }
    )
    app = App(settings, now=clock)
    try:
        yield app
    finally:
        app.close()


def _live_a_day(app: App, server: NewsroomServer, clock: Clock, box: Mailbox, say: Say) -> None:
    """One morning: poll what was published since yesterday, read and compare it, then mail the digest."""
    server.at = clock.at
    before = app.store.counts()
    app.polling.poll()
    mails = len(box.caught)
    app.digests.plan()
    app.digests.send_mail()
    after = app.store.counts()
    news = [f"{after[key] - before[key]:2d} {key}" for key in ("articles", "claims", "disputes")]
    subject = f"   mail: {box.messages()[-1]['Subject']}" if len(box.caught) > mails else ""
    say(f"{clock.at:%a %d %b}  {'  '.join(news)}{subject}")


def _say_disputes(app: App, say: Say) -> None:
    live = (DisputeState.PROPOSED, DisputeState.OPEN, DisputeState.REOPENED)
    say("\nIn dispute now:")
    for state in live:
        for dispute in app.store.disputes.list(state=state, limit=50):
            say(f"  {dispute.title}  ({dispute.origins} independent origins, {dispute.state.value})")


def _show(app: App, port: int, *, open_browser: bool, say: Say) -> None:
    address = f"http://127.0.0.1:{port}/"
    server = uvicorn.Server(uvicorn.Config(create(app), host="127.0.0.1", port=port, log_level="warning"))
    say(f"\nThe archive: {address}   (Ctrl-C ends the demo and removes what it kept)")
    say(f"Any command works on it too: MONITOR_DATABASE_URL={app.parts.database_url} monitor disputes list")
    if open_browser:
        threading.Timer(1, webbrowser.open, (address,)).start()
    server.run()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found
