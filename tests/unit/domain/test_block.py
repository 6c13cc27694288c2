"""Under which of its keys a claim's question is looked for."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.block import CROWD, block_key, telling

ORREL, POWER = block_key("orrel", "revenue", "2031-1"), block_key("power", "revenue", "2031-1")


def test_a_word_of_very_many_names_is_left_out_beside_a_name_of_few() -> None:
    assert telling({ORREL: 0, POWER: CROWD + 1}) == [ORREL]
    assert telling({ORREL: 3, POWER: CROWD}) == [ORREL, POWER]


def test_where_every_name_is_one_of_many_the_least_common_is_asked() -> None:
    assert telling({ORREL: CROWD + 1, POWER: CROWD + 2}) == [ORREL]


def test_each_time_is_asked_for() -> None:
    later = block_key("orrel", "revenue", "open")
    assert set(telling({later: 1, ORREL: CROWD + 1, POWER: CROWD + 2})) == {later, ORREL}


@given(st.dictionaries(st.sampled_from([ORREL, POWER, "a|b|c", "d|b|c"]), st.integers(0, 2 * CROWD)))
def test_the_order_of_keys_does_not_matter(sizes: dict[str, int]) -> None:
    assert telling(sizes) == telling(dict(reversed(sizes.items())))
