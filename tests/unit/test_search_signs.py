"""Which vectors are likely nearest, by their signs."""

import numpy as np
from numpy.typing import NDArray

from monitor.storage.search.signs import Signs, cosines_of, signs_of

COUNT, WIDTH = 20_000, 384
ALL = np.ones(COUNT, np.bool_)


def known(whole: NDArray[np.float16], order: NDArray[np.int64] | None = None) -> Signs:
    """The signs of these vectors, taken over some at a time, as claims come in."""
    signs = Signs()
    for some in np.array_split(np.arange(len(whole)) if order is None else order, 7):
        signs.put(some, [signs_of(whole[slot].tobytes()) for slot in some])
    return signs


def of_topics(chance: np.random.Generator) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
    """Unit vectors of many topics, and those topics."""
    topics = chance.standard_normal((200, WIDTH))
    told = topics[chance.integers(0, 200, COUNT)] + chance.standard_normal((COUNT, WIDTH))
    return _units(told), _units(topics)


def _units(vectors: NDArray[np.float64]) -> NDArray[np.float16]:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f2")


def test_the_search_by_signs_finds_nearly_all_that_comparing_everything_finds() -> None:
    whole, topics = of_topics(np.random.default_rng(3))
    signs, found = known(whole), 0
    for asked in topics[:20]:
        exact = np.argsort(-(whole.astype(np.float32) @ asked.astype(np.float32)))[:10]
        found += len(set(exact.tolist()) & set(signs.likely(asked.tobytes(), ALL).tolist()))
    assert found / 200 >= 0.98


def test_what_is_likely_does_not_depend_on_the_order_of_reading() -> None:
    chance = np.random.default_rng(5)
    whole, topics = of_topics(chance)
    one, other = known(whole), known(whole, chance.permutation(COUNT))
    for asked in topics[:5]:
        assert one.likely(asked.tobytes(), ALL).tolist() == other.likely(asked.tobytes(), ALL).tolist()


def test_only_allowed_slots_are_found() -> None:
    whole = np.random.default_rng(4).standard_normal((COUNT, WIDTH)).astype("<f2")
    signs = known(whole)
    for every in (2, 10, 1000):
        allowed = np.arange(COUNT) % every == 0
        slots = signs.likely(whole[0].tobytes(), allowed)
        assert 0 in slots.tolist()
        assert allowed[slots].all()


def test_slots_without_a_vector_or_with_one_of_another_width_are_passed_over() -> None:
    signs, vector = Signs(), np.ones(16, "<f2").tobytes()
    signs.put(np.arange(2), [None, None])
    assert signs.likely(vector, np.ones(2, np.bool_)).tolist() == []
    signs.put(np.arange(4), [signs_of(vector), None, signs_of(vector * 2), signs_of(vector)])
    assert signs.likely(vector, np.ones(4, np.bool_)).tolist() == [0, 3]
    assert signs.likely(vector * 2, np.ones(4, np.bool_)).tolist() == []
    signs.put(np.array([3]), [None])
    assert signs.likely(vector, np.ones(4, np.bool_)).tolist() == [0]


def test_cosines_are_those_of_the_vectors() -> None:
    asked, other = np.array([1, 0], "<f2"), np.array([0.6, 0.8], "<f2")
    assert cosines_of(asked.tobytes(), [asked.tobytes(), other.tobytes()]).tolist() == [1, 0.6001]
    assert cosines_of(asked.tobytes(), []).tolist() == []
