"""`monitor disputes`: where sources contradict each other."""

from datetime import datetime
from typing import Annotated

import typer

from monitor.cli.persons import By, DryRun, Note, judging
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
from monitor.domain.dispute import REASONS, Dispute, DisputeState
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="Where sources contradict each other: list, show and judge disputes.")


@app.command("list")
def list_disputes(
    state: Annotated[DisputeState | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """Disputes, last changed first.

    monitor disputes list --state open --json
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        disputes = service.store.disputes.list(state, limit, cursor)
        by_state = service.store.disputes.count_by_state()
        now = service.now()
    count = by_state.get(state, 0) if state else sum(by_state.values())
    if output:
        page = page_of(disputes, following=disputes.next_cursor, count=count)
        output.print([records.dispute(one, now) for one in disputes], page)
        return
    rows = [
        (one.id, _state(one, now), one.title, f"{one.origins} origins", f"{one.changed:%Y-%m-%d}") for one in disputes
    ]
    table(("id", "state", "dispute", "independent", "changed"), rows)


@app.command()
def show(
    dispute_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One dispute with its positions, their evidence and its life; as a table, a row a claim.

    monitor disputes show dsp-…

    monitor disputes show dsp-… --json
    """
    from monitor.app import full_records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        found = service.store.disputes.get([dispute_id])
        if not found:
            mend = "List them: monitor disputes list"
            raise NotFound(f"No dispute {dispute_id}", why="no dispute has this id", mend=mend)
        dispute = found[0]
        events = service.store.disputes.events(dispute.id)
        judgements = service.judging.judgements(dispute.id)
        now = service.now()
        ids = [one for position in dispute.positions for one in position.claim_ids]
        claims = {claim.id: claim for claim in service.store.claims.get(ids)}
        if output:
            output.print_one(full_records.dispute(service, dispute), "claims")
            return
    line(f"{dispute.title}  ({_state(dispute, now)}, {dispute.origins} independent origins)")
    for position in dispute.positions:
        line(f"  {position.label}")
        for claim in (claims[one] for one in position.claim_ids if one in claims):
            chain = " → ".join(source.label or source.name or "?" for source in claim.sources)
            line(f"    {chain}: {short(claim.evidence.quote, 160)}")
    if dispute.why_compared:
        line(f"  why compared: {dispute.why_compared}")
    if len({one.state for one in judgements}) > 1:
        line("  judged differently: " + "; ".join(f"{one.by}: {one.kind}, {one.reason}" for one in judgements))
    for event in events:
        said = f"{event.reason} – {event.note}" if event.note else event.reason
        line(f"  {event.at:%Y-%m-%d %H:%M}  {event.kind}  {event.by}: {short(said, 240)}  [{event.id}]")


@app.command(epilog="Reasons. " + " ".join(f"{state}: {', '.join(reasons)}." for state, reasons in REASONS.items()))
def judge(
    dispute_id: Annotated[str, typer.Argument(metavar="ID")],
    state: Annotated[DisputeState, typer.Argument(metavar="open|explained|settled|dismissed")],
    reason: Annotated[str, typer.Argument(help="One of those below.")],
    why: Note = "",
    evidence: Annotated[list[str] | None, typer.Option(metavar="CLAIM", help="A claim that bears it out.")] = None,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Confirm a dispute, say what explains or settled it, or that there is none. A figure unseen till then reopens it.

    monitor disputes judge dsp-… explained "different definition" --note "One counts degraded dies too."

    monitor disputes judge dsp-… settled "source corrected" --evidence clm-…

    monitor disputes judge dsp-… open "contradiction confirmed"
    """
    with judging(dry_run=dry_run) as service:
        dispute = service.judging.judge(dispute_id, state, reason, by=by, note=why, evidence=evidence or ())
        note(f"{dispute.title}: {dispute.state}")


@app.command()
def reopen(
    dispute_id: Annotated[str, typer.Argument(metavar="ID")],
    why: Note = "",
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Let a dispute live again that had ended.

    monitor disputes reopen dsp-… --note "The correction was withdrawn."
    """
    with judging(dry_run=dry_run) as service:
        dispute = service.judging.reopen(dispute_id, by=by, note=why)
        note(f"{dispute.title}: {dispute.state}")


@app.command()
def undo(
    dispute_id: Annotated[str, typer.Argument(metavar="ID")],
    step: Annotated[str | None, typer.Option(metavar="STEP", help="Which one; the last by a person if not said.")] = None,
    why: Note = "",
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Take a judgement back. It stays in the history, as undone.

    monitor disputes undo dsp-…
    """
    with judging(dry_run=dry_run) as service:
        dispute = service.judging.take_back(dispute_id, by=by, event_id=step, note=why)
        note(f"{dispute.title}: {dispute.state}")


def _state(one: Dispute, now: datetime) -> str:
    return f"{one.state}, stale" if one.is_stale(now) else str(one.state)
