"""Drives the walk in this process, one step after the other, until nothing waits."""

import time
from collections.abc import Callable, Sequence

from monitor.domain.work import WorkState
from monitor.pipeline.edges import Edges
from monitor.pipeline.walk import WALK, Done, Step, run_step

_PAUSE_SECONDS = 0.5

Progress = Callable[[Step, int, int], None]
"""Called after each batch: the step, rows gone through so far, rows that still wait."""


def drain(
    edges: Edges,
    *,
    steps: Sequence[Step] = WALK,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, Done]:
    """Run the steps until nothing waits that can be done now, and what each came to.

    Each step is drained before the next begins, so that what it finds does not depend on how the work was cut up or
    interrupted; a patient one comes to its end in as many rounds as it needs. Rows that another live process holds are
    waited for.
    """
    done = {step.name: Done(step.name) for step in steps}
    took = True
    while took and not stopped():
        took = False
        for step in steps:
            took |= _drain_step(edges, step, done[step.name], progress, stopped)
    return done


def _drain_step(edges: Edges, step: Step, done: Done, progress: Progress | None, stopped: Callable[[], bool]) -> bool:
    """Run one step dry. Whether it took anything."""
    before = done.taken
    while not stopped():
        batch = run_step(edges, step)
        done.add(batch)
        if batch.taken:
            if progress is not None:
                progress(step, done.taken, edges.store.work.number(step.takes, WorkState.WAITING))
            if step.is_patient:
                break
        elif edges.store.work.number(step.takes, WorkState.CLAIMED):
            time.sleep(_PAUSE_SECONDS)  # another process is at it; its lease ends if it died
        else:
            break
    return done.taken > before
