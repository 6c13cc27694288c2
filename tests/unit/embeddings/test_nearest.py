"""Vector → its neighbours, exactly; and the form in which vectors are stored."""

from pathlib import Path

import numpy as np
import pytest

from monitor.embeddings.encode import check_weights, to_bytes
from monitor.embeddings.nearest import nearest, similarity
from monitor.errors import AssetsWrong


def test_the_most_similar_come_first_and_ties_by_id() -> None:
    east, north = to_bytes([1.0, 0.0]), to_bytes([0.0, 1.0])
    between = to_bytes([1.0, 1.0])
    found = nearest(east, ["c", "b", "a"], north + east + east, k=2)
    assert [name for name, _ in found] == ["a", "b"]
    assert nearest(between, ["n", "e"], north + east, k=5)[0][1] == pytest.approx(0.7071, abs=1e-3)


def test_nothing_is_near_nothing() -> None:
    assert nearest(to_bytes([1.0, 0.0]), [], b"", k=3) == []


def test_exact_against_a_plain_sort() -> None:
    random = np.random.default_rng(7)
    rows = random.normal(size=(200, 16))
    matrix = b"".join(to_bytes(row) for row in rows)
    wanted = to_bytes(rows[3])
    found = nearest(wanted, [f"{at:03}" for at in range(200)], matrix, k=10)
    plain = sorted(((f"{at:03}", similarity(wanted, to_bytes(row))) for at, row in enumerate(rows)),
                   key=lambda pair: (-pair[1], pair[0]))  # fmt: skip
    assert [name for name, _ in found] == [name for name, _ in plain[:10]]
    assert found[0][0] == "003"


def test_vectors_are_of_unit_length_and_zero_stays_zero() -> None:
    assert similarity(to_bytes([3.0, 4.0]), to_bytes([3.0, 4.0])) == pytest.approx(1, abs=1e-3)
    assert to_bytes([0.0, 0.0]) == b"\0" * 4


def test_weights_that_are_not_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AssetsWrong, match="missing"):
        check_weights(tmp_path / "none")
    (tmp_path / "weights").write_bytes(b"other")
    with pytest.raises(AssetsWrong, match="sha256"):
        check_weights(tmp_path / "weights")
