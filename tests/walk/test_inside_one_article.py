"""An article against itself, read by the real reader: headline and body, body and body, a version and the one before."""

import json
from dataclasses import replace

import pytest
from walking import World, lines

from monitor.nlp.claims import Reader
from monitor.pipeline.edges import Edges
from monitor.pipeline.ingest import Intake
from monitor.tasks.inline import drain


@pytest.fixture
def edges(world: World, reader: Reader) -> Edges:
    return replace(world.edges, read=reader.read)


def tell(edges: Edges, text: str, *, title: str = "News of the day", paper: str = "Alp Post", hour: int = 8) -> None:
    row = {"url": f"https://{paper[:3].lower()}.example/x", "title": title, "publisher": paper,
           "published": f"2026-05-04T{hour:02}:00:00Z", "text": text}  # fmt: skip
    Intake(edges).lines("test", [json.dumps(row).encode()])
    drain(edges)


def relations(edges: Edges) -> list[tuple[str, str, str, str, str]]:
    """Relation, the two figures as printed, the state of the dispute, the reason."""
    exported = lines(World(edges, None, []))  # type: ignore[arg-type]
    claims = {one["id"]: one for one in map(json.loads, exported["claims"])}
    rows = map(json.loads, exported["relations"])
    return sorted(
        (row["relation"], claims[row["a"]]["span"], claims[row["b"]]["span"], row.get("status", ""), row["reason"])
        for row in rows
    )


def states(edges: Edges) -> list[str]:
    return [str(one.state) for one in edges.store.disputes.list(None, 9, None)]


def test_a_headline_against_the_source_of_its_body_is_a_contradiction(edges: Edges) -> None:
    tell(
        edges, "Oltrim, a dairy, will cut 600 jobs by the summer, it said on Tuesday.", title="Oltrim dairy cuts 900 jobs"
    )
    (found,) = relations(edges)
    assert (found[0], {found[1], found[2]}, found[3]) == ("contradicts", {"600 jobs", "900 jobs"}, "open")


def test_a_headline_that_some_figure_of_its_body_bears_out_is_not_at_odds_with_the_others(edges: Edges) -> None:
    text = "The repair of the roof of the Vask Museum cost 4.8 million euros. Work on the roof took two summers. "
    again = "In the end, the repair of the roof of the Vask Museum cost 6.2 million euros."
    tell(edges, text + again, title="Museum roof repair costs 4.8 million euros")
    ((kind, one, other, state, _),) = [one for one in relations(edges) if one[0] != "agrees"]
    assert (kind, {one, other}, state) == ("self_inconsistent", {"4.8 million euros", "6.2 million euros"}, "open")
    assert states(edges) == ["open"]


def test_a_figure_that_was_changed_silently_is_superseded_and_updated(edges: Edges) -> None:
    tell(edges, "The Reef Station at Halmo counted 4,200 coral colonies in the bay.")
    tell(edges, "The Reef Station at Halmo counted 2,400 coral colonies in the bay.", hour=12)
    ((kind, newer, older, state, reason),) = relations(edges)
    assert (kind, newer, older, state) == ("updates", "2,400", "4,200", "")
    assert "a later version of the article changed the figure" in reason
    assert sorted(str(one.status) for one in edges.store.claims.all()) == ["current", "superseded"]
    assert states(edges) == []


def test_a_sum_that_does_not_come_out_is_at_odds_with_itself(edges: Edges) -> None:
    tell(edges, "The storm in Nordby felled 42 trees in all: 12 in the park and 35 in the streets.")
    (found,) = relations(edges)
    assert (found[0], found[3]) == ("self_inconsistent", "open")
    assert "12 and 35 do not make 42 in its sentence" in found[4]


def test_the_parts_of_a_sum_are_no_rivals_of_another_paper(edges: Edges) -> None:
    tell(edges, "The landslide in Torvik destroyed 12 homes in the north and 30 in the south, 42 in all, the mayor said.")
    tell(edges, "The landslide in Torvik destroyed 55 homes, the fire service said.", paper="Lake Post")
    (found,) = relations(edges)
    assert (found[0], {found[1], found[2]}) == ("contradicts", {"42", "55 homes"})
    assert "12 and 30 make 42 in its sentence" in found[4]


def test_a_count_of_a_stated_whole_is_compared_with_a_share(edges: Edges) -> None:
    tell(edges, "At the Skarvik wind farm, 38 of its 120 turbines are idle, according to the operator Norvind.")
    tell(edges, "Half of the turbines at the Skarvik wind farm are idle, workers say.", paper="Fjord Post", hour=9)
    (found,) = relations(edges)
    assert (found[0], {found[1].lower(), found[2].lower()}, found[3]) == ("contradicts", {"38", "half"}, "open")
    assert "38 of 120 is 31.7 percent" in found[4]
