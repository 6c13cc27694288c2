"""`monitor questions`: what claims are about."""

from typing import Annotated

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
    plain,
    short,
    table,
)
from monitor.domain.decision import Decision
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="What claims are about: list, show, merge and split questions.")


@app.command("list")
def list_questions(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """The questions whose claims came last.

    monitor questions list --limit 100 --csv
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        questions = service.store.questions.list(limit, cursor)
        count = service.store.count("questions")
    if output:
        page = page_of(questions, following=questions.next_cursor, count=count)
        output.print([records.question(one) for one in questions], page)
        return
    rows = [
        (one.slug, str(one.claims), f"{one.subject} · {one.metric}", ", ".join(one.scope.values())) for one in questions
    ]
    table(("slug", "claims", "question", "scope"), rows)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="SLUG|ID")],
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One question with its claims, and the sums in their sentences; as a table, a row a claim.

    monitor questions show halden-output --json

    monitor questions show halden-output --csv > claims.csv
    """
    from monitor.app import full_records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        question = service.store.questions.named(name)
        if question is None:
            mend = "List them: monitor questions list"
            raise NotFound(f"No question {name}", why="no question has this slug or id", mend=mend)
        if question.merged_into is not None:
            question = service.store.questions.standing(question.id) or question
            note(f"{name} became part of {question.slug}.")
        record = full_records.question(service, question)
    if output:
        output.print_one(record, "claims")
        return
    line(f"{question.subject} · {question.metric}  {', '.join(question.scope.values())}")
    rows = [
        (one["span"], one.get("time", ""), one["status"], one["article"]["publisher"], short(one["quote"], 100))
        for one in record["claims"]
    ]
    table(("figure", "of", "status", "publisher", "sentence"), rows)
    claims = {one["id"]: one for one in record["claims"]}
    for done in record["arithmetic"]:
        told, what = claims[done["claim"]], "bears out" if done["holds"] else "does not come to"
        line(f"{done['equation']} {what} {told['printed']} ({told['article']['publisher']})")


@app.command()
def merge(
    name: Annotated[str, typer.Argument(metavar="SLUG|ID")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Slug or id of the question that it becomes part of.")],
    why: Why,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Say that two questions are one: the address of the first leads to the other from then on.

    monitor questions merge halden-h5-yield halden-5-nm-yield --note "H5 is its 5 nm process."
    """
    with judging(dry_run=dry_run) as service:
        decision = service.judging.merge(name, into, by=by, note=why)
        note(f"Merged, {len(decision.claim_ids)} claims moved. Undo: monitor questions undo {decision.id}")


@app.command()
def split(
    name: Annotated[str, typer.Argument(metavar="SLUG|ID")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="The claims that answer another question.")],
    why: Why,
    by: By = "",
    dry_run: DryRun = False,
) -> None:
    """Say that some claims of a question answer another: they get one of their own.

    monitor questions split halden-yield clm-… clm-… --note "These count finished phones."
    """
    with judging(dry_run=dry_run) as service:
        decision = service.judging.split(name, claims, by=by, note=why)
        made = service.store.questions.get([decision.into_id])[0]
        note(f"Split off as {made.slug}. Undo: monitor questions undo {decision.id}")


@app.command()
def decisions(
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """What persons decided on questions and claims, last first, undone ones too.

    monitor questions decisions --json
    """
    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        listed = service.judging.decisions(limit)
    if output:
        output.print([plain(one) for one in listed])
        return
    rows = [
        (one.id, str(one.kind), f"{len(one.claim_ids)} claims", f"{one.at:%Y-%m-%d}", one.by, _why(one)) for one in listed
    ]
    table(("id", "what", "of", "when", "who", "why"), rows)


@app.command()
def undo(decision_id: Annotated[str, typer.Argument(metavar="DECISION")], by: By = "", dry_run: DryRun = False) -> None:
    """Take a decision back: what it moved goes back, and the rules decide again.

    monitor questions undo dcn-…
    """
    with judging(dry_run=dry_run) as service:
        service.judging.undo(decision_id, by=by)
        note(f"Undone: {decision_id}")


def _why(one: Decision) -> str:
    undone = f" (undone by {one.undone_by})" if one.undone else ""
    return f"{short(one.note, 80)}{undone}"
