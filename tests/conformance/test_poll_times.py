"""When feeds are asked, as servers see it: a service with pauses of seconds is left to itself, then started again."""

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from servers.scenario import Asked, Exchange, Scenario, ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal

SECONDS = 14
"""How long the service runs."""

MIN, MAX, RATE_LIMIT, MOVE_AFTER, DEAD_AFTER, DEAD = 1, 4, 2, 3, 5, 3600
PACED = LOOPBACK | {
    "MONITOR_FETCH__MIN_INTERVAL_SECONDS": str(MIN),
    "MONITOR_FETCH__MAX_INTERVAL_SECONDS": str(MAX),
    "MONITOR_FETCH__FIRST_INTERVAL_SECONDS": str(MIN),
    "MONITOR_FETCH__INTERVAL_JITTER": "0",
    "MONITOR_FETCH__RATE_LIMIT_SECONDS": str(RATE_LIMIT),
    "MONITOR_FETCH__MOVE_AFTER_SECONDS": str(MOVE_AFTER),
    "MONITOR_FETCH__DEAD_AFTER_SECONDS": str(DEAD_AFTER),
    "MONITOR_FETCH__DEAD_INTERVAL_SECONDS": str(DEAD),
    "MONITOR_SCHEDULE__POLL_TICK_SECONDS": "0.1",
}
CERTIFICATE = Path(__file__).parent.parent / "samples" / "tls" / "loopback.pem"
_hosts = count(10)


def rss(*dates: datetime, more: str = "") -> bytes:
    items = "".join(
        f"<item><title>Note {number}</title><guid>n{number}</guid><pubDate>{format_datetime(date)}</pubDate></item>"
        for number, date in enumerate(dates)
    )
    name = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    return f'<rss version="2.0" {name}><channel><title>Mill</title>{more}{items}</channel></rss>'.encode()


def answering(body: bytes = rss(), status: int = 200, **headers: str) -> Scenario:
    return lambda exchange: exchange.answer(body, status, content_type="application/rss+xml", **headers)


def every(seconds: float) -> bytes:
    """A feed with a new entry each so many seconds."""
    now = datetime.now(UTC) - timedelta(hours=1)
    return rss(*(now - timedelta(seconds=seconds * number) for number in range(30)))


def redirecting(target: str, status: int) -> Scenario:
    return lambda exchange: exchange.redirect(target, status)


def tagged(exchange: Exchange) -> None:
    """A feed that is answered with a 304 wherever that is allowed."""
    if exchange.headers.get("if-none-match") == '"1"':
        exchange.answer(status=304)
    else:
        exchange.answer(rss(), content_type="application/rss+xml", etag='"1"')


def stubborn() -> Scenario:
    """A feed that is answered once, and with a 304 ever after, whoever asks."""
    times = count()
    return lambda exchange: tagged(exchange) if next(times) == 0 else exchange.answer(status=304)


def until(seconds: float) -> Callable[[], str]:
    return lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@dataclass
class Service:
    """The service and its feeds: name → address. What it remembers is read from its database."""

    terminal: Terminal
    server: ScenarioServer
    feeds: dict[str, str] = field(default_factory=dict)

    def follow(self, name: str, scenario: Scenario, host: str = "") -> str:
        """Have a feed of this name, on a host of its own unless one is given."""
        self.server.on(f"/{name}", scenario)
        self.feeds[name] = self.server.url(f"/{name}", host or f"127.0.0.{next(_hosts)}")
        return self.feeds[name]

    def run(self, seconds: float) -> None:
        seeds = "".join(f'[[feeds]]\nurl = "{url}"\n' for url in self.feeds.values())
        (self.terminal.folder / "config.toml").write_text(seeds)
        said = self.terminal("poll", "--for", str(seconds), "--json")
        assert json.loads(said.out)["data"]["feeds"], said.err

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.server.asked if asked.path == f"/{path}"]

    def pauses(self, path: str) -> list[float]:
        return [later.at - earlier.at for earlier, later in pairwise(self.asked(path))]

    def row(self, name: str) -> dict[str, Any]:
        with sqlite3.connect(self.terminal.database) as connection:
            connection.row_factory = sqlite3.Row
            return dict(connection.execute("SELECT * FROM feed WHERE url = ?", (self.feeds[name],)).fetchone())


def follow_hints(service: Service) -> None:
    service.follow("pace", answering(every(4)))
    service.follow("quick", answering(every(1)))
    service.follow("max-age", answering(every(2), cache_control="public, max-age=3"))
    service.follow("ttl", answering(rss(more="<ttl>60</ttl>")))
    service.follow("period", answering(rss(more="<sy:updatePeriod>hourly</sy:updatePeriod>")))

    def expiring(exchange: Exchange) -> None:
        exchange.answer(every(2), content_type="application/rss+xml", date=until(0)(), expires=until(3)())

    service.follow("expires", expiring)
    service.follow("unchanged", tagged)
    hours = "".join(f"<hour>{(datetime.now(UTC).hour + ahead) % 24}</hour>" for ahead in range(23))
    service.follow("asleep", answering(rss(more=f"<skipHours>{hours}</skipHours>")))


def follow_failures(service: Service) -> None:
    service.follow("broken", answering(b"", 500))
    service.follow("missing", answering(b"", 404))
    service.follow("page", answering(b"<html><body>Hello</body></html>"))
    service.follow("gone", answering(b"", 410))
    for name, headers in (("limited", {"retry_after": "6"}), ("impatient", {"retry_after": "0"}), ("vague", {})):
        service.follow(name, answering(b"", 429, **headers))
    dated = until(6)
    service.follow("dated", lambda exchange: exchange.answer(b"", 503, retry_after=dated()))
    service.server.on("/tired", answering(b"", 503, retry_after="60"))
    service.follow("astray", redirecting(service.server.url("/tired", "127.0.0.8"), 302), "127.0.0.7")
    service.follow("beside", answering(every(2)), "127.0.0.7")
    service.follow("there", answering(every(2)), "127.0.0.8")
    host = "127.0.0.9"
    service.follow("host", answering(b"", 429, retry_after="7"), host)
    for number in range(3):
        service.follow(f"neighbour{number}", answering(every(2)), host)


def follow_moves(service: Service) -> None:
    url = service.server.url
    service.server.on("/new", answering(every(2)))
    service.server.on("/new-tagged", tagged)
    service.server.on("/new-stubborn", stubborn())
    service.follow("to-stubborn", redirecting(url("/new-stubborn"), 301))
    service.server.on("/new-page", answering(b"<html><body>Domain for sale</body></html>"))
    for status in (301, 302, 303, 307, 308):
        service.server.on(f"/new-{status}", answering(every(2)))
        service.follow(f"moved-{status}", redirecting(url(f"/new-{status}"), status))
    service.server.on("/mid", redirecting(url("/new"), 302))
    service.server.on("/mid-permanent", redirecting(url("/new"), 308))
    service.follow("mixed", redirecting(url("/mid"), 301))
    service.follow("chain", redirecting(url("/mid-permanent"), 301))
    service.follow("to-tagged", redirecting(url("/new-tagged"), 301))
    service.follow("to-page", redirecting(url("/new-page"), 301))


def test_feeds_are_asked_while_pages_are_waited_for(tmp_path: Path) -> None:
    over: list[float] = []

    def slow(exchange: Exchange) -> None:
        time.sleep(4)
        over.append(time.monotonic())
        exchange.answer(status=404)

    with scenario_server() as server:
        service = Service(Terminal(tmp_path, PACED), server)
        link = server.on("/slow", slow)
        item = f"<item><title>Note</title><link>{link}</link></item>"
        service.follow("linking", answering(rss(more=f"<ttl>60</ttl>{item}")))
        service.follow("quick", answering(every(1)))
        service.run(12)
        (page,) = [asked.at for asked in server.asked if asked.path == "/slow"]
        assert len([asked for asked in service.asked("quick") if page < asked.at < over[0]]) >= 2


def test_a_rate_limit_rests_the_pages_of_the_host_and_that_of_a_page_its_feeds(tmp_path: Path) -> None:
    with scenario_server() as server:
        service = Service(Terminal(tmp_path, PACED | {"MONITOR_SCHEDULE__WALK_TICK_SECONDS": "1"}), server)
        items = []
        for path, host, scenario in (
            ("/story", "127.0.0.3", answering()),
            ("/busy", "127.0.0.4", answering(b"", 503, retry_after="60")),
        ):
            server.on(path, scenario)
            items.append(f"<item><title>Note</title><link>{server.url(path, host)}</link></item>")
        service.follow("limited", answering(b"", 429, retry_after="60"), "127.0.0.3")
        service.follow("linking", answering(rss(more=f"<ttl>60</ttl>{''.join(items)}")))
        service.follow("neighbour", answering(every(1)), "127.0.0.4")
        service.run(6)
        assert "/story" not in server.paths()
        (busy,) = [asked.at for asked in server.asked if asked.path == "/busy"]
        assert not [asked for asked in service.asked("neighbour") if asked.at > busy + 2]


def test_the_same_address_over_https_is_believed_at_once_if_it_leads_to_a_feed(tmp_path: Path) -> None:
    with scenario_server() as server, scenario_server(CERTIFICATE) as secure:
        service = Service(Terminal(tmp_path, PACED | {"MONITOR_FETCH__CA_FILE": str(CERTIFICATE)}), server)
        for name, scenario in (("feed", answering(every(2))), ("tagged", tagged), ("page", answering(b"<html>Hello"))):
            secure.on(f"/{name}", scenario)
            service.follow(name, redirecting(secure.url(f"/{name}", "localhost"), 301), "localhost")
        service.run(5)
        assert [len(service.asked(name)) for name in ("feed", "tagged")] == [1, 1]
        assert service.row("feed")["fetch_url"] == secure.url("/feed", "localhost")
        assert len(service.asked("page")) > 1
        assert service.row("page")["fetch_url"] == service.feeds["page"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The service after its run."""
    with scenario_server() as server:
        service = Service(Terminal(tmp_path_factory.mktemp("schedule"), PACED), server)
        for follow in (follow_hints, follow_failures, follow_moves):
            follow(service)
        service.run(SECONDS)
        yield service


HINTS = (
    ("pace", 2, "half the usual gap between entries"),
    ("quick", MIN, "half the usual gap between entries"),
    ("max-age", 3, "max-age of the server"),
    ("expires", 3, "Expires of the server"),
    ("ttl", MAX, "ttl of the feed"),
    ("period", MAX, "sy:updatePeriod of the feed"),
    ("unchanged", MIN, "pace of the feed unknown"),
)


@pytest.mark.parametrize(("name", "seconds", "reason"), HINTS)
def test_the_longest_wish_sets_the_pause_and_the_row_says_which(
    service: Service, name: str, seconds: float, reason: str
) -> None:
    assert min(service.pauses(name)) >= seconds
    assert service.row(name)["next_poll_reason"] == reason


def test_a_feed_is_left_alone_in_the_hours_that_it_names(service: Service) -> None:
    assert len(service.asked("asleep")) == 1
    row = service.row("asleep")
    assert "skipHours" in row["next_poll_reason"]
    assert datetime.fromisoformat(row["next_poll"]) - datetime.fromisoformat(row["last_poll"]) > timedelta(hours=21)


@pytest.mark.parametrize("name", ["broken", "missing", "page"])
def test_failures_wait_twice_as_long_each_time_and_in_the_end_very_long(service: Service, name: str) -> None:
    pauses, row = service.pauses(name), service.row(name)
    assert len(pauses) == 2
    assert pauses[0] >= 2 * MIN
    assert pauses[1] >= 4 * MIN
    assert row["status"] == "failed"
    again = datetime.fromisoformat(row["next_poll"]) - datetime.fromisoformat(row["last_poll"])
    assert again >= timedelta(seconds=DEAD)
    assert row["next_poll_reason"].endswith("asked seldom")


def test_a_feed_that_is_gone_is_asked_once_and_says_so(service: Service) -> None:
    assert len(service.asked("gone")) == 1
    row = service.row("gone")
    assert (row["status"], row["paused"], row["next_poll"]) == ("gone", 1, None)
    assert "410" in row["next_poll_reason"]


@pytest.mark.parametrize(("name", "seconds"), [("limited", 6), ("dated", 5), ("impatient", MIN)])
def test_a_wish_to_be_left_alone_is_kept_in_seconds_and_as_a_date(service: Service, name: str, seconds: float) -> None:
    assert min(service.pauses(name)) >= seconds
    assert "Retry-After" in service.row(name)["next_poll_reason"]


def test_a_rate_limit_without_a_time_doubles(service: Service) -> None:
    assert [pause >= wanted for pause, wanted in zip(service.pauses("vague"), (2, 4, 4), strict=False)] == [True] * 3


def test_a_rate_limit_rests_every_feed_of_the_host(service: Service) -> None:
    neighbours = [asked.at for number in range(3) for asked in service.asked(f"neighbour{number}")]
    assert neighbours
    for limited in service.asked("host"):
        at_once = limited.at + 0.5  # what was on its way when the answer came
        assert not [at for at in neighbours if at_once < at < limited.at + 7]


@pytest.mark.parametrize(
    ("name", "new"), [("moved-301", "new-301"), ("moved-308", "new-308"), ("to-tagged", "new-tagged")]
)
def test_a_permanent_redirect_is_believed_after_a_while_and_never_asked_again(
    service: Service, name: str, new: str
) -> None:
    old, target = service.asked(name), service.asked(new)
    assert old[-1].at - old[0].at >= MOVE_AFTER
    assert target[-1].at > old[-1].at + MIN
    row = service.row(name)
    assert row["fetch_url"] == service.server.url(f"/{new}")
    assert row["url"] == service.feeds[name]
    (move,) = json.loads(row["moves"])
    assert move[1:3] == [service.feeds[name], service.server.url(f"/{new}")]


def test_a_server_that_answers_everybody_with_a_304_is_no_failure(service: Service) -> None:
    assert any("if-none-match" not in asked.headers for asked in service.asked("new-stubborn")[1:])
    assert service.row("to-stubborn")["status"] == "not_modified"


def test_it_is_the_host_that_answered_which_rests(service: Service) -> None:
    assert len(service.asked("beside")) > 3
    assert len(service.asked("there")) <= 1


def test_a_chain_of_permanent_redirects_leads_to_its_end(service: Service) -> None:
    assert service.row("chain")["fetch_url"] == service.server.url("/new")


def test_only_a_whole_answer_proves_a_move(service: Service) -> None:
    proof = next(asked for asked in service.asked("new-tagged") if asked.at > service.asked("to-tagged")[-1].at)
    assert "if-none-match" not in proof.headers
    assert any("if-none-match" in asked.headers for asked in service.asked("new-tagged"))


@pytest.mark.parametrize("name", ["moved-302", "moved-303", "moved-307", "mixed", "to-page", "to-stubborn"])
def test_other_redirects_are_followed_and_never_believed(service: Service, name: str) -> None:
    assert service.row(name)["fetch_url"] == service.feeds[name]
    assert len(service.asked(name)) >= 3


def test_a_service_that_is_started_again_asks_nothing_before_its_time(service: Service) -> None:
    times = {name: service.row(name)["next_poll"] for name in service.feeds}
    before = len(service.server.asked)
    service.run(1)
    later = [asked.path[1:] for asked in service.server.asked[before:]]
    now = datetime.now(UTC).replace(tzinfo=None)
    early = [name for name in later if name in times and (not times[name] or datetime.fromisoformat(times[name]) > now)]
    assert not early
    assert not {"limited", "gone", "broken", "asleep"} & set(later)
