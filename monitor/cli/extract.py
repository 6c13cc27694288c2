"""`monitor extract`: the claims of one text, with nothing stored."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.evidence import excerpt, how, said
from monitor.cli.printing import line, note, opened

if TYPE_CHECKING:
    from monitor.domain.trace import Trace


def extract(
    place: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A text, HTML or PDF file, an address, or -.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Of each field, what gave it: the rule and the words that it went by.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="One claim a line.")] = False,
) -> None:
    """Show what would be read from a text.

    monitor extract report.html

    monitor extract report.html --explain

    echo "Halden said output rose 12 percent in March." | monitor extract - --json
    """
    with opened() as app:
        article, reading = app.reading.extract(place)
        data = [json.loads(app.reading.claim_line(claim, article)) for claim in reading.claims]
    if explain:
        for one, traces in zip(data, reading.traces, strict=True):
            one["explain"] = {trace.field: _told(trace) for trace in traces}
    if as_lines:
        for one in data:
            line(json.dumps(one, ensure_ascii=False))
    elif as_json:
        page = {"next": None, "count": len(data), "count_is": "exact"}
        print(json.dumps({"data": data, "page": page}, ensure_ascii=False, indent=2))
    else:
        for claim, traces in zip(reading.claims, reading.traces, strict=True):
            said(claim)
            excerpt(claim.evidence)
            if explain:
                how(claim, traces)
        note(f"{len(data)} claims in {len(article.text):,} characters")


def _told(trace: "Trace") -> dict[str, Any]:
    told = {"rule": trace.rule, "why": trace.why, "cue": trace.cue or None, "trust": trace.trust}
    return {key: value for key, value in told.items() if value is not None}
