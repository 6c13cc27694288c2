"""How far confidences can be believed."""

import pytest

from monitor.quality.calibration import average_precision, bins, brier, calibration_error, log_loss, ranking
from monitor.quality.diagram import diagram

# Eight in ten of what is said with 0.8 is right, one in two of what is said with 0.3.
JUDGED = [(0.8, True)] * 8 + [(0.8, False)] * 2 + [(0.3, True), (0.3, False)]


def test_claims_are_gathered_in_tenths_of_the_scale() -> None:
    low, high = bins(JUDGED)
    assert (low.of, low.sure, low.right) == (2, pytest.approx(0.3), 0.5)
    assert (high.of, high.sure, high.right) == (10, pytest.approx(0.8), 0.8)


def test_the_error_weighs_each_tenth_by_its_claims() -> None:
    assert calibration_error(JUDGED) == pytest.approx(2 * 0.2 / 12)
    assert calibration_error([(1.0, True), (0.0, False)]) == 0
    assert calibration_error([]) == 0


def test_being_sure_and_wrong_costs_most() -> None:
    assert brier([(0.5, True)]) == 0.25
    assert brier([(0.9, False)]) == pytest.approx(0.81)
    assert log_loss([(0.9, False)]) > log_loss([(0.6, False)]) > log_loss([(0.6, True)])
    assert log_loss([(1.0, False)]) < 10


def test_ranking_is_how_often_a_right_claim_is_surer_than_a_wrong_one() -> None:
    assert ranking([(0.9, True), (0.1, False)]) == 1
    assert ranking([(0.4, True), (0.4, False)]) == 0.5
    assert ranking([(0.4, True)]) == 0.5


def test_the_picture_has_a_line_and_a_key_for_each_part() -> None:
    drawn = diagram("Said & so", {"ours": JUDGED, "theirs": JUDGED[:3]})
    assert drawn.count("<polyline") == 2
    assert "Said &amp; so" in drawn
    assert "12 claims, error 0.033" in drawn


def test_average_precision_is_the_share_of_right_ones_down_to_each() -> None:
    assert average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([(0.7, True), (0.9, True), (0.1, False)]) == 1
    assert average_precision([]) == average_precision([(0.9, False)]) == 0


def test_ties_give_the_share_whatever_their_order() -> None:
    tied = [(0.5, True), (0.5, False), (0.5, False), (0.5, False)]
    assert average_precision(tied) == average_precision(tied[::-1]) == 0.25
