"""`monitor digest`: the morning mail."""

import sys
import tempfile
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import TRY_LATER, outcome
from monitor.cli.printing import (
    AsCsv,
    AsJson,
    AsJsonLines,
    Cursor,
    Output,
    line,
    note,
    opened,
    page_of,
    short,
    table,
)

if TYPE_CHECKING:
    from monitor.domain.digest import Issue

app = typer.Typer(no_args_is_help=True, help="The morning mail: preview, send, list.")

To = Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Whose digest.")]


@app.command()
def preview(
    to: To,
    at: Annotated[datetime | None, typer.Option(help="As of this local time; now if not given.")] = None,
    folder: Annotated[Path | None, typer.Option("--output", "-o", help="Write digest.html, .txt and .eml there.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the HTML in a browser.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print the HTML part.")] = False,
) -> None:
    """The digest as it would be sent, with nothing stored or sent.

    monitor digest preview --to reader@example.org --open
    """
    with opened() as service:
        rendered = service.digests.preview(to, at.astimezone() if at else None)
    if folder is None and show:
        folder = Path(tempfile.mkdtemp(prefix="monitor-digest-"))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "digest.html").write_text(rendered.html, encoding="utf-8")
        (folder / "digest.txt").write_text(rendered.text, encoding="utf-8")
        (folder / "digest.eml").write_bytes(rendered.message)
        note(f"Written to {folder}")
        if show:
            webbrowser.open((folder / "digest.html").resolve().as_uri())
        return
    note(f"Subject: {rendered.subject}")
    line(rendered.html if as_html else rendered.text)


@app.command()
def send(to: To) -> int:
    """Send the digest of a subscriber now; today's is sent once.

    monitor digest send --to reader@example.org
    """
    with opened() as service:
        done = service.digests.send(to)
        issue = next((one for one in service.store.digests.list(50) if one.address == to), None)
    if issue is not None:
        line(f"{issue.period}  {issue.state}  {issue.rendered.subject}  {issue.reply}")
    note(f"{done.sent} sent, {done.deferred} to be tried again, {done.failed} failed")
    if done.deferred and not done.sent:
        return TRY_LATER
    return outcome(done.sent, done.failed)


@app.command("list")
def list_digests(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """Issues as planned and sent, newest first.

    monitor digest list --json
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        issues = service.store.digests.list(limit, cursor)
        count = service.store.digests.count()
    page = page_of(issues, following=issues.next_cursor, count=count)
    if output:
        output.print([_record(one) for one in issues], page)
        return
    rows = [(one.id, one.period, one.state.value, one.address, one.rendered.subject, short(one.reply)) for one in issues]
    table(("id", "period", "state", "to", "subject", "reply"), rows)


@app.command()
def show(
    issue_id: Annotated[str, typer.Argument(metavar="ID")],
    as_eml: Annotated[bool, typer.Option("--eml", help="The whole message as it was sent.")] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One issue as it was sent.

    monitor digest show dig-…

    monitor digest show dig-… --eml > issue.eml
    """
    from monitor.app import full_records

    output = Output(as_json, as_jsonl, as_csv)
    if as_eml and output:
        raise typer.BadParameter("--eml and --json, --jsonl or --csv are forms of one issue: ask for one.")
    with opened() as service:
        one = service.store.digests.get(issue_id)
    if as_eml:
        sys.stdout.buffer.write(one.rendered.message)
    elif output:
        output.print_one(full_records.issue(one, one.rendered.text) | _told_here(one))
    else:
        line(one.rendered.text)


def _record(one: "Issue") -> dict[str, Any]:
    from monitor.app import records

    return records.issue(one) | _told_here(one)


def _told_here(one: "Issue") -> dict[str, str]:
    """What no page tells: whose issue it is, and what the mail server said of it."""
    return {"to": one.address, "reply": one.reply}
