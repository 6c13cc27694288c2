"""`monitor questions`: what claims are about."""

import json
from typing import Annotated

import typer

from monitor.cli.printing import document, line, opened, short, table
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="What claims are about: list and show questions.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.command("list")
def list_questions(limit: Annotated[int, typer.Option(min=1, max=1000)] = 20, as_json: AsJson = False) -> None:
    """The questions whose claims came last.

    monitor questions list --limit 100
    """
    with opened() as service:
        questions = service.store.questions.list(limit)
    if as_json:
        document(questions)
        return
    rows = [
        (one.slug, str(one.claims), f"{one.subject} · {one.metric}", ", ".join(one.scope.values())) for one in questions
    ]
    table(("slug", "claims", "question", "scope"), rows)


@app.command()
def show(name: Annotated[str, typer.Argument(metavar="SLUG|ID")], as_json: AsJson = False) -> None:
    """One question with its claims.

    monitor questions show halden-output --json
    """
    with opened() as service:
        question = service.store.questions.by_slug(name) or next(iter(service.store.questions.get([name])), None)
        if question is None:
            mend = "List them: monitor questions list"
            raise NotFound(f"No question {name}", why="no question has this slug or id", mend=mend)
        claims = service.store.claims.of_question(question.id)
        wanted = sorted({claim.article_id for claim in claims})
        articles = {article.id: article for article in service.store.articles.get(wanted)}
        lines = [json.loads(service.reading.claim_line(claim, articles[claim.article_id])) for claim in claims]
    if as_json:
        document({"question": question, "claims": lines})
        return
    line(f"{question.subject} · {question.metric}  {', '.join(question.scope.values())}")
    rows = [
        (one["span"], one.get("time", ""), one["status"], one["article"]["publisher"], short(one["quote"], 100))
        for one in lines
    ]
    table(("figure", "of", "status", "publisher", "sentence"), rows)
