"""Values that only each other hold go, those that were set apart by an earlier sweep as well."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from monitor.app.sweeps import set_sweeps


class _Link:
    other: "_Link | None" = None


@pytest.fixture
def swept() -> Iterator[None]:
    before, callbacks = gc.get_threshold(), list(gc.callbacks)
    set_sweeps()
    yield
    gc.set_threshold(*before)
    gc.callbacks[:] = callbacks
    gc.unfreeze()


@pytest.mark.usefixtures("swept")
def test_a_ring_goes_though_it_was_set_apart() -> None:
    one = _Link()
    one.other = _Link()
    one.other.other = one
    seen = weakref.ref(one)
    gc.collect()
    assert gc.get_freeze_count() > 0
    del one
    for _ in range(16):
        gc.collect()
    assert seen() is None


@pytest.mark.usefixtures("swept")
def test_sweeps_are_set_once_however_often_they_are_asked_for() -> None:
    before = len(gc.callbacks)
    set_sweeps()
    assert len(gc.callbacks) == before
