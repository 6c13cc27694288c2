"""`monitor feeds …` and `monitor poll`, as somebody at a terminal gives them, against servers of all kinds."""

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from servers.scenario import Exchange, ScenarioServer
from terminal import LOOPBACK, Terminal

SECRET = "open-sesame-7"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "here", LOOPBACK)


def rss(title: str = "Tarn Post", *items: str) -> bytes:
    listed = "".join(items) or item("One", "/1") + item("Two", "/2")
    return f"<rss version='2.0'><channel><title>{title}</title><link>/</link>{listed}</channel></rss>".encode()


def item(title: str, link: str, date: str = "Mon, 02 Mar 2026 08:00:00 GMT", guid: str = "") -> str:
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link><guid>{guid or link}</guid>{dated}</item>"


def feed(server: ScenarioServer, path: str, body: bytes = b"", **headers: str) -> str:
    headers = {"content_type": "application/rss+xml", **headers}
    return server.on(path, lambda asked: asked.answer(body or rss(), **headers))


def page(server: ScenarioServer, path: str, *links: tuple[str, str]) -> str:
    tags = "".join(f"<link rel=alternate type=application/rss+xml title='{title}' href='{url}'>" for url, title in links)
    body = f"<!doctype html><html><head>{tags}</head><body>News of the day</body></html>".encode()
    return server.on(path, lambda asked: asked.answer(body, content_type="text/html"))


def listed(terminal: Terminal) -> dict[str, dict[str, Any]]:
    """Title or path of each feed → its record."""
    return {one["url"]: one for one in json.loads(terminal("feeds", "list", "--json").out)["data"]}


def test_the_address_of_a_feed_is_asked_and_added_with_its_name(terminal: Terminal, server: ScenarioServer) -> None:
    said = terminal("feeds", "add", feed(server, "/feed"))
    assert (said.code, "Tarn Post, 2 entries" in said.out) == (0, True)
    again = terminal("feeds", "add", server.url("/feed"))
    assert (again.code, again.out.split()[0]) == (0, "known")
    assert server.paths() == ["/feed"]


def test_the_address_of_a_page_adds_the_one_feed_it_announces(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/all.xml")
    said = terminal("feeds", "add", page(server, "/", ("/all.xml", "All"), ("/comments/feed", "Comments")))
    assert said.code == 0
    assert list(listed(terminal)) == [server.url("/all.xml")]
    assert "Comments" in said.err


def test_what_would_be_added_is_told_without_adding_it(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/all.xml")
    said = terminal("feeds", "add", page(server, "/", ("/all.xml", "All")), "--dry-run")
    assert (said.code, said.out.split()[:3]) == (0, ["would", "add", server.url("/all.xml")])
    assert listed(terminal) == {}


def test_of_several_feeds_none_is_taken_unless_one_is_picked(terminal: Terminal, server: ScenarioServer) -> None:
    address = page(server, "/", ("/north.xml", "North"), ("/south.xml", "South"))
    said = terminal("feeds", "add", address)
    assert (said.code, listed(terminal)) == (1, {})
    assert "North" in said.err
    assert "--pick" in said.err
    assert terminal("feeds", "add", address, "--pick", "2").code == 0
    assert list(listed(terminal)) == [server.url("/south.xml")]
    assert terminal("feeds", "add", address, "--all").code == 0
    assert len(listed(terminal)) == 2
    assert terminal("feeds", "add", address, "--pick", "3").code == 1


def test_a_page_that_announces_nothing_has_its_feed_at_a_usual_place(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/feed.xml")
    assert terminal("feeds", "add", page(server, "/news/")).code == 0
    assert list(listed(terminal)) == [server.url("/feed.xml")]


def sitemap(server: ScenarioServer, path: str, *pages: str, root: str = "urlset", part: str = "url") -> str:
    listed = "".join(
        f"<{part}><loc>{page}</loc><lastmod>2026-03-0{n}</lastmod></{part}>" for n, page in enumerate(pages, 1)
    )
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f"<{root} xmlns='{schema}'>{listed}</{root}>".encode()
    return server.on(path, lambda asked: asked.answer(body, content_type="text/xml"))


def test_a_site_without_feeds_is_read_by_the_sitemap_that_its_rules_for_robots_name(
    terminal: Terminal, server: ScenarioServer
) -> None:
    address = sitemap(server, "/news-sitemap.xml", server.url("/a"), server.url("/b"))
    rules = f"User-agent: *\nSitemap: {server.url('/pages.xml')}\nSitemap: {address}\n".encode()
    server.on("/robots.txt", lambda asked: asked.answer(rules))
    assert terminal("feeds", "add", page(server, "/")).code == 0
    assert list(listed(terminal)) == [address]


def test_an_index_of_sitemaps_is_followed_to_those_changed_last(terminal: Terminal, server: ScenarioServer) -> None:
    children = [sitemap(server, f"/part-{n}.xml", server.url(f"/story-{n}")) for n in range(1, 6)]
    address = sitemap(server, "/index.xml", *children, root="sitemapindex", part="sitemap")
    assert "3 entries" in terminal("feeds", "add", address).out
    terminal("poll", "--once", "--json")
    (one,) = listed(terminal).values()
    assert one["status"] == "ok"
    told = json.loads(terminal("feeds", "test", address, "--json").out)["data"][0]
    assert [entry["url"] for entry in told["entries"]] == [server.url(f"/story-{n}") for n in (5, 4, 3)]


def test_a_host_that_asked_to_be_left_alone_is_not_asked_by_hand_either(
    terminal: Terminal, server: ScenarioServer
) -> None:
    address = server.on("/busy", refusal(429, retry_after="3600"))
    terminal("feeds", "add", "--no-check", address)
    terminal("poll", "--once")
    said = [terminal("feeds", "test", address), terminal("feeds", "add", server.url("/other"))]
    assert [one.code for one in said] == [1, 1]
    assert "left alone until" in said[0].out + said[1].err
    assert server.paths() == ["/busy"]


def test_a_page_without_any_feed_is_not_added_unless_told_so(terminal: Terminal, server: ScenarioServer) -> None:
    address = page(server, "/")
    said = terminal("feeds", "add", address)
    assert (said.code, listed(terminal)) == (1, {})
    assert "--no-check" in said.err
    assert terminal("feeds", "add", address, "--no-check").code == 0
    assert list(listed(terminal)) == [address]


def test_what_cannot_be_reached_is_added_only_unasked_and_the_others_come_in(
    terminal: Terminal, server: ScenarioServer
) -> None:
    dead = "http://127.0.0.1:9/feed"
    said = terminal("feeds", "add", dead, feed(server, "/feed"))
    assert (said.code, list(listed(terminal))) == (4, [server.url("/feed")])
    assert "--no-check" in said.err
    many = [f"http://127.0.0.1:9/{number}" for number in range(100)]
    assert terminal("feeds", "add", "--no-check", *many).code == 0
    assert len(listed(terminal)) == 101


def test_an_address_that_is_none_is_refused(terminal: Terminal) -> None:
    for address in ("example", "ftp://a.example/feed", "http://"):
        assert terminal("feeds", "add", address).code == 1
        assert terminal("feeds", "add", address, "--no-check").code == 1


def guarded(asked: Exchange) -> None:
    if asked.headers.get("authorization") == "Basic YW5uOm9wZW4tc2VzYW1lLTc=":
        asked.answer(rss(), content_type="application/rss+xml")
    else:
        asked.answer(b"who?", 401, www_authenticate="Basic realm=x")


def test_a_feed_behind_a_password_is_read_and_the_password_is_shown_nowhere(
    terminal: Terminal, server: ScenarioServer
) -> None:
    seed = f'[[feeds]]\nurl = "https://ann:{SECRET}@seed.example/feed"\n'
    (terminal.folder / "config.toml").write_text(seed, encoding="utf-8")
    address = server.on("/paid", guarded)
    server.on("/1", lambda asked: asked.answer(b"<p>One", content_type="text/html"))
    told = [terminal("feeds", "add", address)]
    assert told[0].code == 1
    (terminal.folder / "password").write_text(f"{SECRET}\n", encoding="utf-8")
    told.append(terminal("feeds", "add", address, "--login", "ann", stdin=b"wrong\n"))
    assert told[1].code == 1
    told.append(terminal("feeds", "add", address, "--login", "ann", "--password-file", str(terminal.folder / "password")))
    assert told[2].code == 0
    with_proxy = server.url("/other").replace("http://", f"http://bob:{SECRET}@")
    told.append(terminal("feeds", "add", with_proxy, "--no-check", "--proxy", f"http://u:{SECRET}@127.0.0.1:9"))
    told.append(terminal("-vv", "poll", "--once"))
    assert told[4].code == 4
    for words in (
        ("feeds", "list"), ("feeds", "list", "--json"), ("feeds", "show", "paid"), ("feeds", "show", "other", "--json"),
        ("feeds", "show", "other"), ("feeds", "export"), ("feeds", "test", "paid", "other"), ("status",),
        ("feeds", "test", "paid", "other", "--json"), ("doctor", "--no-models", "--json"), ("status", "--json"),
        ("poll", "--json"), ("feeds", "remove", "other", "--dry-run"), ("export", "entries"), ("config", "show"),
    ):  # fmt: skip
        told.append(terminal(*words))
    assert not [said for said in told if SECRET in said.out + said.err]
    assert "ann, with a password" in "".join(said.out for said in told)


def test_a_password_may_come_by_standard_input_but_not_by_the_command_line(
    terminal: Terminal, server: ScenarioServer
) -> None:
    address = server.on("/paid", guarded)
    assert terminal("feeds", "add", address, "--login", f"ann:{SECRET}").code == 2
    assert terminal("feeds", "add", address, "--login", "ann", stdin=f"{SECRET}\n".encode()).code == 0


def test_a_password_does_not_follow_to_the_feed_of_another_host(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/feed")
    elsewhere = server.url("/feed", host="127.0.0.2")
    address = page(server, "/", (elsewhere, "All"))
    assert terminal("feeds", "add", address, "--login", "ann", stdin=f"{SECRET}\n".encode()).code == 0
    assert listed(terminal)[elsewhere]["has_login"] is False


def test_a_known_feed_gets_a_login_when_it_is_added_again(terminal: Terminal, server: ScenarioServer) -> None:
    address = server.on("/paid", guarded)
    assert terminal("feeds", "add", address, "--no-check").code == 0
    terminal("poll", "--once")
    assert listed(terminal)[address]["condition"] == "login"
    assert terminal("feeds", "add", address, "--login", "ann", stdin=f"{SECRET}\n".encode()).code == 0
    terminal("poll", "--once")
    assert listed(terminal)[address]["condition"] in ("reading", "stale")


def refusal(status: int, **headers: str) -> Any:
    return lambda asked: asked.answer(b"<html>no</html>", status, content_type="text/html", **headers)


CAUSES = {
    "gone": refusal(410),
    "wall": refusal(403, cf_mitigated="challenge"),
    "page": lambda asked: asked.answer(b"<!doctype html><html><body>Hello", content_type="text/html"),
    "not_found": refusal(404),
    "astray": lambda asked: asked.redirect("/astray", 301),
    "login": refusal(401),
    "forbidden": refusal(403),
    "unreadable": lambda asked: asked.answer(b"<rss><channel><<", content_type="text/xml"),
    "server": refusal(500),
}


def test_feeds_are_listed_by_cause_those_that_need_a_look_first(terminal: Terminal, server: ScenarioServer) -> None:
    addresses = [server.on(f"/{cause}", scenario) for cause, scenario in CAUSES.items()]
    addresses += [feed(server, "/well"), "http://127.0.0.1:9/unreachable"]
    assert terminal("feeds", "add", "--no-check", *addresses).code == 0
    assert terminal("poll", "--once").code == 4
    found = json.loads(terminal("feeds", "list", "--json").out)["data"]
    conditions = [one["condition"] for one in found]
    assert conditions[-1] in ("reading", "stale")
    assert set(conditions[:-1]) == {*CAUSES, "unreachable"}
    for one in found[:-1]:
        assert one["url"].rpartition("/")[2] == one["condition"]
        assert one["said"]
        assert one["mend"]
    table = terminal("feeds", "list").out
    assert "blocked by a bot wall" in table
    shown = terminal("feeds", "show", "wall").out
    assert "Cloudflare" in shown
    assert "blocked by a bot wall" in shown
    told = terminal("status").out
    assert all(one["said"] in told for one in found[:-1])
    issue = " ".join(terminal("digest", "preview", "--to", "reader@example.org").out.split())
    assert all(one["said"] in issue for one in found[:-1])


def test_a_feed_that_fell_silent_is_stale(terminal: Terminal, server: ScenarioServer) -> None:
    items = [item(f"Story {day}", f"/{day}", f"{day:02d} Mar 2020 08:00:00 GMT") for day in range(1, 20)]
    terminal("feeds", "add", feed(server, "/quiet", rss("Quiet", *items)))
    terminal("feeds", "add", feed(server, "/quiet", rss("Quiet", *items)))
    polled = terminal("poll", "--once")
    assert polled.code in (0, 4)
    (one,) = json.loads(terminal("feeds", "list", "--unwell", "--json").out)["data"]
    assert one["condition"] == "stale"


def test_one_feed_tells_its_addresses_and_what_came_back(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/new", etag='"1"')
    address = server.on("/old", lambda asked: asked.redirect("/new", 301))
    terminal("feeds", "add", address, "--title", "Moving Post")
    terminal("poll", "--once")
    shown = json.loads(terminal("feeds", "show", "moving", "--json").out)["data"]
    assert (shown["url"], shown["condition"]) == (address, "moved")
    assert shown["fetches"][0]["status"] == "ok"
    assert shown["entries_last_week"] == 0
    said = terminal("feeds", "show", "Moving Post").out
    assert "next poll" in said
    assert server.url("/new") in said


def test_a_trial_tells_what_came_and_keeps_nothing(terminal: Terminal, server: ScenarioServer) -> None:
    items = [item("Zoneless", "/1", "2026-03-02 08:00"), item("Dateless", "/2", ""), item("Twin", "/3", guid="/2")]
    feed(server, "/new", rss("Odd Post", *items).replace(b"<link>/</link>", b"<link>/</link><ttl>90</ttl>"))
    address = server.on("/old", lambda asked: asked.redirect("/new"))
    said = terminal("feeds", "test", address)
    assert said.code == 0
    for part in (
        "302 →",
        "Odd Post, 3 entries",
        "Zoneless",
        "ttl of the feed: 90 min",
        "next poll",
        "neither ETag",
        "zone",
    ):
        assert part in said.out, part
    assert listed(terminal) == {}
    assert terminal("feeds", "test", address, "http://127.0.0.1:9/").code == 4
    record = json.loads(terminal("feeds", "test", page(server, "/"), "--json").out)["data"][0]
    assert record["condition"] == "page"


def test_a_list_is_looked_through_before_it_is_added(terminal: Terminal, server: ScenarioServer) -> None:
    feed(server, "/new")
    known, fresh = feed(server, "/known"), feed(server, "/fresh")
    moved = server.on("/moved", lambda asked: asked.redirect("/new", 301))
    dead = server.on("/dead", refusal(404))
    terminal("feeds", "add", known)
    outlines = "".join(
        f"<outline text='{url[-5:]}' xmlUrl='{url}'/>" for url in (known, fresh, fresh, moved, dead, "x:y")
    )
    path = terminal.folder / "subs.opml"
    path.write_text(f"<opml version='2.0'><body><outline text='All'>{outlines}</outline></body></opml>", encoding="utf-8")
    plain = terminal("feeds", "import", str(path), "--dry-run")
    assert "3 would be new" in plain.err
    assert server.paths() == ["/known"]
    checked = terminal("feeds", "import", str(path), "--dry-run", "--check", "--json")
    states = {one["url"]: (one["state"], one["moved_to"]) for one in json.loads(checked.out)["data"]}
    assert states == {
        known: ("known", None), fresh: ("new", None), moved: ("moved", server.url("/new")), dead: ("not found", None),
    }  # fmt: skip
    assert checked.code == 4
    assert "the same as line" in checked.err
    assert list(listed(terminal)) == [known]
    assert terminal("feeds", "import", str(path), "--check").code == 4
    assert set(listed(terminal)) == {known, fresh, server.url("/new")}


def test_a_hostile_or_wrong_list_is_refused_with_the_reason(terminal: Terminal) -> None:
    bomb = b"<!DOCTYPE o [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><opml><body><outline xmlUrl='&b;'/></body></opml>"
    for body, why in ((bomb, "entities"), (b"<html><p>Sign in</html>", "not OPML"), (b"\x00\x01", "no http address")):
        said = terminal("feeds", "import", "-", stdin=body)
        assert said.code == 1
        assert why in said.err
    assert terminal("feeds", "import", str(terminal.folder / "nowhere.opml")).code == 1
    assert terminal("feeds", "import", str(terminal.folder)).code == 1


def test_what_is_exported_is_what_is_imported_elsewhere(terminal: Terminal, tmp_path: Path) -> None:
    addresses = ["https://tarn.example/feed?a=1&b=2", "https://orrin.example/söhne.xml", "http://mire.example/"]
    terminal("feeds", "add", "--no-check", *addresses)
    exported = terminal("feeds", "export").out
    other = Terminal(tmp_path / "there", LOOPBACK)
    assert other("feeds", "import", "-", stdin=exported.encode()).code == 0
    assert set(listed(other)) == set(listed(terminal)) == set(addresses)


def test_named_feeds_alone_are_polled(terminal: Terminal, server: ScenarioServer) -> None:
    empty = feed(server, "/north", b"<rss version='2.0'><channel><title>North</title></channel></rss>")
    terminal("feeds", "add", "--no-check", empty, server.on("/south", refusal(500)))
    north, south = terminal("poll", "north"), terminal("poll", "south", "--json")
    assert (north.code, south.code) == (0, 1)
    assert [path for path in server.paths() if path in ("/north", "/south")] == ["/north", "/south"]
    (failed,) = json.loads(south.out)["data"]["failed"]
    assert (failed["condition"], failed["url"]) == ("server", server.url("/south"))
    assert terminal("poll", "nowhere").code == 1
    assert terminal("poll").code == 4


def test_feeds_are_paused_resumed_and_removed_by_name(terminal: Terminal, server: ScenarioServer) -> None:
    terminal("feeds", "add", "--no-check", server.url("/north"), server.url("/south"))
    assert terminal("feeds", "pause", "north", "south").code == 0
    assert {one["condition"] for one in listed(terminal).values()} == {"paused"}
    assert terminal("feeds", "resume", "north").code == 0
    assert listed(terminal)[server.url("/north")]["condition"] == "waiting"
    assert "would remove" in terminal("feeds", "remove", "south", "--dry-run").out
    assert terminal("feeds", "remove", "south", "--yes").code == 0
    assert list(listed(terminal)) == [server.url("/north")]


def test_a_poll_shows_on_a_terminal_how_far_it_is(terminal: Terminal, server: ScenarioServer) -> None:
    terminal("feeds", "add", "--no-check", *(feed(server, f"/{number}") for number in range(3)))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "monitor", "poll", "--once", "--no-walk"]
    environ = {**terminal.environ(), "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=terminal.folder, env=environ, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # a terminal ends with an error when the last who writes on it is gone
            while piece := os.read(ours, 4096):
                seen += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"asking feeds" in seen
    assert b"3/3" in seen
