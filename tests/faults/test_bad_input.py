"""What is wrong outside is told in words: what, why, and how to mend it. The rest goes on, and nothing is harmed."""

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from pathlib import Path

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server
from servers.smtp import Caught, smtp_server
from terminal import LOOPBACK, Said, Terminal

from monitor.app import App
from monitor.domain.article import Article
from monitor.settings import Settings

STORY = (
    "The Ossery glass works made 4,200 tonnes of bottles in April, the company said on Monday. "
    "It employs 310 people in the valley, according to the union, and has run two furnaces since the winter. "
    "The works stands by the river and sends most of what it makes to breweries along the coast."
)
OTHER = (
    "The Marle quarry sold 900 tonnes of lime in May, the owner said on Tuesday. "
    "The road to the quarry was closed for a week after heavy rain, and two trucks were left on the hill."
)
KNOWN = {
    "id": "known",
    "url": "https://paper.example/known",
    "title": "Known before",
    "publisher": "Paper",
    "published": "2026-05-01T08:00:00Z",
    "text": "The Ossery glass works made 3,900 tonnes of bottles in March, the company said.",
}


def page(text: str, title: str = "A story") -> bytes:
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()
    )


def item(server: ScenarioServer, path: str, content: str = "") -> str:
    full = f"<content:encoded><![CDATA[<p>{content}</p>]]></content:encoded>" if content else ""
    return (
        f"<item><title>About {path}</title><link>{server.url(path)}</link><guid>{path}</guid>"
        f"<pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate>{full}</item>"
    )


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Good Paper</title><link>https://paper.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def says(body: bytes, media_type: str, status: int = 200) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(body, status, content_type=media_type)


def drips(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 5000\r\n\r\n")
    exchange.drip(b"<rss>" * 1000, 0.05)


BAD_FEEDS: dict[str, tuple[Callable[[Exchange], None], str]] = {
    "html": (says(page(STORY), "text/html"), "HTML"),
    "empty": (says(b"", "application/rss+xml"), "empty"),
    "huge": (says(rss() + b" " * 300_000, "application/rss+xml"), "larger than 200,000 bytes"),
    "slow": (drips, "not complete after 2 seconds"),
    "broken": (says(b"", "text/plain", 500), "500"),
    "missing": (says(b"", "text/plain", 404), "404"),
    "gone": (says(b"", "text/plain", 410), "410"),
    "garbage": (says(b"<rss><channel><item>\x00\xff<<<&&", "application/rss+xml"), "binary data"),
}


@dataclass(frozen=True)
class Polled:
    """One `poll --once` of a good feed among bad ones, and what the commands say after it."""

    terminal: Terminal
    server: ScenarioServer
    poll: Said
    listed: Said
    status: Said
    known_before: list[str]

    def url(self, name: str) -> str:
        return self.server.url(f"/{name}.xml")


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polled]:
    limits = {"MONITOR_FETCH__FEED_LIMIT_BYTES": "200000", "MONITOR_FETCH__TIMEOUT_SECONDS": "2"}
    terminal = Terminal(tmp_path_factory.mktemp("bad"), LOOPBACK | limits)
    with scenario_server() as server:
        for name, (scenario, _) in BAD_FEEDS.items():
            server.on(f"/{name}.xml", scenario)
        items = (
            item(server, "/story"),
            item(server, "/bare"),
            item(server, "/report.pdf"),
            item(server, "/carried", OTHER),
            item(server, "/lost"),
        )
        server.on("/good.xml", says(rss(*items), "application/rss+xml"))
        server.on("/story", says(page(STORY), "text/html"))
        server.on("/bare", says(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "text/html"))
        server.on("/report.pdf", says(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "application/pdf"))
        known = terminal("ingest", "-", stdin=json.dumps(KNOWN).encode())
        assert known.code == 0, known.err
        before = terminal("export", "claims").out.splitlines()
        addresses = terminal.folder / "feeds.txt"
        addresses.write_text("".join(f"{server.url(f'/{name}.xml')}\n" for name in [*BAD_FEEDS, "good"]))
        assert terminal("feeds", "import", str(addresses)).code == 0
        poll = terminal("poll", "--once")
        yield Polled(terminal, server, poll, terminal("feeds", "list"), terminal("status"), before)


def line_with(text: str, words: str) -> str:
    found = [line for line in text.splitlines() if words in line]
    assert len(found) == 1, text
    return found[0]


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_feed_that_cannot_be_read_is_told_with_the_reason_everywhere(polled: Polled, name: str) -> None:
    reason = BAD_FEEDS[name][1]
    for said in (polled.poll.err, polled.listed.out, polled.status.out):
        assert reason in line_with(said, polled.url(name))


@pytest.mark.parametrize("name", BAD_FEEDS)
def test_a_feed_that_cannot_be_read_says_how_to_mend_it_and_when_it_is_asked_again(polled: Polled, name: str) -> None:
    shown = polled.terminal("feeds", "show", polled.url(name), "--json")
    feed = json.loads(shown.out)["data"]
    assert feed["status"] == ("gone" if name == "gone" else "failed")
    assert feed["failures"] == 1
    why, _, mend = feed["last_error"].partition(". ")
    assert BAD_FEEDS[name][1] in why
    assert mend.strip()
    assert feed["next_poll"] or name == "gone"


def test_a_poll_of_good_and_bad_feeds_is_done_in_part(polled: Polled) -> None:
    assert polled.poll.code == 4
    assert f"9 feeds, 1 ok, 0 not modified, {len(BAD_FEEDS)} failed; 5 entries" in polled.poll.out


def test_bad_feeds_do_not_keep_the_good_one_from_being_read(polled: Polled) -> None:
    articles = [json.loads(line) for line in polled.terminal("export", "articles").out.splitlines()]
    assert STORY in [article["text"] for article in articles]
    spans = {json.loads(line)["span"] for line in polled.terminal("export", "claims").out.splitlines()}
    assert {"4,200 tonnes", "310 people"} <= spans


def test_what_was_stored_before_is_as_it_was(polled: Polled) -> None:
    after = polled.terminal("export", "claims").out.splitlines()
    assert polled.known_before
    assert set(polled.known_before) <= set(after)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/bare", "holds no article text"), ("/report.pdf", "PDF is damaged"), ("/lost", "404")],
)
def test_a_page_that_is_no_article_is_set_aside_with_the_reason(polled: Polled, path: str, reason: str) -> None:
    for said in (polled.poll.err, polled.status.out):
        assert reason in line_with(said, polled.server.url(path))
    entries = [json.loads(line) for line in polled.terminal("export", "entries").out.splitlines()]
    assert [entry["article"] for entry in entries if entry["url"].endswith(path)] == [None]


def test_a_page_that_is_gone_is_read_from_what_its_feed_carries(polled: Polled) -> None:
    articles = [json.loads(line) for line in polled.terminal("export", "articles").out.splitlines()]
    carried = [article for article in articles if article["url"] == polled.server.url("/carried")]
    assert [article["text"] for article in carried] == [OTHER]
    assert carried[0]["title"] == "About /carried"
    claims = [json.loads(line) for line in polled.terminal("export", "claims").out.splitlines()]
    assert "900 tonnes" in [claim["span"] for claim in claims if claim["article"]["url"] == carried[0]["url"]]


def test_a_feed_that_is_mended_is_well_again(polled: Polled) -> None:
    polled.server.on("/empty.xml", says(rss(), "application/rss+xml"))
    only = polled.terminal.folder / "only.txt"
    only.write_text(polled.url("empty"))
    assert polled.terminal("poll", "--feeds", str(only)).code == 0
    assert polled.url("empty") not in polled.terminal("status").out
    polled.server.on("/empty.xml", BAD_FEEDS["empty"][0])


# Settings ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ('[web]\nport = "eighty"\n', ("web.port", "integer", "'eighty'")),
        ("[fetch]\ntimeout_second = 3\n", ("fetch.timeout_second", "Did you mean fetch.timeout_seconds?")),
        ("[fetch\n", ("is not TOML", "line 1")),
    ],
)
def test_settings_that_are_wrong_end_every_command_with_78(tmp_path: Path, config: str, words: tuple[str, ...]) -> None:
    terminal = Terminal(tmp_path)
    (tmp_path / "config.toml").write_text(config)
    for command in (("status",), ("poll", "--once"), ("run",), ("config", "check")):
        said = terminal(*command)
        assert said.code == 78
        assert "  why: " in said.err
        assert "  mend: " in said.err
        for word in words:
            assert word in said.err
    assert not terminal.database.exists()


def test_the_doctor_tells_of_wrong_settings_too(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    (tmp_path / "config.toml").write_text("[fetch]\ntimeout_second = 3\n")
    said = terminal("doctor", "--no-models")
    assert said.code == 1
    assert "mend: Did you mean fetch.timeout_seconds?" in said.out


# Databases ---------------------------------------------------------------------------------------------------------


def test_a_database_of_a_newer_program_is_refused_with_78_and_left_alone(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    assert terminal("feeds", "add", "--no-check", "https://paper.example/feed").code == 0
    with sqlite3.connect(terminal.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("status",), ("poll", "--once"), ("feeds", "list"), ("db", "upgrade")):
        said = terminal(*command)
        assert said.code == 78
        assert "revision 9999" in said.err
        assert "a newer program made it" in said.err
        assert "mend: Use that version of the program" in said.err
    assert terminal("db", "status").code == 78
    with sqlite3.connect(terminal.database) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        assert connection.execute("SELECT url FROM feed").fetchall() == [("https://paper.example/feed",)]


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    diary = tmp_path / "diary.db"
    diary.write_text("Dear diary, today I learnt what a database is. " * 100)
    before = diary.read_bytes()
    said = Terminal(tmp_path / "desk", {"MONITOR_DATABASE_URL": f"sqlite:///{diary}"})("status")
    assert said.code == 1
    assert "file is not a database" in said.err
    assert "mend: Nothing was changed. Name another database" in said.err
    assert diary.read_bytes() == before


@pytest.mark.parametrize("url", ["mysql://somewhere/else", "nonsense"])
def test_an_address_of_no_database_ends_with_78(tmp_path: Path, url: str) -> None:
    said = Terminal(tmp_path, {"MONITOR_DATABASE_URL": url})("status")
    assert said.code == 78
    assert "mend: Correct database_url" in said.err


def test_a_database_server_that_is_down_is_worth_another_try(tmp_path: Path) -> None:
    url = f"postgresql://nobody:secret@127.0.0.1:{closed_port()}/nothing"
    said = Terminal(tmp_path, {"MONITOR_DATABASE_URL": url})("status")
    assert said.code == 75
    assert "refused" in said.err
    assert "secret" not in said.err


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Mail --------------------------------------------------------------------------------------------------------------

READER = "reader@paper.example"


@pytest.fixture
def post() -> Iterator[tuple[int, Caught]]:
    with smtp_server() as (_, port, caught):
        yield port, caught


def desk(folder: Path, port: int) -> Terminal:
    """A service with one reader whose mail goes to this port."""
    smtp = {"HOST": "127.0.0.1", "PORT": str(port), "SECURITY": "none", "TIMEOUT_SECONDS": "5"}
    environment = {f"MONITOR_SMTP__{key}": value for key, value in smtp.items()}
    terminal = Terminal(folder, environment | {"MONITOR_LIMITS__RETRY_MINUTES": "0.0001"})
    assert terminal("subscribers", "add", READER).code == 0
    return terminal


def test_a_reader_whose_address_is_refused_is_suspended_and_shown(tmp_path: Path, post: tuple[int, Caught]) -> None:
    port, caught = post
    caught.refused[READER] = "550 5.1.1 no such user here"
    terminal = desk(tmp_path, port)
    said = terminal("digest", "send", "--to", READER)
    assert said.code == 1
    assert "failed" in said.out
    assert "no such user here" in said.out
    for shown in (terminal("status"), terminal("subscribers", "list")):
        assert shown.code == 0
        assert "no such user here" in shown.out
    assert "failed" in terminal("digest", "list").out
    again = terminal("digest", "send", "--to", READER)
    assert again.code == 1
    assert "no such user here" in again.err
    assert "mend: `monitor subscribers add ADDRESS`" in again.err
    assert caught.messages == []


def test_a_reader_who_subscribes_anew_after_that_is_written_to_again(tmp_path: Path, post: tuple[int, Caught]) -> None:
    port, caught = post
    caught.refused[READER] = "550 5.1.1 no such user here"
    terminal = desk(tmp_path, port)
    terminal("digest", "send", "--to", READER)
    assert terminal("subscribers", "add", READER).code == 0
    assert "active" in terminal("subscribers", "list").out
    assert "no such user here" not in terminal("subscribers", "list").out


def test_a_message_that_is_refused_leaves_its_reader_subscribed(tmp_path: Path, post: tuple[int, Caught]) -> None:
    port, caught = post
    caught.answers = ["554 this looks like spam"]
    terminal = desk(tmp_path, port)
    assert terminal("digest", "send", "--to", READER).code == 1
    assert "554 this looks like spam" in terminal("status").out
    assert "active" in terminal("subscribers", "list").out


def test_a_server_that_asks_to_wait_gets_the_mail_later_and_once(tmp_path: Path, post: tuple[int, Caught]) -> None:
    port, caught = post
    caught.answers = ["451 greylisted, come back"]
    terminal = desk(tmp_path, port)
    first = terminal("digest", "send", "--to", READER)
    assert first.code == 75
    assert "451 greylisted" in first.out
    assert "451 greylisted" in terminal("status").out
    assert terminal("digest", "send", "--to", READER).code == 0
    assert terminal("digest", "send", "--to", READER).code == 0
    assert len(caught.messages) == 1
    assert "\tsent\t" in terminal("digest", "list").out


def test_mail_waits_in_the_outbox_while_the_server_is_down(tmp_path: Path, post: tuple[int, Caught]) -> None:
    port, caught = post
    terminal = desk(tmp_path, closed_port())
    said = terminal("digest", "send", "--to", READER)
    assert said.code == 75
    assert "[smtp] section" in said.out
    assert "queued" in terminal("digest", "list").out
    assert "refused" in terminal("status").out
    planned = json.loads(terminal("digest", "list", "--json").out)["data"][0]["id"]
    letter = message_from_string(terminal("digest", "show", planned, "--eml").out)
    assert desk(tmp_path, port)("digest", "send", "--to", READER).code == 0
    assert [message_from_bytes(mail.content)["Message-ID"] for mail in caught.messages] == [letter["Message-ID"]]


def test_mail_without_a_server_set_is_planned_and_told(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal("subscribers", "add", READER)
    said = terminal("digest", "send", "--to", READER)
    assert said.code == 75
    assert "smtp.host is empty" in said.out
    assert "queued" in terminal("digest", "list").out


# Files -------------------------------------------------------------------------------------------------------------


def test_broken_lines_of_a_file_are_told_and_the_others_go_on(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    good = [json.dumps(KNOWN | {"id": str(n), "url": f"https://paper.example/{n}"}).encode() for n in range(2)]
    broken = {
        2: (b'{"url": "https://paper.example/x", "title"', "no JSON"),
        3: (b'["a", "list"]', "object"),
        4: (b'{"title": "No address", "text": "Nothing."}', "url"),
        5: (b'{"url": "https://paper.example/y", "text": "\xff\xfe"}', "UTF-8"),
        6: (b'{"url": "https://paper.example/z", "title": "No text", "text": "  "}', "it is empty"),
        7: (b'{"url": "https://paper.example/w", "text": "A day.", "published": "yesterday"}', "published"),
        8: (b'{"url": "https://paper.example/v", "html": "<p></p>"}', "no HTML"),
    }
    lines = [good[0], *(line for line, _ in broken.values()), good[1]]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    said = terminal("ingest", str(path))
    assert said.code == 4
    assert f"{len(lines)} records: 2 new, 0 known, {len(broken)} unreadable" in said.out
    told = said.err.split(f"{path}:")[1:]
    assert [int(one.partition(":")[0]) for one in told] == list(broken)
    for one, (_, reason) in zip(told, broken.values(), strict=True):
        assert reason in one
        assert "  why: " in one
        assert "  mend: " in one
    assert len(terminal("export", "articles").out.splitlines()) == 2


def test_a_file_of_broken_lines_alone_is_not_done_at_all(tmp_path: Path) -> None:
    said = Terminal(tmp_path)("ingest", "-", stdin=b"nonsense\nmore of it\n")
    assert said.code == 1
    assert "standard input:2" in said.err


@pytest.mark.parametrize("name", ["missing.jsonl", "missing.txt", "folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    said = Terminal(tmp_path)("ingest", str(tmp_path / name))
    assert said.code == 1
    assert f"Cannot read {tmp_path / name}" in said.err
    assert "mend: Check the name" in said.err


def test_a_missing_file_does_not_keep_the_next_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(json.dumps(KNOWN))
    said = Terminal(tmp_path)("ingest", str(tmp_path / "missing.jsonl"), str(tmp_path / "good.jsonl"))
    assert said.code == 4
    assert "1 new" in said.out


@pytest.mark.parametrize(
    "words",
    [("ingest", "--fast", "x"), ("ingest",), ("poll", "--for", "soon"), ("export", "everything"), ("sing",)],
)
def test_wrong_use_is_told_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = Terminal(tmp_path)(*words)
    assert said.code == 2
    assert "Usage: monitor" in said.err


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said = Terminal(tmp_path)("status")
    assert said.code == 78
    assert "mend: Set data_folder or database_url" in said.err


# Output ------------------------------------------------------------------------------------------------------------


def test_a_reader_of_our_output_who_has_enough_is_no_error(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal("status")
    app = App(Settings(database_url=f"sqlite:///{terminal.database}"))
    for number in range(20):
        address = f"https://paper.example/{number}"
        app.store.articles.put(Article(f"art-{number}", address, address, "", OTHER * 100, "", None, datetime.now(UTC)))
    app.close()
    process = terminal.start("export", "articles")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.wait(60)
    process.stderr.close()


def test_an_export_that_cannot_be_written_is_told_and_leaves_the_old_one(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    said = terminal("export", "articles", "--output", str(tmp_path / "nowhere" / "articles.jsonl"))
    assert said.code == 1
    assert "Cannot write" in said.err
    assert "mend: Name a file in a folder that can be written" in said.err
