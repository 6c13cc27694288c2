"""Asks feeds as they fall due: many at once, no host more than it can bear, and nobody waits for a server that hangs."""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from queue import Empty, SimpleQueue

from monitor.domain.feed import Feed, FetchLine
from monitor.errors import LeaseLost, StorageFailed
from monitor.pipeline.edges import Edges
from monitor.pipeline.poll import Answer, ask_feed, at_rest, broken, host_of, left, save_answers, take_feeds
from monitor.tasks.hosts import MOST_HANGING, Hosts

log = logging.getLogger("monitor.poll")

_LOOK_SECONDS = 1.0
_LOOKS_SHARE = 20
"""How often what is due is looked up; looking takes a twentieth of the time at most, however much is due."""

_MOST_DUE = 50_000
_GATHER_SECONDS = 0.02
_GROUP = 64
_GROUP_ENTRIES = 2_000
"""Answers are written in groups: those that come within a moment, so many answers and about so many entries at most."""

_PATIENCE_SECONDS = 2.0
"""How long what has been asked may take to answer when all is to end."""

FeedTold = Callable[[Feed, FetchLine], None]
"""Hears of each feed when its answer has been written."""


class Poller:
    """Claims feeds that are due while there are places free, and writes their answers in groups.

    One thread drives it, others wait for servers. The row is the truth: what is held in memory is only whose turn it is.
    A feed is taken just before it is asked, its next time moved on with the taking; so after a kill nothing is asked
    before its time, and what was asked but not written counts as asked. `only`: no other feeds than these.
    """

    def __init__(
        self, edges: Edges, *, told: FeedTold = lambda feed, line: None, only: Collection[str] | None = None
    ) -> None:
        limits = edges.limits
        self._edges, self._told = edges, told
        self._only = None if only is None else frozenset(only)
        self._hosts = Hosts(
            at_once=limits.feeds_at_once,
            per_host=limits.feeds_per_host,
            pause=limits.host_pause.total_seconds(),
            rest=edges.web.rest,
        )
        self._askers = ThreadPoolExecutor(limits.feeds_at_once * MOST_HANGING, thread_name_prefix="poll")
        self._answers: SimpleQueue[Answer] = SimpleQueue()
        self._unsaved: list[Answer] = []
        self._holds: dict[str, datetime] = {}
        self._next_look: float | None = None

    def ask(self, feeds: Mapping[str, str]) -> None:
        """Ask these feeds (id → address) now, due or not, and return when all have answered."""
        self._next_look = None
        self._holds = self._edges.store.feeds.holds(self._edges.now())
        for feed_id, address in feeds.items():
            self._hosts.add(feed_id, host_of(address), time.monotonic())
        while self._is_busy:
            self._turn(early=True)

    def ask_due(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Ask what is due until nothing is. After `stopped`, what has been asked has a moment to answer.

        StorageFailed where the database cannot be read or written: call it again, nothing is forgotten.
        """
        self._next_look = None
        while not stopped():
            self._look()
            if not self._is_busy:
                return
            self._turn(early=False)
        self._finish()

    def close(self) -> None:
        """Ask nothing any more."""
        self._askers.shutdown(wait=False, cancel_futures=True)

    @property
    def _is_busy(self) -> bool:
        return bool(self._hosts.waiting or self._hosts.asked or self._unsaved)

    def _turn(self, *, early: bool) -> None:
        """Take the answers that have come, give the places that they leave to other feeds, and write the answers."""
        self._gather()
        self._hand_out(early=early)
        self._save()

    def _look(self) -> None:
        """Note what is due by now."""
        started = time.monotonic()
        if self._next_look is not None and started < self._next_look:
            return
        now = self._edges.now()
        self._holds = self._edges.store.feeds.holds(now)
        for feed_id, address in self._edges.store.polls.due(now, _MOST_DUE).items():
            if self._only is None or feed_id in self._only:
                self._hosts.add(feed_id, host_of(address), started)
        self._next_look = started + max(_LOOK_SECONDS, _LOOKS_SHARE * (time.monotonic() - started))

    def _hand_out(self, *, early: bool) -> None:
        """Give the feeds whose turn it is to threads that wait for their servers."""
        chosen = self._hosts.take(time.monotonic())
        if not chosen:
            return
        try:
            taken = {feed.id: feed for feed in take_feeds(self._edges, chosen, early=early)}
        except StorageFailed:
            for feed_id in chosen:
                self._hosts.ended(feed_id, time.monotonic())
            raise
        for feed_id in chosen:
            feed = taken.get(feed_id)
            if feed is None:  # somebody else asks it, or a person paused it
                self._hosts.ended(feed_id, time.monotonic())
            elif (held := at_rest(self._edges, feed, self._holds.get(host_of(feed.fetch_url)), early=early)) is not None:
                self._answers.put(held)
            else:
                self._submit(feed)

    def _submit(self, feed: Feed) -> None:
        try:
            self._askers.submit(self._ask, feed)
        except RuntimeError as error:  # the machine gives us no more threads
            self._answers.put(broken(self._edges, feed, str(error)))

    def _ask(self, feed: Feed) -> None:
        try:
            with self._edges.web.keeping():
                answer = ask_feed(self._edges, feed)
        except LeaseLost:
            answer = left(self._edges, feed)
        except Exception as error:
            log.exception("asking %s broke", feed.id)
            answer = broken(self._edges, feed, f"{type(error).__name__}: {error}")
        self._answers.put(answer)

    def _gather(self) -> None:
        """Wait until there is something to do, and take the answers that have come."""
        if not self._unsaved:
            self._await(self._until_something())
        if self._unsaved and self._hosts.asked:
            time.sleep(_GATHER_SECONDS)  # what comes meanwhile is written with it
        while len(self._unsaved) < _GROUP and self._entries < _GROUP_ENTRIES and self._await(0.0):
            pass

    @property
    def _entries(self) -> int:
        return sum(len(answer.entries) for answer in self._unsaved)

    def _until_something(self) -> float | None:
        """Seconds until there is something to do but take an answer, None where there is nothing else."""
        now = time.monotonic()
        turn = self._hosts.until_next(now)
        look = None if self._next_look is None else max(0.0, self._next_look - now)
        return min((wait for wait in (turn, look) if wait is not None), default=None)

    def _await(self, seconds: float | None) -> bool:
        """Take an answer if one comes within this time."""
        try:
            answer = self._answers.get(block=seconds != 0, timeout=seconds)
        except Empty:
            return False
        self._unsaved.append(answer)
        self._hosts.ended(answer.feed.id, time.monotonic())
        if answer.hold is not None:
            host, until, _ = answer.hold
            self._holds[host] = max(until, self._holds.get(host, until))
        return True

    def _save(self) -> None:
        """Write what has come, in one transaction; where that breaks, each answer alone shows which one it was."""
        if not self._unsaved:
            return
        started = time.monotonic()
        try:
            saved = save_answers(self._edges, self._unsaved)
        except StorageFailed:
            raise
        except Exception:
            log.exception("writing %d answers broke", len(self._unsaved))
            saved = [one for answer in self._unsaved for one in self._saved_alone(answer)]
        settled, self._unsaved = len(self._unsaved), []
        spent = int((time.monotonic() - started) * 1000)
        log.info("poll: %d done, %d given, %d ms", settled, sum(one.line.new_entries for one in saved), spent)
        for answer in saved:
            self._told(answer.feed, answer.line)

    def _saved_alone(self, answer: Answer) -> list[Answer]:
        """The answer written; where that breaks, the feed marked as one on which our program breaks."""
        for one in (answer, broken(self._edges, answer.feed, "its answer could not be written")):
            try:
                return save_answers(self._edges, [one])
            except StorageFailed:
                raise
            except Exception:
                log.exception("writing the answer of %s broke", answer.feed.id)
        return []

    def _finish(self) -> None:
        """Write what still comes within a moment. What does not counts as asked, and nobody asks it before its time."""
        self._hosts.forget_waiting()
        end = time.monotonic() + _PATIENCE_SECONDS
        while self._hosts.asked and (left := end - time.monotonic()) > 0:
            self._await(left)
        self._save()
