"""What is said of articles that are not read or not whole."""

from monitor.domain.article import is_read
from monitor.domain.kept import Kept


def test_nothing_is_said_where_all_is_as_it_should_be() -> None:
    assert Kept(12, {}, {}).remarks == ()


def test_the_most_come_first() -> None:
    kept = Kept(40, {"de": 3, "fr": 9}, {"subscription": 4, "": 1})
    assert kept.remarks == (
        "12 in languages that are not read (9 fr, 3 de)",
        "5 rest on what feeds carry (4 a wall for subscribers, 1 no page)",
    )


def test_a_region_makes_no_other_language() -> None:
    assert is_read("en-GB", ("en",))
    assert is_read("EN_us", ("en",))
    assert is_read("", ("en",))
    assert not is_read("de", ("en",))
    assert is_read("de", ("en", "de"))
