"""`monitor ingest`: the whole walk for articles already in hand."""

from typing import Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import bars, document, line, note, opened, problem
from monitor.cli.walked import given, tell_walk

_SHOWN = 20


def ingest(
    places: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="JSON Lines, .txt, .html, .pdf, addresses; - is standard input."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> int:
    """Take in articles and read, file and compare them. Articles that are known change nothing.

    monitor ingest articles.jsonl

    curl -s https://example.org/articles.jsonl | monitor ingest -
    """
    with opened() as app, bars() as progress:
        taken, walked = app.reading.ingest(places, progress=progress)
        counts = app.store.counts()
    for place, error in taken.wrong[:_SHOWN]:
        problem(error, place)
    if len(taken.wrong) > _SHOWN:
        note(f"… and {len(taken.wrong) - _SHOWN} more that cannot be read")
    left = tell_walk(walked)
    numbers = {
        "records": taken.records,
        "new": taken.new,
        "known": taken.known,
        "unreadable": len(taken.wrong),
        "claims_read": given(walked, "read"),
        "left_behind": left,
        "articles": counts["articles"],
        "claims": counts["claims"],
        "open_disputes": counts["open_disputes"],
    }
    if as_json:
        document(numbers)
    else:
        line(
            f"{taken.records} records: {taken.new} new, {taken.known} known, {len(taken.wrong)} unreadable; "
            f"{numbers['claims_read']} claims read. Now {counts['articles']} articles, {counts['claims']} claims, "
            f"{counts['open_disputes']} open disputes."
        )
    return outcome(taken.new + taken.known, len(taken.wrong) + left)
