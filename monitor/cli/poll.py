"""`monitor poll`: ask feeds and read what is new."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import bars, document, line, note, opened, short
from monitor.cli.walked import count, given, tell_walk
from monitor.errors import RecordWrong

if TYPE_CHECKING:
    from monitor.app import App, Polled
    from monitor.domain.feed import Feed, FetchLine


def poll(
    once: Annotated[bool, typer.Option("--once", help="Ask every feed now, due or not (the default).")] = False,
    seconds: Annotated[
        float | None, typer.Option("--for", min=0, metavar="SECONDS", help="Ask what is due until the time is up.")
    ] = None,
    feeds: Annotated[
        Path | None, typer.Option("--feeds", metavar="FILE", help="One address a line; only these are asked.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> int:
    """Ask feeds, fetch the pages of what is new, and read, file and compare it.

    monitor poll --once

    monitor poll --for 3600 --feeds mine.txt
    """
    if once and seconds is not None:
        raise typer.BadParameter("--once and --for exclude each other")
    with opened() as app:
        only = _named(app, feeds) if feeds else None
        if not app.store.feeds.list():
            note("There are no feeds. Add one: monitor feeds add https://example.org/feed.xml")
        started = time.monotonic()
        with bars() as progress:
            told = None if as_json else tell_feed
            if seconds is None:
                polled = app.polling.poll(only, told=told, progress=progress)
            else:
                polled = app.polling.poll_due(seconds, told=told, only=only)
        return _report(app, polled, time.monotonic() - started, as_json)


def _named(app: "App", path: Path) -> list[str]:
    """Ids of the feeds of a file, added where they are new."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        mend = "Name a text file with one address a line."
        raise RecordWrong(f"Cannot read {path}", why=str(error), mend=mend) from error
    addresses = [text.split("\t")[0].strip() for text in lines if text.strip() and not text.lstrip().startswith("#")]
    return [app.feeds.add(address)[0].id for address in dict.fromkeys(addresses)]


def tell_feed(feed: "Feed", answer: "FetchLine") -> None:
    """One feed's answer, as it comes."""
    name = feed.title or feed.publisher or feed.url
    if answer.status == "ok":
        note(f"  ok      {answer.new_entries:4} new  {short(name, 60)}")
    elif answer.status == "not_modified":
        note(f"  same       0 new  {short(name, 60)}")
    else:
        note(f"  {answer.status:7}          {short(name, 60)}: {short(answer.error, 160)}")


def _report(app: "App", polled: "Polled", seconds: float, as_json: bool) -> int:
    left = tell_walk(polled.walked)
    counts = app.store.counts()
    numbers = {
        "feeds": polled.asked,
        "ok": polled.ok,
        "not_modified": polled.unchanged,
        "held": polled.held,
        "failed": [{"url": feed.url, "error": feed.last_error} for feed in polled.failed],
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
