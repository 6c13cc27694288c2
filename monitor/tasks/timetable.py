"""When what runs in the service: short ticks, each of which looks at the rows and does what is due."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("monitor.timetable")


@dataclass(frozen=True)
class Tick:
    """Something to do again and again. `run` returns soon when there is nothing to do."""

    name: str
    every: timedelta
    run: Callable[[], object]


class Timetable:
    """Runs ticks in threads of its own. A tick never runs twice at a time, and missed ones are made up for by one."""

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=max(1, len(ticks)))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for tick in ticks:
            seconds = max(tick.every.total_seconds(), 0.05)
            self._scheduler.add_job(
                _guarded(tick), "interval", seconds=seconds, id=tick.name, next_run_time=datetime.now(UTC)
            )

    def start(self) -> None:
        """Begin, with one tick of each at once."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that still runs is no news
        self._scheduler.start()

    def stop(self) -> None:
        """No further ticks; returns when those that run have ended."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)


def _guarded(tick: Tick) -> Callable[[], None]:
    def run() -> None:
        try:
            tick.run()
        except Exception:
            log.exception("%s failed; it runs again in %s", tick.name, tick.every)

    return run
