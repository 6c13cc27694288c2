"""What is one article is one entry, and keeps its id from poll to poll."""

from monitor.domain.entry import Entry
from monitor.feeds.parse import parse_feed


def entries(*items: str) -> tuple[Entry, ...]:
    body = (
        "<rss version='2.0'><channel><title>x</title>"
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )
    return parse_feed(body.encode(), url="https://h.test/feed", feed_id="feed-1").entries


def item(title: str, link: str = "", guid: str = "") -> str:
    named = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<title>{title}</title>{f'<link>{link}</link>' if link else ''}{named}"


def ids(*items: str) -> list[str]:
    return [entry.id for entry in entries(*items)]


def test_http_and_https_tracking_and_www_are_one_entry() -> None:
    (one,) = entries(
        item("A", "https://n.test/a?utm_source=rss", "1"),
        item("A", "http://n.test/a", "2"),
        item("A", "https://www.n.test/a#at_campaign=feed", "3"),
    )
    assert (one.url, one.guid) == ("https://n.test/a?utm_source=rss", "1")


def test_a_guid_or_title_that_changes_between_polls_leaves_the_entry_what_it_was() -> None:
    first = ids(item("Dam leaks", "https://n.test/dam", "n-1#0"))
    assert ids(item("Dam leaks badly", "https://n.test/dam", "n-1#1")) == first
    assert ids(item("Dam leaks", "https://n.test/dam")) == first


def test_a_guid_that_several_addresses_share_swallows_none_of_them() -> None:
    assert len(entries(item("A", "https://n.test/a", "same"), item("B", "https://n.test/b", "same"))) == 2


def test_entries_that_all_lead_to_the_front_page_are_told_apart_by_their_guids() -> None:
    first = ids(item("A", "https://n.test/", "1"), item("B", "https://n.test/", "2"))
    assert len(set(first)) == 2
    assert ids(item("A, changed", "https://n.test", "1"))[0] == first[0]


def test_posts_of_one_page_are_told_apart_by_where_they_stand_on_it() -> None:
    assert len(entries(item("A", "https://n.test/live#post-1"), item("B", "https://n.test/live#post-2"))) == 2


def test_different_stories_on_one_page_are_told_apart_by_their_guids() -> None:
    assert len(entries(item("A", "https://n.test/alerts", "1"), item("B", "https://n.test/alerts", "2"))) == 2


def test_one_story_listed_twice_under_two_guids_is_one_entry() -> None:
    assert len(entries(item("A", "https://n.test/a", "1"), item("A", "https://n.test/a", "2"))) == 1


def test_entries_without_address_and_guid_are_told_apart_by_what_they_say() -> None:
    assert len(entries("<title>A</title>", "<title>B</title>", "<title>A</title>")) == 2


def test_the_same_article_in_two_feeds_is_two_entries() -> None:
    body = b"<rss><channel><item><link>https://n.test/a</link></item></channel></rss>"
    one, other = (parse_feed(body, url="https://h.test/feed", feed_id=feed).entries[0] for feed in ("feed-1", "feed-2"))
    assert one.id != other.id
