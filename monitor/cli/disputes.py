"""`monitor disputes`: where sources contradict each other."""

from typing import Annotated

import typer

from monitor.cli.printing import document, line, opened, short, table
from monitor.domain.dispute import DisputeState
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="Where sources contradict each other: list and show disputes.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("list")
def list_disputes(
    state: Annotated[DisputeState | None, typer.Option(help="Only those in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Disputes, last changed first.

    monitor disputes list --state open --json
    """
    with opened() as service:
        disputes = service.store.disputes.list(state=state, limit=limit)
    if as_json:
        document(disputes)
        return
    rows = [(one.id, one.state.value, one.title, f"{one.origins} origins", f"{one.changed:%Y-%m-%d}") for one in disputes]
    table(("id", "state", "dispute", "independent", "changed"), rows)


@app.command()
def show(dispute_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """One dispute with its positions, their evidence and its life.

    monitor disputes show dsp-…
    """
    with opened() as service:
        found = service.store.disputes.get([dispute_id])
        if not found:
            mend = "List them: monitor disputes list"
            raise NotFound(f"No dispute {dispute_id}", why="no dispute has this id", mend=mend)
        dispute = found[0]
        events = service.store.disputes.events(dispute.id)
        ids = [one for position in dispute.positions for one in position.claim_ids]
        claims = {claim.id: claim for claim in service.store.claims.get(ids)}
    if as_json:
        document({"dispute": dispute, "events": events})
        return
    line(f"{dispute.title}  ({dispute.state}, {dispute.origins} independent origins)")
    for position in dispute.positions:
        line(f"  {position.label}")
        for claim in (claims[one] for one in position.claim_ids if one in claims):
            chain = " → ".join(source.label or source.name or "?" for source in claim.sources)
            line(f"    {chain}: {short(claim.evidence.quote, 160)}")
    if dispute.why_compared:
        line(f"  why compared: {dispute.why_compared}")
    for event in events:
        line(f"  {event.at:%Y-%m-%d %H:%M}  {event.state}  {event.by}: {short(event.reason, 160)}")
