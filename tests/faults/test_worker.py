"""Work in another process: its answers, and what becomes of work that overruns, dies, or fills the memory."""

import os
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait

import pytest

from monitor.errors import AssetsWrong
from monitor.pipeline.worker import Died, Overran, Unstartable, Worker

Build = Callable[[], Callable[[str], str]]


def build() -> Callable[[str], str]:
    return work


def work(job: str) -> str:
    if job == "sleep":
        time.sleep(600)
    if job == "die":
        os._exit(3)
    if job == "fail":
        raise ValueError("it is no good")
    return job.upper()


def build_wrongly() -> Callable[[str], str]:
    raise AssetsWrong("Cannot load it", why="a file is missing", mend="Install it.")


def build_to_death() -> Callable[[str], str]:
    os._exit(3)


@pytest.fixture
def worker() -> Iterator[Worker[str, str]]:
    worker = Worker(build, seconds=0.5)
    loaded(worker)
    yield worker
    if worker.is_alive:
        worker.end()


def loaded(worker: Worker[str, str]) -> None:
    wait([worker.pipe])
    assert worker.take() is None
    assert worker.is_ready


def answer(worker: Worker[str, str], job: str) -> str | Exception | None:
    worker.give(job)
    while not wait([worker.pipe], 0.05):
        if (error := worker.overrun()) is not None:
            return error
    return worker.take()


def test_one_thing_after_the_other_is_worked_on(worker: Worker[str, str]) -> None:
    assert [answer(worker, job) for job in ("a", "b")] == ["A", "B"]
    assert worker.job is None


def test_an_error_is_an_answer_and_the_worker_goes_on(worker: Worker[str, str]) -> None:
    error = answer(worker, "fail")
    assert str(error) == "ValueError: it is no good"
    assert answer(worker, "a") == "A"


@pytest.mark.parametrize(("job", "error"), [("sleep", Overran), ("die", Died)])
def test_a_worker_that_overruns_or_dies_is_gone(worker: Worker[str, str], job: str, error: type[Exception]) -> None:
    assert isinstance(answer(worker, job), error)
    assert not worker.is_alive


@pytest.mark.parametrize(("wrong", "error"), [(build_wrongly, AssetsWrong), (build_to_death, Unstartable)])
def test_a_worker_that_cannot_be_loaded_says_why(
    wrong: Callable[[], Callable[[str], str]], error: type[Exception]
) -> None:
    worker = Worker(wrong, seconds=0.5)
    wait([worker.pipe])
    with pytest.raises(error):
        worker.take()
    assert not worker.is_alive
