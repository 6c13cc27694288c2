"""What persons decided on claims, put over what the rules make of them."""

from collections.abc import Iterable, Mapping, Sequence

from monitor.domain.decision import Decision, DecisionKind
from monitor.domain.question import Question
from monitor.pipeline.edges import Edges

_OF_QUESTIONS = frozenset({DecisionKind.MERGE, DecisionKind.SPLIT})


def decisions_on(edges: Edges, claim_ids: Sequence[str]) -> dict[str, Decision]:
    """Claim id → the last merge or split that holds for it."""
    wanted = set(claim_ids)
    holding = [one for one in edges.store.decisions.holding(claim_ids) if one.kind in _OF_QUESTIONS]
    return {claim_id: one for one in holding for claim_id in one.claim_ids if claim_id in wanted}


def set_apart(edges: Edges, decided: Mapping[str, Decision]) -> dict[str, Question]:
    """Claim id → the question of its own that a person put it under."""
    split = {claim_id: one.into_id for claim_id, one in decided.items() if one.kind is DecisionKind.SPLIT}
    places = {into: edges.store.questions.standing(into) for into in sorted(set(split.values()))}
    return {claim_id: place for claim_id, into in split.items() if (place := places[into]) is not None}


def merged_addresses(
    edges: Edges, filed: Iterable[tuple[str, str]], decided: Mapping[str, Decision]
) -> dict[str, Question]:
    """Id of a question as filed anew → the one that a person made it part of. `filed`: claim ids with such ids."""
    into = {
        key: one.into_id
        for claim_id, key in filed
        if (one := decided.get(claim_id)) is not None and one.kind is DecisionKind.MERGE
    }
    places = {key: edges.store.questions.standing(question_id) for key, question_id in into.items()}
    return {key: place for key, place in places.items() if place is not None}


def with_decided(edges: Edges, near: Mapping[str, Question]) -> dict[str, Question]:
    """Questions, and those that persons merged them into or took them out of."""
    found = dict(near)
    waiting = list(near.values())
    while waiting:
        names = {name for one in waiting for name in (one.merged_into, one.split_from) if name and name not in found}
        waiting = edges.store.questions.get(sorted(names))
        found.update((one.id, one) for one in waiting)
    return found
