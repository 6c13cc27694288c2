"""The walk, in order: feed → entries → article → claims → question → relations and disputes; then articles anew.

Feeds are asked by a clock of their own (`poll.py`, driven by `tasks/polling.py`); what they bring goes through WALK.
The row is the truth: a row waits, is claimed by a lease, and is done or set aside with the reason. A step loads, thinks
with no transaction open, and hands back what to save; `run_step` saves it together with the rows' new state, in one
transaction that fails if somebody else owns the rows by now. A step that dies anywhere is simply run again.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.errors import AssetsWrong, LeaseLost, MonitorError, StorageFailed
from monitor.pipeline.collect import fetch_entries
from monitor.pipeline.edges import Edges
from monitor.pipeline.read import read_articles
from monitor.pipeline.relate import compare_questions, file_claims
from monitor.pipeline.revisit import revisit_pages
from monitor.pipeline.settled import Failed, Settled

log = logging.getLogger("monitor.walk")


@dataclass(frozen=True)
class Step:
    """A stage of the walk. `run` takes ids of `takes`; what it settles gives ids of `gives`; safe to repeat.

    `batches`: how many times the usual batch it takes at once. `is_patient`: it takes one batch, then lets the others go
    first again.
    """

    name: str
    takes: str
    gives: str
    run: Callable[[Edges, Sequence[str]], Iterator[Settled | Failed]]
    batches: int = 1
    is_patient: bool = False


WALK = (
    Step("fetch", takes="entry", gives="article", run=fetch_entries, batches=2),
    Step("read", takes="article", gives="claim", run=read_articles),
    Step("file", takes="claim", gives="question", run=file_claims, batches=32),
    Step("compare", takes="question", gives="dispute", run=compare_questions, batches=8),
    Step("revisit", takes="address", gives="article", run=revisit_pages, is_patient=True),
)


@dataclass
class Done:
    """What one or more runs of a step came to. `failed`: id and what the error said."""

    step: str
    settled: int = 0
    given: int = 0
    retried: list[tuple[str, str]] = field(default_factory=list)
    set_aside: list[tuple[str, str]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many rows went through the step, whatever became of them."""
        return self.settled + len(self.retried) + len(self.set_aside)

    def add(self, other: "Done") -> None:
        """Count another run of the same step in."""
        self.settled += other.settled
        self.given += other.given
        self.retried += other.retried
        self.set_aside += other.set_aside


def run_step(edges: Edges, step: Step, n: int | None = None) -> Done:
    """Claim up to `n` rows, work on them, save. One that fails leaves the others alone; `taken` is 0 if nothing waits."""
    count = n or edges.limits.batch * step.batches
    ids = edges.store.work.claim(step.takes, count, edges.owner, edges.now(), edges.limits.lease)
    started, done = time.monotonic(), Done(step.name)
    left = _settle(edges, step, ids, done)
    for one in left:  # the step itself broke: each row alone shows which one it was
        _settle(edges, step, [one], done)
    if ids:
        spent = int((time.monotonic() - started) * 1000)
        counts = (done.settled, done.given, len(done.retried), len(done.set_aside))
        log.info("%s: %d done, %d given, %d to retry, %d set aside, %d ms", step.name, *counts, spent)
    return done


def _settle(edges: Edges, step: Step, ids: list[str], done: Done) -> list[str]:
    """Run the step on these rows and save what it settles. The ids that it left untouched."""
    left = dict.fromkeys(ids)
    if not ids:
        return []
    try:
        for outcome in step.run(edges, ids):
            ended = [outcome.id] if isinstance(outcome, Failed) else list(outcome.ids)
            for one in ended:
                left.pop(one, None)
            _save(edges, step, outcome, done)
    except (AssetsWrong, StorageFailed):  # no row is to blame: the walk ends here, and the rows wait
        with suppress(StorageFailed):
            edges.store.work.release(edges.owner, step.takes)
        raise
    except LeaseLost as error:  # left in the middle: the rows stay ours until we give them back
        log.warning("%s: %s", step.name, error)
        return []
    except Exception as error:
        log.warning("%s: %s on %d rows", step.name, type(error).__name__, len(left), exc_info=not _known(error))
        if len(ids) > 1:
            return list(left)
        for one in left:
            _save(edges, step, Failed(one, error), done)
        return []
    if left:  # rows whose thing is gone: nothing is to be done with them
        _save(edges, step, Settled(list(left), list), done)
    return []


def _save(edges: Edges, step: Step, outcome: Settled | Failed, done: Done) -> None:
    try:
        if isinstance(outcome, Failed):
            _give_up(edges, step, outcome, done)
            return
        with edges.store.transaction():
            given = outcome.save()
            if outcome.again is None:
                edges.store.work.finish(step.takes, list(outcome.ids), edges.owner)
            else:
                edges.store.work.take_again(step.takes, list(outcome.ids), outcome.again, edges.owner)
        done.settled += len(outcome.ids)
        done.given += len(given)
    except LeaseLost as error:
        log.warning("%s: %s", step.name, error)


def _give_up(edges: Edges, step: Step, failed: Failed, done: Done) -> None:
    """Try again later where that can help and was not tried too often; else set aside with the reason."""
    work, limits, now = edges.store.work, edges.limits, edges.now()
    why = str(failed.error) if _known(failed.error) else f"{type(failed.error).__name__}: {failed.error}"
    attempts = work.attempts(step.takes, [failed.id]).get(failed.id, 0)
    if getattr(failed.error, "retry", False) and attempts < limits.attempts:
        wait = limits.retry * 2 ** max(attempts - 1, 0)
        asked = timedelta(seconds=getattr(failed.error, "retry_after_seconds", None) or 0)
        wait = max(wait, min(asked, limits.rhythm.most_asked))
        work.retry_later(step.takes, failed.id, now + wait, why, edges.owner)
        done.retried.append((failed.id, why))
    else:
        with edges.store.transaction():
            failed.save()
            work.set_aside(step.takes, failed.id, why, edges.owner, now)
        done.set_aside.append((failed.id, why))


def _known(error: Exception) -> bool:
    return isinstance(error, MonitorError)
