"""`monitor feeds`: where we read."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import ago, document, line, note, opened, problem, short, table
from monitor.errors import MonitorError, RecordWrong

if TYPE_CHECKING:
    from monitor.domain.feed import Feed

app = typer.Typer(no_args_is_help=True, help="Where we read: add, list, import, pause and remove feeds.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command()
def add(
    addresses: Annotated[list[str], typer.Argument(metavar="URL…")],
    title: Annotated[str, typer.Option(help="What to call it; else what the feed calls itself.")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes it; else what its pages say.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add feeds.

    monitor feeds add https://example.org/feed.xml --publisher "Example Post"
    """
    with opened() as service:
        added = [service.feeds.add(address, title, publisher) for address in addresses]
    if as_json:
        document([feed for feed, _ in added])
        return
    for feed, new in added:
        line(f"{'added' if new else 'known'}  {feed.id}  {feed.url}")
    note("They are asked with the next poll: monitor poll --once")


@app.command("list")
def list_feeds(as_json: AsJson = False) -> None:
    """All feeds with their health."""
    with opened() as service:
        feeds, now = service.store.feeds.list(), service.now()
    if as_json:
        document(feeds)
        return
    if not feeds:
        note("There are no feeds. Add one: monitor feeds add https://example.org/feed.xml")
    rows = [
        (_state(feed), ago(feed.last_ok, now), feed.title or feed.publisher, feed.url, _trouble(feed)) for feed in feeds
    ]
    table(("status", "last ok", "title", "address", "trouble"), rows)


def _state(feed: "Feed") -> str:
    return "paused" if feed.paused else feed.status


def _trouble(feed: "Feed") -> str:
    return short(feed.last_error, 300) if feed.failures else ""


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="FEED", help="Id, address or words of one.")], as_json: AsJson = False
) -> None:
    """One feed and its history."""
    with opened() as service:
        feed = service.feeds.find(name)
        history = service.store.feeds.history(feed.id, 20)
    if as_json:
        document({"feed": feed, "history": history})
        return
    for key in ("id", "url", "fetch_url", "title", "publisher", "status", "last_ok", "last_error", "next_poll"):
        line(f"{key:12} {getattr(feed, key) or '-'}")
    rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.status, f"{one.new_entries} new", short(one.error)) for one in history]
    table(("when", "status", "entries", "error"), rows)


@app.command("import")
def import_feeds(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="OPML, or one address a line.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be added.")] = False,
) -> int:
    """Add the feeds of a file.

    monitor feeds import subscriptions.opml --dry-run
    """
    wanted = _read(path)
    new, wrong = 0, 0
    with opened() as service:
        for address, title in wanted.items():
            try:
                fresh = (
                    _would_add(service.store.feeds.by_url(address)) if dry_run else service.feeds.add(address, title)[1]
                )
            except MonitorError as error:
                problem(error)
                wrong += 1
                continue
            new += fresh
            line(f"{'new' if fresh else 'known':6} {address}")
    note(f"{len(wanted)} feeds, {new} {'would be ' if dry_run else ''}new, {wrong} wrong")
    return outcome(len(wanted) - wrong, wrong)


def _would_add(known: "Feed | None") -> bool:
    return known is None or known.removed


def _read(path: Path) -> dict[str, str]:
    """Address → title, in the order of the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise RecordWrong(f"Cannot read {path}", why=str(error), mend="Name an OPML or text file.") from error
    if not text.lstrip().startswith("<"):
        lines = (one.split("\t") for one in text.splitlines() if one.strip() and not one.lstrip().startswith("#"))
        return {cells[0].strip(): cells[1].strip() if len(cells) > 1 else "" for cells in lines}
    if "<!ENTITY" in text:
        raise RecordWrong(f"Cannot read {path}", why="it declares entities", mend="OPML needs none: remove them.")
    try:
        outlines = ElementTree.fromstring(text).iter("outline")
    except ElementTree.ParseError as error:
        raise RecordWrong(f"Cannot read {path}", why=f"it is no XML ({error})", mend="Export it again.") from error
    return {one.get("xmlUrl", ""): one.get("title") or one.get("text") or "" for one in outlines if one.get("xmlUrl")}


@app.command("export")
def export_feeds() -> None:
    """All feeds as OPML on standard output."""
    with opened() as service:
        feeds = service.store.feeds.list()
    sys.stdout.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head><title>Feeds</title></head>\n<body>\n'
    )
    for feed in feeds:
        title = quoteattr(feed.title or feed.publisher or feed.url)
        line(f'<outline type="rss" text={title} title={title} xmlUrl={quoteattr(feed.url)}/>')
    line("</body>\n</opml>")


@app.command()
def pause(name: Annotated[str, typer.Argument(metavar="FEED")]) -> None:
    """Stop asking a feed."""
    with opened() as service:
        feed = service.feeds.find(name)
        service.feeds.pause(feed.id, True)
    line(f"paused {feed.url}")


@app.command()
def resume(name: Annotated[str, typer.Argument(metavar="FEED")]) -> None:
    """Ask a paused feed again."""
    with opened() as service:
        feed = service.feeds.find(name)
        service.feeds.pause(feed.id, False)
    line(f"resumed {feed.url}")


@app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="FEED")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
) -> None:
    """Never ask a feed again. What it brought stays."""
    with opened() as service:
        feed = service.feeds.find(name)
        if dry_run:
            line(f"would remove {feed.url}")
            return
        if not yes:
            typer.confirm(f"Remove {feed.url}?", abort=True, err=True)
        service.feeds.remove(feed.id)
    line(f"removed {feed.url}")
