"""`monitor claims`: what articles say."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.persons import By, DryRun, Why, judging
from monitor.cli.printing import (
    AsCsv,
    AsJson,
    AsJsonLines,
    Cursor,
    Output,
    line,
    note,
    opened,
    page_of,
    short,
    table,
)
from monitor.domain.claim import Modality
from monitor.domain.correction import Correction
from monitor.domain.quantity import Approximation
from monitor.domain.relation import Told
from monitor.domain.search import Order
from monitor.errors import NotFound

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.claim import Claim


class Style(StrEnum):
    short = "short"
    long = "long"
    markdown = "markdown"
    bibtex = "bibtex"


app = typer.Typer(no_args_is_help=True, help="What articles say: list, show, reject and correct claims.")


class Sorted(StrEnum):
    newest = Order.NEWEST.value
    worth = Order.WORTH.value


@app.command("list")
def list_claims(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    sort: Annotated[
        Sorted, typer.Option(help="The newest first, or those most worth a reader's attention.")
    ] = Sorted.newest,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """The newest claims, or those most worth a reader's attention.

    monitor claims list --limit 50 --json

    monitor claims list --sort worth --csv
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        claims = service.store.claims.list(limit, cursor, order=Order(sort.value))
        wanted = sorted({claim.article_id for claim in claims})
        articles = {article.id: article for article in service.store.articles.get(wanted)}
        lines = [records.claim(service, Told(claim, articles[claim.article_id])) for claim in claims]
        count = service.store.count("current_claims")
    if output:
        output.print(lines, page_of(claims, following=claims.next_cursor, count=count))
        return
    rows = [
        (one["id"], one["span"], f"{one['subject']} · {one['metric']}", one["article"]["publisher"], _worth(claim))
        for one, claim in zip(lines, claims, strict=True)
    ]
    table(("id", "figure", "of", "publisher", "worth"), rows)


@app.command()
def show(
    claim_id: Annotated[str, typer.Argument(metavar="ID")],
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
    as_md: Annotated[bool, typer.Option("--md", help="An evidence pack in Markdown.")] = False,
    as_linked: Annotated[bool, typer.Option("--jsonld", help="A schema.org Claim.")] = False,
) -> None:
    """One claim with its evidence, its chain and what it is to others.

    monitor claims show clm-… --json

    monitor claims show clm-… --md > pack.md
    """
    from monitor.app import full_records
    from monitor.app.corrections import corrections

    output = Output(as_json, as_jsonl, as_csv)
    if bool(output) + as_md + as_linked > 1:
        raise typer.BadParameter("--json, --jsonl, --csv, --md and --jsonld are forms of one claim: ask for one.")
    with opened() as service:
        told = _told(service, claim_id)
        if as_md or as_linked:
            _taken_away(service, told, as_md=as_md)
            return
        if output:
            output.print_one(full_records.claim(service, told))
            return
        claim, article = told.claim, told.article
        relations = service.store.relations.of_claim(claim_id)
        right = service.store.claims.get([claim.corrected_by]) if claim.corrected_by else []
        corrected = corrections(service, claim)
    line(f"{claim.evidence.span}  {claim.subject} · {claim.metric}")
    line(f"  “{short(claim.evidence.quote, 400)}”")
    line(f"  {article.publisher}: {article.title}\n  {article.url}")
    time = claim.time.iso() if claim.time else "an unknown time"
    line("  said by " + " → ".join(source.label or source.name or "?" for source in claim.sources))
    line(f"  {claim.modality}, {claim.polarity}; of {time}; {claim.status}; worth {_worth(claim)}")
    for one in right:
        line(f"  put right by {one.id}: {one.printed}  “{short(one.evidence.quote, 200)}”")
    for correction in corrected:
        undone = f" (undone by {correction.undone_by})" if correction.undone else ""
        changed = ", ".join(f"{name} {correction.before[name]} → {text}" for name, text in correction.after.items())
        line(f"  corrected by {correction.by}: {changed} – {short(correction.note, 200)}{undone}")
    for relation in relations:
        other = relation.b if relation.a == claim_id else relation.a
        line(f"  {relation.kind} {other}: {short(relation.reason, 200)}")


def _told(service: "App", claim_id: str) -> Told:
    from monitor.app.removed import removed_claim

    found = service.store.claims.get([claim_id])
    if not found:
        mend = "Find it by its words: monitor search WORDS"
        unknown = NotFound(f"No claim {claim_id}", why="no claim has this id", mend=mend)
        raise removed_claim(service, claim_id) or unknown
    return Told(found[0], service.store.articles.get([found[0].article_id])[0])


def _taken_away(service: "App", told: Told, *, as_md: bool) -> None:
    from monitor.app import packs

    claim, permalink = told.claim, service.permalink
    if as_md:
        title = f"{claim.subject}: {claim.metric}, {claim.printed}"
        line(packs.evidence_pack(title, [told], permalink, now=service.now()).rstrip())
    else:
        line(json.dumps(packs.linked_data(told, permalink), ensure_ascii=False, indent=2))


@app.command()
def cite(
    claim_id: Annotated[str, typer.Argument(metavar="ID")],
    style: Annotated[Style, typer.Option(help="How it is written.")] = Style.long,
) -> None:
    """How a claim is cited, with its address, today's date and the hash of the stored copy.

    monitor claims cite clm-…

    monitor claims cite clm-… --style bibtex >> sources.bib
    """
    from monitor.app.citations import citations

    with opened() as service:
        told = _told(service, claim_id)
        written = {one.style: one.text for one in citations(told, service.permalink(told.claim), service.now())}
    line(written[style.value])


@app.command()
def reject(
    claim_id: Annotated[str, typer.Argument(metavar="ID")], why: Why, by: By = "", dry_run: DryRun = False
) -> None:
    """Say that a claim was read wrongly: it counts no longer, but stays in the archive with its status.

    monitor claims reject clm-… --note "The figure is a model's name."
    """
    with judging(dry_run=dry_run) as service:
        decision = service.judging.reject(claim_id, by=by, note=why)
        note(f"Rejected. Undo: monitor questions undo {decision.id}")


@app.command()
def correct(
    claim_id: Annotated[str, typer.Argument(metavar="ID")],
    why: Why,
    by: By = "",
    dry_run: DryRun = False,
    subject: Annotated[str, typer.Option(help="What the figure is of.")] = "",
    metric: Annotated[str, typer.Option(help="What it measures.")] = "",
    value: Annotated[str, typer.Option(help="The figure: 50,000, '>=30%', '20..30 tonnes'.")] = "",
    hedge: Annotated[Approximation | None, typer.Option(help="How exactly it is meant.")] = None,
    as_of: Annotated[str, typer.Option(metavar="TIME", help="The time it is of: 2026-03.")] = "",
    kind: Annotated[Modality | None, typer.Option(help="Whether it is said, planned, denied …")] = None,
) -> None:
    """Say how a claim is to be read: that holds everywhere, and for later readings and versions of its sentence.

    monitor claims correct clm-… --metric "net debt" --note "The sentence is of debt, not of revenue."

    monitor claims correct clm-… --value "50,000 wafers" --as-of 2026-03 --note "A100 is the name of a chip."
    """
    asked = Correction(1, subject, metric, value, hedge or "", as_of, kind or "")
    if asked.is_empty:
        raise typer.BadParameter(
            "name what is to be read otherwise: --subject, --metric, --value, --hedge, --as-of, --kind"
        )
    with judging(dry_run=dry_run) as service:
        decision = service.judging.correct(claim_id, asked, by=by, note=why)
        note(f"Corrected. Undo: monitor questions undo {decision.id}")


def _worth(claim: "Claim") -> str:
    return "not weighed" if claim.worth is None else f"{claim.worth:.2f}"
