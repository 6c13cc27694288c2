"""Feeds → the objects of the API, the same for pages and commands. No password ever leaves by this way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from monitor.domain.feed import FetchLine
from monitor.domain.feed_health import FeedReport
from monitor.domain.feed_trial import FeedTrial
from monitor.domain.kept import Kept
from monitor.domain.url import without_login

Record = dict[str, Any]


def feed_record(report: FeedReport) -> Record:
    """A feed with how it is."""
    feed, health, pace = report.feed, report.health, report.pace
    return {
        "id": feed.id,
        "url": feed.shown_url,
        "fetch_url": feed.shown_fetch_url,
        "title": feed.title,
        "publisher": feed.publisher,
        "added": _moment(feed.added),
        "status": "paused" if feed.paused and feed.status != "gone" else feed.status,
        "paused": feed.paused,
        "condition": health.condition.value,
        "said": health.said,
        "mend": health.mend,
        "failures": feed.failures,
        "failing_since": _moment(feed.failing_since),
        "last_poll": _moment(feed.last_poll),
        "last_ok": _moment(feed.last_ok),
        "last_new": _moment(feed.last_new),
        "last_error": feed.last_error,
        "newest_entry": _moment(feed.newest),
        "entries_last_week": pace.week,
        "entries_usual_week": None if pace.usual is None else round(pace.usual, 1),
        "volume": pace.volume or None,
        "next_poll": _moment(feed.next_poll),
        "next_poll_reason": feed.next_poll_reason,
        "interval_seconds": feed.interval_seconds,
        "skip_hours": list(feed.skip_hours),
        "skip_days": list(feed.skip_days),
        "etag": feed.etag,
        "last_modified": feed.last_modified,
        "moved_to": without_login(feed.moved_to) if feed.moved_to else None,
        "moved_since": _moment(feed.moved_since),
        "body_bytes": feed.body_bytes,
        "bytes_saved": feed.bytes_saved,
        "has_login": bool(feed.login),
        "proxy": feed.shown_proxy or None,
    }


def feed_record_in_full(report: FeedReport, history: Sequence[FetchLine], kept: Kept) -> Record:
    """A feed with its articles, its addresses so far and what came back each time it was asked."""
    articles = {"articles": kept.articles, "unread": dict(kept.unread), "excerpts": dict(kept.excerpts)}
    moves = [{"at": _moment(one.at), "old": one.old, "new": one.new, "why": one.why} for one in report.feed.shown_moves]
    return {**feed_record(report), **articles, "moves": moves, "fetches": [fetch_record(line) for line in history]}


def fetch_record(line: FetchLine) -> Record:
    """What came back when a feed was asked."""
    return {
        "at": _moment(line.at),
        "status": line.status,
        "http_status": line.http_status,
        "condition": line.cause or None,
        "new_entries": line.new_entries,
        "bytes_read": line.bytes_read,
        "error": line.error,
    }


def trial_record(trial: FeedTrial) -> Record:
    """A feed asked once to see what comes back."""
    return {
        "url": trial.url,
        "answered": trial.answered or None,
        "hops": [{"status": status, "target": without_login(target)} for status, target in trial.hops],
        "http_status": trial.status,
        "media_type": trial.media_type,
        "bytes_read": trial.wire_bytes,
        "bytes_unpacked": trial.body_bytes,
        "condition": trial.condition.value,
        "error": trial.error,
        "format": trial.format,
        "title": trial.title,
        "language": trial.language,
        "entries": [
            {
                "title": entry.title,
                "url": entry.url,
                "guid": entry.guid,
                "published": _moment(entry.published),
                "updated": _moment(entry.updated),
                "date_note": entry.date_note,
                "full_text": bool(entry.content),
            }
            for entry in trial.entries
        ],
        "hints": list(trial.hints),
        "next_poll": _moment(trial.next_poll),
        "next_poll_reason": trial.next_poll_reason,
        "warnings": list(trial.warnings),
    }


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds")
