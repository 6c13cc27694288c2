"""The sample newsroom through the whole service: what a newcomer sees when he tries it."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from monitor.app import App
from monitor.demo import run
from monitor.demo.mailbox import Mailbox
from monitor.demo.newsroom import load
from monitor.domain.dispute import Dispute, DisputeState

LIVE = {DisputeState.PROPOSED, DisputeState.OPEN, DisputeState.REOPENED}


@pytest.fixture(scope="module")
def replayed() -> Iterator[tuple[App, Mailbox, list[str]]]:
    """The service and the mailbox after ten days, and what was said on the way."""
    said: list[str] = []
    with run.replayed(load(), port=run.free_port(), say=said.append) as (app, box):
        yield app, box, said


def disputes(app: App) -> list[Dispute]:
    return app.store.disputes.list(limit=200)


def test_at_least_two_disputes_stand_open_each_with_evidence_on_both_sides(
    replayed: tuple[App, Mailbox, list[str]],
) -> None:
    app, _, said = replayed
    live = [dispute for dispute in disputes(app) if dispute.state in LIVE]
    assert len(live) >= 2, said
    for dispute in live:
        assert len(dispute.positions) >= 2
        for position in dispute.positions:
            for claim in app.store.claims.get(position.claim_ids):
                article = app.store.articles.get([claim.article_id])[0]
                text = article.title if claim.evidence.where.value == "title" else article.text
                assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
                assert text[claim.evidence.span_start : claim.evidence.span_end] == claim.evidence.span


def test_the_yield_of_one_chip_line_is_in_dispute_with_its_denial(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    found = [d for d in disputes(app) if "Halden" in d.title and "yield" in d.title]
    assert len(found) == 1, [d.title for d in disputes(app)]
    text = " ".join(position.label for position in found[0].positions)
    assert "62" in text
    assert "41" in text
    assert found[0].origins >= 3


def test_figures_that_only_look_alike_are_not_in_dispute(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    for dispute in disputes(app):
        claims = [c for p in dispute.positions for c in app.store.claims.get(p.claim_ids)]
        quotes = " ".join(claim.evidence.quote for claim in claims)
        assert "H8" not in quotes, dispute.title
        assert "market share" not in quotes, dispute.title
        assert "oat" not in quotes, dispute.title


def test_a_corrected_figure_settles_its_dispute(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    tolvine = [d for d in disputes(app) if "Tolvine" in d.title]
    assert [d.state for d in tolvine] == [DisputeState.SETTLED]


def test_a_toll_that_rises_is_no_dispute(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    assert not [d.title for d in disputes(app) if "killed" in d.title]


def test_wire_copy_is_one_origin_and_a_revised_story_two_versions(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    articles = list(app.store.articles.all())
    copies = [a.origin_id for a in articles if a.publisher in ("Northline Agency", "Vale Observer") and "nine" in a.title]
    assert len(copies) == 2
    assert len(set(copies)) == 1
    assert len(articles) == len(load().versions)
    assert {a.version for a in articles if a.title == "Malaria tablet shows promise in children"} == {1, 2}


def test_the_first_mail_of_a_dispute_names_it_first_and_has_both_parts(replayed: tuple[App, Mailbox, list[str]]) -> None:
    _, box, _ = replayed
    subjects = [str(message["Subject"]) for message in box.messages()]
    assert any(subject.startswith("1 new dispute: Halden") for subject in subjects), subjects
    ids = [str(message["Message-ID"]) for message in box.messages()]
    assert len(ids) == len(set(ids))
    for message in box.messages():
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        assert message["To"] == run.READER


def test_dates_keep_the_offset_of_the_publisher(replayed: tuple[App, Mailbox, list[str]]) -> None:
    app, _, _ = replayed
    article = next(a for a in app.store.articles.all() if a.title.startswith("Chipmaker Halden"))
    assert article.published == datetime.fromisoformat("2026-03-05T17:45:00+01:00")
    assert article.published.isoformat() == "2026-03-05T17:45:00+01:00"
