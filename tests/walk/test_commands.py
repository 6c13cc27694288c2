"""The commands together, as somebody at a terminal gives them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Terminal

HEAVY = ("torch", "spacy", "sqlalchemy", "sentence_transformers", "httpx", "fastapi", "trafilatura")
OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Papers">
<outline type="rss" text="Tarn Post" xmlUrl="https://tarn.example/feed"/>
<outline type="rss" text="Orrin &amp; Co" xmlUrl="https://orrin.example/feed?a=1&amp;b=2"/></outline></body></opml>"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "here")


def imported_by(terminal: Terminal, *words: str) -> set[str]:
    """Which heavy libraries a command imports."""
    code = (
        "import sys; from monitor.cli.main import run; run(sys.argv[1:]); "
        f"print('\\n'.join(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=terminal.environ())
    return set(done.stderr.split()) & set(HEAVY)


@pytest.mark.parametrize("words", [("--help",), ("ingest", "--help"), ("run", "--help")], ids=" ".join)
def test_help_loads_nothing_heavy(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert imported_by(terminal, *words) == set()


def test_feeds_are_listed_without_a_language_model(terminal: Terminal) -> None:
    assert imported_by(terminal, "feeds", "list") == {"sqlalchemy"}


def test_every_command_says_how_it_is_used(terminal: Terminal) -> None:
    said = terminal("--help")
    assert (said.code, "Exit codes: 0 done" in said.out) == (0, True)
    names = [line.split()[0] for line in said.out.partition("Commands:")[2].splitlines() if line.strip()]
    assert {"run", "ingest", "export", "poll", "feeds", "digest", "demo", "doctor"} <= set(names)
    for name in names:
        assert terminal(name, "--help").code == 0


def test_feeds_come_and_go(terminal: Terminal) -> None:
    (terminal.folder / "subs.opml").write_text(OPML, encoding="utf-8")
    path = str(terminal.folder / "subs.opml")
    tried = terminal("feeds", "import", path, "--dry-run")
    assert "2 would be new" in tried.err
    assert terminal("feeds", "list", "--json").out.count('"url"') == 0
    assert "2 new" in terminal("feeds", "import", path).err
    assert "0 new" in terminal("feeds", "import", path).err
    exported = terminal("feeds", "export").out
    assert 'xmlUrl="https://orrin.example/feed?a=1&amp;b=2"' in exported
    assert terminal("feeds", "pause", "orrin").code == 0
    paused = {feed["url"]: feed["paused"] for feed in json.loads(terminal("feeds", "list", "--json").out)["data"]}
    assert paused == {"https://tarn.example/feed": False, "https://orrin.example/feed?a=1&b=2": True}
    assert terminal("feeds", "remove", "tarn.example", "--yes").code == 0
    assert terminal("feeds", "show", "tarn.example").code == 1


def test_a_removed_seed_stays_removed(terminal: Terminal) -> None:
    seed = '[[feeds]]\nurl = "https://tarn.example/feed"\n'
    (terminal.folder / "config.toml").write_text(seed, encoding="utf-8")
    assert "tarn.example" in terminal("feeds", "list").out
    terminal("feeds", "remove", "tarn.example", "--yes")
    assert "tarn.example" not in terminal("feeds", "list").out


def test_subscribers_come_and_go(terminal: Terminal) -> None:
    added = terminal("subscribers", "add", "reader@example.org", "--zone", "Europe/Berlin", "--at", "06:30")
    assert "06:30 Europe/Berlin" in added.out
    assert terminal("subscribers", "add", "reader@example.org", "--zone", "Mars/Base").code == 1
    assert terminal("subscribers", "add", "no address").code == 1
    assert terminal("subscribers", "remove", "reader@example.org").code == 0
    (reader,) = json.loads(terminal("subscribers", "list", "--json").out)["data"]
    assert (reader["address"], reader["active"]) == ("reader@example.org", False)


def test_claims_of_others_are_related_without_storing_anything(terminal: Terminal) -> None:
    def told(number: int, tonnes: int) -> str:
        quote = f"Orrin Glass sold {tonnes} tonnes of panes."
        start = quote.index(str(tonnes))
        end = start + len(f"{tonnes} tonnes")
        claim = {
            "id": f"c{number}", "quote": quote, "start": 0, "end": len(quote), "span": quote[start:end],
            "span_start": start, "span_end": end, "subject": "Orrin Glass", "metric": "sales of panes",
            "value": tonnes, "unit": "tonne", "time": "2026-04", "origin": f"o{number}",
            "article": {"url": f"https://p{number}.example/a", "publisher": f"Paper {number}",
                        "published": f"2026-05-0{number}T08:00:00Z"},
        }  # fmt: skip
        return json.dumps(claim) + "\n"

    said = terminal("relate", "-", stdin=(told(1, 40) + "broken\n" + told(2, 95)).encode())
    assert said.code == 4
    (relation,) = [json.loads(line) for line in said.out.splitlines()]
    assert (relation["a"], relation["b"], relation["relation"]) == ("c1", "c2", "contradicts")
    assert not terminal.database.exists()


def test_what_other_claims_quote_of_an_article_says_what_a_claim_leaves_open(terminal: Terminal) -> None:
    def told(number: int, quote: str, start: int, span: str, metric: str, paper: int) -> str:
        at = start + quote.index(span)
        claim = {
            "id": f"c{number}", "quote": quote, "start": start, "end": start + len(quote), "span": span,
            "span_start": at, "span_end": at + len(span), "subject": "Orrin Glass", "metric": metric,
            "value": int(span.partition(" ")[0]), "unit": "percent", "time": "2026-04", "time_text": "in April",
            "origin": f"o{paper}", "article": {"url": f"https://p{paper}.example/a", "publisher": f"Paper {paper}",
                                               "published": f"2026-05-0{paper}T08:00:00Z"},
        }  # fmt: skip
        return json.dumps(claim) + "\n"

    named = told(1, "The bottle furnace of Orrin Glass had a yield of 40 percent.", 0, "40 percent", "furnace yield", 1)
    opening = told(2, "Orrin Glass lit its furnace 12 percent later.", 0, "12 percent", "delay", 2)
    bare = told(3, "The yield of Orrin Glass was 71 percent.", 60, "71 percent", "yield", 2)
    assert "contradicts" not in terminal("relate", "-", stdin=(named + bare).encode()).out
    assert "contradicts" in terminal("relate", "-", stdin=(named + opening + bare).encode()).out


def test_a_text_is_read_without_storing_anything(terminal: Terminal) -> None:
    said = terminal("extract", "-", "--jsonl", stdin=b"Orrin Glass sold about 40 tonnes of panes in April 2026.")
    assert said.code == 0
    spans = [json.loads(line)["span"] for line in said.out.splitlines()]
    assert "about 40 tonnes" in spans
    assert json.loads(terminal("claims", "list", "--json").out)["data"] == []


def test_what_gave_each_field_is_told_on_request(terminal: Terminal) -> None:
    text = b"Orrin Glass sold about 40 tonnes of panes in April 2026."
    (one,) = json.loads(terminal("extract", "-", "--explain", "--json", stdin=text).out)["data"]
    assert one["explain"]["unit"] == {"rule": "unit", "why": "the unit beside the number", "cue": "tonnes"}
    assert one["explain"]["subject"]["cue"] == "Orrin Glass"
    assert "explain" not in json.loads(terminal("extract", "-", "--jsonl", stdin=text).out.splitlines()[0])
    shown = terminal("extract", "-", "--explain", stdin=text).out
    assert "unit\ttonne\t“tonnes”\tthe unit beside the number" in shown
    assert "\x1b[" not in shown


def test_nothing_found_is_3_only_where_asked_for(terminal: Terminal) -> None:
    assert terminal("search", "panes").code == 0
    assert terminal("search", "panes", "--exit-empty").code == 3


def test_settings_show_where_they_come_from_and_hide_secrets(terminal: Terminal) -> None:
    config = "[smtp]\npassword = 'open sesame'\n[web]\nport = 8099\n[fetch]\nproxy = 'http://me:sesame@127.0.0.1:8118'\n"
    (terminal.folder / "config.toml").write_text(config, encoding="utf-8")
    said = terminal("config", "show", "--origin")
    assert "sesame" not in said.out
    assert f"web.port = 8099   # {terminal.folder / 'config.toml'}" in said.out


def test_a_first_configuration_is_written_once(terminal: Terminal) -> None:
    path = terminal.folder / "new" / "config.toml"
    assert terminal("init", "--config", str(path)).code == 0
    path.write_text(path.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    assert "Kept" in terminal("init", "--config", str(path)).err
    assert path.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_unit_for_the_machine_names_this_program_and_its_data(terminal: Terminal) -> None:
    unit = terminal("service", "print").out
    assert "monitor run" in unit
    assert f"ReadWritePaths={terminal.folder / 'data'}" in unit


def test_claims_are_sorted_by_worth_on_request(terminal: Terminal) -> None:
    text = "The fire at Orrin Glass killed 12 people on Monday. They asked 900 readers in a survey."
    line = {"url": "https://post.example/1", "title": "Fire at Orrin Glass", "publisher": "Tarn Post", "text": text}
    path = terminal.folder / "articles.jsonl"
    path.write_text(json.dumps(line | {"published": "2026-04-07T08:00:00Z"}) + "\n", encoding="utf-8")
    assert terminal("ingest", str(path)).code == 0
    listed = json.loads(terminal("claims", "list", "--sort", "worth", "--json").out)["data"]
    found = json.loads(terminal("search", "--sort", "worth", "state:any", "--json").out)["data"]
    worths = [one["worth"] for one in listed]
    assert len(worths) > 1
    assert worths == sorted(worths, reverse=True)
    assert [one["id"] for one in found] == [one["id"] for one in listed]
    assert "12" in listed[0]["span"]
    assert f"worth {worths[0]:.2f}" in terminal("search", "state:any", "--sort", "worth").out
    assert f"worth {worths[0]:.2f}" in terminal("claims", "show", listed[0]["id"]).out
    assert "less: words of how it was found out" in terminal("extract", "-", "--explain", stdin=text.encode()).out
