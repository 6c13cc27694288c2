"""`monitor check`: what the archive has on the figures of a sentence."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.evidence import excerpt, said
from monitor.cli.exits import NOTHING
from monitor.cli.printing import line, note, opened

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.pipeline.check import Checked, Finding

_LISTS = (("agrees", "say the same"), ("disagrees", "disagree"), ("near", "are near, but different"))


def check(
    words: Annotated[list[str], typer.Argument(metavar="TEXT…|-", help="A sentence or more; - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    exit_empty: Annotated[bool, typer.Option("--exit-empty", help="Exit with 3 if the archive has nothing.")] = False,
) -> int:
    """Hold a text against the archive: of each figure, who says the same, who disagrees, and what is near but different.

    monitor check "Halden makes 5,000 wafers a week."

    monitor check - --json < speech.txt
    """
    text = sys.stdin.read() if words == ["-"] else " ".join(words)
    with opened() as app:
        article, found = app.reading.check(text)
        lines = [_record(app, one, article) for one in found] if as_json else []
    if as_json:
        page = {"next": None, "count": len(lines), "count_is": "exact"}
        print(json.dumps({"data": lines, "page": page}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            _print(one)
    if not found:
        note("No figure and no date was read in this text that could be checked.")
    return NOTHING if exit_empty and all(one.is_unknown for one in found) else 0


def _print(one: "Checked") -> None:
    said(one.claim)
    excerpt(one.claim.evidence)
    if one.is_unknown:
        line("  The archive has nothing on it.")
    for name, words in _LISTS:
        listed: tuple[Finding, ...] = getattr(one, name)
        if listed:
            line(f"  {len(listed)} {words}:")
        for finding in listed:
            _print_finding(finding)
    if one.left_out:
        line(f"  {one.left_out} more are not shown.")


def _print_finding(finding: "Finding") -> None:
    claim, article = finding.told.claim, finding.told.article
    day = f"{article.published:%d %b %Y}" if article.published else "undated"
    line(f"    {claim.evidence.span}  {claim.subject} · {claim.metric}  {article.publisher}, {day}  [{claim.id}]")
    excerpt(claim.evidence)
    line(f"      {finding.why}")


def _record(app: "App", one: "Checked", article: Any) -> dict[str, Any]:
    claim = json.loads(app.reading.claim_line(one.claim, article))
    lists = {name: [_finding(app, finding) for finding in getattr(one, name)] for name, _ in _LISTS}
    question = one.question.slug if one.question else None
    return {"claim": claim, "question": question, **lists, "left_out": one.left_out}


def _finding(app: "App", finding: "Finding") -> dict[str, Any]:
    claim = json.loads(app.reading.claim_line(finding.told.claim, finding.told.article))
    relation = finding.kind.value if finding.kind else None
    said = {"claim": claim, "question": finding.question.slug, "relation": relation, "why": finding.why}
    return said if finding.likely is None else {**said, "likely": finding.likely}
