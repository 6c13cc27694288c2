"""The sample newsroom: what it shows at a moment, in three formats of feed, and over HTTP."""

import json
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime

import feedparser
import pytest

from monitor.demo.newsroom import load
from monitor.demo.server import serve

END = datetime(2026, 3, 12, tzinfo=UTC)


def test_it_is_as_varied_as_it_says() -> None:
    newsroom = load()
    paths = {story.url_path for story in newsroom.versions}
    assert len(paths) >= 16
    assert len({story.publisher for story in newsroom.versions}) >= 5
    assert {publisher.feed for publisher in newsroom.publishers.values()} == {"rss", "atom", "json"}
    days = {story.published.date() for story in newsroom.versions}
    assert (max(days) - min(days)).days + 1 == 10
    assert Counter(story.url_path for story in newsroom.versions).most_common(1)[0][1] == 2


def test_a_revised_story_shows_its_first_text_until_it_was_revised() -> None:
    newsroom = load()
    path = "malaria-tablet-trial"

    def text(at: str) -> str:
        stories = newsroom.stories("courier", datetime.fromisoformat(at))
        return " ".join(next(story.paragraphs for story in stories if story.path == path))

    assert "84 percent" in text("2026-03-06T10:00+01:00")
    assert "48 percent" in text("2026-03-06T12:00+01:00")


def test_nothing_is_shown_before_it_was_published() -> None:
    newsroom = load()
    assert all(newsroom.stories(publisher, datetime(2026, 3, 1, tzinfo=UTC)) == [] for publisher in newsroom.publishers)


@pytest.mark.parametrize("publisher", ["dispatch", "ledger", "courier", "northline", "vale"])
def test_each_xml_feed_is_sound_and_lists_every_story(publisher: str) -> None:
    newsroom = load()
    body, _ = newsroom.feed(publisher, END, "http://127.0.0.1:1")
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [story.title for story in newsroom.stories(publisher, END)]


def test_the_json_feed_lists_every_story() -> None:
    newsroom = load()
    items = json.loads(newsroom.feed("granary", END, "http://127.0.0.1:1")[0])["items"]
    assert [item["title"] for item in items] == [story.title for story in newsroom.stories("granary", END)]


def test_the_server_answers_pages_feeds_conditional_requests_and_nothing_else() -> None:
    newsroom = load()
    with serve(newsroom, END) as server:
        feed = urllib.request.urlopen(server.base + "/ledger/feed.xml")
        page = urllib.request.urlopen(server.base + newsroom.stories("ledger", END)[0].url_path)
        assert page.headers.get_content_type() == "text/html"
        again = urllib.request.Request(server.base + "/ledger/feed.xml", headers={"If-None-Match": feed.headers["ETag"]})
        with pytest.raises(urllib.error.HTTPError, match="304"):
            urllib.request.urlopen(again)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(server.base + "/nobody/feed.xml")
