"""A page that changes, opens or closes while the commands are given, asked over HTTP as the service asks it."""

import json
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from servers.scenario import Exchange, ScenarioServer, scenario_server
from terminal import LOOPBACK, Terminal
from walking import pdf

EVERY_SECOND = ",".join(f"{second / 3600:.7f}" for second in range(1, 900))
WALL = """<html><head><title>Panes</title></head><body><div id="sp_message_container_1"><h1>We value your privacy</h1>
<p>We and our partners store and access information on your device.</p><button>Accept all</button>
<button>Reject all</button></div></body></html>"""


class Paper:
    """A paper with one story. `story`: the page as it is now; `validated`: requests that asked whether it changed."""

    def __init__(self, server: ScenarioServer) -> None:
        self.server, self.story, self.validated = server, page(40), 0
        server.on("/feed", lambda exchange: exchange.answer(self._feed(), content_type="application/rss+xml"))
        server.on("/glass", self._answer)

    def _feed(self) -> bytes:
        told = (
            "Orrin Glass sold 38 tonnes of panes in April 2026, the company said on Monday, more than in any April since "
            "the works by the river were built."
        )
        item = f"<title>Panes</title><link>{self.server.url('/glass')}</link><description>{told}</description>"
        return f'<rss version="2.0"><channel><title>Tarn Post</title><item>{item}</item></channel></rss>'.encode()

    def _answer(self, exchange: Exchange) -> None:
        tag = f'"{sha256(self.story.encode()).hexdigest()[:12]}"'
        self.validated += "if-none-match" in exchange.headers
        if exchange.headers.get("if-none-match") == tag:
            exchange.answer(status=304, etag=tag)
        else:
            exchange.answer(self.story.encode(), content_type="text/html; charset=utf-8", etag=tag)


def page(tonnes: int, *, comments: int = 3) -> str:
    return (
        "<html><head><title>Panes</title></head><body><article><h1>Panes</h1>"
        f"<p>Orrin Glass sold about {tonnes} tonnes of panes in April 2026, the company said on Monday.</p>"
        "<p>The works by the river have been making panes for the windows of the town since the old days.</p>"
        f"<p>{comments} comments</p><p>Posted {comments} hours ago</p></article></body></html>"
    )


@pytest.fixture
def paper() -> Iterator[Paper]:
    with scenario_server() as server:
        yield Paper(server)


@pytest.fixture
def terminal(paper: Paper, tmp_path: Path) -> Terminal:
    visits = {"MONITOR_FETCH__REVISIT_HOURS": EVERY_SECOND, "MONITOR_FETCH__CLOSED_PAGE_HOURS": EVERY_SECOND}
    terminal = Terminal(tmp_path, LOOPBACK | visits)
    assert terminal("feeds", "add", paper.server.url("/feed")).code == 0
    return terminal


def poll(terminal: Terminal) -> None:
    time.sleep(1.1)  # so that a visit is due
    said = terminal("poll", "--once")
    assert said.code == 0, said.err


def articles(terminal: Terminal) -> list[dict[str, str]]:
    lines = [json.loads(line) for line in terminal("export", "articles").out.splitlines()]
    return sorted(lines, key=lambda line: line["version"])


def claims(terminal: Terminal) -> dict[int, str]:
    lines = [json.loads(line) for line in terminal("export", "claims").out.splitlines()]
    return {line["value"]: line["status"] for line in lines if line["unit"] == "tonne"}


def test_a_silent_correction_of_a_page_is_a_new_version(paper: Paper, terminal: Terminal) -> None:
    poll(terminal)
    assert claims(terminal) == {40: "current"}
    paper.story = page(40, comments=7)
    poll(terminal)
    assert len(articles(terminal)) == 1
    paper.story = page(14)
    poll(terminal)
    old, new = articles(terminal)
    assert ("about 40 tonnes" in old["text"], "about 14 tonnes" in new["text"]) == (True, True)
    assert new["updated"]
    assert claims(terminal) == {40: "superseded", 14: "current"}
    relations = {json.loads(line)["relation"] for line in terminal("export", "relations").out.splitlines()}
    assert relations - {"agrees"} == {"updates"}
    validated = paper.validated
    poll(terminal)
    assert paper.validated > validated
    assert len(articles(terminal)) == 2


def test_a_wall_that_opens_gives_way_to_the_text(paper: Paper, terminal: Terminal) -> None:
    paper.story = WALL
    poll(terminal)
    [excerpt] = articles(terminal)
    assert (excerpt["basis"], excerpt["label"]) == ("summary", "consent")
    assert excerpt["label_reason"]
    assert claims(terminal) == {38: "current"}
    assert "1 rest on what feeds carry (1 a request for consent)" in terminal("status").out
    assert "a request for consent" in terminal("feeds", "show", paper.server.url("/feed")).out
    paper.story = page(40)
    poll(terminal)
    assert [one["basis"] for one in articles(terminal)] == ["summary", "page"]
    assert claims(terminal) == {38: "superseded", 40: "current"}
    assert terminal("export", "relations").out == ""
    assert "rest on what feeds carry" not in terminal("status").out


def test_the_status_tells_what_is_kept_and_not_read(paper: Paper, terminal: Terminal) -> None:
    paper.story = (
        "<html><head><title>Glas</title></head><body><article><h1>Glas</h1><p>Die Glashütte am Fluss hat im vergangenen "
        "Jahr 40 Tonnen Scheiben verkauft, so viele wie seit zehn Jahren nicht mehr, teilte das Unternehmen mit.</p>"
        "<p>Vor allem die Nachfrage aus dem Ausland sei gestiegen, während der Absatz in der Heimat zurückging.</p>"
        "</article></body></html>"
    )
    poll(terminal)
    assert [one["language"] for one in articles(terminal)] == ["de"]
    assert claims(terminal) == {}
    assert "1 in languages that are not read (1 de)" in terminal("status").out
    told = json.loads(terminal("feeds", "show", paper.server.url("/feed"), "--json").out)["data"]
    assert (told["articles"], told["unread"], told["excerpts"]) == (1, {"de": 1}, {})


def test_pages_and_pdfs_that_are_files_are_read_too(tmp_path: Path) -> None:
    here = Terminal(tmp_path)
    (tmp_path / "panes.html").write_bytes(page(40).replace("<head>", '<head><meta charset="cp1252">').encode("cp1252"))
    told = (
        "Orrin Glass sold about 41 tonnes of panes in May 2026, the company said on Monday,",
        "and it was glad of it.",
    )
    (tmp_path / "report.pdf").write_bytes(pdf(*told))
    (tmp_path / "wall.html").write_text(WALL)
    said = here("ingest", *(str(tmp_path / name) for name in ("panes.html", "report.pdf", "wall.html")))
    assert said.code == 4
    assert "a request for consent" in said.err
    assert claims(here) == {40: "current", 41: "current"}
    assert "41 tonnes" in here("extract", str(tmp_path / "report.pdf")).out
