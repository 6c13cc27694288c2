"""`monitor check`: what the archive has on the figures of a sentence."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.evidence import excerpt, said
from monitor.cli.exits import NOTHING
from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Output, line, note, opened
from monitor.domain.claim import Modality
from monitor.domain.correction import Correction
from monitor.domain.quantity import Approximation

if TYPE_CHECKING:
    from monitor.pipeline.check import Checked, Finding

_LISTS = (("agrees", "say the same"), ("disagrees", "disagree"), ("near", "are near, but different"))


def check(
    words: Annotated[list[str], typer.Argument(metavar="TEXT…|-", help="A sentence or more; - for standard input.")],
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_md: Annotated[bool, typer.Option("--md", help="An evidence pack in Markdown.")] = False,
    figure: Annotated[int, typer.Option(min=1, help="Which figure the options below are of.")] = 1,
    subject: Annotated[str, typer.Option(help="What it is of, where that was read wrongly.")] = "",
    metric: Annotated[str, typer.Option(help="What it measures.")] = "",
    value: Annotated[str, typer.Option(help="The figure: 50,000, '>=30%', '20..30 tonnes'.")] = "",
    hedge: Annotated[Approximation | None, typer.Option(help="How exactly it is meant.")] = None,
    as_of: Annotated[str, typer.Option(metavar="TIME", help="The time it is of: 2026-03.")] = "",
    kind: Annotated[Modality | None, typer.Option(help="Whether it is said, planned, denied …")] = None,
    exit_empty: Annotated[bool, typer.Option("--exit-empty", help="Exit with 3 if the archive has nothing.")] = False,
) -> int:
    """Hold a text against the archive: of each figure, who says the same, who disagrees, and what is near but different.

    monitor check "Halden makes 5,000 wafers a week."

    monitor check "Halden makes 5,000 wafers a week." --md > pack.md

    monitor check "It makes 5,000 a week." --subject "Halden Micro" --metric output

    monitor check - --json < speech.txt
    """
    from monitor.app import packs, records

    output = Output(as_json, as_jsonl, as_csv)
    if output and as_md:
        raise typer.BadParameter("--json, --jsonl, --csv and --md are forms of one answer: ask for one.")
    text = sys.stdin.read() if words == ["-"] else " ".join(words)
    with opened() as app:
        correction = Correction(figure, subject, metric, value, hedge or "", as_of, kind or "")
        checked = app.reading.check(text, correction=correction)
        lines = [records.checked(app, one, checked.article) for one in checked.found] if output else []
        pack = packs.checked_pack(checked, app.permalink, now=app.now()) if as_md else ""
    if output:
        output.print(lines)
    elif as_md:
        line(pack.rstrip())
    else:
        for one in checked.found:
            _print(one)
    if not checked.found:
        note("No figure and no date was read in this text that could be checked.")
    if checked.left_out:
        note(f"{checked.left_out} more figures were read and not checked: check the rest of the text by itself.")
    return NOTHING if exit_empty and checked.is_unknown else 0


def _print(one: "Checked") -> None:
    said(one.claim)
    excerpt(one.claim.evidence)
    if not one.claim.subject:
        line("  The text does not say what this figure is of. Name it, and it is held against what others say of it.")
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
