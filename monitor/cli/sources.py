"""`monitor sources`: who publishes what is read here."""

from typing import Annotated

import typer

from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, line, opened, short, table

app = typer.Typer(no_args_is_help=True, help="Who publishes what is read here: list and show publishers.")


@app.command("list")
def list_sources(as_json: AsJson = False, as_jsonl: AsJsonLines = False, as_csv: AsCsv = False) -> None:
    """Publishers by the number of their claims that stand.

    monitor sources list

    monitor sources list --csv
    """
    from monitor.app import publishers, records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        listed = publishers.publishers(service)
    if output:
        output.print([records.source(name, count) for name, count in listed])
        return
    table(("publisher", "claims"), [(name, str(count)) for name, count in listed])


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="Claims shown.")] = 50,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One publisher with its feeds and its latest claims; as a table, a row a claim.

    monitor sources show "Tarn Post"

    monitor sources show "Tarn Post" --json
    """
    from monitor.app import full_records, publishers

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        found = publishers.published(service, name, limit)
        if output:
            output.print_one(full_records.source(service, found), "claims")
            return
    line(f"{found.name}  {found.total} claims stand")
    for report in found.feeds:
        line(f"  feed {report.feed.shown_url}  {report.health.condition.words}")
    rows = [
        (one.claim.printed, f"{one.claim.subject} · {one.claim.metric}", short(one.claim.evidence.quote, 100))
        for one in found.claims
    ]
    table(("figure", "of", "sentence"), rows)
