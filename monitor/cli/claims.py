"""`monitor claims`: what articles say."""

import json
from typing import Annotated

import typer

from monitor.cli.persons import By, Why
from monitor.cli.printing import document, line, note, opened, short, table
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="What articles say: list, show and reject claims.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("list")
def list_claims(limit: Annotated[int, typer.Option(min=1, max=1000)] = 20, as_json: AsJson = False) -> None:
    """The newest claims.

    monitor claims list --limit 50 --json
    """
    with opened() as service:
        claims = service.store.claims.list(limit)
        wanted = sorted({claim.article_id for claim in claims})
        articles = {article.id: article for article in service.store.articles.get(wanted)}
        lines = [json.loads(service.reading.claim_line(claim, articles[claim.article_id])) for claim in claims]
    if as_json:
        document(lines)
        return
    rows = [(one["id"], one["span"], f"{one['subject']} · {one['metric']}", one["article"]["publisher"]) for one in lines]
    table(("id", "figure", "of", "publisher"), rows)


@app.command()
def show(claim_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """One claim with its evidence, its chain and what it is to others.

    monitor claims show clm-… --json
    """
    with opened() as service:
        found = service.store.claims.get([claim_id])
        if not found:
            mend = "Find it by its words: monitor search WORDS"
            raise NotFound(f"No claim {claim_id}", why="no claim has this id", mend=mend)
        claim = found[0]
        article = service.store.articles.get([claim.article_id])[0]
        relations = service.store.relations.of_claim(claim_id)
        written = json.loads(service.reading.claim_line(claim, article))
    if as_json:
        document(written | {"printed": claim.evidence.span, "relations": relations})
        return
    line(f"{claim.evidence.span}  {claim.subject} · {claim.metric}")
    line(f"  “{short(claim.evidence.quote, 400)}”")
    line(f"  {article.publisher}: {article.title}\n  {article.url}")
    time = claim.time.iso() if claim.time else "an unknown time"
    line("  said by " + " → ".join(source.label or source.name or "?" for source in claim.sources))
    line(f"  {claim.modality}, {claim.polarity}; of {time}; {claim.status}")
    for relation in relations:
        other = relation.b if relation.a == claim_id else relation.a
        line(f"  {relation.kind} {other}: {short(relation.reason, 200)}")


@app.command()
def reject(claim_id: Annotated[str, typer.Argument(metavar="ID")], why: Why, by: By = "") -> None:
    """Say that a claim was read wrongly: it counts no longer, but stays in the archive with its status.

    monitor claims reject clm-… --note "The figure is a model's name."
    """
    with opened() as service:
        decision = service.judging.reject(claim_id, by=by, note=why)
    note(f"Rejected. Undo: monitor questions undo {decision.id}")
