"""When pages are asked again."""

from datetime import UTC, datetime, timedelta

from monitor.articles.visits import Visits

READ = datetime(2026, 5, 4, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
VISITS = Visits(open_pages=(HOUR, 6 * HOUR, 24 * HOUR), closed_pages=(2 * HOUR, 4 * HOUR))


def test_an_article_is_visited_at_distances_from_its_publication() -> None:
    published = READ - 3 * HOUR
    assert VISITS.of_open(published, READ, READ) == published + 6 * HOUR
    assert VISITS.of_open(published, READ, published + 6 * HOUR) == published + 24 * HOUR
    assert VISITS.of_open(published, READ, published + 24 * HOUR) is None


def test_visits_that_were_missed_are_made_up_for_by_one() -> None:
    assert VISITS.of_open(READ, READ, READ + 20 * HOUR) == READ + 24 * HOUR


def test_an_article_that_is_old_when_it_is_first_read_is_not_visited() -> None:
    assert VISITS.of_open(READ - 30 * HOUR, READ, READ) is None


def test_without_a_credible_date_visits_count_from_the_first_reading() -> None:
    assert VISITS.of_open(None, READ, READ) == READ + HOUR
    assert VISITS.of_open(READ + 90 * HOUR, READ, READ) == READ + HOUR


def test_a_closed_page_is_tried_at_distances_from_its_first_trial() -> None:
    assert VISITS.of_closed(READ, READ) == READ + 2 * HOUR
    assert VISITS.of_closed(READ, READ + 3 * HOUR) == READ + 4 * HOUR
    assert VISITS.of_closed(READ, READ + 4 * HOUR) is None


def test_no_distances_are_no_visits() -> None:
    assert Visits((), ()).of_open(READ, READ, READ) is None
    assert Visits((), ()).of_closed(READ, READ) is None
