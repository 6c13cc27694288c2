"""The walk on saved feeds and pages: what is polled, fetched, read, filed and compared, and what errors do to it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from servers.postgres import Postgres
from walking import FEED, PAGE, World, add_feed, lines, page, read_tonnes, rss

from monitor import assets
from monitor.domain.article import Article, Reading
from monitor.domain.work import WorkState
from monitor.errors import AssetsWrong, FetchFailed
from monitor.pipeline.edges import Edges, Limits
from monitor.pipeline.ingest import Intake
from monitor.pipeline.settled import Settled
from monitor.pipeline.walk import WALK, Step, run_step
from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.upgrade import upgrade
from monitor.tasks.inline import drain


def test_an_entry_becomes_an_article_with_claims_on_questions(world: World) -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE + "?utm_source=feed", "Orrin", "Short.")), PAGE + "?utm_source=feed": page(40)}
    world.poll()
    (article,) = world.store.articles.all()
    assert (article.canonical_url, article.publisher) == (PAGE, "Example Post")
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-04T07:00:00+02:00"
    (claim,) = world.store.claims.all()
    assert claim.question_id is not None
    (entry,) = world.store.entries.all()
    assert entry.article_id == article.id


def test_a_second_poll_of_nothing_new_changes_nothing(world: World) -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE, "Orrin", "Short.")), PAGE: page(40)}
    world.poll()
    before = lines(world)
    world.later(hours=1)
    world.poll()
    assert lines(world) == before
    assert world.web.asked.count(PAGE) == 1
    assert world.store.feeds.list()[0].status == "not_modified"


def test_a_changed_entry_brings_a_new_version_and_supersedes_the_old_claims(world: World) -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE, "Orrin", "Short.")), PAGE: page(40)}
    world.poll()
    world.later(hours=2)
    world.web.answers = {FEED: rss((PAGE, "Orrin (corrected)", "Short.")), PAGE: page(14)}
    world.poll()
    versions = world.store.articles.by_url(PAGE)
    assert [(one.version, one.is_latest) for one in versions] == [(1, False), (2, True)]
    status = {str(claim.quantity.value): claim.status.value for claim in world.store.claims.all()}
    assert status == {"40": "superseded", "14": "current"}


def test_a_page_that_is_gone_is_replaced_by_what_the_feed_carries(world: World) -> None:
    add_feed(world)
    text = "<p>Orrin sold 7 tonnes of glass.</p><p>That is all there is to say of it today.</p>"
    world.web.answers = {FEED: rss((PAGE, "Orrin", "Short."), content=text)}
    world.poll()
    (article,) = world.store.articles.all()
    assert article.text.startswith("Orrin sold 7 tonnes of glass.")


def test_a_page_that_fails_for_now_is_tried_later_and_then_set_aside(world: World) -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE, "Orrin", "Short.")), PAGE: _down()}
    world.poll()
    assert world.store.work.count("entry")[WorkState.WAITING] == 1
    for _ in range(8):
        world.later(days=1)
        drain(world.edges)
    (aside,) = world.store.work.list_set_aside(5)
    assert "the server is down" in aside.why


def test_a_page_that_comes_back_is_read(world: World) -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE, "Orrin", "Short.")), PAGE: _down()}
    world.poll()
    world.web.answers[PAGE] = page(40)
    world.later(hours=1)
    drain(world.edges)
    assert [article.canonical_url for article in world.store.articles.all()] == [PAGE]


def _down() -> FetchFailed:
    return FetchFailed("Cannot fetch", why="the server is down", mend="Wait.", status=503)


@pytest.mark.parametrize(
    "body", ["", "<html><body>Welcome</body></html>", '{"a": 1}', "<rss><channel><item><title>cut"], ids=str
)
def test_one_bad_feed_leaves_the_others_alone(world: World, body: str) -> None:
    bad = add_feed(world, "https://bad.example/feed")
    add_feed(world)
    world.web.answers = {bad.url: body, FEED: rss((PAGE, "Orrin", "Short.")), PAGE: page(40)}
    world.poll()
    assert len(list(world.store.articles.all())) == 1
    now = world.store.feeds.get(bad.id)
    assert now.next_poll is not None
    assert now.next_poll > world.clock[0]


def test_a_host_that_asks_for_an_hour_is_left_alone_for_an_hour(world: World) -> None:
    feed = add_feed(world)
    busy = FetchFailed("Cannot fetch", why="429", mend="Wait.", status=429, retry_after_seconds=3600)
    world.web.answers = {FEED: busy}
    world.poll()
    world.later(minutes=30)
    world.poll()
    assert world.web.asked.count(FEED) == 1
    assert world.store.feeds.history(feed.id, 1)[0].status == "held"
    world.later(minutes=31)
    world.web.answers = {FEED: rss()}
    world.poll()
    assert world.store.feeds.get(feed.id).status == "ok"


def test_one_unreadable_article_is_set_aside_with_the_reason_and_the_rest_goes_on(world: World) -> None:
    ingest(
        world, ("a", "Orrin sold 40 tonnes of glass."), ("b", "This is unreadable."), ("c", "Veldt sold 3 tonnes of tin.")
    )
    assert len(list(world.store.claims.all())) == 2
    (aside,) = world.store.work.list_set_aside(5)
    assert (aside.kind, "it says so" in aside.why) == ("article", True)


def test_a_step_that_breaks_on_one_row_does_the_others(world: World) -> None:
    def break_on_tin(articles: Sequence[Article]) -> list[Reading | Exception]:
        if any("tin" in article.text for article in articles):
            raise ZeroDivisionError("tin")
        return read_tonnes(articles)

    broken = World(replace(world.edges, read=break_on_tin), world.web, world.clock)
    ingest(
        broken,
        ("a", "Orrin sold 40 tonnes of glass."),
        ("b", "Veldt sold 3 tonnes of tin."),
        ("c", "Orrin sold 1 tonnes of x."),
    )
    assert len(list(world.store.claims.all())) == 2
    (aside,) = world.store.work.list_set_aside(5)
    assert "ZeroDivisionError: tin" in aside.why


def test_a_broken_installation_sets_no_article_aside(world: World) -> None:
    def missing(articles: Sequence[Article]) -> list[Reading | Exception]:
        raise AssetsWrong("Cannot load", why="it is missing", mend="Install again.")

    broken = World(replace(world.edges, read=missing), world.web, world.clock)
    with pytest.raises(AssetsWrong):
        ingest(broken, ("a", "Orrin sold 40 tonnes of glass."))
    assert world.store.work.count("article")[WorkState.WAITING] == 1
    drain(world.edges)
    assert len(list(world.store.claims.all())) == 1


def test_copies_of_one_text_are_one_origin_and_their_pairs_are_not_exported(world: World) -> None:
    body = "Orrin sold 40 tonnes of glass.\n\n" + " ".join(f"word{number}" for number in range(80))
    ingest(world, ("a", body), ("b", body))
    assert len({article.origin_id for article in world.store.articles.all()}) == 1
    assert lines(world)["relations"] == []
    assert len({claim.question_id for claim in world.store.claims.all()}) == 1


def test_papers_that_contradict_each_other_make_a_dispute(world: World) -> None:
    ingest(world, ("a", "Orrin sold 40 tonnes of glass."), ("b", "Orrin sold 95 tonnes of glass."))
    (dispute,) = world.store.disputes.list(limit=5)
    assert len(dispute.positions) == 2
    assert '"relation": "contradicts"' in lines(world)["relations"][0]


def test_the_same_records_in_any_cutting_give_the_same_export(world: World, tmp_path: Path) -> None:
    records = [(f"p{n}", f"Orrin sold {40 + 9 * (n % 3)} tonnes of glass.\n\nNote {n}.") for n in range(9)]
    ingest(world, *records)
    other = open_engine(f"sqlite:///{tmp_path}/other.db")
    upgrade(other, assets.migrations())
    apart = World(replace(world.edges, store=Store(other), limits=Limits(batch=1)), world.web, world.clock)
    take(apart, *records)
    for _ in range(100):  # steps in any order, a row at a time
        if not any(run_step(apart.edges, step, 1).taken for step in WALK[1:2]):
            break
    drain(apart.edges)
    assert lines(apart) == lines(world)


def test_both_databases_give_the_same_lines(world: World, postgres: Postgres) -> None:
    records = [(f"p{n}", f"Orrin sold {40 + 9 * (n % 3)} tonnes of glass.\n\nNote {n}.") for n in range(7)]
    ingest(world, *records)
    postgres.drop("walk")
    other = open_engine(postgres.create("walk"))
    upgrade(other, assets.migrations())
    twin = World(replace(world.edges, store=Store(other)), world.web, world.clock)
    ingest(twin, *records)
    found = lines(twin)
    other.dispose()
    assert found["relations"]
    assert found == lines(world)


def test_rows_that_somebody_else_took_over_are_not_written(world: World) -> None:
    take(world, ("a", "Orrin sold 40 tonnes of glass."))

    def slow(edges: Edges, ids: Sequence[str]) -> Iterator[Settled]:
        world.later(hours=1)  # the lease runs out, and another process takes the row
        assert edges.store.work.claim("article", 1, "somebody", edges.now(), timedelta(hours=1)) == list(ids)
        yield Settled(list(ids), list)

    done = run_step(world.edges, Step("slow", "article", "claim", slow))
    assert done.settled == 0
    assert world.store.work.count("article")[WorkState.CLAIMED] == 1


def take(world: World, *records: tuple[str, str]) -> None:
    """Store articles of (name, text) without walking."""
    intake = Intake(world.edges)
    line = '{{"id": "{0}", "url": "https://{0}.example/x", "title": "T {0}", "publisher": "{0}", '
    line += '"published": "2026-05-04T07:00:00Z", "text": {1}}}'
    intake.lines("test", [line.format(name, json.dumps(text)).encode() for name, text in records])
    assert not intake.taken.wrong, intake.taken.wrong


def ingest(world: World, *records: tuple[str, str]) -> None:
    take(world, *records)
    drain(world.edges)
