"""`monitor events`: everything that changed, in order."""

from typing import Annotated

import typer

from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, note, opened, short, table


def events(
    since: Annotated[int, typer.Option(min=0, metavar="NUMBER", help="The last event that is known.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 500,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """What changed after an event, oldest first. Replayed from 0 it tells which disputes are open.

    monitor events

    monitor events --since 1200 --jsonl
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        listed = service.store.events.since(since, limit)
        count = service.store.events.count(since)
    if output:
        following = str(listed[-1].number) if listed else None
        output.print([records.event(one) for one in listed], {"next": following, "count": count, "count_is": "exact"})
        return
    rows = [
        (str(one.number), f"{one.at:%Y-%m-%d %H:%M}", one.kind, one.subject_id, short(one.detail, 80)) for one in listed
    ]
    table(("number", "at", "what", "of", "detail"), rows)
    if count > len(listed):
        note(f"There is more: --since {listed[-1].number}")
