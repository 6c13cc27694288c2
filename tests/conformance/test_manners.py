"""How a poll behaves at a publisher's door: robots.txt, how many at once, how long between."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from newsstand import Newsstand, answering, header, rss
from servers.scenario import Exchange, ScenarioServer


def rules(body: str, status: int = 200) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(body.encode(), status)


def listed(server: ScenarioServer, *paths: str, on: str = "/feed") -> str:
    """A feed whose entries lead to these paths, where nothing is found."""
    return server.on(on, answering(rss("Mill", *(server.url(path) for path in paths))))


def test_robots_txt_governs_pages_and_never_feeds(server: ScenarioServer, stand: Newsstand) -> None:
    server.on("/robots.txt", rules("User-agent: *\nDisallow: /feed\nDisallow: /closed\nAllow: /closed/but-this\n"))
    stand.take(listed(server, "/open", "/closed", "/closed/too", "/closed/but-this"))
    stand.poll()
    assert sorted(server.paths()) == ["/closed/but-this", "/feed", "/open", "/robots.txt"]
    assert len(set(header(server, "User-Agent"))) == 1
    assert server.paths().index("/robots.txt") < server.paths().index("/open")


def test_rules_for_us_by_name_count_before_those_for_all(server: ScenarioServer, stand: Newsstand) -> None:
    server.on("/robots.txt", rules("User-agent: *\nDisallow: /\n\nUser-agent: Claim-Monitor\nDisallow: /closed\n"))
    stand.take(listed(server, "/open", "/closed"))
    stand.poll()
    assert set(server.paths()) == {"/feed", "/robots.txt", "/open"}


def test_rules_are_kept_over_restarts(server: ScenarioServer, stand: Newsstand) -> None:
    server.on("/robots.txt", rules("User-agent: *\nDisallow: /closed\n"))
    feed = listed(server, "/open", "/closed")
    stand.take(feed)
    stand.poll_after_restart()
    listed(server, "/open", "/closed", "/open/later", "/closed/later")
    stand.poll_after_restart()
    assert Counter(server.paths()) == {"/feed": 2, "/robots.txt": 1, "/open": 1, "/open/later": 1}


def test_rules_that_are_out_of_date_are_asked_for_again(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__ROBOTS_CACHE_SECONDS": "1"})
    server.on("/robots.txt", rules(""))
    stand.take(listed(server, "/one"))
    stand.poll()
    time.sleep(1)
    listed(server, "/two")
    stand.poll()
    assert server.paths().count("/robots.txt") == 2


def test_what_is_no_rule_allows_all(server: ScenarioServer, stand: Newsstand) -> None:
    statuses = {f"127.0.0.{number}": status for number, status in enumerate((400, 401, 403, 404, 410, 451), 1)}
    server.on("/robots.txt", lambda exchange: exchange.answer(b"", statuses[host(exchange.headers)]))
    stand.take(server.on("/feed", answering(rss("Mill", *(server.url("/page", host=one) for one in statuses)))))
    stand.poll()
    assert sorted(host(asked.headers) for asked in server.asked if asked.path == "/page") == list(statuses)


def host(headers: Mapping[str, str]) -> str:
    """Which of our addresses was asked."""
    return headers["host"].partition(":")[0]


def test_no_page_is_asked_for_while_the_rules_cannot_be_had(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__TIMEOUT_SECONDS": "1"})
    bad: dict[str, Callable[[Exchange], None]] = {
        "127.0.0.1": rules("", 500),
        "127.0.0.2": rules("", 503),
        "127.0.0.3": lambda exchange: time.sleep(5),
        "127.0.0.4": lambda exchange: exchange.send(b"rubbish\r\n\r\n"),
        "127.0.0.5": lambda exchange: None,
    }
    server.on("/robots.txt", lambda exchange: bad[host(exchange.headers)](exchange))
    links = [server.url("/page", host=one) for one in bad] + ["http://127.0.0.6:9/page"]
    stand.take(server.on("/feed", answering(rss("Mill", *links))))
    for _ in range(2):
        stand.poll()
    assert Counter(server.paths()) == {"/feed": 2, "/robots.txt": len(bad)}


def test_a_crawl_delay_is_kept_between_pages(server: ScenarioServer, stand: Newsstand) -> None:
    server.on("/robots.txt", rules("User-agent: *\nCrawl-delay: 1\n"))
    stand.take(listed(server, "/one", "/two", "/three"))
    stand.poll()
    pages = sorted(asked.at for asked in server.asked if asked.path in ("/one", "/two", "/three"))
    assert len(pages) == 3
    assert all(later - earlier > 0.9 for earlier, later in pairwise(pages))


def test_starts_at_a_host_keep_a_second_apart_by_default(server: ScenarioServer, tmp_path: Path) -> None:
    stand = Newsstand(tmp_path / "here", {"MONITOR_FETCH__PAUSE_PER_HOST_SECONDS": "1"})
    stand.take(*(server.on(f"/{number}", answering()) for number in range(3)), server.on("/away", answering()))
    stand.take(server.url("/0", host="127.0.0.9"))
    assert stand.poll().code == 0
    mine = sorted(asked.at for asked in server.asked if host(asked.headers) == "127.0.0.1")
    other = [asked.at for asked in server.asked if host(asked.headers) == "127.0.0.9"]
    assert all(later - earlier > 0.9 for earlier, later in pairwise(mine))
    assert other[0] < mine[-1]


class AtOnce:
    """How many requests were answered at the same time, at most."""

    def __init__(self) -> None:
        self.now, self.most, self.lock = 0, 0, threading.Lock()

    def __call__(self, exchange: Exchange) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.2)
        with self.lock:
            self.now -= 1
        exchange.answer(b"" if "page" in exchange.path else rss("Mill"), 404 if "page" in exchange.path else 200)


def test_a_host_gets_two_feeds_and_one_page_at_once(server: ScenarioServer, stand: Newsstand) -> None:
    feeds, pages = AtOnce(), AtOnce()
    stand.take(*(server.on(f"/feed{number}", feeds) for number in range(6)))
    assert stand.poll().code == 0
    assert feeds.most == 2
    paths = [f"/page{number}" for number in range(4)]
    for path in paths:
        server.on(path, pages)
    stand.take(listed(server, *paths, on="/list"))
    stand.poll()
    assert {path for path in server.paths() if "page" in path} == set(paths)
    assert pages.most == 1
