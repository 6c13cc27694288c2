"""`monitor feeds`: where we read. How they come in stands in files of its own."""

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import feeds_add, feeds_import, feeds_trial
from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, ago, line, note, opened, short, table
from monitor.domain.size import size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from monitor.domain.feed import FetchLine
    from monitor.domain.feed_health import FeedPace, FeedReport

app = typer.Typer(no_args_is_help=True, help="Where we read: feeds come, are looked after, and go.")
app.command()(feeds_add.add)

Name = Annotated[str, typer.Argument(metavar="FEED", help="Id, address or words of one.")]
Names = Annotated[list[str], typer.Argument(metavar="FEED…", help="Ids, addresses or words of each.")]
_TITLES = ("feed", "last good", "7 days (usual)", "how it is", "address")


@app.command("list")
def list_feeds(
    unwell: Annotated[bool, typer.Option("--unwell", help="Only those that need a look.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """All feeds with how they are: those that need a look first, grouped by cause.

    monitor feeds list

    monitor feeds list --unwell --json
    """
    from monitor.app import feed_record

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        reports, now = service.feeds.reports(), service.now()
    reports = [one for one in reports if one.health.condition.is_unwell or not unwell]
    if output:
        output.print([feed_record(one) for one in reports])
        return
    if not reports:
        note("No feed needs a look." if unwell else "There are no feeds. Add one: monitor feeds add https://example.org")
    if not sys.stdout.isatty():
        table(("condition", *_TITLES), [(one.health.condition.words, *_cells(one, now)) for one in reports])
        return
    for condition, group in groupby(reports, key=lambda one: one.health.condition):
        rows = [_cells(one, now) for one in group]
        line(f"{condition.words} ({len(rows)})")
        table(_TITLES, rows)
        line("")


def _cells(report: "FeedReport", now: "datetime") -> tuple[str, ...]:
    feed, health = report.feed, report.health
    told = " ".join((health.said, health.mend)).strip() if health.condition.is_unwell else ""
    name = short(feed.title or feed.publisher, 40) or "-"
    return (name, ago(feed.last_ok, now), _week(report.pace), short(told, 300), feed.shown_url)


def _week(pace: "FeedPace") -> str:
    return f"{pace.week}" if pace.usual is None else f"{pace.week} ({pace.usual:.0f})"


@app.command()
def show(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=500, help="Lines of its history.")] = 20,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One feed: how it is and what to do, when it is asked next and why then, and what came back before.

    monitor feeds show "Tarn Post"
    """
    from monitor.app import feed_record_in_full

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        report, now = service.feeds.report(service.feeds.find(name)), service.now()
        history, kept = service.feeds.history(report.feed.id, limit), service.kept(report.feed.id)
    if output:
        output.print_one(feed_record_in_full(report, history, kept))
        return
    for key, text in (*_facts(report, history, now), ("articles", "; ".join((str(kept.articles), *kept.remarks)))):
        line(f"{key:17} {text}")
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M}", _answer(one), f"{one.new_entries} new", size(one.bytes_read), short(one.error))
        for one in history
    ]
    table(("when", "answer", "entries", "read", "trouble"), rows)


def _facts(report: "FeedReport", history: "Sequence[FetchLine]", now: "datetime") -> list[tuple[str, str]]:
    feed, health, pace = report.feed, report.health, report.pace
    usual = "not known" if pace.usual is None else f"{pace.usual:.0f}"
    volume = f": {pace.volume}" if pace.volume else ""
    facts = [
        ("id", feed.id),
        ("address", feed.shown_url),
        ("asked at", feed.shown_fetch_url if feed.fetch_url != feed.url else ""),
        ("title", feed.title),
        ("publisher", feed.publisher),
        ("condition", f"{health.condition.words}. {health.said}"),
        ("to do", health.mend),
        ("last good answer", ago(feed.last_ok, now)),
        ("last answer", f"{_answer(history[0])}, {ago(history[0].at, now)}" if history else "none"),
        ("failures in a row", str(feed.failures) if feed.failures else ""),
        ("next poll", "" if feed.paused else _next(report, now)),
        ("entries", f"{pace.week} in the last 7 days, usually {usual} a week{volume}"),
        ("saved", f"{size(feed.bytes_saved)} by answers that nothing had changed" if feed.bytes_saved else ""),
        ("login", f"{feed.login.partition(':')[0]}, with a password" if feed.login else ""),
        ("proxy", feed.shown_proxy),
    ]
    moves = [(f"moved {one.at:%Y-%m-%d}", f"{one.old} → {one.new} ({one.why})") for one in feed.shown_moves]
    return [(key, text) for key, text in (*facts, *moves) if text]


def _next(report: "FeedReport", now: "datetime") -> str:
    feed = report.feed
    if feed.next_poll is None or feed.next_poll <= now:
        return "with the next round"
    return f"{feed.next_poll:%Y-%m-%d %H:%M} UTC: {feed.next_poll_reason}"


def _answer(one: "FetchLine") -> str:
    word = one.status.replace("_", " ")
    return f"{word} {one.http_status}" if one.http_status and one.http_status != 200 else word


app.command("test")(feeds_trial.try_feeds)
app.command("import")(feeds_import.import_feeds)


@app.command("export")
def export_feeds() -> None:
    """All feeds as OPML on standard output, for any reader of feeds. Passwords stay here.

    monitor feeds export > feeds.opml
    """
    with opened() as service:
        text = service.feeds.opml(report.feed for report in sorted(service.feeds.reports(), key=lambda one: one.feed.url))
    sys.stdout.write(text)


@app.command()
def pause(names: Names) -> None:
    """Stop asking feeds."""
    _set_paused(names, True)


@app.command()
def resume(names: Names) -> None:
    """Ask paused feeds again."""
    _set_paused(names, False)


def _set_paused(names: Names, paused: bool) -> None:
    with opened() as service:
        for feed in [service.feeds.find(name) for name in names]:
            service.feeds.pause(feed.id, paused)
            line(f"{'paused' if paused else 'resumed'} {feed.shown_url}")


@app.command()
def remove(
    names: Names,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
) -> None:
    """Never ask feeds again. What they brought stays."""
    with opened() as service:
        for feed in [service.feeds.find(name) for name in names]:
            if dry_run:
                line(f"would remove {feed.shown_url}")
                continue
            if not yes:
                typer.confirm(f"Remove {feed.shown_url}?", abort=True, err=True)
            service.feeds.remove(feed.id)
            line(f"removed {feed.shown_url}")
