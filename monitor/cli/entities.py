"""`monitor entities`: who and what the claims are about."""

from typing import Annotated

import typer

from monitor.cli.printing import AsCsv, AsJson, AsJsonLines, Cursor, Output, line, opened, page_of, table
from monitor.errors import NotFound

app = typer.Typer(no_args_is_help=True, help="Who and what the articles name: list and show entities.")


@app.command("list")
def list_entities(
    kind: Annotated[str, typer.Option(help="Only those of this kind: organisation, person, place …")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """Entities, most mentioned first.

    monitor entities list --kind organisation

    monitor entities list --limit 1000 --csv
    """
    from monitor.app import records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        found = service.store.entities.list(limit, cursor, kind)
        kinds = service.store.entities.count_by_kind()
    count = kinds.get(kind, 0) if kind else sum(kinds.values())
    page = page_of(found, following=found.next_cursor, count=count)
    if output:
        output.print([records.entity(one) for one in found], page)
        return
    table(("id", "name", "kind", "mentions"), [(one.id, one.name, one.kind, str(one.mentions)) for one in found])


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|ID")],
    as_json: AsJson = False,
    as_jsonl: AsJsonLines = False,
    as_csv: AsCsv = False,
) -> None:
    """One entity with its names and the questions about it; as a table, a row a question.

    monitor entities show "Halden Micro"

    monitor entities show "Halden Micro" --json
    """
    from monitor.app import full_records

    output = Output(as_json, as_jsonl, as_csv)
    with opened() as service:
        entity = service.store.entities.by_name(name)
        if entity is None:
            try:
                entity = service.store.entities.get(name)
            except NotFound as error:
                mend = "List them: monitor entities list"
                raise NotFound(f"No entity {name}", why="none has this name or id", mend=mend) from error
        record = full_records.entity(service, entity)
    if output:
        output.print_one(record, "questions")
        return
    line(f"{entity.name}  {entity.kind}, {entity.mentions} mentions  [{entity.id}]")
    if entity.aliases:
        line(f"  also called {', '.join(sorted(entity.aliases))}")
    table(
        ("slug", "claims", "question"),
        [(one["slug"], str(one["claims"]), f"{one['subject']} · {one['metric']}") for one in record["questions"]],
    )
