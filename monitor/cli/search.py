"""`monitor search`: the archive at the shell."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from monitor.cli.exits import NOTHING
from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, line, note, opened, short
from monitor.domain.search import Order


def search(
    words: Annotated[list[str], typer.Argument(metavar="QUERY…", help='Words, "phrases", field:value.')],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Where the last page ended.")] = None,
    sort: Annotated[
        Order, typer.Option(help="The best match, the newest, or what is most worth a reader's attention first.")
    ] = Order.BEST,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Search by meaning too (loads the encoder: seconds).")
    ] = False,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
    counts: Annotated[
        bool, typer.Option("--counts", help="What the claims have in common and how they lie in time, instead of them.")
    ] = False,
    exit_empty: Annotated[bool, typer.Option("--exit-empty", help="Exit with 3 if nothing matches.")] = False,
) -> int:
    """Find claims.

    monitor search yield entity:Halden 'value:>=30%'

    monitor search '(mill OR plant) -kind:forecast' --csv

    monitor search entity:Halden --sort worth

    monitor search metric:yield --counts
    """
    from monitor.app import records
    from monitor.archive import printed

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as app:
        if meaning:
            app.parts.encoder()
        query, found = app.searching.search(" ".join(words), limit=limit, cursor=cursor, order=sort, strict=bool(output))
        told = [(hit, records.hit(app, hit)) for hit in found.hits]
    for warning in query.warnings:
        note(f"  {warning}")
    if query.warnings:
        note(f"  Asked instead: {printed(query.part)}")
    if counts:
        _print_counts(records.counts(found), output)
    elif output:
        page = {"next": found.next_cursor, "count": found.total, "count_is": "exact"}
        output.print([one for _, one in told], page, records.counts(found))
    else:
        for hit, one in told:
            line(f"{hit.claim.evidence.span}  {hit.claim.subject} · {hit.claim.metric}  [{hit.claim.id}]")
            day = f"{hit.article.published:%d %b %Y}" if hit.article.published else "undated"
            line(f"    {short(hit.claim.evidence.quote, 160)}")
            worth = f", worth {one.get('worth', 'not weighed')}" if sort is Order.WORTH else ""
            line(f"    {one['article']['publisher']}, {day}{worth}")
    if not output or found.next_cursor:
        note(f"{found.total} claims" + (", more with --cursor " + found.next_cursor if found.next_cursor else ""))
    return NOTHING if exit_empty and not told else 0


def _print_counts(counts: Mapping[str, Any], output: Output) -> None:
    rows = [
        {"of": name, "value": one["value"], "count": one["count"]}
        for name, values in counts["facets"].items()
        for one in values
    ]
    rows += [
        {"of": name, "value": bar["period"], "count": bar["count"]}
        for name, told in counts["timelines"].items()
        for bar in told["bars"]
    ]
    if output:
        output.print(rows)
        return
    for row in rows:
        line(f"{row['count']:>9}  {row['of']}  {row['value'] or 'not stated'}")
