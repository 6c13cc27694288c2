"""What a paper prints to put its figure right: the older claim is corrected, by which claim, and what that settles."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from terminal import Terminal
from test_any_order import opened, read
from walking import World

from monitor.domain.claim import ClaimStatus
from monitor.domain.dispute import DisputeState
from monitor.pipeline.deciding import Deciding
from monitor.pipeline.edges import Edges
from monitor.pipeline.ingest import Intake
from monitor.pipeline.report import load_changes
from monitor.tasks.inline import drain

Row = dict[str, str]


def row(name: str, day: str, text: str, *, paper: str = "", page: str = "", title: str = "The bridge") -> Row:
    paper = paper or name
    return {"id": name, "url": f"https://{paper}.example/{page or 'x'}", "title": title, "publisher": f"Paper {paper}",
            "published": f"{day}T07:00:00Z", "updated": f"{day}T08:00:00Z", "text": text}  # fmt: skip


FIRST = row("a", "2026-05-01", "Orrin bridge: repair cost of 48.2 million.")
RIVAL = row("b", "2026-05-01", "Orrin bridge: repair cost of 55.7 million.")
NOTE = "An earlier version of this article gave 48.2 million."
SECOND = row("A", "2026-05-02", f"Orrin bridge: repair cost of 55.7 million. {NOTE}", paper="a")
SILENT = row("A", "2026-05-02", "Orrin bridge: repair cost of 55.7 million.", paper="a")
NOTICE = row("n", "2026-05-03", "Orrin bridge: repair cost of 55.7 million, and 48.2 million was a slip of ours.",
             paper="a", page="notices/1", title="Correction")  # fmt: skip
ELSEWHERE = {**NOTICE, "id": "z", "publisher": "Paper z", "url": "https://z.example/notices/1"}


@pytest.fixture
def edges(world: World) -> Edges:
    return replace(world.edges, read=read)


def tell(edges: Edges, *rows: Row) -> None:
    Intake(edges).lines("test", [json.dumps(one).encode() for one in rows])
    drain(edges)


def standing(edges: Edges) -> dict[str, tuple[str, str]]:
    """Article → the status of its claim, and the article of the claim that puts it right."""
    claims = list(edges.store.claims.all())
    of = {one.id: str(edges.store.articles.get([one.article_id])[0].given_id) for one in claims}
    return {of[one.id]: (one.status.value, of.get(one.corrected_by or "", "")) for one in claims}


def claim_of(edges: Edges, name: str) -> str:
    return next(
        one.id for one in edges.store.claims.all() if edges.store.articles.get([one.article_id])[0].given_id == name
    )


def disputes(edges: Edges) -> list[tuple[str, list[str]]]:
    """Each dispute: its state, and the reasons of its steps."""
    found = list(edges.store.disputes.list(limit=9))
    return [(one.state.value, [step.reason for step in edges.store.disputes.events(one.id)]) for one in found]


def told_of(edges: Edges, claim_id: str) -> list[str]:
    return [one.detail for one in edges.store.events.since(0, 500) if (one.kind, one.subject_id) == ("claim", claim_id)]


def test_a_new_version_that_announces_a_correction_corrects_the_old_figure_and_settles_the_dispute(edges: Edges) -> None:
    tell(edges, FIRST, RIVAL)
    assert [state for state, _ in disputes(edges)] == ["open"]
    tell(edges, SECOND)
    assert standing(edges) == {"a": ("corrected", "A"), "b": ("current", ""), "A": ("current", "")}
    [(state, reasons)] = disputes(edges)
    assert (state, reasons[-1]) == ("settled", "source corrected")
    assert told_of(edges, claim_of(edges, "a"))[-1] == "corrected"
    [updates] = [one for one, _ in edges.store.relations.all() if one.kind == "updates"]
    assert "Paper a printed a correction" in updates.reason


def test_a_new_version_that_says_nothing_of_a_correction_leaves_the_old_one_superseded(edges: Edges) -> None:
    tell(edges, FIRST, SILENT)
    assert standing(edges) == {"a": ("superseded", ""), "A": ("current", "")}


def test_a_correction_of_another_paper_corrects_nothing(edges: Edges) -> None:
    tell(edges, FIRST, ELSEWHERE)
    assert standing(edges)["a"] == ("current", "")


def test_a_correction_printed_elsewhere_settles_the_dispute(edges: Edges) -> None:
    tell(edges, FIRST, RIVAL)
    tell(edges, NOTICE)
    assert standing(edges)["a"] == ("corrected", "n")
    assert [state for state, _ in disputes(edges)] == ["settled"]


def test_a_correction_that_was_read_wrongly_corrects_nothing_and_the_dispute_goes_on(edges: Edges) -> None:
    tell(edges, FIRST, RIVAL)
    tell(edges, NOTICE)
    for status in (ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN):
        edges.store.claims.set_status(claim_of(edges, "n"), status)
        drain(edges)
        assert standing(edges)["a"] == ("current", "")
        assert [state for state, _ in disputes(edges)] in (["open"], ["reopened"])
        edges.store.claims.set_status(claim_of(edges, "n"), ClaimStatus.CURRENT, by="")
        drain(edges)
        assert standing(edges)["a"] == ("corrected", "n")
        assert [state for state, _ in disputes(edges)] == ["settled"]


def test_what_a_person_decided_stays(edges: Edges) -> None:
    tell(edges, FIRST, RIVAL)
    [dispute] = edges.store.disputes.list(limit=9)
    Deciding(edges).judge(dispute.id, DisputeState.EXPLAINED, "different scope", by="ann")
    decision = Deciding(edges).reject(claim_of(edges, "a"), by="ann", note="It is a forecast.")
    tell(edges, SECOND)
    assert standing(edges)["a"] == ("rejected", "")
    assert [state for state, _ in disputes(edges)] == ["explained"]
    Deciding(edges).undo(decision.id, by="ann")
    drain(edges)
    assert standing(edges)["a"] == ("corrected", "A")
    assert [state for state, _ in disputes(edges)] == ["explained"]


def test_a_correction_that_was_moved_to_another_question_corrects_nothing_there(edges: Edges) -> None:
    tell(edges, FIRST, RIVAL, NOTICE)
    claim = edges.store.claims.get([claim_of(edges, "n")])[0]
    split = Deciding(edges).split(str(claim.question_id), [claim.id], by="ann", note="Another bridge.")
    drain(edges)
    assert standing(edges)["a"] == ("current", "")
    Deciding(edges).undo(split.id, by="ann")
    drain(edges)
    assert standing(edges)["a"] == ("corrected", "n")


def test_a_paper_that_goes_back_to_its_first_text_has_corrected_nothing(edges: Edges) -> None:
    tell(edges, FIRST, SECOND)
    assert standing(edges)["a"] == ("corrected", "A")
    tell(edges, {**FIRST, "updated": "2026-05-04T08:00:00Z"})
    assert standing(edges) == {"a": ("current", ""), "A": ("superseded", "")}


def test_the_mail_tells_of_a_correction_once_and_of_a_silent_change_too(edges: Edges) -> None:
    def told() -> list[tuple[str | None, str | None]]:
        return [(old.article.given_id, new.article.given_id) for old, new in load_changes(edges, 0).corrections]

    tell(edges, FIRST, RIVAL)
    tell(edges, NOTICE, SILENT)
    assert told() == [("a", "n")]
    tell(
        edges,
        {**RIVAL, "id": "B", "text": "Orrin bridge: repair cost of 61.4 million.", "updated": "2026-05-05T08:00:00Z"},
    )
    assert sorted(told()) == [("a", "n"), ("b", "B")]


@pytest.mark.parametrize("size", [1, 50])
def test_the_order_in_which_they_come_makes_no_difference(world: World, size: int) -> None:
    def told(batches: Sequence[Sequence[Row]]) -> dict[str, tuple[str, str]]:
        with opened(world, size) as edges:
            for batch in batches:
                tell(edges, *batch)
            return standing(edges)

    rows = (FIRST, RIVAL, SECOND, NOTICE)
    expected = {"a": ("corrected", "n"), "b": ("current", ""), "A": ("current", ""), "n": ("current", "")}
    assert told([rows]) == expected
    for order in list(permutations(rows))[:: 7 if size == 1 else 5]:
        assert told([[one] for one in order]) == expected


def test_a_correction_is_shown_by_every_command_and_taken_back_with_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "here")
    page = {"url": "https://courier.example/port", "title": "Port of Ostrel", "publisher": "Coast Courier",
            "published": "2026-03-03T08:00:00Z"}  # fmt: skip
    said = "The Port of Ostrel handled {} million containers in 2025, the port authority said on Tuesday."
    note = "Correction: an earlier version of this article gave 4.2 million; the figure is 2.4 million."
    later = {**page, "id": "two", "updated": "2026-03-04T08:00:00Z"}
    rows = [{**page, "id": "one", "text": said.format("4.2")}, {**later, "text": f"{said.format('2.4')}\n\n{note}"}]
    assert terminal("ingest", "-", stdin="\n".join(json.dumps(one) for one in rows).encode()).code == 0

    lines = [json.loads(line) for line in terminal("export", "claims").out.splitlines()]
    [old] = [one for one in lines if one["article"]["id"] == "one"]
    right = next(one for one in lines if one["id"] == old["corrected_by"])
    assert (old["status"], right["status"], right["value"]) == ("corrected", "current", 2400000)
    assert (right["article"]["id"], right["quote"]) == ("two", note)
    assert "corrected_by" not in right
    shown = terminal("claims", "show", old["id"]).out
    assert "corrected" in shown
    assert f"put right by {right['id']}: 2.4 million" in shown
    assert json.loads(terminal("claims", "show", old["id"], "--json").out)["data"]["corrected_by"] == right["id"]
    assert old["id"] in terminal("search", "state:corrected", "--jsonl").out
    assert old["id"] not in terminal("search", "containers", "--jsonl").out
    for one in lines:
        if one["article"]["id"] == "two":
            assert terminal("claims", "reject", one["id"], "--note", "Of another port.", "--by", "ann").code == 0
    assert terminal("ingest", "-", stdin=json.dumps(rows[0]).encode()).code == 0  # known: what waits is compared
    again = json.loads(terminal("claims", "show", old["id"], "--json").out)["data"]
    assert (again["status"], again.get("corrected_by")) == ("superseded", None)
