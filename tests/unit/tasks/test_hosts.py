"""Whose turn it is to be asked."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.tasks.hosts import MOST_HANGING, PROMPT_SECONDS, Hosts


def hosts(at_once: int = 10, per_host: int = 2, pause: float = 0.0, rests: dict[str, float] | None = None) -> Hosts:
    known = rests or {}
    return Hosts(at_once=at_once, per_host=per_host, pause=pause, rest=lambda name: known.get(name, 0.0))


def filled(made: Hosts, *feeds: str) -> Hosts:
    """Feeds named as "host/number" that wait."""
    for feed in feeds:
        made.add(feed, feed.partition("/")[0], 0.0)
    return made


def test_each_host_gets_its_share_and_the_longest_due_goes_first() -> None:
    waiting = filled(hosts(), "a/1", "a/2", "a/3", "b/1", "c/1")
    assert sorted(waiting.take(0.0)) == ["a/1", "a/2", "b/1", "c/1"]
    assert waiting.take(0.0) == []
    waiting.ended("a/2", 0.1)
    assert waiting.take(0.1) == ["a/3"]


def test_a_host_with_many_feeds_takes_no_place_from_others() -> None:
    waiting = filled(hosts(at_once=3), *(f"a/{n}" for n in range(500)), "b/1")
    assert sorted(waiting.take(0.0)) == ["a/0", "a/1", "b/1"]


def test_between_two_starts_at_a_host_lies_its_pause() -> None:
    waiting = filled(hosts(pause=1.0), "a/1", "a/2", "b/1")
    assert waiting.take(0.0) == ["a/1", "b/1"]
    assert waiting.until_next(0.25) == 0.75
    assert waiting.take(0.99) == []
    assert waiting.take(1.0) == ["a/2"]


def test_a_host_that_was_asked_for_something_else_has_its_rest() -> None:
    rests = {"a": 0.5}
    waiting = filled(hosts(rests=rests), "a/1", "b/1")
    assert waiting.take(0.0) == ["b/1"]
    assert waiting.until_next(0.0) == 0.5
    rests.clear()
    assert waiting.take(0.5) == ["a/1"]


def test_there_are_only_so_many_places() -> None:
    waiting = filled(hosts(at_once=2), "a/1", "b/1", "c/1")
    assert waiting.take(0.0) == ["a/1", "b/1"]
    assert waiting.until_next(0.5) == PROMPT_SECONDS - 0.5
    waiting.ended("a/1", 0.1)
    assert waiting.take(0.1) == ["c/1"]


def test_feeds_that_hang_give_up_their_places_but_not_without_end() -> None:
    waiting = filled(hosts(at_once=2), *(f"h{n}/1" for n in range(100)))
    taken = [len(waiting.take(turn * PROMPT_SECONDS)) for turn in range(10)]
    assert sum(taken) == 2 * MOST_HANGING
    assert taken[:2] == [2, 2]
    assert waiting.until_next(100.0) is None


def test_a_host_where_feeds_hang_is_asked_no_more_than_any_other() -> None:
    waiting = hosts(at_once=100, per_host=2)
    for number in range(5):
        waiting.add(f"feed-{number}", "slow.example", 0.0)
    assert len(waiting.take(0.0)) == 2
    assert waiting.take(25.0) == []
    waiting.ended("feed-0", 30.0)
    assert len(waiting.take(30.0)) == 1


def test_an_answer_makes_a_place_before_the_patience_is_over() -> None:
    waiting = filled(hosts(), "a/1", "a/2", "a/3")
    waiting.take(0.0)
    waiting.ended("a/1", 1.0)
    assert waiting.take(1.0) == ["a/3"]


def test_a_feed_waits_once_and_is_forgotten_when_it_ended() -> None:
    waiting = filled(hosts(), "a/1", "a/1")
    assert waiting.take(0.0) == ["a/1"]
    assert "a/1" in waiting
    waiting.add("a/1", "a", 0.0)
    assert not waiting.waiting
    waiting.ended("a/1", 0.1)
    assert "a/1" not in waiting
    assert (waiting.asked, waiting.waiting) == (0, False)


def test_who_waits_can_be_forgotten_while_others_are_asked() -> None:
    waiting = filled(hosts(), "a/1", "a/2", "a/3", "b/1")
    waiting.take(0.0)
    waiting.forget_waiting()
    assert (waiting.asked, waiting.waiting) == (3, False)
    waiting.ended("a/1", 0.1)
    assert waiting.take(0.1) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 20)), max_size=60))
def test_everybody_gets_a_turn_once(feeds: list[tuple[str, int]]) -> None:
    waiting = filled(hosts(at_once=3, pause=0.5), *(f"{host}/{number}" for host, number in feeds))
    asked: list[str] = []
    now = 0.0
    running: list[str] = []
    while waiting.waiting or running:
        now += 0.25
        taken = waiting.take(now)
        asked += taken
        running += taken
        assert len(running) <= 3
        if running:
            waiting.ended(running.pop(0), now)
    assert sorted(asked) == sorted({f"{host}/{number}" for host, number in feeds})
