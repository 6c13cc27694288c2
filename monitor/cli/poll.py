"""`monitor poll`: ask feeds and read what is new."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.feeds_import import tell_skipped, whole_list
from monitor.cli.printing import Bars, bars, document, line, note, opened, short
from monitor.cli.walked import count, given, tell_walk
from monitor.domain.feed_health import condition_words
from monitor.errors import RecordWrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app import App, FeedTold, Polled
    from monitor.domain.feed import Feed, FetchLine


def poll(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[FEED]…", help="Only these: ids, addresses or words of each.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Ask every feed now, due or not (the default).")] = False,
    seconds: Annotated[
        float | None, typer.Option("--for", min=0, metavar="SECONDS", help="Ask what is due until the time is up.")
    ] = None,
    feeds: Annotated[
        Path | None, typer.Option("--feeds", metavar="FILE", help="Only those of a list, OPML or one address a line.")
    ] = None,
    walk: Annotated[
        bool, typer.Option("--walk/--no-walk", help="Read what is new (leave it to another process, or to later).")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> int:
    """Ask feeds, fetch the pages of what is new, and read, file and compare it. Exit 4 if some fail, 1 if all do.

    monitor poll --once

    monitor poll "Tarn Post" --json

    monitor poll --for 3600 --feeds mine.txt
    """
    if once and seconds is not None:
        raise typer.BadParameter("--once and --for exclude each other")
    with opened() as app:
        only = _only(app, names or (), feeds)
        if not app.store.feeds.list():
            note("There are no feeds. Add one: monitor feeds add https://example.org/feed.xml")
        started = time.monotonic()
        with bars() as progress:
            told = _telling(app, only, None if as_json else tell_feed, progress)
            if seconds is None:
                polled = app.polling.poll(only, told=told, progress=progress, walk=walk)
            else:
                polled = app.polling.poll_due(seconds, told=told, only=only, walk=walk)
        return _report(app, polled, time.monotonic() - started, as_json)


def _only(app: "App", names: "Sequence[str]", path: Path | None) -> list[str] | None:
    """Ids of the feeds that are named here or in a file, those of the file added where they are new; None for all."""
    if not names and path is None:
        return None
    wanted = [app.feeds.find(name) for name in names]
    if path is not None:
        found = app.feeds.read_list(whole_list(path), str(path))
        tell_skipped(found)
        if not found.feeds:
            raise RecordWrong(f"Cannot use {path}", why="it lists no feed", mend="Write one address a line.")
        wanted += [feed for feed, _ in app.feeds.add_all(found.feeds)]
    for feed in wanted:
        if feed.paused:
            note(f"{feed.name} is paused and is not asked: monitor feeds resume {feed.id}")
    return [feed.id for feed in wanted]


def _telling(app: "App", only: "Sequence[str] | None", told: "FeedTold | None", progress: "Bars | None") -> "FeedTold":
    """Tells of each answer, and how many there are yet to come."""
    wanted = [feed for feed in app.store.feeds.list() if not feed.paused and (only is None or feed.id in only)]
    answered: set[str] = set()

    def tell(feed: "Feed", answer: "FetchLine") -> None:
        answered.add(feed.id)
        if told is not None:
            told(feed, answer)
        if progress is not None:
            progress.show("asking feeds", len(answered), len(wanted))

    return tell


def tell_feed(feed: "Feed", answer: "FetchLine") -> None:
    """One feed's answer, as it comes."""
    name = short(feed.name, 60)
    if answer.status == "ok":
        note(f"  ok      {answer.new_entries:4} new  {name}")
    elif answer.status == "not_modified":
        note(f"  same       0 new  {name}")
    else:
        words = f"{condition_words(answer.cause)}: " if answer.cause else ""
        note(f"  {answer.status:7}          {name}: {words}{short(answer.error, 160)}")


def _report(app: "App", polled: "Polled", seconds: float, as_json: bool) -> int:
    left = tell_walk(polled.walked)
    counts = app.store.counts()
    numbers = {
        "feeds": polled.asked,
        "ok": polled.ok,
        "not_modified": polled.unchanged,
        "held": polled.held,
        "failed": [
            {"id": feed.id, "url": feed.shown_url, "condition": feed.cause, "error": feed.last_error}
            for feed in polled.failed
        ],
        "entries": polled.entries,
        "articles": count(polled.walked, "fetch"),
        "claims": given(polled.walked, "read"),
        "left_behind": left,
        "open_disputes": counts["open_disputes"],
    }
    if as_json:
        document(numbers)
    else:
        line(
            f"{polled.asked} feeds, {polled.ok} ok, {polled.unchanged} not modified, {len(polled.failed)} failed; "
            f"{polled.entries} entries, {numbers['articles']} articles, {numbers['claims']} claims, "
            f"{counts['open_disputes']} open disputes; {seconds:.0f} s."
        )
    return outcome(polled.ok + polled.unchanged + polled.held, len(polled.failed) + left)
