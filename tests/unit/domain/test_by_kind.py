"""Relations of a question by kind, one more at a time."""

import random

from monitor.domain.relation import ByKind, Relation, RelationKind


def test_relations_that_come_one_by_one_stand_as_if_all_had_come_at_once() -> None:
    chance = random.Random(4)
    names = [f"c{number:02}" for number in range(12)]
    relations = [
        Relation(a, b, chance.choice(list(RelationKind)), chance.choice((0.5, 0.9)), "", "q", chance.random() < 0.5)
        for a in names
        for b in names
        if a < b
    ]
    together = ByKind.of(relations)
    chance.shuffle(relations)
    found = ByKind.of(relations[:40])
    for one in relations[40:]:
        found = found.with_more([one])
    assert found == together
    assert [*found.these(*RelationKind)] == [*together.these(*RelationKind)]


def test_what_agrees_comes_with_the_surest_first() -> None:
    sure = Relation("c", "d", RelationKind.AGREES, 0.9, "", "q")
    doubtful = Relation("a", "b", RelationKind.AGREES, 0.6, "", "q")
    assert [*ByKind.of([doubtful, sure]).these(RelationKind.AGREES)] == [sure, doubtful]


def test_relations_that_are_taken_out_leave_the_others() -> None:
    kept = Relation("a", "b", RelationKind.AGREES, 0.9, "", "q")
    gone = Relation("a", "c", RelationKind.CONTRADICTS, 0.9, "", "q")
    left = ByKind.of([kept, gone]).without({("a", "c")})
    assert [*left] == [kept]
    assert not [*left.these(RelationKind.CONTRADICTS)]
