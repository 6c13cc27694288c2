"""Our feed reader in the shape of an outside test set: `--plug tests.quality.adapters.feed:read`."""

from datetime import UTC, datetime
from typing import Any

from monitor.errors import FeedUnreadable
from monitor.feeds.parse import parse_feed


def read(body: bytes) -> dict[str, Any]:
    """Title, link and entries with ISO dates in UTC, as the test set compares them. What is no feed has nothing."""
    try:
        feed = parse_feed(body, url="", feed_id="feed")
    except FeedUnreadable:
        return {"title": None, "link": None, "entries": []}
    return {
        "title": feed.title,
        "link": feed.link,
        "entries": [
            {
                "title": entry.title,
                "link": entry.url,
                "id": entry.guid or entry.url,
                "date": _iso(entry.published),
                "updated": _iso(entry.updated),
            }
            for entry in feed.entries
        ],
    }


def _iso(when: datetime | None) -> str | None:
    return f"{when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z" if when else None
