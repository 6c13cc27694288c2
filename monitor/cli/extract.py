"""`monitor extract`: the claims of one text, with nothing stored."""

import json
from typing import Annotated

import typer

from monitor.cli.printing import line, note, opened, short


def extract(
    place: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A text, HTML or PDF file, an address, or -.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="One claim a line.")] = False,
) -> None:
    """Show what would be read from a text.

    monitor extract report.html

    echo "Halden said output rose 12 percent in March." | monitor extract - --json
    """
    with opened() as app:
        article, claims = app.reading.extract(place)
        lines = [app.reading.claim_line(claim, article) for claim in claims]
    if as_lines:
        for one in lines:
            line(one)
    elif as_json:
        data = [json.loads(one) for one in lines]
        page = {"next": None, "count": len(data), "count_is": "exact"}
        print(json.dumps({"data": data, "page": page}, ensure_ascii=False, indent=2))
    else:
        for claim in claims:
            chain = " → ".join(source.label or source.name or "?" for source in claim.sources)
            line(f"{claim.evidence.span}  {claim.subject} · {claim.metric}  ({claim.modality}, {chain or 'no source'})")
            line(f"    {short(claim.evidence.quote, 160)}")
        note(f"{len(claims)} claims in {len(article.text):,} characters")
