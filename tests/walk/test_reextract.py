"""Articles read again by another version: what it would change is told first; what people decided stays."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from terminal import Terminal
from test_any_order import read
from test_deciding import FEWER, JOBS, claim_of, dispute_of, letters, question_of, tell
from walking import World

from monitor.domain.article import Article, Reading
from monitor.domain.claim import ClaimStatus
from monitor.domain.dispute import DisputeState
from monitor.pipeline.deciding import Deciding
from monitor.pipeline.edges import Edges
from monitor.pipeline.reread import differences, read_again
from monitor.tasks.inline import drain


def read_by(version: str, **changes: str):  # type: ignore[no-untyped-def]
    """A reader that signs its claims, and reads these fields otherwise."""

    def read_all(articles: Sequence[Article]) -> list[Reading | Exception]:
        return [
            replace(one, claims=tuple(replace(c, reader=version, **changes) for c in one.claims))
            for one in read(articles)
        ]  # type: ignore[arg-type, union-attr]

    return read_all


@pytest.fixture
def old(world: World) -> Edges:
    edges = replace(world.edges, read=read_by("1"))
    tell(edges, JOBS, FEWER)
    return edges


def test_articles_of_another_version_are_found(old: Edges) -> None:
    assert old.store.articles.read_otherwise("1") == []
    assert len(old.store.articles.read_otherwise("2")) == 2


def test_what_would_change_is_told_and_nothing_is_stored(old: Edges) -> None:
    newer = replace(old, read=read_by("2", metric="posts"))
    told = list(differences(newer, old.store.articles.read_otherwise("2")))
    assert [[names for _, _, names in one.changed] for one in told] == [[("metric",)], [("metric",)]]
    assert {one.metric for one in old.store.claims.all()} == {"jobs"}
    assert list(differences(replace(old, read=read_by("2")), old.store.articles.read_otherwise("2"))) == []


def test_a_newer_version_takes_the_place_of_the_older_and_what_people_decided_stays(old: Edges) -> None:
    Deciding(old).judge(dispute_of(old, "f").id, DisputeState.EXPLAINED, "different scope", by="ann")
    before, numbered = question_of(old, "f").id, old.store.events.since(0)[-1].number
    newer = replace(old, read=read_by("2"))
    assert read_again(newer, old.store.articles.read_otherwise("2")) == 2
    drain(newer)
    assert {one.reader for one in old.store.claims.all()} == {"2"}
    assert (letters(old), question_of(old, "f").id) == (["fg"], before)
    assert dispute_of(old, "f").state is DisputeState.EXPLAINED
    assert old.store.events.since(numbered) == []  # nothing that a reader of the digest would want to hear of


def test_a_rejected_claim_stays_rejected_when_its_article_is_read_again(old: Edges) -> None:
    Deciding(old).reject(claim_of(old, "g"), by="ann", note="Of another works.")
    newer = replace(old, read=read_by("2", metric="posts"))
    read_again(newer, old.store.articles.read_otherwise("2"))
    drain(newer)
    (claim,) = old.store.claims.get([claim_of(old, "g")])
    assert (claim.metric, claim.status) == ("posts", ClaimStatus.REJECTED)


def test_articles_since_a_day_are_read_again_whoever_read_them(old: Edges) -> None:
    day = old.store.articles.get(old.store.articles.read_otherwise("2"))[0].published
    assert day is not None
    assert len(old.store.articles.since(day)) == 2
    assert old.store.articles.since(day.replace(year=day.year + 1)) == []


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "here")
    row = {"url": "https://tide.example/a", "publisher": "Tide", "title": "Orford", "language": "en",
           "published": "2026-03-02T08:00:00+00:00", "text": "The Orford paper mill employs 420 people."}  # fmt: skip
    assert terminal("ingest", "-", stdin=json.dumps(row).encode()).code == 0
    assert "0 articles: 0 claims added" in terminal("reextract", "--compare-version").err
    assert "1 articles: 0 claims added" in terminal("reextract", "--since", "2026-03-01", "--compare-version").err
    assert terminal("reextract", "--since", "2026-03-01").out == "1 articles read again\n"
    assert terminal("reextract", "--article", "art-none").code == 1
