"""What is worth telling of a feed before it is read."""

from datetime import UTC, datetime

from monitor.domain.entry import Entry, ParsedFeed
from monitor.domain.page import Page
from monitor.feeds.cadence import Rhythm
from monitor.feeds.remarks import hints, warnings

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
GOOD = {"content-type": "application/atom+xml", "etag": '"1"'}


def page(url: str = "https://tarn.example/feed", hops: tuple[tuple[int, str], ...] = (), **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(url, 200, named or GOOD, b"x" * 500, hops, 500)


def entry(number: int, **fields: object) -> Entry:
    known = {"guid": f"g{number}", "url": f"https://tarn.example/{number}", "title": "A title"} | fields
    return Entry(str(number), "f", "u", **known)  # type: ignore[arg-type]


def parsed(*entries: Entry, **fields: object) -> ParsedFeed:
    return ParsedFeed("atom10", "Tarn", "", entries, **fields)  # type: ignore[arg-type]


def test_a_sound_feed_has_no_warnings() -> None:
    assert warnings(page(), parsed(entry(1), entry(2))) == []


def test_what_is_odd_about_the_answer_is_told() -> None:
    moved = page("http://tarn.example/new", ((301, "http://tarn.example/new"),), content_type="text/html")
    assert warnings(moved, parsed(entry(1))) == [
        "it has moved for good: add http://tarn.example/new instead",
        "it comes unencrypted: anybody on the way can change it",
        "its server calls it text/html, not a feed",
        "its server sends neither ETag nor Last-Modified: each poll takes all of its 500 bytes",
    ]


def test_what_is_odd_about_the_entries_is_counted() -> None:
    entries = (
        entry(1, date_note="zone assumed"), entry(2, date_note="no date", url=""), entry(3, guid="g4"), entry(4),
        entry(5, title="", date_note="zone assumed"),
    )  # fmt: skip
    assert warnings(page(), parsed(*entries)) == [
        "1 of 5 entries: no date",
        "2 of 5 entries: a date without a zone, taken for UTC",
        "1 of 5 entries: no link to an article",
        "guids that stand for several addresses each: 1; entries are told apart by their addresses",
        "1 of 5 entries: neither title nor summary",
    ]
    assert warnings(page(), parsed()) == ["it has no entries now"]


def test_what_the_feed_and_its_server_wish_for_the_next_poll_is_told() -> None:
    asking = parsed(entry(1), ttl_minutes=180, skip_hours=(0, 1), skip_days=("Sunday",))
    assert hints(page(cache_control="max-age=1800"), asking, NOW, Rhythm()) == [
        "ttl of the feed: 3 h",
        "max-age of the server: 30 min",
        "skipHours of the feed: 0, 1 (UTC)",
        "skipDays of the feed: Sunday",
    ]
