import pickle
from dataclasses import dataclass, replace

from monitor.domain.known import Known, as_known, kept


@dataclass(frozen=True)
class Reading(Known):
    litres: int


asked: list[tuple[int, int]] = []


@kept
def shared(reading: Reading, houses: int) -> float:
    asked.append((reading.litres, houses))
    return reading.litres / houses


def test_what_was_found_out_about_a_value_is_asked_once_and_of_a_changed_one_anew() -> None:
    reading = Reading(90)
    assert [shared(reading, 3), shared(reading, 3), shared(reading, 2)] == [30, 30, 45]
    assert shared(replace(reading, litres=60), 3) == 20
    assert asked == [(90, 3), (90, 2), (60, 3)]


def test_what_is_known_of_a_value_makes_it_no_other_value() -> None:
    reading = Reading(90)
    shared(reading, 3)
    assert reading == Reading(90)


def test_what_is_known_of_a_value_does_not_go_with_it_to_another_process() -> None:
    reading = Reading(50)
    shared(reading, 5)
    other = pickle.loads(pickle.dumps(reading))
    assert other == reading
    assert not other.known


@kept
def left(reading: Reading, leaked: int = 0, drawn: int = 0) -> int:
    return reading.litres - leaked - 2 * drawn


def test_what_was_asked_by_name_is_told_apart_by_it() -> None:
    reading = Reading(90)
    assert [left(reading, leaked=5), left(reading, drawn=5)] == [85, 80]


def test_a_value_that_differs_in_nothing_that_counts_knows_what_the_other_does() -> None:
    reading = Reading(70)
    shared(reading, 7)
    again = Reading(70)
    as_known(again, reading)
    assert shared(again, 7) == 10
    assert asked.count((70, 7)) == 1
