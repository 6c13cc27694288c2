"""`monitor search`: the archive at the shell."""

from typing import Annotated

import typer

from monitor.cli.exits import NOTHING
from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, line, note, opened, short
from monitor.domain.relation import Told
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
    exit_empty: Annotated[bool, typer.Option("--exit-empty", help="Exit with 3 if nothing matches.")] = False,
) -> int:
    """Find claims.

    monitor search yield entity:Halden 'value:>=30%'

    monitor search '(mill OR plant) -kind:forecast' --csv

    monitor search entity:Halden --sort worth
    """
    from monitor.app import records
    from monitor.archive import printed

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as app:
        if meaning:
            app.parts.encoder()
        query, found = app.searching.search(" ".join(words), limit=limit, cursor=cursor, order=sort, strict=bool(output))
        told = [(hit, records.claim(app, Told(hit.claim, hit.article))) for hit in found.hits]
    for warning in query.warnings:
        note(f"  {warning}")
    if query.warnings:
        note(f"  Asked instead: {printed(query.part)}")
    if output:
        page = {"next": found.next_cursor, "count": found.total, "count_is": "exact"}
        output.print([{**one, "how": hit.how} for hit, one in told], page)
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
