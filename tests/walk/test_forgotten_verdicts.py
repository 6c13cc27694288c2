"""What was judged of a question and forgotten is taken up from the store: the same comes out as of judging it whole."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_any_order import ARTICLES, opened, picture, take_in
from walking import World

from monitor.domain.claim import Claim, ClaimStatus
from monitor.domain.relation import ByKind, Relation, Told
from monitor.pipeline.edges import Edges
from monitor.relations.verdicts import Verdicts
from monitor.tasks.inline import drain

_DONE = (ClaimStatus.WITHDRAWN, ClaimStatus.REJECTED, ClaimStatus.CURRENT)
_LATER = (
    ("w", "2026-05-19", "Orrin bridge: repair cost of 52.6 million."),
    ("x", "2026-05-19", "Halden plant: die yield of 61.2 percent in 2026-04."),
    ("y", "2026-05-19", "Orrin: jobs of 1,310 people."),
    ("z", "2026-05-19", "Tarn flood: people displaced of 5,550 people."),
)


class _Counting(Verdicts):
    """Verdicts that say how many pairs were judged, and how often the store was asked."""

    judged = taken_up = 0

    def of(self, key: Any, marked: Any, judge: Any) -> ByKind:
        def counted(one: Told, other: Told) -> Relation | None:
            self.judged += 1
            return judge(one, other)  # type: ignore[no-any-return]

        return super().of(key, marked, counted)

    def take_up(self, key: Any, marked: Any, relations: Any) -> None:
        self.taken_up += 1
        super().take_up(key, marked, relations)


def _named(edges: Edges, name: str) -> list[Claim]:
    return [one for one in edges.store.claims.all() if edges.store.articles.get([one.article_id])[0].given_id == name]


def _lived(edges: Edges, steps: Sequence[Any], *, anew: bool) -> list[Any]:
    """What stands after each step. `anew`: nothing is remembered from one step to the next."""
    seen = []
    for step in steps:
        if anew:
            edges = replace(edges, verdicts=Verdicts())
        if isinstance(step, list):
            take_in(edges, [step])
        else:
            name, status = step
            for one in _named(edges, name):
                edges.store.claims.set_status(one.id, status)
            drain(edges)
        seen.append(picture(edges.store))
    return seen


_STEPS = st.lists(
    st.one_of(
        st.lists(st.sampled_from((*ARTICLES, *_LATER)), min_size=1, max_size=6, unique=True),
        st.tuples(st.sampled_from([name for name, _, _ in ARTICLES]), st.sampled_from(_DONE)),
    ),
    min_size=3,
    max_size=8,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, most=st.integers(0, 250), most_left=st.sampled_from((0, 900, 2**20)))
def test_whatever_was_forgotten_the_same_comes_out(world: World, steps: list[Any], most: int, most_left: int) -> None:
    with ExitStack() as both:
        one, other = (both.enter_context(opened(world, 1)) for _ in range(2))
        forgetful = replace(one, verdicts=Verdicts(most, most_left))
        everything = [list(ARTICLES), *steps, list(_LATER)]
        assert _lived(forgetful, everything, anew=False) == _lived(other, everything, anew=True)


def _judged(world: World, most_left: int) -> _Counting:
    """What it takes to compare some more claims where little is remembered."""
    with opened(world, 1) as edges:
        verdicts = _Counting(60, most_left)
        edges = replace(edges, verdicts=verdicts)
        take_in(edges, [ARTICLES])
        verdicts.judged = verdicts.taken_up = 0
        take_in(edges, [_LATER])
        return verdicts


def test_of_what_was_forgotten_only_pairs_with_what_is_new_are_judged(world: World) -> None:
    whole, left = _judged(world, 0), _judged(world, 2**20)
    assert whole.taken_up == 0 < left.taken_up
    assert left.judged < whole.judged
