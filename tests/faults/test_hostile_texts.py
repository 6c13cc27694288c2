"""Texts made to keep the reader busy, to fill its memory or to break it: read or refused, and the next is read."""

import json
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from terminal import Terminal

from monitor import assets
from monitor.app import App
from monitor.app.parts import build_reader
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.nlp.claims import Reader
from monitor.settings import Settings

MIB = 2**20
WORDS = re.findall(
    r"\S+", "the mill at Ostrow sold about 40 tonnes for $3.5 million, he said, and output rose 12 percent to"
)
MARKS = [*list('1%()"–-€|\n•…½\u202é'), "2.5", "\n\n", "١٢"]
PIECES = [*WORDS, *MARKS]


def hostile() -> Iterator[tuple[str, str]]:
    chance = random.Random(3)
    yield "ten megabytes of digits", "".join(chance.choices("0123456789", k=10_000_000))
    yield "nested brackets", "(" * 100_000 + "3 tonnes" + ")" * 100_000
    yield "a sentence of a megabyte", " ".join(chance.choices(WORDS, k=220_000))
    yield "a sentence without an end", " ".join(chance.choices(WORDS, k=2_000))
    yield "right to left", "".join(f"\u202e{n} percent\u202c of \u05d0\u05d1 rose ١{n} percent. " for n in range(60))
    yield "combining marks", "".join(f"{n}" + "\u0301" * 500 + " percent rose. " for n in range(200))
    yield "half characters", "".join(f"Output rose \ud800{n} percent \udfff to 3 million tonnes. " for n in range(60))
    yield "a table without an end", "\n".join(f"mill {n} | {n * 7} | {n * 3}" for n in range(100))
    yield "quotes in quotes", "".join(f'"{n} tonnes "' for n in range(100))
    yield "number words", " ".join(chance.choices(["one", "hundred", "five", "million", "and", "half"], k=1_000))


def test_hostile_texts_are_read_or_refused_with_the_reason_within_memory(tmp_path: Path) -> None:
    texts = dict(hostile())
    lines = [
        {"url": f"https://paper.example/{number}", "title": name, "publisher": "The Paper", "text": text}
        for number, (name, text) in enumerate(texts.items())
    ]
    sane = "The mill at Ostrow sold 41 tonnes of rye in May, the council said."
    lines.append({"url": "https://paper.example/sane", "title": "Rye", "publisher": "The Paper", "text": sane})
    terminal = Terminal(tmp_path)
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    process, peak = terminal.start("ingest", str(path)), 0
    with ThreadPoolExecutor(1) as waiting:
        said = waiting.submit(process.communicate)
        while not said.done():
            with suppress(psutil.NoSuchProcess):
                peak = max(peak, psutil.Process(process.pid).memory_info().rss)
            time.sleep(0.1)
    printed, told = said.result()
    assert process.returncode == 4, told
    assert "10,000,000 characters, more than" in told
    assert "half of a surrogate pair" in told
    assert "Traceback" not in told
    assert "8 new, 0 known, 3 unreadable" in printed
    assert 0 < peak < 1536 * MIB
    claims = [json.loads(line) for line in terminal("export", "claims").out.splitlines()]
    assert any(claim["quote"] == sane for claim in claims)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    app = App(Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('hostile')}/unused.db"))
    yield build_reader(assets.models(), app.settings.models.pipeline, (), app.units)
    app.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60).map(" ".join),
    title=st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
)
def test_whatever_is_read_every_claim_stands_where_it_says(reader: Reader, text: str, title: str) -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    url = "https://paper.example/1"
    [reading] = reader.read([Article("art-1", url, url, title, text, "The Paper", moment, moment)])
    for claim in reading.claims:
        evidence, told = claim.evidence, title if claim.evidence.where is Where.TITLE else text
        assert told[evidence.start : evidence.end] == evidence.quote
        assert told[evidence.span_start : evidence.span_end] == evidence.span
        assert evidence.start <= evidence.span_start < evidence.span_end <= evidence.end
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
