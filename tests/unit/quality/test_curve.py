"""Likelihoods and what was so → precision at each recall, and a picture of it."""

from monitor.quality.curve import curve, points

JUDGED = [(0.9, True), (0.9, False), (0.6, True), (0.2, False)]


def test_what_is_equally_sure_comes_at_once() -> None:
    assert points(JUDGED) == [(0.5, 0.5, 0.9), (1.0, 2 / 3, 0.6), (1.0, 0.5, 0.2)]


def test_without_anything_to_find_there_is_no_recall() -> None:
    assert points([(0.5, False)]) == [(0.0, 0.0, 0.5)]
    assert points([]) == []


def test_the_picture_has_a_line_for_each_part_and_marks_on_it() -> None:
    drawn = curve("Right & found", {"ours": JUDGED, "theirs": JUDGED[:1]})
    assert drawn.count("<polyline") == 2
    assert "Right &amp; found" in drawn
    assert "from 0.5 on: precision 0.67, recall 1.00" in drawn
    assert "4 pairs" in drawn
