"""Which vectors are nearest, by signs first."""

import numpy as np

from monitor.storage.search.vectors import Vectors

COUNT, WIDTH = 20_000, 384


def test_the_search_by_signs_finds_nearly_all_that_comparing_everything_finds() -> None:
    chance = np.random.default_rng(3)
    topics = chance.standard_normal((200, WIDTH))
    told = topics[chance.integers(0, 200, COUNT)] + chance.standard_normal((COUNT, WIDTH))
    whole = (told / np.linalg.norm(told, axis=1, keepdims=True)).astype("<f2")
    vectors = Vectors()
    for begin in range(0, COUNT, 3000):  # as claims come in
        some = whole[begin : begin + 3000]
        vectors.put(np.arange(begin, begin + len(some)), [row.tobytes() for row in some])
    found = 0
    for topic in topics[:20]:
        asked = (topic / np.linalg.norm(topic)).astype("<f2")
        exact = np.argsort(-(whole.astype(np.float32) @ asked.astype(np.float32)))[:10]
        slots, cosines = vectors.near(asked.tobytes(), np.ones(COUNT, np.bool_), 0.2)
        found += len(set(exact.tolist()) & set(slots[np.argsort(-cosines)[:10]].tolist()))
    assert found / 200 >= 0.98


def test_only_allowed_slots_are_found() -> None:
    chance = np.random.default_rng(4)
    whole = chance.standard_normal((COUNT, WIDTH)).astype("<f2")
    vectors = Vectors()
    vectors.put(np.arange(COUNT), [row.tobytes() for row in whole])
    for every in (2, 1000):
        allowed = np.arange(COUNT) % every == 0
        slots, _ = vectors.near(whole[0].tobytes(), allowed, -1.0)
        assert 0 in slots.tolist()
        assert allowed[slots].all()
